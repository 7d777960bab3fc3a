"""Facet counts over a whole index: how many of some articles each author wrote, each label and month has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer import facets
from indexer.array_file import Array, in_runs, narrowest, starts_of
from indexer.author_merges import NO_MERGES, Merges
from indexer.engines.whoosh_engine.postings import Numbers
from indexer.engines.whoosh_engine.view import SegmentView

Articles = Sequence[Numbers]
"""The articles to be counted, segment by segment."""


class Tallies:
    """Made once when an index is opened: articles, authors, labels and months of all segments get common numbers.

    Nearly all articles have one author at most: the first author is an array, the others are looked up for those
    that have more. An author named twice in one byline counts once, and so do two that are one.
    """

    def __init__(self, views: Sequence[SegmentView], merges: Merges = NO_MERGES) -> None:
        self._views = views
        self._bases = starts_of(np.array([view.size for view in views], np.int64))[:-1].tolist()
        listed = {key: merges.key(key) for view in views for key, _ in view.columns.names}
        keys = dict.fromkeys(listed.values())
        self._author_names = _names([*keys, ""])  # the last stands for no author
        places = {key: number for number, key in enumerate(keys)}
        numbers = {key: places[under] for key, under in listed.items()}
        of_view = [(view, _distinct_authors(view, numbers)) for view in views]
        self._first_author = narrowest(_joined(_firsts(view, authors, len(keys)) for view, authors in of_view))
        self._others = narrowest(_joined(_others(view, authors) for view, authors in of_view))
        counts = _joined(_others_count(authors).take(view.columns.byline_of) for view, authors in of_view)
        self._others_begin = starts_of(counts).astype(np.uint32)
        self._has_others = counts > 0
        self._labels = {facet: _common_labels(views, facet) for facet in facets.LABELS}
        months = np.unique(np.concatenate([np.zeros(1, np.int64), *map(_months, views)]))  # 0 stands for undated
        years, self._year_of_month = np.unique(months // 100, return_inverse=True)
        self._month_of = narrowest(_joined(months.searchsorted(_months(view))[view.columns.day_of] for view in views))
        self._month_names = _names(f"{month // 100:04d}-{month % 100:02d}" for month in months.tolist())
        self._year_names = _names(f"{year:04d}" for year in years.tolist())

    def number(self, articles: Articles) -> Numbers:
        """The articles of the first segments, in the index's common numbers."""
        pieces = [found + base if base else found for found, base in zip(articles, self._bases, strict=False)]
        return np.concatenate(pieces) if pieces else np.zeros(0, np.intp)

    def count_authors(self, articles: Numbers) -> dict[str, int]:
        counts = np.bincount(self._first_author.take(articles), minlength=len(self._author_names))
        several = articles.take(np.flatnonzero(self._has_others.take(articles)))
        if len(several):
            begins = self._others_begin.take(several).astype(np.intp)
            which = in_runs(begins, self._others_begin.take(several + 1) - begins)
            counts += np.bincount(self._others.take(which), minlength=len(counts))
        counts[-1] = 0
        return _named(self._author_names, counts)

    def count_labels(self, facet: str, articles: Numbers) -> dict[str, int]:
        """How many have each value in one of `facets.LABELS`; articles without any are left out."""
        keys, of = self._labels[facet]
        if len(keys) == 1:  # nobody has any
            return {}
        counts = np.bincount(of.take(articles), minlength=len(keys))
        counts[0] = 0
        return _named(keys, counts)

    def count_months(self, articles: Numbers) -> NDArray[np.intp]:
        """How many were published in each month, for `by_month` and `by_year`; undated articles are left out."""
        counts = np.bincount(self._month_of.take(articles), minlength=len(self._month_names))
        counts[0] = 0
        return counts

    def count_days(self, articles: Articles) -> dict[str, int]:
        """`2020-07-01` -> how many, of dated articles of the first segments."""
        days = np.concatenate(
            [np.zeros(0, np.int64)]
            + [
                view.columns.days.take(view.columns.day_of.take(found))
                for view, found in zip(self._views, articles, strict=False)
            ]
        )
        distinct, counts = np.unique(days, return_counts=True)
        names = (f"{day // 10_000:04d}-{day // 100 % 100:02d}-{day % 100:02d}" for day in distinct.tolist())
        return dict(zip(names, counts.tolist(), strict=True))

    def by_month(self, counts: NDArray[np.intp]) -> dict[str, int]:
        """`2020-07` -> how many."""
        return _named(self._month_names, counts)

    def by_year(self, counts: NDArray[np.intp]) -> dict[str, int]:
        """`2020` -> how many, from the counts of months."""
        return _named(self._year_names, np.bincount(self._year_of_month, counts).astype(np.intp))


def _common_labels(views: Sequence[SegmentView], facet: str) -> tuple[NDArray[np.object_], Array]:
    """The keys of a facet, the first standing for none, and the number of each article's among them."""
    labels = [view.columns.labels[facet] for view in views]
    keys = dict.fromkeys(["", *(key for each in labels for key, _ in each.texts)])
    numbers = {key: number for number, key in enumerate(keys)}
    of = (np.array([numbers[key] for key, _ in each.texts], np.int64).take(each.of) for each in labels)
    return _names(keys), narrowest(_joined(of))


def _distinct_authors(view: SegmentView, numbers: dict[str, int]) -> list[list[int]]:
    """The authors of each byline of a segment, in common numbers, each once."""
    author_of_name = [numbers[key] for key, _ in view.columns.names]
    return [list(dict.fromkeys(author_of_name[name] for name in names)) for names in view.columns.bylines]


def _firsts(view: SegmentView, bylines: Sequence[list[int]], nobody: int) -> Array:
    """The first author of each article of a segment."""
    return np.array([authors[0] if authors else nobody for authors in bylines], np.int64).take(view.columns.byline_of)


def _others(view: SegmentView, bylines: Sequence[list[int]]) -> Array:
    """The second and further authors of a segment's articles, article after article."""
    counts = _others_count(bylines)
    flat = np.array([author for authors in bylines for author in authors[1:]], np.int64)
    of = view.columns.byline_of
    return flat.take(in_runs(starts_of(counts)[:-1].take(of), counts.take(of)))


def _others_count(bylines: Sequence[list[int]]) -> NDArray[np.int64]:
    return np.array([max(len(authors) - 1, 0) for authors in bylines], np.int64)


def _joined(pieces: Iterable[Array]) -> NDArray[np.int64]:
    return np.concatenate([np.zeros(0, np.int64), *pieces])


def _months(view: SegmentView) -> NDArray[np.int64]:
    return view.columns.days // 100


def _names(names: Iterable[str]) -> NDArray[np.object_]:
    listed = list(names)
    array = np.empty(len(listed), dtype=object)
    array[:] = listed
    return array


def _named(names: NDArray[np.object_], counts: NDArray[np.intp]) -> dict[str, int]:
    found = np.flatnonzero(counts)
    return dict(zip(names[found].tolist(), counts[found].tolist(), strict=True))
