"""Years, the months of a year, the days of a month; and the numbers a pager names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Choice, FacetCount, SearchPage, SearchRequest
from webapp import pager, timescale
from webapp.contexts_results import TimelineView
from webapp.links import Links
from webapp.timeline import timeline

Draw = Callable[..., TimelineView | None]


def counts_of(counts: dict[str, int], chosen: tuple[str, ...] = ()) -> tuple[FacetCount, ...]:
    return tuple(FacetCount(value, value, count, value in chosen) for value, count in counts.items())


@pytest.fixture
def draw(client: FlaskClient) -> Draw:
    """Draws the timeline of a request, from counts by facet."""

    def draw_(request: SearchRequest | None = None, **counts: dict[str, int]) -> TimelineView | None:
        asked = request or SearchRequest()
        facets = {
            name: counts_of(values, asked.choice(name).include if name != "day" else ())
            for name, values in counts.items()
        }
        page = SearchPage(request=asked, total=1, hits=(), facets=facets)
        with client.application.test_request_context():
            return timeline(page, Links(), "vi")

    return draw_


def drawn(view: TimelineView | None) -> TimelineView:
    assert view is not None
    return view


def test_years_run_evenly_from_the_oldest(draw: Draw) -> None:
    view = drawn(draw(year={"2007": 50, "2004": 1, "2005": 100}))
    assert [(bar.label, bar.height, bar.url) for bar in view.bars] == [
        ("2004", 4, "/tim-kiem?q=&year=2004"), ("2005", 100, "/tim-kiem?q=&year=2005"),
        ("2006", 0, ""), ("2007", 50, "/tim-kiem?q=&year=2007"),
    ]  # fmt: skip
    assert view.bars[1].title == "2005: 100 bài"
    assert view.up == ()


def test_long_spans_name_the_ends_and_round_years_only(draw: Draw) -> None:
    bars = drawn(draw(year={"2004": 1, "2025": 1})).bars
    assert [bar.label for bar in bars if bar.ticked] == ["2004", "2010", "2015", "2020", "2025"]


def test_one_year_or_none_needs_no_timeline_of_years(draw: Draw) -> None:
    assert draw(year={}) is None
    assert draw(year={"2020": 3}) is None


def test_too_many_years_stand_together(draw: Draw) -> None:
    bars = drawn(draw(year={"1901": 2, "1909": 3, "2000": 1})).bars
    assert [(bar.name, bar.count) for bar in bars if bar.url] == [("1900–1909", "5"), ("2000–2009", "1")]
    assert bars[0].url.endswith("from=1900-01-01&to=1909-12-31")


def test_a_year_shows_its_months_and_the_way_up(draw: Draw) -> None:
    request = SearchRequest("lúa", year=Choice(("2015",)), page=3)
    view = drawn(draw(request, year={"2015": 3, "2016": 1}, month={"2015-02": 1, "2015-07": 2}))
    assert (view.name, view.unit, len(view.bars)) == ("2015", "month", 12)
    assert [(bar.title, bar.url) for bar in view.bars if bar.url] == [
        ("Tháng 2/2015: 1 bài", "/tim-kiem?q=l%C3%BAa&year=2015&month=2015-02"),
        ("Tháng 7/2015: 2 bài", "/tim-kiem?q=l%C3%BAa&year=2015&month=2015-07"),
    ]
    assert [(way.label, way.url) for way in view.up] == [("Cả kho", "/tim-kiem?q=l%C3%BAa")]


def test_a_month_shows_its_days_and_both_ways_up(draw: Draw) -> None:
    request = SearchRequest(month=Choice(("2016-02",)))
    view = drawn(draw(request, month={"2016-02": 3}, day={"2016-02-01": 1, "2016-02-29": 2}))
    assert (view.name, len(view.bars)) == ("Tháng 2/2016", 29)
    assert view.bars[28].url == "/tim-kiem?q=&month=2016-02&from=2016-02-29&to=2016-02-29"
    assert [(way.label, way.url) for way in view.up] == [
        ("Cả kho", "/tim-kiem?q="), ("2016", "/tim-kiem?q=&year=2016"),
    ]  # fmt: skip


def test_a_day_stands_out_in_its_month_and_can_be_taken_back(draw: Draw) -> None:
    day = date(2016, 2, 29)
    request = SearchRequest(month=Choice(("2016-02",)), since=day, until=day)
    view = drawn(draw(request, month={"2016-02": 2}, day={"2016-02-29": 2}))
    assert view.name == "29/2/2016"
    assert [bar.label for bar in view.bars if bar.chosen] == ["29"]
    assert view.bars[28].url == view.up[2].url == "/tim-kiem?q=&month=2016-02"


def test_days_asked_for_stand_out_and_the_way_up_drops_only_what_lies_below(draw: Draw) -> None:
    request = SearchRequest(since=date(2015, 3, 20), until=date(2015, 5, 1))
    months = {"2015-03": 1, "2015-05": 1}
    view = drawn(draw(request, year={"2015": 2}, month=months))
    assert [bar.label for bar in view.bars if bar.chosen] == ["3", "4", "5"]
    assert [way.url for way in view.up] == ["/tim-kiem?q="]
    longer = replace(request, year=Choice(("2015",)), since=date(2010, 1, 1), until=None)
    view = drawn(draw(longer, year={"2015": 2}, month=months))
    assert [way.url for way in view.up] == ["/tim-kiem?q=&from=2010-01-01"]
    assert not any(bar.chosen for bar in view.bars)


def test_several_years_stand_out_among_all(draw: Draw) -> None:
    request = SearchRequest(year=Choice(("2014", "2016")))
    view = drawn(draw(request, year={"2014": 1, "2016": 1, "2018": 1}, month={"2014-01": 1, "2016-01": 1}))
    assert [(bar.label, bar.chosen) for bar in view.bars if bar.url] == [
        ("2014", True), ("2016", True), ("2018", False),
    ]  # fmt: skip
    assert view.bars[0].url == "/tim-kiem?q=&year=2014"


@given(st.dictionaries(st.integers(0, 9999).map("{:04d}".format), st.integers(1, 9), max_size=5))
def test_any_years_are_all_counted_once(counts: dict[str, int]) -> None:
    stretches = timescale.in_years(counts_of(counts))
    assert len(stretches) <= timescale.MAX_STRETCHES
    assert sum(stretch.count for stretch in stretches) == sum(n for year, n in counts.items() if year != "0000")
    assert all(one.last < other.first for one, other in pairwise(stretches))


def test_the_numbers_stand_in_a_table_too(client: FlaskClient) -> None:
    page = client.get("/tim-kiem?q=xây&year=2015").get_data(as_text=True)
    table = page[page.index("<table>") : page.index("</table>")]
    assert "Tháng 12/2015</a></th><td>1</td>" in table
    assert '<th scope="row">Tháng 1/2015</th><td>0</td>' in table


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
