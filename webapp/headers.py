"""Headers that every response carries: what a browser may load from us, and who may frame us."""

from __future__ import annotations

from flask import Flask, request
from werkzeug.wrappers import Response

SECURITY = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


HTTPS_ONLY = "max-age=31536000"
"""Told to browsers that came by https: from now on, for a year, never otherwise."""


SPOKEN = frozenset({"text/html", "application/json", "application/problem+json"})
"""What says something to a reader."""


def init_app(app: Flask) -> None:
    """Add the headers to every response, errors included."""
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    for name, value in SECURITY.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", HTTPS_ONLY)
    if response.status_code == 304 or response.mimetype in SPOKEN:
        response.vary.add("Cookie")  # the language is in a cookie
        response.headers.setdefault("Cache-Control", "no-cache")
    return response
