"""Who signs with whom in an archive, asked of its searcher."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from indexer import facets
from indexer.author_merges import Key
from indexer.author_mining import Author
from indexer.model import SearchRequest
from indexer.ports import Searcher
from indexer.querying.plan import EVERYTHING, AllOf, ByAuthor, Clause, Plan


class ArchiveCompany:
    """See `author_mining.Company`."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    def authors(self) -> Iterator[Author]:
        """All of them, as they are listed."""
        counts, names = self._counts(EVERYTHING), self._searcher.lexicon.author_names()
        yield from (Author(key, names[key], count) for key, count in counts.items() if key in names)

    def together(self, one: Key, other: Key) -> int:
        return self._searcher.count(AllOf((ByAuthor((one,)), ByAuthor((other,)))), SearchRequest()) or 0

    def partners(self, key: Key) -> Mapping[Key, int]:
        return {other: count for other, count in self._counts(ByAuthor((key,))).items() if other != key}

    def _counts(self, clause: Clause) -> Mapping[Key, int]:
        return self._searcher.search(Plan(clause), SearchRequest(page_size=1)).counts[facets.AUTHOR]
