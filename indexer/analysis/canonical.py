"""Unicode repair: the one way of writing each text that everything else relies on.

Every stored text and every query is canonical. Offsets therefore always point into the stored
text itself, and no map from one form to another is ever needed.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby, islice


def _span(first: int, last: int) -> str:
    return "".join(map(chr, range(first, last + 1)))


_REPLACEMENTS = {
    "\u00d0": "Đ",  # Icelandic Eth
    "\u0189": "Đ",  # African D
    "\u00f0": "đ",  # small Eth
    "\u0256": "đ",  # small African D
    "\u01a2": "Ư",  # Oi, which some old fonts draw as Ư
    "\u01a3": "ư",
    # No-break, figure and narrow no-break space.
    **dict.fromkeys("\u00a0\u2007\u202f", " "),
    # Carriage return, next line, line and paragraph separator; \r\n is one line end, see `canonical`.
    **dict.fromkeys("\r\u0085\u2028\u2029", "\n"),
    # Control characters may have stood for a blank, so they part words.
    **dict.fromkeys(f"{_span(0, 8)}\x0b\x0c{_span(0x0E, 0x1F)}{_span(0x7F, 0x84)}{_span(0x86, 0x9F)}", " "),
    # Invisible ones are deleted rather than blanked: they stand inside words, or beside blanks.
    **dict.fromkeys(f"\u00ad{_span(0x200B, 0x200F)}{_span(0x202A, 0x202E)}\u2060{_span(0x2066, 0x2069)}\ufeff", ""),
    # Lone surrogates, and what XML forbids.
    **dict.fromkeys(f"{_span(0xD800, 0xDFFF)}\ufffe\uffff", "\ufffd"),
}

# One class of characters, no alternatives: a text that has none of them is passed over ten times as fast.
_UNWANTED = re.compile(f"[{''.join(_REPLACEMENTS)}]")

_MOST_MARKS = 30
_LONG_RUN_OF_SIGNS = re.compile(rf"[^\w\s\x00-\x7f]{{{_MOST_MARKS + 1},}}")


def canonical(text: str) -> str:
    r"""Repair the Unicode of a text; idempotent, never raises.

    The result is NFC, has no look-alikes of Vietnamese letters (`Ð` becomes `Đ`), no invisible
    characters, no control characters but tab and `\n`, and can be written as UTF-8 and XML.
    All offsets elsewhere in this program point into text that went through here.
    """
    return _compose(_UNWANTED.sub(_replacement, text.replace("\r\n", "\n")))


def _replacement(match: re.Match[str]) -> str:
    return _REPLACEMENTS[match.group()]


def _compose(text: str) -> str:
    """NFC. Comes last, since what was deleted may have parted a letter from its mark."""
    if unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", _LONG_RUN_OF_SIGNS.sub(_without_excess_marks, text))


def _without_excess_marks(run: re.Match[str]) -> str:
    """At most 30 combining marks in a row, the limit of Unicode's Stream-Safe Text (UAX #15).

    Sorting more of them, as NFC must, takes quadratic time: a megabyte would take hours.
    """
    groups = groupby(run.group(), key=lambda character: unicodedata.combining(character) > 0)
    return "".join("".join(islice(group, _MOST_MARKS) if are_marks else group) for are_marks, group in groups)
