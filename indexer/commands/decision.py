"""Whether a run of `khobao index --compare` switches to its new build."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from indexer.commands.shared import clear_line

if TYPE_CHECKING:  # only a run that compares needs it
    from indexer.impact import Impact


class Decision:
    """Shows what the new build changes, and says whether to switch to it; where much is lost, it has to wait."""

    def __init__(self, most_loss_percent: int, *, says_yes: bool, is_quiet: bool) -> None:
        self._most_loss_percent, self._says_yes, self._is_quiet = most_loss_percent, says_yes, is_quiet
        self._impact: Impact | None = None

    def __call__(self, impact: Impact | None) -> bool:
        self._impact = impact
        if impact is None:
            click.echo("There is no index to compare the new one with.", err=True)
            return True
        if not self._is_quiet:
            _show(impact)
        return self._says_yes or not impact.is_too_much(self._most_loss_percent)

    def as_json(self) -> dict[str, Any]:
        """What was compared, to be added to the report; nothing where nothing was."""
        from indexer.impact import impact_as_json  # noqa: PLC0415 - see TYPE_CHECKING

        return {"impact": impact_as_json(self._impact)} if self._impact else {}


def _show(impact: Impact) -> None:
    from indexer.commands.impact_text import describe_impact  # noqa: PLC0415 - see TYPE_CHECKING

    clear_line()
    click.echo(describe_impact(impact))


def may_switch() -> bool:
    """Whether somebody at a terminal says yes to a new build that waits; Ctrl-C is a no.

    Asked when the run is over: whoever thinks about it keeps nobody else from writing the index.
    """
    try:
        return _can_ask() and click.confirm("Switch to the new index?", err=True)
    except click.Abort:
        click.echo(err=True)
        return False


def _can_ask() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def next_steps(build: str) -> str:
    """What to do about a new build that waits."""
    return (
        "The new index waits, since readers would lose too much; the old one goes on serving.\n"
        f"Look again: khobao compare. Take it: khobao builds use {build}. Drop it: khobao builds drop {build}\n"
        "(the next run that changes anything does so, too)."
    )
