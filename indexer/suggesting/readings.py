"""What a typed word may have been meant to be, letter for letter: as it stands, as it sounds, or with one mended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from indexer.analysis.syllables import Tone, fold, iy_variant, legal_syllables, split_tones
from indexer.suggesting.slips import COSTS, Slip

_VOWELS = frozenset("aeiouyăâêôơư")
_EAR_ONSETS = (
    *(("s", "x"), ("ch", "tr"), ("l", "n")),
    *(("d", "gi"), ("d", "r"), ("gi", "r")),  # the North
    *(("v", "d"), ("v", "gi")),  # the South
)
_EAR_ENDINGS = (("n", "ng"), ("c", "t"))


class Reading(NamedTuple):
    """The letters, without a tone, that may have been meant by a typed word; what that costs, and what else may be."""

    letters: str
    tone: Tone
    cost: float
    missing: float
    """Cost of marks that are missing from it."""
    only_missing: bool
    """Whether its marks may not be wrong as well: two slips in one word are too many."""


@lru_cache(2**12)
def readings(word: str, *, is_open: bool) -> tuple[Reading, ...]:
    """What a typed word may be, letter for letter."""
    letters, tones = split_tones(word)
    tone = tones[0] if tones else Tone.NGANG
    missing = 0.0 if is_open else COSTS[Slip.UNMARKED if word == fold(word) else Slip.MISSING].nats
    alike = [(letters, 0.0), *((ear, COSTS[Slip.EAR].nats) for ear in _ear_spellings(letters))]
    if other := iy_variant(letters):
        alike.append((other, COSTS[Slip.IY].nats))
    lost = 0.0 if is_open else COSTS[Slip.LOST].nats
    return (
        *(Reading(read, tone, cost, missing, only_missing=False) for read, cost in alike),
        *(Reading(read, tone, COSTS[slip].nats, lost, only_missing=True) for slip, read in _one_letter_away(letters)),
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
    return filter(None, (mended(letters, folded, syllable) for syllable in near))


def mended(letters: str, folded: str, target: str) -> tuple[Slip, str] | None:
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
