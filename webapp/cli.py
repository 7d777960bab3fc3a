"""The command `khobao`: the library's commands, and `serve`."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import click

from indexer.cli import cli
from indexer.commands.shared import INDEX_OPTION, fail, settings_for
from indexer.errors import KhobaoError


@cli.command()
@INDEX_OPTION
@click.option("--host", help="Address to listen on [default: 127.0.0.1; KHOBAO_HOST].")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="Port; 0 takes a free one [default: 8000; KHOBAO_PORT].",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="Processes that share the port [default: 1; KHOBAO_WORKERS].",
)
def serve(index_dir: Path | None, host: str | None, port: int | None, workers: int | None) -> None:
    """Serve the archive's pages until stopped with Ctrl-C or SIGTERM; requests in flight are answered first.

    A new index is taken up within a second, without a restart.
    """
    settings = settings_for(index_dir=index_dir, host=host, port=port, workers=workers)
    gc.disable()  # until all is loaded: nothing of it is garbage, and looking for some takes a tenth of the start
    from webapp import serving  # noqa: PLC0415 - no other command needs Flask or a server

    try:
        serving.serve(settings, lambda url: click.echo(f"Kho Báo is serving {url} (Ctrl-C stops it)"))
    except KhobaoError as error:
        fail(error)


def main() -> None:
    """Entry point of the console command."""
    # numpy's linear algebra is not used; its threads would cost start-up time and memory, and rule out a clean fork.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    cli(prog_name="khobao")
