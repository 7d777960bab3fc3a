"""What the live build says it holds, asked of its engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from indexer.model import Article
from indexer.ports import Holding, Searcher

MOST_SINGLY, FEWEST_SINGLY, SHARE_SINGLY = 2_000, 100, 50
"""So many articles are asked for one by one, fewer where that is more than one in SHARE_SINGLY of the archive; then all
are read at once, which is faster for whoever asks for many, the more so where each question goes over a network."""


class Ledger:
    """The source and the digest of every article, by its id.

    Args:
        searcher: of the live build, open; None where a run starts anew, and nothing is held.
    """

    def __init__(self, searcher: Searcher | None) -> None:
        self._searcher = searcher
        self._told: dict[str, Holding | None] = {}  # a run asks for each article three times
        self._all: dict[str, Holding] | None = None if searcher else {}

    def close(self) -> None:
        """Give back what the searcher holds."""
        if self._searcher:
            self._searcher.close()

    def __len__(self) -> int:
        return self._searcher.article_count() if self._searcher else 0

    def __contains__(self, article_id: str) -> bool:
        return self.get(article_id) is not None

    def get(self, article_id: str) -> Holding | None:
        """None for an article that is not held."""
        if self._all is None and article_id in self._told:
            return self._told[article_id]
        if self._searcher and self._all is None and len(self._told) < self._most_singly:
            return self._told.setdefault(article_id, self._searcher.holding(article_id))
        if self._searcher and self._all is None:
            self._all = dict(self._searcher.holdings())
        return (self._all or {}).get(article_id)

    @cached_property
    def _most_singly(self) -> int:
        return min(MOST_SINGLY, max(FEWEST_SINGLY, len(self) // SHARE_SINGLY))

    def article(self, article_id: str) -> Article | None:
        """The article as it is held."""
        return self._searcher.article(article_id) if self._searcher else None

    def held_from(self, is_wanted: Callable[[str], bool]) -> Iterator[str]:
        """The ids of the articles whose source passes the test."""
        return self._searcher.held_from(is_wanted) if self._searcher else iter(())
