"""What all commands have in common: the option that names the index, the settings, and how a failure is told."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from indexer.errors import KhobaoError
from indexer.settings import Settings, load_settings

FAILED = 2
"""Exit status when nothing was done; 1 is "done, but with rejects or problems"."""

INDEX_OPTION = click.option(
    "--index",
    "index_dir",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of the index [default: index_data; KHOBAO_INDEX_DIR].",
)


def fail(error: Exception) -> NoReturn:
    """End with status 2, saying what happened and what to do next."""
    click.echo(f"Error: {error}", err=True)
    if isinstance(error, KhobaoError) and error.next_step:
        click.echo(error.next_step, err=True)
    raise SystemExit(FAILED)


def clear_line() -> None:
    """Take back a line of progress, where one may stand."""
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)


def settings_for(**overrides: Any) -> Settings:
    """The settings, with what the command line gave on top."""
    try:
        return load_settings(**overrides)
    except KhobaoError as error:
        fail(error)
