"""`khobao authors suggest | accept | check`: the staff's list of the names that one author signs with."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.commands.shared import FAILED, INDEX_OPTION, fail, settings_for
from indexer.errors import IndexUnavailable, KhobaoError
from indexer.settings import Settings
from indexer.sources.signatures import author_key

if TYPE_CHECKING:  # it takes a while, and help and mistakes need none of it
    from indexer.author_mining import Findings, Proposal


@click.group()
def authors() -> None:
    """The names that one author signs with: "Nguyễn Văn A = N.V.A", so that all the articles are listed under one.

    They are in a plain text file, `authors.txt` in the folder of the index unless the setting `authors_file` names
    another; its head says how it is written. Servers take it up when it is saved, and a line that is removed is undone:
    nothing is indexed anew.
    """


@authors.command()
@INDEX_OPTION
@click.option("--json", "as_json", is_flag=True, help="Print the proposals as JSON.")
def suggest(index_dir: Path | None, as_json: bool) -> None:
    """Propose authors that may be one: by initials, lost marks, spelling, slips, other names of an agency.

    Whoever signs an article together is never proposed, and a name that fits several is named as a comment. The lines
    can be pasted into the list as they are; `- Hà My = Hà Mi` in it says that these are two people.
    """
    found = _propose(settings_for(index_dir=index_dir))
    if as_json:
        proposals, doubts = [asdict(each) for each in found.proposals], [asdict(each) for each in found.doubts]
        click.echo(json.dumps({"proposals": proposals, "doubts": doubts}, ensure_ascii=False))
        return
    for each in found.proposals:
        click.echo(f"{each.line}  # {'; '.join(each.reasons)}; articles: {', '.join(map(str, each.articles))}")
    for doubt in found.doubts:
        click.echo(f"# {doubt.name}: not proposed, {doubt.reason}: {', '.join(doubt.fits)}")
    click.echo(f"{len(found.proposals)} proposals. Take up: khobao authors accept NAME ...", err=True)


@authors.command(context_settings={"ignore_unknown_options": True})  # a line may begin with "-"
@click.argument("names", nargs=-1, required=True)
@INDEX_OPTION
def accept(names: tuple[str, ...], index_dir: Path | None) -> None:
    """Add proposals to the list: by any name but the first (N.V.A), or as a whole line ("Nguyễn Văn A = N.V.A").

    Exit status: 0 all added; 1 some were not; 2 nothing was added.
    """
    settings = settings_for(index_dir=index_dir)
    proposals = _propose(settings).proposals if any("=" not in name for name in names) else []
    lines = {name: name if "=" in name else _looked_up(name, proposals) for name in names}
    wrong = [f"{name}: not proposed; khobao authors suggest lists what is" for name, line in lines.items() if not line]
    good = [line for line in lines.values() if line]
    refused = _add(settings, good)
    for problem in (*wrong, *(f"{line}: it {reason}" for line, reason in refused.items())):
        click.echo(problem, err=True)
    added = len(good) - len(refused)
    sys.exit((1 if added else FAILED) if wrong or refused else 0)


def _looked_up(name: str, proposals: list[Proposal]) -> str:
    """The line that lists a name under the first of its group; "" where none is proposed."""
    key = author_key(name)
    for each in proposals:
        first, *others = each.names
        if found := next((other for other in others if author_key(other) == key), None):
            return f"{first} = {found}"
    return ""


@authors.command()
@INDEX_OPTION
def check(index_dir: Path | None) -> None:
    """Verify the list: name every line that is wrong, and every name that no article is signed with.

    Exit status: 0 all lines count; 1 some are left out; 2 the list cannot be read.
    """
    settings = settings_for(index_dir=index_dir)
    from indexer import curation  # noqa: PLC0415 - takes a while, and help and mistakes need no engine

    try:
        own = curation.own_authors(settings)
        unknown = curation.unknown_authors(settings)
    except IndexUnavailable as error:
        unknown = ()
        click.echo(f"{error} So nothing says whether the names are signed with.", err=True)
    except KhobaoError as error:
        fail(error)
    for problem in own.problems:
        click.echo(f"{settings.authors_path}:{problem.line}: {problem.reason}")
    for name in unknown:
        click.echo(f"{settings.authors_path}: no article is signed '{name}'")
    click.echo(
        f"{settings.authors_path}: {len(own.groups)} groups, {len(own.apart)} pairs apart,"
        f" {len(own.problems)} lines left out"
    )
    sys.exit(1 if own.problems else 0)


def _propose(settings: Settings) -> Findings:
    from indexer import curation  # noqa: PLC0415 - see `check`

    try:
        return curation.propose_authors(settings)
    except (KhobaoError, OSError) as error:
        fail(error)


def _add(settings: Settings, lines: list[str]) -> dict[str, str]:
    """Those that were not added, and why."""
    from indexer import curation  # noqa: PLC0415 - see `check`

    try:
        refused = curation.add_authors(settings, lines)
    except KhobaoError as error:
        fail(error)
    for line in lines:
        if line not in refused:
            click.echo(f"added to {settings.authors_path}: {line}")
    return refused
