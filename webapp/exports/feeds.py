"""A search as an Atom feed (RFC 4287, pages after RFC 5005), for whoever wants to know what is new."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from indexer.model import Hit, SearchPage, SearchRequest, Sort
from webapp import freshness, links, site
from webapp.exports.characters import legal
from webapp.exports.contexts import Feed, FeedEntry
from webapp.exports.views import addresses, not_for_robots
from webapp.links import Links

blueprint = Blueprint("feeds", __name__)

ENTRIES = 50

NOT_KNOWN = "1970-01-01T00:00:00Z"

TAGGED = "2026"
"""The year in which we began to make these tags: whoever has the host then may make them (RFC 4151). Never change it:
all articles would be new again."""


@blueprint.get("/tim-kiem.atom")
def feed() -> Response:
    """The results as a feed, newest first, whatever order is asked for; a page past the last is empty."""
    wanted, archive = site.reading().request, site.archive()
    freshness.check_dated(archive.edition)
    wanted = replace(wanted, sort=Sort.NEWEST, page_size=ENTRIES)
    found = site.search(archive, wanted)
    made = render_template("exports/feed.xml", feed=_feed(found, _Addresses(site.links(), wanted)))
    return not_for_robots(Response(made, content_type="application/atom+xml; charset=utf-8"))


class _Addresses:
    """The addresses in a feed; those of the same search are the same whatever order and size it was asked for."""

    def __init__(self, urls: Links, wanted: SearchRequest) -> None:
        self._urls = urls
        self._wanted = replace(wanted, sort=Sort.RELEVANCE, page_size=urls.page_size)
        self._here = request.host_url.rstrip("/")
        self.article = addresses()

    def page(self, number: int) -> str:
        return self._here + self._urls.export(links.on_page(self._wanted, number), "atom")

    def search(self) -> str:
        newest_first = links.sorted_by(self._wanted, Sort.NEWEST)
        return self._here + self._urls.search(newest_first)

    def tag(self, path: str) -> str:
        """A name for what stands at a path, that stays when the scheme, the port or the place below the host change."""
        host = quote(request.host.rsplit(":", 1)[0].lower(), safe=".-")
        return f"tag:{host},{TAGGED}:{path}"

    def feed_tag(self) -> str:
        return self.tag(Links().export(links.on_page(self._wanted, 1), "atom"))


def _feed(found: SearchPage, around: _Addresses) -> Feed:
    page = found.request.page
    entries = tuple(_entry(hit, around) for hit in found.hits)
    return Feed(
        id=around.feed_tag(),
        title=legal(f"Kho Báo: {found.request.text}" if found.request.text else "Kho Báo"),
        updated=max((entry.updated for entry in entries), default=NOT_KNOWN),
        self_address=around.page(page),
        alternate_address=around.search(),
        search_address=request.host_url.rstrip("/") + url_for("opensearch.description"),
        first_address=around.page(1),
        previous_address=around.page(min(page - 1, found.page_count)) if page > 1 else "",
        next_address=around.page(page + 1) if page < found.page_count else "",
        total=found.total,
        start=(page - 1) * ENTRIES + 1,
        per_page=ENTRIES,
        entries=entries,
    )


def _entry(hit: Hit, around: _Addresses) -> FeedEntry:
    published = hit.published.moment.isoformat() if hit.published else ""
    return FeedEntry(
        id=around.tag(Links().article(hit.id)),
        title=legal(hit.title),
        address=around.article(hit.id),
        updated=published or NOT_KNOWN,
        published=published,
        authors=tuple(name for author in hit.authors if (name := legal(author.name).strip())),
        section=legal(hit.section),
        summary=legal(" … ".join(snippet.text for snippet in hit.snippets)),
    )
