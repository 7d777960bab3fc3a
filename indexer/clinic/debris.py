"""Text -> the first piece of markup or program that was left in it, if there is one. Pure."""

from __future__ import annotations

import re
from html.entities import html5

_MOST_SHOWN = 40

_MARKS = "<&{["
"""Every piece of debris has one of these; most articles have none and are done with at once."""

_TAG_NAMES = (
    "p|br|hr|b|i|u|a|em|strong|span|div|font|center|img|table|t[rdhb]\\w*|ul|ol|li|h[1-6]|script|style|iframe|figure"
    "|figcaption|blockquote|section|article|header|footer|video|source|object|embed|sub|sup|o:p|!--|!\\[cdata"
)
# What has no end of its own is looked for in the next few hundred characters only: otherwise thousands of beginnings
# without an end would each be followed to the end of the text.
_DEBRIS = re.compile(
    rf"</?(?:{_TAG_NAMES})(?![\w-])[^<>]*>"  # <p>
    r"|<!--|<\s?/\s?\w*|<\s*$"  # a tag that is cut off
    r"|&(?:#[0-9]{2,6}|#x[0-9a-f]{2,5}|(?P<entity>[a-z]{2,8}));"  # &nbsp;
    r"|\[/?(?:b|i|u|url|img|quote|color|size|center|code|caption)(?:=[^\]]{0,500})?\]"  # [/b]
    r"|\[caption [^\]]{0,500}\]"
    r"|\{\{|\}\}|\{%"  # a template's
    r"|\{[^{}]{0,200}?[\w-]{1,40}\s*:\s*[^{};]+;"  # a style sheet's
    r"|\bfunction\s*\w*\s*\([^)]{0,500}\)\s*\{",  # a program's
    re.IGNORECASE | re.MULTILINE,
)


def find_debris(text: str) -> str:
    """The first piece of debris, cut to 40 characters; "" for clean text."""
    if not any(mark in text for mark in _MARKS):
        return ""
    found = next((match for match in _DEBRIS.finditer(text) if _is_debris(match)), None)
    return text[found.start() : found.start() + _MOST_SHOWN].partition("\n")[0].strip() if found else ""


def _is_debris(match: re.Match[str]) -> bool:
    """`AT&T;` is no entity."""
    entity = match["entity"]
    return entity is None or f"{entity};" in html5
