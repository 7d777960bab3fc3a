"""Errors, as pages and as JSON."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.errors import IndexDamaged, IndexIncompatible, IndexMissing, IndexUnavailable
from indexer.settings import Settings
from webapp.app import create_app
from webapp.site import Archive


def failing_client(error: Exception) -> FlaskClient:
    def fail() -> Archive:
        raise error

    return create_app(Settings(), fail).test_client()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_that_are_not_there(client: FlaskClient, language: str) -> None:
    client.set_cookie("lang", language)
    title = {"vi": "Không có trang này", "en": "There is no such page"}[language]
    for url in ("/khong-co", "/bai/khong-co", "/static/khong-co"):
        response = client.get(url)
        assert response.status_code == 404
        assert f"<h1>{title}</h1>" in response.text
        assert f'<html lang="{language}">' in response.text


def test_wrong_methods_are_told_the_right_ones(client: FlaskClient) -> None:
    response = client.post("/tim-kiem")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert "Content-Security-Policy" in response.headers


@pytest.mark.parametrize(
    ("method", "url", "status"),
    [
        ("GET", "/api/v1/search?year=abc", 400),
        ("GET", "/api/v1/search?page=-1", 400),
        ("GET", "/api/v1/articles/khong-co", 404),
        ("GET", "/api/khong-co", 404),
        ("DELETE", "/api/v1/search", 405),
    ],
)
def test_json_errors_have_one_shape(client: FlaskClient, method: str, url: str, status: int) -> None:
    response = client.open(url, method=method)
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
    body = response.get_json()
    assert list(body)[:4] == ["type", "title", "status", "detail"]
    assert body["status"] == status
    assert all(body.values())


def test_the_unreadable_parameter_is_named(client: FlaskClient) -> None:
    assert "year=abc" in client.get("/api/v1/search?year=abc").get_json()["detail"]


@pytest.mark.parametrize(
    ("error", "command"),
    [
        (IndexMissing(Path("index_data")), "khobao index"),
        (IndexIncompatible("format", 1, 2), "khobao index --rebuild"),
        (IndexDamaged("x is missing"), "khobao index --rebuild"),
    ],
)
def test_without_an_index_the_staff_are_told_what_to_run(
    error: IndexUnavailable, command: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = failing_client(error)
    for url in ("/", "/tim-kiem?q=a", "/bai/a"):
        response = client.get(url)
        assert response.status_code == 503
        assert response.headers["Retry-After"]
        assert f">{command}</code>" in response.text
        assert "index_data" not in response.text
    assert client.get("/api/v1/search").get_json()["status"] == 503
    assert str(error) in caplog.text


def test_help_works_without_an_index(client_without_index: FlaskClient) -> None:
    assert client_without_index.get("/tro-giup").status_code == 200


def test_the_unforeseen_is_logged_and_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    client = failing_client(ZeroDivisionError("secret"))
    with caplog.at_level(logging.ERROR):
        page, body = client.get("/"), client.get("/api/v1/search")
    assert page.status_code == body.status_code == 500
    for answer in page, body:  # what a reader tells leads to the line of the log
        assert answer.headers["X-Request-ID"] in answer.text
    assert "Có trục trặc" in page.text
    assert "secret" not in page.text + body.text
    assert "secret" in caplog.text


def test_redirects_are_not_errors(client: FlaskClient) -> None:
    assert client.get("/tim-kiem?page=7").status_code == 302
