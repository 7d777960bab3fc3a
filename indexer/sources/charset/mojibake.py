"""UTF-8 whose bytes were taken for another character set, `tháº­t`, -> the text."""

from __future__ import annotations

import re

from indexer.analysis.syllables import is_legal
from indexer.sources.charset.tables import WINDOWS_1252

_UTF_8 = re.compile("[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")

_BLANK_FOR_A0 = re.compile("(\xc3|\xc6|\xe1[\xba\xbb]) ")
"""à, Ơ, Ạ and Ỡ end with the code of the no-break space, of which many programs make a blank."""

_WORD_END = "\N{ZERO WIDTH SPACE}"
_DOUBTFUL_END = re.compile(rf"([^\W\d_]{{0,8}}){_WORD_END}([^\W\d_]{{0,8}})")


def unwrap(seen: str) -> str:
    """Bytes, as latin-1, as UTF-8; those that are none as windows-1252."""
    told = _UTF_8.sub(_decoded, _BLANK_FOR_A0.sub(f"\\1\xa0{_WORD_END}", seen))
    return WINDOWS_1252.read(_DOUBTFUL_END.sub(_joined, told))


def _decoded(match: re.Match[str]) -> str:
    return match.group().encode("latin-1").decode("utf-8", "replace")


def _joined(match: re.Match[str]) -> str:
    """The blank was the letter's own, unless what follows does not go on with its word: `toà|n`, but `là|một`."""
    before, after = match.groups()
    is_one = not after or is_legal(f"{before}{after}".lower())
    return f"{before}{after}" if is_one else f"{before} {after}"
