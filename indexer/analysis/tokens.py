"""What is indexed and what is looked for: the same tokens for both, with their places in the text.

Compounds come from segmentation; tokens do not need it, so queries and highlighting never pay
for it. What a token is depends on the characters between two blanks and no others, so each such
piece is worked out once and kept: of fifty pieces of a newspaper forty-nine are known already.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from indexer.analysis.lexing import find_starts, lex
from indexer.analysis.memo import Memo
from indexer.analysis.segmentation import Features, features_of, find_words
from indexer.analysis.syllables import place_tone

ANALYSIS_VERSION = 2
"""Raise it whenever any text gives other tokens, compounds or names: older indexes are then refused.

1: pyvi 0.1.1's syllables and words; lower case; tone marks in the new place (hoà);
   TPHCM as tp + hcm; addresses in parts.
2: names, too.
"""

LONGEST_TOKEN = 64
"""Characters kept of a token or compound: words are shorter, and engines limit their keys."""

_PIECES_KEPT = 2**15
"""Twice this is held, in some 15 MB; with double that, an index run would take a hundredth less time."""

_LEXEMES_KEPT = 2**15


Bounds = tuple[int, int]
"""Start and end of a token."""


class Token(NamedTuple):
    """A syllable, number or foreign word as it is indexed; `[start:end]` is where it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """The tokens of a text in order, without their places, and its words of several syllables (`xây_dựng`) in order."""

    terms: list[str]
    compounds: list[str]


def analyse(text: str) -> Analysis:
    """What is indexed of a canonical text; the terms are those of `syllables_of`.

    Raises ModelError when pyvi's model is missing or altered.
    """
    # Most of the time of an index run is spent here, so what is done for every word is done in C or by find_words.
    lexemes = [*chain.from_iterable(map(_pieces.__getitem__, text.split(" ")))]
    terms = [term for lexeme in lexemes for term in lexeme.terms]
    parts = [lexeme.part for lexeme in lexemes]
    words = find_words([lexeme.features for lexeme in lexemes])
    compounds = [_compound(parts[first:end]) for first, end in words]
    return Analysis(terms, [compound for compound in compounds if compound])


def syllables_of(text: str) -> list[Token]:
    """The tokens of a canonical text with their places, without the model."""
    tokens: list[Token] = []
    start = 0
    for piece in text.split(" "):
        terms, bounds = _places[piece]
        for term, (first, end) in zip(terms, bounds, strict=True):
            # As Token._make does it, in half the time of calling Token: a fifth of all spent here.
            tokens.append(tuple.__new__(Token, (term, start + first, start + end)))
        start += len(piece) + 1
    return tokens


def terms_of(text: str) -> list[str]:
    """The terms of `syllables_of` alone, in a third of the time."""
    return [*chain.from_iterable(map(_FIRST, map(_places.__getitem__, text.split(" "))))]


_FIRST = itemgetter(0)


@dataclass(frozen=True, slots=True)
class _Lexeme:
    """What is indexed of a lexeme: its terms, and the one term (or "") it gives to a compound."""

    terms: tuple[str, ...]
    part: str
    features: Features


def _find_lexemes(piece: str) -> tuple[_Lexeme, ...]:
    return tuple(_lexemes[lexeme] for lexeme in lex(piece))


def _find_lexeme(lexeme: str) -> _Lexeme:
    # pyvi's dictionary is spelled in the new style: `cấp ủy` is only known to it as `cấp uỷ`.
    placed = place_tone(lexeme)
    terms = _terms(placed)
    return _Lexeme(_terms(lexeme), terms[0] if len(terms) == 1 else "", features_of(placed))


def _compound(parts: list[str]) -> str:
    """The syllables as one term, without signs and addresses; "" when fewer than two remain."""
    if "" in parts:
        parts = [part for part in parts if part]
    return "_".join(parts)[:LONGEST_TOKEN] if len(parts) > 1 else ""


# Tokens


def _find_places(piece: str) -> tuple[tuple[str, ...], tuple[Bounds, ...]]:
    """The terms of a piece of text, and their places in it: none of a sign, several of an address."""
    lexemes = lex(piece)
    bounds = tuple(
        (lexeme_start + start, lexeme_start + end)
        for lexeme, lexeme_start in zip(lexemes, find_starts(piece, lexemes), strict=True)
        for start, end in _bounds(lexeme)
    )
    return tuple(_term(piece[start:end]) for start, end in bounds), bounds


def _terms(lexeme: str) -> tuple[str, ...]:
    return tuple(_term(lexeme[start:end]) for start, end in _bounds(lexeme))


_WORD_RUN = re.compile(r"\w+")
_JOINED_ABBREVIATIONS = {"tphcm": 2}
"""Written together -> where it is cut, so that TPHCM finds TP.HCM, TP. HCM and TP HCM."""


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
    return sys.intern(place_tone(word.lower())[:LONGEST_TOKEN])


_pieces = Memo(_find_lexemes, _PIECES_KEPT)
_lexemes = Memo(_find_lexeme, _LEXEMES_KEPT)
_places = Memo(_find_places, _PIECES_KEPT)
