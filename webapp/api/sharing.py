"""Which other sites may read the API from their pages (CORS): those of a setting, without cookies."""

from __future__ import annotations

from flask import Flask, request
from werkzeug.wrappers import Response

from webapp.request_log import HEADER

ADDRESSES = "/api/v1/"

ANY = "*"

EXPOSED = f"ETag, Retry-After, {HEADER}"
"""Headers that scripts of other sites may read."""

PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def init_app(app: Flask, setting: str) -> None:
    """Let the sites of the setting in: `https://a.example, https://b.example`, `*` for all, "" for none."""
    origins = frozenset(map(str.strip, setting.split(","))) - {""}

    def share(response: Response) -> Response:
        if request.path.startswith(ADDRESSES):
            _share(response, origins)
        return response

    if origins:
        app.after_request(share)


def _share(response: Response, origins: frozenset[str]) -> None:
    origin = request.headers.get("Origin", "")
    if ANY not in origins:
        response.vary.add("Origin")
        if origin not in origins:
            return
    response.headers["Access-Control-Allow-Origin"] = ANY if ANY in origins else origin
    response.headers["Access-Control-Expose-Headers"] = EXPOSED
    if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
        response.headers.update(PREFLIGHT)
