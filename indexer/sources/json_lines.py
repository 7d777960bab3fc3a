"""JSON lines, plain or packed by xz or gzip: one article a line, one line in memory however large the file is.

What a line may hold: see `records`.
"""

from __future__ import annotations

import gzip
import json
import lzma
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from typing import Any, BinaryIO, cast

from indexer.columns import Columns
from indexer.model import Article, Rejected
from indexer.sources.charset import Undecodable, decode, recognise
from indexer.sources.inputs import BROKEN, Input, Item, broken
from indexer.sources.mending import Verdicts
from indexer.sources.records import Record, article_of
from indexer.sources.unreadable import Unreadable

MAX_LINE_BYTES = 16_000_000
MAX_BAD_RUN = 1000
"""Bad lines in a row after which the file is taken for something else than articles."""

Found = tuple[Article, str] | Unreadable
"""An article and the verdict on its text, or why there is none."""


def read(source: Input) -> Iterator[Item]:
    """The articles of a file; a `Rejected` for each bad line, and for the place where a packed file breaks off.

    An article that brings no id gets one made of the file's and its line number.

    Raises:
        OSError: the file cannot be opened.
    """
    with ExitStack() as stack:
        file = _unpacked(source.place, stack.enter_context(source.open()), stack)
        yield from told(_found(file, source.article_id, source.columns), source.place)


def told(found: Iterator[tuple[int, Found]], place: str) -> Iterator[Item]:
    """What was found on each line, as what a source gives; too many bad lines in a row end it."""
    verdicts = Verdicts(place)
    bad_run = None
    for number, item in found:
        if not isinstance(item, Unreadable):
            bad_run = 0
            article, verdict = item
            verdicts.add(verdict, number)
            yield article
            continue
        yield Rejected(place, item.reason, number)
        bad_run = (bad_run or 0) + 1
        if bad_run == MAX_BAD_RUN:
            yield Rejected(place, f"{bad_run} bad lines in a row, so the rest was not read", number)
            break
    if bad_run is None:
        yield Rejected(place, "holds no articles; add some or remove the file")
    yield from verdicts.remarks()


def parse_json(text: str) -> Any:
    """Raises Unreadable for what is no JSON."""
    try:
        return json.loads(text)
    except ValueError as error:
        raise Unreadable(f"is not JSON ({error}); mend the line") from error
    except RecursionError as error:
        raise Unreadable("is nested too deeply; an article is a flat object") from error


def as_record(value: object) -> Record:
    """Raises Unreadable for what is no object."""
    if not isinstance(value, dict):
        raise Unreadable("is JSON, but no object with title and body")
    return value


def _unpacked(name: str, file: BinaryIO, stack: ExitStack) -> BinaryIO:
    if name.lower().endswith(".xz"):
        return cast(BinaryIO, stack.enter_context(lzma.open(file)))
    if name.lower().endswith(".gz"):
        return cast(BinaryIO, stack.enter_context(gzip.open(file)))
    return file


def _found(file: BinaryIO, file_id: str, columns: Columns) -> Iterator[tuple[int, Found]]:
    """Line numbers and what stands there; empty lines are left out."""
    for number in count(1):
        try:
            line = _next_line(file)
            if not line:
                return
            if line.strip():
                yield number, _article(line, f"{file_id}-{number}", columns)
        except Unreadable as error:
            yield number, error
        except BROKEN as error:
            yield number, broken(error)
            return


def _next_line(file: BinaryIO) -> bytes:
    """The next line, b"" at the end. Raises Unreadable for one that is too long, which is then behind us."""
    line = file.readline(MAX_LINE_BYTES + 1)
    if len(line) <= MAX_LINE_BYTES:
        return line
    while line and not line.endswith(b"\n"):
        line = file.readline(MAX_LINE_BYTES)
    raise Unreadable(f"has more than {MAX_LINE_BYTES // 1_000_000} MB in one line; put one article on a line")


def _article(line: bytes, default_id: str, columns: Columns) -> tuple[Article, str]:
    text, verdict = _text(line)
    article, mended = article_of(as_record(parse_json(text)), default_id, columns)
    return article, verdict or mended


def _text(line: bytes) -> tuple[str, str]:
    """Unicode as it is (its fields are mended when they are known), else whatever it is recognised to be."""
    try:
        return decode(line), ""
    except Undecodable:
        found = recognise(line)
        return found.text, found.verdict
