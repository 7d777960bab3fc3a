"""Days counted from today: `hôm qua`, `tuần này`, `7 ngày qua`. Words are in small letters without marks."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, timezone

from indexer.querying.dates.numerals import NUMBERS, any_of, number
from indexer.querying.dates.periods import Period, first_of, months_of

_VIETNAM = timezone(timedelta(hours=7))

YEARS_AGO = {"nam nay": 0, "nam ngoai": 1, "nam truoc": 1, "nam kia": 2}
"""Years that are said from today."""

_DAYS_AGO = {"hom nay": 0, "hom qua": 1, "hom kia": 2}
_MONTHS_AGO = {"thang nay": 0, "thang truoc": 1}
_QUARTERS_AGO = {"quy nay": 0, "quy truoc": 1}
_WEEKS_AGO = {"tuan nay": 0, "tuan truoc": 1}

_LAST_FEW = re.compile(rf"(\d{{1,3}}|{any_of(NUMBERS)}) (ngay|tuan|thang|nam) (?:vua )?(?:qua|gan day)")


def vietnam_today() -> date:
    """Today's date where the readers are."""
    return datetime.now(UTC).astimezone(_VIETNAM).date()


def read_recent(words: str, today: date) -> Period | None:
    """The days meant, None where the words are not counted from today."""
    if words in _DAYS_AGO:
        return (today - timedelta(_DAYS_AGO[words]),) * 2
    if words in _WEEKS_AGO:
        monday = today - timedelta(today.weekday() + 7 * _WEEKS_AGO[words])
        return monday, monday + timedelta(6)
    if words in _MONTHS_AGO:
        return months_of(today.year, today.month - _MONTHS_AGO[words], 1)
    if words in _QUARTERS_AGO:
        return months_of(today.year, (today.month - 1) // 3 * 3 + 1 - 3 * _QUARTERS_AGO[words], 3)
    found = _LAST_FEW.fullmatch(words)
    return _last_few(number(found[1]), found[2], today) if found else None


def _last_few(count: int, unit: str, today: date) -> Period | None:
    """The days up to today, which counts: it is the last of `7 ngày qua`; `1 tháng qua` began a month ago tomorrow."""
    if not count:
        return None
    if unit in {"ngay", "tuan"}:
        return today - timedelta((7 if unit == "tuan" else 1) * count - 1), today
    month = first_of(today.year, today.month - (12 if unit == "nam" else 1) * count)
    same_day = min(today.day, monthrange(month.year, month.month)[1])
    return month.replace(day=same_day) + timedelta(1), today
