"""Headers that every response carries: what a browser may load from us, and who may frame us."""

from __future__ import annotations

from flask import Flask
from werkzeug.wrappers import Response

SECURITY = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def init_app(app: Flask) -> None:
    """Add the headers to every response, errors included."""
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    for name, value in SECURITY.items():
        response.headers.setdefault(name, value)
    if response.mimetype in {"text/html", "application/json", "application/problem+json"}:
        response.vary.add("Cookie")  # the language is in a cookie
        response.headers.setdefault("Cache-Control", "no-cache")
    return response
