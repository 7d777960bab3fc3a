"""Why a query finds an article, or does not, as frozen values; `reasons.text` puts each reason into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from indexer.model import Article, Notice


class Part(StrEnum):
    """The parts of an article that hold words."""

    TITLE = "title"
    LEAD = "lead"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    BYLINE = "byline"


@dataclass(frozen=True, slots=True)
class Place:
    """A part of an article in which something stands, `count` times; paragraphs and captions are counted from 1."""

    part: Part
    number: int = 1
    count: int = 1


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of an explanation; `places` are those it speaks of."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one clause of a query, or one filter, makes of the article.

    `asked` is the clause as one would type it; `score` what it adds to the article's score if the article is found.
    A clause made of others has these as `parts`.
    """

    asked: str
    holds: bool
    reasons: tuple[Reason, ...] = ()
    score: float = 0.0
    parts: tuple[Verdict, ...] = ()


class Kind(StrEnum):
    """What points are given for."""

    WORDS = "words"
    """What was asked for stands in the article."""

    NEIGHBOURS = "neighbours"
    """Words of the query stand side by side in it."""

    SPELLING = "spelling"
    """A word of it is spelled as the query most likely means."""

    COMPOUNDS = "compounds"
    """A compound of the query is a word of it."""

    TITLE = "title"
    """The title has it."""


@dataclass(frozen=True, slots=True)
class Points:
    """One summand of the score; `asked` is what it is given for."""

    kind: Kind
    asked: str
    score: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that can be said of one question and one article.

    The question finds the article if `query` and all `filters` hold. `rank` is its place in the list of `total`, None
    when it is not among the first or not in the list. `order` says what else than the score decided its place.
    `points` are the score's parts, empty when the article is not found. `notices` tell how the query was read.
    """

    article: Article
    summary: Reason
    query: Verdict
    filters: tuple[Verdict, ...]
    total: int
    rank: int | None = None
    order: tuple[Reason, ...] = ()
    points: tuple[Points, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def found(self) -> bool:
        return self.query.holds and all(verdict.holds for verdict in self.filters)

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What there is to tell, line by line: the parts of a query that is nothing but parts, then the filters."""
        parts = self.query.parts if self.query.parts and not self.query.reasons else (self.query,)
        return (*parts, *self.filters)

    @property
    def score(self) -> float:
        return sum(points.score for points in self.points)
