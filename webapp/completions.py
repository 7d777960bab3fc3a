"""What the search box suggests while a reader types, as JSON for the page's script and for programs."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response

from indexer.model import Completion, CompletionKind, SearchRequest
from webapp import site, wording
from webapp.language import gettext, language, ngettext
from webapp.links import Links

blueprint = Blueprint("completions", __name__)

FRESH_SECONDS = 60
"""How long a browser may keep an answer without asking: readers take letters back and type them again."""


@blueprint.get("/goi-y")
def completions() -> Response:
    """How `q` may go on; of an empty, an overlong or an odd one no way, never an error."""
    typed = request.args.get("q", "")
    found = site.archive().complete(typed)
    answer = jsonify(completions_json(found, site.links(), language()))
    answer.headers["Cache-Control"] = f"private, max-age={FRESH_SECONDS}"
    answer.add_etag()
    return answer.make_conditional(request)


def completions_json(found: tuple[Completion, ...], urls: Links, language: str) -> dict[str, Any]:
    """The suggestions in order, and a sentence on how many there are."""
    return {
        "status": _status(len(found)),
        "completions": [_completion_json(one, urls, language) for one in found],
    }


def _status(count: int) -> str:
    if not count:
        return gettext("Không có gợi ý")
    return ngettext("%(count)s gợi ý", "%(count)s gợi ý", count, count=str(count))


def _completion_json(one: Completion, urls: Links, language: str) -> dict[str, Any]:
    is_title = one.kind is CompletionKind.TITLE
    is_counted = one.count > 0 and not is_title
    return {
        "kind": one.kind.value,
        "text": one.text,
        "about": f"{_kind_name(one.kind)} · {wording.articles(one.count, language)}"
        if is_counted
        else _kind_name(one.kind),
        "count": one.count,
        "query": one.query,
        "url": urls.article(one.article_id) if is_title else urls.search(SearchRequest(one.query)),
    }


def _kind_name(kind: CompletionKind) -> str:
    names = {
        CompletionKind.WORD: gettext("từ"),
        CompletionKind.PERSON: gettext("người"),
        CompletionKind.PLACE: gettext("địa danh"),
        CompletionKind.TITLE: gettext("tiêu đề"),
        CompletionKind.AUTHOR: gettext("tác giả"),
    }
    return names[kind]
