"""Bars of years, and the numbers a pager names."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from indexer.model import FacetCount
from webapp import pager, timeline
from webapp.contexts import Bar

Draw = Callable[..., tuple[Bar, ...]]


@pytest.fixture
def draw(client: FlaskClient) -> Draw:
    def bars(**counts: int) -> tuple[Bar, ...]:
        facet = [FacetCount(year[1:], year[1:], count) for year, count in counts.items()]
        with client.application.test_request_context():
            return timeline.bars(facet, lambda year: f"/{year}", "vi")

    return bars


def test_years_run_evenly_from_the_oldest(draw: Draw) -> None:
    bars = draw(y2007=50, y2004=1, y2005=100)
    assert [(bar.label, bar.height, bar.url) for bar in bars] == [
        ("2004", 4, "/2004"), ("2005", 100, "/2005"), ("2006", 0, ""), ("2007", 50, "/2007"),
    ]  # fmt: skip
    assert bars[1].title == "2005: 100 bài"


def test_long_spans_name_the_ends_and_round_years_only(
    draw: Draw,
) -> None:
    assert [bar.label for bar in draw(y2004=1, y2025=1) if bar.ticked] == [
        "2004", "2010", "2015", "2020", "2025",
    ]  # fmt: skip


def test_one_year_or_none_needs_no_timeline(draw: Draw) -> None:
    assert draw() == draw(y2020=3) == draw(y1800=1, y2100=1) == ()


@pytest.mark.parametrize(
    ("page", "count", "expected"),
    [
        (1, 1, (1,)),
        (1, 3, (1, 2, 3)),
        (1, 9, (1, 2, 0, 9)),
        (4, 9, (1, 2, 3, 4, 5, 0, 9)),
        (5, 9, (1, 0, 4, 5, 6, 0, 9)),
        (9, 9, (1, 0, 8, 9)),
    ],
)
def test_pagers_name_ends_and_neighbours(page: int, count: int, expected: tuple[int, ...]) -> None:
    assert pager.window(page, count) == expected
