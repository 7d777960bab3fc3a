"""UTF-8 whose bytes were taken for another character set, `tháº­t`, -> the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from indexer.analysis.syllables import is_legal
from indexer.sources.charset.tables import WINDOWS_1252

_UTF_8 = re.compile("[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")

_BLANK_FOR_A0 = re.compile("(\xc3|\xc6|\xe1[\xba\xbb]) ")
"""à, Ơ, Ạ and Ỡ end with the code of the no-break space, of which many programs make a blank."""

_END = "\N{ZERO WIDTH SPACE}"
"""Put behind such a letter: a word may end there."""

_LAST_LETTERS = re.compile(r"[^\W\d_]{0,8}\Z")
_FIRST_LETTERS = re.compile(r"[^\W\d_]{0,8}")


def unwrap(seen: str) -> str:
    """Bytes, as latin-1, as UTF-8; those that are none as windows-1252."""
    told = _UTF_8.sub(_decoded, _BLANK_FOR_A0.sub(f"\\1\xa0{_END}", seen))
    return WINDOWS_1252.read("".join(_with_blanks(told.split(_END))))


def _decoded(match: re.Match[str]) -> str:
    return match.group().encode("latin-1").decode("utf-8", "replace")


def _with_blanks(pieces: list[str]) -> Iterator[str]:
    """The blank was the letter's own, unless what follows does not go on with its word: `toà|n`, but `là|một`."""
    yield pieces[0]
    for piece, following in pairwise(pieces):
        before, after = _letters(_LAST_LETTERS.search(piece[-8:])), _letters(_FIRST_LETTERS.match(following))
        yield following if not after or is_legal(f"{before}{after}".lower()) else f" {following}"


def _letters(match: re.Match[str] | None) -> str:
    return match.group() if match else ""
