"""What is indexed and what is looked for: the same tokens, made here for both, with their places in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from indexer.analysis.segmentation import segment, split_syllables
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
    tokens: list[Token] = []
    compounds: list[str] = []
    for word in segment(_place_tones(text)):
        first = len(tokens)
        for syllable, at, _ in word:
            tokens += [Token(piece, at + start, at + end) for piece, start, end in _split_syllable(syllable)]
        if len(tokens) - first > 1 and len(word) > 1:
            compounds.append(COMPOUND_SIGN.join(token.text for token in tokens[first:]))
    return Analysis(tokens, compounds)


def syllables_of(text: str) -> list[Token]:
    """Just the tokens, the same as `analyse` gives, without the cost of segmenting."""
    tokens: list[Token] = []
    for match in _RUN.finditer(text):
        at, run = match.start(), match.group()
        pieces = _split_short_run(run) if len(run) <= _LONGEST_KEPT else _split_run(run)
        tokens += [Token(piece, at + start, at + end) for piece, start, end in pieces]
    return tokens


_Piece = tuple[str, int, int]
"""A token and where it stands in the syllable or run it was cut from."""

_RUN = re.compile(r"\S+")
_LONGEST_KEPT = 40
_KEPT = 100_000


def _split_run(run: str) -> tuple[_Piece, ...]:
    """The tokens of a run without blanks; no token spans two."""
    spans = split_syllables(_place_tones(run))
    return tuple(
        (piece, span.start + start, span.start + end)
        for span in spans
        for piece, start, end in _split_syllable(span.text)
    )


_split_short_run = lru_cache(_KEPT)(_split_run)

_LETTERS = re.compile(r"[^\W\d_]+")


def _place_tones(text: str) -> str:
    """The text with every tone mark in the modern place, which the model knows best; no offset moves."""
    return text if text.isascii() else _LETTERS.sub(lambda match: place_tone(match.group()), text)


_NUMBER = re.compile(r"\d+(?:[.,_]\d+)+")
_WORD = re.compile(r"\w+")
_GLUED = {"tphcm": 2, "tphn": 2}
"""Abbreviations written together -> where they part, so that TPHCM is found as TP.HCM and TP HCM are."""


@lru_cache(_KEPT)
def _split_syllable(syllable: str) -> tuple[_Piece, ...]:
    """The tokens in a syllable: none in a sign, one in a word, several in an address."""
    if cut := _GLUED.get(syllable.lower()):
        places = [(0, cut), (cut, len(syllable))]
    elif _NUMBER.fullmatch(syllable):
        places = [(0, len(syllable))]
    else:
        places = [match.span() for match in _WORD.finditer(syllable)]
    return tuple((place_tone(syllable[start:end].lower())[:LONGEST_TOKEN], start, end) for start, end in places)
