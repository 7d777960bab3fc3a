"""The first staff page: the archive as it stands, the last runs, and the way to start one."""

from __future__ import annotations

from flask import url_for

from indexer.errors import IndexUnavailable
from indexer.model import ArchiveSummary
from indexer.runs import Run, RunState
from webapp import formats, site
from webapp import wording as common
from webapp.language import gettext, language
from webapp.staff import wording
from webapp.staff.blueprint import blueprint
from webapp.staff.contexts import OverviewPage, RunRow
from webapp.staff.shared import render, run_log
from webapp.staff.speech import Speech, of_error, ours

SHOWN_RUNS = 20


@blueprint.get("", endpoint="overview")
def overview() -> str:
    """The archive at a glance; also where there is none yet, since here is the button that makes one."""
    summary, trouble = _summary()
    rows = run_log().runs()[:SHOWN_RUNS]
    running = next((run for run in rows if run.state is RunState.RUNNING), None)
    page = OverviewPage(
        size=_size(summary, language()) if summary else "",
        build=summary.build if summary else "",
        trouble=trouble,
        running=run_row(running, language()) if running else None,
        runs=tuple(run_row(run, language()) for run in rows),
        start_url=url_for("staff.start_run"),
        upload_url=url_for("staff.upload"),
    )
    return render("overview.html", page)


def run_row(run: Run, language: str) -> RunRow:
    """A run as a line of a list."""
    return RunRow(
        url=url_for("staff.run", run_id=run.id),
        started=wording.moment(run.started, language),
        started_iso=run.started,
        state=wording.state(run.state),
        is_bad=run.state in {RunState.FAILED, RunState.KILLED},
        told=wording.told(run, language),
    )


def _summary() -> tuple[ArchiveSummary | None, Speech]:
    """The archive, or why there is none."""
    try:
        return site.archive().summary(), ()
    except IndexUnavailable as error:
        return None, ours(gettext("Chưa tìm được trong kho.")) + of_error(error, language())


def _size(summary: ArchiveSummary, language: str) -> str:
    years = formats.years(summary.first_day, summary.last_day)
    return ", ".join(filter(None, (common.articles(summary.articles, language), years)))
