"""Which engine holds the index changes nothing that readers get: pages, files and answers of the API are the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from indexer import bootstrap
from tests.conftest import OWNERS_ARTICLE, SEEDS, settings_in
from tests.opensearch.fixtures import unique_prefix
from webapp.app import create_app

pytestmark = pytest.mark.opensearch

LISTS = [
    "/tim-kiem",
    "/tim-kiem.csv",
    "/tim-kiem.jsonl",
    "/tim-kiem.html",
    "/tim-kiem.bib",
    "/tim-kiem.atom",
    "/api/v1/search",
]
QUESTIONS = [
    "q=xây+dựng+đảng",
    "q=xay+dung+dang&sort=newest",
    "q=xaay+duwngj",
    'q="xây+dựng"+-họp',
    "q=làng&page=2&size=10",
    "q=&year=2020&not_author=hong+ha",
    "q=qwertyuiop",
    "q=lễ+hội+OR+mưa&month=2020-07&size=50",
    "q=trước:2021+ở+làng+có+những+ai+làm+nghề+gì&author_like=ha",
]
MISSING = "/bai/khong-co"
OTHERS = [
    "/",
    "/tim-kiem?q=làng&gon=1&gop=0",
    f"/bai/{OWNERS_ARTICLE}?q=xay+dung+dang&n=1&why=1",
    f"/bai/{OWNERS_ARTICLE}?q=qwertyuiop&why=1",
    f"/api/v1/articles/{OWNERS_ARTICLE}",
    f"/api/v1/articles/{OWNERS_ARTICLE}/similar",
    MISSING,
    "/goi-y?q=xay+d",
    "/goi-y.json?q=đại+h",
    "/sitemap.xml",
    "/healthz",
]
OF_THE_MOMENT = re.compile(
    r"\d{8}-\d{6}-\d{6}-[0-9a-f]{4}|(?:&lt; )?[\d.,]+ ms\b|\"(?:took_ms|score)\":\s*[\d.]+|cursor[=\":]+[\w-]+"
)
"""The name of a build, how long an answer took, and what goes by scores, which have single precision in a cluster."""


@pytest.fixture(scope="module")
def clients(cluster_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[FlaskClient]]:
    """Of the sample archive in files, and of the same in a cluster."""
    files = settings_in(tmp_path_factory.mktemp("files"), seeds_dir=SEEDS)
    with unique_prefix(cluster_url) as prefix:
        cluster = replace(
            files,
            index_dir=tmp_path_factory.mktemp("cluster") / "index",
            engine="opensearch",
            opensearch_url=cluster_url,
            opensearch_prefix=prefix,
            opensearch_replicas=0,
        )
        for settings in (files, cluster):
            bootstrap.index(settings)
        yield [create_app(settings).test_client() for settings in (files, cluster)]


@pytest.mark.parametrize("path", [*(f"{path}?{asked}" for path in LISTS for asked in QUESTIONS), *OTHERS])
def test_either_engine_gives_the_same_answer(clients: list[FlaskClient], path: str) -> None:
    of_files, of_cluster = (client.get(path) for client in clients)
    assert of_cluster.status_code == of_files.status_code == (404 if path == MISSING else 200)
    assert OF_THE_MOMENT.sub("", of_cluster.text) == OF_THE_MOMENT.sub("", of_files.text)
