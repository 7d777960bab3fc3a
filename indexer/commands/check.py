"""`khobao check`: whether the index is whole."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.commands.shared import INDEX_OPTION, fail, settings_for
from indexer.errors import KhobaoError

if TYPE_CHECKING:  # help and mistakes need no engine
    from indexer.checking import Checkup


@click.command()
@INDEX_OPTION
@click.option("--deep", is_flag=True, help="Read every byte and every article, and count all again.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def check(index_dir: Path | None, deep: bool, as_json: bool) -> None:
    """Verify the live index: versions, sizes and heads of its files; with --deep all bytes and all counts.

    What is wrong is named, and the command that mends it.

    Exit status: 0 whole; 1 problems found; 2 there is no index this program could check.
    """
    settings = settings_for(index_dir=index_dir)
    from indexer import upkeep  # noqa: PLC0415 - takes a while, and help and mistakes need no engine

    try:
        found = upkeep.check_index(settings, deep=deep)
    except (KhobaoError, OSError) as error:
        fail(error)
    click.echo(json.dumps(asdict(found), ensure_ascii=False) if as_json else _describe(found))
    sys.exit(1 if found.problems else 0)


def _describe(found: Checkup) -> str:
    if found.problems:
        return "\n".join([*found.problems, found.cure])
    how = "" if found.is_deep else " at a glance (--deep reads all of it)"
    return (
        f"The index is whole{how}: {found.articles} articles, {found.files} files, {found.bytes:,} bytes,"
        f" made {found.created}."
    )
