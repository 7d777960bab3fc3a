"""What is wrong with the articles, kind by kind, and the way to mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from indexer import curation, problem_text, upkeep
from indexer.problems import COPIES, Problem, ProblemKind, Problems
from indexer.settings import Settings
from webapp import formats, site
from webapp.language import gettext, language, ngettext
from webapp.staff import wording
from webapp.staff.blueprint import blueprint
from webapp.staff.contexts import KindLink, ProblemRow, ProblemsPage
from webapp.staff.shared import render, settings

PAGE = 50
"""Articles on a page."""


@blueprint.get("/problems", endpoint="problems")
def problems() -> str:
    """The problems of the live build: of the kind that is asked for, or else of the gravest that there is."""
    listed = live_problems()
    counts = Counter(each.kind for each in listed.found)
    kinds = [kind for kind in ProblemKind if counts[kind]]
    kind = next((each for each in kinds if each == request.args.get("kind")), kinds[0] if kinds else None)
    found = [each for each in listed.found if each.kind is kind]
    number = _page_number(len(found))
    here = language()
    page = ProblemsPage(
        summary=_summary(listed.found, here),
        kinds=tuple(
            KindLink(problem_text.name(each, here), _url(each), formats.number(counts[each], here), each is kind)
            for each in kinds
        ),
        name=problem_text.name(kind, here) if kind else "",
        why=problem_text.why(kind, here) if kind else "",
        cure=problem_text.cure(kind, here) if kind else "",
        rows=tuple(_row(each, here) for each in found[(number - 1) * PAGE : number * PAGE]),
        previous_url=_url(kind, number - 1) if kind and number > 1 else "",
        next_url=_url(kind, number + 1) if kind and number * PAGE < len(found) else "",
        is_whole=listed.is_whole,
    )
    return render("problems.html", page)


def live_problems() -> Problems:
    """What readers report, and the problems of the live build, which are kept as long as it is live.

    Raises:
        IndexMissing, IndexDamaged
        OSError: the reports cannot be read.
    """
    found = _problems(settings(), upkeep.live_build(settings()), f"{datetime.now(UTC):%Y-%m-%d %H}")
    return replace(found, found=(*curation.reported(settings(), site.archive().source), *found.found))


@lru_cache(maxsize=1)
def _problems(settings: Settings, build: str, _hour: str) -> Problems:
    """With the day some dates are no longer ahead; somewhere it begins with every hour."""
    return curation.problems(settings, build)


@blueprint.post("/reports/<report_id>/seen", endpoint="report_seen")
def report_seen(report_id: str) -> Response:
    """Take a reader's report off the list; nothing happens where somebody did so before."""
    curation.close_reports(settings(), (report_id,))
    return redirect(_url(ProblemKind.READER_REPORT))


def _page_number(count: int) -> int:
    """The page that is asked for, as far as there is one."""
    asked = request.args.get("page", "")[:9]
    last = max(1, -(-count // PAGE))
    return min(max(1, int(asked)), last) if asked.isdecimal() else 1


def _url(kind: ProblemKind, number: int = 1) -> str:
    return url_for("staff.problems", kind=kind.value, page=None if number == 1 else number)


def _summary(found: Sequence[Problem], language: str) -> str:
    articles = len({each.article_id for each in found})
    if not articles:
        return gettext("Không thấy bài nào cần sửa.")
    shown = formats.number(articles, language)
    return ngettext("%(count)s bài có chỗ cần xem lại.", "%(count)s bài có chỗ cần xem lại.", articles, count=shown)


def _row(each: Problem, language: str) -> ProblemRow:
    held, report = site.archive().unlit(each.article_id), each.report
    title = held.title if held else report.title if report else ""
    return ProblemRow(
        title=title or each.article_id,
        url=site.links().article(each.article_id),
        what=_what(each, language),
        path=each.path,
        fix_url=url_for("staff.fix", article_id=each.article_id) if each.path else "",
        seen_url=url_for("staff.report_seen", report_id=report.id) if report else "",
        other_url=site.links().article(each.detail) if each.kind in COPIES else "",
    )


def _what(each: Problem, language: str) -> str:
    """The problem; of a report what it says, and when it was sent: its kind stands above the list."""
    if not each.report:
        return problem_text.what(each, language)
    name = problem_text.report_name(each.report.kind, language)
    return f"{wording.moment(each.report.time, language)}, {name}: {each.report.text}"
