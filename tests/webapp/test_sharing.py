"""Which other sites may read the API from their pages."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from indexer.errors import SettingsError
from indexer.settings import Settings, load_settings
from tests.webapp.conftest import FakeArchive
from webapp.app import create_app

FRIEND, OTHER = {"Origin": "https://a.example"}, {"Origin": "https://evil.example"}


def shared_with(origins: str) -> FlaskClient:
    return create_app(Settings(api_cors_origins=origins), FakeArchive).test_client()


@pytest.mark.parametrize("url", ["/api/v1/search?q=xây", "/api/v1/articles/khong-co", "/api/v1/search?page=0"])
def test_the_sites_of_the_setting_read_answers_and_errors_and_no_others_do(url: str) -> None:
    client = shared_with("https://a.example, http://localhost:3000")
    answer = client.get(url, headers=FRIEND)
    assert answer.headers["Access-Control-Allow-Origin"] == "https://a.example"
    assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
    refused = client.get(url, headers=OTHER)
    assert "Access-Control-Allow-Origin" not in refused.headers
    assert "Origin" in refused.headers["Vary"], "or a cache would give one site the answer for another"
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_a_preflight_allows_what_the_api_knows() -> None:
    asked = FRIEND | {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "if-none-match"}
    answer = shared_with("https://a.example").options("/api/v1/search", headers=asked)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert answer.headers["Access-Control-Allow-Headers"] == "If-None-Match"


def test_all_sites_where_that_is_set() -> None:
    answer = shared_with("*").get("/api/v1/search", headers=OTHER)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_pages_are_never_shared_and_without_the_setting_nothing_is(client: FlaskClient) -> None:
    assert "Access-Control-Allow-Origin" not in shared_with("*").get("/tim-kiem?q=a", headers=FRIEND).headers
    assert "Access-Control-Allow-Origin" not in client.get("/api/v1/search", headers=FRIEND).headers


@pytest.mark.parametrize("wrong", ["a.example", "https://a.example/", "https://A.example", "null", "https://a b"])
def test_a_site_that_no_browser_would_name_is_told(wrong: str) -> None:
    with pytest.raises(SettingsError, match="KHOBAO_API_CORS_ORIGINS"):
        load_settings({"KHOBAO_API_CORS_ORIGINS": f"https://b.example, {wrong}"})
