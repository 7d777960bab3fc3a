"""Articles -> JSON lines, which `khobao index` reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from indexer.model import Article
from webapp.exports.records import AddressOf, record

_ENDS_OF_LINES = tuple((each, f"\\u{ord(each):04x}") for each in "\x85\u2028\u2029")
"""Line ends to Unicode but not to JSON, and how JSON may write them: who splits at either gets the same lines."""


def lines(articles: Iterable[Article], address_of: AddressOf) -> Iterator[str]:
    """The file, an article a line."""
    for article in articles:
        line = json.dumps(record(article, address_of), ensure_ascii=False)
        for character, written in _ENDS_OF_LINES:
            line = line.replace(character, written)
        yield line + "\n"
