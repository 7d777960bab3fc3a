"""From what the archive found to what the API answers; see `shapes` for what each member means. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexer import notices
from indexer.errors import IndexUnavailable
from indexer.model import FACETS, Article, FacetCount, Hit, Offer, Range, SearchPage, SearchRequest
from webapp import links, offers, wording
from webapp.api import shapes
from webapp.links import Links
from webapp.params import Problem, Reading

COUNTED = (*FACETS, "day")
"""What results are counted by; days within the months chosen."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around an answer: links, language, build, and the cursor of the next page, None on the last one."""

    urls: Links
    language: str
    build: str
    cursor: str | None


def search(page: SearchPage, reading: Reading, frame: Frame) -> shapes.SearchAnswer:
    """One page of results; matches are ranges of characters in the text beside them."""
    searched, urls = page.searched or page.request.text, frame.urls
    found_by = links.carrying_out(page.request, searched)
    told = [shapes.Notice(code=one.code, text=notices.text(one, frame.language)) for one in page.notices]
    first = urls.json(links.on_page(page.request, 1))
    return {
        "searched": searched,
        "total": page.total,
        "page": page.request.page,
        "page_size": page.request.page_size,
        "next": f"{first}&cursor={frame.cursor}" if frame.cursor else None,
        "next_cursor": frame.cursor,
        "took_ms": round(page.took_ms, 3),
        "sort": page.request.sort.value,
        "hits": [_hit(hit, urls, found_by) for hit in page.hits],
        "facets": {facet: [_count(count) for count in page.facets.get(facet, ())] for facet in COUNTED},
        "offers": [_offer(offer, urls, page.request) for offer in page.offers],
        "notices": [*map(_problem, reading.problems), *told],
        "build": frame.build,
    }


def article(found: Article, urls: Links) -> shapes.ArticleAnswer:
    """Everything the archive holds of an article."""
    return {
        "id": found.id,
        "title": found.title,
        "published": found.published.isoformat() if found.published else None,
        "authors": [author.name for author in found.authors],
        "section": found.section,
        "source": found.source,
        "lead": found.lead,
        "paragraphs": list(found.paragraphs),
        "captions": [{"text": caption.text, "credit": caption.credit} for caption in found.captions],
        "url": urls.article(found.id),
    }


def similar(article_id: str, found: Iterable[Hit], urls: Links) -> shapes.SimilarAnswer:
    """Articles on the same subject."""
    others = [shapes.SimilarArticle(id=hit.id, title=hit.title, url=urls.article(hit.id)) for hit in found]
    return {"id": article_id, "similar": others}


def healthy(articles: int, build: str) -> shapes.HealthAnswer:
    """There is an index to search."""
    return {"status": "ok", "articles": articles, "build": build}


def unavailable(error: IndexUnavailable) -> shapes.HealthAnswer:
    """There is none."""
    return {"status": "unavailable", "reason": str(error), "next_step": error.next_step}


def _hit(hit: Hit, urls: Links, request: SearchRequest) -> shapes.Hit:
    return {
        "id": hit.id,
        "title": hit.title,
        "title_matches": _pairs(hit.title_matches),
        "published": hit.published.isoformat() if hit.published else None,
        "authors": [author.name for author in hit.authors],
        "section": hit.section,
        "source": hit.source,
        "score": hit.score,
        "snippets": [{"text": snippet.text, "matches": _pairs(snippet.matches)} for snippet in hit.snippets],
        "copy_of": hit.copy_of or None,
        "url": urls.article(hit.id, request),
    }


def _count(count: FacetCount) -> shapes.Count:
    return {
        "value": count.value,
        "label": count.label,
        "count": count.count,
        "chosen": count.chosen,
        "excluded": count.excluded,
    }


def _offer(offer: Offer, urls: Links, request: SearchRequest) -> shapes.Offer:
    return {
        "kind": offer.kind.value,
        "text": offer.text,
        "count": offer.count,
        "url": urls.json(offers.request_of(offer, request)),
    }


def _problem(found: Problem) -> shapes.Notice:
    return {"code": found.code, "text": wording.problem(found)}


def _pairs(ranges: tuple[Range, ...]) -> list[shapes.Match]:
    return [[start, end] for start, end in ranges]
