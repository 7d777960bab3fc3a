"""What an index in the cluster is made of: its fields and settings, and an article as it is held there.

id                        the article's; also `_id`
title, body, compounds    our tokens, with spaces between; in `title` and `body` with their places. A passage break is a
                          token like the others, which no question asks for
<field>_length            number of tokens without breaks
author, section, ...      the values of each facet, see `facets.NAMES`
moment                    `Stamp.order`, 0 where it is not known
day                       yyyymmdd, absent where it is not known
path, digest              the holding
article                   what is shown, not searched
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indexer import facets
from indexer.documents import Document, field_length
from indexer.engines.opensearch_engine.client import ClusterOptions
from indexer.model import Article, Stamp
from indexer.ports import Holding
from indexer.querying.plan import BODY, TITLE
from indexer.ranking import COMPOUNDS
from indexer.stored_article import from_data, to_data

FORMAT_VERSION = 1
"""Raise it when a field or the way a text is cut changes."""

MOST_RESULTS = 1_000_000
"""The last result that can be asked for: a reader may turn to page 10,000, with 100 on each."""

NO_PATH = "\0"
"""Begins what stands for a path; no path holds it."""


def index_body(options: ClusterOptions) -> dict[str, Any]:
    """Settings and mapping of a new index. Nothing is visible in it before a refresh that we ask for."""
    return {
        "settings": {
            "index": {
                "number_of_shards": options.shards,
                "number_of_replicas": options.replicas,
                "refresh_interval": -1,
                "codec": "best_compression",
                "max_result_window": MOST_RESULTS,
                "similarity": {"frequency": {"type": "scripted", "script": {"source": "return doc.freq"}}},
            }
        },
        "mappings": {"dynamic": "strict", "_source": {"excludes": [TITLE, BODY, COMPOUNDS]}, "properties": _fields()},
    }


def _fields() -> dict[str, Any]:
    whole_number, keyword = {"type": "integer"}, {"type": "keyword"}
    text = {"type": "text", "analyzer": "whitespace", "similarity": "frequency", "norms": False}
    return {
        "id": keyword,
        TITLE: {**text, "index_options": "positions"},
        BODY: {**text, "index_options": "positions"},
        COMPOUNDS: {**text, "index_options": "freqs"},
        **{length_of(field): whole_number for field in (TITLE, BODY, COMPOUNDS)},
        **dict.fromkeys(facets.NAMES, keyword),
        "moment": {"type": "long"},
        "day": whole_number,
        "path": keyword,
        "digest": keyword,
        "article": {"type": "object", "enabled": False},
    }


def length_of(field: str) -> str:
    """The field that holds the length of another."""
    return f"{field}_length"


def to_source(document: Document) -> dict[str, Any]:
    """A document as it is sent."""
    article = document.article
    fields = {TITLE: document.title, BODY: document.body, COMPOUNDS: document.compounds}
    return {
        **{field: " ".join(tokens) for field, tokens in fields.items()},
        **{length_of(field): field_length(tokens) for field, tokens in fields.items()},
        **fields_of(article),
        "path": pack_path(document.path),
        "digest": document.digest,
        "article": to_data(article),
    }


def fields_of(article: Article) -> dict[str, Any]:
    """What an article is filtered, counted and put in order by."""
    return {
        "id": article.id,
        **{facet: [*facets.values_of(article, facet)] for facet in facets.NAMES},
        **_date_fields(article.published),
    }


def _date_fields(stamp: Stamp | None) -> dict[str, int]:
    return {"moment": stamp.order, "day": stamp.order // 10**6} if stamp else {"moment": 0}


def to_article(source: Mapping[str, Any]) -> Article:
    """The article in a stored source. Raises KeyError, TypeError or ValueError for what `to_source` did not make."""
    return from_data(source["article"])


def to_holding(source: Mapping[str, Any]) -> Holding:
    return Holding(unpack_path(source["path"]), source["digest"])


def pack_path(path: str) -> str:
    """A path as JSON may hold it: one that is no UTF-8 as the hexadecimal digits of its bytes."""
    raw = path.encode("utf-8", "surrogateescape")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return NO_PATH + raw.hex()


def unpack_path(packed: str) -> str:
    if packed.startswith(NO_PATH):
        return bytes.fromhex(packed[1:]).decode("utf-8", "surrogateescape")
    return packed
