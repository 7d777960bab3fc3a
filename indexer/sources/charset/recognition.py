"""Bytes -> text in whatever character set it is, by what makes it most Vietnamese.

Lines that are UTF-8 are taken as such; the others are read in every 8-bit character set, and as UTF-8 that lost a byte.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Sequence

from indexer.sources.charset.decoded import Decoded, Undecodable
from indexer.sources.charset.detection import Reading, Way, chosen, heaviest, is_convincing, names, weights
from indexer.sources.charset.garbling import mend
from indexer.sources.charset.tables import VIETNAMESE, WINDOWS_1252
from indexer.sources.charset.unicode import decode, decode_unmarked
from indexer.sources.charset.weighing import Weight, has_stray, weigh

_UNKNOWN = "is in no character set we can tell; save the file as UTF-8"

_AT_LEAST = 3
"""Syllables that tell a character set."""

_UTF_8 = Way("UTF-8", lambda line: line.encode("latin-1").decode("utf-8", "replace"))
_WESTERN = Way(WINDOWS_1252.name, WINDOWS_1252.read)
_WAYS = [_WESTERN, *(Way(charset.name, charset.read) for charset in VIETNAMESE), _UTF_8]

_CONTROL = re.compile(b"[\x01-\x08\x0b\x0e-\x1f]")
"""Some of these are capitals in VISCII and VPS."""

_WESTERN_LETTER = re.compile(r"[^\W\d_\x00-\x7f]")
_MOST_WESTERN = 0.1
"""Share of letters with marks in what is not Vietnamese, and yet in windows-1252: French has 5 %."""

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
    texts = [_as_utf_8(line) for line in lines]
    sound = mend("\n".join(text for text in texts if text is not None)).text
    unknown = [line.decode("latin-1") for line, text in zip(lines, texts, strict=True) if text is None]
    readings = _read(unknown, weigh(sound))
    if readings is None:
        raise Undecodable(texts.index(None) + 1, _UNKNOWN)
    known, told = iter(sound.split("\n")), iter(readings)
    text = "\n".join(next(told).text if line is None else next(known) for line in texts)
    return Decoded(text, _verdict(readings, not sound.isascii()))


def _as_utf_8(line: bytes) -> str | None:
    """None where it is none, or has codes that are letters elsewhere."""
    try:
        return None if _CONTROL.search(line) else line.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _read(lines: Sequence[str], sound: Weight) -> list[Reading] | None:
    """Lines that are not UTF-8, in a file whose other lines weigh so much; None where it would be a guess."""
    found = weights(lines, _WAYS)
    found[-1] += sound  # most of a file that lost a byte is sound
    usual = heaviest(found)
    if not is_convincing(found[usual], _AT_LEAST):
        western = chosen(lines, [_WESTERN], 0)
        return western if all(_is_western(reading.text) for reading in western) else None
    readings = chosen(lines, _WAYS, usual)
    legal = sum((reading.weight for reading in readings), sound).legal
    return readings if _lost(readings) <= _MOST_LOST * legal else None


def _lost(readings: Iterable[Reading]) -> int:
    return sum(reading.text.count("\ufffd") for reading in readings)


def _is_western(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    marked = len(_WESTERN_LETTER.findall(text))
    return letters > 0 and marked <= _MOST_WESTERN * letters and not has_stray(text)


def _verdict(readings: Sequence[Reading], is_utf_8_too: bool) -> str:
    found = names(readings)
    if is_utf_8_too and _UTF_8.name not in found:
        found = [_UTF_8.name, *found]
    lost = _lost(readings)
    told = f", with {lost} character{'s' if lost > 1 else ''} lost" if lost else ""
    return f"is in {' and '.join(found)}{told}"
