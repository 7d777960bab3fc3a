"""What robots are asked to leave alone: `/robots.txt` (RFC 9309)."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request

blueprint = Blueprint("robots", __name__)

KEPT_SECONDS = 24 * 60 * 60

CLOSED = ("/tim-kiem", "/goi-y", "/api", "/ngon-ngu/", "/staff", "/bao-loi/", "/bai/*?")
"""Where there is nothing that the articles do not say, in endless combinations; `/bai/*?` is an article with the words
of a search lit.
"""

SITEMAP = "/sitemap.xml"


@blueprint.get("/robots.txt")
def robots() -> Response:
    """All articles, but no searches."""
    lines = ["User-agent: *", *(f"Disallow: {request.script_root}{path}" for path in CLOSED)]
    if any(rule.rule == SITEMAP for rule in current_app.url_map.iter_rules()):
        lines += ["", f"Sitemap: {request.url_root.rstrip('/')}{SITEMAP}"]
    response = Response("\n".join(lines) + "\n", mimetype="text/plain")
    response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return response
