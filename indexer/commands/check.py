"""`khobao check`: whether the index is whole."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from indexer.commands.shared import INDEX_OPTION, fail, settings_for
from indexer.errors import KhobaoError


@click.command()
@INDEX_OPTION
def check(index_dir: Path | None) -> None:
    """Verify the index: every byte against its checksum, and the counts.

    Exit status: 0 whole; 1 problems found; 2 there is no index to check.
    """
    settings = settings_for(index_dir=index_dir)
    from indexer import bootstrap  # noqa: PLC0415 - takes a while, and help and mistakes need no engine

    try:
        manifest, problems = bootstrap.check_index(settings)
    except (KhobaoError, OSError) as error:
        fail(error)
    if problems:
        click.echo("\n".join([*problems, "Make it anew from the articles: khobao index --rebuild"]))
        sys.exit(1)
    size = sum(facts.size for facts in manifest.files.values())
    click.echo(
        f"The index is whole: {manifest.articles} articles, {len(manifest.files)} files, {size:,} bytes,"
        f" made {manifest.created}."
    )
