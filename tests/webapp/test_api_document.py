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
        case.call_and_validate()

    ask()


@pytest.mark.parametrize(("path", "query", "place"), ASKED, ids=str)
def test_what_is_found_has_the_shape_that_the_document_says(
    path: str, query: dict[str, Any], place: dict[str, Any]
) -> None:
    answer = document()[path]["GET"].Case(query=query, path_parameters=place).call_and_validate()
    assert answer.status_code == 200
