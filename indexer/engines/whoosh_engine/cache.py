"""Results kept while there is room, the least recently used dropped first. Safe to share between threads.

It belongs to one searcher, and so to one unchanging state of an index: nothing in it can go stale.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from indexer.engines.whoosh_engine.matching import Found, Worked

LARGEST_SHARE = 8
"""No entry may take more than this part of the room: one dear query must not throw out all others."""


class MatchCache:
    """What clauses were found to match, up to `limit` bytes of it."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._used = 0
        self._kept: OrderedDict[Hashable, Worked] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, find: Callable[[], Found]) -> Found:
        """What is kept under the key, else what `find` finds; two threads may both find it.

        What is read from postings as it is asked for need not be kept.
        """
        if (kept := self.kept(key)) is not None:
            return kept
        found = find()
        if isinstance(found, Worked):
            self._keep(key, found)
        return found

    def kept(self, key: Hashable) -> Found | None:
        """What is kept under the key, if anything is."""
        with self._lock:
            if (kept := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
            return kept

    def _keep(self, key: Hashable, found: Worked) -> None:
        size = _size(found)
        if size > self._limit // LARGEST_SHARE:
            return
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = found
            self._used += size
            while self._used > self._limit:
                _, dropped = self._kept.popitem(last=False)
                self._used -= _size(dropped)


def _size(found: Worked) -> int:
    """Bytes, with a thousand for the key and the objects around the arrays."""
    return int(found.scored.articles.nbytes + found.scored.scores.nbytes) + 1000
