"""The words and names of an index, asked of its segments; see `ports.Lexicon`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from indexer.author_merges import NO_MERGES, Merges, listed_keys, listed_names
from indexer.engines.whoosh_engine.completions import NOT_HELD, Beginning, Completions, Held, folded
from indexer.engines.whoosh_engine.segment import WORDS
from indexer.engines.whoosh_engine.view import SegmentView
from indexer.engines.whoosh_engine.vocabulary import ABSENT
from indexer.facets import LABELS, best_spelling
from indexer.model import Completion
from indexer.ports import Company
from indexer.ranking import COMPOUNDS

ANSWERS_KEPT = 4096
"""Folded forms whose words are kept, fewer prefixes, and twice as many words whose company is: a few MB at most."""


class WhooshLexicon:
    """Words that only deleted articles hold count as absent."""

    def __init__(self, views: Sequence[SegmentView]) -> None:
        self._views = views
        self._articles = sum(len(view.everything) for view in views)
        self._own_names = self._names = _best_names(views)
        self._keys = listed_keys(self._own_names, NO_MERGES)
        self._labels = {facet: _best_labels(views, facet) for facet in LABELS}
        self.spellings = lru_cache(ANSWERS_KEPT)(self._find_spellings)
        self.beginning_with = lru_cache(ANSWERS_KEPT // 16)(self._find_beginning_with)
        self.completions = lru_cache(ANSWERS_KEPT // 16)(self._find_completions)
        self.company = lru_cache(ANSWERS_KEPT * 2)(self._find_company)

    def article_count(self) -> int:
        return self._articles

    def frequency(self, term: str) -> int:
        numbers = ((view, view.number(term)) for view in self._views)
        return sum(view.holding(number) for view, number in numbers if number != ABSENT)

    def _find_spellings(self, folded: str) -> tuple[str, ...]:
        key = folded.encode("utf-8", "replace")
        return self._by_frequency((view, view.segment.folded.spellings(key)) for view in self._views)

    def _find_beginning_with(self, folded_prefix: str) -> tuple[str, ...]:
        prefix = folded_prefix.encode("utf-8", "replace")
        return self._by_frequency((view, view.segment.folded.beginning_with(prefix)) for view in self._views)

    def _by_frequency(self, found: Iterable[tuple[SegmentView, Iterable[int]]]) -> tuple[str, ...]:
        frequency: Counter[str] = Counter()
        for view, numbers in found:
            words = view.segment.vocabularies[WORDS]
            for number in numbers:
                frequency[words[number].decode()] += view.holding(number)
        held = [(term, count) for term, count in frequency.items() if count]
        return tuple(term for term, _ in sorted(held, key=lambda item: (-item[1], item[0])))

    def _find_company(self, term: str) -> Company:
        numbers = ((view, view.number(term)) for view in self._views)
        said = [view.segment.neighbours.company(number) for view, number in numbers if number != ABSENT]
        followed, followers, predecessors = zip(*said, strict=True) if said else ((), (), ())
        return Company(sum(followed), max(followers, default=0), max(predecessors, default=0))

    def pair_counts(self, lefts: Sequence[str], rights: Sequence[str]) -> NDArray[np.int64]:
        counts = np.zeros((len(lefts), len(rights)), np.int64)
        for view in self._views:
            rows, left_numbers = _known(view, lefts)
            columns, right_numbers = _known(view, rights)
            counts[np.ix_(rows, columns)] += view.segment.neighbours.count(left_numbers, right_numbers)
        return counts

    def distinct_pairs(self) -> int:
        return max([1, *(len(view.segment.neighbours) for view in self._views)])

    def compound_frequency(self, compound: str) -> int:
        numbers = ((view, view.number(compound, COMPOUNDS)) for view in self._views)
        return sum(view.holding(number, COMPOUNDS) for view, number in numbers if number != ABSENT)

    def _find_completions(self, folded_prefix: str, limit: int) -> tuple[Completion, ...]:
        tables = [view.segment.completions for view in self._views]
        found = [table.beginning_with(folded_prefix, limit) for table in tables]
        held = {text: _held_by_all(text, tables, found) for text in {text for part in found for text in part.found}}
        kinds = ((counts.kind_of(text), text, counts.articles) for text, counts in held.items())
        known = [Completion(kind, text, articles) for kind, text, articles in kinds if kind]
        return tuple(sorted(known, key=lambda one: (-one.count, folded(one.text), one.text))[:limit])

    def merging(self, merges: Merges) -> WhooshLexicon:
        """The same words, with authors that are one as one."""
        other = copy(self)
        other._names, other._keys = listed_names(self._own_names, merges), listed_keys(self._own_names, merges)
        return other

    def author_names(self) -> Mapping[str, str]:
        return self._names

    def author_keys(self) -> Mapping[str, str]:
        return self._keys

    def label_names(self, facet: str) -> Mapping[str, str]:
        return self._labels[facet]


def _known(view: SegmentView, terms: Sequence[str]) -> tuple[list[int], list[int]]:
    """The places in `terms` of the words that a segment holds, and the words' numbers there."""
    numbers = [view.number(term) for term in terms]
    places = [place for place, number in enumerate(numbers) if number != ABSENT]
    return places, [numbers[place] for place in places]


def _held_by_all(text: str, tables: Sequence[Completions], found: Sequence[Beginning]) -> Held:
    """What all segments know of a text; one is asked again only where it may know more than it was asked to tell."""
    told = (
        part.found.get(text) or (NOT_HELD if part.is_all else table.held(text))
        for table, part in zip(tables, found, strict=True)
    )
    return sum(told, NOT_HELD)


def _best_names(views: Sequence[SegmentView]) -> dict[str, str]:
    spellings: dict[str, Counter[str]] = {}
    for view in views:
        of_byline = view.count_bylines(view.everything)
        entries = np.repeat(of_byline, np.diff(view.columns.byline_begins))
        counts = np.bincount(view.columns.byline_names, entries, len(view.columns.names)).astype(np.int64)
        for (key, name), count in zip(view.columns.names, counts.tolist(), strict=True):
            if count:
                spellings.setdefault(key, Counter())[name] += count
    return {key: best_spelling(names) for key, names in spellings.items()}


def _best_labels(views: Sequence[SegmentView], facet: str) -> dict[str, str]:
    spellings: dict[str, Counter[str]] = {}
    for key, text, count in (label for view in views for label in view.count_labels(facet)):
        spellings.setdefault(key, Counter())[text] += count
    return {key: best_spelling(texts) for key, texts in spellings.items()}
