"""The ways in which readers type one and the same query."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from indexer.analysis.syllables import fold, is_legal, place_tone, place_tone_old

_WORD = re.compile(r"\w+")


def flip_tones(text: str) -> str:
    """Each syllable with its tone mark where the other style puts it: hoà for hòa, hòa for hoà."""
    return _WORD.sub(_flip, unicodedata.normalize("NFC", text))


def _flip(match: re.Match[str]) -> str:
    word = match[0]
    old = place_tone_old(word)
    return old if old != word else place_tone(word)


_TONE_KEYS = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_SHAPE_KEYS = {"\u0302": None, "\u0306": "w", "\u031b": "w"}
"""Mark -> its key; a circumflex is the letter once more."""


def telex_keys(text: str) -> str:
    """The keys pressed for a text in Telex, with the tone last in each word: `dduwowngf` for `đường`.

    The oo of `xoong` takes three, as two give ô; foreign words (`Facebook`) are typed as they are.
    """
    return _WORD.sub(_keys_of_word, unicodedata.normalize("NFC", text))


def _keys_of_word(match: re.Match[str]) -> str:
    keys, tones, letter = "", "", ""
    for character in unicodedata.normalize("NFD", match[0]):
        if character in _TONE_KEYS:
            tones += _TONE_KEYS[character]
        elif character in _SHAPE_KEYS:
            keys += _SHAPE_KEYS[character] or letter
        elif character in "đĐ":
            keys += "dd" if character == "đ" else "DD"
        else:
            keys, letter = keys + character, character
    return (keys.replace("oo", "ooo") if _has_double_o(match[0]) else keys) + tones


def _has_double_o(word: str) -> bool:
    return "oo" in fold(word.lower()) and is_legal(word.lower())


AS_WRITTEN, STRIPPED, TELEX = "as written", "marks stripped", "telex"

SAME: dict[str, Callable[[str], str]] = {"lower case": str.lower, "UPPER CASE": str.upper, "tones flipped": flip_tones}
"""What must find the very same articles in the same order."""

WORDINGS: dict[str, Callable[[str], str]] = {AS_WRITTEN: str, STRIPPED: fold, TELEX: telex_keys, **SAME}
"""Name -> what becomes of a query that is typed so."""
