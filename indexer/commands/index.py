"""`khobao index`: articles in."""

from __future__ import annotations

import gc
import json
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from indexer.builds import BuildStore
from indexer.commands.decision import Decision, may_switch, next_steps
from indexer.commands.option_groups import GroupedCommand, GroupedOption
from indexer.commands.progress_bar import progress_bar
from indexer.commands.shared import INDEX_OPTION, fail, settings_for
from indexer.errors import KhobaoError
from indexer.reports import Report, report_as_json
from indexer.settings import Settings

UNCOLLECTED = 100_000
"""New objects between two garbage collections of a run: it keeps most of what it makes, and makes hardly a cycle."""

WAITING = 3
"""Exit status when the new build is complete, and waits for somebody's yes."""

STOPPED = 130
"""Exit status after Ctrl-C, as shells have it."""


@dataclass(frozen=True)
class _Asked:
    """The options as they were typed."""

    paths: tuple[Path, ...]
    index_dir: Path | None
    as_json: bool
    run_id: str | None
    rebuild: bool
    remove: bool
    allow_removal: bool
    is_compared: bool
    says_yes: bool
    watch: bool
    settle: float | None
    poll: float | None


_taken = partial(click.option, cls=GroupedOption, heading="What is taken in")
_safe = partial(click.option, cls=GroupedOption, heading="Before readers get it")
_watched = partial(click.option, cls=GroupedOption, heading="Go on and follow the folders")
_seconds = partial(_watched, type=click.FloatRange(0), metavar="SECONDS")


@click.command(cls=GroupedCommand)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@_taken("--rebuild", is_flag=True, help="Make the whole index anew beside the old one, then switch.")
@_taken("--remove", is_flag=True, help="Take the articles under PATHS out, until PATHS are indexed again.")
@_taken("--allow-removal", is_flag=True, help="Go on even if most of the archive would leave it.")
@_safe(
    "--compare", "is_compared", is_flag=True, help="Show what changes for readers; wait for a yes if they lose much."
)
@_safe("--yes", "says_yes", is_flag=True, help="With --compare: switch to the new index, whatever is lost.")
@_watched("--watch", is_flag=True, help="Take in what comes, changes, moves and goes, until Ctrl-C.")
@_seconds("--settle", help="With --watch: a file is taken in once it stays as it is for so long [default: 3].")
@_seconds(
    "--poll", help="With --watch: look through the folders so often, as networks tell nothing [default: 0, never]."
)
@INDEX_OPTION
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option(
    "--run", "run_id", hidden=True, help="The id to record the run under; given by who starts and follows it."
)
def index(**options: Any) -> None:
    """Bring the index up to date with PATHS (files and folders).

    Without PATHS: with everything it was made from before, or `seeds/` the first time. Only what changed is read;
    articles whose file is gone leave the archive. The old index serves until the new one is complete.

    With --compare the questions that readers and staff ask most are put to the old index and to the new one. Where more
    than `most_loss_percent` of the best results are lost, or a pinned question is broken, it takes a yes to switch;
    without one the new index waits, and nothing changes for readers. While a terminal asks for it, other runs may go
    on; one that changes anything drops the index that waits.

    With --watch it does not end: a file is taken in once it has arrived whole, and each run is told in a line.

    Exit status: 0 all read; 1 some rejected, the rest indexed; 2 failed, the old index is untouched; 3 the new index
    waits for a yes.
    """
    asked = _Asked(**options)
    _refuse_what_does_not_go_together(asked)
    gc.set_threshold(UNCOLLECTED)
    if asked.watch:
        pace = {"watch_settle_seconds": asked.settle, "watch_poll_seconds": asked.poll}
        _watch(settings_for(index_dir=asked.index_dir, **pace), asked)
    else:
        _run(settings_for(index_dir=asked.index_dir), asked)


def _refuse_what_does_not_go_together(asked: _Asked) -> None:
    once = {
        "--rebuild": asked.rebuild,
        "--remove": asked.remove,
        "--compare": asked.is_compared,
        "--yes": asked.says_yes,
        "--json": asked.as_json,
        "--run": asked.run_id,
    }
    if asked.watch and (given := [name for name, value in once.items() if value]):
        raise click.UsageError(f"--watch does not go with {', '.join(given)}.")
    if not asked.watch and (asked.settle is not None or asked.poll is not None):
        raise click.UsageError("--settle and --poll need --watch.")
    if asked.remove and not asked.paths:
        raise click.UsageError("--remove needs the PATHS to take out.")
    if asked.remove and asked.rebuild:
        raise click.UsageError("--remove and --rebuild exclude each other.")
    if asked.says_yes and not asked.is_compared:
        raise click.UsageError("--yes needs --compare.")


def _run(settings: Settings, asked: _Asked) -> None:
    decision = None
    if asked.is_compared:
        decision = Decision(settings.most_loss_percent, says_yes=asked.says_yes, is_quiet=asked.as_json)
    store = BuildStore(settings.index_dir)
    before = store.current_name()
    try:
        report = _index(settings, asked, decision)
        if report.is_waiting and may_switch():
            report = _take(settings, report)
    except KeyboardInterrupt:
        now = store.current_name()
        late = f"Stopped, but the new index is live already: build {now}."
        click.echo("Stopped; the old index is untouched." if now == before else late, err=True)
        sys.exit(STOPPED)
    except (KhobaoError, OSError) as error:
        fail(error)
    if asked.as_json:
        impact = decision.as_json() if decision else {}
        click.echo(json.dumps(report_as_json(report) | impact, ensure_ascii=False))
    else:
        click.echo(_describe(report))
    if report.is_waiting:
        click.echo(next_steps(report.build), err=True)
        sys.exit(WAITING)
    sys.exit(1 if report.rejected else 0)


def _index(settings: Settings, asked: _Asked, decision: Decision | None) -> Report:
    from indexer import bootstrap, upkeep  # noqa: PLC0415 - takes a while, and help and mistakes need no engine

    if asked.rebuild and (lack := upkeep.lack_of_room(settings)):
        click.echo(lack, err=True)
    with progress_bar(quiet=asked.as_json) as progress:
        return bootstrap.index(
            settings,
            asked.paths,
            rebuild=asked.rebuild,
            remove=asked.remove,
            allow_removal=asked.allow_removal,
            progress=progress,
            run_id=asked.run_id,
            decide=decision,
        )


def _take(settings: Settings, report: Report) -> Report:
    """Make a build that waited live. Raises BuildUnusable where another run has superseded it meanwhile."""
    from indexer import upkeep  # noqa: PLC0415 - see `_index`

    upkeep.use_build(settings, report.build)
    return replace(report, is_waiting=False)


def _describe(report: Report) -> str:
    rejects = [f"  rejected {each}" for each in report.rejected]
    remarks = [f"  note: {each}" for each in report.remarks]
    waiting = (
        [f"Build {report.build} waits. Make it live: khobao builds use {report.build}"] if report.is_waiting else []
    )
    return "\n".join([f"{report} ({report.seconds:.1f} s)", *rejects, *remarks, *waiting])


def _watch(settings: Settings, asked: _Asked) -> None:
    """Until a signal; SIGTERM ends it as Ctrl-C does."""
    from indexer import bootstrap, upkeep  # noqa: PLC0415 - see `_index`

    def run(chosen: Sequence[Path]) -> str:
        return _describe(bootstrap.index(settings, chosen, allow_removal=asked.allow_removal))

    def tell(line: str) -> None:
        click.echo(f"{datetime.now():%H:%M:%S} {line}")

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        upkeep.watch(settings, asked.paths, run, tell)
    except KeyboardInterrupt:
        tell("Stopped.")
    except (KhobaoError, OSError) as error:
        fail(error)
