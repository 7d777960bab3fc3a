"""All that is counted of some articles, in memory or in files, and several such counts added up.

Adding up goes through sorted terms in step and takes a range of words at a time for the pairs, so that it needs memory
for what comes out, not for all that goes in.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import groupby, repeat
from operator import itemgetter
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.facets import AUTHOR, LABELS
from indexer.lexicon.completions import NOT_HELD, Held, completion_order
from indexer.lexicon.neighbours import NO_PAIRS, PairCounts, add_counts

Numbers = NDArray[np.int64]
KeptPairs = Callable[[Numbers], NDArray[np.bool_]]
KeptTexts = Callable[[str, Held], bool]


class Terms(NamedTuple):
    """Sorted terms, and in how many articles each stands."""

    terms: Sequence[bytes]
    counts: Numbers

    def where(self, kept: NDArray[np.bool_]) -> Terms:
        if kept.all():
            return self
        return Terms([self.terms[number] for number in np.flatnonzero(kept).tolist()], self.counts[kept])

    def negated(self) -> Terms:
        return Terms(self.terms, -self.counts)


class Countable(Protocol):
    """What can be added up."""

    @property
    def articles(self) -> int: ...

    def terms(self, of: str) -> Terms:
        """One of KINDS."""
        ...

    def texts(self) -> Iterable[tuple[str, Held]]:
        """What completes what readers type, in the order of `completion_order`."""
        ...

    def pairs(self, first: int, last: int) -> PairCounts:
        """Pairs of neighbours, the left ones being the words from `first` up to `last`."""
        ...

    def pairs_per_word(self) -> Numbers:
        """How many different words follow each word."""
        ...


WORDS, COMPOUNDS = "words", "compounds"
PRINTED = (AUTHOR, *LABELS)
KINDS = (WORDS, COMPOUNDS, *PRINTED)


@dataclass(frozen=True, slots=True)
class Counts:
    """See `Countable`. Numbers may be below nothing: they take away from others."""

    articles: int
    vocabularies: Mapping[str, Terms]
    held: Sequence[tuple[str, Held]]
    neighbours: PairCounts

    def terms(self, of: str) -> Terms:
        return self.vocabularies[of]

    def texts(self) -> Iterable[tuple[str, Held]]:
        return self.held

    def pairs(self, first: int, last: int) -> PairCounts:
        return self.neighbours.rows(first, last)

    def pairs_per_word(self) -> Numbers:
        return self.neighbours.per_word(len(self.terms(WORDS).terms))

    def negated(self) -> Counts:
        return Counts(
            -self.articles,
            {of: terms.negated() for of, terms in self.vocabularies.items()},
            [(text, held.negated()) for text, held in self.held],
            self.neighbours.negated(),
        )

    def where(self, keep_pairs: KeptPairs, keep_text: KeptTexts) -> Counts:
        """Without the pairs and texts that are not to be kept."""
        held = [(text, held) for text, held in self.held if keep_text(text, held)]
        pairs = self.neighbours.where(keep_pairs(self.neighbours.counts))
        return Counts(self.articles, self.vocabularies, held, pairs)

    def without_unused(self) -> Counts:
        """Without terms of which nothing is counted."""
        used = {of: terms.counts != 0 for of, terms in self.vocabularies.items()}
        for side in self.neighbours.sides():
            used[WORDS][side] = True
        return self._only(used, self.held, self.neighbours)

    def left(self) -> Counts:
        """What is above nothing: what the articles hold that are left, where nothing more is to be added."""
        is_left = {of: terms.counts > 0 for of, terms in self.vocabularies.items()}
        lefts, rights = self.neighbours.sides()
        is_pair = (self.neighbours.counts > 0) & is_left[WORDS][lefts] & is_left[WORDS][rights]
        held = [(text, held) for text, held in self.held if held.articles > 0]
        return self._only(is_left, held, self.neighbours.where(is_pair))

    def _only(
        self, kept: Mapping[str, NDArray[np.bool_]], held: Sequence[tuple[str, Held]], neighbours: PairCounts
    ) -> Counts:
        """Some of the terms, which are those of all the neighbours."""
        vocabularies = {of: terms.where(kept[of]) for of, terms in self.vocabularies.items()}
        return Counts(self.articles, vocabularies, held, neighbours.renumbered(np.cumsum(kept[WORDS]) - 1))


PAIRS_AT_ONCE = 1_000_000
"""Pairs added up at a time: about 100 MB of work space."""


def add_up(
    sources: Sequence[Countable],
    keep_pairs: KeptPairs = lambda counts: counts != 0,
    keep_text: KeptTexts = lambda _, held: any(held),
) -> Counts:
    """The sums of all sources, without the pairs and texts whose sum is not to be kept."""
    if len(sources) == 1 and isinstance(sources[0], Counts):
        return sources[0].where(keep_pairs, keep_text)
    added = {of: _add_terms([source.terms(of) for source in sources]) for of in KINDS}
    words, numbers = added[WORDS]
    return Counts(
        sum(source.articles for source in sources),
        {of: terms for of, (terms, _) in added.items()},
        [(text, held) for text, held in _add_texts(sources) if keep_text(text, held)],
        _add_pairs(sources, numbers, len(words.terms), keep_pairs),
    ).without_unused()


def _add_terms(sources: Sequence[Terms]) -> tuple[Terms, list[Numbers]]:
    """All terms with the sums of their counts; and for each source the new numbers of its terms."""
    terms: list[bytes] = []
    numbers = [array("q") for _ in sources]
    in_step = merge(*(zip(source.terms, repeat(place)) for place, source in enumerate(sources)))
    for term, places in groupby(in_step, itemgetter(0)):
        for _, place in places:
            numbers[place].append(len(terms))
        terms.append(term)
    new_numbers = [np.array(each, np.int64) for each in numbers]
    counts = np.zeros(len(terms), np.int64)
    for source, new in zip(sources, new_numbers, strict=True):
        counts[new] += source.counts
    return Terms(terms, counts), new_numbers


def _add_texts(sources: Sequence[Countable]) -> Iterator[tuple[str, Held]]:
    in_step = merge(*(source.texts() for source in sources), key=lambda entry: completion_order(entry[0]))
    for text, entries in groupby(in_step, itemgetter(0)):
        yield text, sum((held for _, held in entries), NOT_HELD)


def _add_pairs(sources: Sequence[Countable], numbers: Sequence[Numbers], words: int, keep: KeptPairs) -> PairCounts:
    """`numbers` are the new numbers of the words of each source, of which there are so many in all."""
    weights = np.zeros(words, np.int64)
    for source, new in zip(sources, numbers, strict=True):
        weights[new] += source.pairs_per_word()
    kept = [NO_PAIRS]
    for first, last in _ranges(weights):
        spans = [new.searchsorted((first, last)).tolist() for new in numbers]
        tables = [
            source.pairs(*span).renumbered(new) for source, span, new in zip(sources, spans, numbers, strict=True)
        ]
        summed = add_counts(tables)
        kept.append(summed.where(keep(summed.counts)))
    return PairCounts(np.concatenate([each.pairs for each in kept]), np.concatenate([each.counts for each in kept]))


def _ranges(weights: Numbers) -> Iterator[tuple[int, int]]:
    """Cuts all words into ranges of at most PAIRS_AT_ONCE pairs; a word with more stands alone."""
    ends = np.cumsum(weights)
    first = before = 0
    while first < len(weights):
        last = max(int(np.searchsorted(ends, before + PAIRS_AT_ONCE, side="right")), first + 1)
        yield first, last
        first, before = last, int(ends[last - 1])
