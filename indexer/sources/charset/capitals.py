"""Capitals in TCVN3, which has few: the others are small letters in a font that draws them large (`.VnTimeH`).

The font is lost, so `HÀ NỘI` comes as `Hà NộI`. That shows: no word has small letters with marks among capitals.
A text typed small in such a font does not show it, and stays small.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto
from functools import lru_cache
from itertools import chain, groupby

_WORD = re.compile(r"[^\W\d_]+")

_WITHOUT_CAPITAL = "áàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
"""In TCVN3. At the beginning of a sentence the others are small because they were meant to be."""

_SENTENCE_START = re.compile(rf"(^[\"“‘]*|(?<=[^\W\d_A-Z]{{2}}[.!?…])\s+[\"“‘]*)([{_WITHOUT_CAPITAL}])")


class _Sort(Enum):
    """What the letters of a word say of the font it was in."""

    SMALL = auto()  # has a small letter without a mark, and so would its font
    CAPITALS = auto()
    SHOWN = auto()  # NộI
    OPEN = auto()  # Hà, ở: its small letters all have marks


def restore_capitals(line: str) -> str:
    """A line in TCVN3 with the capitals that can be told: in words of capitals, and where sentences begin."""
    return _SENTENCE_START.sub(lambda match: match[1] + match[2].upper(), _raise_words(line))


def _raise_words(line: str) -> str:
    words = _WORD.findall(line)
    sorts = [*map(_sort, words)]
    if _Sort.SHOWN not in sorts:
        return line
    raised = set(chain.from_iterable(_runs(words, sorts)))
    places = iter(range(len(words)))
    return _WORD.sub(lambda match: match.group().upper() if next(places) in raised else match.group(), line)


@lru_cache(2**12)
def _sort(word: str) -> _Sort:
    if word.isupper():
        return _Sort.CAPITALS
    if any("a" <= letter <= "z" for letter in word):
        return _Sort.SMALL
    return _Sort.SHOWN if any(map(str.isupper, word[1:])) else _Sort.OPEN


def _runs(words: Sequence[str], sorts: Sequence[_Sort]) -> list[range]:
    """Places of words in a row that are in capitals, where one of them shows it."""
    groups = groupby(range(len(words)), key=lambda at: sorts[at] is not _Sort.SMALL)
    runs = [_trimmed([*group], words, sorts) for can_be, group in groups if can_be]
    return [run for run in runs if any(sorts[at] is _Sort.SHOWN for at in run)]


def _trimmed(run: Sequence[int], words: Sequence[str], sorts: Sequence[_Sort]) -> range:
    """From the first word that is in capitals to the last, and what goes with them: the `Hà` of `Hà NộI`, the `ở` that
    begins a line. Not so the words before `ĐÀ NẴNG` in `Họ đã ở ĐÀ NẴNG`.
    """
    certain = [at for at in run if sorts[at] is not _Sort.OPEN] or [run[0]]
    first, last = certain[0], certain[-1]
    while first > run[0] and (words[first - 1][0].isupper() or first == 1):
        first -= 1
    while last < run[-1] and words[last + 1][0].isupper():
        last += 1
    return range(first, last + 1)
