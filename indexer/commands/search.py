"""`khobao search`: a page of results in the terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from indexer import notices
from indexer.commands.shared import FROM_OPTION, INDEX_OPTION, TO_OPTION, days_between, fail, settings_for
from indexer.errors import KhobaoError
from indexer.model import Hit, Offer, OfferKind, Range, SearchPage, SearchRequest, Sort


@click.command()
@click.argument("query", nargs=-1, required=True)
@INDEX_OPTION
@FROM_OPTION
@TO_OPTION
@click.option("--sort", type=click.Choice([str(sort) for sort in Sort]), default=str(Sort.RELEVANCE))
@click.option("--page", type=click.IntRange(1), default=1, show_default=True)
@click.option("--literal", is_flag=True, help="Search what was typed, even if only something else finds anything.")
@click.option("--json", "as_json", is_flag=True, help="Print the page as JSON.")
def search(
    query: tuple[str, ...],
    index_dir: Path | None,
    since: str | None,
    until: str | None,
    sort: str,
    page: int,
    literal: bool,
    as_json: bool,
) -> None:
    """Search the archive; QUERY is what a reader would type."""
    settings = settings_for(index_dir=index_dir)
    first, last = days_between(since, until)
    request = SearchRequest(
        " ".join(query),
        since=first,
        until=last,
        sort=Sort(sort),
        page=page,
        page_size=settings.page_size,
        literal=literal,
    )
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
    told = _render_days(page.request)
    told += [f"  {notices.text(each, 'en')}" for each in page.notices]
    offered = [f"  {_render_offer(offer)}" for offer in page.offers]
    return "\n".join([head, *told, *offered, *(_render_hit(hit) for hit in page.hits)])


def _render_days(request: SearchRequest) -> list[str]:
    """Which days `--from` and `--to` meant, if they were given."""
    ends = (("from", request.since), ("to", request.until))
    said = [f"{word} {day.day}/{day.month}/{day.year}" for word, day in ends if day]
    return [f"  Published {' '.join(said)}"] if said else []


def _render_offer(offer: Offer) -> str:
    label = {
        OfferKind.LITERAL: "Exactly as typed",
        OfferKind.ALL_WORDS: "With all the words",
        OfferKind.CORRECTION: "Did you mean",
        OfferKind.UNMARKED: "Any spelling",
        OfferKind.SPELLING: "Other spelling",
        OfferKind.UNQUOTED: "Without quotation marks",
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
