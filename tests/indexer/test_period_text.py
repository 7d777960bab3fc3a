"""Runs of days are called by the names that readers may have typed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.period_text import lunar_day, name
from indexer.querying.dates.reading import read_period

DAYS = st.dates(date(1800, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("typed", "vietnamese", "english"),
    [
        ("quý 3/2015", "Quý III/2015", "Quarter 3 of 2015"),
        ("nửa đầu năm 2015", "Nửa đầu năm 2015", "First half of 2015"),
        ("6 tháng cuối năm 2015", "Nửa cuối năm 2015", "Second half of 2015"),
        ("những năm 90", "Những năm 1990", "The 1990s"),
        ("thế kỷ XX", "Thế kỷ 20", "Century 20"),
        ("Tết Ất Mùi 2015", "Tết 2015", "Tết 2015"),
        ("tháng Chạp 2019", "Tháng 12 âm lịch 2019", "Lunar month 12, 2019"),
        ("tháng tư nhuận 2020", "Tháng 4 nhuận âm lịch 2020", "Lunar leap month 4, 2020"),
        ("năm 2015 âm lịch", "Năm Ất Mùi", "Lunar year Ất Mùi"),
        ("8 tháng đầu năm 2015", "", ""),
    ],
)
def test_what_was_typed_is_known_by_its_days(typed: str, vietnamese: str, english: str) -> None:
    period = read_period(typed)
    assert period
    assert name(*period, "vi") == vietnamese
    assert name(*period, "en") == english
    if vietnamese:
        assert read_period(vietnamese) == period


@pytest.mark.parametrize(
    ("day", "vietnamese", "english"),
    [
        (date(2020, 9, 2), "15/7 âm lịch", "lunar 15/7"),
        (date(2020, 6, 1), "10/4 nhuận âm lịch", "lunar 10/4 (leap month)"),
        (date(1899, 12, 31), "", ""),
    ],
)
def test_a_day_is_told_in_the_lunar_calendar(day: date, vietnamese: str, english: str) -> None:
    assert (lunar_day(day, "vi"), lunar_day(day, "en")) == (vietnamese, english)


@given(DAYS, DAYS)
def test_any_days_have_a_name_or_none(one: date, other: date) -> None:
    assert isinstance(name(min(one, other), max(one, other), "vi"), str)
