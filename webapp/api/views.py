"""The views of the API. What they take and give is in the table of `operations`."""

from __future__ import annotations

from flask import abort, jsonify, request
from flask.typing import ResponseReturnValue

from indexer.errors import IndexUnavailable
from webapp import freshness, links, site
from webapp.api import answers, asked, cursors
from webapp.api.blueprint import blueprint
from webapp.api.document import document
from webapp.api.operations import ARTICLE, HEALTH, SEARCH, SIMILAR
from webapp.language import language, speaking
from webapp.params import MAX_PAGE


@blueprint.get(SEARCH.rule)
def search() -> ResponseReturnValue:
    """A page of results, with the cursor of the next one."""
    reading, archive, urls = asked.search(SEARCH), site.archive(), site.links()
    question = urls.query_string(links.on_page(reading.request, 1))
    reading = asked.at_cursor(reading, question, archive.edition)
    freshness.check(archive.edition)
    found = site.search(archive, reading.request)
    more = found.request.page < min(found.page_count, MAX_PAGE)
    cursor = cursors.write(found.request.page + 1, question, archive.edition) if more else None
    return jsonify(answers.search(found, reading, answers.Frame(urls, language(), archive.build, cursor)))


@blueprint.get(ARTICLE.rule)
def article(article_id: str) -> ResponseReturnValue:
    """One article with all its text."""
    asked.check(ARTICLE)
    archive = site.archive()
    freshness.check(archive.edition)
    found = archive.article(article_id)
    if found is None:
        abort(404)
    return jsonify(answers.article(found.article, site.links()))


@blueprint.get(SIMILAR.rule)
def similar(article_id: str) -> ResponseReturnValue:
    """Articles on the same subject, the most similar first."""
    asked.check(SIMILAR)
    archive = site.archive()
    freshness.check(archive.edition)
    if archive.article(article_id) is None:
        abort(404)
    return jsonify(answers.similar(article_id, archive.similar(article_id), site.links()))


@blueprint.get(HEALTH.rule)
def health() -> ResponseReturnValue:
    """Whether the archive can be searched, for whatever watches the service."""
    try:
        archive = site.archive()
    except IndexUnavailable as error:
        return jsonify(answers.unavailable(error)), 503
    return jsonify(answers.healthy(archive.article_count, archive.build))


@blueprint.get("/api/v1/openapi.json")
def openapi() -> ResponseReturnValue:
    """The document, always in English: its readers are programmers and their tools."""
    freshness.check("")
    with speaking("en"):
        return jsonify(document(request.script_root, site.current_site().limits))
