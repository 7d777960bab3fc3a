"""Whatever is typed, or put into an address: never a 500, never markup that was not ours."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from indexer.settings import Settings
from tests.conftest import OWNERS_ARTICLE
from tests.hostile import INJECTIONS, QUERIES
from webapp.app import create_app

TEXT_PARAMETERS = (
    "q",
    "author",
    "not_author",
    "year",
    "not_month",
    "month",
    "from",
    "to",
    "sort",
    "page",
    "size",
    "cursor",
)


@pytest.fixture(scope="module")
def client(sample_settings: Settings) -> FlaskClient:
    return create_app(sample_settings).test_client()


def as_sent(text: str) -> str:
    """As a client sends it, lone surrogates and all."""
    return quote(text.encode("utf-8", "surrogatepass"))


def assert_calm(answer: TestResponse) -> None:
    assert answer.status_code < 500
    assert "Traceback" not in answer.text
    for injected in INJECTIONS:
        if "<" in injected:
            assert injected not in re.sub(r"</?mark>", "", answer.text) or answer.is_json


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: ascii(query[:20]))
def test_any_query_gets_a_page_and_json(client: FlaskClient, query: str) -> None:
    sent = as_sent(query)
    for path in (f"/tim-kiem?q={sent}", f"/api/v1/search?q={sent}", f"/bai/{OWNERS_ARTICLE}?q={sent}"):
        answer = client.get(path)
        assert_calm(answer)
        assert answer.status_code == 200


@pytest.mark.parametrize("query", QUERIES[::5], ids=lambda query: ascii(query[:20]))
def test_any_query_can_be_taken_along(client: FlaskClient, query: str) -> None:
    for suffix in ("csv", "jsonl", "html", "bib", "ris", "txt", "atom"):
        answer = client.get(f"/tim-kiem.{suffix}?q={as_sent(query)}")
        assert answer.status_code == 200
        assert all("\n" not in value and "\r" not in value for value in answer.headers.values())
        if suffix == "html":
            assert_calm(answer)


@pytest.mark.parametrize("parameter", TEXT_PARAMETERS)
def test_any_value_of_any_parameter_gets_a_calm_answer(client: FlaskClient, parameter: str) -> None:
    for value in QUERIES[::3]:
        for path in ("/tim-kiem?q=a", "/api/v1/search?q=a", "/api?operation=search", "/api?operation=article"):
            assert_calm(client.get(f"{path}&{parameter}={as_sent(value)[:6000]}"))


def test_bytes_that_are_no_text_get_a_calm_answer(client: FlaskClient) -> None:
    for path in (
        "/tim-kiem?q=%ff%fe",
        "/bai/%ff",
        "/bai/%00",
        "/b/%ff.bib",
        f"/bai/{OWNERS_ARTICLE}?q=a&n=%ff",
        "/api/v1/articles/%c3%28",
        "/%ff",
        "/tim-kiem?%ff=%ff",
    ):
        assert_calm(client.get(path))


@pytest.mark.parametrize("query", QUERIES[::4], ids=lambda query: ascii(query[:20]))
def test_any_article_id_is_a_page_that_says_it_is_not_there(client: FlaskClient, query: str) -> None:
    for path in ("/bai/", "/api/v1/articles/", "/b/", "/bao-loi/"):
        answer = client.get(path + as_sent(query)[:4000])
        assert_calm(answer)
        assert answer.status_code in {200, 301, 308, 404}


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/\\evil.example", "\t//evil.example", "javascript:alert(1)"]
)
def test_the_language_switch_leads_nowhere_else(client: FlaskClient, target: str) -> None:
    answer = client.get("/ngon-ngu/en?" + urlencode({"next": target}))
    assert answer.status_code == 302
    assert answer.location == "/"


def test_other_methods_are_refused_politely(client: FlaskClient) -> None:
    for method in ("post", "put", "delete", "patch"):
        assert getattr(client, method)("/tim-kiem").status_code == 405
        assert getattr(client, method)("/api/v1/search").is_json
    assert client.head("/tim-kiem?q=a").status_code == 200
