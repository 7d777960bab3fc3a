"""`khobao synonyms suggest | accept | check`: the staff's list of names that mean the same."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from indexer.analysis.canonical import canonical
from indexer.analysis.tokens import terms_of
from indexer.commands.shared import FAILED, INDEX_OPTION, fail, settings_for
from indexer.errors import KhobaoError
from indexer.querying.synonyms import read_groups
from indexer.settings import Settings
from indexer.synonym_mining import Proposal

LEAST_OPTION = click.option(
    "--min",
    "least",
    type=click.IntRange(1),
    default=3,
    show_default=True,
    help="Articles that must explain an abbreviation before it is proposed.",
)


@click.group()
def synonyms() -> None:
    """Abbreviations and other names that mean the same, for readers who type one and want all.

    Some hundred come with the program. Staff's own are in a plain text file, `synonyms.txt` in the folder of the index
    unless the setting `synonyms_file` names another; its head says how it is written. Servers take it up when it is
    saved.
    """


@synonyms.command()
@INDEX_OPTION
@LEAST_OPTION
@click.option("--json", "as_json", is_flag=True, help="Print the proposals as JSON.")
def suggest(index_dir: Path | None, least: int, as_json: bool) -> None:
    """Propose abbreviations that the articles explain themselves: "Hội đồng nhân dân (HĐND)".

    What is known already, or struck out, is left out. The lines can be pasted into the list as they are.
    """
    proposals = _propose(settings_for(index_dir=index_dir), least)
    if as_json:
        click.echo(json.dumps([asdict(each) for each in proposals], ensure_ascii=False))
        return
    for each in proposals:
        click.echo(f"{each.line}  # {each.articles} articles, one is {each.example}")
    click.echo(f"{len(proposals)} proposals. Take up: khobao synonyms accept NAME ...", err=True)


@synonyms.command()
@click.argument("names", nargs=-1, required=True)
@INDEX_OPTION
@LEAST_OPTION
def accept(names: tuple[str, ...], index_dir: Path | None, least: int) -> None:
    """Add proposals to the list: by abbreviation (HĐND), or as a whole line ("HĐND = Hội đồng nhân dân").

    Exit status: 0 all added; 1 some were not; 2 nothing was added.
    """
    settings = settings_for(index_dir=index_dir)
    proposals = _propose(settings, least) if any("=" not in name for name in names) else []
    good: list[str] = []
    wrong: list[str] = []
    for name in names:
        lines, problems = _written_out(name) if "=" in name else _looked_up(name, proposals)
        good += lines
        wrong += problems
    if good:
        _add(settings, good)
    for problem in wrong:
        click.echo(problem, err=True)
    sys.exit((1 if good else FAILED) if wrong else 0)


def _written_out(line: str) -> tuple[list[str], list[str]]:
    """The line to add, or what is wrong with it."""
    problems = [f"{line}: it {problem.reason}" for problem in read_groups(line).problems]
    return ([], problems) if problems else ([line], [])


def _looked_up(name: str, proposals: list[Proposal]) -> tuple[list[str], list[str]]:
    """The lines proposed for an abbreviation, or that there are none."""
    lines = [each.line for each in proposals if terms_of(canonical(name)) == terms_of(each.short)]
    return (lines, []) if lines else ([], [f"{name}: not proposed; khobao synonyms suggest lists what is"])


@synonyms.command()
@INDEX_OPTION
def check(index_dir: Path | None) -> None:
    """Verify the list, and name every line that is wrong.

    Exit status: 0 all lines count; 1 some are left out; 2 the list cannot be read.
    """
    settings = settings_for(index_dir=index_dir)
    from indexer import curation  # noqa: PLC0415 - takes a while, and help and mistakes need no engine

    try:
        own = curation.own_synonyms(settings)
    except KhobaoError as error:
        fail(error)
    for problem in own.problems:
        click.echo(f"{settings.synonyms_path}:{problem.line}: {problem.reason}")
    click.echo(
        f"{settings.synonyms_path}: {len(own.same)} groups, {len(own.struck)} struck out,"
        f" {len(own.problems)} lines left out"
    )
    sys.exit(1 if own.problems else 0)


def _propose(settings: Settings, least: int) -> list[Proposal]:
    from indexer import curation  # noqa: PLC0415 - see `check`

    try:
        return curation.propose_synonyms(settings, least)
    except (KhobaoError, OSError) as error:
        fail(error)


def _add(settings: Settings, lines: list[str]) -> None:
    from indexer import curation  # noqa: PLC0415 - see `check`

    try:
        curation.add_synonyms(settings, lines)
    except KhobaoError as error:
        fail(error)
    for line in lines:
        click.echo(f"added to {settings.synonyms_path}: {line}")
