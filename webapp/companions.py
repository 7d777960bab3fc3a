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
    """Each group that holds another article, which no group before holds."""
    groups: list[CompanionsView] = []
    shown = {article.id}
    for heading, request, tells_day in _searches(article, urls, language):
        listing = archive.listing(request)
        ids = [article_id for article_id in listing.ids if article_id not in shown][:SHOWN]
        shown.update(ids)
        found = [each for article_id in ids if (each := archive.unlit(article_id))]
        if found:
            titles = tuple(_title_link(each, urls, language if tells_day else "") for each in found)
            all_label = gettext("Xem cả %(articles)s", articles=wording.articles(listing.total, language))
            all_url = urls.search(request) if listing.total > len(found) + 1 else ""
            groups.append(CompanionsView(heading, titles, all_url, all_label))
    return tuple(groups)


def _searches(article: Article, urls: Links, language: str) -> Iterator[tuple[str, SearchRequest, bool]]:
    """What each group is called, how it is found, and whether its articles are told apart by their days."""
    for author in article.authors[:MOST_AUTHORS]:
        request = SearchRequest(author=Choice((author.key,)), sort=Sort.NEWEST, page_size=urls.page_size)
        yield gettext("Cùng tác giả %(author)s", author=author.name), request, True
    if article.published:
        day = article.published.day
        request = SearchRequest(since=day, until=day, sort=Sort.OLDEST, page_size=urls.page_size)
        yield gettext("Cùng ngày %(day)s", day=formats.day(day, language)), request, False


def _title_link(article: Article, urls: Links, language: str) -> TitleLink:
    """Without a language the day stays away."""
    stamp = article.published if language else None
    return TitleLink(
        title=article.title,
        url=urls.article(article.id),
        published=formats.day(stamp.day, language) if stamp else "",
        published_iso=stamp.isoformat() if stamp else "",
    )
