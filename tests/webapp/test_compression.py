"""Answers go out packed where that helps, and say the same."""

from __future__ import annotations

import gzip
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from werkzeug.security import generate_password_hash

from indexer.settings import Settings
from webapp.app import create_app

GZIP = {"Accept-Encoding": "gzip, br"}


@pytest.mark.parametrize("url", ["/", "/tim-kiem?q=xây", "/static/khobao.css", "/static/khobao.js", "/api/v1/search"])
def test_text_is_packed_for_those_who_take_it(client: FlaskClient, url: str) -> None:
    plain, packed = client.get(url, buffered=True), client.get(url, headers=GZIP, buffered=True)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 2
    assert "Content-Encoding" not in plain.headers
    for answer in (plain, packed):
        assert "Accept-Encoding" in answer.headers["Vary"]
    if not url.startswith("/api"):  # a time stands in that
        assert len(gzip.decompress(packed.data)) == pytest.approx(len(plain.data), abs=4)


@pytest.mark.parametrize("accepted", ["", "identity", "gzip;q=0", "br"])
def test_nobody_gets_what_they_do_not_take(client: FlaskClient, accepted: str) -> None:
    assert "Content-Encoding" not in client.get("/", headers={"Accept-Encoding": accepted}).headers


@pytest.mark.parametrize("url", ["/static/khobao.css", "/bai/khong-ngay"])
def test_a_packed_answer_need_not_be_sent_again(client: FlaskClient, url: str) -> None:
    tag = client.get(url, headers=GZIP, buffered=True).headers["ETag"]
    assert client.get(url, headers={**GZIP, "If-None-Match": tag}, buffered=True).status_code == 304


@pytest.mark.parametrize("url", ["/healthz", "/static/fonts/literata-latin-400-normal.woff2", "/robots.txt"])
def test_what_is_short_or_packed_already_is_left_alone(client: FlaskClient, url: str) -> None:
    answer = client.get(url, headers=GZIP, buffered=True)
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers


def test_the_secrets_of_staff_do_not_show_in_a_length(sample_settings: Settings) -> None:
    hashed = generate_password_hash("mot mat khau dai", method="pbkdf2:sha256:1")
    staff = create_app(replace(sample_settings, staff_password_hash=hashed)).test_client()
    for url in ("/staff/sign-in", "/staff/khong-co"):
        assert "Content-Encoding" not in staff.get(url, headers=GZIP).headers


def test_a_part_of_a_file_is_a_part_of_the_file(client: FlaskClient) -> None:
    answer = client.get("/static/khobao.css", headers={**GZIP, "Range": "bytes=0-9"}, buffered=True)
    assert (answer.status_code, len(answer.data)) == (206, 10)
