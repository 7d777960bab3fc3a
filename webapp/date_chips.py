"""The days that results are limited to, as chips in words: `Tết 2015: 19/2/2015 – 21/2/2015`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from indexer import period_text
from indexer.model import SearchRequest
from webapp import formats, links, wording
from webapp.contexts import Chip
from webapp.language import gettext
from webapp.links import Links


def date_chips(request: SearchRequest, said: Mapping[str, str], urls: Links, language: str) -> Iterator[Chip]:
    """One chip for days that can be called by one name, else one for each end.

    Args:
        request: what is searched.
        said: what was typed for `from` and `to`, where it was words.
        urls: writes the links.
        language: `vi` or `en`.
    """
    if request.since and request.until:
        both = _together(request.since, request.until, said, language)
        if both:
            yield Chip(both, urls.search(links.undated(request, since=True, until=True)), excludes=False)
            return
    if request.since:
        label = gettext("Từ %(day)s", day=_end(request.since, said.get("from"), language))
        yield Chip(label, urls.search(links.undated(request, since=True)), excludes=False)
    if request.until:
        label = gettext("Đến %(day)s", day=_end(request.until, said.get("to"), language))
        yield Chip(label, urls.search(links.undated(request, until=True)), excludes=False)


def days(first: date, last: date, language: str) -> str:
    """`19/2/2015 – 21/2/2015`, or the one day."""
    ends = (formats.day(first, language), formats.day(last, language))
    return " – ".join(dict.fromkeys(ends))


def _together(first: date, last: date, said: Mapping[str, str], language: str) -> str:
    """A label for both ends, "" where they have no name; one day is told in both calendars."""
    typed = said.get("from", "") if said.get("from") == said.get("to") else ""
    if first == last:
        day = _end(first, period_text.lunar_day(first, language), language)
        return f"{typed[:1].upper()}{typed[1:]}: {day}" if typed else gettext("Ngày %(day)s", day=day)
    if plain := _month_or_year(first, last, language):
        return plain
    name = period_text.name(first, last, language) or typed
    return f"{name}: {days(first, last, language)}" if name else ""


def _month_or_year(first: date, last: date, language: str) -> str:
    ends_a_month = (last + timedelta(1)).day == 1
    if first.day != 1 or not ends_a_month or first.year != last.year:
        return ""
    if first.month == last.month:
        return formats.month(f"{first:%Y-%m}", language)
    is_year = (first.month, last.month) == (1, 12)
    return wording.facet_value("year", str(first.year), "", language) if is_year else ""


def _end(day: date, besides: str | None, language: str) -> str:
    shown = formats.day(day, language)
    return f"{shown} ({besides})" if besides else shown
