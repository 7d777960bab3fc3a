"""`khobao compare`: what readers would find otherwise in another build."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from indexer.commands.shared import INDEX_OPTION, fail, settings_for
from indexer.errors import KhobaoError


@click.command()
@click.argument("old", default="")
@click.argument("new", default="")
@INDEX_OPTION
@click.option("--json", "as_json", is_flag=True, help="Print all that changes, as JSON.")
def compare(old: str, new: str, index_dir: Path | None, as_json: bool) -> None:
    """Ask two builds the same questions, and show which articles are lost, gained or moved.

    Without NEW, the build that waits for a yes; without OLD, the one that is live. `khobao builds` lists their names.
    The questions are those in `pinned.txt` in the folder of the index, those readers asked most, and those that found
    nothing; where few were counted, also the beginnings of titles.

    Exit status: 0 little is lost; 1 more than most_loss_percent, or a pinned question is broken; 2 failed.
    """
    settings = settings_for(index_dir=index_dir)
    from indexer import upkeep  # noqa: PLC0415 - takes a while, and help and mistakes need no engine
    from indexer.commands.impact_text import describe_impact  # noqa: PLC0415 - as above
    from indexer.impact import impact_as_json  # noqa: PLC0415 - as above

    try:
        impact = upkeep.compare_builds(settings, old, new)
    except (KhobaoError, OSError) as error:
        fail(error)
    click.echo(json.dumps(impact_as_json(impact), ensure_ascii=False) if as_json else describe_impact(impact))
    sys.exit(1 if impact.is_too_much(settings.most_loss_percent) else 0)
