"""JSON lines, plain or packed by xz or gzip: one article a line, read one at a time however large the file is.

Keys: `title`; `lead`, `body` (paragraphs on lines, or a list); `id`; `published`; `author` (a byline, or a list of
names); `category`; `captions` (a list). Others are ignored. A title and some text are required.
"""

from __future__ import annotations

import gzip
import json
import lzma
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

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
from indexer.sources.unreadable import Unreadable

MAX_LINE_BYTES = 16_000_000
MAX_BAD_RUN = 1000
"""Bad lines in a row after which the file is taken for something else than articles."""

MAX_ID_CHARS = 300

_CHUNK = 1 << 16

_Record = Mapping[str, Any]
_Lines = BinaryIO | gzip.GzipFile | lzma.LZMAFile


def read_lines(path: Path, key: str, file_id: str) -> Iterator[Article | Rejected]:
    """The articles of a file; each bad line becomes a `Rejected`, and so does the place where a packed file breaks off.

    An article without an id of its own gets one of `file_id` and its line number.

    Raises:
        OSError: the file cannot be opened or read.
    """
    bad_run = 0
    with _open(path) as file:
        for number, line in _numbered(file):
            item = _read_line(line, number, key, file_id)
            bad_run = bad_run + 1 if isinstance(item, Rejected) else 0
            if item:
                yield item
            if bad_run >= MAX_BAD_RUN:
                yield Rejected(key, f"{bad_run} bad lines in a row: the rest was not read; check the file", number)
                return


def _open(path: Path) -> _Lines:
    name = path.name.lower()
    if name.endswith(".xz"):
        return lzma.open(path)
    return gzip.open(path) if name.endswith(".gz") else path.open("rb")


def _numbered(file: _Lines) -> Iterator[tuple[int, bytes | Unreadable]]:
    """Every line with its number; in place of a line what is wrong with it. Ends where a packed file breaks off."""
    number = 0
    while True:
        number += 1
        try:
            line = file.readline(MAX_LINE_BYTES + 1)
            if len(line) > MAX_LINE_BYTES:
                _skip_line(file)
        except (EOFError, lzma.LZMAError, zlib.error, gzip.BadGzipFile) as error:
            yield number, Unreadable(f"the packed file breaks off here ({error}); copy it again")
            return
        if not line:
            return
        if len(line) > MAX_LINE_BYTES:
            yield number, Unreadable(f"is longer than {MAX_LINE_BYTES // 1_000_000} MB; no article is")
        else:
            yield number, line


def _skip_line(file: _Lines) -> None:
    while (rest := file.readline(_CHUNK)) and not rest.endswith(b"\n"):
        pass


def _read_line(line: bytes | Unreadable, number: int, key: str, file_id: str) -> Article | Rejected | None:
    """What a line holds; None for a blank one."""
    try:
        if isinstance(line, Unreadable):
            raise line
        text = decode(line)
        return _article(_parse(text), f"{file_id}-{number}") if text.strip() else None
    except Unreadable as error:
        return Rejected(key, error.reason, number)


def _parse(text: str) -> _Record:
    try:
        record = json.loads(text)
    except RecursionError:
        raise Unreadable("is nested too deeply; no article is") from None
    except ValueError as error:
        raise Unreadable(f"is not JSON ({error}); write one article a line") from None
    if not isinstance(record, dict):
        raise Unreadable("is not a JSON object; write {...} with title and body")
    return record


def _article(record: _Record, default_id: str) -> Article:
    title = one_line(_text(record, "title"))
    check_title(title)
    lead = one_line(_text(record, "lead"))
    lead, paragraphs = join_lead(lead, _paragraphs(record.get("body")))
    captions = _captions(record.get("captions"))
    if not (lead or paragraphs or captions):
        raise Unreadable("has no text; fill lead or body")
    return Article(
        id=_id(record.get("id"), default_id),
        title=title,
        lead=lead,
        paragraphs=paragraphs,
        captions=captions,
        authors=_authors(record.get("author")),
        published=_stamp(record.get("published")),
        section=one_line(_text(record, "category")),
    )


def _text(record: _Record, name: str) -> str:
    """The text under a key, "" where there is none. Raises Unreadable for what is no text."""
    value = record.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unreadable(f"{name} is not a text; put it in quotes")
    return value


def _strings(value: Any, name: str) -> list[str]:
    """A list of texts. Raises Unreadable for anything else."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise Unreadable(f"{name} is neither a text nor a list of texts")
    return value


def _paragraphs(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    text = value if isinstance(value, str) else "\n".join(_strings(value, "body"))
    return paragraphs_of(text)


def _captions(value: Any) -> tuple[Caption, ...]:
    if value is None:
        return ()
    lines = filter(None, map(one_line, [value] if isinstance(value, str) else _strings(value, "captions")))
    return merge_captions(read_caption(line) or Caption(line) for line in lines)


def _authors(value: Any) -> tuple[Author, ...]:
    """A byline, or a list of names. What is no byline by its looks is taken as one name: the key says it is one."""
    if value is None:
        return ()
    if isinstance(value, str):
        return read_byline(value) or authors_named([value])
    return authors_named(_strings(value, "author"))


def _stamp(value: Any) -> Stamp | None:
    """None for a date nobody can read: an article without a date is better than none."""
    return read_stamp(value) if isinstance(value, str) else None


def _id(value: Any, default: str) -> str:
    """The id as given: text or a whole number. Raises Unreadable for what cannot stand in an address."""
    if value is None or value == "":
        return default
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Unreadable("id is neither a text nor a number")
    text = one_line(str(value))
    if not text or len(text) > MAX_ID_CHARS:
        raise Unreadable(f"id is empty or longer than {MAX_ID_CHARS} characters")
    return text
