"""Search engines find every article once, in files that stay as they are where nothing was added."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as Xml

import pytest
from flask.testing import FlaskClient

from indexer.archive import Archive
from indexer.settings import Settings
from tests.webapp.conftest import ARTICLES, FakeArchive
from webapp import sitemap
from webapp.app import create_app

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def places(client: FlaskClient, url: str) -> dict[str, str | None]:
    """Address -> day of the last change."""
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer.mimetype == "application/xml"
    root = Xml.fromstring(answer.data)  # noqa: S314 - our own
    return {each.findtext(f"{NAMESPACE}loc", ""): each.findtext(f"{NAMESPACE}lastmod") for each in root}


def everything(client: FlaskClient) -> list[str]:
    files = [url.removeprefix("http://localhost") for url in places(client, "/sitemap.xml")]
    return [address for file in files for address in places(client, file)]


def test_each_year_has_a_file_and_so_have_the_undated(client: FlaskClient) -> None:
    assert places(client, "/sitemap.xml") == {
        "http://localhost/sitemap/2004-1.xml": "2004-03-08",
        "http://localhost/sitemap/2015-1.xml": "2015-12-31",
        "http://localhost/sitemap/2020-1.xml": "2020-07-01",
        "http://localhost/sitemap/0-1.xml": None,
    }
    assert places(client, "/sitemap/2004-1.xml") == {
        "http://localhost/bai/2004/03/08/r%E1%BA%A5t%20d%C3%A0i%3F%23.txt": "2004-03-08"
    }
    assert places(client, "/sitemap/0-1.xml") == {"http://localhost/bai/khong-ngay": None}


def test_every_article_of_the_archive_is_there_once_and_can_be_opened(
    sample_settings: Settings, sample_archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "MOST_ADDRESSES", 3)
    client = create_app(sample_settings).test_client()
    found = everything(client)
    assert len(found) == len(set(found)) == sample_archive.article_count
    for address in found[::5]:
        assert client.get(address.removeprefix("http://localhost")).status_code == 200


def test_an_article_that_is_added_changes_the_file_of_its_year_alone() -> None:
    newer = replace(ARTICLES[0], id="moi")
    before, after = (
        create_app(Settings(), lambda a=a: FakeArchive(a)).test_client() for a in (ARTICLES, (*ARTICLES, newer))
    )
    changed = {
        file
        for file in ("/sitemap/2004-1.xml", "/sitemap/2015-1.xml", "/sitemap/2020-1.xml", "/sitemap/0-1.xml")
        if before.get(file).data != after.get(file).data
    }
    assert changed == {"/sitemap/2020-1.xml"}


def test_an_empty_archive_has_an_empty_index() -> None:
    assert places(create_app(Settings(), lambda: FakeArchive(())).test_client(), "/sitemap.xml") == {}


@pytest.mark.parametrize("name", ["1999-1", "2020-2", "2020-0", "99999-1", "2020-99999999999999999999", "a-b", "-1-1"])
def test_a_file_that_is_not_there_is_a_404(client: FlaskClient, name: str) -> None:
    assert client.get(f"/sitemap/{name}.xml").status_code == 404


def test_robots_are_told_where_it_is_and_that_files_of_searches_are_closed(client: FlaskClient) -> None:
    told = client.get("/robots.txt").text
    assert "Sitemap: http://localhost/sitemap.xml" in told
    assert "Disallow: /tim-kiem\n" in told  # and with it /tim-kiem.csv and the others: a rule is a beginning
