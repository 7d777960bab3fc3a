"""A build in the making: written beside the live one, verified as a server would see it, described, then published."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from indexer.analysis.tokens import ANALYSIS_VERSION
from indexer.builds import BuildStore
from indexer.errors import IndexDamaged
from indexer.manifest import (
    FileFacts,
    Manifest,
    Sources,
    file_facts,
    read_manifest,
    write_manifest,
    write_sources,
)
from indexer.ports import Engine, IndexWriter


class Draft:
    """A build in the making, begun with the first difference: a run without any writes nothing."""

    def __init__(self, store: BuildStore, engine: Engine, base: Path | None) -> None:
        self._store, self._engine, self._base = store, engine, base
        self._folder: Path | None = None
        self._writer: IndexWriter | None = None

    @property
    def is_begun(self) -> bool:
        return self._folder is not None

    def writer(self) -> IndexWriter:
        if self._writer is None:
            self._writer = self._engine.writer(self._begin())
        return self._writer

    def _begin(self) -> Path:
        if self._folder is None:
            self._folder = self._store.begin(self._base)
            if self._base is None:
                self._engine.create(self._folder)
        return self._folder

    def publish(self, sources: Sources, articles: int) -> None:
        """Commit, open the result as a server would, describe it, and make it the live build."""
        if self._writer:
            self._writer.commit()
            self._writer = None
        folder = self._begin()
        self._verify(folder, articles)
        write_sources(folder, sources)
        manifest = Manifest(
            engine=self._engine.name,
            format_version=self._engine.format_version,
            analysis_version=ANALYSIS_VERSION,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            articles=articles,
            files=dict(self._facts(folder)),
        )
        write_manifest(folder, manifest)
        self._store.publish(folder)

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
            twin = self._base / path.name if self._base else None
            if twin and path.name in before and twin.exists() and path.samefile(twin):
                yield path.name, before[path.name]
            else:
                yield path.name, file_facts(path)

    def abandon(self) -> None:
        """Leave the live build as it was; whatever fails here must not hide why the run ended."""
        if self._writer:
            with suppress(Exception):
                self._writer.cancel()
        if self._folder:
            self._store.discard(self._folder)
