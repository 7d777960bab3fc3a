"""Years, their parts, and more than years: `năm Ất Mùi`, `quý I/2015`, `6 tháng đầu năm 2015`, `những năm 90`."""

from __future__ import annotations

from indexer.querying.dates import lunar
from indexer.querying.dates.numerals import NUMBERS, any_of, number
from indexer.querying.dates.periods import Period, months_of
from indexer.querying.dates.said import Said, Shape
from indexer.querying.dates.years import YEAR


def _year(said: Said) -> Period | None:
    if said.is_lunar:
        return None if said.is_solar else lunar.year_days(said.year.number)
    return months_of(said.year.number, 1, 12)


def _quarter(said: Said) -> Period | None:
    return None if said.is_lunar else months_of(said.year.number, 3 * number(said["quarter"]) - 2, 3)


def _half(said: Said) -> Period | None:
    return None if said.is_lunar else months_of(said.year.number, 1 if said["half"] == "dau" else 7, 6)


def _few_months(said: Said) -> Period | None:
    count = number(said["count"])
    if said.is_lunar or not 1 <= count <= 12:
        return None
    return months_of(said.year.number, 1 if said["half"] == "dau" else 13 - count, count)


def _decade(said: Said) -> Period | None:
    """Two digits need a century, unless they can only be of the last one: `những năm 90`, not `những năm 20`."""
    decade, century = int(said["decade"]), said.parts.get("century")
    if decade < 100 and (century or decade >= 30):
        decade += 100 * (number(century) - 1) if century else 1900
    is_decade = decade >= 1000 and decade % 10 == 0
    return months_of(decade, 1, 120) if is_decade else None


def _century(said: Said) -> Period | None:
    return months_of(100 * number(said["century"]) - 99, 1, 1200)


_QUARTER = r"(?P<quarter>i{1,3}|iv|[1-4]|mot|hai|ba|tu|bon)"
_DECADE = r"(?:thap nien|thap k[yi]|nhung nam|cac nam) (?:nam )?(?P<decade>\d{4}|\d0)"
_CENTURY = r"the k[yi] (?P<century>xix|xxi?|19|2[01])"

SHAPES: tuple[Shape, ...] = (
    (YEAR, _year),
    (rf"quy {_QUARTER} {YEAR}", _quarter),
    (rf"nua (?P<half>dau|cuoi|sau) {YEAR}", _half),
    (rf"(?P<count>\d{{1,2}}|{any_of(NUMBERS)}) thang (?P<half>dau|cuoi) {YEAR}", _few_months),
    (rf"{_DECADE}(?: (?:cua )?{_CENTURY})?", _decade),
    (_CENTURY, _century),
)
