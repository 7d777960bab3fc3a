"""Dates are read the Vietnamese way: day before month, a year or a month meaning all its days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.querying.dates.periods import FIRST_YEAR, LAST_YEAR
from indexer.querying.dates.reading import DayRange, read_period, read_range

DATES = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
WAYS_TO_WRITE = [
    "{0.day}/{0.month}/{0.year}",
    "{0.day:02}/{0.month:02}/{0.year}",
    "{0.day}-{0.month}-{0.year}",
    "{0.day}.{0.month}.{0.year}",
    "{0.year}-{0.month:02}-{0.day:02}",
]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("07/2020", date(2020, 7, 1), date(2020, 7, 31)),
        ("7/2020", date(2020, 7, 1), date(2020, 7, 31)),
        ("7-2020", date(2020, 7, 1), date(2020, 7, 31)),
        ("2020-07", date(2020, 7, 1), date(2020, 7, 31)),
        ("02/2020", date(2020, 2, 1), date(2020, 2, 29)),
        ("02/1900", date(1900, 2, 1), date(1900, 2, 28)),
        ("01/07/2020", date(2020, 7, 1), date(2020, 7, 1)),
        ("29/2/2020", date(2020, 2, 29), date(2020, 2, 29)),
        ("1800", date(1800, 1, 1), date(1800, 12, 31)),
        ("2100", date(2100, 1, 1), date(2100, 12, 31)),
        (" 2020, ", date(2020, 1, 1), date(2020, 12, 31)),
    ],
)
def test_period_covers_all_days_meant(text: str, first: date, last: date) -> None:
    assert read_period(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        *("", "bão", "20", "20200701", "01/07/2020x", "２０２０", "\ud800"),
        *("31/02/2020", "29/02/2019", "0/1/2020", "0/2020", "13/2020", "2020-13"),
        *("1/7/20", "1/7-2020", "1799", "2101", "0000"),
    ],
)
def test_what_is_no_date_is_not_guessed(text: str) -> None:
    assert read_period(text) is None


@given(DATES, st.sampled_from(WAYS_TO_WRITE))
def test_every_day_is_read_back_however_written(day: date, way: str) -> None:
    assert read_period(way.format(day)) == (day, day)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020", DayRange(date(2020, 1, 1), date(2020, 12, 31))),
        ("2019..2020", DayRange(date(2019, 1, 1), date(2020, 12, 31))),
        ("2019-2020", DayRange(date(2019, 1, 1), date(2020, 12, 31))),
        ("2020–2019", DayRange(date(2019, 1, 1), date(2020, 12, 31), swapped=True)),
        ("01/07/2020..31/07/2020", DayRange(date(2020, 7, 1), date(2020, 7, 31))),
        ("07/2020..2020", DayRange(date(2020, 7, 1), date(2020, 12, 31))),
        ("2020..07/2020", DayRange(date(2020, 1, 1), date(2020, 7, 31))),
        ("2019..", DayRange(date(2019, 1, 1), None)),
        ("..2019", DayRange(None, date(2019, 12, 31))),
        ("2019...2020", DayRange(date(2019, 1, 1), date(2020, 12, 31))),
        ("2019…2020", DayRange(date(2019, 1, 1), date(2020, 12, 31))),
        ("2020..2019", DayRange(date(2019, 1, 1), date(2020, 12, 31), swapped=True)),
        ("..", None),
        ("", None),
        ("2019..bão", None),
        ("31/02/2020..", None),
        ("2018..2019..2020", None),
    ],
)
def test_range_is_read(text: str, expected: DayRange | None) -> None:
    assert read_range(text) == expected


@given(DATES, DATES)
def test_order_of_the_ends_does_not_matter(one: date, other: date) -> None:
    there, back = read_range(f"{one}..{other}"), read_range(f"{other}..{one}")
    assert there
    assert back
    assert (there.since, there.until) == (back.since, back.until) == tuple(sorted((one, other)))
    assert there.swapped == (one > other)


@given(st.text(alphabet="0123456789/-.… x"))
def test_reading_never_raises_nor_gives_an_empty_range(text: str) -> None:
    found = read_range(text)
    assert found is None or found.since is None or found.until is None or found.since <= found.until
