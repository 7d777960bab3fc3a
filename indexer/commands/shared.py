"""What all commands have in common: the option that names the index, the settings, and how a failure is told."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import click

from indexer import notices
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

FROM_OPTION = click.option(
    "--from",
    "since",
    metavar="DATE",
    help="Only articles from that day on: 1/7/2020, 7/2020, 2020, or in Vietnamese words: 'Tết 2020', '7 ngày qua'.",
)
TO_OPTION = click.option("--to", "until", metavar="DATE", help="Only articles up to the last day of that date.")


def days_between(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    """The first day of the one date and the last of the other; both count."""
    first, last = _period(since), _period(until)
    if first and last and first[0] > last[1]:
        raise click.UsageError(f"{since!r} is after {until!r}.")
    return (first[0] if first else None), (last[1] if last else None)


def _period(text: str | None) -> tuple[date, date] | None:
    if not text:
        return None
    from indexer import bootstrap  # noqa: PLC0415 - takes a while, and help and mistakes need no engine

    period = bootstrap.read_period(text)
    if period is None:
        raise click.UsageError(notices.text(bootstrap.unread_date(text), "en"))
    return period


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
