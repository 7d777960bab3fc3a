"""Dates are read as people say them, in either calendar; what is not clear is not guessed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.syllables import fold
from indexer.querying.dates.advice import unread
from indexer.querying.dates.lunar import LunarDay, lunar_day, solar_day, year_name
from indexer.querying.dates.reading import read_period, read_range

TODAY = date(2026, 11, 28)  # a Saturday

DAYS = st.dates(date(1900, 1, 31), date(2100, 12, 31))
WORDS = (
    "tháng quý năm ngày rằm mùng Tết giao thừa âm dương lịch nhuận Giêng Chạp một hai mười thế kỷ thập niên những "
    "nửa đầu cuối qua nay ngoái Ất Mùi Giỗ Tổ 1 2 7 15 30 90 1900 2015 2020 2100 I IV / - . .. ( ) \u0300 \ud800"
).split(" ")


def period(text: str) -> str:
    """`2015-07-01` or `2015-07-01 2015-07-31`."""
    found = read_period(text, TODAY)
    return " ".join(map(str, dict.fromkeys(found))) if found else ""


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("tháng 7/2015", "2015-07-01 2015-07-31"),
        ("tháng 7 năm 2015", "2015-07-01 2015-07-31"),
        ("Tháng bảy, 2015", "2015-07-01 2015-07-31"),
        ("tháng tư 2015", "2015-04-01 2015-04-30"),
        ("tháng năm 2015", "2015-05-01 2015-05-31"),
        ("tháng năm năm 2015", "2015-05-01 2015-05-31"),
        ("tháng mười hai 2015", "2015-12-01 2015-12-31"),
        ("ngày 1 tháng 7 năm 2015", "2015-07-01"),
        ("ngày 1/7/2015", "2015-07-01"),
        ("ngày hai mươi mốt tháng sáu năm 1925", "1925-06-21"),
        ("30/4 năm 1975", "1975-04-30"),
        ("đầu tháng 7/2015", "2015-07-01 2015-07-10"),
        ("trung tuần tháng 7/2015", "2015-07-11 2015-07-20"),
        ("cuối tháng 2/2016", "2016-02-21 2016-02-29"),
        ("nửa cuối tháng 2/2016", "2016-02-16 2016-02-29"),
        ("năm 2015", "2015-01-01 2015-12-31"),
        ("quý I/2015", "2015-01-01 2015-03-31"),
        ("quý 2 2015", "2015-04-01 2015-06-30"),
        ("Quý IV năm 2015", "2015-10-01 2015-12-31"),
        ("nửa đầu năm 2015", "2015-01-01 2015-06-30"),
        ("6 tháng cuối năm 2015", "2015-07-01 2015-12-31"),
        ("chín tháng đầu năm 2015", "2015-01-01 2015-09-30"),
        ("thập niên 90", "1990-01-01 1999-12-31"),
        ("những năm 2010", "2010-01-01 2019-12-31"),
        ("những năm 20 của thế kỷ XX", "1920-01-01 1929-12-31"),
        ("thế kỷ 20", "1901-01-01 2000-12-31"),
    ],
)
def test_months_quarters_years_and_more(text: str, days: str) -> None:
    assert period(text) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Tết 2015", "2015-02-19 2015-02-21"),
        ("tết Nguyên đán Ất Mùi 2015", "2015-02-19 2015-02-21"),
        ("Tết Ất Mùi", "2015-02-19 2015-02-21"),
        ("Tết Mậu Thân", "1968-01-29 1968-01-31"),
        ("mùng 2 Tết 2015", "2015-02-20"),
        ("28 Tết 2015", "2015-02-16"),
        ("ba mươi Tết 2015", "2015-02-18"),
        ("giao thừa 2020", "2020-01-24"),
        ("Tết dương lịch 2020", "2020-01-01"),
        ("ông Công ông Táo 2020", "2020-01-17"),
        ("rằm tháng Bảy 2020", "2020-09-02"),
        ("rằm tháng Giêng 2019", "2019-02-19"),
        ("tháng Giêng 2019", "2019-02-05 2019-03-05"),
        ("tháng Chạp 2019", "2019-12-26 2020-01-24"),
        ("23 tháng Chạp năm Giáp Ngọ", "2015-02-11"),
        ("mùng 1 tháng 3 âm lịch 2020", "2020-03-24"),
        ("10/3 âm lịch 2018", "2018-04-25"),
        ("10/3/2018 (âl)", "2018-04-25"),
        ("tháng 3 âm lịch 2018", "2018-04-16 2018-05-14"),
        ("tháng 4 nhuận 2020", "2020-05-23 2020-06-20"),
        ("tháng tư nhuận năm Canh Tý", "2020-05-23 2020-06-20"),
        ("năm Ất Mùi", "2015-02-19 2016-02-07"),
        ("Giỗ Tổ Hùng Vương 2020", "2020-04-02"),
        ("Tết Đoan Ngọ 2019", "2019-06-07"),
        ("Trung thu 2021", "2021-09-21"),
        ("lễ Quốc khánh 2020", "2020-09-02"),
        ("mùng 2 tháng 9 năm 1945 dương lịch", "1945-09-02"),
    ],
)
def test_feasts_and_the_lunar_calendar(text: str, days: str) -> None:
    assert period(text) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("hôm nay", "2026-11-28"),
        ("hôm qua", "2026-11-27"),
        ("tuần này", "2026-11-23 2026-11-29"),
        ("tuần trước", "2026-11-16 2026-11-22"),
        ("tháng trước", "2026-10-01 2026-10-31"),
        ("quý trước", "2026-07-01 2026-09-30"),
        ("năm ngoái", "2025-01-01 2025-12-31"),
        ("7 ngày qua", "2026-11-22 2026-11-28"),
        ("hai tuần qua", "2026-11-15 2026-11-28"),
        ("3 tháng qua", "2026-08-29 2026-11-28"),
        ("tháng 7 năm ngoái", "2025-07-01 2025-07-31"),
        ("Tết năm nay", "2026-02-17 2026-02-19"),
    ],
)
def test_days_counted_from_today(text: str, days: str) -> None:
    assert period(text) == days


def test_what_was_last_month_in_january_and_a_month_ago_on_the_31st() -> None:
    assert read_period("tháng trước", date(2026, 1, 15)) == (date(2025, 12, 1), date(2025, 12, 31))
    assert read_period("1 tháng qua", date(2026, 3, 31)) == (date(2026, 3, 1), date(2026, 3, 31))


def test_the_name_of_a_year_is_the_last_one_that_has_begun() -> None:
    assert read_period("Tết Bính Ngọ", date(2026, 2, 16)) == (date(1966, 1, 21), date(1966, 1, 23))
    assert read_period("Tết Bính Ngọ", date(2026, 2, 17)) == (date(2026, 2, 17), date(2026, 2, 19))


@pytest.mark.parametrize(
    "text",
    [
        *("xưa", "mùa thu 2015", "đầu năm 2015", "tháng 13/2015", "ngày 31 tháng 2 năm 2020", "quý V/2015"),
        *("Tết Ất Mùi 2016", "Tết 1899", "tháng 2 nhuận 2020", "30 Tết 2016", "mùng 11 tháng Giêng 2020"),
        *("tháng một âm lịch 2020", "tháng Chạp dương lịch 2020", "quý 2 âm lịch 2020", "15/7 âm lịch dương lịch 2020"),
        *("thế kỷ 12", "những năm 95", "0 ngày qua", "999 năm qua", "năm 0000", "tháng 7/2015 và hơn nữa", "bảy 2015"),
    ],
)
def test_what_is_no_date_or_not_clear_is_not_guessed(text: str) -> None:
    assert read_period(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        *((text, "date_needs_year") for text in ("quý 2", "30/4", "tháng 7", "Tết", "rằm tháng Bảy", "28 Tết", "7")),
        *((text, "date_needs_century") for text in ("những năm 20", "thập niên 10")),
        *((text, "date_needs_calendar") for text in ("mùng 1 tháng 7 2020", "mồng 2 tháng 9 năm 1945")),
        *((text, "bad_date") for text in ("xưa", "31/2/2020", "")),
    ],
)
def test_readers_are_told_what_is_missing(text: str, told: str) -> None:
    assert unread(text).code == told


@settings(deadline=None)
@given(DAYS)
def test_every_day_is_read_back_in_either_calendar(day: date) -> None:
    assert read_period(f"ngày {day.day} tháng {day.month} năm {day.year}") == (day, day)
    lunar = lunar_day(day)
    assert lunar
    leap = " nhuận" if lunar.is_leap else ""
    ways = (
        f"{lunar.day}/{lunar.month}{leap} âm lịch {lunar.year}",
        f"Ngày {lunar.day} tháng {lunar.month}{leap} âm lịch năm {year_name(lunar.year)} {lunar.year}",
    )
    for way in ways:
        assert read_period(way) == (day, day)
        assert read_period(fold(way).upper()) == (day, day)


@settings(deadline=None)
@given(st.integers(1900, 2100))
def test_tet_of_every_year_is_its_first_three_days(year: int) -> None:
    first = solar_day(LunarDay(1, 1, year))
    assert first
    expected = (first, first + timedelta(2))
    for way in ("Tết {}", "tet {}", "TẾT NGUYÊN ĐÁN {}"):
        assert read_period(way.format(year)) == expected
    assert read_period(f"Tết {year_name(year)} {year}") == expected
    assert read_period(f"giao thừa {year}") == (first - timedelta(1),) * 2


@settings(deadline=None)  # the first reading of all compiles the patterns
@given(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join) | st.text(max_size=90), DAYS)
def test_any_text_is_a_period_in_order_or_none(text: str, today: date) -> None:
    unread(text)
    for found in (read_period(text, today), read_period(text.replace(" ", ""), today)):
        assert found is None or date(1800, 1, 1) <= found[0] <= found[1] <= date(2100, 12, 31)
    read_range(text, today)
