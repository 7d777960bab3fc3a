"""Bytes -> what a reader makes of them, by the name of the file they would have."""

from __future__ import annotations

from io import BytesIO

from indexer.columns import Columns
from indexer.model import Article
from indexer.sources.inputs import Input, Item
from indexer.sources.reader import read_input


def read(name: str, raw: bytes | str, columns: Columns | None = None, max_bytes: int = 20_000_000) -> list[Item]:
    raw = raw if isinstance(raw, bytes) else raw.encode()
    return list(read_input(Input(name, "file", lambda: BytesIO(raw), max_bytes, columns or Columns())))


def only(items: list[Item]) -> Article:
    (article,) = items
    assert isinstance(article, Article), article
    return article


def articles(items: list[Item]) -> list[Article]:
    return [item for item in items if isinstance(item, Article)]
