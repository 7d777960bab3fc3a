"""Stored articles, those of a page fetched together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from indexer.engines.opensearch_engine.client import Cluster
from indexer.engines.opensearch_engine.kept import Kept
from indexer.engines.opensearch_engine.mapping import to_article, to_holding
from indexer.errors import IndexDamaged
from indexer.model import Article
from indexer.ports import Holding

KEPT = 512
"""Articles that are kept, those asked for last: some 3 MB."""

TOGETHER = 100
"""Articles that are fetched at once, where one of them is asked for and the others will be."""

EXPECTED = 10_000
"""Articles of which it is known with which others they will be asked for."""


LONGEST_ID = 512
"""Bytes of an id that OpenSearch takes."""


class Articles:
    """Of one index, which does not change. Safe to share between threads."""

    def __init__(self, cluster: Cluster, index: str) -> None:
        self._cluster, self._index = cluster, index
        self._kept: Kept[str, Article] = Kept(KEPT)
        self._together: Kept[str, tuple[str, ...]] = Kept(EXPECTED)

    def get(self, article_id: str) -> Article | None:
        """Raises IndexDamaged when what is stored is no article of ours."""
        kept = self._kept.get([article_id])
        if not kept:
            together = self._together.get([article_id]).get(article_id, (article_id,))
            kept = {each["_id"]: self._read(each) for each in self._stored(together, "article")}
            self._kept.put(kept)
        return kept.get(article_id)

    def expect(self, ids: Sequence[str]) -> None:
        """These are likely to be asked for, one after the other: whoever waits for one gets the next with it."""
        for first in range(0, min(len(ids), EXPECTED), TOGETHER):
            together = tuple(ids[first : first + TOGETHER])
            self._together.put(dict.fromkeys(together, together))

    def holding(self, article_id: str) -> Holding | None:
        return next((to_holding(each["_source"]) for each in self._stored([article_id], "path,digest")), None)

    def _stored(self, ids: Sequence[str], fields: str) -> list[dict[str, Any]]:
        possible = [article_id for article_id in ids if _may_be_held(article_id)]
        if not possible:
            return []
        answer = self._cluster.request(
            "POST", f"/{self._index}/_mget", {"ids": possible}, params={"_source_includes": fields}
        )
        return [each for each in answer["docs"] if each["found"]]

    def _read(self, stored: dict[str, Any]) -> Article:
        try:
            return to_article(stored["_source"])
        except (KeyError, TypeError, ValueError) as error:
            raise IndexDamaged(f"the article {stored['_id']} in the index {self._index} cannot be read") from error


def _may_be_held(article_id: str) -> bool:
    """OpenSearch refuses to look for others."""
    try:
        return 0 < len(article_id.encode()) <= LONGEST_ID
    except UnicodeEncodeError:
        return False
