"""Vietnamese words: the syllables that pyvi 0.1.1 joins, by its own model, but not its code.

pyvi labels each syllable with a CRF: it begins a word, or continues one. Importing pyvi costs a
second and 90 MB, and running it many times what this takes (`make bench`). Two things make the
difference: with two labels the best path needs only the *difference* of their scores, and what
the features of one syllable add up to is worked out once and kept.
"""

from __future__ import annotations

import string
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from indexer.analysis.crf_model import (
    BEGINS,
    CONTINUES,
    load_model,
    load_words,
    pyvi_models,
)
from indexer.analysis.lexing import lex
from indexer.analysis.memo import Memo


def pyvi_tokens(text: str) -> list[str]:
    """The tokens of any text that pyvi's `ViTokenizer.tokenize` joins with blanks; `_` joins words.

    Raises ModelError when pyvi's model is missing or altered.
    """
    lexemes = lex(unicodedata.normalize("NFC", text))
    tokens: list[str] = []
    done = 0
    for first, end in find_words([features_of(lexeme) for lexeme in lexemes]):
        tokens += lexemes[done:first]
        tokens.append("_".join(lexemes[first:end]))
        done = end
    return tokens + lexemes[done:]


def find_words(features: Sequence[Features]) -> list[tuple[int, int]]:
    """The words of more than one lexeme in a text, each as a half-open range of lexeme numbers."""
    if not features:
        return []
    words: list[tuple[int, int]] = []
    for number in _continuing(_candidates(features)):
        # pyvi's rules on top of the model: no sign, no number, no capital after a small letter.
        if not number or not _NEVER_JOINED < features[number][_CASE] <= features[number - 1][_CASE]:
            continue
        first = words.pop()[0] if words and words[-1][1] == number else number - 1
        words.append((first, number + 1))
    return words


# The model, and what it says of one lexeme

_Seconds = Mapping[str, tuple[bool, frozenset[str]]]
"""What may follow a first syllable in the dictionary: whether the two are a word, and what makes them one of three."""


@dataclass(frozen=True, slots=True)
class _Model:
    """pyvi's CRF and its dictionary of words, by their first syllable."""

    weights: Mapping[str, float]
    words: _Words
    begin_begin: float
    begin_continue: float
    continue_begin: float
    continue_continue: float
    pair_at_first: float
    pair_at_second: float
    triple_at_first: float
    triple_at_third: float

    def weight(self, attribute: str) -> float:
        return self.weights.get(attribute, 0.0)

    def transition(self, lead: float) -> float:
        """What the next lexeme's lead has from this one's, before its own score."""
        to_continue, to_begin = lead + self.continue_continue, lead + self.continue_begin
        # Conditional expressions, since max() would take half as long again.
        to_continue = to_continue if to_continue > self.begin_continue else self.begin_continue
        to_begin = to_begin if to_begin > self.begin_begin else self.begin_begin
        return to_continue - to_begin

    @property
    def transition_from_begin(self) -> float:
        """The same where the best paths to both labels come from BEGINS."""
        return self.begin_continue - self.begin_begin

    @property
    def least_before_begin(self) -> float:
        """The lead that a lexeme must exceed to continue a word, if the next one begins one."""
        return self.begin_begin - self.continue_begin

    @property
    def least_before_continue(self) -> float:
        return self.begin_continue - self.continue_continue

    @property
    def surely_begins(self) -> float:
        """Below this lead a lexeme begins a word whatever the next one does; the margin is for rounding."""
        return min(self.least_before_begin, self.least_before_continue) - 1e-6


@cache
def _model() -> _Model:
    """Loaded with the first word, in 50 ms: whoever does not segment does not wait for it."""
    folder = pyvi_models()
    crf = load_model(folder)
    return _Model(
        weights=crf.weights,
        words=_Words(load_words(folder)),
        begin_begin=crf.transitions[BEGINS, BEGINS],
        begin_continue=crf.transitions[BEGINS, CONTINUES],
        continue_begin=crf.transitions[CONTINUES, BEGINS],
        continue_continue=crf.transitions[CONTINUES, CONTINUES],
        pair_at_first=crf.weights.get("+1:word.bi_gram()", 0.0),
        pair_at_second=crf.weights.get("-1:word.bi_gram()", 0.0),
        triple_at_first=crf.weights.get("+2:word.tri_gram()", 0.0),
        triple_at_third=crf.weights.get("-2:word.tri_gram()", 0.0),
    )


class _Words:
    """The words of two and of three syllables: first -> second -> ...

    They are taken apart when their first syllable is asked for: an article has a tenth of these, and all together take
    as long as everything else that a run with one article does.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._others: dict[str, list[str]] = defaultdict(list)
        for word in words:
            first, _, others = word.partition(" ")
            if others:
                self._others[first].append(others)
        self._seconds: dict[str, _Seconds] = {}

    def after(self, first: str) -> _Seconds:
        """What completes a syllable to words."""
        seconds = self._seconds.get(first)
        if seconds is None:
            others = self._others.get(first)
            if others is None:
                return _NO_SECONDS
            seconds = self._seconds[first] = _seconds_of(others)  # two threads may both do it: to the same end
        return seconds


def _seconds_of(others: Sequence[str]) -> _Seconds:
    found: dict[str, tuple[bool, frozenset[str]]] = {}
    for rest in others:
        # Interned, as terms are: equal strings are then one object, which costs a comparison and memory less each.
        match [sys.intern(syllable) for syllable in rest.split(" ")]:
            case [second]:
                found[second] = (True, found.get(second, _UNKNOWN)[1])
            case [second, third]:
                is_word, thirds = found.get(second, _UNKNOWN)
                found[second] = (is_word, thirds | {third})
    return found


_UNKNOWN: tuple[bool, frozenset[str]] = (False, frozenset())

_NEVER_JOINED, _SMALL, _CAPITAL = 0, 1, 2


Features = tuple[str, float, float, float, _Seconds, int]
"""What the model and pyvi's rules say of one lexeme, whatever stands around it: lower, own, for_next, for_previous,
seconds, case.

`lower` is its spelling. `own`, `for_next` and `for_previous` are how much it speaks for CONTINUES at itself and at its
neighbours. `seconds` completes it to words of the dictionary. `case` is how it begins, such that a lexeme may continue
a word begun by one of the same case or a higher one.

A plain tuple, because all of them are wanted at once and unpacking one takes a third of the time of six attributes.
"""

_LOWER: Final = 0
_CASE: Final = 5
_NO_SECONDS: _Seconds = {}
_END: Features = (" ", 0.0, 0.0, 0.0, _NO_SECONDS, _NEVER_JOINED)
"""Stands after the last lexeme."""


def features_of(lexeme: str) -> Features:
    """What there is to know of a lexeme before `find_words`.

    Raises ModelError when pyvi's model is missing or altered.
    """
    return _kept_features[lexeme]


def _features(lexeme: str) -> Features:
    model = _model()
    lower = sys.intern(lexeme.lower())
    own = _weight_at("", lexeme) + model.weight("bias") + _weight_if_digits(lexeme)
    seconds = model.words.after(lower)
    return lower, own, _weight_at("-1:", lexeme), _weight_at("+1:", lexeme), seconds, _case(lexeme)


_kept_features = Memo(_features, 2**14)
"""Twice this is held: the spellings of a year of a newspaper, but for names and numbers that come once."""


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


def _case(lexeme: str) -> int:
    """As in pyvi: no single sign is ever joined, but `->` and `...` may be."""
    if lexeme in string.punctuation or lexeme[0].isdigit():
        return _NEVER_JOINED
    return _CAPITAL if lexeme[0].istitle() else _SMALL


# The best path


def _candidates(features: Sequence[Features]) -> list[tuple[int, float]]:
    """The lexemes that may continue a word, each with its lead; the last one always, for it has nothing after it.

    A lead is how far the best path that continues a word at a lexeme is ahead of the best that
    begins one: Viterbi's algorithm (1967) over differences. This is the innermost loop of an index
    run. It works out scores and leads together, in two thirds of the time that two loops take.
    """
    model = _model()
    surely_begins, transition_from_begin = model.surely_begins, model.transition_from_begin
    found: list[tuple[int, float]] = []
    # Where words of the dictionary that began before have their second and third syllable.
    is_second = False
    third_places: list[int] = []
    lead = transition = before = 0.0
    _, own, for_next, _, seconds, _ = features[0]
    for number, after in enumerate([*features[1:], _END]):
        lower_after, own_after, for_next_after, for_previous, seconds_after, _ = after
        score = own + before + for_previous
        if third_places and third_places[0] == number:
            score += model.triple_at_third
            del third_places[0]
        if is_second:
            score += model.pair_at_second
            is_second = False
        if lower_after in seconds:
            is_second, thirds = seconds[lower_after]
            if is_second:
                score += model.pair_at_first
            if thirds and number + 2 < len(features) and features[number + 2][_LOWER] in thirds:
                score += model.triple_at_first
                third_places.append(number + 2)
        lead = transition + score
        if lead < surely_begins:  # three lexemes in four
            transition = transition_from_begin
        else:
            found.append((number, lead))
            transition = model.transition(lead)
        own, before, for_next, seconds = own_after, for_next, for_next_after, seconds_after
    last = len(features) - 1
    return found if found and found[-1][0] == last else [*found, (last, lead)]


def _continuing(candidates: list[tuple[int, float]]) -> list[int]:
    """The numbers of the lexemes that continue a word on the best path, which is traced back from its end.

    A lexeme does if its lead pays for the label after it. The leads alone tell that, so no back
    pointers are kept. A tie begins a word, as in CRFsuite.
    """
    least_before_begin, least_before_continue = _model().least_before_begin, _model().least_before_continue
    last = candidates[-1][0]
    found: list[int] = []
    for number, lead in reversed(candidates):
        if number == last:
            least = 0.0
        elif found and found[-1] == number + 1:
            least = least_before_continue
        else:
            least = least_before_begin
        if lead > least:
            found.append(number)
    return found[::-1]
