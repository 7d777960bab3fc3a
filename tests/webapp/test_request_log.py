"""Ids of requests: in answers, in the log, from a proxy only where there is one."""

from __future__ import annotations

import logging

import pytest
from flask.testing import FlaskClient

from indexer.settings import Settings
from tests.webapp.conftest import FakeArchive
from webapp import request_log
from webapp.app import create_app

HEADER = "X-Request-ID"


def client_with(**settings: object) -> FlaskClient:
    return create_app(Settings(**settings), FakeArchive).test_client()  # type: ignore[arg-type]


def test_every_answer_has_an_id_of_its_own(client: FlaskClient) -> None:
    ids = [client.get(url).headers[HEADER] for url in ("/", "/", "/khong-co", "/api/v1/search?page=0", "/healthz")]
    assert len(set(ids)) == len(ids)
    assert all(len(each) == 16 for each in ids)


def test_the_id_of_a_client_is_not_taken_over(client: FlaskClient) -> None:
    assert client.get("/", headers={HEADER: "mine"}).headers[HEADER] != "mine"


def test_the_id_of_a_proxy_is() -> None:
    assert client_with(trusted_proxies=1).get("/", headers={HEADER: "a.b-c_1"}).headers[HEADER] == "a.b-c_1"


@pytest.mark.parametrize("forged", ["a b", "x" * 65, "", "2026 ERROR", "é"])
def test_an_id_that_could_forge_a_line_is_replaced(forged: str) -> None:
    answer = client_with(trusted_proxies=1).get("/", headers={HEADER: forged})
    assert len(answer.headers[HEADER]) == 16


def test_requests_are_logged_where_that_is_set_without_what_was_searched_or_by_whom(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "webapp.request_log")
    client_with().get("/tim-kiem?q=bí+mật")
    assert caplog.text == ""
    client_with(log_requests=True).get("/tim-kiem?q=bí+mật", environ_overrides={"REMOTE_ADDR": "203.0.113.9"})
    assert "GET '/tim-kiem' 200" in caplog.text
    assert "mật" not in caplog.text
    assert "203.0.113.9" not in caplog.text


def test_a_path_cannot_begin_a_line_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "webapp.request_log")
    client_with(log_requests=True).get("/a%0aERROR%20forged")
    assert len([line for line in caplog.text.splitlines() if line]) == 1


def test_lines_that_are_logged_during_a_request_name_it() -> None:
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "told", (), None)
    assert request_log.InLog().filter(record)
    assert record.request == ""  # type: ignore[attr-defined]
    app = create_app(Settings(), FakeArchive)
    with app.test_request_context("/"):
        app.preprocess_request()
        request_log.InLog().filter(record)
        assert record.request == f" {request_log.current()}" != " "  # type: ignore[attr-defined]
