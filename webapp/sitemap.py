"""The addresses of all articles, for search engines (sitemaps.org): an index, and files for the articles of each year.

An article is always in its year's file, so that a year that nothing was added to stays as it is; and a file is made
from what the index knows without opening an article.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from flask import Blueprint, abort, render_template, request, url_for
from werkzeug.wrappers import Response

from indexer.model import ArchiveSummary, Choice, SearchRequest, Sort
from webapp import freshness, site
from webapp.site import Archive

blueprint = Blueprint("sitemap", __name__)

MOST_ADDRESSES = 20_000
"""In a file. 50,000 are allowed, and 50 MB: with the longest addresses that would be twice as much."""

UNDATED = 0
"""Stands for the year of the articles whose day is not known."""


@dataclass(frozen=True, slots=True)
class Place:
    """An address, and the last day on which what stands there is known to have changed: that of publication.

    The index does not keep when it last took in an article: a rebuild, which changes none, would tell its own day for
    all, and a search engine that is told so of every address stops to believe any.
    """

    address: str
    changed: date | None = None


@blueprint.get("/sitemap.xml")
def index() -> Response:
    """The files there are."""
    archive = site.archive()
    freshness.check(archive.edition)
    return _xml("sitemapindex", "sitemap", _files(archive))


@blueprint.get("/sitemap/<int(max=9999):year>-<int(max=9999):part>.xml")
def articles(year: int, part: int) -> Response:
    """The articles of one year, or of one part of a year that has very many."""
    archive = site.archive()
    freshness.check(archive.edition)
    found = list(islice(archive.published_in(year), (part - 1) * MOST_ADDRESSES, part * MOST_ADDRESSES)) if part else []
    if not found:
        abort(404)
    here, urls = request.host_url.rstrip("/"), site.links()
    return _xml("urlset", "url", (Place(here + urls.article(article_id), day) for article_id, day in found))


def _files(archive: Archive) -> Iterator[Place]:
    here = request.host_url.rstrip("/")
    for year, count in _years(archive.summary()):
        changed = _last_day(archive, year) if year != UNDATED else None
        for part in range(1, -(-count // MOST_ADDRESSES) + 1):
            yield Place(here + url_for(".articles", year=year, part=part), changed)


def _years(summary: ArchiveSummary) -> Iterator[tuple[int, int]]:
    """Each year that has articles, with their number."""
    counts = {int(year.value): year.count for year in summary.years}
    yield from sorted(counts.items())
    if undated := summary.articles - sum(counts.values()):
        yield UNDATED, undated


def _last_day(archive: Archive, year: int) -> date | None:
    newest = SearchRequest(year=Choice((str(year),)), sort=Sort.NEWEST, page_size=1)
    return next((hit.published.day for hit in archive.search(newest).hits if hit.published), None)


def _xml(root: str, element: str, places: Iterator[Place]) -> Response:
    made = render_template("sitemap.xml", root=root, element=element, places=places)
    response = Response(made, content_type="application/xml; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    response.vary.add("Cookie")
    return response
