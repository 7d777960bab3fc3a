"""An article as engines store it: plain data for JSON, not a pickle of our classes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from indexer.facets import LABELS
from indexer.model import Article, Author, Caption, Stamp


def to_data(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "lead": article.lead,
        "paragraphs": article.paragraphs,
        "captions": [[caption.text, caption.credit] for caption in article.captions],
        "authors": [[author.name, author.key] for author in article.authors],
        "published": _stamp_data(article.published),
        **{facet: getattr(article, facet) for facet in LABELS},
    }


def from_data(data: Mapping[str, Any]) -> Article:
    """The article that `to_data` was given. Raises KeyError, TypeError or ValueError for other data."""
    return Article(
        id=data["id"],
        title=data["title"],
        lead=data["lead"],
        paragraphs=tuple(data["paragraphs"]),
        captions=tuple(Caption(*caption) for caption in data["captions"]),
        authors=tuple(Author(*author) for author in data["authors"]),
        published=_stamp(data["published"]),
        **{facet: data[facet] for facet in LABELS},
    )


def _stamp_data(stamp: Stamp | None) -> list[Any] | None:
    return [stamp.moment.isoformat(), stamp.has_time] if stamp else None


def _stamp(data: list[Any] | None) -> Stamp | None:
    return Stamp(datetime.fromisoformat(data[0]), data[1]) if data else None
