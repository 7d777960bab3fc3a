"""Counts by year, month or day -> even stretches of time from the first to the last, empty ones among them. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date

from indexer.model import FacetCount

MAX_STRETCHES = 80
"""More would make bars too thin to hit."""

STEPS = (1, 10, 100, 1000)
"""Years that stand together where there are too many: decades, centuries, and for dates gone wrong millennia."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time and what is counted in it; both its days belong to it.

    `value` is that of the facet, "" for several years together. `number` is its place on the calendar.
    """

    first: date
    last: date
    number: int
    value: str
    count: int
    chosen: bool = False


def in_years(counts: Iterable[FacetCount]) -> tuple[Stretch, ...]:
    """From the first to the last year there is, several years together where they are too many."""
    by_year = {int(count.value): count for count in counts if count.value.isdecimal() and int(count.value) >= MINYEAR}
    if not by_year:
        return ()
    first, last = min(by_year), max(by_year)
    step = next(step for step in STEPS if last // step - first // step < MAX_STRETCHES)
    if step == 1:
        return tuple(_year(year, by_year.get(year)) for year in range(first, last + 1))
    together = Counter[int]()
    for year, count in by_year.items():
        together[year // step] += count.count
    return tuple(_years(number, step, together[number]) for number in range(first // step, last // step + 1))


def in_months(year: int, counts: Iterable[FacetCount]) -> tuple[Stretch, ...]:
    """The twelve months of a year."""
    by_month = {count.value: count for count in counts}
    return tuple(_month(year, month, by_month.get(f"{year:04d}-{month:02d}")) for month in range(1, 13))


def in_days(year: int, month: int, counts: Iterable[FacetCount]) -> tuple[Stretch, ...]:
    """The days of a month."""
    by_day = {count.value: count.count for count in counts}
    days = (date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1))
    return tuple(Stretch(day, day, day.day, day.isoformat(), by_day.get(day.isoformat(), 0)) for day in days)


def _year(year: int, count: FacetCount | None) -> Stretch:
    known = count or FacetCount("", "", 0)
    return Stretch(date(year, 1, 1), date(year, 12, 31), year, f"{year:04d}", known.count, known.chosen)


def _years(number: int, step: int, count: int) -> Stretch:
    first, last = max(MINYEAR, number * step), min(MAXYEAR, (number + 1) * step - 1)
    return Stretch(date(first, 1, 1), date(last, 12, 31), number, "", count)


def _month(year: int, month: int, count: FacetCount | None) -> Stretch:
    known = count or FacetCount("", "", 0)
    last = date(year, month, monthrange(year, month)[1])
    return Stretch(date(year, month, 1), last, month, f"{year:04d}-{month:02d}", known.count, known.chosen)
