"""What is indexed and what is looked for: the same tokens, made here for both, with their places in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from indexer.analysis.segmentation import Span, segment, split_syllables
from indexer.analysis.syllables import place_tone

ANALYSIS_VERSION = 1
"""Raise it whenever the same text gives other tokens; an index of another version is refused.

1: pyvi's syllables, lower case, modern tone placement, TPHCM as tp + hcm.
"""

LONGEST_TOKEN = 64
"""Characters of a token that count; no word is longer, and engines limit their keys."""

COMPOUND_SIGN = "_"


class Token(NamedTuple):
    """A syllable, number or foreign word as it is indexed; `text[start:end]` is what stands in the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """The tokens of a text in order, and its words of several syllables (`xây_dựng`)."""

    tokens: list[Token]
    compounds: list[str]


def analyse(text: str) -> Analysis:
    """Tokens and compounds of a canonical text. Raises ModelError where pyvi's model is missing."""
    words = segment(_placed(text))
    tokens = [token for word in words for span in word for token in _tokens(span)]
    return Analysis(tokens, [compound for word in words if (compound := _compound(word))])


def syllables_of(text: str) -> list[Token]:
    """Just the tokens, the same as `analyse` gives, without the cost of segmenting."""
    return [token for span in split_syllables(_placed(text)) for token in _tokens(span)]


_LETTERS = re.compile(r"[^\W\d_]+")


def _placed(text: str) -> str:
    """The text with every tone mark in the modern place, which the model knows best; no offset moves."""
    return text if text.isascii() else _LETTERS.sub(lambda match: place_tone(match.group()), text)


_NUMBER = re.compile(r"\d+(?:[.,_]\d+)+")
_RUN = re.compile(r"\w+")
_GLUED = {"tphcm": 2, "tphn": 2}
"""Abbreviations written together -> where they part, so that TPHCM is found as TP.HCM and TP HCM are."""


def _tokens(span: Span) -> Iterator[Token]:
    for start, end in _parts(span.text):
        piece = span.text[start:end]
        yield Token(_indexed(piece), span.start + start, span.start + end)


@lru_cache(100_000)
def _parts(text: str) -> tuple[tuple[int, int], ...]:
    """Which stretches of a syllable are tokens: none of a sign, one of a word, several of an address."""
    if cut := _GLUED.get(text.lower()):
        return ((0, cut), (cut, len(text)))
    if _NUMBER.fullmatch(text):
        return ((0, len(text)),)
    return tuple(match.span() for match in _RUN.finditer(text))


@lru_cache(100_000)
def _indexed(piece: str) -> str:
    return place_tone(piece.lower())[:LONGEST_TOKEN]


def _compound(word: Iterable[Span]) -> str | None:
    """The word as one term, without what is punctuation in it; None for a single syllable."""
    parts = [token.text for span in word for token in _tokens(span)]
    return COMPOUND_SIGN.join(parts) if len(parts) > 1 else None
