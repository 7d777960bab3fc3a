"""A source file -> its articles, whatever its format; a bad file becomes a `Rejected`, never an exception."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from hashlib import sha256

from indexer.model import Article, Rejected, Remark
from indexer.sources import plain_text
from indexer.sources.charset import recognise
from indexer.sources.json_lines import read_lines
from indexer.sources.slug import slug
from indexer.sources.unreadable import Unreadable
from indexer.sources.walk import SourceFile, check_regular, suffix_of, why

_DIGEST_CHARS = 32

Item = Article | Rejected | Remark
"""What a source gives."""


def read_source(source: SourceFile, max_bytes: int) -> Iterator[Item]:
    """The articles of a file, what could not be read of it, and what is to be said of it. Never raises.

    `max_bytes` bounds a file that holds one article; JSON lines are bounded by the line.
    """
    try:
        check_regular(source.key, os.stat(source.key))
        if suffix_of(source.key) == ".txt":
            decoded = recognise(_read(source, max_bytes))
            yield plain_text.parse(decoded.text, article_id(source))
            if decoded.verdict:
                yield Remark(source.key, decoded.verdict)
        else:
            yield from read_lines(source.path, source.key, article_id(source))
    except Unreadable as error:
        yield Rejected(source.key, error.reason, error.line)
    except OSError as error:
        yield Rejected(source.key, why(error))


def article_id(source: SourceFile) -> str:
    """The id of a file's article: its path below the root, without the suffix, as a slug."""
    below = source.key.removeprefix(f"{source.root.rstrip('/')}/")
    return slug(below[: len(below) - len(suffix_of(below) or "")])


def article_digest(article: Article) -> str:
    """The same for articles that are equal in every field, on every machine and in every run."""
    return sha256(_ENCODER.encode(article).encode("ascii")).hexdigest()[:_DIGEST_CHARS]


def _plain(value: object) -> object:
    """For JSON: a dataclass as a mapping of its fields, and anything else (a moment) as text."""
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return str(value)


# Asked for each dataclass as it comes to it: `asdict` would copy them all first, moments and all, which takes longer
# than the rest of a digest.
_ENCODER = json.JSONEncoder(sort_keys=True, default=_plain)


def _read(source: SourceFile, max_bytes: int) -> bytes:
    """The whole file. Its size is asked of what is read: the file may have grown since it was found."""
    with source.path.open("rb") as file:
        raw = file.read(max_bytes + 1)
    if len(raw) > max_bytes:
        limit = f"{max_bytes / 1_000_000:g} MB"
        raise Unreadable(f"is larger than {limit}; raise max_source_mb if it is one article")
    if not raw:
        raise Unreadable("is empty; put an article into it or remove it")
    return raw
