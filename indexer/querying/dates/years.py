"""Years as they are said: `2015`, `năm 2015`, `Ất Mùi`, `năm ngoái`. Words are in small letters without marks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from indexer.analysis.syllables import fold
from indexer.querying.dates import lunar
from indexer.querying.dates.numerals import any_of
from indexer.querying.dates.recent import YEARS_AGO

_CYCLE = 60  # years until a name comes again

_NAMES = {fold(lunar.year_name(year)).lower(): year % _CYCLE for year in range(lunar.FIRST_YEAR, lunar.FIRST_YEAR + 60)}
_VARIANTS = (("ty", "ti"), ("mao", "meo"))
_NAMES |= {name.replace(one, other): year for name, year in _NAMES.items() for one, other in _VARIANTS}

YEAR = rf"(?P<year>(?:nam )?(?:(?:(?:{any_of(_NAMES)}) )?\d{{4}}|{any_of(_NAMES)})|{any_of(YEARS_AGO)})"
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
    *name, last = words.removeprefix("nam ").split(" ")
    if last.isdecimal():
        place = _NAMES[" ".join(name)] if name else None
        return Year(int(last), bool(name)) if place in {None, int(last) % _CYCLE} else None
    place = _NAMES[" ".join([*name, last])]
    now = lunar.lunar_day(today)
    return Year(now.year - (now.year - place) % _CYCLE, is_named=True) if now else None
