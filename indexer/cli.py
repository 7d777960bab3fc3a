"""The command `khobao`, but for `serve`, which the web application adds: a thin face of the library."""

from __future__ import annotations

import click

from indexer.commands.authors import authors
from indexer.commands.builds import builds, rollback
from indexer.commands.check import check
from indexer.commands.compare import compare
from indexer.commands.explain import explain
from indexer.commands.fix import fix
from indexer.commands.index import index
from indexer.commands.pinned import pinned
from indexer.commands.preview import preview
from indexer.commands.problems import problems
from indexer.commands.runs import runs
from indexer.commands.search import search
from indexer.commands.searches import searches
from indexer.commands.synonyms import synonyms


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="khobao")
def cli() -> None:
    """Kho Báo: full-text search for the archive of a Vietnamese newspaper."""


for command in (
    index,
    preview,
    search,
    explain,
    synonyms,
    authors,
    check,
    runs,
    builds,
    rollback,
    compare,
    pinned,
    problems,
    fix,
    searches,
):
    cli.add_command(command)
