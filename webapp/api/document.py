"""The OpenAPI 3.1 document, made from the table of operations and the shapes of answers."""

from __future__ import annotations

import re
from typing import Any

from webapp.api import asked, shapes
from webapp.api.operations import OPERATIONS, Operation, Parameter
from webapp.api.schemas import Schemas
from webapp.language import gettext
from webapp.params import Limits

Json = dict[str, Any]

VERSION = "1.0.0"
"""Of the API: the first number stands in its addresses and changes when something is taken away."""

DESCRIPTION = (
    "Full-text search in the archive of a Vietnamese newspaper. Everything is read by GET or HEAD. Text for people is "
    "in Vietnamese, in English with the cookie `lang=en`. Answers may grow new members. An ETag holds until the index "
    "changes: send it back as If-None-Match and get a 304 where nothing is new."
)

MEANINGS = {
    304: "Nothing has changed since the answer with this ETag.",
    400: "Parameters that cannot be used; `errors` names each.",
    404: "There is no such article.",
    409: "The cursor leads through a list that is there no longer.",
    429: "Too many requests; Retry-After tells the seconds to wait.",
    503: "There is no index to search.",
}

TEXT_HEADER = {"schema": {"type": "string"}}


def document(root: str, limits: Limits) -> Json:
    """The document of a server that is mounted at `root`, in the language of the request."""
    schemas = Schemas()
    paths = {openapi_path(each.rule): {"get": _operation(each, schemas, limits)} for each in OPERATIONS}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Kho Báo", "version": VERSION, "description": DESCRIPTION},
        "servers": [{"url": root or "/"}],
        "paths": paths,
        "components": {"schemas": schemas.objects},
    }


def openapi_path(rule: str) -> str:
    """`/articles/<path:article_id>` -> `/articles/{article_id}`."""
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule)


def _operation(operation: Operation, schemas: Schemas, limits: Limits) -> Json:
    answers = {200: _answer("The answer.", operation.answer, schemas)}
    answers |= {status: _answer(MEANINGS[status], shape, schemas) for status, shape in operation.also}
    answers |= {status: _problem(status, schemas) for status in operation.refusals}
    if operation.refusals:
        answers[304] = {"description": MEANINGS[304], "headers": {"ETag": TEXT_HEADER}}
    return {
        "operationId": operation.name,
        "summary": gettext(operation.summary),
        "parameters": [_parameter(one) for one in operation.parameters(limits)],
        "responses": {str(status): answers[status] for status in sorted(answers)},
    }


def _answer(description: str, shape: Any, schemas: Schemas) -> Json:
    return {"description": description, "content": {"application/json": {"schema": schemas.of(shape)}}}


def _problem(status: int, schemas: Schemas) -> Json:
    content = {"application/problem+json": {"schema": schemas.of(shapes.Problem)}}
    answer: Json = {"description": MEANINGS[status], "content": content}
    if status in {429, 503}:
        answer["headers"] = {"Retry-After": {"required": True, "schema": {"type": "string", "pattern": "^[0-9]+$"}}}
    return answer


def _parameter(parameter: Parameter) -> Json:
    written: Json = {
        "name": parameter.name,
        "in": "path" if parameter.is_in_path else "query",
        "required": parameter.is_in_path,
        "description": asked.about(parameter),
        "schema": parameter.schema,
    }
    if parameter.is_repeatable:
        written |= {"style": "form", "explode": True}
    return written
