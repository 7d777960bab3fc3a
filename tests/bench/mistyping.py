"""Queries as readers type them, and mistype them: pieces of headlines, with one syllable spoilt in a known way."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from indexer.analysis.canonical import canonical
from indexer.analysis.syllables import Tone, fold, is_legal, legal_syllables, parse, place_tone, split_tones
from indexer.analysis.tokens import terms_of

Run = tuple[str, ...]

SHORTEST, LONGEST = 3, 5
"""Syllables of a query."""

_SIGN = re.compile(r"[^\w\s]|_")
_LETTERS = "abcdeghiklmnopqrstuvxy"
_EAR_PAIRS = (("x", "s"), ("s", "x"), ("ch", "tr"), ("tr", "ch"), ("d", "gi"), ("l", "n"), ("n", "l"), ("r", "d"))


def pieces(headlines: Iterable[str], seed: int = 3) -> list[Run]:
    """The headlines cut, at every sign and then by chance, into queries of legal syllables."""
    chance = random.Random(seed)
    return [
        piece
        for headline in headlines
        for part in _SIGN.split(canonical(headline))
        for piece in _cut(terms_of(part), chance)
    ]


def _cut(terms: list[str], chance: random.Random) -> Iterator[Run]:
    if not all(map(is_legal, terms)):
        return
    start = 0
    while start + SHORTEST <= len(terms):
        end = start + chance.randint(SHORTEST, LONGEST)
        yield tuple(terms[start:end])
        start = end


def spoil(run: Run, slip: Slip, chance: random.Random) -> Run | None:
    """The run with one syllable mistyped, which one is left to chance; None when none of them can be so."""
    for at in chance.sample(range(len(run)), len(run)):
        typed = slip(run[at], chance)
        if typed and (placed := place_tone(typed)) != run[at]:
            return (*run[:at], placed, *run[at + 1 :])
    return None


Slip = Callable[[str, random.Random], str | None]
"""Mistypes a syllable; None when it cannot be mistyped so."""


def without_marks(syllable: str, chance: random.Random) -> str | None:  # noqa: ARG001 - there is one way
    return fold(syllable)


def other_tone(syllable: str, chance: random.Random) -> str | None:
    if syllable == fold(syllable):
        return None
    others = [other for other in _tones(split_tones(syllable)[0]) if other != syllable]
    return chance.choice(others) if others else None


def hoi_for_nga(syllable: str, chance: random.Random) -> str | None:  # noqa: ARG001 - there is one way
    """And ngã for hỏi."""
    letters, tones = split_tones(syllable)
    if tones not in ((Tone.HOI,), (Tone.NGA,)):
        return None
    other = (Tone.NGA,) if tones == (Tone.HOI,) else (Tone.HOI,)
    return next((each for each in _tones(letters) if split_tones(each)[1] == other), None)


def one_letter(syllable: str, chance: random.Random) -> str | None:
    """A letter is missing, two are in the wrong order, or one stands for another: each as often."""
    at = chance.randrange(len(syllable))
    match chance.randrange(3):
        case 0:
            return syllable[:at] + syllable[at + 1 :]
        case 1:
            return syllable[:at] + syllable[at : at + 2][::-1] + syllable[at + 2 :]
        case _:
            return syllable[:at] + chance.choice(_LETTERS) + syllable[at + 1 :]


def by_ear(syllable: str, chance: random.Random) -> str | None:
    """Another onset that sounds alike in some part of the country."""
    parsed = parse(syllable)
    ways = [(onset, other) for onset, other in _EAR_PAIRS if parsed and parsed.onset == onset]
    if not ways:
        return None
    onset, other = chance.choice(ways)
    return other + syllable.removeprefix(onset)


@cache
def _by_letters() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for syllable in legal_syllables():
        found.setdefault(split_tones(syllable)[0], []).append(syllable)
    return found


def _tones(letters: str) -> list[str]:
    """The same letters with every tone they can have."""
    return _by_letters().get(letters, [])


SLIPS: dict[str, Slip] = {
    "one syllable without marks": without_marks,
    "one wrong tone": other_tone,
    "hỏi for ngã, ngã for hỏi": hoi_for_nga,
    "one letter": one_letter,
    "an onset by ear": by_ear,
}
