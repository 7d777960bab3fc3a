"""`khobao preview`: what files will become, before they are taken in."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from indexer.commands.shared import INDEX_OPTION, fail, settings_for
from indexer.errors import KhobaoError
from indexer.model import Article

if TYPE_CHECKING:
    from indexer.preview import ArticlePreview, FilePreview

OPENING_CHARS = 200
"""Of the text of an article so much is shown."""


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@INDEX_OPTION
@click.option("--json", "as_json", is_flag=True, help="Print all there is to say, as JSON.")
def preview(files: tuple[Path, ...], index_dir: Path | None, as_json: bool) -> None:
    """Show what FILES will become: title, time, authors, captions, problems, and what the archive holds already.

    Nothing is taken in; that is what `khobao index` does.

    Exit status: 0 all can be read; 1 something would be rejected; 2 nothing could be compared or read.
    """
    settings = settings_for(index_dir=index_dir)
    from indexer import curation  # noqa: PLC0415 - takes a while, and help and mistakes need no engine

    try:
        found = curation.preview(settings, files)
    except (KhobaoError, OSError) as error:
        fail(error)
    if as_json:
        click.echo(json.dumps([asdict(file) for file in found], ensure_ascii=False, default=_plain))
    else:
        click.echo("\n".join(line for file in found for line in _lines(file)))
    sys.exit(1 if any(file.rejected for file in found) else 0)


def _plain(value: Any) -> str:
    """A moment, for JSON."""
    return str(value.isoformat())


def _lines(file: FilePreview) -> Iterator[str]:
    more = " or more" if file.is_cut else ""
    yield f"{file.path}: {file.article_count}{more} articles, {file.rejected_count} rejected"
    for remark in file.remarks:
        yield f"  note: {remark}"
    for rejected in file.rejected:
        yield f"  rejected {rejected}"
    for each in file.articles:
        yield from _article_lines(each)
    if left := file.article_count - len(file.articles):
        yield f"  ... and {left} more articles"


def _article_lines(each: ArticlePreview) -> Iterator[str]:
    article = each.article
    yield f"  {article.title}"
    yield f"    id        {article.id}{_standing(each)}"
    yield f"    time      {article.published.isoformat() if article.published else '-'}"
    yield f"    authors   {', '.join(author.name for author in article.authors) or '-'}"
    for caption in article.captions:
        credit = f" ({caption.credit})" if caption.credit else ""
        yield f"    caption   {caption.text}{credit}"
    yield f"    begins    {_opening(article)}"
    for problem in each.problems:
        yield f"    problem   {problem.kind}{f': {problem.detail}' if problem.detail else ''}"
    for twin in each.twins:
        yield f"    {'the same' if twin.is_equal else 'same title'}: {twin.id}"


def _standing(each: ArticlePreview) -> str:
    told = {
        "new": "",
        "same": "  (the archive holds exactly this)",
        "other": f"  (taken by: {each.held_title})",
    }
    return told[each.standing]


def _opening(article: Article) -> str:
    text = " ".join(filter(None, (article.lead, *article.paragraphs)))
    return f"{text[:OPENING_CHARS]}…" if len(text) > OPENING_CHARS else text
