"""The questions of the comparison: runs of words from titles, drawn with a fixed seed, in six kinds."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is asked of the words: any, all, side by side; and whether only some years are asked for."""

    ONE = "one"
    AND2 = "and2"
    AND3 = "and3"
    PHRASE2 = "phrase2"
    OR4 = "or4"
    AND2_YEARS = "and2_years"


WORDS = {Kind.ONE: 1, Kind.AND2: 2, Kind.AND3: 3, Kind.PHRASE2: 2, Kind.OR4: 4, Kind.AND2_YEARS: 2}

FIRST_YEAR, LAST_YEAR = 2015, 2018
"""What AND2_YEARS narrows to; both count."""


@dataclass(frozen=True, slots=True)
class Query:
    """One question, in the tokens of the index."""

    kind: Kind
    terms: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.kind} {' '.join(self.terms)!r}"


def draw_queries(titles: Iterable[str], each: int) -> list[Query]:
    """`each` questions of every kind from titles that are tokens separated by blanks."""
    chance = random.Random(5)
    usable = [words for words in map(str.split, titles) if len(words) >= max(WORDS.values())]
    return [Query(kind, _run(chance, usable, length)) for kind, length in WORDS.items() for _ in range(each)]


def _run(chance: random.Random, titles: list[list[str]], length: int) -> tuple[str, ...]:
    words = chance.choice(titles)
    start = chance.randrange(len(words) - length + 1)
    return tuple(words[start : start + length])
