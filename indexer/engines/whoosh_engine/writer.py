"""Documents into Whoosh segments."""

from __future__ import annotations

from typing import Any

from indexer.documents import Document
from indexer.engines.whoosh_engine.schema import ID_FIELD, to_fields


class WhooshWriter:
    """One transaction on one index; see `ports.IndexWriter`."""

    def __init__(self, index: Any, memory_mb: int) -> None:
        with index.reader() as reader:
            self._numbers = _document_numbers(reader)
        self._writer = index.writer(limitmb=memory_mb)
        self._added: set[str] = set()

    def add(self, document: Document) -> None:
        article_id = document.article.id
        if article_id in self._added:
            raise ValueError(f"{article_id} was added already")
        self.remove(article_id)
        self._writer.add_document(**to_fields(document))
        self._added.add(article_id)

    def remove(self, article_id: str) -> None:
        number = self._numbers.pop(article_id, None)
        if number is not None:
            self._writer.delete_document(number)

    def commit(self) -> None:
        self._writer.commit()

    def cancel(self) -> None:
        self._writer.cancel()


def _document_numbers(reader: Any) -> dict[str, int]:
    """Article id -> number of its document in the index as it was when the writer was opened."""
    numbers = {}
    for leaf, offset in reader.leaf_readers():
        if leaf.doc_count_all():
            ids = leaf.column_reader(ID_FIELD)
            numbers.update({ids[number]: offset + number for number in leaf.all_doc_ids()})
    return numbers
