"""Readers report mistakes in articles; staff find them among the problems. Nothing is asked of who they are."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue

from indexer.errors import ReportsFull
from indexer.model import Article
from webapp import site
from webapp.contexts import SearchForm
from webapp.contexts_article import ReportForm, ReportPage
from webapp.language import gettext
from webapp.report_form import DECOY, Typed, filled_in, read_report, report_form
from webapp.report_throttle import wait_seconds

blueprint = Blueprint("reporting", __name__)

MOST_FORM_BYTES = 20_000
"""A thousand characters, each of them percent-encoded, and the rest of the form."""


@blueprint.get("/bao-loi/<path:article_id>")
def report(article_id: str) -> str:
    """The form by itself; or thanks, where a report has just been taken (`da-gui=1`)."""
    article = _article(article_id)
    return _page(article, report_form(_action(article)), is_done=request.args.get("da-gui") == "1")


@blueprint.post("/bao-loi/<path:article_id>")
def take(article_id: str) -> ResponseReturnValue:
    """Take a report, or say why not; what was typed is never lost."""
    request.max_content_length = MOST_FORM_BYTES
    article, typed = _article(article_id), read_report(request.form)
    if not _is_from_here():
        return _page(article, filled_in(_action(article), typed), trouble=_from_elsewhere()), 403
    if not typed.is_complete:
        return _page(article, filled_in(_action(article), typed), trouble=gettext("Còn thiếu một chút.")), 422
    if request.form.get(DECOY):  # a program, which need not know that nothing was kept
        return _thanks(article)
    if seconds := wait_seconds(request.remote_addr or ""):
        page = _page(article, filled_in(_action(article), typed), trouble=_too_many(seconds))
        return page, 429, {"Retry-After": str(seconds)}
    return _keep(article, typed)


def _keep(article: Article, typed: Typed) -> ResponseReturnValue:
    reports = site.current_site().reports
    assert reports  # noqa: S101 - narrows the type; without them these pages are not there
    assert typed.kind  # noqa: S101 - narrows the type; it is complete
    try:
        reports.add(article.id, article.title, typed.kind, typed.text)
    except ReportsFull as error:
        current_app.logger.error("%s %s", error, error.next_step)
        trouble = gettext("Đang có rất nhiều báo lỗi chờ xem, nên chưa nhận thêm được. Xin trở lại sau ít ngày.")
    except OSError as error:
        current_app.logger.error("A reader's report cannot be written: %s", error)
        trouble = gettext("Chưa ghi lại được do trục trặc ở phía kho. Xin thử lại sau ít phút.")
    else:
        return _thanks(article)
    return _page(article, filled_in(_action(article), typed), trouble=trouble), 503


def _article(article_id: str) -> Article:
    return site.archive().unlit(article_id) or abort(404)


def _action(article: Article) -> str:
    return site.links().report(article.id)


def _thanks(article: Article) -> ResponseReturnValue:
    return redirect(f"{_action(article)}?da-gui=1", 303)


def _page(article: Article, form: ReportForm, *, trouble: str = "", is_done: bool = False) -> str:
    page = ReportPage(
        form=SearchForm(),
        article_title=article.title,
        article_url=site.links().article(article.id),
        is_done=is_done,
        trouble=trouble,
        report=form,
    )
    return render_template("report.html", page=page)


def _is_from_here() -> bool:
    """Whether the form stood on a page of this site, as far as browsers say: there is no session to be misused, but no
    other site shall send reports in the name of its visitors. Those that say nothing are old browsers, and programs.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("Origin")
    return origin is None or origin.partition("://")[2] == request.host


def _from_elsewhere() -> str:
    return gettext("Biểu mẫu này không đến từ trang của kho. Xin gửi lại từ đây.")


def _too_many(seconds: int) -> str:
    minutes = str(-(-seconds // 60))
    return gettext(
        "Từ mạng của bạn đã có nhiều báo lỗi trong một giờ qua. Xin gửi lại sau %(minutes)s phút.", minutes=minutes
    )
