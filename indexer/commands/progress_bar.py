"""How far a run is: a bar on a terminal, a plain line every thousand articles elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from indexer.commands.shared import clear_line
from indexer.reports import Progress, Step

BAR = 30
"""Characters of the bar."""


@contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Progress]:
    """Shows the steps it is given; nothing at all where it is `quiet`."""
    on_terminal = sys.stderr.isatty() and not quiet

    def show(step: Step) -> None:
        if on_terminal and step.articles % 20 == 1:
            done = "#" * (BAR * step.files_done // step.files)
            line = f"[{done:<{BAR}}] {step.files_done}/{step.files} files, {step.articles} articles read"
            click.echo(f"\r\x1b[K{line}", err=True, nl=False)
        elif not on_terminal and not quiet and step.articles % 1000 == 0:
            click.echo(f"{step.articles} articles read", err=True)

    yield show
    if on_terminal:
        clear_line()
