"""`khobao fix`: a correction of an article, written beside its source."""

from __future__ import annotations

import json
import shlex
from dataclasses import asdict
from pathlib import Path

import click

from indexer import problem_text
from indexer.commands.shared import INDEX_OPTION, fail, settings_for
from indexer.errors import KhobaoError
from indexer.problems import ACCEPTABLE, Correction, Fix, ProblemKind
from indexer.settings import Settings


@click.command()
@click.argument("article")
@INDEX_OPTION
@click.option(
    "--date", "published", metavar="DATE", help='When it was published: 1/7/2020, or with the time; "" for none.'
)
@click.option("--author", "authors", multiple=True, metavar="NAME", help='Who wrote it; repeatable; "" for nobody.')
@click.option("--title", metavar="TEXT", help="Its title.")
@click.option("--lead", metavar="TEXT", help='Its lead; "" for none.')
@click.option("--section", metavar="TEXT", help='Its section; "" for none.')
@click.option("--source", metavar="TEXT", help='The paper or agency it was taken from; "" for none.')
@click.option(
    "--caption",
    "captions",
    multiple=True,
    metavar="TEXT",
    help='A photo caption in place of all there are: "Bến cá. (Ảnh: Lê Bình)"; repeatable; "" for none. A paragraph'
    " that says the same goes.",
)
@click.option(
    "--accept",
    multiple=True,
    type=click.Choice([str(kind) for kind in ACCEPTABLE]),
    help="This problem was looked at, and is right so: it is not shown any more; repeatable.",
)
@click.option("--note", default="", metavar="TEXT", help="A word to whoever reads the correction later.")
@click.option("--preview", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--undo", is_flag=True, help="Take the correction of the article out again.")
@click.option("--json", "as_json", is_flag=True, help="Print what changes as JSON.")
def fix(
    article: str,
    index_dir: Path | None,
    published: str | None,
    authors: tuple[str, ...],
    title: str | None,
    lead: str | None,
    section: str | None,
    source: str | None,
    captions: tuple[str, ...],
    accept: tuple[str, ...],
    note: str,
    preview: bool,
    undo: bool,
    as_json: bool,
) -> None:
    """Correct ARTICLE, given by its id, without touching its source.

    The correction is written beside the source, into `corrections.toml` in the same folder, and survives a rebuild. It
    can be altered there by hand, too. It counts after the next `khobao index`.

    Exit status: 0 done, or shown; 2 nothing was changed.
    """
    correction = Correction(
        published=published,
        authors=_listed(authors),
        title=title,
        lead=lead,
        section=section,
        source=source,
        captions=_listed(captions),
        accept=tuple(map(ProblemKind, accept)),
        note=note,
    )
    if undo and correction:
        raise click.UsageError("--undo takes out all of a correction; give nothing else with it but --preview.")
    if not (undo or correction):
        raise click.UsageError("Say what is to be corrected: --date, --author, --title ... or --accept.")
    try:
        done = _carry_out(settings_for(index_dir=index_dir), article, correction, preview=preview, undo=undo)
    except (KhobaoError, OSError) as error:
        fail(error)
    click.echo(json.dumps(asdict(done), ensure_ascii=False) if as_json else "\n".join(_describe(done)))
    if not as_json:
        click.echo(_next_step(done, index_dir, preview=preview))


def _listed(texts: tuple[str, ...]) -> tuple[str, ...] | None:
    """What was given of an option: nothing is "as in the source", and "" alone is "there is none"."""
    return () if texts == ("",) else texts or None


def _carry_out(settings: Settings, article: str, correction: Correction, *, preview: bool, undo: bool) -> Fix:
    from indexer import curation  # noqa: PLC0415 - takes a while, and help and mistakes need no engine

    if undo:
        return (curation.preview_undo_fix if preview else curation.undo_fix)(settings, article)
    return (curation.preview_fix if preview else curation.fix)(settings, article, correction)


def _describe(done: Fix) -> list[str]:
    """Each field that changes: before -> after."""
    lines = []
    for change in done.changes:
        before, after = (text.replace("\n", "; ") or "-" for text in (change.before, change.after))
        lines.append(f"{problem_text.field_name(change.field, 'en')}: {before} -> {after}")
    return lines or ["The article in the index is so already."]


def _next_step(done: Fix, index_dir: Path | None, *, preview: bool) -> str:
    if preview:
        return f"Nothing was written; it would go into {done.file}."
    option = ["--index", str(index_dir)] if index_dir else []
    return f"Written: {done.file}. It counts after: {shlex.join(['khobao', 'index', *option])}"
