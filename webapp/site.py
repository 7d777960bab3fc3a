"""What every request of the application shares: the archive, the limits, the links."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from flask import current_app, g, request

from indexer.explanation import Explanation
from indexer.model import (
    ArchiveSummary,
    Article,
    Completion,
    Export,
    Hit,
    Listing,
    LitArticle,
    SearchPage,
    SearchRequest,
)
from indexer.reader_reports import ReaderReports
from indexer.short_codes import code_of
from webapp import freshness
from webapp.citations import OURSELVES, Cited
from webapp.links import Links
from webapp.params import Limits, Reading, ReadPeriod, read_search
from webapp.view import read_view

_KEY = "khobao"

CountSearch = Callable[[str, int], None]
"""Is told what a reader asked, and how many articles that found."""


def count_nothing(_text: str, _found: int) -> None:
    """Where searches are not counted."""


class Archive(Protocol):
    """The part of `indexer`'s archive that pages are made from."""

    @property
    def build(self) -> str:
        """Name of the index build that answers."""

    @property
    def edition(self) -> str:
        """Names what answers are made from: the same as long as they come out the same."""

    @property
    def article_count(self) -> int:
        """How many articles the archive holds."""

    def search(self, request: SearchRequest) -> SearchPage:
        """One page of results."""

    def listing(self, request: SearchRequest) -> Listing:
        """The same results by their ids alone."""

    def with_code(self, code: str) -> tuple[str, ...]:
        """The ids of the articles with a short code: one as a rule."""

    def export(self, request: SearchRequest, limit: int, *, with_matches: bool = False) -> Export:
        """The first results with all their text, at most `limit`."""

    def published_in(self, year: int) -> Iterator[tuple[str, date | None]]:
        """Every article of a year, 0 for those without a day: its id and day."""

    def article(self, article_id: str, query: str = "") -> LitArticle | None:
        """An article with the query's matches, None if there is no such article."""

    def unlit(self, article_id: str) -> Article | None:
        """An article as it is, None if there is no such article."""

    def source(self, article_id: str) -> str | None:
        """The path of the file an article came from, None if there is no such article."""

    def similar(self, article_id: str, count: int = 5) -> tuple[Hit, ...]:
        """Articles on the same subject, the most similar first."""

    def explain(self, request: SearchRequest, article_id: str) -> Explanation | None:
        """Why the question finds the article, or does not; None if there is no such article."""

    def complete(self, text: str) -> tuple[Completion, ...]:
        """How the words at the end of a search box may go on."""

    def summary(self) -> ArchiveSummary:
        """The archive at a glance."""


@dataclass(frozen=True, slots=True)
class Site:
    """The parts the application was put together from. `reports` is None where readers cannot report mistakes."""

    archives: Callable[[], Archive]
    limits: Limits
    read_period: ReadPeriod
    count_search: CountSearch = count_nothing
    newspaper: str = ""
    reports: ReaderReports | None = None


def install(extensions: dict[str, object], site: Site) -> None:
    """Keep the site where `current_site` finds it."""
    extensions[_KEY] = site


def current_site() -> Site:
    """The site of the running application."""
    site = current_app.extensions[_KEY]
    assert isinstance(site, Site)  # noqa: S101 - narrows the type; install() put it there
    return site


def archive() -> Archive:
    """The archive that is live now. Ask once a request, so that a page never mixes two builds.

    Raises:
        IndexUnavailable: there is no index to search; `errors` turns it into a 503.
    """
    return current_site().archives()


def search(archive: Archive, wanted: SearchRequest) -> SearchPage:
    """One page of results; what is cut short for want of time may be whole the next time, so no client keeps it."""
    found = archive.search(wanted)
    if found.is_partial:
        freshness.forget()
    g.search_seconds = found.took_ms / 1000
    return found


def links() -> Links:
    """The links of this site as seen from the running request."""
    return Links(request.script_root, current_site().limits.page_size, read_view(request.args))


def cited(article: Article) -> Cited:
    """What the citations of an article say, today and at the address the reader knows this site by."""
    code = code_of(article.id)
    address = request.host_url.rstrip("/") + links().permanent(code)
    return Cited(article, current_site().newspaper or OURSELVES, address, code, date.today())


def reading() -> Reading:
    """The search that the running request asks for."""
    site = current_site()
    return read_search(request.args, site.limits, site.read_period)
