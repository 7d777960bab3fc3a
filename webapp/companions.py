"""Other articles that belong beside one: of its authors, and of its day."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.model import Article, Choice, SearchRequest, Sort
from webapp import formats, wording
from webapp.contexts_article import CompanionsView, TitleLink
from webapp.language import gettext
from webapp.links import Links
from webapp.site import Archive

MOST_AUTHORS = 2
"""Authors whose other articles are shown; of many, the first ones."""

SHOWN = 4
"""Articles of one author, or of the day."""


def companions(article: Article, archive: Archive, urls: Links, language: str) -> tuple[CompanionsView, ...]:
    """Each group that holds another article."""
    return tuple(_groups(article, archive, urls, language))


def _groups(article: Article, archive: Archive, urls: Links, language: str) -> Iterator[CompanionsView]:
    for author in article.authors[:MOST_AUTHORS]:
        request = SearchRequest(author=Choice((author.key,)), sort=Sort.NEWEST, page_size=urls.page_size)
        heading = gettext("Cùng tác giả %(author)s", author=author.name)
        yield from _group(heading, request, article, archive, urls, language)
    if article.published:
        day = article.published.day
        request = SearchRequest(since=day, until=day, sort=Sort.OLDEST, page_size=urls.page_size)
        heading = gettext("Cùng ngày %(day)s", day=formats.day(day, language))
        yield from _group(heading, request, article, archive, urls, language, tells_day=False)


def _group(
    heading: str,
    request: SearchRequest,
    article: Article,
    archive: Archive,
    urls: Links,
    language: str,
    *,
    tells_day: bool = True,
) -> Iterator[CompanionsView]:
    """The others that a search finds; nothing where it finds none."""
    listing = archive.listing(request)
    ids = [article_id for article_id in listing.ids if article_id != article.id][:SHOWN]
    found = [each.article for article_id in ids if (each := archive.article(article_id))]
    if found:
        yield CompanionsView(
            heading=heading,
            titles=tuple(_title_link(each, urls, language if tells_day else "") for each in found),
            all_url=urls.search(request) if listing.total > len(found) + 1 else "",
            all_label=gettext("Xem cả %(articles)s", articles=wording.articles(listing.total, language)),
        )


def _title_link(article: Article, urls: Links, language: str) -> TitleLink:
    """Without a language the day stays away."""
    stamp = article.published if language else None
    return TitleLink(
        title=article.title,
        url=urls.article(article.id),
        published=formats.day(stamp.day, language) if stamp else "",
        published_iso=stamp.isoformat() if stamp else "",
    )
