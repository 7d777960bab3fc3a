"""Stored articles, those of a page fetched at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from indexer.engines.opensearch_engine.client import Cluster
from indexer.engines.opensearch_engine.kept import Kept
from indexer.engines.opensearch_engine.mapping import to_article, to_holding
from indexer.errors import IndexDamaged
from indexer.model import Article
from indexer.ports import Holding

KEPT = 512
"""Articles that are kept, those asked for last: some 3 MB."""


class Articles:
    """Of one index, which does not change. Safe to share between threads."""

    def __init__(self, cluster: Cluster, index: str) -> None:
        self._cluster, self._index = cluster, index
        self._kept: Kept[str, Article] = Kept(KEPT)

    def get(self, article_id: str) -> Article | None:
        """Raises IndexDamaged when what is stored is no article of ours."""
        return self.fetch([article_id]).get(article_id)

    def fetch(self, ids: Iterable[str]) -> dict[str, Article]:
        """Those of the articles that there are; the next that ask for them need not wait."""
        wanted = [*dict.fromkeys(ids)]
        found = self._kept.get(wanted)
        missing = [article_id for article_id in wanted if article_id not in found]
        fetched = {each["_id"]: self._read(each) for each in self._stored(missing, "article")}
        self._kept.put(fetched)
        return found | fetched

    def holding(self, article_id: str) -> Holding | None:
        return next((to_holding(each["_source"]) for each in self._stored([article_id], "path,digest")), None)

    def _stored(self, ids: list[str], fields: str) -> list[dict[str, Any]]:
        if not ids:
            return []
        answer = self._cluster.request(
            "POST", f"/{self._index}/_mget", {"ids": ids}, params={"_source_includes": fields}
        )
        return [each for each in answer["docs"] if each["found"]]

    def _read(self, stored: dict[str, Any]) -> Article:
        try:
            return to_article(stored["_source"])
        except (KeyError, TypeError, ValueError) as error:
            raise IndexDamaged(f"the article {stored['_id']} in the index {self._index} cannot be read") from error
