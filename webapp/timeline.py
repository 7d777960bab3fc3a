"""The timeline above the results: years, then the months of a year, then the days of a month."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from indexer.model import FacetCount, SearchPage, SearchRequest
from webapp import formats, links, timescale, wording
from webapp.contexts_results import Bar, TimelineView, TimeLink
from webapp.language import gettext
from webapp.links import Links
from webapp.timescale import Stretch


def timeline(page: SearchPage, urls: Links, language: str) -> TimelineView | None:
    """The time that the results are narrowed to, in the next smaller unit; None where there is nothing to see."""
    request, months = page.request, page.facets.get("month", ())
    if len(request.month.include) == 1:
        return _of_month(request, request.month.include[0], page.facets.get("day", ()), urls, language)
    years = {month.value[:4] for month in months}
    if len(years) == 1:
        return _of_year(request, years.pop(), months, urls, language)
    return of_years(request, page.facets.get("year", ()), urls, language)


def of_years(request: SearchRequest, counts: Sequence[FacetCount], urls: Links, language: str) -> TimelineView | None:
    """All years with articles, each leading to itself alone; None if there are fewer than two."""
    stretches = timescale.in_years(counts)
    if len(stretches) < 2:
        return None

    def chosen(stretch: Stretch) -> SearchRequest:
        if stretch.value:
            return links.only(request, "year", stretch.value)
        return links.dated(request, stretch.first, stretch.last)

    return TimelineView(
        name="",
        caption=gettext("Số bài theo năm"),
        unit="year",
        heading=gettext("Năm"),
        bars=_bars(stretches, request, lambda one: urls.search(chosen(one)), language, _years_of),
        up=_up(request, ((gettext("Cả kho"), links.undated(request, since=True, until=True)),), urls),
    )


def _of_year(
    request: SearchRequest, year: str, counts: Sequence[FacetCount], urls: Links, language: str
) -> TimelineView:
    stretches = timescale.in_months(int(year), counts)
    return TimelineView(
        name=year,
        caption=gettext("Số bài theo tháng, năm %(year)s", year=year),
        unit="month",
        heading=gettext("Tháng"),
        bars=_bars(
            stretches,
            request,
            lambda one: urls.search(links.only(request, "month", one.value)),
            language,
            lambda one: formats.month(one.value, language),
        ),
        up=_up(request, ((gettext("Cả kho"), _beyond_year(request, stretches)),), urls),
    )


def _of_month(
    request: SearchRequest, month: str, counts: Sequence[FacetCount], urls: Links, language: str
) -> TimelineView:
    year, name = int(month[:4]), formats.month(month, language)
    stretches = timescale.in_days(year, int(month[5:]), counts)
    all_days = _less_dates(request, stretches)
    whole_year = _less_dates(links.only(request, "year", f"{year:04d}"), timescale.in_months(year, ()))
    ways = [
        (gettext("Cả kho"), _beyond_year(request, timescale.in_months(year, ()))),
        (str(year), links.without_all(whole_year, "month")),
    ]
    day = request.since if request.since and request.since == request.until else None
    if day:
        ways.append((name, all_days))

    def chosen(stretch: Stretch) -> SearchRequest:
        return all_days if stretch.first == day else links.dated(request, stretch.first, stretch.last)

    return TimelineView(
        name=formats.day(day, language) if day else name,
        caption=gettext("Số bài theo ngày, %(month)s", month=name),
        unit="day",
        heading=gettext("Ngày"),
        bars=_bars(
            stretches,
            request,
            lambda one: urls.search(chosen(one)),
            language,
            lambda one: formats.day(one.first, language),
        ),
        up=_up(request, ways, urls),
    )


def _years_of(stretch: Stretch) -> str:
    """`2015`, or `1990–1999` for several together."""
    return formats.years(stretch.first, stretch.last)


def _beyond_year(request: SearchRequest, months: Sequence[Stretch]) -> SearchRequest:
    """The same search in all years."""
    return _less_dates(links.without_all(links.without_all(request, "month"), "year"), months)


def _less_dates(request: SearchRequest, stretches: Sequence[Stretch]) -> SearchRequest:
    """Without the first and last day wanted, where they narrow down what is to be seen whole."""
    first, last = stretches[0].first, stretches[-1].last
    return links.undated(
        request,
        since=request.since is not None and first <= request.since,
        until=request.until is not None and request.until <= last,
    )


def _up(request: SearchRequest, ways: Sequence[tuple[str, SearchRequest]], urls: Links) -> tuple[TimeLink, ...]:
    """The ways that lead anywhere else than here."""
    here = links.on_page(request, 1)
    return tuple(TimeLink(label, urls.search(wider)) for label, wider in ways if wider != here)


def _bars(
    stretches: Sequence[Stretch],
    request: SearchRequest,
    url_of: Callable[[Stretch], str],
    language: str,
    name_of: Callable[[Stretch], str],
) -> tuple[Bar, ...]:
    tallest = max(stretch.count for stretch in stretches)
    in_range = [_overlaps(stretch, request.since, request.until) for stretch in stretches]
    is_part = not all(in_range)

    def bar(stretch: Stretch, *, chosen: bool) -> Bar:
        name = name_of(stretch)
        share = round(100 * stretch.count / tallest) if tallest else 0
        return Bar(
            label=str(stretch.number) if stretch.value else str(stretch.first.year),
            name=name,
            count=formats.number(stretch.count, language),
            title=f"{name}: {wording.articles(stretch.count, language)}",
            url=url_of(stretch) if stretch.count else "",
            height=max(4, share) if stretch.count else 0,
            chosen=chosen,
            ticked=_ticked(stretch.number, stretches[0].number, stretches[-1].number),
        )

    return tuple(
        bar(stretch, chosen=stretch.chosen or (is_part and within))
        for stretch, within in zip(stretches, in_range, strict=True)
    )


def _overlaps(stretch: Stretch, since: date | None, until: date | None) -> bool:
    return (since is None or since <= stretch.last) and (until is None or stretch.first <= until)


def _ticked(number: int, first: int, last: int) -> bool:
    """The ends and the round numbers, but no round number that would touch an end's label."""
    span = last - first + 1
    if span <= 12 or number in {first, last}:
        return True
    step = 5 if span <= 40 else 10
    return number % step == 0 and min(number - first, last - number) >= step // 2 + 1
