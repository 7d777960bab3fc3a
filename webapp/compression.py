"""Text goes out packed with gzip to browsers that take it: a quarter of the bytes, which a slow line notices.

Staff pages are left as they are: what is secret in them must not show in their length (the BREACH attack). So are
streams, which nobody shall wait for, and answers too short to win anything. Tags are weak ones, since they stand for
the packed and the plain answer alike.
"""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Flask, request
from werkzeug.wrappers import Response

LEAST_BYTES = 1000
"""Shorter ones fit a packet anyway."""

LEVEL = 5
"""Of gzip, 1 to 9: above it pages get hardly shorter, below it hardly quicker."""

PACKED = frozenset(
    {
        "application/atom+xml",
        "application/javascript",
        "application/json",
        "application/problem+json",
        "application/xml",
        "image/svg+xml",
        "text/css",
        "text/html",
        "text/javascript",
        "text/plain",
    }
)


def init_app(app: Flask) -> None:
    """Pack answers; to be called before the other parts, since what is registered first runs last."""
    app.after_request(_pack)


def _pack(response: Response) -> Response:
    if request.path.startswith("/staff"):  # errors there belong to no blueprint
        return response
    response.vary.add("Accept-Encoding")  # on a 304 and for HEAD as well: they stand for the whole answer
    if response.mimetype not in PACKED or not _may_be_packed(response):
        return response
    if not request.accept_encodings.quality("gzip"):
        return response
    kept = response.direct_passthrough  # a file that comes with the program, and stays as it is
    response.direct_passthrough = False
    plain = response.get_data()
    if len(plain) >= LEAST_BYTES:
        response.set_data(_packed_once(plain) if kept else gzip.compress(plain, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        tag, _ = response.get_etag()
        if tag:
            response.set_etag(tag, weak=True)
    return response


def _may_be_packed(response: Response) -> bool:
    return (
        response.status_code not in {204, 206, 304}
        and request.method != "HEAD"
        and "Content-Encoding" not in response.headers
        and (response.direct_passthrough or response.is_sequence)
    )


@lru_cache(maxsize=16)
def _packed_once(plain: bytes) -> bytes:
    return gzip.compress(plain, 9, mtime=0)
