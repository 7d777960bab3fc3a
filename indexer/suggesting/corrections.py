"""What a reader may have meant to type: words of the archive that are likelier than those typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

import numpy as np

from indexer.analysis.syllables import fold, is_legal, is_unmarked_syllable, iy_variant, place_tone, refines
from indexer.suggesting.language_model import Column, Floats, LanguageModel, Words
from indexer.suggesting.paths import best_paths
from indexer.suggesting.slips import COSTS, MEANT, Slip, cost_of_keeping, meant_by
from indexer.suggesting.spellings import likely_spellings

LONGEST_SYLLABLE = 7
"""nghiêng"""

MOST_PARTS = 3
"""Syllables that a word without blanks is cut into."""

JOINS = 3
"""Blanks too many that are tried."""


class _Choices(NamedTuple):
    """The words that may have been meant in one place, the typed one first, with what each costs."""

    column: Column
    costs: Floats


class _Scored(NamedTuple):
    """A run of words and the logarithm of its probability."""

    score: float
    words: tuple[str, ...]


def corrections(words: Words, syllables: Sequence[str], count: int) -> list[tuple[str, ...]]:
    """The likeliest of what may have been meant, the best first, at most `count`; only what is likelier than what was
    typed, so nothing when that is likeliest itself.

    Takes lower-case syllables as `terms_of` gives them. What a search takes for the same is no correction: i for y,
    y for i, and any marks where none at all were typed. Whether a correction finds more is for the caller to see.
    """
    typed = tuple(syllables)
    if not typed:
        return []
    is_open = typed == tuple(map(fold, typed))
    weigher = _Weigher(words, is_open=is_open)
    found = [weigher.as_typed(typed)]
    for cost, run in _runs(words, typed):
        found += weigher.best(run, count + 1, cost)
    best: dict[tuple[str, ...], _Scored] = {}
    for scored in sorted(found, reverse=True):
        best.setdefault(_search_for(scored.words, is_open=is_open), scored)
    own = best.pop(_search_for(typed, is_open=is_open))
    return [scored.words for scored in best.values() if scored.score > own.score][:count]


def _search_for(run: tuple[str, ...], *, is_open: bool) -> tuple[str, ...]:
    """One and the same for all runs that a search takes for the same."""
    spelled = map(fold, run) if is_open else run
    return tuple(min(word, iy_variant(word) or word) for word in spelled)


class _Weigher:
    """Weighs what may have been meant; looks a word up once. `is_open`: no mark at all was typed."""

    def __init__(self, words: Words, *, is_open: bool) -> None:
        self._words, self._is_open = words, is_open
        self._model = LanguageModel(words)
        self._known: dict[str, _Choices] = {}

    def best(self, run: Sequence[str], count: int, cost: float) -> list[_Scored]:
        """The likeliest of what may have been meant by a run, when to have come to it has cost this much already."""
        return self._best([self._choices(word) for word in run], count, cost)

    def as_typed(self, run: Sequence[str]) -> _Scored:
        """The run itself."""
        choices = [self._likeliest(word, {word: cost_of_keeping(self._words, word)}) for word in run]
        return self._best(choices, 1, 0.0)[0]

    def _best(self, choices: Sequence[_Choices], count: int, cost: float) -> list[_Scored]:
        first = self._model.first(choices[0].column) - choices[0].costs
        steps = [self._model.after(left.column, right.column) - right.costs for left, right in pairwise(choices)]
        columns = [each.column.terms for each in choices]
        return [
            _Scored(path.score - cost, tuple(terms[at] for terms, at in zip(columns, path.choices, strict=True)))
            for path in best_paths(first, steps, count)
        ]

    def _choices(self, word: str) -> _Choices:
        if word not in self._known:
            self._known[word] = self._likeliest(word, meant_by(self._words, word, is_open=self._is_open))
        return self._known[word]

    def _likeliest(self, word: str, meant: Mapping[str, float]) -> _Choices:
        """The few that are likeliest by themselves, among them the word itself."""
        column = self._model.column(tuple(meant))
        costs = np.array(tuple(meant.values()))
        if len(meant) <= MEANT:
            return _Choices(column, costs)
        order = costs - self._model.first(column)
        order[column.terms.index(word)] = -np.inf
        kept = np.argpartition(order, MEANT)[:MEANT]
        return _Choices(column.only(kept), costs[kept])


# Blanks


def _runs(words: Words, typed: tuple[str, ...]) -> Iterator[tuple[float, tuple[str, ...]]]:
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
    weigher = _Weigher(words, is_open=True)
    weighed = [(weigher.as_typed(likely_spellings(words, way, 1)[0]).score, way) for way in ways]
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
