"""The fields of an index, with stock Whoosh classes only: no file on disk names a module of ours.

Whoosh takes a list of tokens as a field's value and then calls no analyzer, so the analysis stays ours alone.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.columns import NumericColumn, VarBytesColumn
from whoosh.fields import COLUMN, ID, KEYWORD, STORED, TEXT, Schema

from indexer.documents import Document, field_length
from indexer.model import Article, Author, Caption, Stamp
from indexer.ports import Holding
from indexer.querying.plan import BODY, TITLE
from indexer.ranking import COMPOUNDS

FORMAT_VERSION = 1
"""Raise it when a field changes; 1: the first format (title, body, compounds, authors, columns, stored article)."""

ID_FIELD, AUTHOR, AUTHOR_NAME, PUBLISHED, HOLDING, ARTICLE = (
    "id", "author", "author_name", "published", "holding", "article",
)  # fmt: skip

SEPARATOR = "\x1f"
"""ASCII's unit separator: stands between a key and a name, or a path and a digest; canonical text never holds it."""


def length_field(field: str) -> str:
    """The column with the exact number of tokens; Whoosh's own lengths are rounded to a byte."""
    return f"{field}_length"


def make_schema() -> Schema:
    """Text fields keep positions; numbers and holdings are columns, which cost nothing to search past."""
    unused = SpaceSeparatedTokenizer()
    lengths = {length_field(name): COLUMN(NumericColumn("i")) for name in (TITLE, BODY, COMPOUNDS)}
    return Schema(
        **{
            ID_FIELD: ID(sortable=True),
            TITLE: TEXT(analyzer=unused),
            BODY: TEXT(analyzer=unused),
            COMPOUNDS: KEYWORD(analyzer=unused),
            AUTHOR: KEYWORD(analyzer=unused),
            AUTHOR_NAME: KEYWORD(analyzer=unused),
            PUBLISHED: COLUMN(NumericColumn("q")),
            HOLDING: COLUMN(VarBytesColumn()),
            ARTICLE: STORED(),
            **lengths,
        }
    )


def to_fields(document: Document) -> dict[str, Any]:
    """A document as Whoosh's `add_document` wants it."""
    article = document.article
    return {
        ID_FIELD: article.id,
        TITLE: list(document.title),
        BODY: list(document.body),
        COMPOUNDS: list(document.compounds),
        AUTHOR: list(dict.fromkeys(author.key for author in article.authors)),
        AUTHOR_NAME: [f"{author.key}{SEPARATOR}{author.name}" for author in article.authors],
        PUBLISHED: article.published.order if article.published else 0,
        HOLDING: f"{document.path}{SEPARATOR}{document.digest}".encode("utf-8", "surrogateescape"),
        ARTICLE: dump_article(article),
        length_field(TITLE): field_length(document.title),
        length_field(BODY): field_length(document.body),
        length_field(COMPOUNDS): len(document.compounds),
    }


def read_holding(raw: bytes) -> Holding:
    path, _, digest = raw.decode("utf-8", "surrogateescape").rpartition(SEPARATOR)
    return Holding(path, digest)


def dump_article(article: Article) -> str:
    """The article as JSON; what is stored is data, not a pickle of our classes."""
    return json.dumps(
        {
            "id": article.id,
            "title": article.title,
            "lead": article.lead,
            "paragraphs": article.paragraphs,
            "captions": [[caption.text, caption.credit] for caption in article.captions],
            "authors": [[author.name, author.key] for author in article.authors],
            "published": _dump_stamp(article.published),
            "section": article.section,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def load_article(stored: str) -> Article:
    """The article `dump_article` wrote."""
    data = json.loads(stored)
    return Article(
        id=data["id"],
        title=data["title"],
        lead=data["lead"],
        paragraphs=tuple(data["paragraphs"]),
        captions=tuple(Caption(*caption) for caption in data["captions"]),
        authors=tuple(Author(*author) for author in data["authors"]),
        published=_load_stamp(data["published"]),
        section=data["section"],
    )


def _dump_stamp(stamp: Stamp | None) -> list[Any] | None:
    return [stamp.moment.isoformat(), stamp.has_time] if stamp else None


def _load_stamp(data: list[Any] | None) -> Stamp | None:
    return Stamp(datetime.fromisoformat(data[0]), data[1]) if data else None
