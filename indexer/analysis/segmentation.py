"""Vietnamese words: syllables grouped exactly as pyvi 0.1.1 does, by its own model, without its code.

pyvi scores a sentence with a CRF of two labels (a syllable begins a word, or continues one). With two labels the best
path needs only the *difference* of their scores, and the features of a syllable can be summed up once and kept: that
is where the speed comes from. Rounding follows CRFsuite's order of preference: ties begin a word.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from indexer.analysis.crf_model import BEGINS, CONTINUES, load_model, load_words


class Span(NamedTuple):
    """A piece of text and where it stands."""

    text: str
    start: int
    end: int


Word = list[Span]
"""The syllables of one word, in order."""

# pyvi's tokenisation into syllables, in its order of preference. `[^\s]` and the dots are pyvi's.
_ABBREVIATION = r"[A-ZĐ]+\.|Tp\.|Mr\.|Mrs\.|Ms\.|Dr\.|ThS\."
_SIGN = r"==>|->|\.\.\.|>>"
_ADDRESS = r"\w+://[^\s]+"
_MAIL = r"[a-zA-Z0-9_.+-]+@(?:[a-zA-Z0-9-]+\.)+[a-zA-Z0-9-]+"
_REST = r"\d+(?:[\.,_]\d+)+|[^\w\s]|\w+"

_PUNCTUATION = frozenset(
    string.punctuation[start:end]
    for start in range(len(string.punctuation))
    for end in range(start + 1, len(string.punctuation) + 1)
)
"""pyvi asks `syllable in string.punctuation`: true for every *substring* of it."""

_LONGEST_MAIL = 320
"""Characters around an @ that can be an address (RFC 3696); more is no address but hostile, and quadratic to try."""

_MAX_KEPT = 200_000
_LONGEST_KEPT = 40


@cache
def _pattern(*, address: bool, mail: bool) -> re.Pattern[str]:
    """The pattern without the alternatives that cannot match: they cost most of the time."""
    parts = [
        _ABBREVIATION,
        _SIGN,
        *([_ADDRESS] if address else []),
        *([_MAIL] if mail else []),
        _REST,
    ]
    return re.compile("|".join(parts))


class _Syllable:
    """One syllable type with everything the model says of it on its own."""

    __slots__ = (
        "as_next", "as_previous", "begins_pair", "begins_triple", "capital", "joins", "lower", "own", "text",
    )  # fmt: skip

    def __init__(self, text: str, model: _Model) -> None:
        self.text = text
        self.lower = text.lower()
        weight = model.weight
        key = self.lower.split("\0", 1)[0]  # CRFsuite's attributes are C strings
        upper, title = text.isupper(), text.istitle()
        self.own = weight("bias") + weight(f"word.lower():{key}")
        self.own += weight("word.isupper()") * upper + weight("word.istitle()") * title
        self.own += weight("word.isdigit()") * text.isdigit()
        self.as_previous, self.as_next = (
            weight(f"{place}:word.lower():{key}")
            + weight(f"{place}:word.istitle()") * title
            + weight(f"{place}:word.isupper()") * upper
            for place in ("-1", "+1")
        )
        self.begins_pair = model.pairs.get(self.lower)
        self.begins_triple = model.triples.get(self.lower)
        self.joins = text not in _PUNCTUATION and not text[0].isdigit()
        self.capital = text[0].istitle()


@dataclass(frozen=True, slots=True)
class _Dictionary:
    pairs: dict[str, set[str]]
    triples: dict[str, dict[str, set[str]]]


class _Model:
    """The CRF's weights and pyvi's dictionary, with the syllables seen so far.

    Threads share it: entries are pure functions of their text, so the worst that a race does is make one twice.
    """

    def __init__(self) -> None:
        crf = load_model()
        self._weights = crf.attributes
        self.previous_pair, self.next_pair = (
            self.weight("-1:word.bi_gram()"),
            self.weight("+1:word.bi_gram()"),
        )
        self.previous_triple, self.next_triple = (
            self.weight("-2:word.tri_gram()"),
            self.weight("+2:word.tri_gram()"),
        )
        self.stay_begin, self.end_word, self.start_word, self.stay_inside = (
            crf.transitions.get(pair, 0.0)
            for pair in (
                (BEGINS, BEGINS),
                (CONTINUES, BEGINS),
                (BEGINS, CONTINUES),
                (CONTINUES, CONTINUES),
            )
        )
        dictionary = _read_dictionary(load_words())
        self.pairs, self.triples = dictionary.pairs, dictionary.triples
        self._syllables: dict[str, _Syllable] = {}
        self._chunks: dict[str, tuple[_Syllable, ...]] = {}
        self.line_end = _Syllable("\n", self)

    def weight(self, attribute: str) -> float:
        return self._weights.get(attribute, 0.0)

    def chunk(self, text: str) -> tuple[_Syllable, ...]:
        """The syllables of a run without white space; no syllable spans two runs."""
        found = self._chunks.get(text)
        if found is None:
            found = tuple(self._syllable(piece) for piece in _split_chunk(text))
            if len(text) <= _LONGEST_KEPT:
                if len(self._chunks) >= _MAX_KEPT:
                    self._chunks = {}
                self._chunks[text] = found
        return found

    def _syllable(self, text: str) -> _Syllable:
        found = self._syllables.get(text)
        if found is None:
            found = _Syllable(text, self)
            if len(text) <= _LONGEST_KEPT:
                if len(self._syllables) >= _MAX_KEPT:
                    self._syllables = {}
                self._syllables[text] = found
        return found


def _read_dictionary(words: list[str]) -> _Dictionary:
    pairs: dict[str, set[str]] = {}
    triples: dict[str, dict[str, set[str]]] = {}
    for word in words:
        match word.split(" "):
            case [first, second]:
                pairs.setdefault(first, set()).add(second)
            case [first, second, third]:
                triples.setdefault(first, {}).setdefault(second, set()).add(third)
    return _Dictionary(pairs, triples)


@cache
def _model() -> _Model:
    """Loaded with the first word: 50 ms that a start without segmentation does not pay."""
    return _Model()


def _split_chunk(text: str) -> list[str]:
    mail = "@" in text and len(text) <= _LONGEST_MAIL
    return _pattern(address="://" in text, mail=mail).findall(text)


_CHUNK = re.compile(r"\S+|\n")


def split_syllables(text: str) -> list[Span]:
    """The syllables, signs and line ends of a canonical text. What stands beyond a blank never changes a syllable."""
    spans = []
    for match in _CHUNK.finditer(text):
        at = match.start()
        for piece in _pieces(match.group()):
            spans.append(Span(piece, at, at + len(piece)))
            at += len(piece)
    return spans


def _pieces(chunk: str) -> list[str]:
    return [chunk] if chunk == "\n" else _split_chunk(chunk)


def segment(text: str) -> list[Word]:
    """The words of a canonical text, each as its syllables with their places. Raises ModelError without the model."""
    model = _model()
    syllables: list[_Syllable] = []
    starts: list[int] = []
    for match in _CHUNK.finditer(text):
        chunk, at = match.group(), match.start()
        for syllable in (model.line_end,) if chunk == "\n" else model.chunk(chunk):
            syllables.append(syllable)
            starts.append(at)
            at += len(syllable.text)
    words: list[Word] = []
    for joined, syllable, start in zip(_joins(model, syllables), syllables, starts, strict=True):
        span = Span(syllable.text, start, start + len(syllable.text))
        if joined:
            words[-1].append(span)
        else:
            words.append([span])
    return words


def pyvi_tokens(text: str) -> list[str]:
    """What pyvi's `ViTokenizer.tokenize` gives for a canonical text, as a list: syllables of a word joined by `_`."""
    return ["_".join(span.text for span in word) for word in segment(text)]


def _joins(model: _Model, syllables: list[_Syllable]) -> Iterator[bool]:
    """For each syllable whether it belongs to the word before it: the label, and pyvi's own conditions."""
    previous = None
    for continues, syllable in zip(_labels(model, syllables), syllables, strict=True):
        yield (
            continues
            and previous is not None
            and syllable.joins
            and previous.joins
            and (previous.capital or not syllable.capital)
        )
        previous = syllable


def _labels(model: _Model, syllables: list[_Syllable]) -> list[bool]:
    """The best path (Viterbi) as "continues a word" for each syllable.

    `lead` is how far the best path that ends in CONTINUES is ahead of the best that ends in BEGINS.
    """
    if not syllables:
        return []
    stay_begin, end_word = model.stay_begin, model.end_word
    start_word, stay_inside = model.start_word, model.stay_inside
    came_from = bytearray(len(syllables))  # bit 0: to BEGINS from CONTINUES; bit 1: to CONTINUES from CONTINUES
    lead = 0.0
    for at, score in enumerate(_scores(model, syllables)):
        if at == 0:
            lead = score
            continue
        to_begin, to_inside, path = lead + end_word, lead + stay_inside, 0
        if to_begin > stay_begin:
            path = 1
        else:
            to_begin = stay_begin
        if to_inside > start_word:
            path |= 2
        else:
            to_inside = start_word
        came_from[at] = path
        lead = to_inside - to_begin + score
    return _walk_back(came_from, lead > 0.0)


def _walk_back(came_from: bytearray, continues: bool) -> list[bool]:
    labels = [False] * len(came_from)
    for at in range(len(came_from) - 1, -1, -1):
        labels[at] = continues
        continues = bool(came_from[at] & (2 if continues else 1))
    return labels


def _scores(model: _Model, syllables: list[_Syllable]) -> Iterator[float]:
    """For each syllable how much speaks for CONTINUES: its own features, its neighbours', dictionary words around."""
    pair_before, pair_after = model.previous_pair, model.next_pair
    triple_before, triple_after = model.previous_triple, model.next_triple
    last = len(syllables) - 1
    from_previous = 0.0
    in_pair = False
    triple_now = triple_soon = 0.0  # of a dictionary word of three that began one or two syllables ago
    for at, syllable in enumerate(syllables):
        score = syllable.own + from_previous + triple_now
        triple_now, triple_soon = triple_soon, 0.0
        if in_pair:
            score += pair_before
        if at < last:
            following = syllables[at + 1]
            score += following.as_next
            seconds = syllable.begins_pair
            in_pair = seconds is not None and following.lower in seconds
            if in_pair:
                score += pair_after
            if syllable.begins_triple is not None and at + 2 <= last:
                thirds = syllable.begins_triple.get(following.lower)
                if thirds is not None and syllables[at + 2].lower in thirds:
                    score += triple_after
                    triple_soon = triple_before
            from_previous = syllable.as_previous
        yield score
