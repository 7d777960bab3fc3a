"""The lunar calendar is the one printed in Vietnam; both ways of reading it are one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.querying.dates.lunar import (
    FIRST_YEAR,
    LAST_YEAR,
    LunarDay,
    leap_month,
    lunar_day,
    month_days,
    solar_day,
    year_days,
    year_name,
)

TABLE = (Path(__file__).parent / "tet_days.txt").read_text(encoding="utf-8")
FIRST_DAY, LAST_DAY = date(1900, 1, 31), date(2101, 1, 28)
OTHERWISE = {1925}
"""The table has 25/1, though the sun was eclipsed on the 24th, which therefore was the day of the new moon."""


def published() -> Iterator[tuple[int, date, int | None]]:
    """Year, first day and leap month."""
    for line in TABLE.splitlines():
        if not line.startswith("#"):
            decade, cells = line.split(": ")
            for year, cell in enumerate(cells.split(), int(decade)):
                tet, _, leap = cell.partition("+")
                day, month = map(int, tet.split("/"))
                yield year, date(year, month, day), int(leap) if leap else None


def months(year: int) -> list[tuple[date, date]]:
    numbers = [(month, is_leap) for month in range(1, 13) for is_leap in (False, True)]
    found = (month_days(year, month, is_leap=is_leap) for month, is_leap in numbers)
    return sorted(days for days in found if days)


def test_every_year_begins_and_has_its_leap_month_as_published() -> None:
    table = list(published())
    assert [year for year, _, _ in table] == list(range(FIRST_YEAR, LAST_YEAR + 1))
    reckoned = [(year, solar_day(LunarDay(1, 1, year)), leap_month(year)) for year, _, _ in table]
    assert {mine[0] for mine, theirs in zip(reckoned, table, strict=True) if mine != theirs} == OTHERWISE
    assert solar_day(LunarDay(1, 1, 1925)) == date(1925, 1, 24)


def test_months_have_29_or_30_days_and_follow_each_other_without_a_gap() -> None:
    every = [days for year in range(FIRST_YEAR, LAST_YEAR + 1) for days in months(year)]
    assert {(last - first).days + 1 for first, last in every} == {29, 30}
    assert all(after[0] - before[1] == timedelta(1) for before, after in pairwise(every))
    assert (every[0][0], every[-1][1]) == (FIRST_DAY, LAST_DAY)


def test_a_year_has_twelve_months_or_thirteen_with_its_leap_month() -> None:
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        days = months(year)
        assert len(days) == (12 if leap_month(year) is None else 13)
        assert year_days(year) == (days[0][0], days[-1][1])


@given(st.dates(FIRST_DAY, LAST_DAY))
def test_a_day_is_the_same_there_and_back(day: date) -> None:
    there = lunar_day(day)
    assert there
    assert 1 <= there.day <= 30
    assert solar_day(there) == day


@pytest.mark.parametrize(
    ("lunar", "solar"),
    [
        (LunarDay(1, 1, 1968), date(1968, 1, 29)),  # Hanoi's; China's and Saigon's was a day later
        (LunarDay(1, 1, 1985), date(1985, 1, 21)),  # a month before China's
        (LunarDay(1, 1, 2007), date(2007, 2, 17)),
        (LunarDay(1, 1, 2030), date(2030, 2, 2)),
        (LunarDay(1, 1, 2053), date(2053, 2, 18)),
        (LunarDay(15, 7, 2020), date(2020, 9, 2)),
        (LunarDay(10, 3, 2018), date(2018, 4, 25)),
        (LunarDay(1, 4, 2020, is_leap=True), date(2020, 5, 23)),
        (LunarDay(15, 8, 2021), date(2021, 9, 21)),
        (LunarDay(1, 12, 1967), date(1967, 12, 31)),  # the last month of the calendar that was China's
        (LunarDay(23, 7, 1945), date(1945, 8, 30)),
    ],
)
def test_known_days(lunar: LunarDay, solar: date) -> None:
    assert solar_day(lunar) == solar
    assert lunar_day(solar) == lunar


@pytest.mark.parametrize(
    "lunar",
    [
        LunarDay(0, 1, 2020), LunarDay(31, 1, 2020), LunarDay(30, 12, 2015), LunarDay(1, 13, 2020),
        LunarDay(1, 0, 2020), LunarDay(1, 5, 2020, is_leap=True), LunarDay(1, 1, 1899), LunarDay(1, 1, 2101),
    ],
)  # fmt: skip
def test_there_is_no_such_day(lunar: LunarDay) -> None:
    assert solar_day(lunar) is None


def test_what_lies_outside_the_years_is_not_known() -> None:
    assert lunar_day(FIRST_DAY - timedelta(1)) is None
    assert lunar_day(LAST_DAY + timedelta(1)) is None
    assert (year_days(1899), leap_month(2101), month_days(1899, 12)) == (None, None, None)


def test_years_have_names() -> None:
    assert [year_name(year) for year in (1945, 1968, 2015, 2020)] == ["Ất Dậu", "Mậu Thân", "Ất Mùi", "Canh Tý"]
