"""The staff pages over a small archive in memory, and somebody who is signed in."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.security import generate_password_hash
from werkzeug.test import TestResponse

from indexer import upkeep
from indexer.errors import IndexMissing
from indexer.settings import Settings
from tests.webapp.conftest import FakeArchive
from webapp.app import create_app
from webapp.site import Archive

PASSWORD = "lúa chín vàng đồng"  # noqa: S105 - opens nothing but these tests
HASH = generate_password_hash(PASSWORD, "scrypt:1024:8:1")  # cheap to check: nobody guesses here
RUN_ID = "20260101-000000-000000-0000"


class Desk:
    """Somebody at the staff pages: follows forms as a browser does."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, url: str) -> TestResponse:
        return self.client.get(url)

    def post(self, url: str, page: str = "/staff/sign-in", **fields: Any) -> TestResponse:
        """Sends a form that stood on `page`, with its token."""
        return self.client.post(url, data={"csrf_token": token_of(self.client.get(page)), **fields})

    def sign_in(self, password: str = PASSWORD, **fields: str) -> TestResponse:
        return self.post("/staff/sign-in", password=password, **fields)

    def upload(self, **files: str | bytes) -> TestResponse:
        """Sends files, named as the arguments are, with `.txt`."""
        sent = [(io.BytesIO(as_bytes(text)), f"{name}.txt") for name, text in files.items()]
        return self.post("/staff/upload", "/staff/upload", files=sent)


def as_bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


def token_of(page: TestResponse) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found, page.status
    return found[1]


def text_of(page: TestResponse) -> str:
    """What the page says, without tags."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page.text)).split())


def article(title: str, body: str = "Một đoạn văn.", stamp: str = "08:00, 02/03/2021") -> str:
    """An article in the archive's own layout."""
    return f"{stamp}\n\n{title}\n\n{body}\n\n\nVăn Kỳ.\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(index_dir=tmp_path / "index", uploads_dir=tmp_path / "uploads", staff_password_hash=HASH)


@pytest.fixture
def stranger(settings: Settings) -> Desk:
    """Nobody is signed in yet."""
    return Desk(create_app(settings, FakeArchive).test_client())


@pytest.fixture
def desk(stranger: Desk) -> Desk:
    """Somebody who is signed in."""
    assert stranger.sign_in().status_code == 302
    return stranger


@pytest.fixture
def desk_without_index(settings: Settings) -> Desk:
    """Somebody who is signed in where nothing was indexed yet."""

    def missing() -> Archive:
        raise IndexMissing(settings.index_dir)

    desk = Desk(create_app(settings, missing).test_client())
    desk.sign_in()
    return desk


Started = list[list[str]]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    """What runs were started with, in place of starting them."""
    calls: Started = []

    def start(_settings: Settings, arguments: list[str]) -> str:
        calls.append([each for each in arguments if each != "--"])
        return RUN_ID

    monkeypatch.setattr(upkeep, "start_run", start)
    return calls


StaffApp = Callable[..., Desk]


@pytest.fixture
def desk_for(tmp_path: Path) -> StaffApp:
    """Makes somebody who is not signed in, at staff pages with settings of their own."""

    def make(**settings: Any) -> Desk:
        folders = {"index_dir": tmp_path / "index", "uploads_dir": tmp_path / "uploads"}
        return Desk(create_app(Settings(**{**folders, **settings}), FakeArchive).test_client())

    return make
