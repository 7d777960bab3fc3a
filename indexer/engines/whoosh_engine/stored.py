"""Whoosh's columns of a segment, safe to share between threads.

Whoosh's own readers seek in an open file, so one thread at a time may use them, or copy it into memory. But its column
classes only ask a file for bytes at a place.
"""

from __future__ import annotations

import os
import sys
import weakref
from array import array
from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any

from whoosh.codec.whoosh3 import STORED_COLUMN
from whoosh.columns import VarBytesColumn

from indexer.engines.whoosh_engine.codec import ArrayCodec, ArraySegment
from indexer.engines.whoosh_engine.schema import (
    ARTICLE,
    HOLDING,
    dump_article,
    dump_holding,
    find_held_from,
    load_article,
    load_holdings,
)
from indexer.errors import IndexDamaged, IndexUnreadable
from indexer.model import Article
from indexer.ports import Holding

STORED = "_stored"
"""Whoosh's name for the column of stored fields."""

RAW = VarBytesColumn()
"""Reads and writes a column's bytes as they are."""


class StoredArticles:
    """What Whoosh stores of one segment's articles.

    The files are opened at once: a searcher reads them still when a commit has removed their names.

    Raises:
        IndexDamaged: a file cannot be read, or an article cannot be unpacked.
    """

    def __init__(self, folder: Path, segment: ArraySegment) -> None:
        self._size = segment.doc_count_all()
        self._paths = {name: folder / ArrayCodec.column_filename(segment, name) for name in (STORED, HOLDING)}
        self._files = {name: _File(path) for name, path in self._paths.items()}
        self._articles = self._reader(STORED, STORED_COLUMN)

    def article(self, number: int, article_id: str) -> Article:
        """The article with this number, which must have this id."""
        try:
            article = load_article(self._articles[number][ARTICLE])
        except Exception as error:  # altered bytes fail in unpacking, in pickle, in JSON: there is no common base
            raise IndexDamaged(f"{self._paths[STORED]} has been altered (article {number}: {error})") from error
        if article.id != article_id:
            raise IndexDamaged(f"{self._paths[STORED]} has been altered (article {number} is {article.id!r})")
        return article

    def holdings(self) -> list[Holding]:
        """Of every article, by its number."""
        return list(load_holdings(self._whole(HOLDING)))

    def holding(self, number: int) -> Holding:
        """Of the article with this number."""
        return next(load_holdings([self._holdings[number]]))

    @cached_property
    def _holdings(self) -> Any:
        return self.raw(HOLDING)

    def held_from(self, is_wanted: Callable[[str], bool]) -> list[int]:
        """The articles whose source passes the test, deleted ones too; it is asked once for each source."""
        return find_held_from(self._whole(HOLDING), is_wanted)

    def raw(self, column: str) -> Any:
        """A column's packed values, by article number."""
        return self._reader(column, RAW)

    def _whole(self, column: str) -> Any:
        """The same, for whoever asks for all of them: the file is read at once, and not value by value."""
        return self._reader(column, RAW, _Bytes(self._files[column]))

    def _reader(self, name: str, column: Any, whole: _Bytes | None = None) -> Any:
        file = whole or self._files[name]
        try:
            return column.reader(file, 0, len(file), self._size)
        except Exception as error:  # what tells where values lie is altered: again there is no common base
            raise IndexDamaged(f"{self._paths[name]} has been altered ({error})") from error


class StoredWriter:
    """Writes what Whoosh stores of a segment's articles, one after the other, with its own columns."""

    def __init__(self, storage: Any, segment: ArraySegment) -> None:
        self._files = {
            name: storage.create_file(ArrayCodec.column_filename(segment, name)) for name in (STORED, HOLDING)
        }
        self._columns = {
            STORED: STORED_COLUMN.writer(self._files[STORED]),
            HOLDING: RAW.writer(self._files[HOLDING]),
        }
        self._count = 0

    def add(self, article: Article, path: str, digest: str) -> None:
        self._columns[STORED].add(self._count, {ARTICLE: dump_article(article)})
        self._columns[HOLDING].add(self._count, dump_holding(path, digest))
        self._count += 1

    def finish(self) -> None:
        for column in self._columns.values():
            column.finish(self._count)
        self.close()

    def close(self) -> None:
        with ExitStack() as closing_all:  # even if the first cannot be closed, as its last bytes find no room
            for file in self._files.values():
                if not file.is_closed:
                    closing_all.callback(file.close)


def merge_columns(storage: Any, parts: Iterable[tuple[StoredArticles, Iterable[int]]], merged: ArraySegment) -> None:
    """Copies packed values of some articles: neither articles nor holdings need to be unpacked."""
    parts = [(stored, list(articles)) for stored, articles in parts]
    for name in (STORED, HOLDING):
        with closing(storage.create_file(ArrayCodec.column_filename(merged, name))) as file:
            writer, numbers = RAW.writer(file), count()
            for stored, articles in parts:
                column = stored.raw(name)
                for article in articles:
                    writer.add(next(numbers), column[article])
            writer.finish(next(numbers))


class _File:
    """The part of Whoosh's `StructFile` that columns of bytes read through. Whoosh writes numbers big-endian.

    It reads at a place without seeking. A map would do, too, but every article ever shown would count as memory in use.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._descriptor = os.open(path, os.O_RDONLY)
        except FileNotFoundError as error:
            raise IndexDamaged(f"{path} is missing") from error
        except OSError as error:
            raise IndexUnreadable(path, error.strerror or str(error)) from error
        weakref.finalize(self, os.close, self._descriptor)
        self._length = os.fstat(self._descriptor).st_size

    def __len__(self) -> int:
        return self._length

    def get(self, position: int, length: int) -> bytes:
        return os.pread(self._descriptor, length, position)

    def get_byte(self, position: int) -> int:
        return self.get(position, 1)[0]

    def get_array(self, position: int, typecode: str, length: int) -> array[int]:
        values = array(typecode)
        values.frombytes(self.get(position, length * values.itemsize))
        if sys.byteorder == "little":
            values.byteswap()
        return values


class _Bytes(_File):
    """The same of a file that is read at once."""

    def __init__(self, file: _File) -> None:
        self._length = len(file)
        self._bytes = file.get(0, len(file))

    def get(self, position: int, length: int) -> bytes:
        return self._bytes[position : position + length]
