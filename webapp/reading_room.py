"""An article that was opened -> what `article.html` shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.explanation import Explanation
from indexer.model import Author, Choice, Hit, LitArticle, Range, SearchRequest
from webapp import citations, formats, in_list
from webapp.citations import Cited
from webapp.contexts import AuthorLink, SearchForm
from webapp.contexts_article import (
    ArticlePage,
    CaptionView,
    CitationView,
    CompanionsView,
    PositionView,
    ReportForm,
    TitleLink,
)
from webapp.in_list import Beside, Position
from webapp.language import gettext, ngettext
from webapp.links import Links
from webapp.numbering import Wording, lit_through
from webapp.results import result
from webapp.sharing import sharing
from webapp.why import why
from webapp.wording import style_name

LONG_TITLE_CHARS = 110  # more than four lines on a phone


@dataclass(frozen=True, slots=True)
class Opened:
    """An article and what belongs to it.

    `found_by` is the search the reader came from, if they did, `position` its place among the results; `explanation`
    says why the search finds the article, or does not, if that was asked. `address` is the page's own in full.
    """

    found: LitArticle
    cited: Cited
    address: str
    found_by: SearchRequest | None = None
    position: Position | None = None
    similar: tuple[Hit, ...] = ()
    companions: tuple[CompanionsView, ...] = ()
    explanation: Explanation | None = None
    report: ReportForm | None = None


def article_page(opened: Opened, urls: Links, language: str) -> ArticlePage:
    """The article as a page."""
    found, found_by, cited = opened.found, opened.found_by, opened.cited
    article, explained = found.article, opened.explanation
    number = opened.position.number if opened.position else 0
    (title, lead, *others), matches = lit_through(tuple(_parts(found)), _wording(language))
    return ArticlePage(
        form=SearchForm(found_by.text if found_by else ""),
        plain_title=article.title,
        title=title,
        long_title=len(article.title) > LONG_TITLE_CHARS,
        published=formats.moment(article.published, language) if article.published else "",
        published_iso=article.published.isoformat() if article.published else "",
        section=article.section,
        source=article.source,
        authors=tuple(
            replace(author_link(author, urls), listed_as=found.called.get(author.key, "")) for author in article.authors
        ),
        lead=lead,
        paragraphs=tuple(others[: len(article.paragraphs)]),
        captions=tuple(
            CaptionView(html, caption.credit)
            for html, caption in zip(others[len(article.paragraphs) :], article.captions, strict=True)
        ),
        matches=_matches(matches, language),
        back_url=urls.search(found_by) if found_by else "",
        back_query=found_by.text if found_by else "",
        position=_position(opened, urls, language),
        why_url=urls.why(article.id, found_by, number) if found_by and not explained else "",
        why=why(explained, found_by, urls, language, number) if found_by and explained else None,
        similar=tuple(result(hit, urls, language) for hit in opened.similar),
        companions=opened.companions,
        citations=tuple(_citations(cited, urls)),
        address=opened.address,
        permanent=cited.address,
        sharing=sharing(article, cited.newspaper, opened.address, cited.address),
        report=opened.report,
        json_url=urls.article_json(article.id),
    )


def author_link(author: Author, urls: Links, count: str = "") -> AuthorLink:
    """The author with a link to their articles, newest first."""
    request = SearchRequest(author=Choice((author.key,)), page_size=urls.page_size)
    return AuthorLink(author.name, urls.search(request), count)


def _parts(found: LitArticle) -> Iterator[tuple[str, tuple[Range, ...]]]:
    """The texts of the page in their order, each with what is lit in it."""
    article = found.article
    yield article.title, found.title
    yield article.lead, found.lead
    yield from ((text, _ranges(found.paragraphs, place)) for place, text in enumerate(article.paragraphs))
    yield from ((caption.text, _ranges(found.captions, place)) for place, caption in enumerate(article.captions))


def _ranges(parts: Sequence[tuple[Range, ...]], place: int) -> tuple[Range, ...]:
    """The ranges of one part; without a query there are none at all."""
    return parts[place] if place < len(parts) else ()


def _wording(language: str) -> Wording:
    return Wording(language, gettext("Chỗ khớp trước"), gettext("Chỗ khớp sau"))


def _matches(count: int, language: str) -> str:
    if not count:
        return ""
    shown = formats.number(count, language)
    return ngettext("%(count)s chỗ khớp", "%(count)s chỗ khớp", count, count=shown)


def _position(opened: Opened, urls: Links, language: str) -> PositionView | None:
    position, found_by = opened.position, opened.found_by
    if not position or not found_by:
        return None

    def link(beside: Beside | None) -> TitleLink | None:
        if beside is None:
            return None
        request = in_list.at_number(found_by, beside.number)
        return TitleLink(beside.title, urls.article(beside.id, request, beside.number))

    shown = formats.number(position.number, language), formats.number(position.total, language)
    label = gettext("Bài %(number)s / %(total)s", number=shown[0], total=shown[1])
    return PositionView(label, link(position.previous), link(position.next))


def _citations(cited: Cited, urls: Links) -> Iterator[CitationView]:
    for style in citations.STYLES:
        yield CitationView(
            key=f"cite-{style.key}",
            name=style_name(style),
            text=style.write(cited),
            language="vi" if style is citations.VIETNAMESE else "",
            download_url="" if style.is_prose else urls.permanent(cited.code, f".{style.ending}"),
        )
