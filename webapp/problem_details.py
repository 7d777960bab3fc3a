"""Errors for programs, in the one shape they all have: problem details (RFC 9457)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import jsonify, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

BLANK = "about:blank"
"""The type of a problem that its status tells everything of."""


@dataclass(frozen=True, slots=True)
class ParameterError:
    """What is wrong with one parameter: `code` for programs, `detail` for people."""

    parameter: str
    code: str
    detail: str


class Refused(HTTPException):
    """A request that is refused, with more to say than its status does.

    Args:
        status: the HTTP status, 4xx.
        kind: what kind of problem it is: the name of a place on the page `/api`.
        detail: what is wrong and what to do, in the language of the request.
        errors: the parameters it is about.
        retry_after: seconds to wait, where it helps.
    """

    def __init__(
        self,
        status: int,
        kind: str,
        detail: str,
        errors: Sequence[ParameterError] = (),
        retry_after: int | None = None,
    ) -> None:
        super().__init__(detail)
        self.code, self.kind, self.errors, self.retry_after = status, kind, tuple(errors), retry_after

    def get_headers(self, *args: Any, **kwargs: Any) -> list[tuple[str, str]]:
        """Adds when to come back."""
        wait = [] if self.retry_after is None else [("Retry-After", str(self.retry_after))]
        return [*super().get_headers(*args, **kwargs), *wait]


def type_of(kind: str) -> str:
    """The URI of a kind of problem: where the page on the API explains it."""
    return f"{request.script_root}/api#{kind}" if kind else BLANK


def respond(
    status: int,
    title: str,
    detail: str,
    kind: str = "",
    errors: Sequence[ParameterError] = (),
    request_id: str = "",
) -> Response:
    """The response; see `api.shapes.Problem` for its members."""
    body: dict[str, Any] = {"type": type_of(kind), "title": title, "status": status, "detail": detail}
    if errors:
        body["errors"] = [{"parameter": e.parameter, "code": e.code, "detail": e.detail} for e in errors]
    if request_id:
        body["request_id"] = request_id
    response = jsonify(body)
    response.status_code = status
    response.mimetype = "application/problem+json"
    return response
