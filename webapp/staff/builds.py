"""The builds of the index: which is live, going back to an earlier one, and dropping one that waits."""

from __future__ import annotations

from datetime import timedelta

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from indexer import upkeep
from indexer.history import Build, BuildState
from webapp import formats
from webapp import wording as common
from webapp.language import gettext, language
from webapp.staff import wording
from webapp.staff.blueprint import blueprint
from webapp.staff.contexts import BuildRow, BuildsPage
from webapp.staff.shared import render, settings, wait_until_live
from webapp.staff.speech import the_librarys

TAKEN_UP_WITHIN = timedelta(seconds=2)
"""Servers look several times a second whether there is another build."""


@blueprint.get("/builds", endpoint="builds")
def builds() -> str:
    """All builds, the newest first."""
    found = upkeep.builds(settings())
    page = BuildsPage(
        builds=tuple(_row(each, language()) for each in found),
        can_roll_back=any(each.state is BuildState.BEFORE and not each.problem for each in found),
        use_url=url_for("staff.use_build"),
        drop_url=url_for("staff.drop_build"),
        rollback_url=url_for("staff.rollback"),
    )
    return render("builds.html", page)


@blueprint.post("/builds/use", endpoint="use_build")
def use_build() -> ResponseReturnValue:
    """Make a build live, after every byte of it was read."""
    wait_until_live(upkeep.use_build(settings(), request.form.get("name", "")).name, TAKEN_UP_WITHIN)
    return redirect(url_for("staff.builds"))


@blueprint.post("/builds/drop", endpoint="drop_build")
def drop_build() -> ResponseReturnValue:
    """Remove a build that waits for a yes."""
    upkeep.drop_build(settings(), request.form.get("name", ""))
    return redirect(url_for("staff.builds"))


@blueprint.post("/builds/rollback", endpoint="rollback")
def rollback() -> ResponseReturnValue:
    """Make the build before the live one live."""
    wait_until_live(upkeep.rollback(settings()).name, TAKEN_UP_WITHIN)
    return redirect(url_for("staff.builds"))


def _row(each: Build, language: str) -> BuildRow:
    states = {
        BuildState.LIVE: gettext("Đang dùng"),
        BuildState.BEFORE: gettext("Bản trước"),
        BuildState.LEFT: gettext("Đã rời"),
        BuildState.WAITING: gettext("Chờ đồng ý"),
    }
    return BuildRow(
        name=each.name,
        state=states[each.state],
        told=gettext(
            "dựng %(created)s, %(articles)s, %(size)s MB",
            created=wording.moment(each.created, language) or "?",
            articles=common.articles(each.articles, language),
            size=formats.number(max(1, round(each.bytes / 1_000_000)), language),
        ),
        problem=the_librarys(language, each.problem),
        can_drop=each.state is BuildState.WAITING,
        can_use=each.state is not BuildState.LIVE and not each.problem,
    )
