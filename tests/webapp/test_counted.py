"""Which requests count as a search, seen from a browser."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from indexer.settings import Settings
from tests.webapp.conftest import FakeArchive, many_articles
from webapp.app import create_app

Counted = list[tuple[str, int]]


@pytest.fixture
def counted() -> Counted:
    return []


@pytest.fixture
def browser(counted: Counted) -> FlaskClient:
    archive = FakeArchive(many_articles(25))
    return create_app(Settings(), lambda: archive, lambda text, found: counted.append((text, found))).test_client()


def test_a_question_counts_with_what_it_found(browser: FlaskClient, counted: Counted) -> None:
    browser.get("/tim-kiem?q=xây+dựng")
    browser.get("/tim-kiem?q=không-có&from=&sort=relevance&size=20")
    assert counted == [("xây dựng", 25), ("không-có", 0)]


@pytest.mark.parametrize(
    "address",
    [
        "/tim-kiem",
        "/tim-kiem?q=+",
        "/tim-kiem?q=xây&page=2",
        "/tim-kiem?q=xây&page=900",
        "/tim-kiem?q=xây&year=2020",
        "/tim-kiem?q=xây&not_author=ai",
        "/tim-kiem?q=xây&from=2015",
        "/tim-kiem?q=xây&sort=newest",
        "/tim-kiem?q=xây&literal=1",
        "/goi-y?q=xây",
        "/api/v1/search?q=xây",
        "/bai/bai/1?q=xây",
    ],
)
def test_another_look_at_the_answer_does_not(browser: FlaskClient, counted: Counted, address: str) -> None:
    assert browser.get(address).status_code < 400
    assert counted == []


def test_who_only_asks_for_the_head_does_not_count(browser: FlaskClient, counted: Counted) -> None:
    browser.head("/tim-kiem?q=xây")
    assert counted == []


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"User-Agent": "Bytespider"},
        {"Sec-Purpose": "prefetch;prerender"},
    ],
)
def test_robots_and_pages_fetched_ahead_do_not_count(
    browser: FlaskClient, counted: Counted, headers: dict[str, str]
) -> None:
    browser.get("/tim-kiem?q=xây", headers=headers)
    assert counted == []


def test_a_telephone_is_no_robot(browser: FlaskClient, counted: Counted) -> None:
    browser.get("/tim-kiem?q=xây", headers={"User-Agent": "Mozilla/5.0 (Linux; Android 12; CUBOT KINGKONG) Chrome"})
    assert counted == [("xây", 25)]
