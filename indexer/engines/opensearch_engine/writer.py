"""One transaction: articles into an index of their own, which nobody else looks at before it is committed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from indexer.documents import Document, to_document
from indexer.engines.opensearch_engine import indexes
from indexer.engines.opensearch_engine.bulk import BulkSender, Change
from indexer.engines.opensearch_engine.client import LONG_PATIENCE_S, Cluster, TryAgain
from indexer.engines.opensearch_engine.mapping import to_article, to_holding, to_source
from indexer.engines.opensearch_engine.reference import Reference, write_reference
from indexer.errors import ClusterAway, IndexDamaged
from indexer.lexicon.parts import PartBuilder, merge_parts
from indexer.ports import Refusal

BATCH_TOKENS = 500_000
"""What is gathered before it is sent, in tokens: some 1,000 articles of news, 8 MB."""

BATCH_ARTICLES = 1000
"""What is gathered at most: as many are looked up at once."""


class OpenSearchWriter:
    """See `ports.IndexWriter`. An article that OpenSearch refuses leaves what was held under its id as it was.

    Args:
        cluster: where the index is.
        folder: of the build that the index is for.
        target: the index, which holds what the build before held.
    """

    def __init__(self, cluster: Cluster, folder: Path, target: Reference) -> None:
        self._cluster, self._folder, self._target = cluster, folder, target
        self._sender = BulkSender(cluster, target.index)
        self._lexicon = PartBuilder()
        self._version, self._articles = target.version, target.articles
        self._added: set[str] = set()
        self._refused: dict[str, str] = {}
        self._waiting: dict[str, Document | None] = {}
        self._waiting_tokens = 0

    def add(self, document: Document) -> None:
        article_id = document.article.id
        if article_id in self._added:
            raise ValueError(f"{article_id} was added already")
        self._added.add(article_id)
        self._gather(article_id, document)
        self._waiting_tokens += len(document.title) + len(document.body) + len(document.compounds)
        if self._waiting_tokens >= BATCH_TOKENS:
            self._send()

    def remove(self, article_id: str) -> None:
        self._gather(article_id, None)

    def commit(self) -> tuple[Refusal, ...]:
        self._send()
        indexes.wait_until_allocated(self._cluster, self._target.index)
        self._check_count()
        self._lexicon.write(self._folder)
        merge_parts(self._folder)
        indexes.close_to_writing(self._cluster, self._target.index)
        if indexes.made_at(self._cluster, self._target.index) != self._target.made_at:
            raise IndexDamaged(f"somebody replaced the index {self._target.index} while it was written")
        indexes.wait_for_copies(self._cluster, self._target.index)
        committed = replace(self._target, version=self._version, articles=self._articles, is_committed=True)
        write_reference(self._folder, committed)
        return tuple(Refusal(article_id, reason) for article_id, reason in self._refused.items())

    def cancel(self) -> None:
        self._lexicon.close()
        indexes.remove(self._cluster, self._target.index)

    def _gather(self, article_id: str, document: Document | None) -> None:
        """One change of an article at a time: what it is to replace must have been made."""
        if article_id in self._waiting or len(self._waiting) >= BATCH_ARTICLES:
            self._send()
        self._waiting[article_id] = document

    def _send(self) -> None:
        waiting, self._waiting, self._waiting_tokens = self._waiting, {}, 0
        held = {document.article.id: document for document in self._held(self._maybe_held(waiting))}
        refused = self._sender.send(self._changes(waiting))
        self._refused |= refused
        for article_id, document in waiting.items():
            if article_id not in refused:
                self._count(held.get(article_id), document)

    def _changes(self, waiting: dict[str, Document | None]) -> Iterator[Change]:
        for article_id, document in waiting.items():
            self._version += 1
            yield Change(article_id, self._version, to_source(document) if document else None)

    def _count(self, before: Document | None, after: Document | None) -> None:
        if before:
            self._lexicon.remove(before)
            self._articles -= 1
        if after:
            self._lexicon.add(after)
            self._articles += 1

    def _maybe_held(self, waiting: dict[str, Document | None]) -> list[str]:
        """An article that is put into what was an empty index is put there once."""
        return [article_id for article_id, document in waiting.items() if self._target.articles or document is None]

    def _held(self, ids: list[str]) -> Iterator[Document]:
        """What is held of these articles, as it was when it was added."""
        if not ids:
            return
        found = self._cluster.request(
            "POST",
            f"/{self._target.index}/_mget",
            {"ids": ids},
            params={"_source_includes": "article,path,digest"},
            patience_s=LONG_PATIENCE_S,
            timeout_s=indexes.TIMEOUT_S,
        )
        for each in found["docs"]:
            if each["found"]:
                yield to_document(to_article(each["_source"]), *to_holding(each["_source"]))

    def _check_count(self) -> None:
        """What is there must be what was sent. A copy that has just taken over may need another refresh."""
        patience = self._cluster.patience(RECOUNT_S)
        while True:
            indexes.refresh(self._cluster, self._target.index)
            found = indexes.count(self._cluster, self._target.index)
            if found == self._articles:
                return
            try:
                patience.wait(TryAgain("counts differ"))
            except ClusterAway:
                break
        raise IndexDamaged(f"the index {self._target.index} holds {found} articles instead of {self._articles}")


RECOUNT_S = 5.0
"""How long counts may differ."""
