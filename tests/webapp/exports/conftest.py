"""An app whose archive holds the one article a test gives it, made once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from indexer.model import Article
from indexer.settings import Settings
from tests.webapp.conftest import FakeArchive
from webapp.app import create_app

ClientOfOne = Callable[[Article], FlaskClient]


@pytest.fixture(scope="session")
def client_of_one() -> ClientOfOne:
    live = [FakeArchive()]
    client = create_app(Settings(), lambda: live[0]).test_client()

    def holding(article: Article) -> FlaskClient:
        live[0] = FakeArchive((article,))
        return client

    return holding
