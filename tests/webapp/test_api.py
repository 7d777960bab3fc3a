"""The JSON API."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from indexer.model import Notice, Offer, OfferKind
from indexer.settings import Settings
from tests.webapp.conftest import FakeArchive, many_articles
from webapp.app import create_app

ClientFor = Callable[..., FlaskClient]


def test_a_search_has_the_promised_shape(client: FlaskClient) -> None:
    body = client.get("/api/v1/search?q=xây&author=hồng hà&size=5").get_json()
    assert list(body) == [
        "searched", "total", "page", "page_size", "next", "next_cursor", "took_ms", "sort", "hits", "facets", "offers",
        "notices", "build",
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
    assert set(body["facets"]) == {"author", "section", "source", "year", "month", "day"}


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
    body = client.get("/api/v1/search", query_string={"q": "x" * 1000}).get_json()
    assert [notice["code"] for notice in body["notices"]] == ["query_cut"]
    assert "500" in body["notices"][0]["text"]


@pytest.mark.parametrize(
    ("query", "parameter", "code"),
    [
        ("page=10001", "page", "too_large"),
        ("page=0", "page", "unreadable"),
        ("page=", "page", "empty"),
        ("size=101", "size", "too_large"),
        ("size=1e3", "size", "unreadable"),
        ("year=20", "year", "unreadable"),
        ("&".join(f"year={year}" for year in range(2000, 2021)), "year", "too_many"),
        (f"author={'a' * 101}", "author", "unreadable"),
        ("month=2020-13", "month", "unreadable"),
        ("from=31/2/2020", "from", "unreadable"),
        (f"to={'2020' * 11}", "to", "unreadable"),
        ("sort=best", "sort", "unreadable"),
        ("q=a&q=b", "q", "repeated"),
        ("auther=a", "auther", "unknown"),
        ("cursor=abc", "cursor", "unreadable"),
        ("literal=yes", "literal", "unreadable"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_parameter_and_the_reason(
    client: FlaskClient, query: str, parameter: str, code: str
) -> None:
    answer = client.get(f"/api/v1/search?q=xây&{query}" if parameter != "q" else f"/api/v1/search?{query}")
    assert answer.status_code == 400
    body = answer.get_json()
    assert body["type"] == "/api#bad-parameters"
    assert [(error["parameter"], error["code"]) for error in body["errors"]] == [(parameter, code)]
    assert parameter in body["detail"]
    assert f'id="{body["type"].partition("#")[2]}"' in client.get("/api").text, "the type leads to its explanation"


def test_thousands_of_wrong_parameters_are_told_in_few_words(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?" + "&".join(f"x{number}=1" for number in range(3000)))
    assert answer.status_code == 400
    assert len(answer.get_json()["errors"]) == 20


def test_next_leads_through_the_whole_list_and_ends(client_for: ClientFor) -> None:
    client, url, seen = client_for(many_articles(25)), "/api/v1/search?q=xây&sort=oldest&size=10", []
    while url:
        body = client.get(url).get_json()
        seen += [hit["id"] for hit in body["hits"]]
        url = body["next"]
    assert sorted(seen) == sorted(one.id for one in many_articles(25))


@pytest.mark.parametrize("change", ["q=khác", "q=xây&size=3", "q=xây&sort=oldest"])
def test_a_cursor_leads_through_no_other_list(client: FlaskClient, change: str) -> None:
    cursor = client.get("/api/v1/search?q=xây&size=2").get_json()["next_cursor"]
    answer = client.get(f"/api/v1/search?{change}&cursor={cursor}")
    assert (answer.status_code, answer.get_json()["type"]) == (409, "/api#stale-cursor")


def test_a_cursor_ends_with_what_answered(client: FlaskClient) -> None:
    url = client.get("/api/v1/search?q=xây&size=2").get_json()["next"]
    assert client.get(url).get_json()["page"] == 2
    later = FakeArchive(edition="test-2-0")
    assert create_app(Settings(), lambda: later).test_client().get(url).status_code == 409


def test_a_cursor_and_a_page_contradict_each_other(client: FlaskClient) -> None:
    url = client.get("/api/v1/search?q=xây&size=2").get_json()["next"]
    assert client.get(f"{url}&page=2").get_json()["errors"][0]["code"] == "not_with_cursor"


@pytest.mark.parametrize(
    ("form", "made"),
    [
        ("operation=search&q=xây&author=&page=&year=2020", "/api/v1/search?q=x%C3%A2y&year=2020"),
        ("operation=search&q=", "/api/v1/search"),
        ("operation=article&article_id=2020/07/a b?%23", "/api/v1/articles/2020/07/a%20b%3F%23"),
        ("operation=similar&article_id=//evil.example", "/api/v1/articles///evil.example/similar"),
        ("operation=health", "/healthz"),
    ],
)
def test_the_page_to_try_it_makes_the_address(client: FlaskClient, form: str, made: str) -> None:
    answer = client.get(f"/api?{form}")
    assert (answer.status_code, answer.location) == (303, made)


def test_the_page_to_try_it_has_a_form_for_every_operation_and_a_field_for_every_parameter(client: FlaskClient) -> None:
    page, paths = client.get("/api").text, client.get("/api/v1/openapi.json").get_json()["paths"]
    for path, operation in paths.items():
        assert f"GET {path}" in page
        for parameter in operation["get"]["parameters"]:
            assert f'name="{parameter["name"]}"' in page


def test_the_document_is_in_english_and_names_the_limits_in_force(client: FlaskClient) -> None:
    search = client.get("/api/v1/openapi.json").get_json()["paths"]["/api/v1/search"]["get"]
    sizes = {one["name"]: one for one in search["parameters"]}["size"]
    assert (sizes["schema"]["maximum"], sizes["description"]) == (100, "Articles on a page, 1 to 100.")


@pytest.mark.parametrize("url", ["/api/v1/search?q=xây", "/api/v1/articles/khong-ngay", "/api/v1/openapi.json"])
def test_head_and_options_say_what_get_would(client: FlaskClient, url: str) -> None:
    head, get = client.head(url), client.get(url)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == get.headers["ETag"]
    assert {"GET", "HEAD", "OPTIONS"} == set(client.options(url).headers["Allow"].split(", "))


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
