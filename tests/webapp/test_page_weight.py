"""A slow line is not kept waiting: what a reader loads to see the first results."""

from __future__ import annotations

import pytest

from indexer.settings import Settings
from webapp.app import create_app

MOST_BYTES = 60_000
PARTS = ("/static/khobao.css", "/static/khobao.js", "/static/khobao.svg")


@pytest.mark.parametrize("page", ["/", "/tim-kiem?q=", "/tim-kiem?q=xay+dung+dang&size=50", "/tro-giup"])
def test_a_page_with_all_its_parts_but_fonts_is_light(sample_settings: Settings, page: str) -> None:
    """As it goes over the line: packed with gzip, which every browser takes."""
    client = create_app(sample_settings).test_client()
    answers = [client.get(url, headers={"Accept-Encoding": "gzip"}, buffered=True) for url in (page, *PARTS)]
    assert all(answer.status_code == 200 for answer in answers)
    assert sum(len(answer.data) for answer in answers) <= MOST_BYTES
