"""Printed date stamps -> `Stamp`. Day before month; what is not certain is no stamp."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone

from indexer.model import Stamp
from indexer.sources.prose import one_line

VIETNAM = timezone(timedelta(hours=7))
FIRST_YEAR, LAST_YEAR = 1800, 2100

_LONGEST = 100
"""Characters; a longer line is prose, and not worth trying."""

_MONTHS = {
    **{name: number for number, name in enumerate("giêng hai ba tư năm sáu bảy tám chín mười".split(), 1)},
    "một": 1,
    "mười một": 11,
    "mười hai": 12,
    "chạp": 12,
}
_MONTH_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))

# A stamp is made of these parts, each at most once, in any order; only words may come again. Earlier rows win:
# `01.07.2020` is a date before `01.07` is a time.
_PARTS: tuple[tuple[str, str], ...] = (
    ("date", r"([0-9]{1,2})\s?([/.-])\s?([0-9]{1,2})\s?\2\s?([0-9]{4})(?![0-9])"),
    ("date", r"([0-9]{4})([/.-])([0-9]{1,2})\2([0-9]{1,2})(?![0-9])"),
    (
        "date",
        rf"([0-9]{{1,2}})(\s)tháng ([0-9]{{1,2}}|{_MONTH_NAMES}),?(?: năm)? ([0-9]{{4}})(?![0-9])",
    ),
    (
        "time",
        (
            r"([0-9]{1,2})(?:\s?(?::|h|g|giờ)\s?|\.)([0-9]{2})(?![0-9])"
            r"(?:\s?(?::|phút)\s?([0-9]{2})(?![0-9])(?:[.,][0-9]+)?)?(?: ?phút\b)?(?: ?(am|pm|sa|ch)\b)?"
        ),
    ),
    ("time", r"([0-9]{1,2})\s?(?:h|giờ)()()()(?![^\W_])"),
    ("zone", r"\(?(?:gmt|utc)?\s?([+-])([0-9]{1,2})(?::?([0-9]{2}))?(?![0-9/.-])\)?"),
    ("zone", r"\(?(?:z|utc|gmt)\b\)?"),
    ("weekday", r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|ch[ủú]a? nhật|cn|t[2-7])\b"),
    ("weekday", r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"),
    (
        "word",
        r"(?:(?:lần )?cập nhật(?: lần cuối)?|đăng(?: tải)?|xuất bản|phát hành|thời gian|ngày|lúc|vào)(?![^\W\d_])\s?:?",
    ),
)
_SHAPES = tuple((kind, re.compile(shape)) for kind, shape in _PARTS)
_BETWEEN = re.compile(r"[\s,|;•–-]+|(?<=[0-9])t(?=[0-9])")

_Parts = Mapping[str, re.Match[str]]


def read_stamp(text: str) -> Stamp | None:
    """When something was published, in Vietnam's time; None unless the whole text is one possible date."""
    line = one_line(text).casefold().strip("()[] .,;")
    parts = _take_apart(line) if len(line) <= _LONGEST else None
    if not parts or "date" not in parts:
        return None
    try:
        moment = datetime(*_day(parts["date"]), *_time(parts.get("time")), tzinfo=_zone(parts.get("zone")))
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            return None
        has_time = "time" in parts
        # Without a time there is nothing to convert: the day is the day that was printed.
        moment = moment.astimezone(VIETNAM) if has_time else moment.replace(tzinfo=VIETNAM)
    except ValueError:  # the 31st of June, 25:00
        return None
    return Stamp(moment, has_time) if FIRST_YEAR <= moment.year <= LAST_YEAR else None


def _take_apart(line: str) -> _Parts | None:
    """The parts of a stamp; None where anything else stands between them or a part comes twice."""
    parts: dict[str, re.Match[str]] = {}
    at = 0
    while at < len(line):
        found = _part_at(line, at)
        if found:
            kind, match = found
            if kind in parts and kind != "word":
                return None
            parts[kind] = match
            at = match.end()
        elif between := _BETWEEN.match(line, at):
            at = between.end()
        else:
            return None
    return parts


def _part_at(line: str, at: int) -> tuple[str, re.Match[str]] | None:
    for kind, shape in _SHAPES:
        if match := shape.match(line, at):
            return kind, match
    return None


def _day(match: re.Match[str]) -> tuple[int, int, int]:
    first, _, month, last = match.groups()
    year, day = (first, last) if len(first) == 4 else (last, first)
    return int(year), _MONTHS.get(month) or int(month), int(day)


def _time(match: re.Match[str] | None) -> tuple[int, int, int]:
    if match is None:
        return 0, 0, 0
    hour, minute, second, half = match.groups()
    return _hour(int(hour), half or ""), int(minute or 0), int(second or 0)


def _hour(hour: int, half: str) -> int:
    """On the clock of 24 hours; sa (sáng) is before noon, ch (chiều) after."""
    if not half:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if half in {"pm", "ch"} else 0)


def _zone(match: re.Match[str] | None) -> timezone:
    if match is None:
        return VIETNAM
    if not match.re.groups:
        return UTC
    sign, hours, minutes = match.groups()
    if int(minutes or 0) > 59:
        raise ValueError(minutes)
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(offset if sign == "+" else -offset)
