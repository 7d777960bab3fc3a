"""`khobao index`: articles in."""

from __future__ import annotations

import gc
import json
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import partial
from pathlib import Path
from typing import Any

import click

from indexer.commands.decision import Decision, may_switch, next_steps
from indexer.commands.option_groups import GroupedCommand, GroupedOption
from indexer.commands.progress_bar import progress_bar
from indexer.commands.report_text import describe
from indexer.commands.shared import INDEX_OPTION, fail, settings_for
from indexer.errors import KhobaoError
from indexer.querying.dates.reading import read_period
from indexer.reports import LAST, Report, Since, report_as_json
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
    since: Since
    is_dry: bool
    is_compared: bool
    says_yes: bool
    watch: bool
    settle: float | None
    poll: float | None

    def how(self) -> dict[str, Any]:
        """What a run and its rehearsal are told alike."""
        return {
            "rebuild": self.rebuild,
            "remove": self.remove,
            "allow_removal": self.allow_removal,
            "since": self.since,
        }


def _read_since(_context: click.Context, _option: click.Parameter, text: str | None) -> Since:
    """By the server's clock. Raises BadParameter."""
    if text is None:
        return None
    if text == LAST:
        return LAST
    if period := read_period(text):
        return datetime.combine(period[0], time()).astimezone()
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        raise click.BadParameter(f"{text!r} is neither a day, such as 1/7/2020, nor `last`.") from None


_taken = partial(click.option, cls=GroupedOption, heading="What is taken in")
_safe = partial(click.option, cls=GroupedOption, heading="Before readers get it")
_watched = partial(click.option, cls=GroupedOption, heading="Go on and follow the folders")
_seconds = partial(_watched, type=click.FloatRange(0), metavar="SECONDS")


@click.command(cls=GroupedCommand)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@_taken("--rebuild", is_flag=True, help="Make the whole index anew beside the old one, then switch.")
@_taken("--remove", is_flag=True, help="Take the articles under PATHS out, until PATHS are indexed again.")
@_taken("--allow-removal", is_flag=True, help="Go on even if most of the archive would leave it.")
@_taken(
    "--since",
    callback=_read_since,
    metavar="DAY",
    help="Only look at files written since a day (1/7/2020, 2020-07-01T18:30), or since the `last` run.",
)
@_safe("--dry-run", "is_dry", is_flag=True, help="Show what would change, article by article; change nothing.")
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

    With --since older files are not looked at: what came from them stays, what is new among them is not taken in, and
    no article leaves because its file is gone.

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
        "--since": asked.since,
        "--dry-run": asked.is_dry,
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
    if asked.since and (asked.remove or asked.rebuild):
        raise click.UsageError("--since does not go with --rebuild or --remove, which look at everything.")
    if asked.is_dry and (asked.is_compared or asked.run_id):
        raise click.UsageError("--dry-run makes no index that could be compared, and records no run.")
    if asked.says_yes and not asked.is_compared:
        raise click.UsageError("--yes needs --compare.")


def _run(settings: Settings, asked: _Asked) -> None:
    from indexer import bootstrap  # noqa: PLC0415 - as below

    try:
        store = bootstrap.store_of(settings)
        before = store.current_name()
    except KhobaoError as error:
        fail(error)
    try:
        report = _rehearse(settings, asked) if asked.is_dry else _index(settings, asked)
    except KeyboardInterrupt:
        now = store.current_name()
        late = f"Stopped, but the new index is live already: build {now}."
        click.echo("Stopped; the old index is untouched." if now == before else late, err=True)
        sys.exit(STOPPED)
    except (KhobaoError, OSError) as error:
        fail(error)
    if report.is_waiting:
        click.echo(next_steps(report.build), err=True)
        sys.exit(WAITING)
    sys.exit(1 if report.rejected else 0)


def _rehearse(settings: Settings, asked: _Asked) -> Report:
    from indexer import bootstrap  # noqa: PLC0415 - takes a while, and help and mistakes need no engine
    from indexer.commands.dry_run import describe_changes  # noqa: PLC0415 - only this needs it
    from indexer.rehearsal import rehearsed_as_json  # noqa: PLC0415 - only this needs it

    with progress_bar(quiet=asked.as_json) as progress:
        rehearsed = bootstrap.rehearse(settings, asked.paths, progress=progress, **asked.how())
    if asked.as_json:
        click.echo(json.dumps(rehearsed_as_json(rehearsed), ensure_ascii=False))
    else:
        click.echo("\n".join([describe(rehearsed.report, with_moves=False), *describe_changes(rehearsed)]))
    return rehearsed.report


def _index(settings: Settings, asked: _Asked) -> Report:
    decision = None
    if asked.is_compared:
        decision = Decision(settings.most_loss_percent, says_yes=asked.says_yes, is_quiet=asked.as_json)
    report = _update(settings, asked, decision)
    if report.is_waiting and may_switch():
        report = _take(settings, report)
    if asked.as_json:
        impact = decision.as_json() if decision else {}
        click.echo(json.dumps(report_as_json(report) | impact, ensure_ascii=False))
    else:
        click.echo(describe(report))
    return report


def _update(settings: Settings, asked: _Asked, decision: Decision | None) -> Report:
    from indexer import bootstrap, upkeep  # noqa: PLC0415 - takes a while, and help and mistakes need no engine

    if asked.rebuild and (lack := upkeep.lack_of_room(settings)):
        click.echo(lack, err=True)
    with progress_bar(quiet=asked.as_json) as progress:
        return bootstrap.index(
            settings, asked.paths, progress=progress, run_id=asked.run_id, decide=decision, **asked.how()
        )


def _take(settings: Settings, report: Report) -> Report:
    """Make a build that waited live. Raises BuildUnusable where another run has superseded it meanwhile."""
    from indexer import upkeep  # noqa: PLC0415 - see `_update`

    upkeep.use_build(settings, report.build)
    return replace(report, is_waiting=False)


def _watch(settings: Settings, asked: _Asked) -> None:
    """Until a signal; SIGTERM ends it as Ctrl-C does."""
    from indexer import bootstrap, upkeep  # noqa: PLC0415 - see `_update`

    def run(chosen: Sequence[Path]) -> str:
        return describe(bootstrap.index(settings, chosen, allow_removal=asked.allow_removal))

    def tell(line: str) -> None:
        click.echo(f"{datetime.now():%H:%M:%S} {line}")

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        upkeep.watch(settings, asked.paths, run, tell)
    except KeyboardInterrupt:
        tell("Stopped.")
    except (KhobaoError, OSError) as error:
        fail(error)
