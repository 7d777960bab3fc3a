"""Which characters a file can carry."""

from __future__ import annotations

import re

_ILLEGAL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no Char of XML 1.0, or discouraged there: control characters, halves of surrogate pairs, U+FFFE, U+FFFF."""


def legal(text: str) -> str:
    """The text without what XML forbids and spreadsheets stumble over."""
    return text if text.isprintable() else _ILLEGAL.sub("", text)  # a tenth of the time, and nearly always enough
