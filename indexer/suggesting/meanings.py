"""Which of the archive's words may have been meant by a typed one, and what each costs."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice

from indexer.analysis.syllables import Tone, fold, split_tones
from indexer.suggesting.language_model import Words
from indexer.suggesting.readings import Reading, mended, readings
from indexer.suggesting.slips import COSTS, UNKNOWN, Slip

FOREIGN_LETTERS = 4
"""Shorter words that are no syllables are not looked up: too many others are one letter away."""

FOREIGN_WORDS = 1000
"""Words with the same two first letters that a foreign word is compared with, the most frequent ones."""

_TONE, _HOI_NGA, _SHAPE = (COSTS[slip].nats for slip in (Slip.TONE, Slip.HOI_NGA, Slip.SHAPE))


def meant_by(words: Words, typed: str, *, is_open: bool) -> dict[str, float]:
    """The archive's words that may have been meant by a typed one, each with its cost; first the typed one itself.

    `is_open` says that no word of the run has any mark: then to leave them out costs nothing.
    """
    costs = {typed: _cost_of_keeping(words, typed)}
    for reading in readings(typed, is_open=is_open):
        for term in words.spellings(fold(reading.letters)):
            cost = _cost_of_marks(reading, term)
            if cost is not None and cost < costs.get(term, cost + 1):
                costs[term] = cost
    is_known = len(costs) > 1 or words.frequency(typed) > 0
    return costs if is_known else costs | _foreign(words, typed)


def _cost_of_keeping(words: Words, typed: str) -> float:
    """What it costs to take a word for what was meant. A letter by itself says too little to be put right."""
    return 0.0 if len(typed) < 2 or words.frequency(typed) else UNKNOWN


def _cost_of_marks(reading: Reading, term: str) -> float | None:
    """What it costs to have typed these letters and this tone for a term of the same letters but for marks."""
    letters, tone = _parts_of(term)
    if len(letters) != len(reading.letters):
        return None
    wrong = _cost_of_tone(reading.tone, tone)
    if wrong and reading.only_missing:
        return None
    is_missing = tone is not reading.tone and not wrong
    if letters != reading.letters:
        differing = [typed for typed, meant in zip(reading.letters, letters, strict=True) if typed != meant]
        shaped = sum(not typed.isascii() for typed in differing)
        if shaped and reading.only_missing:
            return None
        wrong += shaped * _SHAPE
        is_missing |= shaped < len(differing)
    return reading.cost + wrong + (reading.missing if is_missing else 0.0)


def _cost_of_tone(typed: Tone, meant: Tone) -> float:
    """What a wrong tone costs; nothing when it is only missing."""
    if typed in (meant, Tone.NGANG):
        return 0.0
    return _HOI_NGA if {typed, meant} == {Tone.HOI, Tone.NGA} else _TONE


@lru_cache(2**14)
def _parts_of(term: str) -> tuple[str, Tone]:
    """The letters of a term without the tone, and the tone."""
    letters, tones = split_tones(term)
    return letters, tones[0] if tones else Tone.NGANG


def _foreign(words: Words, typed: str) -> dict[str, float]:
    """Words one letter away from a word that is no syllable, and begins with the same two."""
    folded = fold(typed)
    if len(typed) < FOREIGN_LETTERS or not typed.isalpha() or len(folded) != len(typed):
        return {}
    known = islice(words.beginning_with(folded[:2]), FOREIGN_WORDS)
    near = ((term, mended(typed, folded, fold(term))) for term in known if abs(len(term) - len(typed)) <= 1)
    return {term: COSTS[found[0]].nats for term, found in near if found}
