"""Vietnamese words: the syllables that pyvi 0.1.1 joins, by its own model, but not its code.

pyvi labels each syllable with a CRF: it begins a word, or continues one. Importing pyvi costs a
second and 90 MB, and running it five times what this takes or more (`make bench`). Two things
make the difference: with two labels the best path needs only the *difference* of their scores,
and what the features of one syllable add up to is worked out once and kept.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from indexer.analysis.crf_model import (
    BEGINS,
    CONTINUES,
    CrfModel,
    load_model,
    load_words,
    pyvi_models,
)
from indexer.analysis.lexing import LONGEST_KEPT, find_starts, lex

_SYLLABLES_KEPT = 2**16


class Span(NamedTuple):
    """A stretch of a text: `text[start:end]`."""

    text: str
    start: int
    end: int


class Word(NamedTuple):
    """One or more syllables that make a word. A sign, and a line end, is a word too."""

    syllables: tuple[Span, ...]


def segment(text: str) -> list[Word]:
    """The words of a canonical text: those of pyvi, with their places.

    Raises ModelError when pyvi's model is missing or altered.
    """
    lexemes = lex(text)
    spans = [
        Span(lexeme, start, start + len(lexeme))
        for lexeme, start in zip(lexemes, find_starts(text, lexemes), strict=True)
    ]
    return [Word(tuple(spans[first:end])) for first, end in word_bounds(lexemes)]


def pyvi_tokens(text: str) -> list[str]:
    """The tokens of any text that pyvi's `ViTokenizer.tokenize` joins with blanks; `_` joins words.

    Raises ModelError when pyvi's model is missing or altered.
    """
    lexemes = lex(unicodedata.normalize("NFC", text))
    return ["_".join(lexemes[first:end]) if end - first > 1 else lexemes[first] for first, end in word_bounds(lexemes)]


def word_bounds(lexemes: Sequence[str]) -> list[tuple[int, int]]:
    """The words that the lexemes of a text make, each as a half-open range of lexeme numbers.

    Raises ModelError when pyvi's model is missing or altered.
    """
    if not lexemes:
        return []
    features = [_kept_features(lexeme) if len(lexeme) <= LONGEST_KEPT else _features(lexeme) for lexeme in lexemes]
    continues = _best_path(_scores(features))
    begins = [
        number
        for number, label in enumerate(continues)
        if not (label and number and _may_join(features[number - 1], features[number]))
    ]
    return list(pairwise([*begins, len(lexemes)]))


# The model, and what it says of one lexeme


@dataclass(frozen=True, slots=True)
class _Model:
    """pyvi's CRF and its dictionary of words, by their first syllable."""

    crf: CrfModel
    pairs: Mapping[str, frozenset[str]]
    triples: Mapping[str, Mapping[str, frozenset[str]]]

    def weight(self, attribute: str) -> float:
        return self.crf.weights.get(attribute, 0.0)


@cache
def _model() -> _Model:
    """Loaded with the first word, in 50 ms: whoever does not segment does not wait for it."""
    folder = pyvi_models()
    pairs: dict[str, set[str]] = {}
    triples: dict[str, dict[str, set[str]]] = {}
    for word in load_words(folder):
        match word.split(" "):
            case [first, second]:
                pairs.setdefault(first, set()).add(second)
            case [first, second, third]:
                triples.setdefault(first, {}).setdefault(second, set()).add(third)
    return _Model(
        load_model(folder),
        {first: frozenset(seconds) for first, seconds in pairs.items()},
        {first: {second: frozenset(thirds) for second, thirds in rest.items()} for first, rest in triples.items()},
    )


@dataclass(frozen=True, slots=True)
class _Features:
    """What the model and pyvi's rules say of one lexeme, whatever stands around it.

    `own`, `for_next` and `for_previous` are how much it speaks for CONTINUES at itself and at
    its neighbours. `seconds` completes it to the dictionary's words of two syllables, `thirds`
    to those of three, by the second.
    """

    lower: str
    own: float
    for_next: float
    for_previous: float
    seconds: frozenset[str]
    thirds: Mapping[str, frozenset[str]]
    joinable: bool
    capital: bool


_NOTHING = _Features("", 0.0, 0.0, 0.0, frozenset(), {}, joinable=False, capital=False)
"""Stands before the first lexeme and after the last."""


def _features(lexeme: str) -> _Features:
    model = _model()
    lower = lexeme.lower()
    return _Features(
        lower=lower,
        own=_weight_at("", lexeme) + model.weight("bias") + _weight_if_digits(lexeme),
        for_next=_weight_at("-1:", lexeme),
        for_previous=_weight_at("+1:", lexeme),
        seconds=model.pairs.get(lower, _NOTHING.seconds),
        thirds=model.triples.get(lower, _NOTHING.thirds),
        # As in pyvi: no single sign is ever joined, but `->` and `...` may be.
        joinable=lexeme not in string.punctuation and not lexeme[0].isdigit(),
        capital=lexeme[0].istitle(),
    )


_kept_features = lru_cache(_SYLLABLES_KEPT)(_features)


def _weight_at(place: str, lexeme: str) -> float:
    """What a lexeme's spelling and case weigh as seen from another place."""
    weight = _model().weight
    spelling = lexeme.lower().split("\0", 1)[0]  # CRFsuite takes attributes as C strings
    return (
        weight(f"{place}word.lower():{spelling}")
        + weight(f"{place}word.isupper()") * lexeme.isupper()
        + weight(f"{place}word.istitle()") * lexeme.istitle()
    )


def _weight_if_digits(lexeme: str) -> float:
    return _model().weight("word.isdigit()") * lexeme.isdigit()


def _may_join(previous: _Features, lexeme: _Features) -> bool:
    """pyvi's rules on top of the model: no sign, no number, no capital after a small letter."""
    return previous.joinable and lexeme.joinable and (previous.capital or not lexeme.capital)


# The best path


def _scores(features: list[_Features]) -> list[float]:
    """How much everything around each lexeme speaks for CONTINUES over BEGINS there."""
    weight = _model().weight
    pair_at_first, pair_at_second = weight("+1:word.bi_gram()"), weight("-1:word.bi_gram()")
    triple_at_first, triple_at_third = weight("+2:word.tri_gram()"), weight("-2:word.tri_gram()")
    befores, afters = [_NOTHING, *features[:-1]], [*features[1:], _NOTHING]
    scores = [
        lexeme.own + before.for_next + after.for_previous
        for before, lexeme, after in zip(befores, features, afters, strict=True)
    ]
    for number, (first, second) in enumerate(pairwise(features)):
        if second.lower in first.seconds:
            scores[number] += pair_at_first
            scores[number + 1] += pair_at_second
        if first.thirds and (thirds := first.thirds.get(second.lower)):
            third = number + 2
            if third < len(features) and features[third].lower in thirds:
                scores[number] += triple_at_first
                scores[third] += triple_at_third
    return scores


def _best_path(scores: list[float]) -> list[bool]:
    """Viterbi's algorithm (1967) over differences: for each lexeme, whether it continues a word."""
    return _trace_back(_leads(scores))


def _leads(scores: list[float]) -> list[float]:
    """At each lexeme, how far the best path that continues a word is ahead of the best that begins one."""
    transition = _model().crf.transitions
    begin_begin, begin_continue = transition[BEGINS, BEGINS], transition[BEGINS, CONTINUES]
    continue_begin, continue_continue = transition[CONTINUES, BEGINS], transition[CONTINUES, CONTINUES]
    lead = scores[0]
    leads = [lead]
    for score in scores[1:]:
        to_continue, to_begin = lead + continue_continue, lead + continue_begin
        # Conditional expressions, since max() would take half as long again.
        to_continue = to_continue if to_continue > begin_continue else begin_continue
        to_begin = to_begin if to_begin > begin_begin else begin_begin
        lead = to_continue - to_begin + score
        leads.append(lead)
    return leads


def _trace_back(leads: list[float]) -> list[bool]:
    """The best path, from its end: a lexeme continues a word if its lead pays for the label after it.

    The leads alone tell that, so no back pointers are kept. A tie begins a word, as in CRFsuite.
    """
    transition = _model().crf.transitions
    least_before_begin = transition[BEGINS, BEGINS] - transition[CONTINUES, BEGINS]
    least_before_continue = transition[BEGINS, CONTINUES] - transition[CONTINUES, CONTINUES]
    labels = []
    least = 0.0
    for lead in reversed(leads):
        labels.append(lead > least)
        least = least_before_continue if lead > least else least_before_begin
    return labels[::-1]
