"""What lets a browser take the archive up among its search engines: an OpenSearch 1.1 description, and suggestions."""

from __future__ import annotations

import json

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import freshness, layout, site
from webapp.completions import FRESH_SECONDS

blueprint = Blueprint("opensearch", __name__)

KEPT_SECONDS = 24 * 60 * 60


@blueprint.get("/opensearch.xml")
def description() -> Response:
    """Where and how to search; the words are Vietnamese, as the archive is."""
    freshness.check("")
    here = request.host_url.rstrip("/")
    made = render_template(
        "opensearch.xml",
        here=here,
        root=here + request.script_root,
        icon=here + layout.versioned("khobao.svg"),
        self_address=here + url_for(".description"),
    )
    response = Response(made, content_type="application/opensearchdescription+xml; charset=utf-8")
    response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return response


@blueprint.get("/goi-y.json")
def suggestions() -> Response:
    """How `q` may go on, in the form browsers ask for: `["xây", ["xây dựng", …]]`; the questions, to be searched."""
    typed = request.args.get("q", "")
    found = site.archive().complete(typed)
    questions = list(dict.fromkeys(one.query or one.text for one in found))
    made = json.dumps([typed, questions], ensure_ascii=False).encode(errors="replace")
    response = Response(made, content_type="application/x-suggestions+json; charset=utf-8")
    response.headers["Cache-Control"] = f"private, max-age={FRESH_SECONDS}"
    return response
