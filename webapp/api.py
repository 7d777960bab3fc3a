"""The JSON API: the same searches as the pages, for programs. Also the health check."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, jsonify
from flask.typing import ResponseReturnValue

from indexer import notices
from indexer.errors import IndexUnavailable
from indexer.model import Article, FacetCount, Hit, Offer, Range, SearchPage, SearchRequest
from webapp import links, offers, site, wording
from webapp.language import language
from webapp.links import Links
from webapp.params import FACETS, Problem

blueprint = Blueprint("api", __name__)

Json = dict[str, Any]

COUNTED = (*FACETS, "day")
"""What results are counted by; days within the months chosen."""


@blueprint.get("/api/v1/search")
def search() -> ResponseReturnValue:
    """The same parameters as `/tim-kiem`; 400 if one of them cannot be read."""
    reading = site.reading()
    if reading.unreadable:
        abort(400, " ".join(f"{found.parameter}={found.value}" for found in reading.unreadable))
    archive = site.archive()
    found = archive.search(reading.request)
    body = search_json(found, site.links(), language())
    body["notices"] = [_problem_json(one) for one in reading.problems] + body["notices"]
    return jsonify(body | {"build": archive.build})


@blueprint.get("/api/v1/articles/<path:article_id>")
def article(article_id: str) -> ResponseReturnValue:
    """One article with all its text."""
    found = site.archive().article(article_id)
    if found is None:
        abort(404)
    return jsonify(article_json(found.article, site.links()))


@blueprint.get("/api/v1/articles/<path:article_id>/similar")
def similar(article_id: str) -> ResponseReturnValue:
    """Articles on the same subject, the most similar first."""
    archive, urls = site.archive(), site.links()
    if archive.article(article_id) is None:
        abort(404)
    found = [{"id": hit.id, "title": hit.title, "url": urls.article(hit.id)} for hit in archive.similar(article_id)]
    return jsonify(id=article_id, similar=found)


@blueprint.get("/healthz")
def health() -> ResponseReturnValue:
    """Whether the archive can be searched, for whatever watches the service."""
    try:
        archive = site.archive()
    except IndexUnavailable as error:
        reason = {"reason": str(error), "next_step": error.next_step}
        return jsonify({"status": "unavailable"} | reason), 503
    return jsonify(status="ok", articles=archive.article_count, build=archive.build)


def search_json(page: SearchPage, urls: Links, language: str) -> Json:
    """One page of results; matches are ranges of characters in the text beside them."""
    searched = page.searched or page.request.text
    found_by = links.carrying_out(page.request, searched)
    return {
        "searched": searched,
        "total": page.total,
        "page": page.request.page,
        "page_size": page.request.page_size,
        "took_ms": round(page.took_ms, 3),
        "sort": page.request.sort.value,
        "hits": [_hit_json(hit, urls, found_by) for hit in page.hits],
        "facets": {facet: [_count_json(count) for count in page.facets.get(facet, ())] for facet in COUNTED},
        "offers": [_offer_json(offer, urls, page.request) for offer in page.offers],
        "notices": [{"code": notice.code, "text": notices.text(notice, language)} for notice in page.notices],
    }


def article_json(article: Article, urls: Links) -> Json:
    """Everything the archive holds of an article."""
    return {
        "id": article.id,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "authors": [author.name for author in article.authors],
        "section": article.section,
        "lead": article.lead,
        "paragraphs": list(article.paragraphs),
        "captions": [{"text": caption.text, "credit": caption.credit} for caption in article.captions],
        "url": urls.article(article.id),
    }


def _hit_json(hit: Hit, urls: Links, request: SearchRequest) -> Json:
    return {
        "id": hit.id,
        "title": hit.title,
        "title_matches": _pairs(hit.title_matches),
        "published": hit.published.isoformat() if hit.published else None,
        "authors": [author.name for author in hit.authors],
        "section": hit.section,
        "score": hit.score,
        "snippets": [{"text": snippet.text, "matches": _pairs(snippet.matches)} for snippet in hit.snippets],
        "url": urls.article(hit.id, request),
    }


def _count_json(count: FacetCount) -> Json:
    return {
        "value": count.value,
        "label": count.label,
        "count": count.count,
        "chosen": count.chosen,
        "excluded": count.excluded,
    }


def _offer_json(offer: Offer, urls: Links, request: SearchRequest) -> Json:
    return {
        "kind": offer.kind.value,
        "text": offer.text,
        "count": offer.count,
        "url": urls.json(offers.request_of(offer, request)),
    }


def _problem_json(found: Problem) -> Json:
    return {"code": found.code, "text": wording.problem(found)}


def _pairs(ranges: tuple[Range, ...]) -> list[list[int]]:
    return [[start, end] for start, end in ranges]
