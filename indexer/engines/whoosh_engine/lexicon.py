"""The words and names of an index: its segments, each a part of a lexicon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh_engine.segment import WORDS
from indexer.engines.whoosh_engine.view import SegmentView
from indexer.facets import AUTHOR
from indexer.lexicon.completions import Completions
from indexer.lexicon.folded import Folded
from indexer.lexicon.parted import PartedLexicon
from indexer.lexicon.vocabulary import ABSENT, Vocabulary
from indexer.ports import Company
from indexer.ranking import COMPOUNDS


def lexicon_of(views: Sequence[SegmentView]) -> PartedLexicon:
    return PartedLexicon([SegmentWords(view) for view in views])


class SegmentWords:
    """See `parted.LexiconPart`. Deleted articles count in pairs and completions only."""

    def __init__(self, view: SegmentView) -> None:
        self._view = view
        self.number, self.holding = view.number, view.holding

    @property
    def articles(self) -> int:
        return len(self._view.everything)

    @property
    def words(self) -> Vocabulary:
        return self._view.segment.vocabularies[WORDS]

    @property
    def folded(self) -> Folded:
        return self._view.segment.folded

    @property
    def completions(self) -> Completions:
        return self._view.segment.completions

    def compound_frequency(self, compound: str) -> int:
        number = self._view.number(compound, COMPOUNDS)
        return 0 if number == ABSENT else self._view.holding(number, COMPOUNDS)

    def company(self, word: int) -> Company:
        return self._view.segment.neighbours.company(word)

    def pair_counts(self, lefts: Sequence[int], rights: Sequence[int]) -> NDArray[np.int64]:
        return self._view.segment.neighbours.count(lefts, rights)

    def distinct_pairs(self) -> int:
        return len(self._view.segment.neighbours)

    def printed(self, facet: str) -> Iterator[tuple[str, str, int]]:
        if facet != AUTHOR:
            return self._view.count_labels(facet)
        columns = self._view.columns
        of_byline = self._view.count_bylines(self._view.everything)
        entries = np.repeat(of_byline, np.diff(columns.byline_begins))
        counts = np.bincount(columns.byline_names, entries, len(columns.names)).astype(np.int64)
        return ((key, name, count) for (key, name), count in zip(columns.names, counts.tolist(), strict=True))
