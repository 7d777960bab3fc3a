"""What browsers are told about every page, and that the pages keep to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from werkzeug.security import generate_password_hash

from indexer.settings import Settings
from tests.webapp.conftest import FakeArchive
from webapp.app import create_app

PASSWORD = "mot mat khau dai"  # noqa: S105 - of these tests
PAGES = (
    "/", "/tim-kiem?q=xây", "/tim-kiem?q=xây&year=2020&from=x", "/tim-kiem?q=khongco", "/bai/khong-ngay",
    "/bai/2020/07/01/don-vi.html?q=xây&why=1", "/tro-giup", "/api", "/khong-co", "/api/v1/search",
    "/api/v1/search?page=0", "/robots.txt", "/static/khobao.css", "/healthz", "/goi-y?q=xây",
)  # fmt: skip
STAFF = ("/staff", "/staff/upload", "/staff/problems", "/staff/searches", "/staff/builds", "/staff/khong-co")
OUTSIDE = re.compile(
    r"""<script(?![^>]*\bsrc=)(?![^>]*ld\+json)|<style|\sstyle=|\son[a-z]+=|javascript:""", re.IGNORECASE
)
"""What a policy without 'unsafe-inline' would leave dead."""


@pytest.fixture(scope="module")
def answers(sample_settings: Settings) -> dict[str, tuple[str, dict[str, str]]]:
    hashed = generate_password_hash(PASSWORD, method="pbkdf2:sha256:1")
    reader = create_app(Settings(), FakeArchive).test_client()
    staff = create_app(replace(sample_settings, staff_password_hash=hashed)).test_client()
    found = {url: reader.get(url) for url in PAGES}
    sign_in = staff.get("/staff/sign-in")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', sign_in.text)
    assert token
    staff.post("/staff/sign-in", data={"password": PASSWORD, "csrf_token": token[1]})
    found |= {"/staff/sign-in": sign_in} | {url: staff.get(url) for url in STAFF}
    assert found["/staff"].status_code == 200
    read = {url: (answer.get_data(as_text=True), dict(answer.headers)) for url, answer in found.items()}
    for answer in found.values():
        answer.close()  # else the files of static answers stay open
    return read


@pytest.mark.parametrize("url", [*PAGES, "/staff/sign-in", *STAFF])
def test_every_answer_says_what_may_be_loaded_and_needs_nothing_else(
    answers: dict[str, tuple[str, dict[str, str]]], url: str
) -> None:
    text, headers = answers[url]
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    if headers["Content-Type"].startswith("text/html"):
        assert OUTSIDE.findall(text) == []
        assert [url for url in loaded(text) if re.match(r"(\w+:)?//", url)] == []


def loaded(page: str) -> Iterator[str]:
    """What a page has its browser load or send to."""
    yield from re.findall(r'<(?:script|img|iframe|source|object)[^>]* (?:src|data)="([^"]*)"', page)
    yield from re.findall(r'<link rel="(?:stylesheet|icon)" href="([^"]*)"', page)
    yield from re.findall(r'<form[^>]* action="([^"]*)"', page)


def test_https_is_kept_to_by_who_came_by_it_and_by_nobody_else() -> None:
    client = create_app(Settings(trusted_proxies=1), FakeArchive).test_client()
    assert "Strict-Transport-Security" not in client.get("/").headers
    told = client.get("/", headers={"X-Forwarded-Proto": "https"}).headers
    assert told["Strict-Transport-Security"].startswith("max-age=")
    unproxied = create_app(Settings(), FakeArchive).test_client()
    assert "Strict-Transport-Security" not in unproxied.get("/", headers={"X-Forwarded-Proto": "https"}).headers


@pytest.mark.parametrize("url", ["/", "/khong-co", "/staff"])
def test_the_style_sheet_is_announced_before_the_page_that_loads_it(
    answers: dict[str, tuple[str, dict[str, str]]], url: str
) -> None:
    text, headers = answers[url]
    announced = re.match(r"<([^>]+)>; rel=preload; as=style", headers["Link"])
    assert announced
    assert f'<link rel="stylesheet" href="{announced[1]}">' in text


def test_what_loads_no_style_sheet_announces_none(answers: dict[str, tuple[str, dict[str, str]]]) -> None:
    assert all("Link" not in answers[url][1] for url in ("/api/v1/search", "/robots.txt", "/static/khobao.css"))
