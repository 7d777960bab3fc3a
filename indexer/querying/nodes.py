"""The tree the parser makes. It says what the reader wrote; what that means for an index is the planner's business."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class FieldName(StrEnum):
    """The fields a reader can name; dates become `DateRange`."""

    TITLE = "title"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class Word:
    """One unquoted run without blanks, as typed; analysis may find several syllables in it (`Covid-19`)."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Quoted words: side by side, in this order."""

    text: str


@dataclass(frozen=True, slots=True)
class Near:
    """`"xây dựng"~5`: quoted words in any order, all of them at most `distance` (1 or more) words from the first."""

    text: str
    distance: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """`xây*`, `h?a`: every word that fits, see `wildcards`.

    Every wildcard follows a letter, a digit or another wildcard; two letters or more come before a `*`.
    """

    text: str


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """None of it; stands only as a part of an `And` or alone."""

    part: Node


@dataclass(frozen=True, slots=True)
class Field:
    """`part` looked for in one field only."""

    name: FieldName
    part: Node


@dataclass(frozen=True, slots=True)
class DateRange:
    """Published between two days, both of which count; None leaves that side open."""

    since: date | None
    until: date | None


Node = Word | Phrase | Near | Pattern | And | Or | Not | Field | DateRange
