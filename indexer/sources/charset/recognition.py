"""Bytes -> text in whatever character set it is, by what makes it most Vietnamese.

Each line is read in every 8-bit character set, and as UTF-8 that may have lost a byte.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Sequence

from indexer.sources.charset.decoded import Decoded, Undecodable
from indexer.sources.charset.detection import (
    Reading,
    Way,
    chosen,
    heaviest,
    is_convincing,
    is_tied,
    names,
    total,
    weights,
)
from indexer.sources.charset.garbling import mend
from indexer.sources.charset.tables import VIETNAMESE, WINDOWS_1252
from indexer.sources.charset.unicode import decode, decode_unmarked
from indexer.sources.charset.weighing import has_stray

_UNKNOWN = "is in no character set we can tell; save the file as UTF-8"

_AT_LEAST = 3
"""Syllables that tell a character set."""

_UTF_8 = Way("UTF-8", lambda line: line.encode("latin-1").decode("utf-8", "replace"))
_WESTERN = Way(WINDOWS_1252.name, WINDOWS_1252.read)
_WAYS = [_WESTERN, *(Way(charset.name, charset.read) for charset in VIETNAMESE), _UTF_8]

_PLAIN = re.compile(rb"[\t\n\r -~]*")
"""The same in all of them; some control codes are capitals in VISCII and VPS."""

_MARKED = r"[^\W\d_\x00-\x7f]"
_NOT_WESTERN = re.compile(rf"{_MARKED}{{3}}|\b(?![àÀ]\b){_MARKED}+\b")
"""Three letters with marks in a row, or a word of such letters alone: what other alphabets look like in this one."""

_MOST_WESTERN = 0.25
"""Share of characters beyond ASCII in what is not Vietnamese, and yet in windows-1252: French has 8 %."""

_MOST_LOST = 0.1
"""Characters that may be lost for each syllable that is not."""


def recognise(raw: bytes) -> Decoded:
    """The text of an article file, whatever character set it is in. Raises Undecodable."""
    try:
        text = decode(raw)
    except Undecodable as error:
        return _recognise(raw, error.line or 1)
    return mend(text)


def _recognise(raw: bytes, bad_line: int) -> Decoded:
    if b"\0" in raw:
        text = decode_unmarked(raw)
        if text is None:
            raise Undecodable(bad_line, _UNKNOWN)
        return Decoded(text, "is in UTF-16 without its byte order mark")
    lines = raw.removeprefix(codecs.BOM_UTF8).split(b"\n")
    unknown = [at for at, line in enumerate(lines) if not _PLAIN.fullmatch(line)]
    readings = _read([lines[at].decode("latin-1") for at in unknown])
    if not readings:
        raise Undecodable(bad_line, _UNKNOWN)
    told = dict(zip(unknown, readings, strict=True))
    texts = (told[at].text if at in told else line.decode("ascii") for at, line in enumerate(lines))
    return Decoded("\n".join(texts), _verdict(readings))


def _read(lines: Sequence[str]) -> list[Reading]:
    """Lines of bytes as they are read; [] where it would be a guess."""
    found = weights(lines, _WAYS)
    readings = chosen(lines, _WAYS, heaviest(found))
    weight = total(readings)
    if is_convincing(weight, _AT_LEAST) and not is_tied(lines, _WAYS, found):
        return readings if _lost(readings) <= _MOST_LOST * weight.legal else []
    western = chosen(lines, [_WESTERN], 0)
    return western if all(_is_western(reading.text) for reading in western) else []


def _lost(readings: Iterable[Reading]) -> int:
    return sum(reading.text.count("\ufffd") for reading in readings)


def _is_western(text: str) -> bool:
    strange = sum(not letter.isascii() for letter in text)
    is_known = not _NOT_WESTERN.search(text) and not has_stray(text)
    return is_known and strange <= _MOST_WESTERN * len(text) and any(map(str.isalpha, text))


def _verdict(readings: Sequence[Reading]) -> str:
    found = ", ".join(names(readings))
    lost = _lost(readings)
    return f"is in {found}; characters lost: {lost}" if lost else f"is in {found}"
