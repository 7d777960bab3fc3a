"""Bytes -> text. Each character set is one row of `_BY_MARK`, or the UTF-8 that everything else has to be."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from indexer.sources.unreadable import Unreadable

_BY_MARK = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order mark -> character set."""


class Undecodable(Unreadable):
    """The bytes are no text in a character set we know; `line` is where the first bad byte stands."""

    def __init__(self, line: int) -> None:
        super().__init__("is not UTF-8 text; save the file as UTF-8", line)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and in which character set it was found where that is worth telling: "" for sound UTF-8 and UTF-16."""

    text: str
    verdict: str = ""


def recognise(raw: bytes) -> Decoded:
    """The text of an article file, whatever character set it is in. Raises Undecodable."""
    return Decoded(decode(raw))


def mend(text: str) -> Decoded:
    """Text that was garbled before it came to us, as it was meant; sound text as it is, without a verdict."""
    return Decoded(text)


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
        raise Undecodable(_line_after(good)) from error
    # NUL is valid UTF-8, but no text holds it: a binary file, or UTF-16 without its mark.
    before, nul, _ = text.partition("\0")
    if nul:
        raise Undecodable(_line_after(before))
    return text


def _line_after(text: str) -> int:
    return text.count("\n") + 1
