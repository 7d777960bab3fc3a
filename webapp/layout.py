"""What the frame of every page shows."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from urllib.parse import quote

from flask import Flask, request, url_for
from werkzeug.wrappers import Response

from webapp.contexts import Layout
from webapp.language import language


def init_app(app: Flask) -> None:
    """Give every template its `layout`."""
    app.context_processor(lambda: {"layout": layout()})
    app.after_request(_announce_style)


def layout() -> Layout:
    """The frame of the page that the running request gets."""
    here = language()
    other = "en" if here == "vi" else "vi"
    return Layout(
        language=here,
        other_language_url=url_for("pages.switch_language", chosen=other, next=_here()),
        home_url=url_for("pages.home"),
        search_url=url_for("pages.search"),
        completions_url=url_for("completions.completions"),
        help_url=url_for("pages.help"),
        style_url=versioned("khobao.css"),
        script_url=versioned("khobao.js"),
        icon_url=versioned("khobao.svg"),
        opensearch_url=url_for("opensearch.description"),
        site_url=request.host_url.rstrip("/"),
    )


def _announce_style(response: Response) -> Response:
    """A slow phone asks for the style sheet, which every page waits for, before it has begun to read the page."""
    if response.mimetype == "text/html" and "Content-Disposition" not in response.headers:
        response.headers.add("Link", f"<{versioned('khobao.css')}>; rel=preload; as=style")
    return response


def _here() -> str:
    """The address of this page on this site, safe to be carried in another address."""
    path = quote(request.script_root + request.path)
    query = quote(request.query_string, safe="!$%&'()*+,/:;=?@")
    return f"{path}?{query}" if query else path


def versioned(name: str) -> str:
    """A static file's address that changes with its content, so that caches never go stale."""
    return url_for("static", filename=name, v=_digest(name))


@cache
def _digest(name: str) -> str:
    content = (Path(__file__).parent / "static" / name).read_bytes()
    return hashlib.sha256(content).hexdigest()[:8]
