"""The feed: held to the rules of Atom (RFC 4287), whatever articles hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from xml.etree import ElementTree as Xml

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as examples

from indexer.model import Article
from indexer.settings import Settings
from tests.webapp.conftest import FakeArchive, many_articles
from tests.webapp.exports.articles import ARTICLES
from tests.webapp.exports.conftest import ClientOfOne
from webapp.app import create_app

ATOM = "{http://www.w3.org/2005/Atom}"
KNOWN = {
    "feed": {"author", "category", "contributor", "generator", "icon", "id", "link", "logo", "rights", "subtitle"}
    | {"title", "updated", "entry"},
    "entry": {"author", "category", "content", "contributor", "id", "link", "published", "rights", "source"}
    | {"summary", "title", "updated"},
}
IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def breaches(feed: Xml.Element) -> Iterator[str]:
    """What breaks a rule of RFC 4287, by its section."""
    if feed.tag != f"{ATOM}feed":
        yield "2: the root is no feed"
    entries = feed.findall(f"{ATOM}entry")
    yield from _of_both(feed, "feed")
    for entry in entries:
        yield from _of_both(entry, "entry")
        if entry.find(f"{ATOM}content") is None and not _links(entry, "alternate"):
            yield "4.1.2: an entry has neither content nor an alternate link"
    if feed.find(f"{ATOM}author") is None and not all(entry.find(f"{ATOM}author") is not None for entry in entries):
        yield "4.1.1: nobody is named as author"
    if len(_links(feed, "self")) != 1:
        yield "4.1.1: there should be one link to itself"
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    if len(set(ids)) < len(ids):
        yield "4.1.1: two entries have one id"


def _of_both(element: Xml.Element, kind: str) -> Iterator[str]:
    yield from _wrong_numbers(element, kind)
    yield from _wrong_values(element)


def _wrong_numbers(element: Xml.Element, kind: str) -> Iterator[str]:
    for name in ("id", "title", "updated"):
        if len(element.findall(f"{ATOM}{name}")) != 1:
            yield f"4.1: {kind} has not one {name}"
    for name in ("published", "summary", "generator"):
        if len(element.findall(f"{ATOM}{name}")) > 1:
            yield f"4.1: {kind} has several {name}"
    for child in element:
        if child.tag.startswith(ATOM) and child.tag.removeprefix(ATOM) not in KNOWN[kind]:
            yield f"4.1: {kind} has a {child.tag}"
    if not all(len(person.findall(f"{ATOM}name")) == 1 for person in element.findall(f"{ATOM}author")):
        yield "3.2: a person has not one name"
    alternates = [link.get("type") for link in _links(element, "alternate")]
    if len(set(alternates)) < len(alternates):
        yield "4.1: two alternate links have one type"


def _wrong_values(element: Xml.Element) -> Iterator[str]:
    for moment in (*element.findall(f"{ATOM}updated"), *element.findall(f"{ATOM}published")):
        if not MOMENT.fullmatch(moment.text or ""):
            yield f"3.3: {moment.text} is no moment"
    named = [element.findtext(f"{ATOM}id"), *(link.get("href") for link in element.findall(f"{ATOM}link"))]
    yield from (f"4.2: {text} is no IRI" for text in named if not IRI.fullmatch(text or ""))
    if not all(category.get("term") is not None for category in element.findall(f"{ATOM}category")):
        yield "4.2.2: a category has no term"


def _links(element: Xml.Element, rel: str) -> list[Xml.Element]:
    return [link for link in element.findall(f"{ATOM}link") if link.get("rel") == rel]


def read(client: FlaskClient, url: str) -> Xml.Element:
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    feed = Xml.fromstring(answer.data)  # noqa: S314 - our own
    assert list(breaches(feed)) == []
    return feed


def ids(feed: Xml.Element) -> list[str | None]:
    return [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]


def href(feed: Xml.Element, rel: str) -> str:
    return next((link.get("href", "") for link in _links(feed, rel)), "")


def test_the_newest_come_first_whatever_order_was_asked_for(client: FlaskClient) -> None:
    feed = read(client, "/tim-kiem.atom?q=xây+dựng&sort=oldest")
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]
    assert titles[:2] == ["Đẩy mạnh xây dựng Đảng ở cơ sở", "Vụ lúa được mùa <b>&amp; được giá"]
    assert feed.findtext(f"{ATOM}updated") == "2020-07-01T10:07:00+07:00"
    first = feed.find(f"{ATOM}entry")
    assert first is not None
    assert [one.findtext(f"{ATOM}name") for one in first.findall(f"{ATOM}author")] == ["Đình Lâm", "Hồng Hà"]
    assert href(first, "alternate") == "http://localhost/bai/2020/07/01/don-vi.html"
    assert "xây dựng Đảng" in (first.findtext(f"{ATOM}summary") or "")


def test_ids_stay_when_scheme_port_and_language_change(client: FlaskClient) -> None:
    before = read(client, "/tim-kiem.atom?q=xây")
    client.set_cookie("lang", "en")
    answer = client.get("/tim-kiem.atom?q=xây&size=20", base_url="https://localhost:8443")
    after = Xml.fromstring(answer.data)  # noqa: S314 - our own
    assert ids(after) == ids(before)
    assert after.findtext(f"{ATOM}id") == before.findtext(f"{ATOM}id") == "tag:localhost,2026:/tim-kiem.atom?q=x%C3%A2y"
    assert href(after, "self").startswith("https://localhost:8443/")


def test_a_long_feed_has_pages_without_gap_or_repeat() -> None:
    client = create_app(Settings(), lambda: FakeArchive(many_articles(120))).test_client()
    url, seen, pages = "/tim-kiem.atom?q=xây", [], 0
    while url:
        feed = read(client, url)
        seen += ids(feed)
        url, pages = href(feed, "next").removeprefix("http://localhost"), pages + 1
    assert (len(seen), len(set(seen)), pages) == (120, 120, 3)
    last = read(client, "/tim-kiem.atom?q=xây&page=3")
    assert href(last, "previous") == "http://localhost/tim-kiem.atom?q=x%C3%A2y&page=2"
    assert href(read(client, "/tim-kiem.atom?q=xây&page=9"), "previous").endswith("page=3")


def test_nothing_found_is_a_feed_without_entries(client: FlaskClient) -> None:
    feed = read(client, "/tim-kiem.atom?q=khôngcógì")
    assert ids(feed) == []
    assert feed.findtext("{http://a9.com/-/spec/opensearch/1.1/}totalResults") == "0"


def test_a_new_build_is_another_tag() -> None:
    tags = []
    for edition in ("one", "two"):
        archive = FakeArchive(edition=edition)
        client = create_app(Settings(), lambda archive=archive: archive).test_client()
        tags.append(client.get("/tim-kiem.atom?q=xây").headers["ETag"])
    assert tags[0] != tags[1]


@pytest.mark.parametrize("host", ["bao.example:8000", "[::1]:8000", "b%C3%A1o.example"])
def test_any_host_makes_a_valid_tag(client: FlaskClient, host: str) -> None:
    answer = client.get("/tim-kiem.atom?q=xây", headers={"Host": host})
    if answer.status_code == 200:
        feed = Xml.fromstring(answer.data)  # noqa: S314 - our own
        assert IRI.fullmatch(feed.findtext(f"{ATOM}id") or "")


@examples(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(article=ARTICLES)
def test_any_article_makes_a_valid_feed(client_of_one: ClientOfOne, article: Article) -> None:
    feed = read(client_of_one(article), "/tim-kiem.atom")
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    published = entry.findtext(f"{ATOM}published")
    stamp = article.published
    assert (datetime.fromisoformat(published) if published else None) == (stamp.moment if stamp else None)
