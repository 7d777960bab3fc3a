"""Whoever asks too often is told to wait, and nobody else is."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.security import generate_password_hash

from indexer.settings import Settings
from tests.webapp.conftest import FakeArchive
from webapp.app import create_app
from webapp.rate_limit import RateLimiter, client_of

ROBOT = {"REMOTE_ADDR": "203.0.113.9"}
READER = {"REMOTE_ADDR": "203.0.113.10"}


def limited(**settings: object) -> FlaskClient:
    wanted = Settings(requests_per_minute=3, **settings)  # type: ignore[arg-type]
    return create_app(wanted, FakeArchive).test_client()


class Clock:
    """Time that stands still until it is told to go on."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_the_fourth_request_of_three_is_refused_and_the_way_back_is_told() -> None:
    client = limited()
    answers = [client.get("/tim-kiem?q=a", environ_overrides=ROBOT) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 20
    assert "Xin chờ" in answers[-1].text
    assert f"{answers[-1].headers['Retry-After']} giây" in answers[-1].text
    assert client.get("/tim-kiem?q=a", environ_overrides=READER).status_code == 200


def test_programs_are_told_in_their_own_shape_and_in_english_where_they_ask_for_it() -> None:
    client = limited()
    client.set_cookie("lang", "en")
    answer = [client.get("/api/v1/search", environ_overrides=ROBOT) for _ in range(4)][-1]
    assert (answer.status_code, answer.mimetype) == (429, "application/problem+json")
    assert answer.get_json()["type"] == "/api#too-many-requests"
    assert "Please wait" in answer.get_json()["detail"]
    assert answer.headers["Retry-After"]


def test_the_staff_pages_are_limited_alike() -> None:
    client = limited(staff_password_hash=generate_password_hash("x", method="pbkdf2:sha256:1"))
    answer = [client.get("/staff/sign-in", environ_overrides=ROBOT) for _ in range(4)][-1]
    assert (answer.status_code, "Retry-After" in answer.headers) == (429, True)


@pytest.mark.parametrize("url", ["/healthz", "/static/khobao.css"])
def test_what_costs_nothing_may_be_asked_for_at_will(url: str) -> None:
    client = limited()
    for _ in range(9):
        with client.get(url, environ_overrides=ROBOT) as answer:
            assert answer.status_code == 200


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_this_machine_is_not_limited(address: str) -> None:
    client = limited()
    assert {client.get("/", environ_overrides={"REMOTE_ADDR": address}).status_code for _ in range(9)} == {200}


def test_no_limit_where_there_is_none() -> None:
    client = create_app(Settings(requests_per_minute=0), FakeArchive).test_client()
    assert {client.get("/tro-giup", environ_overrides=ROBOT).status_code for _ in range(9)} == {200}


def test_who_is_told_of_no_proxy_believes_none() -> None:
    client = limited()
    sent = [
        client.get("/", environ_overrides=ROBOT, headers={"X-Forwarded-For": f"198.51.100.{number}"})
        for number in range(4)
    ]
    assert sent[-1].status_code == 429


def test_behind_a_proxy_clients_are_told_apart_by_what_it_says_and_nothing_before_it() -> None:
    client = limited(trusted_proxies=1)
    for number in range(4):  # what the client itself claims stands to the left
        forged = {"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.9"}
        answer = client.get("/", environ_overrides={"REMOTE_ADDR": "127.0.0.1"}, headers=forged)
    assert answer.status_code == 429
    other = client.get("/", environ_overrides={"REMOTE_ADDR": "127.0.0.1"}, headers={"X-Forwarded-For": "203.0.113.10"})
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("203.0.113.9:5123", "203.0.113.9"),
        ("[2001:db8:1:2::7]:5123", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_who_asks(address: str, client: str) -> None:
    assert client_of(address) == client


@given(st.text(max_size=200))
def test_whatever_a_proxy_calls_an_address_is_somebody_and_short(address: str) -> None:
    assert len(client_of(address)) <= 64


@given(st.integers(1, 50), st.lists(st.floats(0, 30), max_size=80))
def test_in_no_minute_more_than_twice_the_rate(per_minute: int, pauses: list[float]) -> None:
    """A burst of a whole minute's worth, and the rate from then on."""
    clock = Clock()
    limiter, let_in = RateLimiter(per_minute, clock), []
    for pause in pauses:
        clock.now += pause
        wait = limiter.wait("a")
        assert wait >= 0
        if not wait:
            let_in.append(clock.now)
    assert all(sum(start <= each < start + 60 for each in let_in) <= 2 * per_minute for start in let_in)


def test_who_waits_as_told_is_let_in() -> None:
    clock = Clock()
    limiter = RateLimiter(7, clock)
    while not (wait := limiter.wait("a")):
        pass
    clock.now += wait
    assert limiter.wait("a") == 0


def test_many_addresses_take_no_more_memory_and_do_not_free_who_asks_most() -> None:
    clock = Clock()
    limiter = RateLimiter(10, clock, most_clients=100)
    while not limiter.wait("robot"):
        pass
    for number in range(10_000):
        limiter.wait(str(number))
        assert len(limiter) <= 101
    assert limiter.wait("robot") > 0


def test_what_is_allowed_may_be_counted_over_any_time() -> None:
    now = 0.0
    limiter = RateLimiter(5, lambda: now, seconds=3600)
    assert [limiter.wait("x") for _ in range(6)] == [0.0] * 5 + [pytest.approx(720)]
    now = 721.0
    assert [limiter.wait("x") for _ in range(2)] == [0.0, pytest.approx(719)]
