"""The ways in which words may go on, from the lexicon alone: first those that go on from most of the words, then what
the archive has right after the last word but one, then what goes on from the last word by itself.

The words before are always kept. Where none of them has a mark they get those that they most likely have before what
follows; see `WayOn` for where that is not sure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, partial
from itertools import islice
from typing import NamedTuple

from indexer.analysis.syllables import fold, goes_on, has_marks, place_tone_old
from indexer.analysis.tokens import terms_of
from indexer.model import Completion, CompletionKind
from indexer.ports import Lexicon
from indexer.querying.respelling import respell_text
from indexer.suggesting.before import WordsBefore

FEWEST_LETTERS = 2
"""Before there are so many, anything may follow."""

MOST_WORDS = 8
"""Of longer runs of words nothing is completed but the end."""

LOOKED_AT = (100, 1000)
"""How many of the most frequent are looked at for those that keep the marks: some first, more where those are few."""

FOLLOWING = 200
"""How many words that begin as the last one does, the most frequent ones, are looked at for those that follow."""


class WayOn(NamedTuple):
    """All the words as they may go on.

    `before`: how the words before may be spelled, the likeliest first; only one way where that is sure. `end`: what
    they go on with. `unmarked`: all of it without any mark, for where it is not sure. `is_attested`: the archive has
    the last of the words before, in the likeliest spelling, and the end side by side.
    """

    kind: CompletionKind
    before: tuple[str, ...]
    end: str
    unmarked: str = ""
    is_attested: bool = True

    def after(self, before: str) -> str:
        """All of it, with the words before spelled in one of the ways."""
        return f"{before} {self.end}".strip()


def ways_on(typed: str, lexicon: Lexicon, count: int, *, restores: bool) -> Iterator[list[WayOn]]:
    """The ways in which `typed` may go on, in groups, the best group first, and the best of a group.

    Args:
        typed: words between single blanks, with one at the end where the last word is finished.
        lexicon: of the archive.
        count: how many a group has, or some more.
        restores: whether words without marks may get some; what is typed with marks is as it should be.
    """
    words = typed.split(" ")
    last = len(words) - 1 if words[-1] else len(words) - 2
    join = _Joiner(lexicon, restores=restores, is_open=not has_marks(typed))
    for start in range(max(0, last + 1 - MOST_WORDS), last):
        found = _beginning_with(" ".join(words[start:]), lexicon, count)
        yield sorted((join(words[:start], one) for one in found), key=lambda way: not way.is_attested)
    if last < 0 or letters(words[last]) < FEWEST_LETTERS:
        return
    named = [join(words[:last], one) for one in _beginning_with(" ".join(words[last:]), lexicon, count)]
    whole, begun = _single(words, lexicon, count) if last and words[-1] else ([], [])
    yield [
        *(join(words[:last], one) for one in whole),
        *(way for way in named if way.is_attested),
        *(join(words[:last], one) for one in begun),
    ]
    yield named


class _Joiner:
    """Puts words before what they go on with. `is_open`: no mark was typed; else words that may be spelled in several
    ways stay as they are.
    """

    def __init__(self, lexicon: Lexicon, *, restores: bool, is_open: bool) -> None:
        self._lexicon, self._restores, self._is_open = lexicon, restores, is_open
        self._before = cache(partial(WordsBefore, lexicon))
        self._spelled = cache(lambda terms, following: self._before(terms).spelled(following))

    def __call__(self, before: list[str], one: Completion) -> WayOn:
        text = " ".join(before)
        terms = tuple(terms_of(text.lower()))
        if not terms:
            return WayOn(one.kind, (text,), one.text)
        first = next(iter(terms_of(one.text.lower())), "")
        readings = self._spelled(terms, first) if self._restores else [terms]
        if len(readings) > 1 and not self._is_open:
            readings = [terms]
        is_attested = bool(self._lexicon.pair_counts(readings[0][-1:], (first,)).sum())
        spelled = tuple(_respelled(text, reading) for reading in readings)
        return WayOn(one.kind, spelled, one.text, f"{text} {fold(one.text)}", is_attested)


def _respelled(text: str, terms: tuple[str, ...]) -> str:
    return respell_text(text, lambda _: terms)


def _single(words: list[str], lexicon: Lexicon, count: int) -> tuple[list[Completion], list[Completion]]:
    """Words that follow those before in the archive: those that have all letters of the last one, and longer ones."""
    *before, last = words
    terms = [term for word in before[-MOST_WORDS:] for term in terms_of(word.lower())]
    typed = terms_of(last.lower())
    if not terms or len(typed) != 1:
        return [], []
    after = (term for term in lexicon.beginning_with(fold(typed[0])) if goes_on(term, typed[0]))
    found = WordsBefore(lexicon, terms).likely_next(tuple(islice(after, FOLLOWING)), count)
    ends = [Completion(CompletionKind.WORD, place_tone_old(term), 0) for term in found]
    whole = [end for end in ends if len(end.text) == len(typed[0])]
    return whole, [end for end in ends if end not in whole]


def _beginning_with(typed: str, lexicon: Lexicon, count: int) -> list[Completion]:
    """The most frequent words and names that go on from what was typed, without what is there already."""
    typed = typed.lower()
    there = " ".join(map(place_tone_old, typed.split()))
    found: list[Completion] = []
    for limit in LOOKED_AT:
        candidates = lexicon.completions(fold(typed), limit)
        fitting = (one for one in candidates if typed.isascii() or goes_on(one.text.lower(), typed))
        found = [one for one in _distinct(fitting) if one.text.lower() != there]
        if len(found) >= count:
            break
    return found[:count]


def _distinct(candidates: Iterable[Completion]) -> list[Completion]:
    """One of those that differ in capitals only, and so ask the same: the name, unless it is mostly a word.

    The articles of a name are among those of the word: segmentation knows no capitals.
    """
    chosen: dict[str, Completion] = {}
    for one in candidates:
        key = one.text.lower()
        other = chosen.get(key)
        if other is None or (other.kind is CompletionKind.WORD and 2 * one.count >= other.count):
            chosen[key] = one
    return sorted(chosen.values(), key=lambda one: -one.count)


def letters(text: str) -> int:
    """How many letters and digits there are."""
    return sum(character.isalnum() for character in text)
