"""`khobao index`: articles in."""

from __future__ import annotations

import gc
import json
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from indexer.commands.impact_text import describe_impact
from indexer.commands.shared import INDEX_OPTION, fail, settings_for
from indexer.errors import KhobaoError
from indexer.impact import Impact, impact_as_json
from indexer.reports import Progress, Report, Step, report_as_json
from indexer.settings import Settings

BAR = 30
"""Characters of the progress bar."""

UNCOLLECTED = 100_000
"""New objects between two garbage collections of a run: it keeps most of what it makes, and makes hardly a cycle."""

WAITING = 3
"""Exit status when the new build is complete, and waits for somebody's yes."""

STOPPED = 130
"""Exit status after Ctrl-C, as shells have it."""


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@INDEX_OPTION
@click.option("--watch", is_flag=True, help="Go on: follow the folders, and take in what changes, until Ctrl-C.")
@click.option(
    "--settle",
    type=click.FloatRange(0),
    metavar="SECONDS",
    help="With --watch: how long a file must stay as it is before it is taken in [default: 3].",
)
@click.option(
    "--poll",
    type=click.FloatRange(0),
    metavar="SECONDS",
    help="With --watch: look through the folders so often, for folders on a network [default: 0, the system tells].",
)
@click.option("--rebuild", is_flag=True, help="Make the whole index anew beside the old one, then switch.")
@click.option(
    "--remove",
    is_flag=True,
    help="Take the articles under PATHS out of the archive instead, until PATHS are indexed again.",
)
@click.option("--allow-removal", is_flag=True, help="Go on even if most of the archive would be removed.")
@click.option("--compare", "is_compared", is_flag=True, help="Show what changes for readers before they get it.")
@click.option("--yes", is_flag=True, help="With --compare: switch to the new build, whatever is lost.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option(
    "--run", "run_id", hidden=True, help="The id to record the run under; given by who starts and follows it."
)
def index(
    paths: tuple[Path, ...],
    index_dir: Path | None,
    watch: bool,
    settle: float | None,
    poll: float | None,
    rebuild: bool,
    remove: bool,
    allow_removal: bool,
    is_compared: bool,
    yes: bool,
    as_json: bool,
    run_id: str | None,
) -> None:
    """Bring the index up to date with PATHS (files and folders).

    With --watch it does not end: what comes into the folders is taken in once it has arrived whole, what moves or goes
    is followed, and each run is told in a line.

    Without PATHS: with everything it was made from before, or `seeds/` the first time. Only what changed is read;
    articles whose file is gone leave the archive. The old index serves until the new one is complete.

    With --compare the questions that readers and staff ask most are put to the old index and to the new one. Where more
    than `most_loss_percent` of the best results are lost, or a pinned question is broken, it takes a yes to switch;
    without one the new index waits, and nothing changes for readers.

    Exit status: 0 all read; 1 some rejected, the rest indexed; 2 failed, the old index is untouched; 3 the new index
    waits for a yes.
    """
    gc.set_threshold(UNCOLLECTED)
    if watch:
        if remove or rebuild or as_json or run_id:
            raise click.UsageError("--watch goes with none of --remove, --rebuild, --json, --run.")
        pace = {"watch_settle_seconds": settle, "watch_poll_seconds": poll}
        _watch(settings_for(index_dir=index_dir, **pace), paths, allow_removal=allow_removal)
        return
    if remove and not paths:
        raise click.UsageError("--remove needs the PATHS to take out.")
    if remove and rebuild:
        raise click.UsageError("--remove and --rebuild exclude each other.")
    if yes and not is_compared:
        raise click.UsageError("--yes needs --compare.")
    settings = settings_for(index_dir=index_dir)
    decision = _Decision(settings.most_loss_percent, says_yes=yes, is_quiet=as_json) if is_compared else None
    from indexer import bootstrap, upkeep  # noqa: PLC0415 - takes a while, and help and mistakes need no engine

    if rebuild and (lack := upkeep.lack_of_room(settings)):
        click.echo(lack, err=True)
    try:
        with _progress(quiet=as_json) as progress:
            report = bootstrap.index(
                settings,
                paths,
                rebuild=rebuild,
                remove=remove,
                allow_removal=allow_removal,
                progress=progress,
                run_id=run_id,
                decide=decision,
            )
    except KeyboardInterrupt:
        click.echo("Stopped; the old index is untouched.", err=True)
        sys.exit(STOPPED)
    except (KhobaoError, OSError) as error:
        fail(error)
    if as_json:
        impact = {"impact": impact_as_json(decision.impact)} if decision and decision.impact else {}
        click.echo(json.dumps(report_as_json(report) | impact, ensure_ascii=False))
    else:
        click.echo(_describe(report))
    if report.is_waiting:
        click.echo(_next_steps(report.build), err=True)
        sys.exit(WAITING)
    sys.exit(1 if report.rejected else 0)


class _Decision:
    """Shows what the new build changes, and says whether to switch to it; on a terminal it asks where much is lost."""

    def __init__(self, most_loss_percent: int, *, says_yes: bool, is_quiet: bool) -> None:
        self._most_loss_percent, self._says_yes, self._is_quiet = most_loss_percent, says_yes, is_quiet
        self.impact: Impact | None = None

    def __call__(self, impact: Impact | None) -> bool:
        self.impact = impact
        if impact is None:
            click.echo("There is no index to compare the new one with.", err=True)
            return True
        if not self._is_quiet:
            _clear_line()
            click.echo(describe_impact(impact))
        if self._says_yes or not impact.is_too_much(self._most_loss_percent):
            return True
        return _can_ask() and click.confirm("Switch to the new index?", err=True)


def _can_ask() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _next_steps(build: str) -> str:
    return (
        "The new index waits, since readers would lose too much; the old one goes on serving.\n"
        f"Look again: khobao compare. Take it: khobao builds use {build}. The next run of index throws it away."
    )


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Progress]:
    """A bar on a terminal; a plain line every thousand articles elsewhere."""
    on_terminal = sys.stderr.isatty() and not quiet

    def show(step: Step) -> None:
        if on_terminal and step.articles % 20 == 1:
            done = "#" * (BAR * step.files_done // step.files)
            line = f"[{done:<{BAR}}] {step.files_done}/{step.files} files, {step.articles} articles read"
            click.echo(f"\r\x1b[K{line}", err=True, nl=False)
        elif not on_terminal and not quiet and step.articles % 1000 == 0:
            click.echo(f"{step.articles} articles read", err=True)

    yield show
    if on_terminal:
        _clear_line()


def _clear_line() -> None:
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)


def _describe(report: Report) -> str:
    rejects = [f"  rejected {each}" for each in report.rejected]
    remarks = [f"  note: {each}" for each in report.remarks]
    waiting = (
        [f"Build {report.build} waits. Make it live: khobao builds use {report.build}"] if report.is_waiting else []
    )
    return "\n".join([f"{report} ({report.seconds:.1f} s)", *rejects, *remarks, *waiting])


def _watch(settings: Settings, paths: Sequence[Path], *, allow_removal: bool) -> None:
    """Until a signal; SIGTERM ends it as Ctrl-C does."""
    from indexer import bootstrap, upkeep  # noqa: PLC0415 - see `index`

    def run(chosen: Sequence[Path]) -> str:
        return _describe(bootstrap.index(settings, chosen, allow_removal=allow_removal))

    def tell(line: str) -> None:
        click.echo(f"{datetime.now():%H:%M:%S} {line}")

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        upkeep.watch(settings, paths, run, tell)
    except KeyboardInterrupt:
        tell("Stopped.")
    except (KhobaoError, OSError) as error:
        fail(error)
