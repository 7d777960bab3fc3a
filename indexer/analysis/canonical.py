"""Unicode repair: the one way of writing each text that everything else relies on.

Every stored text and every query is canonical. Offsets therefore always point into the stored
text itself, and no map from one form to another is ever needed.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby, islice

_REPLACEMENTS = {
    "\u00d0": "Đ",  # Icelandic Eth
    "\u0189": "Đ",  # African D
    "\u00f0": "đ",  # small Eth
    "\u0256": "đ",  # small African D
    "\u01a2": "Ư",  # Oi, which some old fonts draw as Ư
    "\u01a3": "ư",
    "\u00a0": " ",  # no-break space
    "\u2007": " ",  # figure space
    "\u202f": " ",  # narrow no-break space
    "\r\n": "\n",
    "\r": "\n",
    "\u0085": "\n",  # next line
    "\u2028": "\n",  # line separator
    "\u2029": "\n",  # paragraph separator
}
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_NO_CHARACTERS = "\ud800-\udfff\ufffe\uffff"  # lone surrogates, and what XML forbids

_UNWANTED = re.compile(
    f"{'|'.join(_REPLACEMENTS)}|(?P<control>[{_CONTROLS}])|(?P<invisible>[{_INVISIBLE}])|(?P<broken>[{_NO_CHARACTERS}])"
)
_REPLACEMENT_OF = {"control": " ", "invisible": "", "broken": "\ufffd"}

_MOST_MARKS = 30
_LONG_RUN_OF_SIGNS = re.compile(rf"[^\w\s\x00-\x7f]{{{_MOST_MARKS + 1},}}")


def canonical(text: str) -> str:
    r"""Repair the Unicode of a text; idempotent, never raises.

    The result is NFC, has no look-alikes of Vietnamese letters (`Ð` becomes `Đ`), no invisible
    characters, no control characters but tab and `\n`, and can be written as UTF-8 and XML.
    All offsets elsewhere in this program point into text that went through here.
    """
    return _compose(_UNWANTED.sub(_replacement, text))


def _replacement(match: re.Match[str]) -> str:
    # Invisible characters are deleted rather than blanked: they stand inside words, or beside
    # blanks. A control character may have stood for a blank, so it parts words.
    if match.lastgroup:
        return _REPLACEMENT_OF[match.lastgroup]
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
