"""Opens a Whoosh index in a folder for writing or searching."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from indexer.engines.whoosh_engine.schema import FORMAT_VERSION, make_schema
from indexer.engines.whoosh_engine.searcher import WhooshSearcher
from indexer.engines.whoosh_engine.writer import WhooshWriter
from indexer.errors import IndexDamaged, KhobaoError

INDEX_NAME = "MAIN"
"""Whoosh's default."""


class WhooshEngine:
    """Whoosh 2.7.4 with our own codec (see `codec`).

    Args:
        writer_memory_mb: what a writer may hold in memory before it writes a segment.
        cache_mb: what a searcher may keep of what it found.
    """

    name = "whoosh"
    format_version = FORMAT_VERSION

    def __init__(self, writer_memory_mb: int = 512, cache_mb: int = 32) -> None:
        self._writer_memory_mb = writer_memory_mb
        self._cache_bytes = cache_mb * 1_000_000

    def create(self, folder: Path) -> None:
        TOC.create(FileStorage(str(folder)), make_schema().allow_writing(), INDEX_NAME)

    def writer(self, folder: Path) -> WhooshWriter:
        return WhooshWriter(_open(folder), self._writer_memory_mb)

    def searcher(self, folder: Path) -> WhooshSearcher:
        try:
            return WhooshSearcher(FileStorage(str(folder)), INDEX_NAME, self._cache_bytes)
        except KhobaoError:
            raise
        except Exception as error:  # Whoosh reports damage as EOFError, struct.error, KeyError, pickle errors ...
            raise IndexDamaged(f"{folder} cannot be opened ({type(error).__name__}: {error})") from error


def _open(folder: Path) -> Any:
    try:
        return FileStorage(str(folder)).open_index(INDEX_NAME)
    except Exception as error:  # as above: no common base, and every one of them means the same to the reader
        raise IndexDamaged(f"{folder} cannot be opened ({type(error).__name__}: {error})") from error
