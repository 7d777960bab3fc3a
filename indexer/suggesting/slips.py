"""How a word comes to be typed as another: by which slips, what each costs, and which words may have been meant.

A channel of noise, in the sense of Kernighan, Church and Gale, "A spelling correction program based on a noisy channel
model" (1990): a cost is the logarithm of how much seldomer the slip is made than none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from indexer.analysis.syllables import Tone, fold, iy_variant, legal_syllables, split_tones
from indexer.suggesting.language_model import Words


class Slip(StrEnum):
    """A way in which a word is mistyped."""

    UNMARKED = "no mark typed"
    MISSING = "some marks typed, not all"
    TONE = "another tone"
    HOI_NGA = "hỏi for ngã or ngã for hỏi"
    SHAPE = "a mark on a letter that has none, or has another"
    SWAPPED = "two letters in the wrong order"
    DROPPED = "a letter missing"
    EXTRA = "a letter too many"
    WRONG = "a letter for another"
    LOST = "marks lost with the letter"
    EAR = "another onset or ending that sounds alike in some part of the country"
    IY = "i for y or y for i"
    SPLIT = "a blank left out"
    JOIN = "a blank too many"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a slip costs, in nats, and why."""

    nats: float
    reason: str


COSTS: dict[Slip, Cost] = {
    Slip.UNMARKED: Cost(2.5, "the commonest of all; at 3.0 fewer are mended and no fewer clean queries doubted"),
    Slip.MISSING: Cost(7.0, "who types one mark types the other, too; at 6.0 more clean queries are doubted"),
    Slip.TONE: Cost(5.7, "at 6.0 a point less is mended, at 5.4 more clean queries are doubted"),
    Slip.HOI_NGA: Cost(1.5, "half the country speaks them alike; at 2.5 a point and a half less is mended"),
    Slip.SHAPE: Cost(5.7, "as another tone"),
    Slip.SWAPPED: Cost(
        7.5, "a word has few pairs of letters to swap, so each such slip is likelier than another letter"
    ),
    Slip.DROPPED: Cost(8.0, "a word has few letters to drop"),
    Slip.EXTRA: Cost(9.0, "any letter anywhere, but mostly one that stands beside it on the keyboard"),
    Slip.WRONG: Cost(9.5, "any letter anywhere; at 11 a point and a half less is mended"),
    Slip.LOST: Cost(1.5, "one letter in three has a mark; at 2.5 two points less is mended"),
    Slip.EAR: Cost(3.4, "written as it is spoken; at 4.0 a point less is mended"),
    Slip.IY: Cost(1.0, "both are right, so it counts which is usual"),
    Slip.SPLIT: Cost(5.0, "of words that are no syllables few can be cut into syllables"),
    Slip.JOIN: Cost(9.0, "as a letter too many"),
}
"""Set on pieces of 847 leads of a newspaper, spoilt in one syllable, of which the archive of 99,527 articles held none;
`tests/bench/suggestions.py` asks with the headlines."""

UNKNOWN = 9.0
"""What it costs to keep a word that no article holds: it finds nothing, so even a letter is sooner put right. In a
large archive the language model says so itself, in a small one it has not seen enough to."""

_TONE, _HOI_NGA, _SHAPE = (COSTS[slip].nats for slip in (Slip.TONE, Slip.HOI_NGA, Slip.SHAPE))

MEANT = 60
"""Words that are weighed for a typed one, its own included."""

FOREIGN_LETTERS = 4
"""Shorter words that are no syllables are not looked up: too many others are one letter away."""

FOREIGN_WORDS = 1000
"""Words with the same two first letters that a foreign word is compared with, the most frequent ones."""

_VOWELS = frozenset("aeiouyăâêôơư")
_EAR_ONSETS = (
    *(("s", "x"), ("ch", "tr"), ("l", "n")),
    *(("d", "gi"), ("d", "r"), ("gi", "r")),  # the North
    *(("v", "d"), ("v", "gi")),  # the South
)
_EAR_ENDINGS = (("n", "ng"), ("c", "t"))


class _Reading(NamedTuple):
    """The letters, without a tone, that may have been meant by a typed word; what that costs, and what else may be."""

    letters: str
    tone: Tone
    cost: float
    missing: float
    """Cost of marks that are missing from it."""
    only_missing: bool
    """Whether its marks may not be wrong as well: two slips in one word are too many."""


def meant_by(words: Words, typed: str, *, is_open: bool) -> dict[str, float]:
    """The archive's words that may have been meant by a typed one, and that one, each with its cost.

    `is_open` says that no word of the run has any mark: then to leave them out costs nothing.
    """
    costs = {typed: cost_of_keeping(words, typed)}
    for reading in _readings(typed, is_open=is_open):
        for term in words.spellings(fold(reading.letters)):
            cost = _cost_of_marks(reading, term)
            if cost is not None and cost < costs.get(term, cost + 1):
                costs[term] = cost
    return costs if words.frequency(typed) else _foreign(words, typed) | costs


def cost_of_keeping(words: Words, typed: str) -> float:
    """What it costs to take a word for what was meant. A letter by itself says too little to be put right."""
    return 0.0 if len(typed) < 2 or words.frequency(typed) else UNKNOWN


def _cost_of_marks(reading: _Reading, term: str) -> float | None:
    """What it costs to have typed these letters and this tone for a term of the same letters but for marks."""
    letters, tones = _parts_of(term)
    if len(letters) != len(reading.letters):
        return None
    tone = tones[0] if tones else Tone.NGANG
    is_missing = tone != reading.tone and reading.tone is Tone.NGANG
    wrong = 0.0 if is_missing else _cost_of_tone(reading.tone, tone)
    if letters != reading.letters:
        for typed, meant in zip(reading.letters, letters, strict=True):
            if typed != meant and typed.isascii():
                is_missing = True
            elif typed != meant:
                wrong += _SHAPE
    if wrong and reading.only_missing:
        return None
    return reading.cost + wrong + (reading.missing if is_missing else 0.0)


def _cost_of_tone(typed: Tone, meant: Tone) -> float:
    if typed is meant:
        return 0.0
    return _HOI_NGA if {typed, meant} == {Tone.HOI, Tone.NGA} else _TONE


_parts_of = lru_cache(2**14)(split_tones)


# Readings


@lru_cache(2**12)
def _readings(word: str, *, is_open: bool) -> tuple[_Reading, ...]:
    """What a typed word may be, letter for letter."""
    letters, tones = split_tones(word)
    tone = tones[0] if tones else Tone.NGANG
    missing = 0.0 if is_open else COSTS[Slip.UNMARKED if word == fold(word) else Slip.MISSING].nats
    alike = [(letters, 0.0), *((ear, COSTS[Slip.EAR].nats) for ear in _ear_spellings(letters))]
    if other := iy_variant(letters):
        alike.append((other, COSTS[Slip.IY].nats))
    lost = 0.0 if is_open else COSTS[Slip.LOST].nats
    return (
        *(_Reading(read, tone, cost, missing, only_missing=False) for read, cost in alike),
        *(_Reading(read, tone, COSTS[slip].nats, lost, only_missing=True) for slip, read in _one_letter_away(letters)),
    )


def _ear_spellings(letters: str) -> Iterator[str]:
    """The same letters with another onset or ending that sounds alike: `sư` for `xư`, `giành` for `dành`."""
    for one, other in _both_ways(_EAR_ONSETS):
        rest = letters.removeprefix(one)
        if rest == letters:
            continue
        if one == "gi" and rest[:1] not in _VOWELS:
            rest = f"i{rest}"  # gì, giữ: one i is onset and rime
        if rest[:1] in _VOWELS:
            yield other + (rest[1:] if other == "gi" and rest[0] == "i" else rest)
    for one, other in _both_ways(_EAR_ENDINGS):
        if letters.endswith(one) and letters[: -len(one)][-1:] in _VOWELS:
            yield letters.removesuffix(one) + other


def _both_ways(pairs: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str]]:
    for one, other in pairs:
        yield one, other
        yield other, one


# One letter


def _one_letter_away(letters: str) -> Iterator[tuple[Slip, str]]:
    """The letters with one of them mended so that a syllable may come out; marks of the others are kept."""
    folded = fold(letters)
    near = dict.fromkeys(syllable for rest in _rests(folded) for syllable in _syllables_by_rest().get(rest, ()))
    return filter(None, (_mended(letters, folded, syllable) for syllable in near))


def _mended(letters: str, folded: str, target: str) -> tuple[Slip, str] | None:
    """The one slip that lies between the letters and the target, and the letters without it; None if there are more."""
    same = _shared_beginning(folded, target)
    rest, wanted = folded[same:], target[same:]
    before, after = letters[:same], letters[same:]
    if rest == wanted:
        return None
    if rest == wanted[1:]:
        return Slip.DROPPED, before + wanted[0] + after
    if rest[1:] == wanted:
        return Slip.EXTRA, before + after[1:]
    if rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:]:
        return Slip.SWAPPED, before + after[1] + after[0] + after[2:]
    if rest[1:] == wanted[1:]:
        return Slip.WRONG, before + wanted[0] + after[1:]
    return None


def _shared_beginning(one: str, other: str) -> int:
    differing = (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(differing, min(len(one), len(other)))


def _rests(word: str) -> Iterator[str]:
    """The word, and it without each of its letters: two words one change apart have one of these in common."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


@cache
def _syllables_by_rest() -> Mapping[str, tuple[str, ...]]:
    """Every legal syllable without marks, by itself and by what is left of it without one letter."""
    found: dict[str, dict[str, None]] = {}
    for syllable in dict.fromkeys(map(fold, legal_syllables())):
        for rest in _rests(syllable):
            found.setdefault(rest, {})[syllable] = None
    return {rest: tuple(syllables) for rest, syllables in found.items()}


def _foreign(words: Words, typed: str) -> dict[str, float]:
    """Words one letter away from a word that is no syllable, and begins with the same two."""
    folded = fold(typed)
    if len(typed) < FOREIGN_LETTERS or not typed.isalpha() or len(folded) != len(typed):
        return {}
    known = islice(words.beginning_with(folded[:2]), FOREIGN_WORDS)
    mended = ((term, _mended(typed, folded, fold(term))) for term in known if abs(len(term) - len(typed)) <= 1)
    return {term: COSTS[found[0]].nats for term, found in mended if found}
