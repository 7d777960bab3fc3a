"""One transaction on one index: documents into segments, merges, and Whoosh's table of contents at the end."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.index import TOC, clean_files

from indexer.documents import Document
from indexer.engines.whoosh_engine.batch import Batch
from indexer.engines.whoosh_engine.codec import ArrayCodec, ArraySegment, read_contents
from indexer.engines.whoosh_engine.merging import Part, choose_segments, merge_segments
from indexer.engines.whoosh_engine.schema import make_schema
from indexer.engines.whoosh_engine.stored import StoredArticles, StoredWriter, merge_columns
from indexer.errors import IndexBusy
from indexer.lexicon.vocabulary import ABSENT
from indexer.ports import Refusal


@dataclass(frozen=True, slots=True)
class _OpenBatch:
    """A segment in the making: Whoosh's columns are written as documents come, our arrays at the end."""

    segment: ArraySegment
    stored: StoredWriter
    documents: Batch

    def add(self, document: Document) -> None:
        self.stored.add(document.article, document.path, document.digest)
        self.documents.add(document)

    def remove(self, article_id: str) -> None:
        """Mark a document deleted before it is written."""
        for number, row in enumerate(self.documents.rows):
            if row.id == article_id:
                self.segment.delete_document(number)


class WhooshWriter:
    """See `ports.IndexWriter`. Raises IndexBusy when another writer is at work."""

    def __init__(self, index: Any, memory_mb: int) -> None:
        self._storage, self._folder = index.storage, Path(index.storage.folder)
        self._name: str = index.indexname
        self._lock = index.lock("WRITELOCK")
        if not self._lock.acquire():
            raise IndexBusy("another writer")
        try:
            contents = read_contents(self._storage, self._name)
            self._segments: list[ArraySegment] = contents.segments
            self._open = {segment: segment.open(self._folder) for segment in self._segments}
        except BaseException:
            self._lock.release()
            raise
        self._generation: int = contents.generation + 1
        self._memory = memory_mb * 1_000_000
        self._codec = ArrayCodec()
        self._schema = make_schema().allow_writing()
        self._added: set[str] = set()
        self._batch: _OpenBatch | None = None

    def add(self, document: Document) -> None:
        article_id = document.article.id
        if article_id in self._added:
            raise ValueError(f"{article_id} was added already")
        self.remove(article_id)
        if self._batch is None:
            segment = self._codec.new_segment(self._storage, self._name)
            self._batch = _OpenBatch(segment, StoredWriter(self._storage, segment), Batch(self._memory))
        self._batch.add(document)
        self._added.add(article_id)
        if self._batch.documents.is_full:
            self._write_batch()

    def remove(self, article_id: str) -> None:
        for segment, arrays in self._open.items():
            number = arrays.articles.find(article_id)
            if number != ABSENT and not segment.is_deleted(number):
                segment.delete_document(number)
        if self._batch and article_id in self._added:
            self._batch.remove(article_id)

    def commit(self) -> tuple[Refusal, ...]:
        self._write_batch()
        self._drop_empty()
        self._merge()
        TOC(self._schema, self._segments, self._generation).write(self._storage, self._name)
        self._sweep()
        self._lock.release()
        return ()

    def _sweep(self) -> None:
        """Clear away what the table of contents does not name: by Whoosh's rule, and what Whoosh's leaves behind:
        the folder of a writer of its own that was refused, and tables that could not be written to their end."""
        clean_files(self._storage, self._name, self._generation, self._segments)
        shutil.rmtree(self._folder / f"{self._name}.tmp", ignore_errors=True)
        for unfinished in self._folder.glob(f"_{self._name}_*.toc.*"):
            unfinished.unlink(missing_ok=True)

    def cancel(self) -> None:
        """What was written is litter that the next commit clears away; the table of contents never named it."""
        if self._batch:
            with suppress(OSError):  # a full disk refuses this too
                self._batch.stored.close()
        self._lock.release()

    def _write_batch(self) -> None:
        if self._batch is None:
            return
        batch = self._batch  # it stays, so that a cancel can close its files, until all is written
        batch.segment.set_doc_count(len(batch.documents))
        batch.stored.finish()
        batch.documents.write(self._folder, batch.segment.segment_id())
        self._batch = None
        self._take_in(batch.segment)

    def _take_in(self, segment: ArraySegment) -> None:
        self._segments.append(segment)
        self._open[segment] = segment.open(self._folder)

    # -- merging

    def _drop_empty(self) -> None:
        for segment in [each for each in self._segments if not each.doc_count()]:
            self._forget(segment)

    def _forget(self, segment: ArraySegment) -> None:
        self._segments.remove(segment)
        del self._open[segment]

    def _merge(self) -> None:
        sizes = [segment.doc_count() for segment in self._segments]
        chosen = [self._segments[place] for place in choose_segments(sizes, len(self._added))]
        if not chosen:
            return
        merged = self._codec.new_segment(self._storage, self._name)
        merged.set_doc_count(sum(segment.doc_count() for segment in chosen))
        parts = [Part(self._open[segment], _live(segment)) for segment in chosen]
        merge_segments(parts, self._folder, merged.segment_id())
        stored = [StoredArticles(self._folder, segment) for segment in chosen]
        left = [np.flatnonzero(part.live).tolist() for part in parts]
        merge_columns(self._storage, zip(stored, left, strict=True), merged)
        for segment in chosen:
            self._forget(segment)
        self._take_in(merged)


def _live(segment: ArraySegment) -> np.ndarray[Any, np.dtype[np.bool_]]:
    live = np.ones(segment.doc_count_all(), bool)
    live[list(segment.deleted_docs())] = False
    return live
