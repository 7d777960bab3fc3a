"""Dates, numbers and names of months as each language writes them. Pure.

Days are always day/month/year, in English too, with the month's name where that could mislead.
"""

from __future__ import annotations

from datetime import date

from indexer.model import Stamp

_WEEKDAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


def number(value: int, language: str) -> str:
    """`5.012` in Vietnamese, `5,012` in English."""
    grouped = f"{value:,}"
    return grouped if language == "en" else grouped.replace(",", ".")


def score(value: float, language: str) -> str:
    """`13,945` in Vietnamese, `13.945` in English."""
    shown = f"{value:.3f}"
    return shown if language == "en" else shown.replace(".", ",")


def milliseconds(value: float, language: str) -> str:
    """`12 ms`; anything quicker than a millisecond is `< 1 ms`."""
    return f"{number(round(value), language)} ms" if value >= 1 else "< 1 ms"


def day(value: date, language: str) -> str:
    """`1/7/2020` in Vietnamese, `1 July 2020` in English."""
    if language == "en":
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    return typed_day(value)


def month_name(number_in_year: int) -> str:
    """`July`: as citations name it in every language of the pages."""
    return _MONTHS[number_in_year - 1]


def typed_day(value: date) -> str:
    """`1/7/2020`: the way both languages type a day into a field."""
    return f"{value.day}/{value.month}/{value.year}"


def moment(stamp: Stamp, language: str) -> str:
    """`thứ Tư, 1/7/2020, 10:07`; without the clock where none was printed."""
    weekday = _WEEKDAYS[language][stamp.day.weekday()]
    clock = f", {stamp.moment:%H:%M}" if stamp.has_time else ""
    return f"{weekday}, {day(stamp.day, language)}{clock}"


def month(value: str, language: str, *, with_year: bool = True) -> str:
    """`2020-07` as `Tháng 7/2020` or `July 2020`; without its year `Tháng 7` or `July`."""
    year, number_in_year = value.split("-")
    name = _MONTHS[int(number_in_year) - 1] if language == "en" else f"Tháng {int(number_in_year)}"
    if not with_year:
        return name
    return f"{name} {year}" if language == "en" else f"{name}/{year}"


def years(first: date | None, last: date | None) -> str:
    """`2004–2025`, one year if both are the same, "" if unknown."""
    if first is None or last is None:
        return ""
    return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
