"""The page of one run: its progress while it is under way, its report when it is over; and starting one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from indexer import upkeep
from indexer.errors import IndexUnavailable
from indexer.runs import Run, RunState
from webapp import formats, site
from webapp import wording as common
from webapp.language import gettext, language
from webapp.links import Links
from webapp.staff import events, wording
from webapp.staff.blueprint import blueprint
from webapp.staff.contexts import Count, Listed, Listing, Progress, RunPage
from webapp.staff.impacts import impact_view
from webapp.staff.shared import render, run_log, settings, wait_until_live
from webapp.staff.speech import ours, the_librarys

SHOWN = 50
"""Lines of a list that are shown: what is new is to be read, not scrolled through."""

JUST_NOW = timedelta(seconds=2)
"""A build younger than this may not have been taken up by every process yet."""

SLOW_START = timedelta(seconds=30)
"""A run that was started notes that within a second or so; one that has not after this time never will."""


@blueprint.get("/runs/<run_id>", endpoint="run")
def run(run_id: str) -> ResponseReturnValue:
    """How a run stands or ended."""
    found = run_log().run(run_id)
    if found is None and not _may_begin(run_id):
        abort(404)
    if found and found.state is RunState.DONE and not found.report.get("is_waiting"):
        since_end = datetime.now(UTC) - datetime.fromisoformat(found.ended)
        wait_until_live(found.report["build"], JUST_NOW - since_end)
    page = _starting(run_id) if found is None else run_page(found, site.links(), language())
    return render("run.html", page)


@blueprint.get("/runs/<run_id>/events", endpoint="run_events")
def run_events(run_id: str) -> ResponseReturnValue:
    """The progress of a run as server-sent events. 404 for a run that never was, 503 where too many listen."""
    look = run_log().follow(run_id)
    if look() is None and not _may_begin(run_id):
        abort(404)
    return events.stream(look, language())


@blueprint.post("/runs", endpoint="start_run")
def start_run() -> ResponseReturnValue:
    """Start a run: of everything the archive is made of, or what an earlier run was of. One at a time.

    A rebuild is compared with the live build, and waits for a yes where readers would lose much by it. What an earlier
    run was to take out of the archive is not taken in instead.
    """
    running = running_run()
    if running:
        return redirect(url_for("staff.run", run_id=running.id))
    again = run_log().run(request.form.get("again", ""))
    if again and again.is_removal:
        abort(400)
    options = ["--rebuild", "--compare"] if request.form.get("rebuild") else []
    paths = again.paths if again else ()
    return redirect(url_for("staff.run", run_id=upkeep.start_run(settings(), [*options, "--", *paths])))


def running_run() -> Run | None:
    """The run that is under way."""
    return run_log().running()


def run_page(run: Run, urls: Links, language: str) -> RunPage:
    """A run as its page shows it."""
    counts = run.report.get("counts", {})
    return RunPage(
        heading=wording.state(run.state),
        started=wording.moment(run.started, language),
        started_iso=run.started,
        is_over=run.state is not RunState.RUNNING,
        progress=events.progress(run, language),
        events_url=url_for("staff.run_events", run_id=run.id),
        paths=run.paths,
        trouble=wording.told(run, language) if run.state in {RunState.FAILED, RunState.KILLED} else (),
        next_step=the_librarys(language, run.next_step),
        summary=_summary(run, language),
        counts=tuple(
            Count(wording.count_name(name), formats.number(counts[name], language))
            for name in wording.COUNTED
            if counts.get(name)
        ),
        lists=tuple(_lists(run.report, urls, language)),
        impact=impact_view(run, language),
        again_url="" if run.is_removal else url_for("staff.start_run"),
        run_id=run.id,
    )


def _starting(run_id: str) -> RunPage:
    """A run whose process has not said anything yet."""
    return RunPage(
        heading=gettext("Đang bắt đầu"),
        started="",
        started_iso="",
        is_over=False,
        progress=Progress(gettext("đang bắt đầu"), 0, 0),
        events_url=url_for("staff.run_events", run_id=run_id),
        paths=(),
        trouble=(),
        next_step=(),
        summary="",
        counts=(),
        lists=(),
        impact=None,
        again_url=url_for("staff.start_run"),
        run_id=run_id,
    )


def _may_begin(run_id: str) -> bool:
    """Whether this is the id of a run that was started just now."""
    try:
        started = datetime.strptime(run_id[:15], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return False
    return abs(datetime.now(UTC) - started) < SLOW_START


def _summary(run: Run, language: str) -> str:
    if run.state is not RunState.DONE:
        return ""
    return gettext(
        "Kho có %(articles)s. Chạy mất %(seconds)s giây.",
        articles=common.articles(run.report["articles"], language),
        seconds=formats.number(max(1, round(run.report["seconds"])), language),
    )


def _lists(report: dict[str, Any], urls: Links, language: str) -> Iterator[Listing]:
    counts = report.get("counts", {})
    for name in ("rejected", "new", "changed", "moved", "removed", "remarks"):
        items = report.get(name, [])[:SHOWN]
        if items:
            lines = tuple(_removed(item) if name == "removed" else _line(item, urls, language) for item in items)
            yield Listing(wording.count_name(name), lines, wording.more(counts.get(name, 0) - len(items), language))


def _line(item: Any, urls: Links, language: str) -> Listed:
    """An article, by its id; one whose file was moved; or what is told of a file."""
    if isinstance(item, str):
        return Listed(ours(_title(item)), urls.article(item), "")
    if "id" in item:
        return Listed(ours(_title(item["id"])), urls.article(item["id"]), f"{item['before']} → {item['path']}")
    place = f"{item['path']}:{item['line']}" if item["line"] else item["path"]
    return Listed(the_librarys(language, item["reason"]), "", place)


def _removed(article_id: str) -> Listed:
    return Listed(ours(article_id), "", "")


def _title(article_id: str) -> str:
    """The title of an article; its id where it has none, or has left the archive since."""
    try:
        found = site.archive().article(article_id)
    except IndexUnavailable:
        return article_id
    return (found.article.title if found else "") or article_id
