"""Dates as readers write them: a year, a month, a day or a time in words, alone or as a range. Day before month.

`2020`, `07/2020`, `1/7/2020`, `1-7-2020`, `2020-07-01`, `2019..2020`, `2019-2020`, `2019..`, `..2019`; in words see
`words` and `recent`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from indexer.querying.dates.periods import Period, day_of, months_of, within_limits
from indexer.querying.dates.recent import vietnam_today
from indexer.querying.dates.words import read_words

# One separator within a date, so that `1/7-2020` is not taken for a date.
_SHAPES = tuple(
    re.compile(shape, re.ASCII)
    for shape in (
        r"(?P<year>\d{4})",
        r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})",
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})",
        r"(?P<day>\d{1,2})(?P<by>[-/.])(?P<month>\d{1,2})(?P=by)(?P<year>\d{4})",
        r"(?P<year>\d{4})(?P<by>[-/.])(?P<month>\d{1,2})(?P=by)(?P<day>\d{1,2})",
    )
)

# Some keyboards make one character of three dots. A hyphen between two years can mean nothing else.
_RANGE_MARK = re.compile(r"\.{2,}|…|(?<=^\d{4})[-–](?=\d{4}$)", re.ASCII)

_BLANKS = " \t\r\n"
_AROUND = f"{_BLANKS},;."  # what a sentence may leave around a date


@dataclass(frozen=True, slots=True)
class DayRange:
    """Two days which both count; None leaves a side open; `swapped`: written later date first."""

    since: date | None
    until: date | None
    swapped: bool = False


def read_period(text: str, today: date | None = None) -> Period | None:
    """The first and last day that `text` means, or None where it is no date of 1800 to 2100.

    Args:
        text: a date as a reader writes it.
        today: what `hôm qua` counts from; today in Vietnam if left out.
    """
    written = text.strip(_AROUND)
    matches = (shape.fullmatch(written) for shape in _SHAPES)
    found = next((match.groupdict() for match in matches if match), None)
    if found is None:
        return read_words(written, today or vietnam_today())
    return _days(int(found["year"]), found.get("month"), found.get("day"))


def read_range(text: str, today: date | None = None) -> DayRange | None:
    """The days that a date or a range of dates means, or None where a side is not a date.

    A range written backwards is turned round and says so in `swapped`. `today` as in `read_period`.
    """
    sides = _RANGE_MARK.split(text.strip(_BLANKS), maxsplit=1)
    periods = [read_period(side, today) for side in sides]
    if any(not period and side.strip() for side, period in zip(sides, periods, strict=True)):
        return None
    if not any(periods):
        return None
    first, last = periods[0], periods[-1]
    if first and last and first[0] > last[1]:
        return DayRange(last[0], first[1], swapped=True)
    return DayRange(first[0] if first else None, last[1] if last else None)


def _days(year: int, month: str | None, day: str | None) -> Period | None:
    if month is None:
        period = months_of(year, 1, 12) if year else None
    elif day is None:
        period = months_of(year, int(month), 1) if year and 1 <= int(month) <= 12 else None
    else:
        found = day_of(year, int(month), int(day)) if year else None
        period = (found, found) if found else None
    return period if period and within_limits(period) else None
