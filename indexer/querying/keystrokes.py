"""A query typed with the input method off, read as what was meant: `xaay duwngj` -> `xây dựng`.

A query with any mark in it came through an input method and is left alone. In one without, a foreign word may be the
keystrokes of a syllable as well (`taxi` of tãi, `car` of cả), so the archive's own words judge:

- A word can be keystrokes where its syllable stands in more articles than the word as typed, or where the archive does
  not hold the word as typed and it is no syllable either. It must be where it is rare as typed and its syllable stands
  in more than TIMES_AS_FREQUENT as many articles. Rare is: in no more than one article of RARE_AMONG, so in an archive
  of fewer in none.
- The query is decoded when one of its words must be keystrokes, and all its words that can be are. But where the words
  that neither can be, nor are syllables, nor stand in the archive are as many, it is in another language.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from indexer.analysis.canonical import canonical
from indexer.analysis.keyboard import telex, viqr, vni
from indexer.analysis.syllables import has_marks, is_legal, place_tone_old
from indexer.querying.parser import FIELD, OPERATORS

TIMES_AS_FREQUENT = 20
RARE_AMONG = 1000

Frequency = Callable[[str], int]
"""Articles that hold a term."""


def decode_keystrokes(text: str, frequency: Frequency, articles: int) -> str | None:
    """The query with the words decoded that were typed with the input method off; None when there are none.

    All else stays as it is: operators, quotes, names of fields, numbers, words with wildcards. All words are read by
    the same method, the one that explains most of them. Tones are placed in the old style, as newspapers print them.

    Args:
        text: any query, as typed.
        frequency: of a term in the archive.
        articles: how many the archive holds.
    """
    typed = canonical(text)
    if has_marks(_FIELD.sub("", typed)):  # their names may come from a link
        return None
    readings = (_read(typed, method, frequency) for method in _METHODS)
    best = max(readings, key=lambda reading: len(reading.decoded))
    return best.text if best.is_convincing(frequency, articles) else None


# Methods

_FIELD = re.compile(FIELD, re.VERBOSE)


def _words(word: str) -> re.Pattern[str]:
    """Words of this kind that are not parts of others and not beside a wildcard; names of fields are no words."""
    return re.compile(rf"{FIELD} | (?<! [\w*?] ) (?P<word> {word} ) (?! [\w*] | \?\w )", re.VERBOSE | re.IGNORECASE)


_LETTERS_AND_DIGITS = _words("[a-z] [a-z0-9]*")
_LETTERS_AND_SIGNS = _words("(?: [aeiouy] [\\^(+]? ['`?~.]? | [b-df-hj-np-tv-xz] )+")
_SIGN_OF_VIQR = re.compile(r"[\^(+`~']|[?.][a-z]", re.IGNORECASE)
"""What punctuation does not do. After a last letter, a full stop or question mark may be no more than that."""


@dataclass(frozen=True, slots=True)
class _Method:
    """An input method, and how its words and its queries are told from others."""

    decode: Callable[[str], str | None]
    word: re.Pattern[str]
    sign: re.Pattern[str]
    """One word of the query has to hold this; else the method was not at work."""


_METHODS = (
    _Method(viqr, _LETTERS_AND_SIGNS, _SIGN_OF_VIQR),
    _Method(telex, _LETTERS_AND_DIGITS, re.compile("")),
    _Method(vni, _LETTERS_AND_DIGITS, re.compile("")),
)
"""Of two that explain as much the first is taken: `dd` is a đ in Telex as well, the signs are VIQR's own."""


# Reading


@dataclass(slots=True)
class _Reading:
    """A query read by one method: `decoded` are the words as typed and as meant, `unexplained` as typed."""

    text: str = ""
    decoded: list[tuple[str, str]] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)

    def is_convincing(self, frequency: Frequency, articles: int) -> bool:
        return len(self.decoded) > len(self.unexplained) and any(
            _must_be(typed, meant, frequency, articles) for typed, meant in self.decoded
        )


def _read(text: str, method: _Method, frequency: Frequency) -> _Reading:
    reading = _Reading()

    def replacement(match: re.Match[str]) -> str:
        word: str = match.group()
        typed = word.lower()
        if not match["word"] or word in OPERATORS:
            return word
        meant = method.decode(typed)
        if meant and _can_be(typed, meant, frequency):
            reading.decoded.append((typed, meant))
            return _in_case_of(word, place_tone_old(meant))
        if typed.isalpha() and not is_legal(typed) and not frequency(typed):
            reading.unexplained.append(typed)
        return word

    reading.text = method.word.sub(replacement, text)
    has_sign = any(method.sign.search(typed) for typed, _ in reading.decoded)
    return reading if has_sign else _Reading()


def _can_be(typed: str, meant: str, frequency: Frequency) -> bool:
    if is_legal(typed):
        return _is_far_more_frequent(meant, typed, frequency)
    return frequency(meant) > frequency(typed) or not frequency(typed)


def _must_be(typed: str, meant: str, frequency: Frequency, articles: int) -> bool:
    held = frequency(typed)
    return held * RARE_AMONG <= articles and (not held or _is_far_more_frequent(meant, typed, frequency))


def _is_far_more_frequent(meant: str, typed: str, frequency: Frequency) -> bool:
    return frequency(meant) > TIMES_AS_FREQUENT * frequency(typed)


def _in_case_of(word: str, meant: str) -> str:
    """XAAY is XÂY, Xaay is Xây; a capital further on (`DDangr`) may be the second half of a letter."""
    if word.isupper():
        return meant.upper()
    return meant.capitalize() if word[0].isupper() else meant
