"""The Vietnamese lunar calendar by arithmetic, 1900 to 2100: a day in one calendar -> the same day in the other.

A month begins on the day of a new moon. The eleventh month holds the December solstice. Where thirteen months begin
from one solstice to the next, the first of them in which the sun enters no sign is a leap month, and has the number of
the one before it. The rules and the way to carry them out are those of Hồ Ngọc Đức, "Thuật toán tính âm lịch"
(www.informatik.uni-leipzig.de/~duc/amlich/calrules.html); moon and sun are worked out after Jean Meeus, "Astronomical
Formulae for Calculators" (1979), chapters 18 and 32: new moons to about two minutes, the sun to 0.006 degrees.

**Whose midnight.** Since lunar year 1968 the day is Vietnam's (UTC+7; decision 121/CP of 8 August 1967), in the South
since 1975: Saigon had Tết Mậu Thân on 30 January 1968, a day after Hanoi, and that is not followed here. Calendars
printed in Vietnam before then had the months of China's, which are reckoned by UTC+8, and before 1929 by the mean time
of Beijing. All months of 1900 to 2053 begin as in Hồ Ngọc Đức's published table, but for Tết 1925: the table has
25 January, though the moon was new at 22:30 on the 24th. Later, three have a new moon so close to midnight that the
table has them a day earlier (4/2054, 11/2072, 10/2077).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from math import cos, floor, radians, sin
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Lunar years that are known."""

_VIETNAM_SINCE, _UTC8_SINCE = 1968, 1929
_VIETNAM, _UTC8, _BEIJING = 7 / 24, 8 / 24, (7 * 3600 + 45 * 60 + 40) / 86400  # days ahead of UTC

_STEMS = ("Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý")
_BRANCHES = ("Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi")


class LunarDay(NamedTuple):
    """A day of the lunar calendar. Its year begins at Tết and is called by the year in which that lies."""

    day: int
    month: int
    year: int
    is_leap: bool = False


class _Month(NamedTuple):
    year: int
    month: int
    is_leap: bool
    first: date


def lunar_day(day: date) -> LunarDay | None:
    """The lunar date of a day; None outside the years that are known."""
    for year in (day.year, day.year - 1):
        begun = [month for month in _months(year) if month.first <= day] if _is_known(year) else []
        if begun:
            last = begun[-1]
            _, end = _days(last)
            return LunarDay((day - last.first).days + 1, last.month, year, last.is_leap) if day <= end else None
    return None


def solar_day(lunar: LunarDay) -> date | None:
    """The day of a lunar date; None if there is no such date, as 30 Chạp in many years."""
    month = month_days(lunar.year, lunar.month, is_leap=lunar.is_leap)
    if month is None or not 1 <= lunar.day <= (month[1] - month[0]).days + 1:
        return None
    return month[0] + timedelta(lunar.day - 1)


def month_days(year: int, month: int, *, is_leap: bool = False) -> tuple[date, date] | None:
    """The first and last day of a lunar month; None if there is no such month."""
    if not _is_known(year):
        return None
    found = (each for each in _months(year) if (each.month, each.is_leap) == (month, is_leap))
    return next(map(_days, found), None)


def year_days(year: int) -> tuple[date, date] | None:
    """From Tết to the day before the next."""
    return (_tet(year), _tet(year + 1) - timedelta(1)) if _is_known(year) else None


def leap_month(year: int) -> int | None:
    """The number of the month that comes twice in a lunar year, if one does."""
    return next((month.month for month in _months(year) if month.is_leap), None) if _is_known(year) else None


def year_name(year: int) -> str:
    """`Ất Mùi` for 2015: a stem and a branch, the same again after sixty years."""
    return f"{_STEMS[(year - 4) % 10]} {_BRANCHES[(year - 4) % 12]}"


def _is_known(year: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR


def _tet(year: int) -> date:
    return _months(year)[0].first


def _days(month: _Month) -> tuple[date, date]:
    """First and last day of a month; it ends where the next begins, by the reckoning of that one's year."""
    later = (each.first for each in (*_months(month.year), *_months(month.year + 1)) if each.first > month.first)
    return month.first, next(later) - timedelta(1)


@lru_cache(512)
def _months(year: int) -> Sequence[_Month]:
    """The months of a lunar year in order."""
    ahead = _VIETNAM if year >= _VIETNAM_SINCE else _UTC8 if year >= _UTC8_SINCE else _BEIJING
    months = (*_from_solstice(year - 1, ahead), *_from_solstice(year, ahead))
    return tuple(month for month in months if month.year == year)


def _from_solstice(year: int, ahead: float) -> Iterator[_Month]:
    """The twelve or thirteen months from the solstice of a solar year to the next one."""
    begin, end = _solstice_month(year, ahead), _solstice_month(year + 1, ahead)
    firsts = [_new_moon_day(number, ahead) for number in range(begin, end + 1)]
    signs = [_sign(day, ahead) for day in firsts]
    without_sign = (place for place in range(1, end - begin) if signs[place] == signs[place + 1])
    leap = next(without_sign, None) if end - begin == 13 else None
    month = 10
    for place, first in enumerate(firsts[:-1]):
        month += place != leap
        yield _Month(year + (month > 12), (month - 1) % 12 + 1, place == leap, first)


def _solstice_month(year: int, ahead: float) -> int:
    """The number of the new moon that begins the month of the December solstice."""
    last_day = date(year, 12, 31)
    number = round((year - 1900) * 12.3685) + 13
    while _new_moon_day(number, ahead) > last_day:
        number -= 1
    return number - (_sign(_new_moon_day(number, ahead), ahead) >= 9)  # the sun was past the solstice already


# Moon and sun. Days are counted as Julian days of universal time.

_CENTURY, _EPOCH = 36525, 2415020.0  # Meeus counts centuries from noon of 31 December 1899
_JULIAN_DAY_0 = 1721424.5  # of the midnight before the day whose `date.toordinal()` is 0

_PERIODIC = (
    (-0.4068, 0, 1, 0), (0.0021, 2, 0, 0), (0.0161, 0, 2, 0), (-0.0004, 0, 3, 0), (0.0104, 0, 0, 2),
    (-0.0051, 1, 1, 0), (-0.0074, 1, -1, 0), (0.0004, 1, 0, 2), (-0.0004, -1, 0, 2), (-0.0006, 0, 1, 2),
    (0.0010, 0, -1, 2), (0.0005, 1, 2, 0),
)  # fmt: skip
"""What to add to the mean new moon: days, and how often the sun's and the moon's anomaly and the latitude count."""


def _new_moon_day(number: int, ahead: float) -> date:
    """The local day of the new moon of that number; 0 is the first of 1900."""
    return date.fromordinal(floor(_new_moon(number) + ahead - _JULIAN_DAY_0))


def _new_moon(number: int) -> float:
    """Meeus, chapter 32; the last line is the difference of ephemeris and universal time."""
    t = number / 1236.85
    mean = 2415020.75933 + 29.53058868 * number + 0.0001178 * t**2 - 0.000000155 * t**3
    mean += 0.00033 * sin(radians(166.56 + 132.87 * t - 0.009173 * t**2))
    sun = radians(359.2242 + 29.10535608 * number - 0.0000333 * t**2 - 0.00000347 * t**3)
    moon = radians(306.0253 + 385.81691806 * number + 0.0107306 * t**2 + 0.00001236 * t**3)
    latitude = radians(21.2964 + 390.67050646 * number - 0.0016528 * t**2 - 0.00000239 * t**3)
    periodic = (size * sin(a * sun + b * moon + c * latitude) for size, a, b, c in _PERIODIC)
    true = mean + (0.1734 - 0.000393 * t) * sin(sun) + sum(periodic)
    return true - (-0.000278 + 0.000265 * t + 0.000262 * t**2)


def _sign(day: date, ahead: float) -> int:
    """Which twelfth of its path the sun is in as a local day begins: 0 from the March equinox, 9 from the solstice."""
    return int(_sun_longitude(day.toordinal() + _JULIAN_DAY_0 - ahead) // 30)


def _sun_longitude(julian_day: float) -> float:
    """The sun's apparent longitude in degrees, 0 to 360: Meeus, chapter 18, with what the planets and the moon add."""
    t = (julian_day - _EPOCH) / _CENTURY
    mean = 279.69668 + 36000.76892 * t + 0.0003025 * t**2
    anomaly = radians(358.47583 + 35999.04975 * t - 0.00015 * t**2 - 0.0000033 * t**3)
    centre = (1.919460 - 0.004789 * t - 0.000014 * t**2) * sin(anomaly)
    centre += (0.020094 - 0.0001 * t) * sin(2 * anomaly) + 0.000293 * sin(3 * anomaly)
    added = 0.00134 * cos(radians(153.23 + 22518.7541 * t)) + 0.00154 * cos(radians(216.57 + 45037.5082 * t))
    added += 0.00200 * cos(radians(312.69 + 32964.3577 * t))
    added += 0.00179 * sin(radians(350.74 + 445267.1142 * t - 0.00144 * t**2))
    added += 0.00178 * sin(radians(231.19 + 20.20 * t))
    aberration_and_nutation = -0.00569 - 0.00479 * sin(radians(259.18 - 1934.142 * t))
    return (mean + centre + added + aberration_and_nutation) % 360
