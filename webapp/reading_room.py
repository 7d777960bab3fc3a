"""An article that was opened -> what `article.html` shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.explanation import Explanation
from indexer.model import Article, Author, Choice, Hit, LitArticle, Range, SearchRequest
from webapp import formats
from webapp.contexts import ArticlePage, AuthorLink, CaptionView, SearchForm
from webapp.language import ngettext
from webapp.links import Links
from webapp.markup import lit
from webapp.results import result
from webapp.why import why

LONG_TITLE_CHARS = 110  # more than four lines on a phone


@dataclass(frozen=True, slots=True)
class Opened:
    """An article and what belongs to it.

    `found_by` is the search the reader came from, if they did; `explanation` says why it finds the article, or does
    not, if that was asked.
    """

    found: LitArticle
    found_by: SearchRequest | None = None
    similar: tuple[Hit, ...] = ()
    explanation: Explanation | None = None


def article_page(opened: Opened, address: str, urls: Links, language: str) -> ArticlePage:
    """The article as a page."""
    found, found_by = opened.found, opened.found_by
    article = found.article
    explained = opened.explanation
    return ArticlePage(
        form=SearchForm(found_by.text if found_by else ""),
        plain_title=article.title,
        title=lit(article.title, found.title),
        long_title=len(article.title) > LONG_TITLE_CHARS,
        published=formats.moment(article.published, language) if article.published else "",
        published_iso=article.published.isoformat() if article.published else "",
        section=article.section,
        authors=tuple(
            replace(author_link(author, urls), listed_as=found.called.get(author.key, "")) for author in article.authors
        ),
        lead=lit(article.lead, found.lead),
        paragraphs=tuple(lit(text, _ranges(found.paragraphs, place)) for place, text in enumerate(article.paragraphs)),
        captions=_captions(found),
        matches=_matches(found, language),
        back_url=urls.search(found_by) if found_by else "",
        back_query=found_by.text if found_by else "",
        why_url=urls.why(article.id, found_by) if found_by and not explained else "",
        why=why(explained, found_by, urls, language) if found_by and explained else None,
        similar=tuple(result(hit, urls, language) for hit in opened.similar),
        citation=citation(article, language),
        address=address,
        json_url=urls.article_json(article.id),
    )


def author_link(author: Author, urls: Links, count: str = "") -> AuthorLink:
    """The author with a link to their articles, newest first."""
    request = SearchRequest(author=Choice((author.key,)), page_size=urls.page_size)
    return AuthorLink(author.name, urls.search(request), count)


def citation(article: Article, language: str) -> str:
    """`Tên tác giả: “Tiêu đề”, 1/7/2020.`; what is unknown is left out."""
    names = ", ".join(author.name for author in article.authors)
    title = f"“{article.title}”"
    day = formats.day(article.published.day, language) if article.published else ""
    heading = f"{names}: {title}" if names else title
    return ", ".join(part for part in (heading, article.section, day) if part) + "."


def _captions(found: LitArticle) -> tuple[CaptionView, ...]:
    return tuple(
        CaptionView(lit(caption.text, _ranges(found.captions, place)), caption.credit)
        for place, caption in enumerate(found.article.captions)
    )


def _ranges(parts: Sequence[tuple[Range, ...]], place: int) -> tuple[Range, ...]:
    """The ranges of one part; without a query there are none at all."""
    return parts[place] if place < len(parts) else ()


def _matches(found: LitArticle, language: str) -> str:
    count = sum(map(len, (found.title, found.lead, *found.paragraphs, *found.captions)))
    if not count:
        return ""
    shown = formats.number(count, language)
    return ngettext("%(count)s chỗ khớp", "%(count)s chỗ khớp", count, count=shown)
