"""Printed date stamps -> `Stamp`. Day before month; what is not certain is no stamp.

Two figures are no year, `11/28/2020` is not turned round, `hôm qua` is no day. A weekday that is not that day's proves
nothing: it is the part nobody looks up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone

from indexer.model import Stamp
from indexer.sources.prose import one_line
from indexer.sources.stamp_parts import MONTHS, Parts, take_apart

VIETNAM = timezone(timedelta(hours=7))

FIRST_YEAR, LAST_YEAR = 1865, 2100
"""The first is that of the first newspaper in Vietnamese."""

_LONGEST = 100
"""Characters; a longer line is prose, and not worth trying."""

_LARGEST_OFFSET = timedelta(hours=14)
"""Of all time zones, on the Line Islands."""

_HAS_YEAR = re.compile(r"\d{4}")  # of any script: most lines end here, before anything is made of them
_AROUND = "()[] .,;|-"

_LOOK_ALIKES: Mapping[int, str | int] = {
    **{0xFEE0 + code: code for code in range(0x21, 0x7F)},  # full width, from Chinese and Japanese keyboards
    **dict.fromkeys(map(ord, "‐‑‒−"), "-"),
    **dict.fromkeys(map(ord, "⁄∕"), "/"),
    ord("∶"): ":",
}

_CHANGED = re.compile(r"\b(?:lần )?cập nhật\b|\b(?:last )?updated\b")

_UTC_IN_NAME_ONLY = re.compile(r"(?<=[0-9]{4}-[0-9]{2}-[0-9]{2}, [0-9]{2}:[0-9]{2}:[0-9]{2})\+00:00$")
"""Scrapers write `2016-11-29, 06:25:00+00:00` of a time that was printed without a zone. As they stand, such times are
many in the morning and few at three at night, as those of other papers are; as UTC they would be few at ten."""


def _clock(*hours: range, shift: int = 0) -> dict[int, int]:
    return {hour: hour + shift for each in hours for hour in each}


_FORENOON = {12: 0, **_clock(range(1, 12))}
_AFTERNOON = {12: 12, **_clock(range(1, 12), shift=12)}
_CLOCKS: Mapping[str, Mapping[int, int]] = {
    "": _clock(range(24)),
    "am": _FORENOON,
    "sa": _FORENOON,
    "pm": _AFTERNOON,
    "ch": _AFTERNOON,
    "sáng": _clock(range(12)),
    "trưa": _clock(range(10, 15)) | _clock(range(1, 3), shift=12),
    "chiều": _clock(range(12, 19)) | _clock(range(1, 7), shift=12),
    "tối": _clock(range(18, 24)) | _clock(range(6, 12), shift=12),
}
"""Part of the day -> hour as written -> hour of 24. At other hours nobody says so, or (đêm) not everybody the same."""


def read_stamp(text: str) -> Stamp | None:
    """When something was published, in Vietnam's time; None unless the whole text is one possible date.

    Where it tells two, the second of which is that of an update, it is the first.
    """
    line = one_line(text)
    if len(line) > _LONGEST or not _HAS_YEAR.search(line):
        return None
    line = line.translate(_LOOK_ALIKES).casefold()
    changed = _CHANGED.search(line)
    if changed and (stamp := _read(line[: changed.start()])) and take_apart(line[changed.end() :].strip(_AROUND + ":")):
        return stamp
    return _read(line)


def stamp_at(moment: datetime, has_time: bool) -> Stamp | None:
    """None where no newspaper can be of that year in Vietnam. Raises OverflowError at the ends of all time."""
    # Without a time there is nothing to convert: the day is the day that was printed.
    moment = moment.astimezone(VIETNAM) if has_time else moment.replace(tzinfo=VIETNAM)
    return Stamp(moment, has_time) if FIRST_YEAR <= moment.year <= LAST_YEAR else None


def _read(line: str) -> Stamp | None:
    parts = take_apart(_UTC_IN_NAME_ONLY.sub("", line.strip(_AROUND)))
    if not parts or "date" not in parts:
        return None
    try:
        moment = datetime(*_day(parts["date"]), *_time(parts.get("time")), tzinfo=_zone(parts))
        return stamp_at(moment, "time" in parts)
    except (ValueError, LookupError, OverflowError):  # the 31st of June, 25:00, the year 1
        return None


def _day(match: re.Match[str]) -> tuple[int, int, int]:
    day, month, year = match.group("day", "month", "year")
    return int(year), MONTHS.get(month) or int(month), int(day)


def _time(match: re.Match[str] | None) -> tuple[int, int, int]:
    """On the clock of 24 hours. Raises LookupError for an hour there is not."""
    if match is None:
        return 0, 0, 0
    said = match.groupdict()
    half = (said["half"] or "").replace(".", "")
    return _CLOCKS[half][int(said["hour"])], int(said.get("minute") or 0), int(said.get("second") or 0)


def _zone(parts: Parts) -> timezone:
    """Raises ValueError where there is no such zone, or two that differ."""
    said = {zone for kind in ("time", "zone", "zone name") if kind in parts for zone in _zones(parts[kind])}
    if len(said) > 1:
        raise ValueError(said)
    return said.pop() if said else VIETNAM


def _zones(match: re.Match[str]) -> Iterator[timezone]:
    said = match.groupdict()
    if said.get("sign"):
        hours, minutes = int(said["hours"]), int(said["minutes"] or 0)
        offset = timedelta(hours=hours, minutes=minutes)
        if minutes > 59 or offset > _LARGEST_OFFSET:
            raise ValueError(offset)
        yield timezone(offset if said["sign"] == "+" else -offset)
    elif said.get("vietnam"):
        yield VIETNAM
    elif said.get("utc") or "hour" not in said:
        yield UTC
