"""What robots are asked to leave alone, and what they are told by links."""

from __future__ import annotations

import re
from urllib.robotparser import RobotFileParser

from flask.testing import FlaskClient

from indexer.settings import Settings
from tests.webapp.conftest import FakeArchive
from webapp.app import create_app


def test_robots_read_articles_and_no_searches(client: FlaskClient) -> None:
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    told = RobotFileParser()
    told.parse(answer.text.splitlines())
    for path in ("/", "/bai/2020/07/01/don-vi.html", "/tro-giup", "/static/khobao.css"):
        assert told.can_fetch("any", path), path
    for path in ("/tim-kiem?q=a", "/goi-y?q=a", "/api/v1/search?q=a", "/ngon-ngu/en", "/staff"):
        assert not told.can_fetch("any", path), path
    assert "Disallow: /bai/*?" in answer.text


def test_the_sitemap_is_named_only_where_there_is_one() -> None:
    app = create_app(Settings(), FakeArchive)
    has_one = any(rule.rule == "/sitemap.xml" for rule in app.url_map.iter_rules())
    assert (
        "Sitemap: http://a.vn/sitemap.xml" in app.test_client().get("/robots.txt", base_url="http://a.vn").text
    ) == (has_one)


def test_behind_a_folder_the_paths_have_it_in_front(client: FlaskClient) -> None:
    assert "Disallow: /kho/tim-kiem" in client.get("/robots.txt", base_url="http://a.vn/kho").text


def test_results_name_the_question_itself_as_the_page_that_counts(client: FlaskClient) -> None:
    page = client.get("/tim-kiem?q=xây&year=2020&sort=newest&size=20&page=1").text
    canonical = re.search(r'<link rel="canonical" href="([^"]+)">', page)
    assert canonical
    assert canonical[1] == "http://localhost/tim-kiem?q=x%C3%A2y"
    assert '<meta name="robots" content="noindex, follow">' in page


def test_links_that_only_narrow_turn_or_page_are_not_followed(client: FlaskClient) -> None:
    page = client.get("/tim-kiem?q=xây&year=2020&size=1").text
    main = page[page.index("<main") : page.index("</main>")]
    links = re.findall(r'<a [^>]*href="/tim-kiem[^>]*>', main)
    assert len(links) > 10
    assert [link for link in links if "nofollow" not in link and 'aria-current="page"' not in link] == []
