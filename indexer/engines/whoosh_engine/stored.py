"""Whoosh's columns of a segment, read from a mapped file.

Whoosh's own readers seek in an open file, so one thread at a time may use them, or copy it into memory. Its column
classes only ask a file for bytes at a place; given a map they are safe to share between threads.
"""

from __future__ import annotations

import mmap
import sys
from array import array
from functools import cached_property
from pathlib import Path
from typing import Any

from whoosh.codec.whoosh3 import STORED_COLUMN
from whoosh.columns import VarBytesColumn

from indexer.engines.whoosh_engine.array_file import map_file
from indexer.engines.whoosh_engine.codec import ArrayCodec, ArraySegment
from indexer.engines.whoosh_engine.schema import ARTICLE, HOLDING, load_article, load_holding
from indexer.model import Article
from indexer.ports import Holding

STORED = "_stored"
"""Whoosh's name for the column of stored fields."""

RAW = VarBytesColumn()
"""Reads and writes a column's bytes as they are."""


class StoredArticles:
    """What Whoosh stores of one segment's articles. Raises IndexDamaged when a file cannot be read."""

    def __init__(self, folder: Path, segment: ArraySegment) -> None:
        self._folder, self._segment = folder, segment

    def article(self, number: int) -> Article:
        return load_article(self._articles[number][ARTICLE])

    def holdings(self) -> list[Holding]:
        """Of every article, by its number."""
        return list(map(load_holding, self.raw(HOLDING)))

    def raw(self, column: str) -> Any:
        """A column's packed values, by article number."""
        return self._reader(column, RAW)

    @cached_property
    def _articles(self) -> Any:
        return self._reader(STORED, STORED_COLUMN)

    def _reader(self, name: str, column: Any) -> Any:
        path = self._folder / ArrayCodec.column_filename(self._segment, name)
        mapped = _MappedFile(map_file(path))
        return column.reader(mapped, 0, len(mapped), self._segment.doc_count_all())


class _MappedFile:
    """The part of Whoosh's `StructFile` that columns of bytes read through. Whoosh writes numbers big-endian."""

    def __init__(self, mapped: mmap.mmap) -> None:
        self._map = mapped

    def __len__(self) -> int:
        return len(self._map)

    def get(self, position: int, length: int) -> bytes:
        return self._map[position : position + length]

    def get_byte(self, position: int) -> int:
        return self._map[position]

    def get_array(self, position: int, typecode: str, length: int) -> array[int]:
        values = array(typecode)
        values.frombytes(self.get(position, length * values.itemsize))
        if sys.byteorder == "little":
            values.byteswap()
        return values
