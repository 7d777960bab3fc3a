"""What is indexed and what is looked for: the same tokens for both, with their places in the text.

Compounds come from segmentation; tokens do not need it, so queries and highlighting never pay
for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from indexer.analysis.lexing import LONGEST_KEPT, find_starts, lex
from indexer.analysis.segmentation import word_bounds
from indexer.analysis.syllables import place_tone

ANALYSIS_VERSION = 1
"""Raise it whenever any text gives other tokens or compounds: older indexes are then refused.

1: pyvi 0.1.1's syllables and words; lower case; tone marks in the new place (hoà);
   TPHCM as tp + hcm; addresses in parts.
"""

LONGEST_TOKEN = 64
"""Characters kept of a token or compound: words are shorter, and engines limit their keys."""

_LEXEMES_KEPT = 2**16


class Token(NamedTuple):
    """A syllable, number or foreign word as it is indexed; `[start:end]` is where it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """The tokens of a text in order, and its words of several syllables (`xây_dựng`) in order."""

    tokens: list[Token]
    compounds: list[str]


def analyse(text: str) -> Analysis:
    """Tokens and compounds of a canonical text; offsets point into that text.

    Raises ModelError when pyvi's model is missing or altered.
    """
    lexemes = lex(text)
    # pyvi's dictionary is spelled in the new style: `cấp ủy` is only known to it as `cấp uỷ`.
    placed = [place_tone(lexeme) for lexeme in lexemes]
    compounds = (_compound(placed[first:end]) for first, end in word_bounds(placed) if end - first > 1)
    return Analysis(_tokens(text, lexemes), [compound for compound in compounds if compound])


def syllables_of(text: str) -> list[Token]:
    """The tokens of a canonical text, exactly those of `analyse`, without the model."""
    return _tokens(text, lex(text))


def _tokens(text: str, lexemes: list[str]) -> list[Token]:
    return [
        Token(term, lexeme_start + start, lexeme_start + end)
        for lexeme, lexeme_start in zip(lexemes, find_starts(text, lexemes), strict=True)
        for term, start, end in _parts(lexeme)
    ]


_WORD_RUN = re.compile(r"\w+")
_JOINED_ABBREVIATIONS = {"tphcm": 2}
"""Written together -> where it is cut, so that TPHCM finds TP.HCM, TP. HCM and TP HCM."""


def _parts(lexeme: str) -> tuple[Token, ...]:
    """The tokens of a lexeme, with places in the lexeme: none of a sign, several of an address."""
    return _kept_parts(lexeme) if len(lexeme) <= LONGEST_KEPT else _find_parts(lexeme)


def _find_parts(lexeme: str) -> tuple[Token, ...]:
    return tuple(Token(_term(lexeme[start:end]), start, end) for start, end in _bounds(lexeme))


_kept_parts = lru_cache(_LEXEMES_KEPT)(_find_parts)


def _bounds(lexeme: str) -> Iterator[tuple[int, int]]:
    if "://" in lexeme or ("@" in lexeme and len(lexeme) > 1):
        for run in _WORD_RUN.finditer(lexeme):
            yield from _token_bounds(run.group(), run.start())
    else:
        yield from _token_bounds(lexeme.rstrip("."), 0)


def _token_bounds(word: str, start: int) -> Iterator[tuple[int, int]]:
    """Where the tokens are in a number or a run of word characters that starts at `start`."""
    end = start + len(word)
    if cut := _JOINED_ABBREVIATIONS.get(word.lower()):
        yield start, start + cut
        yield start + cut, end
    elif any(character.isalnum() for character in word):
        yield start, end


def _term(word: str) -> str:
    return place_tone(word.lower())[:LONGEST_TOKEN]


def _compound(word: list[str]) -> str | None:
    """The syllables as one term, without signs and addresses; None when fewer than two remain."""
    parts = [parts[0].text for syllable in word if len(parts := _parts(syllable)) == 1]
    return "_".join(parts)[:LONGEST_TOKEN] if len(parts) > 1 else None
