"""The OpenAPI document tells the truth: schemathesis asks what it allows and what it forbids, and checks answers."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode

from indexer.settings import Settings
from tests.webapp.conftest import FakeArchive, many_articles
from webapp.api.document import openapi_path
from webapp.api.operations import OPERATIONS, PERIOD, SEARCH
from webapp.app import create_app

EXAMPLES = 20
"""Made-up requests for each operation, and as many that break its rules."""

PLAIN = {"Accept-Encoding": "identity"}
"""The transport of these tests does not unpack."""

ASKED: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("/api/v1/search", {}, {}),
    ("/api/v1/search", {"q": "xây dựng", "size": 3, "page": 2}, {}),
    ("/api/v1/search", {"q": "xây", "year": ["2010", "2011"], "not_month": ["2010-01"], "sort": "oldest"}, {}),
    ("/api/v1/search", {"author": ["tác giả 3"], "from": "1/2004", "to": "2023", "literal": "1"}, {}),
    ("/api/v1/articles/{article_id}", {}, {"article_id": "bai/1"}),
    ("/api/v1/articles/{article_id}/similar", {}, {"article_id": "bai/1"}),
    ("/healthz", {}, {}),
]
"""Requests that find something."""


@cache
def document() -> schemathesis.openapi.OpenApiSchema:
    periods = st.dates(date(1900, 1, 1), date(2099, 12, 31)).map(str) | st.sampled_from(("2015", "1/7/2015", "07/2015"))
    schemathesis.openapi.format(PERIOD, periods)
    app = create_app(Settings(), lambda: FakeArchive(many_articles(30)))
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)


ALLOWED = [(openapi_path(operation.rule), GenerationMode.POSITIVE) for operation in OPERATIONS]
FORBIDDEN = [(openapi_path(SEARCH.rule), GenerationMode.NEGATIVE)]


@pytest.mark.parametrize(("path", "mode"), ALLOWED + FORBIDDEN, ids=str)
def test_every_request_gets_what_the_document_says(path: str, mode: GenerationMode) -> None:
    operation = document()[path]["GET"]

    @settings(
        max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Case) -> None:
        case.call_and_validate(headers=PLAIN)

    ask()


EDGES = {"author": "a", "section": "a", "source": "a", "year": "2020", "month": "2020-07"}
"""A value of each facet."""


def edges(parameter: dict[str, Any]) -> tuple[list[list[str]], list[list[str]]]:
    """What is sent for a parameter just within its limits, and just outside."""
    schema, name = parameter["schema"], parameter["name"]
    if schema["type"] == "array":
        most, value = schema["maxItems"], EDGES[name.removeprefix("not_")]
        longest = "a" * schema["items"]["maxLength"]
        values = [f"{2000 + n}{value[4:]}" if value[0] == "2" else f"{value}{n}" for n in range(most + 1)]
        texts = ([[longest]], [[longest + "a"]]) if value == "a" else ([], [])
        return [values[:most], *texts[0]], [values, *texts[1]]
    if schema["type"] == "integer":
        low, high = schema["minimum"], schema["maximum"]
        return [[str(low)], [str(high)]], [[str(low - 1)], [str(high + 1)], ["x"]]
    if name == "author_like":
        return [["a" * schema["maxLength"]]], [["a" * (schema["maxLength"] + 1)], [""]]
    within = schema.get("enum", [""] if name == "q" else [])
    return [[each] for each in within], [] if name == "q" else [["¿"], [""]]


SEARCH_PARAMETERS = document().raw_schema["paths"][openapi_path(SEARCH.rule)]["get"]["parameters"]


@pytest.mark.parametrize("parameter", SEARCH_PARAMETERS, ids=lambda one: one["name"])
def test_what_is_just_within_a_limit_is_taken_and_what_is_just_outside_is_not(parameter: dict[str, Any]) -> None:
    operation = document()[openapi_path(SEARCH.rule)]["GET"]
    within, outside = edges(parameter)
    for values in within:
        assert operation.Case(query={parameter["name"]: values}).call_and_validate(headers=PLAIN).status_code == 200, (
            values
        )
    for values in outside:
        answer = operation.Case(query={parameter["name"]: values}).call_and_validate(headers=PLAIN)
        assert answer.status_code == 400, values
        assert answer.json()["errors"][0]["parameter"] == parameter["name"]


@pytest.mark.parametrize(("path", "query", "place"), ASKED, ids=str)
def test_what_is_found_has_the_shape_that_the_document_says(
    path: str, query: dict[str, Any], place: dict[str, Any]
) -> None:
    answer = document()[path]["GET"].Case(query=query, path_parameters=place).call_and_validate(headers=PLAIN)
    assert answer.status_code == 200
