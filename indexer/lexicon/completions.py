"""What is kept to complete what readers type: its compounds and names, as they are shown, by what is left of
them without marks and capitals.

    completions.*         vocabulary of the texts (`xây dựng`, `Khánh Hòa`), in the order of their folded forms
    completions.articles  how many articles hold each; and how many of them
    completions.people    call a name a person,
    completions.places    call it a place

In a table of MANY_ARTICLES or more, what stands in fewer than FEWEST articles is left out, and so are names of which
nobody can say what they are.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.names import Names, name_kind
from indexer.analysis.syllables import fold, place_tone_old
from indexer.array_file import Array, ArrayFile, narrowest
from indexer.lexicon.vocabulary import Vocabulary, vocabulary_arrays
from indexer.model import Completion, CompletionKind

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

    def negated(self) -> Held:
        return Held(-self.articles, -self.people, -self.places)

    def kind_of(self, text: str) -> CompletionKind | None:
        """What the text is, None where nobody can say."""
        return name_kind(text, *self) if is_name(text) else CompletionKind.WORD


NOT_HELD = Held(0)


class Beginning(NamedTuple):
    """What is kept that begins in one way, and whether it is all there is; no other stands in more than `others`."""

    found: dict[str, Held]
    is_all: bool
    others: int = 0


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


def completion_arrays(texts: Iterable[tuple[str, Held]]) -> dict[str, Array]:
    """The arrays of the texts, each of which comes once."""
    held_of = dict(texts)
    order = sorted(held_of, key=completion_order)
    held = np.array([held_of[text] for text in order], np.int64).reshape(-1, len(Held._fields))
    columns = {f"completions.{name}": narrowest(held[:, column]) for column, name in enumerate(Held._fields)}
    return {**vocabulary_arrays("completions", [text.encode() for text in order]), **columns}


def completion_order(text: str) -> tuple[str, str]:
    """The texts of a table ascend by this."""
    return folded(text), text


def kept_texts(
    compounds: Sequence[bytes], counts: NDArray[np.int64], names: NameCounts, articles: int
) -> Iterator[tuple[str, Held]]:
    """What a table of so many articles keeps; `counts` is the number of articles of each compound."""
    is_large = articles >= MANY_ARTICLES
    for number in np.flatnonzero(counts >= (FEWEST if is_large else 1)).tolist():
        yield _shown(compounds[number].decode()), Held(int(counts[number]))
    for name, held in names:
        if not is_large or is_worth_keeping(name, held):
            yield name, held


def is_worth_keeping(text: str, held: Held) -> bool:
    """Whether a large table keeps it."""
    return held.articles >= FEWEST and held.kind_of(text) is not None


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
    """The compounds and names of an open file."""

    def __init__(self, file: ArrayFile) -> None:
        self._texts = Vocabulary(file, "completions")
        self._columns = [file.array(f"completions.{name}") for name in Held._fields]

    def beginning_with(self, folded_prefix: str, limit: int) -> Beginning:
        """The texts whose folded form begins so: all of them, or those in most articles."""
        first = self._first_at_least(folded_prefix)
        last = self._first_at_least(folded_prefix + _AFTER_ALL)
        numbers, others = np.arange(first, last), 0
        is_all = len(numbers) <= limit
        if not is_all:
            counts = self._columns[0][first:last].astype(np.int64)
            order = np.argsort(-counts, kind="stable")
            numbers, others = numbers[order[:limit]], max(int(counts[order[limit]]), 0)
        held = zip(*(column[numbers].tolist() for column in self._columns), strict=True)
        found = {self._text(number): Held(*counts) for number, counts in zip(numbers.tolist(), held, strict=True)}
        return Beginning(found, is_all, others)

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

    def __iter__(self) -> Iterator[tuple[str, Held]]:
        """All texts, in their order."""
        counts = zip(*(column.tolist() for column in self._columns), strict=True)
        return ((text.decode(), Held(*held)) for text, held in zip(self._texts, counts, strict=True))

    def names(self) -> Iterator[tuple[str, Held]]:
        """All names, without the compounds."""
        return ((text, held) for text, held in self if is_name(text))

    def _first_at_least(self, folded_text: str) -> int:
        return bisect_left(range(len(self._texts)), folded_text, key=lambda number: folded(self._text(number)))

    def _text(self, number: int) -> str:
        return self._texts[number].decode()

    def _held(self, number: int) -> Held:
        return Held(*(int(column[number]) for column in self._columns))


def most_held(tables: Sequence[Completions], prefix: str, limit: int) -> tuple[Completion, ...]:
    """Over all tables, the texts whose folded form begins so; see `ports.Lexicon.completions`.

    Each table is asked for its most frequent ones, and for more as long as one that none has told may be among the
    first: Fagin's threshold algorithm.
    """
    asked = limit if len(tables) == 1 else 2 * limit
    while True:
        found = [table.beginning_with(prefix, asked) for table in tables]
        known = _first_of(tables, found, limit)
        untold = sum(part.others for part in found)
        is_full = len(known) == limit
        if not untold or (is_full and (len(tables) == 1 or known[-1].count > untold)):
            return tuple(known)
        asked *= 4


def _first_of(tables: Sequence[Completions], found: Sequence[Beginning], limit: int) -> list[Completion]:
    """Of the texts that some table has told, those that most articles hold. One that cannot be among them any more,
    by what each table may know of it at most, is not looked up."""
    known: list[Completion] = []
    told = (
        (sum(_most(text, part) for part in found), text) for text in {text for part in found for text in part.found}
    )
    for most, text in sorted(told, reverse=True):
        if len(known) >= limit and known[limit - 1].count > most:
            break
        held = _held_by_all(text, tables, found)
        kind = held.kind_of(text) if held.articles > 0 else None
        if kind:
            insort(known, Completion(kind, text, held.articles), key=_listed_order)
    return known[:limit]


def _most(text: str, part: Beginning) -> int:
    held = part.found.get(text)
    return held.articles if held else part.others


def _listed_order(one: Completion) -> tuple[int, str, str]:
    return (-one.count, *completion_order(one.text))


def _held_by_all(text: str, tables: Sequence[Completions], found: Sequence[Beginning]) -> Held:
    """What all tables know of a text; one is asked again only where it may know more than it was asked to tell."""
    told = (
        part.found.get(text) or (NOT_HELD if part.is_all else table.held(text))
        for table, part in zip(tables, found, strict=True)
    )
    return sum(told, NOT_HELD)
