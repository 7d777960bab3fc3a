"""A date in words, taken apart: small letters without marks, which calendar is named, the parts by their names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from indexer.analysis.canonical import canonical
from indexer.analysis.syllables import fold
from indexer.querying.dates.periods import Period
from indexer.querying.dates.years import Year


@dataclass(frozen=True, slots=True)
class Said:
    """What was said: the parts that a pattern found, the year, and the calendar.

    `is_lunar` and `is_solar` tell that a calendar was named, if only by the name of a lunar year; both may be false.
    """

    parts: Mapping[str, str]
    year: Year
    is_lunar: bool = False
    is_solar: bool = False

    def __getitem__(self, part: str) -> str:
        return self.parts[part]

    def __contains__(self, part: str) -> bool:
        return part in self.parts


Shape = tuple[str, Callable[[Said], Period | None]]
"""A pattern of words, and what reads the parts it finds."""

_APART = re.compile(r"[\s/.,()–-]+")
# `âm` alone begins other words as well (`âm nhạc`), unless a year follows.
_CALENDAR = re.compile(r"(?:^| )(?:(?P<lunar>am lich|al|am(?= (?:nam )?\d))|(?P<solar>duong lich|dl))(?= |$)")


def tidy(text: str) -> str:
    """Words in small letters, without marks and signs, one blank between them."""
    return _APART.sub(" ", fold(canonical(text)).lower()).strip()


def take_calendar(words: str) -> tuple[str, set[str]]:
    """The words without `âm lịch` or `dương lịch`, and which were there: `lunar`, `solar`."""
    named = {str(found.lastgroup) for found in _CALENDAR.finditer(words)}
    return _CALENDAR.sub("", words).strip(), named
