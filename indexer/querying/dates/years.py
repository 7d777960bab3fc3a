"""Years as they are said: `2015`, `năm 2015`, `Ất Mùi`, `năm ngoái`. Words are in small letters without marks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from indexer.analysis.syllables import fold
from indexer.querying.dates import lunar
from indexer.querying.dates.numerals import any_of
from indexer.querying.dates.recent import YEARS_AGO

_CYCLE = 60  # years until a name comes again

_NAMES = {fold(lunar.year_name(year)).lower(): year for year in range(_CYCLE)}
_VARIANTS = {"ti": "ty", "meo": "mao"}

_STEM = any_of({name.split(" ")[0] for name in _NAMES})
_BRANCH = any_of({name.split(" ")[1] for name in _NAMES} | _VARIANTS.keys())
_NAME = rf"(?:{_STEM}) (?:{_BRANCH})"

YEAR = rf"(?P<year>(?:nam )?(?:(?:{_NAME} )?\d{{4}}|{_NAME})|{any_of(YEARS_AGO)})"
"""A pattern whose group `year` is what `read_year` reads."""


@dataclass(frozen=True, slots=True)
class Year:
    """A year, and whether it was called by its name, as only lunar years are."""

    number: int
    is_named: bool = False


def read_year(words: str, today: date) -> Year | None:
    """The year meant; None where a name and a number do not belong together.

    A name alone is the last year of that name that has begun: there is one in sixty years.
    """
    if words in YEARS_AGO:
        return Year(today.year - YEARS_AGO[words])
    name, number = _take_apart(words.removeprefix("nam "))
    place = _NAMES.get(name)
    if name and place is None:
        return None
    if number:
        return Year(number, bool(name)) if place in {None, number % _CYCLE} else None
    now = lunar.lunar_day(today)
    return Year(now.year - (now.year - place) % _CYCLE, is_named=True) if now and place is not None else None


def _take_apart(words: str) -> tuple[str, int]:
    """Name and number of a year; "" and 0 where one was not said."""
    *name, last = (_VARIANTS.get(word, word) for word in words.split(" "))
    return (" ".join(name), int(last)) if last.isdecimal() else (" ".join([*name, last]), 0)
