"""Weighs what may have been meant by a run of words: how likely the words are together, less what the slips cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from indexer.suggesting.language_model import Column, Floats, LanguageModel, Words
from indexer.suggesting.meanings import meant_by
from indexer.suggesting.paths import best_paths

MEANT = 60
"""Words that are weighed for a typed one, its own included."""


class _Choices(NamedTuple):
    """The words that may have been meant in one place, the typed one first, with what each costs."""

    column: Column
    costs: Floats


class Scored(NamedTuple):
    """A run of words and the logarithm of its probability."""

    score: float
    words: tuple[str, ...]


class Weigher:
    """Weighs what may have been meant; looks a word up once. `is_open`: no mark at all was typed."""

    def __init__(self, words: Words, *, is_open: bool) -> None:
        self._words, self._is_open = words, is_open
        self._model = LanguageModel(words)
        self._known: dict[str, _Choices] = {}

    def best(self, run: Sequence[str], count: int, cost: float = 0.0) -> list[Scored]:
        """The run as it stands, then the likeliest of what may have been meant by it, the best first.

        `cost` is what it has cost already to come to this run.
        """
        choices = [self._choices(word) for word in run]
        first = self._model.first(choices[0].column) - choices[0].costs
        steps = [self._model.after(left.column, right.column) - right.costs for left, right in pairwise(choices)]
        columns = [each.column.terms for each in choices]
        as_it_stands = float(first[0] + sum(step[0, 0] for step in steps))
        return [
            Scored(as_it_stands - cost, tuple(run)),
            *(
                Scored(path.score - cost, tuple(terms[at] for terms, at in zip(columns, path.choices, strict=True)))
                for path in best_paths(first, steps, count)
            ),
        ]

    def _choices(self, word: str) -> _Choices:
        if word not in self._known:
            self._known[word] = self._likeliest(meant_by(self._words, word, is_open=self._is_open))
        return self._known[word]

    def _likeliest(self, meant: Mapping[str, float]) -> _Choices:
        """The few that are likeliest by themselves, after the first."""
        column = self._model.column(tuple(meant))
        costs = np.array(tuple(meant.values()))
        if len(meant) <= MEANT:
            return _Choices(column, costs)
        order = costs - self._model.first(column)
        order[0] = -np.inf
        kept = np.sort(np.argpartition(order, MEANT)[:MEANT])
        return _Choices(column.only(kept), costs[kept])
