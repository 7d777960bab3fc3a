"""The fields of an index, and an article as Whoosh stores it.

Whoosh's classes only, but for the schema itself (see `codec.GuardedSchema`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.columns import VarBytesColumn
from whoosh.fields import COLUMN, ID, KEYWORD, STORED, TEXT

from indexer.engines.whoosh_engine.articles import SEPARATOR
from indexer.engines.whoosh_engine.codec import AUTHOR, AUTHOR_NAME, ID_FIELD, GuardedSchema
from indexer.model import Article
from indexer.ports import Holding
from indexer.querying.plan import BODY, TITLE
from indexer.ranking import COMPOUNDS
from indexer.stored_article import from_data, to_data

FORMAT_VERSION = 5
"""Raise it when a field or an array changes.

1: Whoosh's stock codec; 2: postings, dates and authors as arrays; 3: how often words stand side by side, completions;
4: sections; 5: sources, and sections under keys.
"""

HOLDING, ARTICLE = "holding", "article"


def make_schema() -> GuardedSchema:
    """Text fields with positions, compounds, id and authors indexed; holdings a column; the article stored."""
    unused = SpaceSeparatedTokenizer()
    return GuardedSchema(
        **{
            ID_FIELD: ID(),
            TITLE: TEXT(analyzer=unused),
            BODY: TEXT(analyzer=unused),
            COMPOUNDS: KEYWORD(analyzer=unused),
            AUTHOR: KEYWORD(analyzer=unused),
            AUTHOR_NAME: KEYWORD(analyzer=unused),
            HOLDING: COLUMN(VarBytesColumn()),
            ARTICLE: STORED(),
        }
    )


def dump_holding(path: str, digest: str) -> bytes:
    return f"{path}{SEPARATOR}{digest}".encode("utf-8", "surrogateescape")


def load_holdings(packed: Iterable[bytes]) -> Iterator[Holding]:
    """The holdings `dump_holding` made. Many articles come from few sources: a path is decoded once."""
    paths: dict[bytes, str] = {}
    for raw in packed:
        path, _, digest = raw.rpartition(_SEPARATOR)
        if path not in paths:
            paths[path] = path.decode("utf-8", "surrogateescape")
        yield Holding(paths[path], digest.decode("utf-8", "surrogateescape"))


def find_held_from(packed: Iterable[bytes], is_wanted: Callable[[str], bool]) -> list[int]:
    """Which of the holdings `dump_holding` made have a path that passes the test; it is asked once for each path."""
    paths = [raw[: raw.rindex(_SEPARATOR)] for raw in packed]
    wanted = {path for path in set(paths) if is_wanted(path.decode("utf-8", "surrogateescape"))}
    return [number for number, path in enumerate(paths) if path in wanted] if wanted else []


_SEPARATOR = SEPARATOR.encode()

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def dump_article(article: Article) -> str:
    return _encode(to_data(article))


def load_article(stored: str) -> Article:
    """The article `dump_article` wrote."""
    return from_data(json.loads(stored))
