"""A cluster whose answers are written down beforehand."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from opensearchpy import exceptions
from opensearchpy.exceptions import HTTP_EXCEPTIONS, TransportError

Answer = dict[str, Any] | Exception | Callable[[list[dict[str, Any]]], dict[str, Any]]
"""What is returned, or raised, or made of the lines of the request."""


def status(code: int, kind: str = "some_exception", reason: str = "because") -> TransportError:
    """What opensearch-py raises for an answer with this status."""
    error = HTTP_EXCEPTIONS.get(code, TransportError)(code, kind, {"error": {"type": kind, "reason": reason}})
    assert isinstance(error, TransportError)
    return error


def cut_off() -> TransportError:
    return exceptions.ConnectionError("N/A", "connection refused", OSError("connection refused"))


@dataclass
class Scripted:
    """Gives the answers in turn, the last one for ever."""

    answers: list[Answer]
    requests: list[tuple[str, str]] = field(default_factory=list)
    bodies: list[list[dict[str, Any]]] = field(default_factory=list)

    def perform_request(
        self, method: str, url: str, params: Mapping[str, Any], body: Any, *, headers: Mapping[str, str]
    ) -> Any:
        assert params["request_timeout"]
        assert headers
        self.requests.append((method, url))
        lines = [json.loads(line) for line in body.splitlines()] if isinstance(body, bytes) else [body]
        self.bodies.append(lines)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer(lines) if callable(answer) else answer
