"""What a client has already is not made again, and what has changed is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer import bootstrap
from indexer.model import Notice
from indexer.settings import Settings
from tests.conftest import WriteArticle, settings_in
from tests.webapp.conftest import ClientFor, FakeArchive
from webapp import pages
from webapp.app import create_app
from webapp.freshness import release

PAGES = (
    "/", "/tim-kiem?q=xây&year=2020", "/bai/khong-ngay", "/bai/khong-ngay?q=xây", "/tro-giup", "/api",
    "/api/v1/search?q=xây", "/api/v1/articles/khong-ngay", "/api/v1/articles/khong-ngay/similar",
    "/api/v1/openapi.json",
)  # fmt: skip


def tag(client: FlaskClient, url: str) -> str:
    return client.get(url).headers["ETag"]


@pytest.mark.parametrize("url", PAGES)
def test_who_has_the_answer_gets_a_304_without_one(client: FlaskClient, url: str) -> None:
    first = client.get(url)
    again = client.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    for name in ("ETag", "Vary", "Cache-Control", "Content-Security-Policy"):
        assert again.headers[name] == first.headers[name]


@pytest.mark.parametrize("url", PAGES)
def test_another_language_another_tag(client: FlaskClient, url: str) -> None:
    before = tag(client, url)
    client.set_cookie("lang", "en")
    assert client.get(url, headers={"If-None-Match": before}).status_code == 200


def test_another_edition_another_address_or_other_settings_another_tag() -> None:
    def tag_of(
        archive: FakeArchive, settings: Settings, url: str = "/tim-kiem?q=a&year=2020", host: str = "a.vn"
    ) -> str:
        return create_app(settings, lambda: archive).test_client().get(url, headers={"Host": host}).headers["ETag"]

    archive, settings = FakeArchive(), Settings()
    tags = [
        tag_of(archive, settings),
        tag_of(replace(archive, edition="test-1-1"), settings),
        tag_of(archive, Settings(page_size=20)),
        tag_of(archive, settings, "/tim-kiem?q=b&year=2020"),
        tag_of(archive, settings, host="b.vn"),
    ]
    assert len(set(tags)) == len(tags)
    assert tag_of(archive, settings) == tags[0]
    assert release(settings) == release(Settings())


def test_a_list_that_staff_saved_changes_the_tags_and_saving_it_unchanged_does_not(
    tmp_path: Path, write_article: WriteArticle
) -> None:
    settings = settings_in(tmp_path)
    write_article("a.txt")
    bootstrap.index(settings)

    def tag_now() -> str:
        return tag(create_app(settings).test_client(), "/api/v1/search?q=TTCK")

    tags = [tag_now()]
    for path, line in (
        (settings.synonyms_path, "TTCK = thị trường chứng khoán"),
        (settings.authors_path, "Văn Kỳ = V.K"),
    ):
        path.write_text(line, encoding="utf-8")
        tags.append(tag_now())
        path.write_text(f"{line}\n# ghi chú", encoding="utf-8")
        assert tag_now() == tags[-1]
    bootstrap.index(settings, rebuild=True)
    assert len({*tags, tag_now()}) == 4


def test_an_article_that_is_not_there_stays_a_404_whatever_is_asked(client: FlaskClient) -> None:
    assert client.get("/bai/khong-co", headers={"If-None-Match": "*"}).status_code == 404


def test_a_search_that_was_cut_short_is_not_to_be_kept(client_for: ClientFor) -> None:
    client = client_for(notices=(Notice("partial_answer"),))
    for url in ("/tim-kiem?q=xây&year=2020", "/api/v1/search?q=xây"):
        assert "ETag" not in client.get(url).headers


def test_a_search_that_is_counted_is_counted_each_time() -> None:
    counted: list[str] = []
    app = create_app(Settings(), FakeArchive, lambda text, _: counted.append(text))
    for _ in range(2):
        assert "ETag" not in app.test_client().get("/tim-kiem?q=xây").headers
    assert counted == ["xây", "xây"]


def test_tags_that_make_no_sense_are_no_error(client: FlaskClient) -> None:
    for sent in ("", '"', "W/", "*, *", '"' * 999, "\x7f"):
        assert client.get("/tim-kiem?q=a&year=2020", headers={"If-None-Match": sent}).status_code == 200


def test_an_article_is_told_anew_on_another_day(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    class Tomorrow(date):
        @classmethod
        def today(cls) -> date:
            return date(2099, 1, 1)

    before = tag(client, "/bai/khong-ngay")  # its citations say when it was looked up
    monkeypatch.setattr(pages, "date", Tomorrow)
    assert tag(client, "/bai/khong-ngay") != before


def test_a_feed_is_not_sent_again_to_who_tells_the_time_it_has_it_of(client_for: ClientFor) -> None:
    url = "/tim-kiem.atom?q=xây"
    client = client_for()
    told = client.get(url).headers["Last-Modified"]
    assert "Last-Modified" not in client.get("/tim-kiem?q=xây").headers
    again = client.get(url, headers={"If-Modified-Since": told})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(url, headers={"If-Modified-Since": told, "If-None-Match": '"other"'}).status_code == 200
    for earlier in ("Thu, 01 Jan 2015 00:00:00 GMT", "gestern", "\x7f"):
        assert client.get(url, headers={"If-Modified-Since": earlier}).status_code == 200


def test_another_edition_is_of_a_later_time_even_in_the_same_second() -> None:
    live = [FakeArchive(edition="one")]
    client = create_app(Settings(), lambda: live[0]).test_client()
    for edition in ("two", "one"):
        told = client.get("/tim-kiem.atom").headers["Last-Modified"]
        live[0] = FakeArchive(edition=edition)
        assert client.get("/tim-kiem.atom", headers={"If-Modified-Since": told}).status_code == 200


def test_a_feed_that_was_cut_short_tells_no_time(client_for: ClientFor) -> None:
    client = client_for(notices=(Notice("partial_answer"),))
    assert "Last-Modified" not in client.get("/tim-kiem.atom?q=xây").headers
