"""`khobao index | search | explain | check`: a thin face of the library. Parse, call, print."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import click

from indexer import explanation_text, notices
from indexer.errors import ArticleUnknown, KhobaoError
from indexer.model import Choice, Hit, Offer, OfferKind, Range, SearchPage, SearchRequest, Sort
from indexer.reports import Progress, Report, Step
from indexer.settings import Settings, load_settings

FAILED = 2
"""Exit status when nothing was done; 1 is "done, but with rejects or problems"."""

BAR = 30
"""Characters of the progress bar."""

UNCOLLECTED = 100_000
"""New objects between two garbage collections of a run: it keeps most of what it makes, and makes hardly a cycle."""

STOPPED = 130
"""Exit status after Ctrl-C, as shells have it."""

INDEX_OPTION = click.option(
    "--index",
    "index_dir",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of the index [default: index_data; KHOBAO_INDEX_DIR].",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="khobao")
def cli() -> None:
    """Kho Báo: full-text search for the archive of a Vietnamese newspaper."""


def fail(error: Exception) -> NoReturn:
    """End with status 2, saying what happened and what to do next."""
    click.echo(f"Error: {error}", err=True)
    if isinstance(error, KhobaoError) and error.next_step:
        click.echo(error.next_step, err=True)
    raise SystemExit(FAILED)


def settings_for(**overrides: Any) -> Settings:
    """The settings, with what the command line gave on top."""
    try:
        return load_settings(**overrides)
    except KhobaoError as error:
        fail(error)


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@INDEX_OPTION
@click.option("--rebuild", is_flag=True, help="Make the whole index anew beside the old one, then switch.")
@click.option(
    "--remove",
    is_flag=True,
    help="Take the articles under PATHS out of the archive instead, until PATHS are indexed again.",
)
@click.option("--allow-removal", is_flag=True, help="Go on even if most of the archive would be removed.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def index(
    paths: tuple[Path, ...],
    index_dir: Path | None,
    rebuild: bool,
    remove: bool,
    allow_removal: bool,
    as_json: bool,
) -> None:
    """Bring the index up to date with PATHS (files and folders).

    Without PATHS: with everything it was made from before, or `seeds/` the first time. Only what changed is read;
    articles whose file is gone leave the archive. The old index serves until the new one is complete.

    Exit status: 0 all read; 1 some rejected, the rest indexed; 2 failed, the old index is untouched.
    """
    gc.set_threshold(UNCOLLECTED)
    if remove and not paths:
        raise click.UsageError("--remove needs the PATHS to take out.")
    if remove and rebuild:
        raise click.UsageError("--remove and --rebuild exclude each other.")
    settings = settings_for(index_dir=index_dir)
    from indexer import bootstrap  # noqa: PLC0415 - takes a while, and help and mistakes need no engine

    try:
        with _progress(quiet=as_json) as progress:
            report = bootstrap.index(
                settings,
                paths,
                rebuild=rebuild,
                remove=remove,
                allow_removal=allow_removal,
                progress=progress,
            )
    except KeyboardInterrupt:
        click.echo("Stopped; the old index is untouched.", err=True)
        sys.exit(STOPPED)
    except (KhobaoError, OSError) as error:
        fail(error)
    click.echo(json.dumps(_report(report), ensure_ascii=False) if as_json else _describe(report))
    sys.exit(1 if report.rejected else 0)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Progress]:
    """A bar on a terminal; a plain line every thousand articles elsewhere."""
    on_terminal = sys.stderr.isatty() and not quiet

    def show(step: Step) -> None:
        if on_terminal and step.articles % 20 == 1:
            done = "#" * (BAR * step.files_done // step.files)
            line = f"[{done:<{BAR}}] {step.files_done}/{step.files} files, {step.articles} articles read"
            click.echo(f"\r\x1b[K{line}", err=True, nl=False)
        elif not on_terminal and not quiet and step.articles % 1000 == 0:
            click.echo(f"{step.articles} articles read", err=True)

    yield show
    if on_terminal:
        click.echo("\r\x1b[K", err=True, nl=False)


def _describe(report: Report) -> str:
    rejects = [f"  rejected {each}" for each in report.rejected]
    return "\n".join([f"{report} ({report.seconds:.1f} s)", *rejects])


def _report(report: Report) -> dict[str, Any]:
    return {
        "build": report.build,
        "articles": report.articles,
        "new": report.new,
        "changed": report.changed,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "rejected": [{"path": each.path, "line": each.line, "reason": each.reason} for each in report.rejected],
        "seconds": round(report.seconds, 3),
    }


@cli.command()
@click.argument("query", nargs=-1, required=True)
@INDEX_OPTION
@click.option("--sort", type=click.Choice([str(sort) for sort in Sort]), default=str(Sort.RELEVANCE))
@click.option("--page", type=click.IntRange(1), default=1, show_default=True)
@click.option("--literal", is_flag=True, help="Search what was typed, even if only something else finds anything.")
@click.option("--json", "as_json", is_flag=True, help="Print the page as JSON.")
def search(query: tuple[str, ...], index_dir: Path | None, sort: str, page: int, literal: bool, as_json: bool) -> None:
    """Search the archive; QUERY is what a reader would type."""
    settings = settings_for(index_dir=index_dir)
    request = SearchRequest(" ".join(query), sort=Sort(sort), page=page, page_size=settings.page_size, literal=literal)
    from indexer import bootstrap  # noqa: PLC0415 - takes a while, and help and mistakes need no engine

    try:
        answer = bootstrap.open_archive(settings).search(request)
    except (KhobaoError, OSError) as error:
        fail(error)
    click.echo(json.dumps(to_json(answer), ensure_ascii=False) if as_json else _render(answer))


def to_json(page: SearchPage) -> dict[str, Any]:
    """The page as plain data."""
    return {
        "searched": page.searched or page.request.text,
        "total": page.total,
        "page": page.request.page,
        "took_ms": round(page.took_ms, 2),
        "hits": [_hit(hit) for hit in page.hits],
        "facets": {
            name: [[value.label if name == "author" else value.value, value.count] for value in values]
            for name, values in page.facets.items()
        },
        "notices": [{"code": each.code, "text": notices.text(each, "en")} for each in page.notices],
        "offers": [
            {"kind": each.kind.value, "text": each.text, "count": each.count, "literal": each.literal}
            for each in page.offers
        ],
    }


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "id": hit.id,
        "title": hit.title,
        "published": hit.published.isoformat() if hit.published else None,
        "authors": [author.name for author in hit.authors],
        "score": hit.score,
        "snippets": [{"text": each.text, "matches": each.matches} for each in hit.snippets],
    }


def _render(page: SearchPage) -> str:
    head = f"{page.total} articles ({page.took_ms:.0f} ms)"
    told = [f"  {notices.text(each, 'en')}" for each in page.notices]
    offered = [f"  {_render_offer(offer)}" for offer in page.offers]
    return "\n".join([head, *told, *offered, *(_render_hit(hit) for hit in page.hits)])


def _render_offer(offer: Offer) -> str:
    label = {
        OfferKind.LITERAL: "Exactly as typed",
        OfferKind.ALL_WORDS: "With all the words",
        OfferKind.CORRECTION: "Did you mean",
        OfferKind.UNMARKED: "Any spelling",
        OfferKind.SPELLING: "Other spelling",
    }[offer.kind]
    option = " (--literal)" if offer.literal else ""
    count = "" if offer.kind is OfferKind.LITERAL else f" ({offer.count})"
    return f"{label}{option}: {offer.text}{count}"


def _render_hit(hit: Hit) -> str:
    when = hit.published.isoformat() if hit.published else "undated"
    who = ", ".join(author.name for author in hit.authors)
    lines = [f"\n{_lit(hit.title, hit.title_matches)}", f"  {when}  {who}  [{hit.id}]"]
    for each in hit.snippets:
        opening, closing = "" if each.opens else "… ", "" if each.closes else " …"
        lines.append(f"  {opening}{_lit(each.text, each.matches)}{closing}")
    return "\n".join(lines)


def _lit(text: str, ranges: tuple[Range, ...]) -> str:
    """The matches bold and underlined; click drops the colours where the output is no terminal."""
    parts, at = [], 0
    for start, end in ranges:
        parts += [text[at:start], click.style(text[start:end], bold=True, underline=True)]
        at = end
    return "".join([*parts, text[at:]])


@cli.command()
@click.argument("query")
@click.argument("article")
@INDEX_OPTION
@click.option("--from", "since", metavar="DATE", help="Only articles from that day on: 1/7/2020, 7/2020 or 2020.")
@click.option("--to", "until", metavar="DATE", help="Only articles up to that day.")
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

    first, last = (_period(bootstrap.read_period, day) for day in (since, until))
    request = SearchRequest(
        query,
        literal=literal,
        author=Choice(author, not_author),
        year=Choice(year),
        month=Choice(month),
        since=first[0] if first else None,
        until=last[1] if last else None,
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


def _period(read: Callable[[str], tuple[date, date] | None], text: str | None) -> tuple[date, date] | None:
    """The first and last day that a date on the command line means."""
    period = read(text) if text else None
    if text and period is None:
        raise click.UsageError(f"{text!r} is not a date; write 1/7/2020, 7/2020 or 2020.")
    return period


@cli.command()
@INDEX_OPTION
def check(index_dir: Path | None) -> None:
    """Verify the index: every byte against its checksum, and the counts.

    Exit status: 0 whole; 1 problems found; 2 there is no index to check.
    """
    settings = settings_for(index_dir=index_dir)
    from indexer import bootstrap  # noqa: PLC0415 - takes a while, and help and mistakes need no engine

    try:
        manifest, problems = bootstrap.check_index(settings)
    except (KhobaoError, OSError) as error:
        fail(error)
    if problems:
        click.echo("\n".join([*problems, "Make it anew from the articles: khobao index --rebuild"]))
        sys.exit(1)
    size = sum(facts.size for facts in manifest.files.values())
    click.echo(
        f"The index is whole: {manifest.articles} articles, {len(manifest.files)} files, {size:,} bytes,"
        f" made {manifest.created}."
    )
