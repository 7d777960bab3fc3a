"""Bytes -> text where they are Unicode: UTF-8, UTF-16, and UTF-16 that came without its mark."""

from __future__ import annotations

import codecs
import re

from indexer.sources.charset.decoded import Undecodable

_NOT_UNICODE = "is not UTF-8 text; save the file as UTF-8"

_BY_MARK = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order mark -> character set."""

_LATIN_SHARE = 0.4
"""Characters of a Vietnamese text, its blanks and consonants, whose UTF-16 has a zero for its high byte: about 80 %."""

_OTHER_SCRIPTS = re.compile("[\0\u0400-\u1cff\u2c00-\uffff]")


def decode(raw: bytes) -> str:
    """The text of a file, without its byte order mark.

    Raises:
        Undecodable: neither UTF-8 nor marked UTF-16, or a binary file.
    """
    mark, charset = next((row for row in _BY_MARK if raw.startswith(row[0])), (b"", "utf-8"))
    body = raw[len(mark) :]
    try:
        text = body.decode(charset)
    except UnicodeDecodeError as error:
        good = body[: error.start].decode(charset, errors="replace")
        raise Undecodable(_line_after(good), _NOT_UNICODE) from error
    # NUL is valid UTF-8, but no text holds it: a binary file, or UTF-16 without its mark.
    before, nul, _ = text.partition("\0")
    if nul:
        raise Undecodable(_line_after(before), _NOT_UNICODE)
    return text


def decode_unmarked(raw: bytes) -> str | None:
    """The text of UTF-16 without its byte order mark, which its zeros tell; None where it is none."""
    for charset, high in (("utf-16-le", raw[1::2]), ("utf-16-be", raw[::2])):
        if high.count(0) > _LATIN_SHARE * len(high):
            try:
                text = raw.decode(charset)
            except UnicodeDecodeError:
                continue
            return None if _OTHER_SCRIPTS.search(text) else text
    return None


def _line_after(text: str) -> int:
    return text.count("\n") + 1
