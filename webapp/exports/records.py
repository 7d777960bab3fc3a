"""An article -> a flat record, under the names by which `khobao index` reads one: what is taken along can be taken in.

Texts are as they stand in the index; who writes them into a file sees to what it can carry.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypedDict

from indexer.model import Article, Caption

AddressOf = Callable[[str], str]
"""The id of an article -> its whole address."""


class Record(TypedDict):
    """One article."""

    id: str
    title: str
    published: str | None
    """As ISO 8601 writes it: a day, or a moment with its offset; None where it is not known."""
    author: list[str]
    category: str
    source: str
    lead: str
    body: list[str]
    """Paragraph by paragraph."""
    captions: list[str]
    """Each with its credit behind it: `Một buổi họp (Ảnh: Tên)`."""
    url: str


def record(article: Article, address_of: AddressOf) -> Record:
    """Everything the archive holds of an article."""
    return {
        "id": article.id,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "author": [author.name for author in article.authors],
        "category": article.section,
        "source": article.source,
        "lead": article.lead,
        "body": list(article.paragraphs),
        "captions": [_caption(caption) for caption in article.captions],
        "url": address_of(article.id),
    }


def _caption(caption: Caption) -> str:
    return f"{caption.text} (Ảnh: {caption.credit})".lstrip() if caption.credit else caption.text
