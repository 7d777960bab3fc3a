"""From request arguments to a `SearchRequest`. Pure, and without an error for any input.

What cannot be read is left out and reported as a `Problem`: a reader's typing slip must never cost
them the page. The JSON API, whose callers are programs, answers 400 to the unreadable ones instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from indexer.model import FACETS, Choice, SearchRequest, Sort

MAX_FACET_VALUES = 20
MAX_FACET_CHARS = 100
MAX_DATE_CHARS = 60
MAX_PAGE = 10_000  # 100,000 articles in pages of ten; nobody reads on from there

ReadPeriod = Callable[[str], tuple[date, date] | None]
"""Text such as `2015`, `1/7/2015` or `Tết 2015` -> first and last day meant, None if no date."""

_OTHER_END = {"from": "to", "to": "from"}

SHAPES = {
    "year": re.compile(r"[1-9][0-9]{3}"),
    "month": re.compile(r"[1-9][0-9]{3}-(0[1-9]|1[0-2])"),
}
"""What the values of a facet look like; those of the others may be called anything that can be seen."""

_ANYTHING = re.compile(r".+")

_WHOLE_NUMBER = re.compile(r"[0-9]{1,40}")
# Control characters and halves of surrogate pairs: no page and no JSON text can carry them.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class Arguments(Protocol):
    """What we need of a request's arguments; Werkzeug's `request.args` is one."""

    def getlist(self, key: str) -> list[str]:
        """Every value given for `key`, in order."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a reader may ask for at once."""

    query_chars: int = 500
    page_size: int = 10
    max_page_size: int = 100
    max_export: int = 10_000


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the arguments that was not taken as given; `wording.problem` puts it into words.

    Codes: `unreadable` (left out), `query_cut`, `too_many` and `too_large` (cut to the limit),
    `reversed` (the two dates changed places).
    """

    parameter: str
    code: str
    value: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The request that was understood, and what was not."""

    request: SearchRequest
    problems: tuple[Problem, ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)
    """What was typed for `from` and `to`, where a date was said in words."""

    @property
    def unreadable(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.code == "unreadable")


def read_search(args: Arguments, limits: Limits, read_period: ReadPeriod) -> Reading:
    """Read the arguments of a search page or of its JSON twin."""
    form = _Form(args)
    since, until = form.dates(read_period)
    choices: dict[str, Any] = {facet: form.choice(facet) for facet in FACETS}
    request = SearchRequest(
        text=form.query(limits.query_chars),
        author_like=form.name("author_like"),
        **choices,
        since=since,
        until=until,
        sort=form.sort(),
        page=form.number("page", 1, MAX_PAGE),
        page_size=form.number("size", limits.page_size, limits.max_page_size),
        literal=form.flag("literal"),
    )
    return Reading(request, tuple(form.problems), form.said)


def clean(text: str) -> str:
    """The text without unprintable characters, its runs of blanks made one."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


class _Form:
    """Takes arguments apart one by one, and notes what was wrong with them."""

    def __init__(self, args: Arguments) -> None:
        self._args = args
        self.problems: list[Problem] = []
        self.said: dict[str, str] = {}

    def query(self, limit: int) -> str:
        text = self._first("q")
        if len(text) > limit:
            self._note("q", "query_cut", str(limit))
        return text[:limit].rstrip()

    def name(self, name: str) -> str:
        text = self._first(name)
        if len(text) > MAX_FACET_CHARS:
            self._note(name, "unreadable", text)
            return ""
        return text

    def choice(self, facet: str) -> Choice:
        shape = SHAPES.get(facet, _ANYTHING)
        exclude, include = self._values(f"not_{facet}", shape), self._values(facet, shape)
        return Choice(tuple(value for value in include if value not in exclude), exclude)

    def dates(self, read_period: ReadPeriod) -> tuple[date | None, date | None]:
        first, last = self._period("from", read_period), self._period("to", read_period)
        if first and last and first[0] > last[1]:
            self._note("from", "reversed", "")
            self.said = {_OTHER_END[name]: text for name, text in self.said.items()}
            first, last = last, first
        return (first[0] if first else None), (last[1] if last else None)

    def sort(self) -> Sort:
        text = self._first("sort")
        if text in set(Sort):
            return Sort(text)
        if text:
            self._note("sort", "unreadable", text)
        return Sort.RELEVANCE

    def number(self, name: str, default: int, largest: int) -> int:
        text = self._first(name)
        if not text:
            return default
        if not _WHOLE_NUMBER.fullmatch(text) or int(text) < 1:
            self._note(name, "unreadable", text)
            return default
        if int(text) > largest:
            self._note(name, "too_large", str(largest))
        return min(int(text), largest)

    def flag(self, name: str) -> bool:
        text = self._first(name)
        if text not in {"", "0", "1"}:
            self._note(name, "unreadable", text)
        return text == "1"

    def _values(self, name: str, shape: re.Pattern[str]) -> tuple[str, ...]:
        given = [value for text in self._args.getlist(name) if (value := clean(text))]
        known = dict.fromkeys(value for value in given if len(value) <= MAX_FACET_CHARS and shape.fullmatch(value))
        for value in dict.fromkeys(given):
            if value not in known:
                self._note(name, "unreadable", value)
        if len(given) > MAX_FACET_VALUES:
            self._note(name, "too_many", str(MAX_FACET_VALUES))
        return tuple(known)[:MAX_FACET_VALUES]

    def _period(self, name: str, read_period: ReadPeriod) -> tuple[date, date] | None:
        text = self._first(name)
        if not text:
            return None
        period = read_period(text) if len(text) <= MAX_DATE_CHARS else None
        if period is None:
            self._note(name, "unreadable", text)
        elif any(map(str.isalpha, text)):
            self.said[name] = text
        return period

    def _first(self, name: str) -> str:
        """The first value given that says anything: forms send empty fields along."""
        return next((text for value in self._args.getlist(name) if (text := clean(value))), "")

    def _note(self, parameter: str, code: str, value: str) -> None:
        shown = value if len(value) <= MAX_DATE_CHARS else value[:MAX_DATE_CHARS] + "…"
        self.problems.append(Problem(parameter, code, shown))
