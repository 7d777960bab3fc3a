"""Dates in words -> the days that are meant: `tháng 7 năm 2015`, `quý I/2015`, `Tết 2015`, `rằm tháng Bảy 2020`.

With marks or without, in capitals or not. What can mean two things means nothing here, and neither does what leaves
the year open: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache

from indexer.querying.dates import days_and_months, feasts, spans
from indexer.querying.dates.periods import FIRST_YEAR, LAST_YEAR, Period, within_limits
from indexer.querying.dates.recent import read_recent
from indexer.querying.dates.said import Said, take_calendar, tidy
from indexer.querying.dates.years import Year, read_year

LONGEST = 80
"""Characters of a date; no way to say one takes more."""

_NO_YEAR = Year(0)


def read_words(text: str, today: date) -> Period | None:
    """The first and last day that `text` means, None if it is no date in words.

    Args:
        text: a date as a reader says it.
        today: what `hôm qua` and `năm ngoái` count from.
    """
    if len(text) > LONGEST:
        return None
    words, calendars = take_calendar(tidy(text))
    readings = _readings(words, calendars, today) if len(calendars) < 2 else ()
    return next((period for period in readings if period and within_limits(period)), None)


def _readings(words: str, calendars: set[str], today: date) -> Iterator[Period | None]:
    if not calendars:
        yield read_recent(words, today)
    for read, parts in _found(words):
        year = read_year(parts["year"], today) if "year" in parts else _NO_YEAR
        if year and (year is _NO_YEAR or FIRST_YEAR <= year.number <= LAST_YEAR):
            yield read(Said(parts, year, year.is_named or "lunar" in calendars, "solar" in calendars))


def _found(words: str) -> Iterator[tuple[Callable[[Said], Period | None], dict[str, str]]]:
    """The shapes that the words have, with the parts that are there."""
    for shape, read in _shapes():
        if found := shape.fullmatch(words):
            yield read, {name: part for name, part in found.groupdict().items() if part}


@cache  # so that they are compiled when the first date in words is read, not whenever the program starts
def _shapes() -> Sequence[tuple[re.Pattern[str], Callable[[Said], Period | None]]]:
    shapes = (*days_and_months.SHAPES, *spans.SHAPES, *feasts.SHAPES)
    return tuple((re.compile(shape, re.ASCII), read) for shape, read in shapes)
