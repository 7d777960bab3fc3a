"""An id for each request: in every line that is logged meanwhile, in the response, and on the page of an error.

So a reader who tells it leads whoever runs the server to the lines about it. There is a line for each request only
where that is asked for, and never with what was searched or from where.
"""

from __future__ import annotations

import logging
import re
import secrets
import time

from flask import Flask, g, has_request_context, request
from werkzeug.wrappers import Response

HEADER = "X-Request-ID"

_SHAPE = re.compile(r"[A-Za-z0-9._=+/-]{1,64}")
"""What an id from a proxy may look like; anything else could forge a line of the log."""

logger = logging.getLogger(__name__)


def init_app(app: Flask, *, behind_proxy: bool, log_requests: bool) -> None:
    """Give every request an id: the proxy's own where there is one, else a new one. The first part to be set up."""

    def begin() -> None:
        given = request.headers.get(HEADER, "") if behind_proxy else ""
        g.request_id = given if _SHAPE.fullmatch(given) else secrets.token_hex(8)
        g.started = time.perf_counter()

    app.before_request(begin)
    app.after_request(_add_id)
    if log_requests:
        app.after_request(_log)


def current() -> str:
    """The id of the running request, "" outside of one."""
    return str(g.get("request_id", "")) if has_request_context() else ""


class InLog(logging.Filter):
    """Gives lines that are logged a `request`: a blank and the id, or nothing."""

    def filter(self, record: logging.LogRecord) -> bool:
        here = current()
        record.request = f" {here}" if here else ""
        return True


def _add_id(response: Response) -> Response:
    response.headers[HEADER] = current()
    return response


def _log(response: Response) -> Response:
    spent = (time.perf_counter() - g.started) * 1000
    logger.info("%s %r %d, %.1f ms", request.method, request.path, response.status_code, spent)
    return response
