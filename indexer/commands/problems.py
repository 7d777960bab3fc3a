"""`khobao problems`: what is wrong with the articles, as far as it can be seen."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from indexer import problem_text
from indexer.commands.shared import INDEX_OPTION, fail, settings_for
from indexer.errors import KhobaoError
from indexer.problems import Problem, ProblemKind, Problems
from indexer.settings import Settings
from indexer.sources.places import under

SHOWN = 100
"""Rows of the table, unless more are asked for."""

BYTE_ORDER_MARK = "\ufeff"
"""Tells Excel that the file is UTF-8: without it Vietnamese letters come out garbled."""

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t")
"""A cell that begins so is a formula to a spreadsheet, and what stands in an article must not run."""

_NOT_WHOLE = (
    "Only articles that were read of late have been examined for all of these; all of them: khobao index --rebuild"
)


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@INDEX_OPTION
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice([str(kind) for kind in ProblemKind]),
    help="Only problems of this kind; repeatable.",
)
@click.option(
    "--most", type=click.IntRange(0), default=SHOWN, show_default=True, help="Rows of the table; 0 shows all."
)
@click.option("--seen", multiple=True, metavar="REPORT", help="Take this reader's report off the list; repeatable.")
@click.option("--json", "as_json", is_flag=True, help="Print all of them as JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print all of them as CSV, for a spreadsheet.")
def problems(
    path: Path | None,
    index_dir: Path | None,
    kinds: tuple[str, ...],
    most: int,
    seen: tuple[str, ...],
    as_json: bool,
    as_csv: bool,
) -> None:
    """List what is wrong with the articles, or with those from PATH (a file or folder), the gravest first.

    An article with problems is in the archive all the same. `khobao fix` mends it, or takes note that it is right so.
    What readers report is listed first, until you have `--seen` it.

    Exit status: 0 listed, also where there are none; 2 there is no index, or no such report.
    """
    if as_json and as_csv:
        raise click.UsageError("--json and --csv exclude each other.")
    settings = settings_for(index_dir=index_dir)
    from indexer import curation  # noqa: PLC0415 - takes a while, and help and mistakes need no engine

    if seen:
        _take_off(settings, seen)
        return
    try:
        listed = curation.problems(settings)
        listed = replace(listed, found=(*curation.reported(settings), *listed.found))
    except (KhobaoError, OSError) as error:
        fail(error)
    found = _wanted(listed, kinds, path)
    if as_json:
        click.echo(json.dumps([_as_json(each) for each in found], ensure_ascii=False))
    elif as_csv:
        click.echo(_as_csv(found).encode(), nl=False)
    else:
        click.echo("\n".join(_table(found, most or len(found))))
    if not listed.is_whole:
        click.echo(_NOT_WHOLE, err=True)
    for line in curation.unreadable_reports(settings):
        click.echo(line, err=True)
    sys.exit(0)


def _take_off(settings: Settings, reports: tuple[str, ...]) -> None:
    from indexer import curation  # noqa: PLC0415 - see above

    try:
        closed = curation.close_reports(settings, reports)
    except OSError as error:
        fail(error)
    click.echo(f"{closed} reports taken off the list.")
    sys.exit(0 if closed == len(set(reports)) else 2)


def _wanted(listed: Problems, kinds: tuple[str, ...], path: Path | None) -> list[Problem]:
    is_there = under([os.path.abspath(path)]) if path else None
    return [
        each for each in listed.found if (not kinds or each.kind in kinds) and (is_there is None or is_there(each.path))
    ]


def _table(found: Sequence[Problem], most: int) -> list[str]:
    """Counts by kind, then a row for each problem."""
    counts = Counter(each.kind for each in found)
    articles = len({each.article_id for each in found})
    head = f"{len(found)} problems in {articles} articles" if found else "No problems found."
    kinds = [f"  {counts[kind]:>7}  {kind:<15}  {problem_text.why(kind, 'en')}" for kind in ProblemKind if counts[kind]]
    width = max((len(each.article_id) for each in found[:most]), default=0)
    rows = [
        f"{each.kind:<15}  {each.article_id:<{width}}  {problem_text.what(each, 'en')}  [{_where(each)}]"
        for each in found[:most]
    ]
    more = [f"... {len(found) - most} more: --most 0 shows all, --kind and PATH fewer"] if len(found) > most else []
    return [head, *kinds, *([""] if rows else []), *rows, *more]


def _where(problem: Problem) -> str:
    """The file; of a report what it is called, too."""
    path = problem.path or "not in the archive any more"
    return f"{path}; report {problem.report.id}" if problem.report else path


def _as_json(problem: Problem) -> dict[str, Any]:
    values = {name: value for name, value in asdict(problem).items() if value is not None}
    return {**values, "what": problem_text.what(problem, "en"), "cure": problem_text.cure(problem.kind, "en")}


def _as_csv(found: Sequence[Problem]) -> str:
    """For Excel: marked as UTF-8, with a sentence in Vietnamese, since the archive's people read it."""
    text = io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(["kind", "article", "what", "vấn đề", "cách sửa", "file"])
    for each in found:
        told = (problem_text.what(each, "en"), problem_text.what(each), problem_text.cure(each.kind))
        rows.writerow(map(_cell, (each.kind, each.article_id, *told, each.path)))
    return BYTE_ORDER_MARK + text.getvalue()


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text
