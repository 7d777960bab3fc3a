"""Days in words, in Vietnamese and English: what a run of days is called, and what a day is in the lunar calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from indexer.querying.dates import lunar
from indexer.querying.dates.feasts import DAYS_OF_TET
from indexer.querying.dates.periods import months_of

Pair = tuple[str, str]
"""A Vietnamese name, and an English one."""


def name(first: date, last: date, language: str) -> str:
    """What the days from `first` to `last` are called: `Quý III/2015`, `Tết 2015`; "" where they have no name.

    Whole months and years of the solar calendar are left to those who count by them.
    """
    names = (*_solar_names(first, last), *_lunar_names(first, last))
    vietnamese, english = next(iter(names), ("", ""))
    return english if language == "en" else vietnamese


def lunar_day(day: date, language: str) -> str:
    """`15/7 âm lịch`, `lunar 15/7`; "" outside the lunar years that are known."""
    found = lunar.lunar_day(day)
    if found is None:
        return ""
    numbers = f"{found.day}/{found.month}"
    if language == "en":
        return f"lunar {numbers} (leap month)" if found.is_leap else f"lunar {numbers}"
    return f"{numbers} nhuận âm lịch" if found.is_leap else f"{numbers} âm lịch"


def _solar_names(first: date, last: date) -> Iterator[Pair]:
    year, month = first.year, first.month

    def is_whole(months: int) -> bool:
        return (first, last) == months_of(year, month, months)

    if month % 3 == 1 and is_whole(3):
        quarter = month // 3
        yield f"Quý {('I', 'II', 'III', 'IV')[quarter]}/{year}", f"Quarter {quarter + 1} of {year}"
    if month in {1, 7} and is_whole(6):
        yield (
            f"Nửa {'đầu' if month == 1 else 'cuối'} năm {year}",
            f"{'First' if month == 1 else 'Second'} half of {year}",
        )
    if year % 10 == 0 and month == 1 and is_whole(120):
        yield f"Những năm {year}", f"The {year}s"
    if year % 100 == 1 and month == 1 and is_whole(1200):
        century = year // 100 + 1
        yield f"Thế kỷ {century}", f"Century {century}"


def _lunar_names(first: date, last: date) -> Iterator[Pair]:
    begun = lunar.lunar_day(first)
    if begun is None or begun.day != 1:
        return
    year, month = begun.year, begun.month
    if (first, last) == lunar.year_days(year):
        yield f"Năm {lunar.year_name(year)}", f"Lunar year {lunar.year_name(year)}"
    if month == 1 and not begun.is_leap and last == first + timedelta(DAYS_OF_TET - 1):
        yield f"Tết {year}", f"Tết {year}"
    if (first, last) == lunar.month_days(year, month, is_leap=begun.is_leap):
        leap, english_leap = (" nhuận", "leap ") if begun.is_leap else ("", "")
        yield f"Tháng {month}{leap} âm lịch {year}", f"Lunar {english_leap}month {month}, {year}"
