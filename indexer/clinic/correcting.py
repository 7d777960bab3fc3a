"""An article and what staff say of it -> the article as it goes into the archive. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from indexer.model import Article, Caption
from indexer.problems import Correction, FieldChange
from indexer.sources.fields import authors_named, merge_captions, read_caption, read_stamp
from indexer.sources.prose import one_line

TEXTS = ("title", "lead", "section", "source")
"""The fields that are one text."""

FIELDS = ("published", "authors", *TEXTS, "captions")
"""What can be corrected, in the order it is shown."""


def correct(article: Article, correction: Correction) -> Article:
    """The article with what the correction says in place of what its source says."""
    changes: dict[str, Any] = {
        name: one_line(text) for name in TEXTS if (text := getattr(correction, name)) is not None
    }
    if correction.published is not None:
        changes["published"] = read_stamp(correction.published)
    if correction.authors is not None:
        changes["authors"] = authors_named(correction.authors)
    if correction.captions is not None:
        changes["captions"] = captions = merge_captions(map(_caption, correction.captions))
        changes["paragraphs"] = _without_captions(article.paragraphs, captions, correction.captions)
    return replace(article, **changes) if changes else article


def changes_between(before: Article, after: Article) -> tuple[FieldChange, ...]:
    """The fields that differ, as a person reads them."""
    shown = ((name, show(before, name), show(after, name)) for name in FIELDS)
    return tuple(FieldChange(name, old, new) for name, old, new in shown if old != new)


def show(article: Article, name: str) -> str:
    """A field as a person reads it; several values on lines of their own."""
    if name == "published":
        return article.published.isoformat() if article.published else ""
    if name == "authors":
        return "\n".join(author.name for author in article.authors)
    if name == "captions":
        return "\n".join(map(_captioned, article.captions))
    return str(getattr(article, name))


def _captioned(caption: Caption) -> str:
    return f"{caption.text} (Ảnh: {caption.credit})".strip() if caption.credit else caption.text


def _caption(line: str) -> Caption:
    caption = read_caption(line)
    return caption if caption and caption.text else Caption(one_line(line))


def _without_captions(
    paragraphs: tuple[str, ...], captions: tuple[Caption, ...], lines: tuple[str, ...]
) -> tuple[str, ...]:
    """The paragraphs but those that turn out to be captions: a photo line that was taken for one, say."""
    gone = {one_line(line) for line in lines} | {caption.text for caption in captions}
    return tuple(text for text in paragraphs if text not in gone)
