"""The command `khobao`: the library's commands, and those that need the web application."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

import click

from indexer.cli import cli
from indexer.commands.shared import INDEX_OPTION, fail, settings_for
from indexer.errors import KhobaoError, SettingsError


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


SHORTEST_PASSWORD = 10
"""Characters: it is guessed at over the network, a few times a minute at most."""

WHAT_NEXT = """Put this line into khobao.toml, or the value, in single quotes, into KHOBAO_STAFF_PASSWORD_HASH.
Then start the server again. Whoever is signed in has to sign in anew."""


@cli.group()
def staff() -> None:
    """What the staff pages (/staff) need."""


@staff.command()
def password() -> None:
    """Ask for the password of the staff pages, twice, and print the line for khobao.toml that turns them on.

    It is read from standard input where that is no terminal. What is printed holds a hash of it, not the password.
    """
    typed = _ask_password() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    if len(typed) < SHORTEST_PASSWORD:
        fail(SettingsError(f"The password has fewer than {SHORTEST_PASSWORD} characters.", "Take a longer one."))
    from werkzeug.security import generate_password_hash  # noqa: PLC0415 - no other command needs it

    click.echo(f'staff_password_hash = "{generate_password_hash(typed)}"')
    click.echo(WHAT_NEXT, err=True)


def _ask_password() -> str:
    return str(click.prompt("Password for the staff pages", hide_input=True, confirmation_prompt="Once more", err=True))


def main() -> None:
    """Entry point of the console command."""
    # numpy's linear algebra is not used; its threads would cost start-up time and memory, and rule out a clean fork.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    cli(prog_name="khobao")
