"""Blanks left out, and blanks too many."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise

from indexer.analysis.syllables import fold, is_legal, is_unmarked_syllable, place_tone, refines
from indexer.suggesting.language_model import LanguageModel, Words
from indexer.suggesting.slips import COSTS, Slip
from indexer.suggesting.spellings import likely_spellings

LONGEST_SYLLABLE = 7
"""nghiêng"""

MOST_PARTS = 3
"""Syllables that a word without blanks is cut into."""

JOINS = 3
"""Blanks too many that are tried."""


def with_blanks_put_right(words: Words, typed: tuple[str, ...]) -> Iterator[tuple[float, tuple[str, ...]]]:
    """What was typed, and the same with blanks put right; what each costs."""
    yield 0.0, typed
    cut = [_cut(words, word) for word in typed]
    parts = tuple(part for word in cut for part in word)
    if len(parts) > len(typed):
        yield (len(parts) - len(typed)) * COSTS[Slip.SPLIT].nats, parts
    for joined in islice(_joined(words, typed), JOINS):
        yield COSTS[Slip.JOIN].nats, joined


def _cut(words: Words, word: str) -> tuple[str, ...]:
    """A word that is no syllable cut into two or three that are, the likeliest way: `vietnam`; else in one piece."""
    if not word.isalpha() or is_unmarked_syllable(fold(word)):
        return (word,)
    ways = list(_ways_to_cut(words, word, MOST_PARTS))
    model = LanguageModel(words)
    weighed = [(model.score(likely_spellings(words, way, 1)[0]), way) for way in ways]
    return max(weighed, default=(0.0, (word,)))[1]


def _ways_to_cut(words: Words, word: str, parts: int) -> Iterator[tuple[str, ...]]:
    """The ways to cut a word into syllables that the archive knows, at most so many."""
    if _is_known_syllable(words, word):
        yield (word,)
    if parts > 1:
        for at in range(1, min(len(word), LONGEST_SYLLABLE + 1)):
            if _is_known_syllable(words, word[:at]):
                yield from ((word[:at], *rest) for rest in _ways_to_cut(words, word[at:], parts - 1))


def _joined(words: Words, typed: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The run with two neighbours written together, where that makes a syllable: `ng ười`."""
    for at, (left, right) in enumerate(pairwise(typed)):
        together = place_tone(left + right)
        if is_legal(together) and words.frequency(together):
            yield (*typed[:at], together, *typed[at + 2 :])


def _is_known_syllable(words: Words, word: str) -> bool:
    return is_unmarked_syllable(fold(word)) and any(refines(term, word) for term in words.spellings(fold(word)))
