"""What the search box suggests, as JSON."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from indexer.settings import Settings
from tests.hostile import QUERIES
from tests.webapp.test_hostile import as_sent
from webapp.app import create_app


def test_suggestions_have_the_promised_shape(client: FlaskClient) -> None:
    body = client.get("/goi-y?q=đình").get_json()
    assert list(body) == ["status", "completions"]
    (author,) = body["completions"]
    assert author == {
        "kind": "author",
        "text": "Đình Lâm",
        "about": "tác giả · 2 bài",
        "count": 2,
        "query": 'tác giả:"Đình Lâm"',
        "url": "/tim-kiem?q=t%C3%A1c+gi%E1%BA%A3%3A%22%C4%90%C3%ACnh+L%C3%A2m%22",
    }
    (title,) = client.get("/goi-y?q=đẩy").get_json()["completions"]
    assert (title["kind"], title["about"]) == ("title", "tiêu đề")
    assert title["url"] == "/bai/2020/07/01/don-vi.html"
    assert all(client.get(one["url"]).status_code == 200 for one in (author, title))


def test_the_number_of_suggestions_is_said_in_the_readers_language(client: FlaskClient) -> None:
    assert client.get("/goi-y?q=xây").get_json()["status"] == "3 gợi ý"
    assert client.get("/goi-y?q=zz").get_json()["status"] == "Không có gợi ý"
    client.set_cookie("lang", "en")
    body = client.get("/goi-y?q=đình").get_json()
    assert (body["status"], body["completions"][0]["about"]) == ("1 suggestion", "author · 2 articles")


def test_a_browser_may_keep_an_answer_for_a_while_and_then_ask_whether_it_is_the_same(client: FlaskClient) -> None:
    first = client.get("/goi-y?q=đ")
    assert first.headers["Cache-Control"] == "private, max-age=60"
    again = client.get("/goi-y?q=đ", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.fixture(scope="module")
def sample_client(sample_settings: Settings) -> FlaskClient:
    return create_app(sample_settings).test_client()


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: ascii(query[:20]))
def test_any_text_gets_an_answer(sample_client: FlaskClient, query: str) -> None:
    answer = sample_client.get(f"/goi-y?q={as_sent(query)}")
    assert answer.status_code == 200
    assert isinstance(answer.get_json()["completions"], list)


def test_without_a_query_nothing_is_suggested(client: FlaskClient) -> None:
    assert client.get("/goi-y").get_json()["completions"] == []
