"""`khobao pinned`: whether the questions that matter find what they must."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.commands.shared import INDEX_OPTION, fail, settings_for
from indexer.errors import KhobaoError

if TYPE_CHECKING:  # it brings the archive with it
    from indexer.replay import PinAnswer


@click.command()
@INDEX_OPTION
def pinned(index_dir: Path | None) -> None:
    """Ask the questions in `pinned.txt` in the folder of the index, and name the lines that are wrong.

    One question a line; after => the id of the article that must be among the first ten; # begins a comment.

    Exit status: 0 all find what they must; 1 some do not, or a line is wrong; 2 failed.
    """
    settings = settings_for(index_dir=index_dir)
    from indexer import curation  # noqa: PLC0415 - takes a while, and help and mistakes need no engine

    try:
        pins, answers = curation.check_pinned(settings)
    except (KhobaoError, OSError) as error:
        fail(error)
    for answer in answers:
        click.echo(f"{settings.pinned_path}:{answer.pin.line}: {_describe(answer)}")
    for problem in pins.problems:
        click.echo(f"{settings.pinned_path}:{problem.line}: the line is left out: it {problem.reason}")
    is_good = all(answer.is_met for answer in answers) and not pins.problems
    sys.exit(0 if is_good else 1)


def _describe(answer: PinAnswer) -> str:
    from indexer.impact import BEST, LOOKED_AT  # noqa: PLC0415 - as above

    wanted = answer.pin.article_id
    told = f"{answer.pin.text}: {answer.total} articles"
    if not wanted:
        return told
    if not answer.is_held:
        return f"{told}; MISSED: the archive holds no article {wanted}"
    place = f"{wanted} is {answer.rank}." if answer.rank else f"{wanted} is not among the first {LOOKED_AT}"
    return f"{told}; {place}" if answer.is_met else f"{told}; MISSED: {place}; it must be among the first {BEST}"
