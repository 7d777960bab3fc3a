"""What readers see of authors that staff say are one."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote_plus

import pytest
from flask.testing import FlaskClient

from indexer import bootstrap, curation
from tests.conftest import WriteArticle, settings_in
from webapp.app import create_app


@pytest.fixture
def client(tmp_path: Path, write_article: WriteArticle) -> FlaskClient:
    """Looks at two articles by one author, who signs in two ways."""
    settings = settings_in(tmp_path)
    write_article("a.txt", byline="Lê Văn Kỳ")
    write_article("b.txt", byline="L.V.K")
    bootstrap.index(settings)
    curation.add_authors(settings, ["Lê Văn Kỳ = L.V.K"])
    return create_app(settings, bootstrap.live_archive(settings)).test_client()


def test_they_are_listed_once_and_an_old_link_finds_all(client: FlaskClient) -> None:
    home = client.get("/").text
    assert f"author={quote_plus('lê văn kỳ')}" in home
    assert "author=l.v.k" not in home
    found = client.get("/api/v1/search?author=l.v.k").json
    assert found
    assert found["total"] == 2
    assert [(value["label"], value["count"]) for value in found["facets"]["author"]] == [("Lê Văn Kỳ", 2)]


def test_an_article_prints_what_was_signed_with_the_name_they_are_listed_under(client: FlaskClient) -> None:
    assert "L.V.K (Lê Văn Kỳ)</a>" in client.get("/bai/b").text
    assert ">Lê Văn Kỳ</a>" in client.get("/bai/a").text
