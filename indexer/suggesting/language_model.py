"""How likely a word is after another, in the archive's own language: a bigram model with Kneser-Ney smoothing.

Interpolated, after Chen and Goodman, "An empirical study of smoothing techniques for language modeling" (1998). On
1,754 pieces of a newspaper that the model had not seen other discounts, and Witten-Bell's smoothing, restored marks
equally well, to within a point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DISCOUNT = 0.75
"""What is taken from the count of each pair for those never seen; the usual value."""

UNSEEN = 0.3
"""What a word is taken to have been seen with, on top of its counts: so much is left for words not seen at all."""


class Company(Protocol):
    """The company a word keeps: see `ports.Company`."""

    @property
    def followed(self) -> int: ...

    @property
    def followers(self) -> int: ...

    @property
    def predecessors(self) -> int: ...


class Words(Protocol):
    """The part of `ports.Lexicon` that suggestions are made from."""

    def frequency(self, term: str) -> int: ...

    def spellings(self, folded: str) -> tuple[str, ...]: ...

    def beginning_with(self, folded_prefix: str) -> tuple[str, ...]: ...

    def company(self, term: str) -> Company: ...

    def pair_counts(self, lefts: Sequence[str], rights: Sequence[str]) -> NDArray[np.int64]: ...

    def distinct_pairs(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Column:
    """The words that may stand in one place of a run, with the company each keeps."""

    terms: tuple[str, ...]
    followed: Floats
    followers: Floats
    predecessors: Floats

    def only(self, kept: NDArray[np.intp]) -> Column:
        """The words of these numbers alone."""
        terms = tuple(self.terms[number] for number in kept)
        return Column(terms, self.followed[kept], self.followers[kept], self.predecessors[kept])


class LanguageModel:
    """Natural logarithms of probabilities, for whole columns of words at once; every one is finite."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._pairs = words.distinct_pairs()

    def column(self, terms: Sequence[str]) -> Column:
        """Look up the words that may stand in one place."""
        companies = map(self._words.company, terms)
        counts = np.array([(each.followed, each.followers, each.predecessors) for each in companies], np.float64)
        return Column(tuple(terms), *counts.reshape(-1, 3).T)

    def first(self, column: Column) -> Floats:
        """How likely each word is where a run begins, short of a constant: as it is frequent."""
        return np.log(column.followed + UNSEEN)

    def after(self, left: Column, right: Column) -> Floats:
        """How likely each word of `right` is after each of `left`: a row for each left word."""
        counts = self._words.pair_counts(left.terms, right.terms)
        followed = np.maximum(left.followed, 1.0)[:, None]
        seen = np.maximum(counts - DISCOUNT, 0.0) / followed
        left_over = np.where(left.followed > 0, np.minimum(DISCOUNT * left.followers / followed[:, 0], 1.0), 1.0)
        found: Floats = np.log(seen + left_over[:, None] * self._alone(right))
        return found

    def score(self, run: Sequence[str]) -> float:
        """How likely a whole run is, short of the same constant."""
        columns = [self.column((word,)) for word in run]
        steps = (self.after(left, right) for left, right in pairwise(columns))
        return float(self.first(columns[0])[0] + sum(step[0, 0] for step in steps))

    def _alone(self, column: Column) -> Floats:
        """How likely each word is after any other: as it stands after many different ones."""
        return (column.predecessors + UNSEEN) / (self._pairs + UNSEEN)
