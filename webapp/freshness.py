"""Answers that need not be made twice: an ETag names what an answer depends on, and who has it gets a 304.

It is known before the archive is asked, so that a robot which comes again costs next to nothing. It is a weak one: the
time a search took stands in its answer and differs.
"""

from __future__ import annotations

import hashlib
from itertools import repeat
from pathlib import Path

from flask import Flask, abort, current_app, g, request
from werkzeug.wrappers import Response

from indexer.settings import Settings

_KEY = "khobao-release"

_ASKED = ("QUERY_STRING", "SCRIPT_NAME", "HTTP_COOKIE", "HTTP_HOST", "wsgi.url_scheme")
"""What an answer depends on beside its path."""

PACKAGES = (Path(__file__).parent, Path(__file__).parent.parent / "indexer")


def init_app(app: Flask, settings: Settings) -> None:
    """Send the tags along."""
    app.extensions[_KEY] = release(settings)
    app.after_request(_add_tag)


def release(settings: Settings) -> bytes:
    """What tells this program under these settings from another: both shape answers, as the index does."""
    told = hashlib.blake2b(repr(settings).encode(errors="replace"), digest_size=16)
    for folder in PACKAGES:
        for path in sorted(folder.rglob("*")):
            if path.suffix not in {".pyc", ""}:
                facts = path.stat()
                told.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode(errors="replace"))
    return told.digest()


def check(edition: str) -> None:
    """End the request with a 304 if its answer is the one the client has; else have the answer tagged.

    It depends on its address, the cookies (the language is one), the program, and `edition`: what the archive answers
    from, "" if it does not ask the archive.
    """
    told = hashlib.blake2b(current_app.extensions[_KEY], digest_size=12)
    told.update(
        "\n".join((edition, request.path, *map(request.environ.get, _ASKED, repeat("")))).encode(errors="replace")
    )
    g.tag = told.hexdigest()
    held = request.if_none_match
    if held.contains_weak(g.tag) and not held.star_tag:  # `*` asks whether there is anything, which we know later
        abort(Response(status=304))


def forget() -> None:
    """Leave the answer untagged: it would not come out the same again."""
    g.pop("tag", None)


def _add_tag(response: Response) -> Response:
    tag = g.get("tag")
    if tag and response.status_code in {200, 304}:
        response.set_etag(tag, weak=True)
    return response
