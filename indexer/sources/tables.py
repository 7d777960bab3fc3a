"""Tables: CSV and TSV, one article a row, one row in memory however large the file is.

The first line names the columns, as the fields in `records` or as `Columns` says. What separates them is one of
`, ; tab |`: the one that makes out the most names. Fields may be quoted, and hold line ends then.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BufferedReader, RawIOBase, TextIOWrapper
from typing import BinaryIO, TextIO, cast

from indexer.columns import Columns
from indexer.model import Article
from indexer.sources.inputs import BROKEN, Input, Item, broken
from indexer.sources.json_lines import Found, told
from indexer.sources.mending import decode_all
from indexer.sources.prose import one_line
from indexer.sources.records import article_of
from indexer.sources.unreadable import Unreadable

MAX_ROW_CHARS = 4_000_000
_MOST_REREAD = 64_000_000
"""Characters: after a quote that is never closed, rows are looked for in what it swallowed, but not for ever."""

_SEPARATORS = ",;\t|"
_RAW = "latin-1"
"""A character a byte: what stands in each column is told first, and what character set it is in afterwards."""

csv.field_size_limit(MAX_ROW_CHARS)  # the module's own limit is shorter than a long article


def read(source: Input) -> Iterator[Item]:
    """The articles of a table; a `Rejected` for each bad row, by the line it begins on.

    Raises:
        Unreadable: there is no first line that names the columns.
        OSError: the file cannot be opened.
    """
    with source.open() as file:
        table = _open(file, source.columns)
        yield from told(table.found(source.article_id), source.place)


@dataclass(slots=True)
class _Lines:
    """The lines of a file; those of the row being read can be given back."""

    file: TextIO
    number: int = 0
    row: list[str] = field(default_factory=list)
    back: list[str] = field(default_factory=list)  # the next one last
    reread: int = 0

    def __iter__(self) -> Iterator[str]:
        """The lines of one row, for as long as it goes on."""
        self.row = []
        size = 0
        while line := self.back.pop() if self.back else self.file.readline(MAX_ROW_CHARS + 1):
            size += len(line)
            self.number += 1
            self.row.append(line)
            if size > MAX_ROW_CHARS:
                raise Unreadable(f"has more than {MAX_ROW_CHARS // 1_000_000} MB in one row; is a quote never closed?")
            yield line

    def give_back(self) -> None:
        """All lines of the row but its first: they may be rows of their own."""
        self.reread += sum(map(len, self.row[1:]))
        if self.reread <= _MOST_REREAD:
            self.back += reversed(self.row[1:])
            self.number -= len(self.row) - 1


@dataclass(slots=True)
class _Table:
    """A table behind its header. `is_raw`: its characters are bytes yet to be decoded."""

    lines: _Lines
    header: Sequence[str]
    separator: str
    is_raw: bool
    columns: Columns

    def found(self, file_id: str) -> Iterator[tuple[int, Found]]:
        """Line numbers and what stands there; empty lines are left out."""
        while True:
            start = self.lines.number + 1
            try:
                cells = _next_row(self.lines, self.separator)
                if cells is None:
                    return
                if any(cells):
                    yield start, self._article(cells, f"{file_id}-{start}")
            except Unreadable as error:
                yield start, error
            except (UnicodeDecodeError, *BROKEN) as error:
                yield start, broken(error)
                return

    def _article(self, cells: Sequence[str], default_id: str) -> tuple[Article, str]:
        if len(cells) < len(self.header) or any(cells[len(self.header) :]):
            count = f"has {len(cells)} fields where the header has {len(self.header)}"
            raise Unreadable(f"{count}; put a field that holds separators, quotes or line ends into quotes")
        cells, verdict = _decoded(cells) if self.is_raw else (cells, "")
        record: dict[str, object] = dict(zip(self.header, cells, strict=False))
        for name in ("captions", *self.columns.of("captions")):
            if name in record:
                record[name] = str(record[name]).splitlines()
        article, mended = article_of(record, default_id, self.columns)
        return article, verdict or mended


def _open(file: BinaryIO, columns: Columns) -> _Table:
    """A mark tells Unicode (Excel writes UTF-16); anything else is taken apart first and decoded row by row."""
    buffered = BufferedReader(cast(RawIOBase, file))
    mark = buffered.peek(3)[:3]
    is_raw = not mark.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if mark == codecs.BOM_UTF8:
        buffered.read(3)
    lines = _Lines(TextIOWrapper(buffered, _RAW if is_raw else "utf-16", newline=""))
    try:
        header, separator = _read_header(lines, is_raw, columns)
    except UnicodeDecodeError as error:
        raise broken(error) from error
    return _Table(lines, header, separator, is_raw, columns)


def _read_header(lines: _Lines, is_raw: bool, columns: Columns) -> tuple[list[str], str]:
    """The names of the columns, and what separates them. Raises Unreadable without a title and some text."""
    first = next((line for line in lines if line.strip()), "")
    if not first:
        raise Unreadable("holds no articles; add some or remove the file")
    known = {_key(name): name for name in columns.all_names()}
    found = []
    for separator in _SEPARATORS:
        row = next(csv.reader([first], delimiter=separator, skipinitialspace=True), [])
        cells = _decoded(row)[0] if is_raw else row
        found.append(([known.get(_key(cell), cell) for cell in cells], separator))
    header, separator = max(found, key=lambda row: len({*row[0]} & {*known.values()}))
    _check_header(header, columns)
    return header, separator


def _check_header(header: Sequence[str], columns: Columns) -> None:
    def has(*fields: str) -> bool:
        return any(name in header for field in fields for name in (field, *columns.of(field)))

    if not has("title") or not has("body", "lead", "captions"):
        reason = "has no first line that names the columns title and body"
        raise Unreadable(f"{reason}; add it, or say in the setting columns what they are called", 1)
    for name in columns.all_names():
        if header.count(name) > 1:
            raise Unreadable(f"has two columns called {name}; rename one of them", 1)


def _next_row(lines: _Lines, separator: str) -> list[str] | None:
    """None at the end. Raises Unreadable for a row that cannot be taken apart, and goes on below its first line."""
    try:
        return next(csv.reader(lines, delimiter=separator, skipinitialspace=True, strict=True), None)
    except csv.Error as error:
        lines.give_back()
        raise Unreadable(f"is no row of a table ({error}); double the quotes inside a field, and close it") from error
    except Unreadable:
        lines.give_back()
        raise


def _decoded(cells: Sequence[str]) -> tuple[list[str], str]:
    return decode_all([cell.encode(_RAW) for cell in cells])


def _key(name: str) -> str:
    return one_line(name).casefold()
