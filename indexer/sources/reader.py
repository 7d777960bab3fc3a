"""A source file -> its articles and what had to be rejected: picks the format, turns every failure into a reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from hashlib import sha256

from indexer.model import Article, Rejected
from indexer.sources import json_lines, plain_text
from indexer.sources.charset import decode
from indexer.sources.slug import slug
from indexer.sources.unreadable import Unreadable
from indexer.sources.walk import SourceFile, suffix_of, why

_DIGEST_CHARS = 32


def read_source(source: SourceFile, max_bytes: int) -> Iterator[Article | Rejected]:
    """The articles of a file. Never raises: what cannot be read is a `Rejected` that says why and what to do.

    `max_bytes` bounds files of one article; JSON lines are read line by line and have no bound.
    """
    try:
        if suffix_of(source.path) == ".txt":
            yield _read_single(source, max_bytes)
        else:
            yield from json_lines.read_lines(source.path, source.key, article_id(source))
    except Unreadable as error:
        yield Rejected(source.key, error.reason, error.line)
    except OSError as error:
        yield Rejected(source.key, why(error))


def _read_single(source: SourceFile, max_bytes: int) -> Article:
    with source.path.open("rb") as file:
        raw = file.read(max_bytes + 1)
    if len(raw) > max_bytes:
        raise Unreadable(f"is larger than {max_bytes:,} bytes; no article is (setting max_source_mb)")
    if not raw.strip():
        raise Unreadable("is empty; write the article or remove the file")
    return plain_text.parse(decode(raw), article_id(source))


def article_id(source: SourceFile) -> str:
    """The id that the place of a file below its root gives: stands in an address, and stays while the file stays."""
    relative = source.path.relative_to(source.root)
    name = relative.name[: -len(suffix_of(source.path) or "")] or relative.name
    return slug((relative.parent / name).as_posix())


def article_digest(article: Article) -> str:
    """32 hexadecimal digits that change with any field of the article."""
    return sha256(json.dumps(asdict(article), default=str).encode()).hexdigest()[:_DIGEST_CHARS]
