"""What can be wrong with an article in the archive: the kinds, and one found case."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ProblemKind(StrEnum):
    """What a person should look at. The archive serves the article all the same."""

    NO_DATE = "no-date"
    FUTURE_DATE = "future-date"
    NO_BYLINE = "no-byline"
    MOJIBAKE = "mojibake"
    TWIN = "twin"
    NEAR_COPY = "near-copy"
    MARKUP = "markup"
    VERY_SHORT = "very-short"
    UNKNOWN_CAPTION = "unknown-caption"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of one article. `detail` is what shows it: the date, the debris, the id of the twin."""

    kind: ProblemKind
    article_id: str
    path: str
    detail: str = ""
