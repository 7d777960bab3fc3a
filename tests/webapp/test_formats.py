"""Dates, numbers and months in both languages."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from indexer.model import Stamp
from webapp import formats

MOMENT = datetime.fromisoformat("2020-07-01T10:07:00+07:00")


@pytest.mark.parametrize(("value", "vi", "en"), [(0, "0", "0"), (999, "999", "999"), (5012, "5.012", "5,012")])
def test_numbers_are_grouped(value: int, vi: str, en: str) -> None:
    assert (formats.number(value, "vi"), formats.number(value, "en")) == (vi, en)


def test_days() -> None:
    day = date(2020, 7, 1)
    assert formats.day(day, "vi") == formats.typed_day(day) == "1/7/2020"
    assert formats.day(day, "en") == "1 July 2020"


def test_moments_show_the_clock_only_where_one_was_printed() -> None:
    assert formats.moment(Stamp(MOMENT), "vi") == "thứ Tư, 1/7/2020, 10:07"
    assert formats.moment(Stamp(MOMENT), "en") == "Wednesday, 1 July 2020, 10:07"
    assert formats.moment(Stamp(MOMENT, has_time=False), "vi") == "thứ Tư, 1/7/2020"


def test_months() -> None:
    assert formats.month("2020-07", "vi") == "Tháng 7/2020"
    assert formats.month("2020-07", "vi", with_year=False) == "Tháng 7"
    assert formats.month("2020-07", "en") == "July 2020"


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (None, None, ""),
        (date(2004, 1, 1), date(2025, 1, 1), "2004–2025"),
        (date(2020, 1, 1), date(2020, 9, 9), "2020"),
    ],
)
def test_span_of_years(first: date | None, last: date | None, expected: str) -> None:
    assert formats.years(first, last) == expected


@pytest.mark.parametrize(("value", "expected"), [(0.3, "< 1 ms"), (12.6, "13 ms"), (1500, "1.500 ms")])
def test_durations(value: float, expected: str) -> None:
    assert formats.milliseconds(value, "vi") == expected


def test_a_score_has_three_decimals_after_the_sign_of_the_language() -> None:
    assert (formats.score(13.94456, "vi"), formats.score(13.94456, "en")) == ("13,945", "13.945")
