"""Text -> how Vietnamese it is: words with marks that are legal syllables, against what no text has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from indexer.analysis.syllables import is_legal

_WORD = re.compile(r"[^\W\d_]+")

_SIGNS = "\u00a1-\u00bf\u00d7\u00f7"
_STRAY = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd¡¢£¤¥¦¨ª¬¯¸¹º¿ƒ†‡ˆ˜‹›\u0300-\u036f]"
    f"|(?<=[^\\W\\d_])[{_SIGNS}](?=[^\\W\\d_])"  # a sign within a word
    "|[§®¶\u00ad][^\\W\\d_]"  # or at its beginning
)
"""Controls, marks on no letter, and signs where there are none in print. `m²`, `«lá»` and `20 °C` there are."""

_LONGEST = 30
"""Letters of a word that is looked at."""


@dataclass(frozen=True, slots=True)
class Weight:
    """Counts: legal syllables with a mark; words with marks that are none, and stray signs."""

    legal: int = 0
    wrong: int = 0

    def __add__(self, other: Weight) -> Weight:
        return Weight(self.legal + other.legal, self.wrong + other.wrong)

    @property
    def score(self) -> int:
        return self.legal - self.wrong

    @property
    def share(self) -> float:
        """Of legal syllables among all that tell, 0 to 1."""
        return self.legal / ((self.legal + self.wrong) or 1)


def weigh(text: str) -> Weight:
    """The weight of a text in NFC."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    legal = sum(map(_is_syllable, words))
    neutral = sum(map(_is_abbreviation, words))
    return Weight(legal, len(words) - legal - neutral + len(_STRAY.findall(text)))


def has_stray(text: str) -> bool:
    """Whether it has what no text has."""
    return _STRAY.search(text) is not None


def _is_syllable(word: str) -> bool:
    return len(word) < _LONGEST and _is_syllable_in_print(word)


@lru_cache(2**16)
def _is_syllable_in_print(word: str) -> bool:
    """A wrong character set mixes capitals and small letters. Old texts have ð, which looks like đ."""
    return (word[1:].islower() or word.isupper() or len(word) == 1) and is_legal(word.lower().replace("ð", "đ"))


def _is_abbreviation(word: str) -> bool:
    """`HĐND` says nothing."""
    return len(word) < _LONGEST and word.isupper() and word.replace("Đ", "").isascii() and not _is_syllable(word)
