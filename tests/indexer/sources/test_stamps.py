"""Printed dates: the many ways of writing one, and what is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.sources.stamps import VIETNAM, read_stamp


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("10:07, 01/07/2020", "2020-07-01T10:07:00+07:00"),
        ("01/07/2020 10:07", "2020-07-01T10:07:00+07:00"),
        ("10:07-01/07/2020", "2020-07-01T10:07:00+07:00"),
        ("  10:07 -  01/07/2020 ", "2020-07-01T10:07:00+07:00"),
        ("22/07/2022 16:17:52", "2022-07-22T16:17:52+07:00"),
        ("Thứ Tư, 15/07/2020, 08:30 (GMT+7)", "2020-07-15T08:30:00+07:00"),
        ("Thứ 6, 21/04/2023 | 10:58", "2023-04-21T10:58:00+07:00"),
        ("Chủ nhật, ngày 5/7/2020 08:30 GMT+7", "2020-07-05T08:30:00+07:00"),
        ("Wednesday, 15/07/2020", "2020-07-15"),
        ("15/3/2012", "2012-03-15"),
        ("15.03.2012", "2012-03-15"),
        ("Cập nhật lúc 09:15, 03/02/2009", "2009-02-03T09:15:00+07:00"),
        ("Đăng lúc: 09:15 - 03/02/2009", "2009-02-03T09:15:00+07:00"),
        ("Ngày đăng: 03/02/2009", "2009-02-03"),
        ("Ngày 5/6/2018", "2018-06-05"),
        ("ngày 5 tháng 6 năm 2018", "2018-06-05"),
        ("5 Tháng Mười Hai, 2018", "2018-12-05"),
        ("Ngày 05 tháng Giêng năm 2018.", "2018-01-05"),
        ("08h30, 15-07-2020", "2020-07-15T08:30:00+07:00"),
        ("8 giờ 30 phút ngày 15/7/2020", "2020-07-15T08:30:00+07:00"),
        ("8h ngày 15/7/2020", "2020-07-15T08:00:00+07:00"),
        ("15/07/2020 02:30 PM", "2020-07-15T14:30:00+07:00"),
        ("15/07/2020 12:05 SA", "2020-07-15T00:05:00+07:00"),
        ("2009-11-30T22:33:00+07:00", "2009-11-30T22:33:00+07:00"),
        ("2025-11-02T18:50:00.000Z", "2025-11-03T01:50:00+07:00"),
        ("2020-12-31 23:30:00-05:00", "2021-01-01T11:30:00+07:00"),
        ("2020-07-01", "2020-07-01"),
        ("2020/07/01", "2020-07-01"),
        ("NGÀY 5 THÁNG 6 NĂM 2018", "2018-06-05"),
        ("nga\u0300y 5 tha\u0301ng 6 na\u0306m 2018", "2018-06-05"),
        ("Thứ Bảy, ngày 28 tháng 11 năm 2026", "2026-11-28"),
        ("28 Tháng 11, 2026", "2026-11-28"),
        ("Ngày 28 tháng 11/2026", "2026-11-28"),
        ("Tháng Mười Một 28, 2026", "2026-11-28"),
        ("Tháng Mười 1, 2026", "2026-10-01"),
        ("Th11 28, 2026", "2026-11-28"),
        ("28 thg 11, 2026, 07:05", "2026-11-28T07:05:00+07:00"),
        ("28-11-2026 | 07:05 GMT+7", "2026-11-28T07:05:00+07:00"),
        ("07:05 28/11/2026 (giờ Việt Nam)", "2026-11-28T07:05:00+07:00"),
        ("7h05 ngày 28/11/2026", "2026-11-28T07:05:00+07:00"),
        ("7h05' ngày 28/11/2026", "2026-11-28T07:05:00+07:00"),
        ("8g ngày 28/11/2026", "2026-11-28T08:00:00+07:00"),
        ("Hồi 19 giờ 05 phút ngày 28 tháng 11 năm 2026", "2026-11-28T19:05:00+07:00"),
        ("7 giờ sáng ngày 28/11/2026", "2026-11-28T07:00:00+07:00"),
        ("12 giờ trưa 28/11/2026", "2026-11-28T12:00:00+07:00"),
        ("1h30 chiều 28/11/2026", "2026-11-28T13:30:00+07:00"),
        ("13h30 chiều 28/11/2026", "2026-11-28T13:30:00+07:00"),
        ("8 giờ tối ngày 28/11/2026", "2026-11-28T20:00:00+07:00"),
        ("28/11/2026 08:05 CH", "2026-11-28T20:05:00+07:00"),
        ("28/11/2026 12:05 SA", "2026-11-28T00:05:00+07:00"),
        ("28/11/2026 8:05 p.m.", "2026-11-28T20:05:00+07:00"),
        ("Nov 28, 2026", "2026-11-28"),
        ("Saturday, November 28th, 2026 at 7:05 AM", "2026-11-28T07:05:00+07:00"),
        ("Published on 28 Nov. 2026 7 pm", "2026-11-28T19:00:00+07:00"),
        ("28-Nov-2026 07:05", "2026-11-28T07:05:00+07:00"),
        ("Sept 5, 2026", "2026-09-05"),
        ("Sat, 28 Nov 2026 07:05:09 +0700", "2026-11-28T07:05:09+07:00"),
        ("Fri, 27 Nov 2026 23:30:00 GMT", "2026-11-28T06:30:00+07:00"),
        ("Sat Nov 28 2026 07:05:00 GMT+0700 (Indochina Time)", "2026-11-28T07:05:00+07:00"),
        ("2026-11-28T07:05:00+07:00[Asia/Ho_Chi_Minh]", "2026-11-28T07:05:00+07:00"),
        ("28.XI.2026", "2026-11-28"),
        ("28-iv-2026", "2026-04-28"),
        ("２８／１１／２０２６　０７：０５", "2026-11-28T07:05:00+07:00"),
        ("28\u201111\u20112026\u00a007:05", "2026-11-28T07:05:00+07:00"),
        ("28/11/2026 -07:05", "2026-11-28T07:05:00+07:00"),
        ("07:05:09 -28/11/2026", "2026-11-28T07:05:09+07:00"),
        ("07:05:09,28/11/2026", "2026-11-28T07:05:09+07:00"),
        ("2026-11-28 07:05:00.000-05:00", "2026-11-28T19:05:00+07:00"),
        ("2026-11-28 07:05:00+07", "2026-11-28T07:05:00+07:00"),
        ("28/11/2026 / 07:05", "2026-11-28T07:05:00+07:00"),
        ("Thứ Hai, 28/11/2026", "2026-11-28"),  # it was a Saturday
        ("Đăng lúc 07:05 28/11/2026 - Cập nhật lúc 09:15 29/11/2026", "2026-11-28T07:05:00+07:00"),
        ("07:05 28/11/2026 (cập nhật: 09:15)", "2026-11-28T07:05:00+07:00"),
    ],
)
def test_a_date_is_read_however_it_is_printed(printed: str, meant: str) -> None:
    stamp = read_stamp(printed)
    assert stamp is not None
    assert stamp.isoformat() == meant
    assert stamp.moment.utcoffset() == timedelta(hours=7)


def test_a_day_without_a_time_is_not_moved_by_a_zone() -> None:
    stamp = read_stamp("01/07/2020 (GMT-5)")
    assert stamp is not None
    assert stamp.isoformat() == "2020-07-01"


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("2016-11-29, 20:25:00+00:00", "2016-11-29T20:25:00+07:00"),
        ("2016-11-29, 20:25:00+07:00", "2016-11-29T20:25:00+07:00"),
        ("2016-11-29T20:25:00+00:00", "2016-11-30T03:25:00+07:00"),
        ("2016-11-29 20:25:00+00:00", "2016-11-30T03:25:00+07:00"),
        ("29/11/2016, 20:25:00 GMT", "2016-11-30T03:25:00+07:00"),
    ],
)
def test_utc_behind_a_comma_was_put_there_by_a_program_that_knew_no_zone(printed: str, meant: str) -> None:
    stamp = read_stamp(printed)
    assert stamp is not None
    assert stamp.isoformat() == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "Ngày",
        "10:07",
        "Thứ Tư",
        "Kỷ niệm 30/4/1975",
        "Ngày 1/7/2020, chợ phiên họp lại",
        "1/7/2020 - 3/7/2020",
        "07/15/2020",
        "31/6/2020",
        "29/02/2019",
        "25:00, 01/07/2020",
        "10:60, 01/07/2020",
        "13:00 PM 01/07/2020",
        "31/12/1864",
        "01/07/2101",
        "1/7/20",
        "11/28/2026",
        "2026/28/11",
        "2026-11",
        "28 Nov 26",
        "Sat, 28 Nov 26 07:05:00 +0700",
        "Nov 31, 2026",
        "Marchy 5, 2026",
        "2 giờ trước",
        "hôm qua",
        "Hôm qua, 07:05",
        "28/XIII/2026",
        "28/11/2026²",
        "28/11/2026 âm lịch",
        "Mùng 5 tháng Giêng năm 2026",
        "ngày 30 tháng 2 năm 2026",
        "5 tháng 12026",
        "7 giờ chiều 28/11/2026",
        "12 giờ đêm 28/11/2026",
        "13h sáng 28/11/2026",
        "1595000000",
        "20261128",
        "28/11/2026 - Cập nhật giá vàng hôm nay",
        "1/7",
        "01-07/2020",
        "01/07/20201",
        "2020-07-01T10:07:00+99:00",
        "2020-07-01T10:07:00+07:75",
        "1865-01-01T00:00:00+14:00",
        "0001-01-01T00:00:00+07:00",
        "2020-07-01T10:07:00+15:00",
        "10:07 GMT+7 01/07/2020 (+08:00)",
        "2020-07-01 10:07:00+07:00 UTC",
        "10:07 01/07/2020 EST",
        "10:07 01/07/2020 (giờ địa phương)",
        "tháng 7 năm 2020",
        "\u0661/7/2020",
        "ngày " * 100 + "1/7/2020",
    ],
)
def test_what_is_impossible_or_more_than_a_date_is_no_stamp(text: str) -> None:
    assert read_stamp(text) is None


MOMENTS = st.datetimes(datetime(1865, 1, 2), datetime(2100, 12, 30), timezones=st.just(VIETNAM)).map(
    lambda moment: moment.replace(microsecond=0)
)
WEEKDAYS = "Thứ Hai,Thứ Ba,Thứ Tư,Thứ Năm,Thứ Sáu,Thứ Bảy,Chủ Nhật".split(",")
MONTHS = "Một,Hai,Ba,Tư,Năm,Sáu,Bảy,Tám,Chín,Mười,Mười Một,Mười Hai".split(",")
ROMAN = "I II III IV V VI VII VIII IX X XI XII".split()

DAYS: Sequence[Callable[[datetime], str]] = (
    lambda day: f"{day.day}/{day.month}/{day.year}",
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day:%d - %m - %Y}",
    lambda day: f"{day:%Y-%m-%d}",
    lambda day: f"{day:%Y/%m/%d}",
    lambda day: f"{day.day}-{ROMAN[day.month - 1]}-{day.year}",
    lambda day: f"ngày {day.day} tháng {day.month} năm {day.year}",
    lambda day: f"{day.day} Tháng {MONTHS[day.month - 1]}, {day.year}",
    lambda day: f"Tháng {MONTHS[day.month - 1]} {day.day}, {day.year}",
    lambda day: f"Th{day.month} {day.day}, {day.year}",
    lambda day: f"{day:%b} {day.day}, {day.year}",
    lambda day: f"{day:%d %B %Y}",
    lambda day: f"{day:%d-%b-%Y}",
)
TIMES: Sequence[Callable[[datetime], str]] = (
    lambda moment: f"{moment:%H:%M:%S}",
    lambda moment: f"{moment.hour}h{moment:%M:%S}",
    lambda moment: f"{moment.hour} giờ {moment:%M} phút {moment:%S}",
    lambda moment: f"{moment:%I:%M:%S %p}",
    lambda moment: f"{moment:%I:%M:%S} {'SA' if moment.hour < 12 else 'CH'}",
    lambda moment: f"{moment:%H:%M:%S} GMT+7",
    lambda moment: f"{moment:%H:%M:%S} (UTC+07:00)",
    lambda moment: f"{moment:%H:%M:%S%z}",
)
MACHINES: Sequence[Callable[[datetime], str]] = (
    datetime.isoformat,
    str,
    format_datetime,
    lambda moment: moment.astimezone(UTC).isoformat().replace("+00:00", ".000Z"),
    lambda moment: format_datetime(moment.astimezone(UTC), usegmt=True),
    lambda moment: moment.astimezone(timezone(timedelta(hours=-3, minutes=-30))).isoformat(),
)


def read_moment(text: str) -> datetime | None:
    stamp = read_stamp(text)
    return stamp.moment if stamp and stamp.has_time else None


@given(MOMENTS, st.sampled_from(DAYS), st.sampled_from(TIMES), st.sampled_from([" ", ", ", " | ", " - ", " lúc "]))
def test_every_day_and_time_survive_being_printed(
    moment: datetime, day: Callable[[datetime], str], time: Callable[[datetime], str], between: str
) -> None:
    weekday = WEEKDAYS[moment.weekday()]
    assert read_moment(f"{weekday}, {day(moment)}{between}{time(moment)}") == moment
    assert read_moment(f"{time(moment)}, {day(moment)}") == moment
    stamp = read_stamp(f"{weekday}, {day(moment)}")
    assert stamp is not None
    assert stamp.isoformat() == f"{moment.date()}"


@given(MOMENTS, st.sampled_from(MACHINES))
def test_every_moment_survives_being_written_by_a_machine(moment: datetime, write: Callable[[datetime], str]) -> None:
    assert read_moment(write(moment)) == moment


@given(st.integers(1, 12), st.integers(13, 99), st.integers(1865, 2100), st.sampled_from("/-."))
def test_a_month_above_12_is_never_taken_for_the_day(day: int, month: int, year: int, by: str) -> None:
    assert read_stamp(f"{day}{by}{month}{by}{year}") is None


STAMP_LIKE = st.lists(
    st.one_of(
        st.integers(0, 3000).map(str),
        st.sampled_from([*"/-.:,|+()hT ", "tháng", "năm", "Nov", "Thứ Hai", "GMT", "CH", "XI", "ngày", "cập nhật"]),
    ),
    max_size=14,
).map("".join)


@given(st.text(max_size=60) | STAMP_LIKE)
def test_any_text_is_a_stamp_of_our_time_or_none(text: str) -> None:
    stamp = read_stamp(text)
    assert stamp is None or 1865 <= stamp.moment.year <= 2100
