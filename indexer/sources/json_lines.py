"""JSON lines, plain or packed by xz or gzip: one article a line, one line in memory however large the file is.

Keys: `title`; `lead`; `body` (paragraphs on lines, or a list); `id`; `published`; `author` (a byline, or a list);
`category`; `captions` (a list). Others are ignored. The title and some text are required.
"""

from __future__ import annotations

import gzip
import json
import lzma
import re
import zlib
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO, cast

from indexer.model import Article, Author, Caption, Rejected, Stamp
from indexer.sources.charset import decode
from indexer.sources.fields import (
    authors_named,
    merge_captions,
    read_byline,
    read_caption,
    read_stamp,
)
from indexer.sources.prose import check_title, join_lead, one_line, paragraphs_of
from indexer.sources.slug import slug
from indexer.sources.unreadable import Unreadable

MAX_LINE_BYTES = 16_000_000
MAX_BAD_RUN = 1000
"""Bad lines in a row after which the file is taken for something else than articles."""

_BROKEN = (EOFError, OSError, MemoryError, lzma.LZMAError, zlib.error)
"""What reading on in a damaged file raises; MemoryError where a damaged xz header asks for gigabytes."""

_LONGEST_ID = 150
_ID_PART = re.compile(r"(?!\.\.?$)[\w.~:@!$()*+,;=-]+")
"""What may stand between two slashes of an address without being escaped or resolved."""

_Record = Mapping[str, Any]


def read_lines(path: Path, key: str, file_id: str) -> Iterator[Article | Rejected]:
    """The articles of a file; a `Rejected` for each bad line, and for the place where a packed file breaks off.

    An article that brings no id gets one made of `file_id` and its line number.

    Raises:
        OSError: the file cannot be opened.
    """
    bad_run = None
    with _open(path) as file:
        for number, item in _items(file, file_id):
            if isinstance(item, Article):
                bad_run = 0
                yield item
                continue
            yield Rejected(key, item.reason, number)
            bad_run = (bad_run or 0) + 1
            if bad_run == MAX_BAD_RUN:
                yield Rejected(key, f"{bad_run} bad lines in a row, so the rest was not read", number)
                return
    if bad_run is None:
        yield Rejected(key, "holds no articles; add some or remove the file")


def _open(path: Path) -> BinaryIO:
    name = path.name.lower()
    if name.endswith(".xz"):
        return cast(BinaryIO, lzma.open(path))
    if name.endswith(".gz"):
        return cast(BinaryIO, gzip.open(path))
    return path.open("rb")


def _items(file: BinaryIO, file_id: str) -> Iterator[tuple[int, Article | Unreadable]]:
    """Line numbers and what stands there; empty lines are left out."""
    for number in count(1):
        try:
            line = _next_line(file)
            if not line:
                return
            if line.strip():
                yield number, _article(decode(line), f"{file_id}-{number}")
        except Unreadable as error:
            yield number, error
        except _BROKEN as error:
            problem = str(error) or type(error).__name__
            yield number, Unreadable(f"the file breaks off here ({problem}); copy it again")
            return


def _next_line(file: BinaryIO) -> bytes:
    """The next line, b"" at the end. Raises Unreadable for one that is too long, which is then behind us."""
    line = file.readline(MAX_LINE_BYTES + 1)
    if len(line) <= MAX_LINE_BYTES:
        return line
    while line and not line.endswith(b"\n"):
        line = file.readline(MAX_LINE_BYTES)
    raise Unreadable(f"has more than {MAX_LINE_BYTES // 1_000_000} MB in one line; put one article on a line")


def _article(line: str, default_id: str) -> Article:
    record = _record(line)
    title = one_line(_text(record, "title"))
    check_title(title)
    captions = _captions(record)
    lead, paragraphs = join_lead(one_line(_text(record, "lead")), _paragraphs(record))
    if not (lead or paragraphs or captions):
        raise Unreadable("has a title but no text; give it a lead or a body")
    return Article(
        id=_own_id(record) or default_id,
        title=title,
        lead=lead,
        paragraphs=paragraphs,
        captions=captions,
        authors=_authors(record),
        published=_published(record),
        section=one_line(_text(record, "category")),
    )


def _record(line: str) -> _Record:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise Unreadable(f"is not JSON ({error}); mend the line") from error
    except RecursionError as error:
        raise Unreadable("is nested too deeply; an article is a flat object") from error
    if not isinstance(record, dict):
        raise Unreadable("is JSON, but no object with title and body")
    return record


def _text(record: _Record, key: str) -> str:
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unreadable(f"has a {key} that is not text; put it in quotes")
    return value


def _texts(record: _Record, key: str) -> list[str]:
    """A list of texts, or one text as a list of itself."""
    value = record.get(key)
    values = value if isinstance(value, list) else [value]
    texts = [each for each in values if each is not None]
    if not all(isinstance(each, str) for each in texts):
        raise Unreadable(f"has {key} that are neither text nor a list of texts; mend the line")
    return texts


def _paragraphs(record: _Record) -> tuple[str, ...]:
    return tuple(line for text in _texts(record, "body") for line in paragraphs_of(text))


def _captions(record: _Record) -> tuple[Caption, ...]:
    found = []
    for line in filter(None, map(one_line, _texts(record, "captions"))):
        caption = read_caption(line)
        found.append(caption if caption and caption.text else Caption(line))
    return merge_captions(found)


def _authors(record: _Record) -> tuple[Author, ...]:
    """A byline we cannot read is still somebody's: it is kept whole."""
    names: list[str] = []
    for text in _texts(record, "author"):
        byline = read_byline(text)
        names += [text] if byline is None else [author.name for author in byline]
    return authors_named(names)


def _published(record: _Record) -> Stamp | None:
    value = record.get("published")
    return read_stamp(value) if isinstance(value, str) else None


def _own_id(record: _Record) -> str:
    """The id it brings, as it is where that can stand in an address, else as a slug; "" without one."""
    value = record.get("id")
    if not isinstance(value, str | int) or isinstance(value, bool) or not str(value).strip():
        return ""
    text = str(value)
    fits = len(text) <= _LONGEST_ID and text.isascii() and all(map(_ID_PART.fullmatch, text.split("/")))
    return text if fits else slug(text)
