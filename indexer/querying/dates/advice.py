"""What readers are told about a date: how its words were understood, or what they lack."""

from __future__ import annotations

from indexer.model import Notice
from indexer.querying.dates.reading import DayRange, read_period

_SHOWN = 40  # characters of the reader's own text that a notice repeats

_COMPLETED = (
    ("date_needs_year", "{} 2020"),
    ("date_needs_year", "{}/2020"),
    ("date_needs_century", "{} thế kỷ 20"),
    ("date_needs_calendar", "{} âm lịch"),
)
"""What a text may lack, and the same text with it."""


def unread(text: str) -> Notice:
    """That the text is no date, and what would make it one: of `quý 2` or `30/4` the year."""
    says_something = any(character.isalnum() for character in text)
    lacks = (code for code, whole in _COMPLETED if says_something and read_period(whole.format(text)))
    return Notice(next(lacks, "bad_date"), {"date": _shown(text)})


def understood(text: str, days: DayRange) -> Notice | None:
    """Which days words mean, put in order or not; None where the text is all digits, in order."""
    since, until = (f"{day.day}/{day.month}/{day.year}" if day else "…" for day in (days.since, days.until))
    if days.swapped:
        return Notice("reversed_dates", {"since": since, "until": until})
    if not any(character.isalpha() for character in text):
        return None
    return Notice("date_meant", {"date": _shown(text), "days": since if since == until else f"{since} – {until}"})


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
