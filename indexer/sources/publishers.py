"""The paper or agency an article was taken from, as records name it: by its name, or by an address."""

from __future__ import annotations

import re
from typing import Any

from indexer.sources.prose import one_line

MOST_CHARS = 100
"""A longer text is no name."""

_LEADING = re.compile(r"(?:nguồn\s*:|theo\s)\s*", re.IGNORECASE)
_HOST = re.compile(r"//(?:[^/?#\s]*@)?(?:www\.)?([^/?#\s:@]*)", re.IGNORECASE)


def told_name(value: Any) -> str:
    """The name in a value of JSON: a text, a thing that has a name, or the first of several; "" where there is none."""
    for each in value if isinstance(value, list) else [value]:
        name = each.get("name") if isinstance(each, dict) else each
        if isinstance(name, str) and name.strip():
            return name
    return ""


def source_name(text: str) -> str:
    """`Nguồn: Báo Bến Sim` -> `Báo Bến Sim`; an address stands for its host: `https://bao.vn/a.html` -> `bao.vn`."""
    line = one_line(text)
    name = _LEADING.sub("", line, count=1) if _LEADING.match(line) else line
    if host := _HOST.search(name):
        name = host[1].lower()
    return name if len(name) <= MOST_CHARS else ""
