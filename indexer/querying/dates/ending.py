"""A date in words at the end of a query: `chợ hoa Tết 2015` -> Tết 2015, and what is asked besides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from indexer.querying.dates.periods import Period
from indexer.querying.dates.reading import read_period

_MOST_WORDS = 10
_PLAIN = re.compile(r"[\w\s/.,–-]+")


@dataclass(frozen=True, slots=True)
class Ending:
    """A date as it was said, its days, and what stands before it ("" if nothing does)."""

    rest: str
    said: str
    period: Period


def date_at_end(text: str, today: date | None = None) -> Ending | None:
    """The longest date in words that ends a text of plain words, if one does. Numbers alone are no words.

    `today` as in `read_period`.
    """
    words = text.split()
    if not _PLAIN.fullmatch(text) or any(word.startswith("-") for word in words):
        return None
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        said = " ".join(words[-count:])
        period = read_period(said, today) if any(map(str.isalpha, said)) else None
        if period:
            return Ending(" ".join(words[:-count]), said.strip(",. "), period)
    return None
