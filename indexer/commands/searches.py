"""`khobao searches`: what readers searched for."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import click

from indexer.commands.shared import INDEX_OPTION, settings_for
from indexer.searches.counts import AskedQuestion, SearchCounts

FORMULA = ("=", "+", "-", "@")
"""How a cell begins that a spreadsheet would work out: readers type such things, and staff open the table."""


@click.command()
@INDEX_OPTION
@click.option("--none", "only_none", is_flag=True, help="Only those that found nothing the last time.")
@click.option("--days", type=click.IntRange(1), default=30, show_default=True, help="How many days, today included.")
@click.option("--most", type=click.IntRange(1), default=50, show_default=True, help="How many questions to list.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print them as a table for a spreadsheet.")
def searches(index_dir: Path | None, only_none: bool, days: int, most: int, as_json: bool, as_csv: bool) -> None:
    """List what readers searched for, the most frequent first: how often, and how many articles it found.

    Counted by day, without addresses, cookies or times; what was asked only once in a day is forgotten after a week.
    """
    if as_json and as_csv:
        raise click.UsageError("--json and --csv exclude each other.")
    settings = settings_for(index_dir=index_dir)
    from indexer import curation  # noqa: PLC0415 - takes a while, and help and mistakes need no engine

    counts = curation.searches(settings, days)
    listed = (counts.without_result if only_none else counts.questions)[:most]
    if as_json:
        click.echo(json.dumps(_to_json(counts, listed), ensure_ascii=False))
    elif as_csv:
        click.echo(_to_csv(listed), nl=False)
    else:
        click.echo(_describe(counts, listed, days))


def _to_json(counts: SearchCounts, listed: tuple[AskedQuestion, ...]) -> dict[str, Any]:
    questions = [asdict(each) | {"last_day": each.last_day.isoformat()} for each in listed]
    return {"searches": counts.total, "without_text": counts.others, "questions": questions}


def _to_csv(listed: tuple[AskedQuestion, ...]) -> str:
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(field.name for field in fields(AskedQuestion))
    for each in listed:
        text = f"'{each.text}" if each.text.startswith(FORMULA) else each.text
        writer.writerow((text, each.count, each.found, each.days, each.last_day.isoformat()))
    return table.getvalue()


def _describe(counts: SearchCounts, listed: tuple[AskedQuestion, ...], days: int) -> str:
    head = f"{counts.total} searches in {days} days, {counts.others} of them kept without their words"
    if not listed:
        return head
    lines = [f"{each.count:>7} {each.found:>8}  {each.last_day}  {each.text}" for each in listed]
    return "\n".join([head, "  times articles  last        question", *lines])
