"""What an engine has to find and how it is ranked, in terms every engine has: no schema, no query language.

A clause matches articles; the clauses that look for text also score them. Engines must give a clause the same
articles and, to rounding, the same score (`tests/indexer/engines/test_contract.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil

TITLE, BODY = "title", "body"
TEXT_FIELDS = (TITLE, BODY)


@dataclass(frozen=True, slots=True)
class Spellings:
    """One syllable, in any of the spellings `terms`; they count as one word (frequencies add up)."""

    terms: tuple[str, ...]
    fields: tuple[str, ...] = TEXT_FIELDS


@dataclass(frozen=True, slots=True)
class Sequence:
    """Syllables side by side in this order, within one passage of one field."""

    parts: tuple[Spellings, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        return self.parts[0].fields


@dataclass(frozen=True, slots=True)
class Near:
    """Syllables near each other in one field: every other one at most `distance` words from the first, on either side.

    A passage break counts as one word.
    """

    parts: tuple[Spellings, ...]
    distance: int

    @property
    def fields(self) -> tuple[str, ...]:
        return self.parts[0].fields


@dataclass(frozen=True, slots=True)
class Compound:
    """A segmented word such as `xây_dựng`, whichever field it stands in."""

    term: str


@dataclass(frozen=True, slots=True)
class ByAuthor:
    """Articles by any of these author keys."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """Published between two days that both count; None leaves a side open. An undated article never matches."""

    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every clause; of no clauses: every article."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one clause; of no clauses: no article."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """No clause."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Weighted:
    """The clause, its score times `weight`: what was not typed but means the same."""

    clause: Clause
    weight: float


@dataclass(frozen=True, slots=True)
class MostOf:
    """Of the articles that match all of `required`, those that match most of `clauses`.

    "Most" is `share` of what the article that matches most of them matches, rounded up. Where none matches any of them,
    nothing is found, or, with `even_none`, all that matches what is required. Stands only at the top of a plan, as it
    is said of the whole archive.
    """

    clauses: tuple[Clause, ...]
    required: tuple[Clause, ...] = ()
    share: float = 1.0
    even_none: bool = False

    def least(self, most: int) -> int:
        """How many clauses an article must match where the best one matches `most`."""
        return max(0 if self.even_none else 1, ceil(self.share * most))


WrittenClause = Spellings | Sequence | Near
"""Words as they are written in the text, so that they can be lit in it."""

TextClause = WrittenClause | Compound
Clause = TextClause | ByAuthor | Published | AllOf | AnyOf | NoneOf | Weighted

EVERYTHING = AllOf(())
NOTHING = AnyOf(())


@dataclass(frozen=True, slots=True)
class Bonus:
    """A clause that adds `weight` times its score to the best of the articles that match anyway.

    Engines add bonuses to the first `ranking.RESCORED` results by relevance, and put these in order again.
    """

    clause: TextClause
    weight: float


@dataclass(frozen=True, slots=True)
class Plan:
    """How to answer one query.

    `match` decides which articles are found. Those that also match the first of `tiers` stand above all others,
    whatever their score; of the others those that match the second, and so on. `lit` are the clauses
    whose words are highlighted.
    """

    match: Clause | MostOf
    bonuses: tuple[Bonus, ...] = ()
    tiers: tuple[Clause, ...] = ()
    lit: tuple[WrittenClause, ...] = ()


def texts_in(clause: Clause | MostOf) -> Iterator[TextClause]:
    """The text clauses that a clause is made of, or is itself."""
    match clause:
        case Spellings() | Sequence() | Near() | Compound():
            yield clause
        case AllOf(clauses) | AnyOf(clauses) | NoneOf(clauses):
            for part in clauses:
                yield from texts_in(part)
        case Weighted(part):
            yield from texts_in(part)
        case MostOf(clauses, required):
            for part in (*clauses, *required):
                yield from texts_in(part)
