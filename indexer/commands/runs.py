"""`khobao runs`: what the last runs of `index` did."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from indexer.commands.shared import INDEX_OPTION, fail, settings_for
from indexer.errors import KhobaoError
from indexer.runs import Run, RunLog, RunState


@click.command()
@INDEX_OPTION
@click.option("--json", "as_json", is_flag=True, help="Print all that is recorded, as JSON.")
def runs(index_dir: Path | None, as_json: bool) -> None:
    """List the last runs of `khobao index`, the newest first: what each did, is doing, or why it failed."""
    settings = settings_for(index_dir=index_dir)
    found = RunLog(settings.index_dir).runs()
    if as_json:
        click.echo(json.dumps([asdict(run) for run in found], ensure_ascii=False))
        return
    from indexer import upkeep  # noqa: PLC0415 - takes a while, and help and mistakes need no engine

    try:
        waiting = upkeep.waiting_builds(settings)
    except KhobaoError as error:
        fail(error)
    for run in found:
        click.echo(f"{run.started}  {run.state:<8} {_describe(run, waiting)}")


def _describe(run: Run, waiting: Sequence[str]) -> str:
    if run.state is RunState.DONE:
        counts = run.report["counts"]
        told = ", ".join(f"{counts[name]} {name}" for name in ("new", "changed", "removed", "rejected"))
        waits = f"; build {run.report['build']} waits for a yes" if run.report["build"] in waiting else ""
        return f"{run.report['articles']} articles: {told} ({run.report['seconds']:.1f} s){waits}"
    if run.state is RunState.RUNNING and run.step:
        return f"{run.step.files_done} of {run.step.files} files, {run.step.articles} articles read"
    return run.message
