"""The numbers for Prometheus; `tests/test_server.py` has them from several processes."""

from __future__ import annotations

from pathlib import Path

import pytest
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families as parse

from indexer.errors import IndexMissing
from indexer.settings import Settings
from tests.webapp.conftest import FakeArchive
from webapp import metrics
from webapp.app import create_app
from webapp.site import Archive


def numbers(archive: FakeArchive | None, *urls: str) -> dict[tuple[str, str], float]:
    """What is told after these requests, by name and labels."""

    def archives() -> Archive:
        if archive is None:
            raise IndexMissing(Path("x"))
        return archive

    app = create_app(Settings(), archives)
    meter = metrics.Meter(app, archives)
    app.test_client().get("/tim-kiem?q=a")  # to warm up
    meter.start()
    for url in urls:
        app.test_client().get(url)
    told = generate_latest(meter.registry).decode()
    return {
        (sample.name, " ".join(sample.labels.values())): sample.value
        for family in parse(told)
        for sample in family.samples
    }


def test_requests_are_counted_by_route_and_status_and_never_by_what_was_asked() -> None:
    told = numbers(
        FakeArchive(), "/tim-kiem?q=a", "/tim-kiem?q=b", "/bai/khong-co", "/khong-co", "/api/v1/search?page=0"
    )
    assert told["khobao_requests_total", "GET /tim-kiem 200"] == 2
    assert told["khobao_requests_total", "GET /bai/<path:article_id> 404"] == 1
    assert told["khobao_requests_total", "GET none 404"] == 1
    assert told["khobao_requests_total", "GET /api/v1/search 400"] == 1
    assert told["khobao_request_seconds_count", "/tim-kiem"] == 2
    assert told["khobao_search_seconds_count", ""] == 2


def test_the_build_that_answers_and_its_size_are_told() -> None:
    told = numbers(FakeArchive())
    assert told["khobao_build_info", "test-1"] == 1
    assert told["khobao_articles", ""] == 4


def test_without_an_index_there_are_no_articles_and_no_error() -> None:
    assert numbers(None, "/")["khobao_articles", ""] == 0


@pytest.mark.parametrize("url", ["/metrics", "/api/metrics"])
def test_readers_cannot_ask_for_them(url: str) -> None:
    assert create_app(Settings(metrics_port=9), FakeArchive).test_client().get(url).status_code == 404
