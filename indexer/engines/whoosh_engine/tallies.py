"""Facet counts over several segments: bylines and days are counted in each, authors, months and years follow.

A byline is a list of authors that many articles share, so an article with two authors costs no more than one with one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh_engine.postings import Numbers
from indexer.engines.whoosh_engine.view import SegmentView

Articles = Sequence[Numbers]
"""The articles to be counted, segment by segment."""


class Tallies:
    """Made once when an index is opened: authors and months of all segments get common numbers."""

    def __init__(self, views: Sequence[SegmentView]) -> None:
        self._views = views
        keys = dict.fromkeys(key for view in views for key, _ in view.columns.names)
        self._authors = _names(keys)
        numbers = {key: number for number, key in enumerate(keys)}
        self._entries = [_entries(view, numbers) for view in views]
        months = np.unique(
            np.concatenate([np.zeros(1, np.int64), *map(_months, views)])
        )  # the first stands for undated
        years, self._year_of_month = np.unique(months // 100, return_inverse=True)
        self._month_names = _names(f"{month // 100:04d}-{month % 100:02d}" for month in months.tolist())
        self._year_names = _names(f"{year:04d}" for year in years.tolist())
        self._month_of_day = [months.searchsorted(_months(view)) for view in views]

    def count_authors(self, articles: Articles) -> dict[str, int]:
        counts = np.zeros(len(self._authors), np.int64)
        for view, (bylines, authors), found in zip(self._views, self._entries, articles, strict=True):
            if len(found):
                of_byline = view.count_bylines(found)
                counts += np.bincount(authors, of_byline[bylines], len(counts)).astype(np.int64)
        return _named(self._authors, counts)

    def count_months(self, articles: Articles) -> NDArray[np.int64]:
        """How many were published in each month, for `by_month` and `by_year`; undated articles are left out."""
        counts = np.zeros(len(self._month_names), np.int64)
        for view, months, found in zip(self._views, self._month_of_day, articles, strict=True):
            if len(found):
                counts += np.bincount(months, view.count_days(found), len(counts)).astype(np.int64)
        counts[0] = 0
        return counts

    def by_month(self, counts: NDArray[np.int64]) -> dict[str, int]:
        """`2020-07` -> how many."""
        return _named(self._month_names, counts)

    def by_year(self, counts: NDArray[np.int64]) -> dict[str, int]:
        """`2020` -> how many, from the counts of months."""
        return _named(self._year_names, np.bincount(self._year_of_month, counts).astype(np.int64))

    def count_days(self, articles: Articles, months: frozenset[int]) -> dict[str, int]:
        """`2020-07-01` -> how many, in the months wanted (as yyyymm)."""
        counts: dict[int, int] = {}
        for view, found in zip(self._views, articles, strict=True):
            of_day = view.count_days(found)
            for place in np.flatnonzero(np.isin(_months(view), list(months)) & (of_day > 0)).tolist():
                day = int(view.columns.days[place])
                counts[day] = counts.get(day, 0) + int(of_day[place])
        return {f"{day // 10_000:04d}-{day // 100 % 100:02d}-{day % 100:02d}": n for day, n in sorted(counts.items())}


def _entries(view: SegmentView, numbers: dict[str, int]) -> tuple[Numbers, Numbers]:
    """One pair (byline, author) for each author of each byline; an author named twice in one counts once."""
    columns = view.columns
    author_of_name = [numbers[key] for key, _ in columns.names]
    pairs = [
        (byline, author)
        for byline, names in enumerate(columns.bylines)
        for author in dict.fromkeys(author_of_name[name] for name in names)
    ]
    table = np.array(pairs, np.intp).reshape(-1, 2)
    return table[:, 0].copy(), table[:, 1].copy()


def _months(view: SegmentView) -> NDArray[np.int64]:
    return view.columns.days // 100


def _names(names: Iterable[str]) -> NDArray[np.object_]:
    listed = list(names)
    array = np.empty(len(listed), dtype=object)
    array[:] = listed
    return array


def _named(names: NDArray[np.object_], counts: NDArray[np.int64]) -> dict[str, int]:
    found = np.flatnonzero(counts)
    return dict(zip(names[found].tolist(), counts[found].tolist(), strict=True))
