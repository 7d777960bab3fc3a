"""What is known of every article without reading its text: id, day, authors, lengths, as arrays by document number.

Numbers of deleted articles stay in the arrays; `live` masks them out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh_engine.schema import (
    AUTHOR,
    HOLDING,
    ID_FIELD,
    PUBLISHED,
    length_field,
    read_holding,
)
from indexer.ports import Holding
from indexer.querying.plan import BODY, TITLE
from indexer.ranking import COMPOUNDS

DAY, MONTH, YEAR = 10**6, 10**8, 10**10
"""`published` is yyyymmddHHMMSS: divided by these it is the day, the month, the year."""


class Columns:
    """Read once when an index is opened; nothing in it changes."""

    def __init__(self, reader: Any) -> None:
        self.size: int = reader.doc_count_all()
        self.live = np.zeros(self.size, bool)
        self.live[np.fromiter(reader.all_doc_ids(), np.int64)] = True
        self.ids: list[str] = list(_column(reader, ID_FIELD))
        self.id_order = np.argsort(np.argsort(np.array(self.ids, dtype=object)))
        self.published = _numbers(reader, PUBLISHED)
        self.days = self.published // DAY
        self.months = self.published // MONTH
        self.years = self.published // YEAR
        self.lengths = {
            name: _numbers(reader, length_field(name)).astype(np.float64) for name in (TITLE, BODY, COMPOUNDS)
        }
        self.average_length = {
            name: float(lengths[self.live].sum() / max(1, self.live.sum())) for name, lengths in self.lengths.items()
        }
        self._author_keys, self._author_of, self._article_of = _authorship(reader)
        self._author_numbers = {key: number for number, key in enumerate(self._author_keys)}

    def live_ids(self) -> Iterator[tuple[int, str]]:
        """Document number and id of every article that is not deleted."""
        for number in np.flatnonzero(self.live).tolist():
            yield number, self.ids[number]

    def holdings(self, reader: Any) -> list[tuple[str, Holding]]:
        raw = list(_column(reader, HOLDING))
        return [(id_, read_holding(raw[number])) for number, id_ in self.live_ids()]

    def written_by(self, keys: Iterable[str]) -> NDArray[np.bool_]:
        """Mask of the articles that any of the authors wrote."""
        wanted = [self._author_numbers[key] for key in keys if key in self._author_numbers]
        mask = np.zeros(self.size, bool)
        mask[self._article_of[np.isin(self._author_of, wanted)]] = True
        return mask

    def count_authors(self, mask: NDArray[np.bool_]) -> dict[str, int]:
        counts = np.bincount(self._author_of[mask[self._article_of]], minlength=len(self._author_keys))
        return {self._author_keys[n]: int(counts[n]) for n in np.flatnonzero(counts).tolist()}

    def count_years(self, mask: NDArray[np.bool_]) -> dict[str, int]:
        return {f"{year:04d}": count for year, count in _tally(self.years[mask])}

    def count_months(self, mask: NDArray[np.bool_]) -> dict[str, int]:
        return {f"{month // 100:04d}-{month % 100:02d}": count for month, count in _tally(self.months[mask])}


def _tally(values: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Each value but 0, which stands for undated, with how often it occurs."""
    distinct, counts = np.unique(values[values > 0], return_counts=True)
    return zip(distinct.tolist(), counts.tolist(), strict=True)


def _column(reader: Any, field: str) -> Iterator[Any]:
    """A column's value for every document number, segment after segment."""
    for leaf, _ in reader.leaf_readers():
        if size := leaf.doc_count_all():
            column = leaf.column_reader(field)
            yield from (column[number] for number in range(size))


def _numbers(reader: Any, field: str) -> NDArray[np.int64]:
    return np.fromiter(_column(reader, field), np.int64)


def _authorship(reader: Any) -> tuple[list[str], NDArray[np.int64], NDArray[np.int64]]:
    """The author keys, and one pair (author number, article number) for each byline entry."""
    keys = [raw.decode("utf-8") for raw in reader.lexicon(AUTHOR)] if reader.doc_count_all() else []
    pairs = [(number, article) for number, key in enumerate(keys) for article in reader.postings(AUTHOR, key).all_ids()]
    table = np.array(pairs, np.int64).reshape(-1, 2)
    return keys, table[:, 0], table[:, 1]
