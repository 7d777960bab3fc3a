"""`tháng 7 năm 2015`, `10/3 âm lịch 2018`, `rằm tháng Bảy 2020`, `cuối tháng Chạp 2019`: in either calendar.

Words that do not tell which (`mùng 1 tháng 7 2020`) mean nothing: nothing is guessed.
"""

from __future__ import annotations

from datetime import timedelta

from indexer.querying.dates import lunar
from indexer.querying.dates.numerals import NUMBERS, any_of, number
from indexer.querying.dates.periods import Period, day_of, months_of
from indexer.querying.dates.said import Said, Shape
from indexer.querying.dates.years import YEAR

DAY = rf"\d{{1,2}}|{any_of(NUMBERS)}"
EARLY = r"(?P<early>mung|mong)"
"""What stands before the first ten days of a month, mostly of a lunar one."""

_NAMED_MONTHS = {"gieng": 1, "chap": 12}
_MONTH = rf"(?P<month>\d{{1,2}}|{any_of(word for word in NUMBERS if NUMBERS[word] <= 12)}|{any_of(_NAMED_MONTHS)})"
_LEAP = r"(?: (?P<leap>nhuan))?"

# A month is told in three times ten days, or in halves.
_PARTS_OF_MONTH = dict.fromkeys(("dau", "thuong tuan"), (1, 10))
_PARTS_OF_MONTH |= dict.fromkeys(("giua", "trung tuan"), (11, 20))
_PARTS_OF_MONTH |= dict.fromkeys(("cuoi", "ha tuan"), (21, 31))
_PARTS_OF_MONTH |= {"nua dau": (1, 15), "nua sau": (16, 31), "nua cuoi": (16, 31)}


def _month(said: Said) -> Period | None:
    is_lunar, month = _is_lunar(said), _month_number(said)
    if is_lunar:
        return lunar.month_days(said.year.number, month, is_leap="leap" in said)
    return months_of(said.year.number, month, 1) if is_lunar is False and 1 <= month <= 12 else None


def _day(said: Said) -> Period | None:
    is_lunar, month = _is_lunar(said), _month_number(said)
    day = 15 if said["day"] == "ram" else number(said["day"])
    if is_lunar is None or ("early" in said and day > 10):
        return None
    if is_lunar:
        found = lunar.solar_day(lunar.LunarDay(day, month, said.year.number, "leap" in said))
    else:
        found = day_of(said.year.number, month, day)
    return (found, found) if found else None


def _is_lunar(said: Said) -> bool | None:
    """Whether a day or month is one of the lunar calendar, None if that cannot be known."""
    only_lunar = "leap" in said or said["month"] == "chap" or said.parts.get("day") == "ram"
    if said.is_solar:
        return None if only_lunar or said.is_lunar else False
    if only_lunar or said.is_lunar or said["month"] == "gieng":
        return None if said["month"] == "mot" else True  # an old name of the eleventh month as well
    return None if "early" in said else False


def _month_number(said: Said) -> int:
    return _NAMED_MONTHS.get(said["month"]) or number(said["month"])


def _part_of_month(said: Said) -> Period | None:
    month = _month(said)
    if month is None:
        return None
    begin, end = _PARTS_OF_MONTH[said["part"]]
    return month[0] + timedelta(begin - 1), min(month[1], month[0] + timedelta(end - 1))


def _day_in_digits(said: Said) -> Period | None:
    """Digits alone are read elsewhere, and more strictly."""
    is_said = "named" in said or said.is_lunar or said.is_solar or not said["year"].isdecimal()
    return _day(said) if is_said else None


def _month_in_digits(said: Said) -> Period | None:
    return _month(said) if said.is_lunar or said.is_solar else None


SHAPES: tuple[Shape, ...] = (
    (rf"thang {_MONTH}{_LEAP} {YEAR}", _month),
    (rf"(?P<month>\d{{1,2}}){_LEAP} {YEAR}", _month_in_digits),
    (rf"(?P<part>{any_of(_PARTS_OF_MONTH)}) thang {_MONTH}{_LEAP} {YEAR}", _part_of_month),
    (rf"(?:ngay |dem )?(?:{EARLY} )?(?P<day>ram|{DAY}) thang {_MONTH}{_LEAP} {YEAR}", _day),
    (rf"(?:(?P<named>ngay) )?(?:{EARLY} )?(?P<day>\d{{1,2}}) (?P<month>\d{{1,2}}){_LEAP} {YEAR}", _day_in_digits),
)
