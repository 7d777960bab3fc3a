"""Answers that need not be made twice: an ETag names what an answer depends on, and who has it gets a 304.

It is known before the archive is asked, so that a robot which comes again costs next to nothing. It is a weak one: the
time a search took stands in its answer and differs.

Feeds tell a time, too, since some readers know no tags: when this process began to answer from the edition. Where
several processes answer each has its own, and a later one costs a client an answer it had; none is told too early, so
that no client misses a change.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import repeat
from pathlib import Path

from flask import Flask, abort, current_app, g, request
from werkzeug.wrappers import Response

from indexer.settings import Settings

_KEY, _SINCE = "khobao-release", "khobao-since"

_SECOND = timedelta(seconds=1)
"""What the times of HTTP are told by."""

_ASKED = ("QUERY_STRING", "SCRIPT_NAME", "HTTP_COOKIE", "HTTP_HOST", "wsgi.url_scheme")
"""What an answer depends on beside its path."""

PACKAGES = (Path(__file__).parent, Path(__file__).parent.parent / "indexer")


def init_app(app: Flask, settings: Settings) -> None:
    """Send the tags along."""
    app.extensions[_KEY], app.extensions[_SINCE] = release(settings), None
    app.after_request(_add_tag)


def release(settings: Settings) -> bytes:
    """What tells this program under these settings from another: both shape answers, as the index does."""
    return hashlib.blake2b(repr(settings).encode(errors="replace") + _program(), digest_size=16).digest()


@cache
def _program() -> bytes:
    """Tells its files from others. A process goes on with those it began with, so it looks once."""
    told = hashlib.blake2b(digest_size=16)
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


def check_dated(edition: str) -> None:
    """`check`, also by time: for what depends on the edition and its address alone."""
    check(edition)
    g.since = _since(edition)
    if "If-None-Match" not in request.headers and (held := request.if_modified_since) and held >= g.since:
        abort(Response(status=304))


def _since(edition: str) -> datetime:
    """When this process began to answer from the edition; two that follow each other never have the same time."""
    told: tuple[str, datetime] | None = current_app.extensions[_SINCE]
    if told and told[0] == edition:
        return told[1]
    now = datetime.now(UTC).replace(microsecond=0)
    since = max(now, told[1] + _SECOND) if told else now
    current_app.extensions[_SINCE] = (edition, since)
    return since


def forget() -> None:
    """Leave the answer untagged: it would not come out the same again."""
    g.pop("tag", None)
    g.pop("since", None)


def _add_tag(response: Response) -> Response:
    tag = g.get("tag")
    if tag and response.status_code in {200, 304}:
        response.set_etag(tag, weak=True)
        if since := g.get("since"):
            response.last_modified = since
    return response
