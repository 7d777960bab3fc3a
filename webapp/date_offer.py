"""A date in words typed where it filters nothing, or only half -> the link to the days that it means."""

from __future__ import annotations

from datetime import date

from indexer.bootstrap import date_at_end, read_period
from indexer.model import SearchRequest
from webapp import links
from webapp.contexts import NextStep
from webapp.date_chips import days
from webapp.language import gettext
from webapp.links import Links
from webapp.params import Reading

Period = tuple[date, date]


def date_offer(reading: Reading, urls: Links, language: str) -> NextStep | None:
    """The search within those days: of a date that ends the query, or stands in the first field alone.

    The query itself is never changed by that: its words are searched as they are.
    """
    request, said = reading.request, reading.said.get("from", "")
    if request.until:
        return None
    if request.since:
        period = read_period(said) if said else None
        return _step(request, "", said, period, urls, language) if period else None
    found = date_at_end(request.text)
    if found is None:
        return None
    return _step(links.asking(request, found.rest), found.rest, found.said, found.period, urls, language)


def _step(request: SearchRequest, query: str, when: str, period: Period, urls: Links, language: str) -> NextStep:
    shown = days(*period, language)
    if query:
        label = gettext("“%(query)s” chỉ trong %(when)s (%(days)s)", query=query, when=when, days=shown)
    else:
        label = gettext("Chỉ trong %(when)s (%(days)s)", when=when, days=shown)
    return NextStep(label, urls.search(links.dated(request, *period)))
