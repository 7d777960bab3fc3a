"""Whether to switch to a new build, once it is known what that changes for readers: `khobao index --compare`."""

from __future__ import annotations

import sys

import click

from indexer.commands.impact_text import describe_impact
from indexer.commands.progress_bar import clear_line
from indexer.impact import Impact


class Decision:
    """Shows what the new build changes, and says whether to switch to it; on a terminal it asks where much is lost."""

    def __init__(self, most_loss_percent: int, *, says_yes: bool, is_quiet: bool) -> None:
        self._most_loss_percent, self._says_yes, self._is_quiet = most_loss_percent, says_yes, is_quiet
        self.impact: Impact | None = None

    def __call__(self, impact: Impact | None) -> bool:
        self.impact = impact
        if impact is None:
            click.echo("There is no index to compare the new one with.", err=True)
            return True
        if not self._is_quiet:
            clear_line()
            click.echo(describe_impact(impact))
        if self._says_yes or not impact.is_too_much(self._most_loss_percent):
            return True
        return _can_ask() and click.confirm("Switch to the new index?", err=True)


def _can_ask() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def what_to_do_with(build: str) -> str:
    """The next steps where a build waits."""
    return (
        "The new index waits, since readers would lose too much; the old one goes on serving.\n"
        f"Look again: khobao compare. Take it: khobao builds use {build}. The next run of index throws it away."
    )
