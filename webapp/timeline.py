"""Counts by year -> bars, with the empty years between them so that time runs evenly."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from indexer.model import FacetCount
from webapp import wording
from webapp.contexts import Bar

MAX_BARS = 80  # more years than that would make bars too thin to hit


def bars(counts: Iterable[FacetCount], url_of: Callable[[str], str], language: str) -> tuple[Bar, ...]:
    """One bar a year, oldest first; none if there are fewer than two years or too many."""
    by_year = {int(count.value): count for count in counts if count.value.isdecimal()}
    span = range(min(by_year, default=0), max(by_year, default=-1) + 1)
    if not 2 <= len(span) <= MAX_BARS:
        return ()
    tallest = max(count.count for count in by_year.values())
    return tuple(
        _bar(
            by_year.get(year, FacetCount(str(year), str(year), 0)),
            tallest,
            language,
            url=url_of(str(year)) if year in by_year else "",
            ticked=_ticked(year, span),
        )
        for year in span
    )


def _bar(count: FacetCount, tallest: int, language: str, *, url: str, ticked: bool) -> Bar:
    share = round(100 * count.count / tallest) if tallest else 0
    return Bar(
        label=count.value,
        title=f"{count.value}: {wording.articles(count.count, language)}",
        url=url,
        height=max(4, share) if count.count else 0,
        chosen=count.chosen,
        ticked=ticked,
    )


def _ticked(year: int, span: range) -> bool:
    """The ends and the round years, but no round year that would touch an end's label."""
    if len(span) <= 8 or year in {span[0], span[-1]}:
        return True
    step = 5 if len(span) <= 40 else 10
    return year % step == 0 and min(year - span[0], span[-1] - year) >= step // 2 + 1
