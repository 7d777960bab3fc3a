"""Whoosh's postings as arrays, decoded once and kept while there is room."""

from __future__ import annotations

import threading
from array import array
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import TermNotFound

PLACE_SHIFT = 32
"""A place is article number << 32 | position, so places sort and intersect as plain integers."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Where one term stands in one field: the articles in ascending order, how often in each, and every place."""

    articles: NDArray[np.int64]
    frequencies: NDArray[np.int64]
    places: NDArray[np.int64]

    @property
    def nbytes(self) -> int:
        return self.articles.nbytes + self.frequencies.nbytes + self.places.nbytes


class PostingsReader:
    """Decodes postings of one unchanging index.

    Safe to share between threads: Whoosh's own reader seeks in shared files, so it is asked by one thread at a time;
    decoded postings never change and are given to everybody.
    """

    def __init__(self, reader: Any, cache_bytes: int) -> None:
        self._leaves = reader.leaf_readers()
        self._cache_bytes = cache_bytes
        self._cached_bytes = 0
        self._cache: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, field: str, term: str) -> Postings:
        """The postings of a term; empty ones where the index does not hold it. Deleted articles are left out."""
        key = (field, term)
        with self._lock:
            found = self._cache.get(key)
            if found is None:
                found = self._decode(field, term)
                self._keep(key, found)
            else:
                self._cache.move_to_end(key)
        return found

    def _keep(self, key: tuple[str, str], postings: Postings) -> None:
        self._cache[key] = postings
        self._cached_bytes += postings.nbytes
        while self._cached_bytes > self._cache_bytes and self._cache:
            _, dropped = self._cache.popitem(last=False)
            self._cached_bytes -= dropped.nbytes

    def _decode(self, field: str, term: str) -> Postings:
        articles, frequencies, places = array("q"), array("q"), array("q")
        for leaf, offset in self._leaves:
            try:
                matcher = leaf.postings(field, term)
            except TermNotFound:
                continue
            positional = matcher.supports("positions")
            while matcher.is_active():
                article = matcher.id() + offset
                articles.append(article)
                frequencies.append(int(matcher.weight()))
                if positional:
                    first = article << PLACE_SHIFT
                    places.extend([first + position for position in matcher.value_as("positions")])
                matcher.next()
        return Postings(
            np.frombuffer(articles, np.int64),
            np.frombuffer(frequencies, np.int64),
            np.frombuffer(places, np.int64),
        )
