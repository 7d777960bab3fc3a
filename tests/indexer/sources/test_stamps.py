"""Printed dates: the many ways of writing one, and what is none."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.sources.stamps import read_stamp


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
        "01/07/1799",
        "01/07/2101",
        "1/7/20",
        "1/7",
        "01-07/2020",
        "01/07/20201",
        "2020-07-01T10:07:00+99:00",
        "2020-07-01T10:07:00+07:75",
        "1800-01-01T00:00:00+14:00",
        "tháng 7 năm 2020",
        "\u0661/7/2020",
        "ngày " * 100 + "1/7/2020",
    ],
)
def test_what_is_impossible_or_more_than_a_date_is_no_stamp(text: str) -> None:
    assert read_stamp(text) is None


@given(st.text(max_size=60))
def test_any_text_can_be_asked(text: str) -> None:
    read_stamp(text)


@given(st.datetimes(min_value=datetime(1801, 1, 1), max_value=datetime(2099, 1, 1)))
def test_every_minute_survives_being_printed(moment: datetime) -> None:
    stamp = read_stamp(f"{moment:%H:%M, %d/%m/%Y}")
    assert stamp is not None
    assert f"{stamp.moment:%Y%m%d%H%M}" == f"{moment:%Y%m%d%H%M}"
