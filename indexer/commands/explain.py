"""`khobao explain`: why a query finds an article, or does not."""

from __future__ import annotations

import json
from pathlib import Path

import click

from indexer import explanation_text
from indexer.commands.shared import FROM_OPTION, INDEX_OPTION, TO_OPTION, days_between, fail, settings_for
from indexer.errors import ArticleUnknown, KhobaoError
from indexer.model import Choice, SearchRequest


@click.command()
@click.argument("query")
@click.argument("article")
@INDEX_OPTION
@FROM_OPTION
@TO_OPTION
@click.option("--author", multiple=True, metavar="NAME", help="Only articles by this author; repeatable.")
@click.option("--not-author", multiple=True, metavar="NAME", help="No articles by this author; repeatable.")
@click.option("--year", multiple=True, metavar="YYYY", help="Only articles of this year; repeatable.")
@click.option("--month", multiple=True, metavar="YYYY-MM", help="Only articles of this month; repeatable.")
@click.option("--literal", is_flag=True, help="Explain what was typed, even if something else is searched instead.")
@click.option("--lang", "language", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the explanation as JSON.")
def explain(
    query: str,
    article: str,
    index_dir: Path | None,
    since: str | None,
    until: str | None,
    author: tuple[str, ...],
    not_author: tuple[str, ...],
    year: tuple[str, ...],
    month: tuple[str, ...],
    literal: bool,
    language: str,
    as_json: bool,
) -> None:
    """Say why QUERY finds ARTICLE, or does not: word by word, filter by filter.

    QUERY is what a reader would type; ARTICLE an id, or a title, also as it stands in an address.

    Exit status: 0 explained, found or not; 2 there is no such article, or no index.
    """
    settings = settings_for(index_dir=index_dir)
    from indexer import bootstrap  # noqa: PLC0415 - takes a while, and help and mistakes need no engine

    first, last = days_between(since, until)
    request = SearchRequest(
        query,
        literal=literal,
        author=Choice(author, not_author),
        year=Choice(year),
        month=Choice(month),
        since=first,
        until=last,
    )
    try:
        archive = bootstrap.open_archive(settings)
        explanation = archive.explain(request, archive.id_of(article) or article)
        if explanation is None:
            raise ArticleUnknown(article)
    except (KhobaoError, OSError) as error:
        fail(error)
    shown = json.dumps(explanation_text.as_json(explanation, language), ensure_ascii=False) if as_json else None
    click.echo(shown or explanation_text.as_text(explanation, language))
