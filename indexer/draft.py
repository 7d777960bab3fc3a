"""A build in the making: written beside the live one, verified as a server would see it, and described.

What is complete is whole and on the disk, but not live: to switch to it is another step (`BuildStore.switch`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from indexer.analysis.tokens import ANALYSIS_VERSION
from indexer.builds import BuildStore, is_shared
from indexer.clinic.casebook import Casebook
from indexer.errors import IndexDamaged
from indexer.manifest import (
    FileFacts,
    Manifest,
    RunKind,
    Sources,
    file_facts,
    read_manifest,
    write_manifest,
    write_sources,
)
from indexer.model import Article
from indexer.ports import Engine, IndexWriter, Refusal
from indexer.worker_pool import WorkerPool


class Draft:
    """A build in the making, begun with the first difference: a run without any writes nothing.

    Args:
        base: the build it starts from, or None to begin with nothing.
        workers: processes that share the analysis in a large run; see `WorkerPool`.
    """

    def __init__(self, store: BuildStore, engine: Engine, base: Path | None, workers: int) -> None:
        self._store, self._engine, self._base = store, engine, base
        self._writing = store.writing()
        self._folder: Path | None = None
        self._writer: IndexWriter | None = None
        self._pool = WorkerPool(workers, lambda document: self._open_writer().add(document))

    @property
    def is_begun(self) -> bool:
        return self._folder is not None

    def add(self, article: Article, path: str, digest: str) -> None:
        with self._writing:
            self._begin()
            self._pool.add(article, path, digest)

    def remove(self, article_id: str) -> None:
        with self._writing:
            self._open_writer().remove(article_id)

    def _open_writer(self) -> IndexWriter:
        if self._writer is None:
            self._writer = self._engine.writer(self._begin())
        return self._writer

    def _begin(self) -> Path:
        if self._folder is None:
            self._folder = self._store.begin(self._base)
            if self._base is None:
                self._engine.create(self._folder)
        return self._folder

    def commit(self) -> tuple[Refusal, ...]:
        """Write all there is; returns what the engine could not take. Nothing can be added afterwards."""
        with self._writing:
            self._pool.finish()
            refused = self._writer.commit() if self._writer else ()
            self._writer = None
            return refused

    def complete(self, sources: Sources, articles: int, casebook: Casebook) -> Path:
        """Open what was committed as a server would, and describe it; returns the folder of the complete build.

        The manifest comes last, when all the rest is on the disk.
        """
        with self._writing:
            folder = self._begin()
            self._verify(folder, articles)
            write_sources(folder, sources)
            casebook.write(folder)
            self._store.make_durable(folder, self._base)
            write_manifest(folder, self._describe(folder, articles))
        self._store.publish(folder)
        return folder

    def _describe(self, folder: Path, articles: int) -> Manifest:
        return Manifest(
            engine=self._engine.name,
            format_version=self._engine.format_version,
            analysis_version=ANALYSIS_VERSION,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            articles=articles,
            files=dict(self._facts(folder)),
            base=self._base.name if self._base else None,
            kind=RunKind.UPDATE if self._base else RunKind.REBUILD,
        )

    def _verify(self, folder: Path, expected: int) -> None:
        searcher = self._engine.searcher(folder)
        try:
            found = searcher.article_count()
        finally:
            searcher.close()
        if found != expected:
            raise IndexDamaged(f"the new build holds {found} articles instead of {expected}")

    def _facts(self, folder: Path) -> Iterator[tuple[str, FileFacts]]:
        """Checksums of the build's files; a file shared with the build before has not changed since."""
        before = read_manifest(self._base).files if self._base else {}
        for path in self._store.files_of(folder):
            if path.name in before and is_shared(path, self._base):
                yield path.name, before[path.name]
            else:
                yield path.name, file_facts(path)

    def abandon(self) -> None:
        """Leave the live build as it was; whatever fails here must not hide why the run ended."""
        with suppress(Exception):
            self._pool.stop()
        if self._writer:
            with suppress(Exception):
                self._writer.cancel()
        if self._folder:
            self._store.discard(self._folder)
