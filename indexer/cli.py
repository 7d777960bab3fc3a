"""The command `khobao`, but for `serve`, which the web application adds: a thin face of the library."""

from __future__ import annotations

import os

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
@click.option(
    "--engine",
    type=click.Choice(["whoosh", "opensearch"]),
    help="What holds the index: files, or an OpenSearch cluster [default: whoosh; KHOBAO_ENGINE].",
)
@click.option(
    "--opensearch-url",
    metavar="URL",
    help="Where the cluster is, several nodes with commas between [KHOBAO_OPENSEARCH_URL].",
)
def cli(engine: str | None, opensearch_url: str | None) -> None:
    """Kho Báo: full-text search for the archive of a Vietnamese newspaper."""
    # Into the environment, since the processes that a command starts have to know it as well.
    for name, value in (("KHOBAO_ENGINE", engine), ("KHOBAO_OPENSEARCH_URL", opensearch_url)):
        if value is not None:
            os.environ[name] = value


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
