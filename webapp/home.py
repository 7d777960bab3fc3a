"""An `ArchiveSummary` -> what `home.html` shows."""

from __future__ import annotations

from indexer.model import ArchiveSummary, Author, SearchRequest, Sort
from webapp import formats, timeline, wording
from webapp.contexts import AuthorLink, HomePage, SearchForm
from webapp.links import Links
from webapp.reading_room import author_link
from webapp.results import result

MAX_AUTHORS = 24


def home_page(summary: ArchiveSummary, urls: Links, language: str) -> HomePage:
    """The archive at a glance."""
    everything = SearchRequest(sort=Sort.NEWEST, page_size=urls.page_size)
    return HomePage(
        form=SearchForm(autofocus=True),
        size=_size(summary, language),
        timeline=timeline.of_years(SearchRequest(page_size=urls.page_size), summary.years, urls, language),
        newest=tuple(result(hit, urls, language) for hit in summary.newest if not hit.copy_of),
        newest_url=urls.search(everything),
        authors=_authors(summary, urls, language),
    )


def _size(summary: ArchiveSummary, language: str) -> str:
    if not summary.articles:
        return ""
    years = formats.years(summary.first_day, summary.last_day)
    count = wording.articles(summary.articles, language)
    return f"{count}, {years}" if years else count


def _authors(summary: ArchiveSummary, urls: Links, language: str) -> tuple[AuthorLink, ...]:
    return tuple(
        author_link(Author(count.label, count.value), urls, formats.number(count.count, language))
        for count in summary.authors[:MAX_AUTHORS]
    )
