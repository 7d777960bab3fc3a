"""What readers search for: what found nothing, and what is asked most."""

from __future__ import annotations

from collections.abc import Iterable

from flask import request, url_for

from indexer import curation
from indexer.model import SearchRequest
from indexer.searches.counts import AskedQuestion, SearchCounts
from webapp import formats, site
from webapp import wording as common
from webapp.language import gettext, language, ngettext
from webapp.staff.blueprint import blueprint
from webapp.staff.contexts import AskedRow, NavLink, SearchesPage
from webapp.staff.shared import render, settings

PERIODS = (7, 30, 90)
"""Days to look back on; the second unless another is asked for."""

SHOWN = 50


@blueprint.get("/searches", endpoint="searches")
def searches() -> str:
    """The questions of the last days, today included."""
    days = next((each for each in PERIODS if str(each) == request.args.get("days")), PERIODS[1])
    counts = curation.searches(settings(), days)
    here = language()
    page = SearchesPage(
        summary=_summary(counts, here),
        is_counting=settings().count_searches,
        periods=tuple(
            NavLink(
                ngettext("%(count)s ngày", "%(count)s ngày", each, count=str(each)),
                url_for("staff.searches", days=each),
                each == days,
            )
            for each in PERIODS
        ),
        without_result=_rows(counts.without_result, here),
        frequent=_rows(counts.questions, here),
    )
    return render("searches.html", page)


def _summary(counts: SearchCounts, language: str) -> str:
    return gettext(
        "Đếm được %(total)s lượt tìm, %(others)s lượt trong đó không còn giữ câu chữ.",
        total=formats.number(counts.total, language),
        others=formats.number(counts.others, language),
    )


def _rows(asked: Iterable[AskedQuestion], language: str) -> tuple[AskedRow, ...]:
    urls = site.links()
    return tuple(
        AskedRow(each.text, urls.search(SearchRequest(each.text, page_size=urls.page_size)), _told(each, language))
        for each in list(asked)[:SHOWN]
    )


def _told(each: AskedQuestion, language: str) -> str:
    shown = formats.number(each.count, language)
    times = ngettext("%(count)s lần", "%(count)s lần", each.count, count=shown)
    found = common.articles(each.found, language)
    return gettext(
        "%(times)s, lần cuối %(day)s thấy %(found)s",
        times=times,
        day=formats.day(each.last_day, language),
        found=found,
    )
