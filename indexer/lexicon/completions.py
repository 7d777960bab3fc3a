"""What a segment keeps to complete what readers type: its compounds and names, as they are shown, by what is left of
them without marks and capitals.

    completions.*         vocabulary of the texts (`xây dựng`, `Khánh Hòa`), in the order of their folded forms
    completions.articles  how many articles hold each; and how many of them
    completions.people    call a name a person,
    completions.places    call it a place

In a segment of MANY_ARTICLES or more, what stands in fewer than FEWEST articles is left out, and so are names of which
nobody can say what they are. Counts go on counting articles that were deleted since the segment was written; a merge
counts the compounds anew.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.names import Names, name_kind
from indexer.analysis.syllables import fold, place_tone_old
from indexer.array_file import Array, ArrayFile, narrowest
from indexer.lexicon.vocabulary import Vocabulary, vocabulary_arrays
from indexer.model import CompletionKind

MANY_ARTICLES = 10_000
FEWEST = 3
"""At 100,000 articles of news six of seven names and three of four compounds stand in one article or two."""


class Held(NamedTuple):
    """How many articles hold a compound or name, call it a person, call it a place."""

    articles: int
    people: int = 0
    places: int = 0

    def __add__(self, other: object) -> Held:
        if not isinstance(other, Held):
            return NotImplemented
        return Held(self.articles + other.articles, self.people + other.people, self.places + other.places)

    def kind_of(self, text: str) -> CompletionKind | None:
        """What the text is, None where nobody can say."""
        return name_kind(text, *self) if is_name(text) else CompletionKind.WORD


NOT_HELD = Held(0)


class Beginning(NamedTuple):
    """What is kept that begins in one way, and whether it is all there is."""

    found: dict[str, Held]
    is_all: bool


class NameCounts:
    """In how many articles each name stands, and as what."""

    def __init__(self) -> None:
        self._articles, self._people, self._places = Counter[str](), Counter[str](), Counter[str]()

    def __len__(self) -> int:
        return len(self._articles)

    def add(self, names: Names) -> None:
        """Count the names of an article."""
        for group in names:
            self._articles.update(group)
        self._people.update(names.people)
        self._places.update(names.places)

    def add_held(self, name: str, held: Held) -> None:
        self._articles[name] += held.articles
        self._people[name] += held.people
        self._places[name] += held.places

    def __iter__(self) -> Iterator[tuple[str, Held]]:
        for name, articles in self._articles.items():
            yield name, Held(articles, self._people[name], self._places[name])


def completion_arrays(
    compounds: Sequence[bytes], counts: NDArray[np.int64], names: NameCounts, articles: int
) -> dict[str, Array]:
    """The arrays; `counts` is the number of articles of each compound, `articles` the size of the segment."""
    kept = dict(_kept(compounds, counts, names, articles))
    texts = sorted(kept, key=lambda text: (folded(text), text))
    held = np.array([kept[text] for text in texts], np.int64).reshape(-1, len(Held._fields))
    columns = {f"completions.{name}": narrowest(held[:, column]) for column, name in enumerate(Held._fields)}
    return {**vocabulary_arrays("completions", [text.encode() for text in texts]), **columns}


def _kept(
    compounds: Sequence[bytes], counts: NDArray[np.int64], names: NameCounts, articles: int
) -> Iterator[tuple[str, Held]]:
    is_large = articles >= MANY_ARTICLES
    for number in np.flatnonzero(counts >= (FEWEST if is_large else 1)).tolist():
        yield _shown(compounds[number].decode()), Held(int(counts[number]))
    for name, held in names:
        if not is_large or (held.articles >= FEWEST and held.kind_of(name)):
            yield name, held


def _shown(compound: str) -> str:
    """`hoà_bình` as most newspapers print it."""
    return " ".join(map(place_tone_old, compound.split("_")))


def is_name(text: str) -> bool:
    """Names have capitals, compounds have none."""
    return text != text.lower()


def folded(text: str) -> str:
    """What is left of a text without marks and capitals."""
    return fold(text.lower())


_AFTER_ALL = "\U0010ffff"
"""Sorts behind every letter."""


class Completions:
    """The compounds and names of an open segment."""

    def __init__(self, file: ArrayFile) -> None:
        self._texts = Vocabulary(file, "completions")
        self._columns = [file.array(f"completions.{name}") for name in Held._fields]

    def beginning_with(self, folded_prefix: str, limit: int) -> Beginning:
        """The texts whose folded form begins so: all of them, or those in most articles."""
        first = self._first_at_least(folded_prefix)
        last = self._first_at_least(folded_prefix + _AFTER_ALL)
        numbers = np.arange(first, last)
        is_all = len(numbers) <= limit
        if not is_all:
            counts = self._columns[0][first:last].astype(np.int64)
            numbers = numbers[np.argsort(-counts, kind="stable")[:limit]]
        held = zip(*(column[numbers].tolist() for column in self._columns), strict=True)
        found = {self._text(number): Held(*counts) for number, counts in zip(numbers.tolist(), held, strict=True)}
        return Beginning(found, is_all)

    def held(self, text: str) -> Held:
        """What is known of a text; all zero of one that is not kept."""
        wanted = folded(text)
        for number in range(self._first_at_least(wanted), len(self._texts)):
            found = self._text(number)
            if found == text:
                return self._held(number)
            if folded(found) != wanted:
                break
        return NOT_HELD

    def names(self) -> Iterator[tuple[str, Held]]:
        """All names, without the compounds."""
        texts = ((number, text.decode()) for number, text in enumerate(self._texts))
        return ((text, self._held(number)) for number, text in texts if is_name(text))

    def _first_at_least(self, folded_text: str) -> int:
        return bisect_left(range(len(self._texts)), folded_text, key=lambda number: folded(self._text(number)))

    def _text(self, number: int) -> str:
        return self._texts[number].decode()

    def _held(self, number: int) -> Held:
        return Held(*(int(column[number]) for column in self._columns))
