"""Text -> how Vietnamese it is: words with marks that are legal syllables, against what no text has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from indexer.analysis.syllables import is_legal

_WORD = re.compile(r"[^\W\d_]+")

_SIGNS = "\u00a1-\u00bf\u00d7\u00f7"
_STRAY = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd¡¢£¤¥¦¨ª¬¯¸¹º¿ƒ†‡ˆ˜‹›\u0300-\u036f]"
    f"|(?<=[^\\W\\d_])[{_SIGNS}](?=[^\\W\\d_])"  # a sign within a word
    "|[§®¶\u00ad][^\\W\\d_]"  # or at its beginning
)
"""Controls, marks on no letter, and signs where there are none in print. `m²`, `«lá»` and `20 °C` there are."""

_LONGEST_KEPT = 40
"""Characters between blanks whose weight is kept: the same ones come again, in every article."""


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
    """How Vietnamese a text is; NFC and NFD weigh the same."""
    pieces = [piece for piece in normalize("NFC", text).split(" ") if not (piece.isascii() and piece.isprintable())]
    weights = [_weight(piece) if len(piece) <= _LONGEST_KEPT else _weigh(piece) for piece in pieces]
    return Weight(sum(legal for legal, _ in weights), sum(wrong for _, wrong in weights))


def has_stray(text: str) -> bool:
    """Whether it has what no text has."""
    return _STRAY.search(text) is not None


def _weigh(piece: str) -> tuple[int, int]:
    """What is legal and what is wrong between two blanks."""
    told = [_tell(word) for word in _WORD.findall(piece) if not word.isascii()]
    return told.count(True), told.count(False) + len(_STRAY.findall(piece))


_weight = lru_cache(2**16)(_weigh)


def _tell(word: str) -> bool | None:
    """Whether it is a syllable, as they are printed: a wrong character set mixes capitals and small letters.

    Old texts have ð, which looks like đ. `HĐND` says nothing.
    """
    if word[1:].islower() or word.isupper() or len(word) == 1:
        if is_legal(word.lower().replace("ð", "đ")):
            return True
        if word.isupper() and word.replace("Đ", "").isascii():
            return None
    return False
