"""One way of writing each text: Unicode repaired, nothing else changed.

Everything the archive stores is canonical, and so is everything it is asked. Offsets therefore always point into the
stored text: no map from one form to another is needed.
"""

from __future__ import annotations

import re
import unicodedata

_CONTROLS = "".join(map(chr, [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)]))
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"

_REPLACED = str.maketrans(
    {
        "\u00d0": "Đ",  # Icelandic Eth
        "\u0189": "Đ",  # African D
        "\u00f0": "đ",
        "\u0256": "đ",
        "\u01a2": "Ư",  # Oi, in old fonts' place of Ư
        "\u01a3": "ư",
        "\u00a0": " ",
        "\u2007": " ",
        "\u202f": " ",
        **dict.fromkeys(_CONTROLS, " "),
        **dict.fromkeys(_INVISIBLE, ""),
    }
)
_LINE_ENDS = re.compile("\r\n?|\u0085|\u2028|\u2029")
_SURROGATES = re.compile("[\ud800-\udfff]")


def canonical(text: str) -> str:
    """Repair the Unicode of a text: NFC, no look-alikes of Vietnamese letters, nothing invisible, `\\n` line ends.

    Invisible characters are deleted, not turned into blanks: the few that newspapers hold stand inside words or beside
    blanks. Lone surrogates become U+FFFD. Idempotent; never raises.
    """
    text = _LINE_ENDS.sub("\n", _SURROGATES.sub("\ufffd", text))
    # Deleting comes before composing: an invisible character may part a letter from its mark.
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text.translate(_REPLACED)).translate(_REPLACED))
