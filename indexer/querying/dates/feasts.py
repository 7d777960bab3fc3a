"""Tết and the days around it, and all that is on the same day every year: `mùng 2 Tết 2015`, `Trung thu 2021`.

`Tết 2015` is mùng 1 to mùng 3: what the word itself means, however many days off a year had. `Giao thừa 2015` is the
night into that year, and `28 Tết 2015` belongs to the month before, whose lunar year is the one that ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

from indexer.querying.dates import lunar
from indexer.querying.dates.days_and_months import DAY, EARLY
from indexer.querying.dates.numerals import any_of, number
from indexer.querying.dates.periods import Period
from indexer.querying.dates.said import Said, Shape
from indexer.querying.dates.years import YEAR

DAYS_OF_TET = 3

DayAndMonth = tuple[int, int]

SOLAR: Mapping[str, DayAndMonth] = MappingProxyType(
    {
        "tet tay": (1, 1),
        "thanh lap dang": (3, 2),
        "thay thuoc viet nam": (27, 2),
        "quoc te phu nu": (8, 3),
        "giai phong mien nam": (30, 4),
        "thong nhat dat nuoc": (30, 4),
        "quoc te lao dong": (1, 5),
        "sinh nhat bac": (19, 5),
        "sinh nhat bac ho": (19, 5),
        "quoc te thieu nhi": (1, 6),
        "bao chi cach mang viet nam": (21, 6),
        "thuong binh liet si": (27, 7),
        "cach mang thang tam": (19, 8),
        "quoc khanh": (2, 9),
        "phu nu viet nam": (20, 10),
        "nha giao viet nam": (20, 11),
        "quan doi nhan dan viet nam": (22, 12),
        "giang sinh": (25, 12),
        "noel": (25, 12),
    }
)
"""Name, in small letters without marks -> day of the solar year."""

LUNAR: Mapping[str, DayAndMonth] = MappingProxyType(
    {
        "nguyen tieu": (15, 1),
        "tet nguyen tieu": (15, 1),
        "tet han thuc": (3, 3),
        "gio to": (10, 3),
        "gio to hung vuong": (10, 3),
        "phat dan": (15, 4),
        "tet doan ngo": (5, 5),
        "doan ngo": (5, 5),
        "vu lan": (15, 7),
        "trung thu": (15, 8),
        "tet trung thu": (15, 8),
    }
)
"""The same for days of the lunar year."""


def _tet(said: Said) -> Period | None:
    """`Tết dương lịch` is New Year's Day."""
    if said.is_solar:
        return None if said.is_lunar else (date(said.year.number, 1, 1),) * 2
    year = lunar.year_days(said.year.number)
    return (year[0], year[0] + timedelta(DAYS_OF_TET - 1)) if year else None


def _eve(said: Said) -> Period | None:
    tet = _tet(said)
    return (tet[0] - timedelta(1),) * 2 if tet else None


def _of_tet(said: Said) -> Period | None:
    """`mùng 2 Tết`."""
    day = number(said["day"])
    return _lunar(said, day, 1, said.year.number) if day <= 10 else None


def _before_tet(said: Said) -> Period | None:
    """`28 Tết`."""
    day = number(said["day"])
    return _lunar(said, day, 12, said.year.number - 1) if day >= 20 else None


def _kitchen_gods(said: Said) -> Period | None:
    return _lunar(said, 23, 12, said.year.number - 1)


def _solar_feast(said: Said) -> Period | None:
    day, month = SOLAR[said["feast"]]
    return None if said.is_lunar else (date(said.year.number, month, day),) * 2


def _lunar_feast(said: Said) -> Period | None:
    return _lunar(said, *LUNAR[said["feast"]], said.year.number)


def _lunar(said: Said, day: int, month: int, year: int) -> Period | None:
    found = None if said.is_solar else lunar.solar_day(lunar.LunarDay(day, month, year))
    return (found, found) if found else None


_TET = "tet(?: nguyen dan| co truyen| ta)?"
_ON = "(?:(?:ngay|dip|le|dem) )*"

SHAPES: tuple[Shape, ...] = (
    (rf"(?:(?:dip|ngay|nhung ngay) )?{_TET} {YEAR}", _tet),
    (rf"{_ON}giao thua(?: {_TET})? {YEAR}", _eve),
    (rf"(?:ngay )?{EARLY} (?P<day>{DAY}) {_TET} {YEAR}", _of_tet),
    (rf"(?:ngay |dem )?(?P<day>{DAY}) {_TET} {YEAR}", _before_tet),
    (rf"{_ON}(?:ong cong )?ong tao {YEAR}", _kitchen_gods),
    (rf"{_ON}(?P<feast>{any_of(SOLAR)}) {YEAR}", _solar_feast),
    (rf"{_ON}(?P<feast>{any_of(LUNAR)}) {YEAR}", _lunar_feast),
)
