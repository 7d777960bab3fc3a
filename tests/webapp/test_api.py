"""The JSON API."""

from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient

from indexer.model import Notice, Offer, OfferKind
from tests.webapp.conftest import many_articles

ClientFor = Callable[..., FlaskClient]


def test_a_search_has_the_promised_shape(client: FlaskClient) -> None:
    body = client.get("/api/v1/search?q=xây&author=hồng hà&size=5").get_json()
    assert list(body) == [
        "searched", "total", "page", "page_size", "took_ms", "sort", "hits", "facets", "offers", "notices", "build",
    ]  # fmt: skip
    assert (body["total"], body["page"], body["page_size"]) == (1, 1, 5)
    assert (body["sort"], body["build"]) == ("relevance", "test-1")
    hit = body["hits"][0]
    assert hit["id"] == "2020/07/01/don-vi.html"
    assert hit["published"] == "2020-07-01T10:07:00+07:00"
    assert hit["authors"] == ["Đình Lâm", "Hồng Hà"]
    start, end = hit["snippets"][0]["matches"][0]
    assert hit["snippets"][0]["text"][start:end] == "xây"
    assert client.get(hit["url"]).status_code == 200
    assert {"value": "hồng hà", "label": "Hồng Hà", "count": 1, "chosen": True,
            "excluded": False} in body["facets"]["author"]  # fmt: skip
    assert set(body["facets"]) == {"author", "year", "month", "day"}


def test_missing_days_are_null(client: FlaskClient) -> None:
    body = client.get("/api/v1/articles/khong-ngay").get_json()
    assert body["published"] is None
    assert body["authors"] == []


def test_an_article_is_given_whole(client: FlaskClient) -> None:
    body = client.get("/api/v1/articles/2020/07/01/don-vi.html").get_json()
    assert body["paragraphs"][1] == "Đoạn hai nói chuyện khác."
    assert body["captions"][0] == {"text": "Một buổi sinh hoạt chi bộ", "credit": "Hồng Hà"}
    assert client.get(body["url"]).status_code == 200


def test_articles_on_the_same_subject_are_given_with_their_addresses(client_for: ClientFor) -> None:
    client = client_for(many_articles(3))
    body = client.get("/api/v1/articles/bai/1/similar").get_json()
    assert body["id"] == "bai/1"
    assert [other["id"] for other in body["similar"]] == ["bai/0", "bai/2"]
    assert all(client.get(other["url"]).status_code == 200 for other in body["similar"])
    assert client.get("/api/v1/articles/nope/similar").status_code == 404


def test_the_page_of_results_links_to_its_json_twin(client: FlaskClient) -> None:
    page = client.get("/tim-kiem?q=xây&year=2020").text
    assert 'href="/api/v1/search?q=x%C3%A2y&amp;year=2020"' in page


def test_what_else_could_be_asked_is_told_with_its_address(client_for: ClientFor) -> None:
    offers = (Offer(OfferKind.LITERAL, "xaay", 0, literal=True), Offer(OfferKind.SPELLING, "xây dựng", 3))
    client = client_for(offers=offers, searched="xây")
    body = client.get("/api/v1/search?q=xaay&year=2020").get_json()
    assert (body["searched"], body["total"]) == ("xây", 1)
    assert body["offers"] == [
        {"kind": "literal", "text": "xaay", "count": 0, "url": "/api/v1/search?q=xaay&year=2020&literal=1"},
        {"kind": "spelling", "text": "xây dựng", "count": 3,
         "url": "/api/v1/search?q=x%C3%A2y+d%E1%BB%B1ng&year=2020"},
    ]  # fmt: skip
    assert body["hits"][0]["url"].endswith("?q=x%C3%A2y&year=2020"), "the article lights what was searched"
    literal = client.get(body["offers"][0]["url"]).get_json()
    assert (literal["searched"], literal["total"]) == ("xaay", 0)


def test_without_anything_taken_in_its_place_the_question_itself_was_searched(client: FlaskClient) -> None:
    body = client.get("/api/v1/search?q=xây").get_json()
    assert (body["searched"], body["offers"]) == ("xây", [])


def test_a_literal_that_is_neither_yes_nor_no_is_refused(client: FlaskClient) -> None:
    assert client.get("/api/v1/search?q=xây&literal=yes").status_code == 400


def test_what_was_cut_is_told(client: FlaskClient) -> None:
    body = client.get("/api/v1/search", query_string={"q": "x" * 1000, "size": "5000"}).get_json()
    assert [notice["code"] for notice in body["notices"]] == ["query_cut", "too_large"]
    assert body["page_size"] == 100
    assert "500" in body["notices"][0]["text"]


def test_a_partial_answer_is_told_like_any_notice(client_for: ClientFor) -> None:
    body = client_for(notices=(Notice("partial_answer"),)).get("/api/v1/search?q=xây").get_json()
    assert [notice["code"] for notice in body["notices"]] == ["partial_answer"]
    assert "một phần kho" in body["notices"][0]["text"]


def test_a_page_past_the_end_is_empty(client: FlaskClient) -> None:
    body = client.get("/api/v1/search?q=xây&page=99").get_json()
    assert (body["total"], body["hits"]) == (4, [])


def test_vietnamese_letters_are_sent_as_they_are(client: FlaskClient) -> None:
    assert "Đẩy mạnh" in client.get("/api/v1/search?q=xây").text


def test_health(client: FlaskClient, client_without_index: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok", "articles": 4, "build": "test-1"}
    response = client_without_index.get("/healthz")
    assert response.status_code == 503
    assert response.get_json()["status"] == "unavailable"
    assert "khobao index" in response.get_json()["next_step"]
