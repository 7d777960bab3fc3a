"""Text that was garbled before it came to us -> as it was meant.

Bytes were taken for what they are not, and saved as Unicode: TCVN3 for windows-1252 (`§¶ng`), or UTF-8 (`Äáº£ng`), and
that once more. Who did so had one of two `_VIEWS`; through the same one the bytes are seen again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from indexer.sources.charset.decoded import Decoded
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
from indexer.sources.charset.mojibake import unwrap
from indexer.sources.charset.tables import VIETNAMESE, windows

_SUSPECT = re.compile("[\x01-\x08\x0b\x0e-\x1f\x80-\x9f\u00a1-\u00bfÄÅÆÇËÏÐÑÎÖ×ØÜÛÞßäåæçëïðñîö÷øüûþÿ]")
"""Every garbled sentence has one of these, and most sound articles have none: they are done with here."""

_NO_BYTE = re.compile("[\u0100-\u1fff\u2c00-\ufffc]")
"""Letters and marks that come of no byte; a line that has one was not garbled."""

_AT_LEAST = 3
"""Syllables a text must gain by being mended: fewer are there by chance, in `François` and `20 µm`."""


@dataclass(frozen=True, slots=True)
class _View:
    """The character set bytes were taken for, and code by its character."""

    name: str
    codes: dict[int, int]

    def bytes_of(self, line: str) -> str | None:
        """The bytes as latin-1; None for a line that comes of none."""
        seen = line.translate(self.codes)
        return None if _NO_BYTE.search(seen) else seen


def _view(charset: str) -> _View:
    return _View(f"windows-{charset[2:]}", {ord(windows(code, charset)): code for code in range(0x80, 0x100)})


_VIEWS = (_view("cp1252"), _view("cp1258"))


def _through(view: _View, read: Callable[[str], str], line: str) -> str:
    seen = view.bytes_of(line)
    return line if seen is None else read(seen)


def _again(read: Callable[[str], str], seen: str) -> str:
    """UTF-8 whose text was garbled as well."""
    return _through(_VIEWS[0], read, unwrap(seen))


def _ways(view: _View) -> list[Way]:
    """What the bytes are, and what they were taken for."""
    once = [Way(f"{charset.name} → {view.name}", partial(_through, view, charset.read)) for charset in VIETNAMESE]
    utf_8 = Way(f"UTF-8 → {view.name}", partial(_through, view, unwrap))
    twice = [
        Way(f"{name} → {_VIEWS[0].name} → {view.name}", partial(_through, view, partial(_again, read)))
        for name, read in [("UTF-8", unwrap), *((charset.name, charset.read) for charset in VIETNAMESE)]
    ]
    return [*once, utf_8, *twice]


_WAYS_BY_1252 = [Way("", str), *_ways(_VIEWS[0])]
_WAYS = [*_WAYS_BY_1252, *_ways(_VIEWS[1])]

_ONLY_1258 = re.compile(f"[{''.join(sorted(map(chr, _VIEWS[1].codes.keys() - _VIEWS[0].codes.keys())))}]")
"""What windows-1252 does not have."""


def mend(text: str) -> Decoded:
    """Text that was garbled before it came to us, as it was meant; sound text as it is, without a verdict.

    The number of its lines stays.
    """
    if not _SUSPECT.search(text):
        return Decoded(text)
    lines = text.split("\n")
    doubtful = [at for at, line in enumerate(lines) if _is_doubtful(line)]
    is_part = sum(not line.isascii() for line in lines) > 2 * len(doubtful)
    readings = _mended([lines[at] for at in doubtful], is_part)
    for at, reading in zip(doubtful, readings, strict=False):
        lines[at] = reading.text
    return Decoded("\n".join(lines), _verdict(names(readings), is_part))


def _is_doubtful(line: str) -> bool:
    """Whether it can have come of bytes. Most lines with marks have letters that cannot."""
    return not line.isascii() and any(view.bytes_of(line) is not None for view in _VIEWS)


def _mended(lines: Sequence[str], is_part: bool) -> list[Reading]:
    """Lines as they were meant; [] where they are sound, as they are in most articles of which they are a `part`."""
    suspect = [line for line in lines if _SUSPECT.search(line)]
    ways = _WAYS if any(map(_ONLY_1258.search, suspect)) else _WAYS_BY_1252
    found = weights(suspect, ways)
    if is_tied(suspect, ways, found):
        return []
    readings = chosen(lines, ways, 0 if is_part else heaviest(found))
    as_they_are = chosen(lines, _WAYS[:1], 0)
    gain = total(readings).score - total(as_they_are).score
    return readings if gain >= _AT_LEAST and is_convincing(total(readings), 1) else []


def _verdict(found: Sequence[str], is_part: bool) -> str:
    if not found:
        return ""
    told = ", ".join(found)
    return f"is garbled in part, and was mended: {told}" if is_part else f"is garbled, and was mended: {told}"
