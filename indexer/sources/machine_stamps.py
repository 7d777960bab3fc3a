"""Dates that programs write: printed stamps, and those of databases and spreadsheets, which nobody prints.

Unix seconds and milliseconds, `20200701`, `20200701T100700Z`, `/Date(1593572820000)/` (.NET) and `{"$date": ...}`
(MongoDB). How many figures there are tells which is meant. A spreadsheet's number of days is no date: the same number
is two days, four years apart, depending on where the sheet was made.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from indexer.model import Stamp
from indexer.sources.prose import one_line
from indexer.sources.stamps import read_stamp, stamp_at

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_SECONDS = re.compile(r"([0-9]{9,10})(?:\.[0-9]*)?")
"""From 1973 on. A column with gaps comes from some programs as `1593572820.0`."""

_MILLISECONDS = re.compile(r"([0-9]{13})(?:\.[0-9]*)?")
"""From 2001 on; 12 figures are rather `202007011007`."""

_DOT_NET = re.compile(r"\\?/Date\((-?[0-9]{1,13})(?:[+-][0-9]{4})?\)\\?/", re.IGNORECASE)
_COMPACT = re.compile(
    r"([0-9]{4})([0-9]{2})([0-9]{2})(?:[T ]?([0-9]{2})([0-9]{2})([0-9]{2})?(?:\.[0-9]+)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?",
    re.IGNORECASE,
)
_AMERICAN = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/[0-9]{4}\b.*[AP]M\b", re.IGNORECASE)
"""Programs with American settings write the month first; people here do not write AM and PM."""


def read_machine_stamp(value: object) -> Stamp | None:
    """When something was published, in Vietnam's time; None for all that is not certain.

    `value` is a text or a number, or what JSON has instead. Where a day could be an American's month, nobody knows.
    """
    for name in ("$date", "$numberLong"):
        value = value.get(name) if isinstance(value, dict) and name in value else value
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = one_line(str(value))
    return _unix(text) or _compact(text) or _printed(text)


def _unix(text: str) -> Stamp | None:
    if seconds := _SECONDS.fullmatch(text):
        return stamp_at(_EPOCH + timedelta(seconds=int(seconds[1])), has_time=True)
    if millis := _MILLISECONDS.fullmatch(text) or _DOT_NET.fullmatch(text):
        return stamp_at(_EPOCH + timedelta(seconds=int(millis[1]) // 1000), has_time=True)
    return None


def _compact(text: str) -> Stamp | None:
    match = _COMPACT.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    time = f" {hour}:{minute}:{second or '00'}{zone or ''}" if hour else ""
    return read_stamp(f"{year}-{month}-{day}{time}")


def _printed(text: str) -> Stamp | None:
    american = _AMERICAN.match(text)
    return None if american and int(american[1]) <= 12 and int(american[2]) <= 12 else read_stamp(text)
