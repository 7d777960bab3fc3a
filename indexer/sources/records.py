"""A flat record, a line of JSON or a row of a table, -> an article.

Fields: `title`; `lead`; `body` (paragraphs on lines, or a list); `id`; `published`; `author` (a byline, or a list);
`category`; `source`; `captions` (a list). Others are ignored. The title and some text are required. `Columns` says what
else they may be called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from indexer.columns import FIELDS, USUAL, Columns
from indexer.model import Article, Author, Caption
from indexer.sources.fields import (
    authors_named,
    merge_captions,
    read_byline,
    read_caption,
    read_machine_stamp,
)
from indexer.sources.mending import mend_all
from indexer.sources.prose import check_title, join_lead, one_line, paragraphs_of
from indexer.sources.publishers import source_name, told_name
from indexer.sources.slug import slug
from indexer.sources.unreadable import Unreadable

_LISTS = frozenset({"body", "author", "captions"})
"""Fields of several texts; of the others, what stands in several columns is joined by blanks."""

_LONGEST_ID = 150
_ID_PART = re.compile(r"(?!\.\.?$)[\w.~:@!$()*+,;=-]+")
"""What may stand between two slashes of an address without being escaped or resolved."""

Record = Mapping[str, Any]


def article_of(record: Record, default_id: str, columns: Columns) -> tuple[Article, str]:
    """The article, and the verdict on its text where it had to be mended. Raises Unreadable."""
    record, verdict = _mended(_ours(record, columns))
    title = one_line(_text(record, "title"))
    check_title(title)
    captions = _captions(record)
    lead, paragraphs = join_lead(one_line(_text(record, "lead")), _paragraphs(record))
    if not (lead or paragraphs or captions):
        raise Unreadable("has a title but no text; give it a lead or a body")
    article = Article(
        id=_own_id(record) or default_id,
        title=title,
        lead=lead,
        paragraphs=paragraphs,
        captions=captions,
        authors=_authors(record),
        published=read_machine_stamp(record.get("published")),
        section=one_line(_text(record, "category")),
        source=source_name(_text(record, "source")),
    )
    return article, verdict


def _ours(record: Record, columns: Columns) -> dict[str, Any]:
    """The record under the names of our fields."""
    ours = {field: _value(record, field, columns.of(field)) for field in FIELDS}
    return {**ours, "source": told_name(ours["source"])}


def _value(record: Record, field: str, names: tuple[str, ...]) -> Any:
    values = [record[name] for name in names if name in record]
    if not values:
        own = record.get(field)
        is_blank = own is None or (isinstance(own, str) and not own.strip())
        usual = (told_name(record.get(name)) for name in USUAL.get(field, ()) if is_blank)
        return next(filter(None, usual), own)
    if len(values) == 1:
        return values[0]
    if field in _LISTS:
        return [text for value in values for text in (value if isinstance(value, list) else [value])]
    texts = [value for value in values if value is not None]
    return " ".join(map(str, texts)) if all(isinstance(text, str | int) for text in texts) else texts


def _mended(record: dict[str, Any]) -> tuple[dict[str, Any], str]:
    found = [text for value in record.values() for text in _strings(value)]
    texts, verdict = mend_all(found)
    if not verdict:
        return record, ""
    mended = iter(texts)
    return {field: _replaced(value, mended) for field, value in record.items()}, verdict


def _strings(value: Any) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str):
            yield each


def _replaced(value: Any, mended: Iterator[str]) -> Any:
    """The same value with its strings replaced, in the order of `_strings`."""
    if isinstance(value, list):
        return [next(mended) if isinstance(each, str) else each for each in value]
    return next(mended) if isinstance(value, str) else value


def _text(record: Record, key: str) -> str:
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unreadable(f"has a {key} that is not text; put it in quotes")
    return value


def _texts(record: Record, key: str) -> list[str]:
    """A list of texts, or one text as a list of itself."""
    value = record.get(key)
    values = value if isinstance(value, list) else [value]
    texts = [each for each in values if each is not None]
    if not all(isinstance(each, str) for each in texts):
        raise Unreadable(f"has {key} that are neither text nor a list of texts; mend the line")
    return texts


def _paragraphs(record: Record) -> tuple[str, ...]:
    return tuple(line for text in _texts(record, "body") for line in paragraphs_of(text))


def _captions(record: Record) -> tuple[Caption, ...]:
    return captions_of(_texts(record, "captions"))


def captions_of(texts: list[str]) -> tuple[Caption, ...]:
    """Texts known to be captions, each with its credit where it ends with one."""
    found = []
    for line in filter(None, map(one_line, texts)):
        caption = read_caption(line)
        found.append(caption if caption and caption.text else Caption(line))
    return merge_captions(found)


def _authors(record: Record) -> tuple[Author, ...]:
    """A byline we cannot read is still somebody's: it is kept whole."""
    names: list[str] = []
    for text in _texts(record, "author"):
        byline = read_byline(text)
        names += [text] if byline is None else [author.name for author in byline]
    return authors_named(names)


def _own_id(record: Record) -> str:
    """The id it brings, as it is where that can stand in an address, else as a slug; "" without one."""
    value = record.get("id")
    if not isinstance(value, str | int) or isinstance(value, bool) or not str(value).strip():
        return ""
    text = str(value)
    fits = len(text) <= _LONGEST_ID and text.isascii() and all(map(_ID_PART.fullmatch, text.split("/")))
    return text if fits else slug(text)
