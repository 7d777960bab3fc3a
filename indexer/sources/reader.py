"""A source file -> its articles, whatever its format; a bad file becomes a `Rejected`, never an exception."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from hashlib import sha256
from importlib import import_module
from typing import cast

from indexer.columns import Columns
from indexer.model import Article, Rejected
from indexer.sources.formats import READERS, suffix_of, why_unsupported
from indexer.sources.inputs import BROKEN, Input, Item, broken
from indexer.sources.places import base_of
from indexer.sources.slug import slug
from indexer.sources.unreadable import Unreadable
from indexer.sources.walk import SourceFile, check_regular, why

__all__ = ["Item", "address_of", "article_digest", "article_id", "read_input", "read_source"]

MISTAKE = "made its reader fail"

_DIGEST_CHARS = 32


def read_source(
    source: SourceFile, max_bytes: int, columns: Columns | None = None, address: str | None = None
) -> Iterator[Item]:
    """The articles of a file, what could not be read of it, and what is to be said of it. Never raises.

    `max_bytes` bounds a file that holds one article; JSON lines and tables are bounded by the line, zips by what is in
    them. `columns` is how fields are called in other people's tables. `address` is what ids are made of, in place of
    the file's path.
    """
    try:
        check_regular(source.key, os.stat(source.key))
    except OSError as error:
        yield Rejected(source.key, why(error))
        return
    yield from read_input(Input.of_file(source.path, address or article_id(source), max_bytes, columns))


def read_input(source: Input) -> Iterator[Item]:
    """The same of bytes wherever they are kept. Never raises."""
    suffix = suffix_of(source.place)
    try:
        if suffix is None:
            raise Unreadable(why_unsupported(source.place))
        yield from _reader(suffix)(source)
    except Unreadable as error:
        yield Rejected(source.place, error.reason, error.line)
    except OSError as error:
        yield Rejected(source.place, why(error))
    except BROKEN as error:
        yield Rejected(source.place, broken(error).reason)
    except Exception as error:  # a reader's own mistake must not cost all the other files
        yield Rejected(source.place, f"{MISTAKE} ({type(error).__name__}: {error}); please report it with the file")


def _reader(suffix: str) -> Callable[[Input], Iterator[Item]]:
    """The reader of a format, loaded when the first file of it comes: those of pages and Word files take a while."""
    module = import_module(f"indexer.sources.{READERS[suffix]}")
    return cast(Callable[[Input], Iterator[Item]], module.read)


def article_id(source: SourceFile) -> str:
    """The id of a file's article: its path below the root, without the suffix, as a slug."""
    below = source.key.removeprefix(f"{source.root.rstrip('/')}/")
    return slug(below[: len(below) - len(suffix_of(below) or "")])


def address_of(path: str, roots: Iterable[str], given: Mapping[str, str]) -> str:
    """What the ids of a file's articles are made of: what was given to it, or its path below the oldest root."""
    return given.get(path) or article_id(SourceFile(path, 0, 0, base_of(path, roots)))


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
