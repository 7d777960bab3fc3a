"""Options that stand under headings in `--help`, for commands that have many."""

from __future__ import annotations

from typing import Any

import click

OTHERS = "Options"


class GroupedOption(click.Option):
    """An option with the heading it stands under; use it as `cls`."""

    def __init__(self, *names: Any, heading: str, **attributes: Any) -> None:
        super().__init__(*names, **attributes)
        self.heading = heading


class GroupedCommand(click.Command):
    """A command whose options are listed heading by heading, as they are declared; the others come last."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        groups: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record and isinstance(parameter, click.Option):
                groups.setdefault(getattr(parameter, "heading", OTHERS), []).append(record)
        others = {OTHERS: groups.pop(OTHERS)}  # --help is one of them
        for heading, records in (groups | others).items():
            with formatter.section(heading):
                formatter.write_dl(records)
