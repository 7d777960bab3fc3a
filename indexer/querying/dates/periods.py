"""Days, months and runs of months of the calendar we live by, within the years that dates may have."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

FIRST_YEAR, LAST_YEAR = 1800, 2100

Period = tuple[date, date]
"""A first and a last day, both of which count."""


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, None where the calendar has none, as 31/2."""
    is_day = 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
    return date(year, month, day) if is_day else None


def months_of(year: int, month: int, count: int) -> Period:
    """So many whole months from that one on, which may lie before January of the year or after its December."""
    first, last = first_of(year, month), first_of(year, month + count - 1)
    return first, last.replace(day=monthrange(last.year, last.month)[1])


def first_of(year: int, month: int) -> date:
    """The first day of a month, which may lie before January of the year or after its December."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def within_limits(period: Period) -> bool:
    """Whether all its days are of years that dates may have."""
    return period[0].year >= FIRST_YEAR and period[1].year <= LAST_YEAR
