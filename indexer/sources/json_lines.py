"""JSON lines, plain or packed by xz or gzip: one article a line, read one at a time however large the file is.

Keys: `title`; `lead`, `body` (paragraphs on lines, or a list); `id`; `published`; `author` (a byline, or a list of names);
`category`; `captions` (a list). Others are ignored. A title and some text are required.
"""

from __future__ import annotations

import gzip
import json
import lzma
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

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

_CHUNK = 1 << 16

_Record = Mapping[str, Any]


def read_lines(path: Path, key: str, file_id: str) -> Iterator[Article | Rejected]:
    """The articles of a file; each bad line becomes a `Rejected`, and so does the place where a packed file breaks off.

    An article without an id of its own gets one of `file_id` and its line number.

    Raises:
        OSError: the file cannot be opened.
    """
    bad_run = 0
    with _open(path) as file:
        for number, line in _numbered(file):
            item = _read_line(line, number, key, file_id)
            bad_run = bad_run + 1 if isinstance(item, Rejected) else 0
            if item:
                yield item
            if isinstance(line, Unreadable) and line.line is None:
                return
            if bad_run >= MAX_BAD_RUN:
                yield Rejected(key, f"{bad_run} bad lines in a row: the rest was not read; check the file", number)
                return
