"""`khobao builds`, `builds use NAME`, `builds drop NAME`, `khobao rollback`: which builds there are, which is live."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.commands.shared import INDEX_OPTION, fail, settings_for
from indexer.durable import megabytes
from indexer.errors import KhobaoError
from indexer.settings import Settings

if TYPE_CHECKING:  # help and mistakes need no engine
    from indexer.history import Build, Switched


@click.group(invoke_without_command=True)
@INDEX_OPTION
@click.option("--json", "as_json", is_flag=True, help="Print all that is known of them, as JSON.")
@click.pass_context
def builds(context: click.Context, index_dir: Path | None, as_json: bool) -> None:
    """List the builds of the index, the newest first.

    A build is "live", was live "before", was "left" by going back, or is complete and "waiting" to be made live; a
    line below it says if it is damaged or of another version. MB are those its removal would free, of all it has.
    """
    if context.invoked_subcommand:
        context.obj = index_dir
        return
    settings = settings_for(index_dir=index_dir)
    from indexer import upkeep  # noqa: PLC0415 - takes a while, and help and mistakes need no engine

    try:
        found = upkeep.builds(settings)
    except (KhobaoError, OSError) as error:
        fail(error)
    if as_json:
        click.echo(json.dumps([asdict(build) for build in found], ensure_ascii=False))
        return
    for build in found:
        click.echo(_line(build))


def _line(build: Build) -> str:
    size = f"{megabytes(build.own_bytes)} of {megabytes(build.bytes)} MB"
    line = f"{build.name}  {build.state:<7}  made {build.created or '?'}  {build.articles} articles  {size}"
    return f"{line}\n  damaged or unusable: {build.problem}" if build.problem else line


@builds.command()
@click.argument("name")
@INDEX_OPTION
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@click.pass_context
def use(context: click.Context, name: str, index_dir: Path | None, as_json: bool) -> None:
    """Make the build NAME live: one before, one that was left, or one that waits.

    Every byte of it is read first. Servers take it up within a second. The next run of `khobao index` starts from it.

    Exit status: 0 it is live; 2 it is not, and nothing was changed.
    """
    settings = settings_for(index_dir=index_dir or context.obj)
    from indexer import upkeep  # noqa: PLC0415 - see `builds`

    _tell(settings, lambda settings: upkeep.use_build(settings, name), as_json=as_json)


@builds.command()
@click.argument("name")
@INDEX_OPTION
@click.pass_context
def drop(context: click.Context, name: str, index_dir: Path | None) -> None:
    """Remove the build NAME, which waits for a yes (see `khobao index --compare`).

    The live build and those it may be gone back to are never removed so. The next run of `khobao index` that changes
    anything drops a build that waits, too.

    Exit status: 0 it is gone; 2 it is not, and nothing was changed.
    """
    settings = settings_for(index_dir=index_dir or context.obj)
    from indexer import upkeep  # noqa: PLC0415 - see `builds`

    try:
        upkeep.drop_build(settings, name)
    except (KhobaoError, OSError) as error:
        fail(error)
    click.echo(f"Build {name} was dropped; the live one goes on serving.")


@click.command()
@INDEX_OPTION
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def rollback(index_dir: Path | None, as_json: bool) -> None:
    """Make the build before the live one live again; a second time goes further back.

    Builds that are not whole are passed over. `khobao builds use NAME` goes forward again, until the next run of
    `khobao index` clears away what was left.

    Exit status: 0 it is live; 2 there is none, and nothing was changed.
    """
    settings = settings_for(index_dir=index_dir)
    from indexer import upkeep  # noqa: PLC0415 - see `builds`

    _tell(settings, upkeep.rollback, as_json=as_json)


def _tell(settings: Settings, switch: Callable[[Settings], Switched], *, as_json: bool) -> None:
    try:
        done = switch(settings)
    except (KhobaoError, OSError) as error:
        fail(error)
    click.echo(json.dumps(asdict(done), ensure_ascii=False) if as_json else _describe(done))


def _describe(done: Switched) -> str:
    if done.name == done.instead:
        return f"Build {done.name} is live already."
    lines = [f"Build {name} is not whole, and was passed over." for name in done.passed_over]
    lines.append(f"Build {done.name} is live: {done.articles} articles, made {done.created}.")
    if done.instead:
        lines.append(
            "The next `khobao index` starts from it and takes the sources as they are then: what differs from it comes"
            " in again. Mend or move such files first; `khobao index --dry-run` shows what would come."
        )
        lines.append(f"To undo this: khobao builds use {done.instead}")
    return "\n".join(lines)
