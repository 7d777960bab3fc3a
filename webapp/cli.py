"""The command `khobao`: the library's commands, and `serve`."""

from __future__ import annotations

import logging
from pathlib import Path

import click

from indexer.cli import INDEX_OPTION, cli, settings_for
from indexer.settings import Settings


@cli.command()
@INDEX_OPTION
@click.option("--host", help="Address to listen on [default: 127.0.0.1; KHOBAO_HOST].")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="Port; 0 takes a free one [default: 8000; KHOBAO_PORT].",
)
def serve(index_dir: Path | None, host: str | None, port: int | None) -> None:
    """Serve the archive's pages until stopped with Ctrl-C."""
    run_server(settings_for(index_dir=index_dir, host=host, port=port))


def run_server(settings: Settings) -> None:
    """Serve with waitress; says where once it is listening."""
    import waitress  # noqa: PLC0415 - only this command needs a server

    from webapp import create_app  # noqa: PLC0415 - nor the other commands Flask

    # It warns of every request that waits a moment for a thread; a page and its fonts do that each time.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = waitress.create_server(
        create_app(settings), host=settings.host, port=settings.port, threads=settings.threads
    )
    click.echo(f"Kho Báo is serving http://{server.effective_host}:{server.effective_port} (Ctrl-C stops it)")
    try:
        server.run()
    except KeyboardInterrupt:
        click.echo("Stopped.")


def main() -> None:
    """Entry point of the console command."""
    cli(prog_name="khobao")
