"""What can be wrong with an article in the archive: the kinds, one found case, and what staff do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ProblemKind(StrEnum):
    """What a person should look at, the gravest first. The archive serves the article all the same."""

    READER_REPORT = "reader-report"
    MOJIBAKE = "mojibake"
    FUTURE_DATE = "future-date"
    EARLY_DATE = "early-date"
    NO_DATE = "no-date"
    MARKUP = "markup"
    ODD_TITLE = "odd-title"
    VERY_SHORT = "very-short"
    TWIN = "twin"
    NEAR_COPY = "near-copy"
    UNKNOWN_CAPTION = "unknown-caption"
    NO_BYLINE = "no-byline"


COPIES = (ProblemKind.TWIN, ProblemKind.NEAR_COPY)
"""The kinds whose detail is the id of another article, an earlier one: only the later of the two has the problem."""

ACCEPTABLE = tuple(kind for kind in ProblemKind if kind is not ProblemKind.READER_REPORT)
"""The kinds that a correction can call right so; a reader's report is done with once it has been seen."""


class ReportKind(StrEnum):
    """What a reader says is wrong."""

    WORDS = "words"
    DATE = "date"
    AUTHOR = "author"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ReaderReport:
    """What a reader wrote about an article; who it was is not known. `time` is ISO 8601, in UTC.

    The title is kept for the time when the archive does not hold the article any more.
    """

    id: str
    time: str
    article_id: str
    title: str
    kind: ReportKind
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of one article. `detail` is what shows it: the date, the debris, the id of the twin.

    `path` is "" where a reader reports an article that is no longer in the archive.
    """

    kind: ProblemKind
    article_id: str
    path: str
    detail: str = ""
    report: ReaderReport | None = None


@dataclass(frozen=True, slots=True)
class Problems:
    """The problems of a build. Where not `is_whole`, some of its articles were read by a program that looked for fewer
    kinds of problems, or for none: a rebuild examines them all.
    """

    found: tuple[Problem, ...] = ()
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Correction:
    """What staff say about an article in place of what its source says.

    None is "as in the source"; "" and () are "there is none". `published` is a stamp as papers print it (`1/7/2020`),
    a caption ends with its credit (`Bến cá. (Ảnh: Lê Bình)`). `accept` are the kinds of problems that were looked at
    and are right so: they are not shown any more.
    """

    published: str | None = None
    authors: tuple[str, ...] | None = None
    title: str | None = None
    lead: str | None = None
    section: str | None = None
    source: str | None = None
    captions: tuple[str, ...] | None = None
    accept: tuple[ProblemKind, ...] = ()
    note: str = ""

    def __bool__(self) -> bool:
        return self != Correction()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an article that a correction changes; several names or captions stand on lines of their own."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A correction as it was written, or would be: into which file, and what it changes once the index is updated."""

    article_id: str
    file: str
    source: str
    changes: tuple[FieldChange, ...]
