"""Text -> the first place where it was read in a wrong character set, if there is one. Pure.

What gives such text away are letters and signs that Vietnamese never has, in places where no other language has them
either: `Ã¡`, `§¶ng`, `ñöôïc`, `viÖt`. A foreign name (`François`, `Süddeutsche`), a unit (`m²`) or a sentence in French
has some of them, but not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.analysis.syllables import is_legal

_AROUND = 20
"""Characters shown on either side of a bad place."""

_ENOUGH = 2
"""Garbled words that make a text garbled: one alone may be a slip of the pen (`Tam Kỳ¸ 3 năm`)."""

_FOREIGN_LETTERS = "äåæçëïñîöøüûþÿßÄÅÆÇËÏÑÎÖØÜÛÞ"
_SIGNS = "\u00a1-\u00bf×÷"

_SUSPECT = re.compile(f"[\ufffd{_SIGNS}{_FOREIGN_LETTERS}ƒ†‡ˆŠŒŽ˜š›œžŸ]")
"""No garbled text is without one of these; few others have one, so most articles are done with here."""

_CERTAIN = re.compile(
    "\ufffd"
    # UTF-8 read as windows-1252. «lá»: a quotation may end so, and then comes what follows a word.
    "|[ÃÂ][\u00a1-\u00ba\u00bc-\u00bf]|Ä[‘‚ƒ©]|Å©|Æ[°¡]|á[º»][^\\s\x00-\x7f….,”’–—]|â€"
)

_TOKEN = re.compile(r"[^\s\x00-,./:-@\[-`{-\x7f“”‘’–—…]+")

_IMPOSSIBLE = re.compile(
    f"[a-zà-ÿ][{_SIGNS}][a-zà-ÿ]"  # a sign within a word: tr­íc, §¶ng
    f"|^[§®¸¶¨©¦¬¹º»][a-zà-ÿÀ-Þ{_SIGNS}]"  # or at its beginning: ®Êt
    f"|[a-zà-ÿ][{_SIGNS}À-Þ]+[a-z]"  # a capital within one: viÖt
    f"|[{_FOREIGN_LETTERS}À-ÿ][{_FOREIGN_LETTERS}][À-ÿ]|[{_FOREIGN_LETTERS}][À-ÿ]{{2}}"  # three in a row: ñöôïc
)


def find_garbled(text: str) -> str:
    """A few words around the first place that shows it; "" for sound text."""
    if not _SUSPECT.search(text):
        return ""
    if certain := _CERTAIN.search(text):
        return _around(text, certain.start())
    places = [place for place, _ in zip(_impossible_words(text), range(_ENOUGH), strict=False)]
    return _around(text, places[0]) if len(places) == _ENOUGH else ""


def _impossible_words(text: str) -> Iterator[int]:
    """Where a different impossible word begins, each word once."""
    seen = set()
    for match in _TOKEN.finditer(text):
        word = match.group()
        if not word.isascii() and word not in seen and _is_impossible(word):
            seen.add(word)
            yield match.start()


def _is_impossible(word: str) -> bool:
    return _IMPOSSIBLE.search(word) is not None and not is_legal(word.lower())


def _around(text: str, at: int) -> str:
    return " ".join(text[max(0, at - _AROUND) : at + _AROUND].split())
