"""Correcting an article: a form, what it would change, and only then the correction itself, beside the source.

What is left in a field as it was is no correction: the source goes on deciding it.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from indexer import curation, problem_text
from indexer.errors import CorrectionRefused, CorrectionsUnreadable, NothingToUndo
from indexer.model import Article
from indexer.problems import ACCEPTABLE, Correction, Fix, ProblemKind
from webapp import formats, site
from webapp.language import gettext, language
from webapp.params import clean
from webapp.staff.blueprint import blueprint
from webapp.staff.contexts import Accepted, ChangeRow, FixDonePage, FixPage, FixPreviewPage
from webapp.staff.problems import live_problems
from webapp.staff.shared import render, settings
from webapp.staff.speech import Speech, of_error, ours

FIELDS = ("published", "authors", "title", "lead", "section", "source", "captions", "note")
"""The fields of the form, but for the boxes."""

LISTS = frozenset({"authors", "captions"})
"""Fields with one on each line."""


@blueprint.route("/problems/<path:article_id>", methods=["GET", "POST"], endpoint="fix")
def fix(article_id: str) -> ResponseReturnValue:
    """The form; what was typed into it, as changes; and, once those were seen, the correction. 404 for no article."""
    held = site.archive().article(article_id)
    if held is None:
        abort(404)
    article, step = held.article, request.form.get("step", "")
    if request.method == "GET":
        return _form(article, _as_it_is(article))
    if step == "undo":
        done = curation.undo_fix(settings(), article_id)
        return _done(gettext("Đã bỏ phần đã sửa"), done)
    correction = _correction(article)
    if not correction:
        return _form(article, _typed(), ours(gettext("Chưa sửa gì cả."))), 422
    try:
        if step == "save":
            return _done(gettext("Đã ghi phần sửa"), curation.fix(settings(), article_id, correction))
        return _preview(article, curation.preview_fix(settings(), article_id, correction))
    except CorrectionRefused as error:
        return _form(article, _typed(), of_error(error, language())), 422


def _correction(article: Article) -> Correction:
    """What was typed otherwise than it is now."""
    now, typed = _as_it_is(article), _typed()
    texts = {name: typed[name] for name in FIELDS if name in request.form and typed[name] != now[name]}
    said = {name: tuple(filter(None, text.split("\n"))) if name in LISTS else text for name, text in texts.items()}
    kinds = {str(kind): kind for kind in ACCEPTABLE}
    accept = tuple(kinds[value] for value in dict.fromkeys(request.form.getlist("accept")) if value in kinds)
    correction = Correction(**said, accept=accept)  # type: ignore[arg-type] # LISTS says which are tuples
    return Correction() if correction == Correction(note=correction.note) else correction


def _typed() -> dict[str, str]:
    """What the form holds."""
    return {name: _tidy(name, request.form.get(name, "")) for name in FIELDS}


def _tidy(name: str, text: str) -> str:
    """A field without what no text can carry; on one line, unless it has several."""
    lines = [line for each in text.splitlines() if (line := clean(each))]
    return ("\n" if name in LISTS else " ").join(lines)


def _as_it_is(article: Article) -> dict[str, str]:
    """What the form holds at first."""
    captions = (f"{each.text} (Ảnh: {each.credit})" if each.credit else each.text for each in article.captions)
    fields = {
        "published": _stamp(article),
        "authors": "\n".join(author.name for author in article.authors),
        "title": article.title,
        "lead": article.lead,
        "section": article.section,
        "source": article.source,
        "captions": "\n".join(captions),
        "note": "",
    }
    return {name: _tidy(name, text) for name, text in fields.items()}


def _stamp(article: Article) -> str:
    """Day and time as papers print them, so that they can be read back."""
    stamp = article.published
    if stamp is None:
        return ""
    day = f"{stamp.day.day}/{stamp.day.month}/{stamp.day.year}"
    return f"{stamp.moment:%H:%M}, {day}" if stamp.has_time else day


def _form(article: Article, fields: dict[str, str], error: Speech = ()) -> str:
    chosen = set(request.form.getlist("accept"))
    found = [each for each in live_problems().found if each.article_id == article.id]
    page = FixPage(
        article=article.title,
        article_url=site.links().article(article.id),
        error=error,
        reports=tuple(problem_text.what(each, language()) for each in found if each.report),
        accepted=tuple(
            Accepted(each.kind.value, problem_text.what(each, language()), each.kind.value in chosen)
            for each in found
            if not each.report
        ),
        undo=_undo(article.id),
        **fields,
    )
    return render("fix.html", page)


def _undo(article_id: str) -> tuple[ChangeRow, ...]:
    with suppress(NothingToUndo, CorrectionRefused, CorrectionsUnreadable):
        return _changes(curation.preview_undo_fix(settings(), article_id))
    return ()


def _preview(article: Article, planned: Fix) -> str:
    page = FixPreviewPage(
        article=article.title,
        changes=_changes(planned),
        file=planned.file,
        sent_along=tuple(_sent_along()),
        back_url=url_for("staff.fix", article_id=article.id),
    )
    return render("fix_preview.html", page)


def _sent_along() -> Iterable[tuple[str, str]]:
    yield from _typed().items()
    yield from (("accept", value) for value in request.form.getlist("accept"))


def _done(heading: str, done: Fix) -> str:
    page = FixDonePage(
        heading=heading,
        file=done.file,
        start_url=url_for("staff.start_run"),
        problems_url=url_for("staff.problems"),
    )
    return render("fix_done.html", page)


def _changes(fix: Fix) -> tuple[ChangeRow, ...]:
    return tuple(
        ChangeRow(
            problem_text.field_name(each.field, language()),
            _shown(each.field, each.before),
            _shown(each.field, each.after),
        )
        for each in fix.changes
    )


def _shown(field: str, text: str) -> str:
    """Several names or captions on one line; kinds of problems in words, and a day as people write it."""
    parts = text.split("\n")
    if field == "published":
        with suppress(ValueError):
            moment = datetime.fromisoformat(text)
            clock = f", {moment:%H:%M}" if "T" in text else ""
            return f"{formats.day(moment.date(), language())}{clock}"
    if field == "accept":
        parts = [problem_text.name(ProblemKind(each), language()) for each in parts if each]
    return "; ".join(parts)
