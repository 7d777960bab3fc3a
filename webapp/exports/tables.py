"""Articles -> CSV (RFC 4180) that Excel opens as it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from indexer.model import Article
from webapp.exports.characters import legal
from webapp.exports.records import AddressOf, Record, record

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the code page of the machine."""

COLUMNS = tuple(Record.__annotations__)

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula, which could send cells away or start a program (OWASP, "CSV
Injection")."""


def table(articles: Iterable[Article], address_of: AddressOf) -> Iterator[str]:
    """The file, row by row: names of columns, then articles; lists are written one below the other in a cell."""
    yield BYTE_ORDER_MARK + _row(COLUMNS)
    for article in articles:
        cells: list[str | list[str] | None] = [*record(article, address_of).values()]  # type: ignore[list-item] # mypy takes the values of a TypedDict for objects
        yield _row(map(_cell, cells))


def harmless(text: str) -> str:
    """The text with an apostrophe before what would be a formula: spreadsheets then show it as text."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cell(value: str | list[str] | None) -> str:
    texts = value if isinstance(value, list) else [value or ""]
    return harmless("\n".join(map(legal, texts)))


def _row(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()
