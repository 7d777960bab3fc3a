"""Sets of articles with scores are put together as dictionaries would be, whatever their sizes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh_engine import matching
from indexer.engines.whoosh_engine.matching import (
    InBothFields,
    InOneField,
    Scored,
    Worked,
    add_up,
    common,
    is_in,
    mask_of,
    places_in,
    values_at,
)
from indexer.engines.whoosh_engine.postings import Numbers

SIZE = 60


@pytest.fixture(autouse=True, scope="module")
def small_bounds() -> Iterator[None]:
    """Sets of a dozen articles are large or much larger than others."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "TINY", 8)
        patch.setattr(matching, "MUCH_LARGER", 3)
        yield


SCORES = st.dictionaries(st.integers(0, SIZE - 1), st.integers(0, 5), max_size=25)
SETS = st.sets(st.integers(0, SIZE - 1), max_size=40) | st.sets(st.integers(0, SIZE - 1), max_size=3)


def scored(scores: dict[int, int]) -> Scored:
    return Scored(numbers(scores), np.array([scores[article] for article in sorted(scores)], np.float64))


def numbers(articles: set[int] | dict[int, int]) -> Numbers:
    return np.array(sorted(articles), np.intp)


def as_dict(found: Scored) -> dict[int, float]:
    assert (np.diff(found.articles) > 0).all(), "articles ascend"
    return dict(zip(found.articles.tolist(), found.scores.tolist(), strict=True))


@given(st.lists(SCORES, max_size=4))
def test_every_article_of_any_part_is_in_the_sum(parts: list[dict[int, int]]) -> None:
    """Those that score 0 everywhere, too: filters score nothing."""
    articles = {article for part in parts for article in part}
    expected = {article: sum(part.get(article, 0) for part in parts) for article in articles}
    assert as_dict(add_up([scored(part) for part in parts], SIZE)) == expected


@given(SETS, SETS)
def test_sets_are_intersected(left: set[int], right: set[int]) -> None:
    few, many = numbers(left), numbers(right)
    both = sorted(left & right)
    assert common(few, many, SIZE).tolist() == both
    assert few[is_in(few, many)].tolist() == both
    assert few[places_in(few, many, SIZE)].tolist() == both
    assert np.flatnonzero(mask_of(few, SIZE)).tolist() == sorted(left)


@given(SETS, SCORES)
def test_values_are_looked_up_and_0_where_there_are_none(wanted: set[int], scores: dict[int, int]) -> None:
    held = scored(scores)
    expected = [scores.get(article, 0) for article in sorted(wanted)]
    assert values_at(numbers(wanted), held.articles, held.scores, SIZE).tolist() == expected
    assert Worked(held, SIZE).at(numbers(wanted)).tolist() == expected


@given(SCORES, SCORES, SETS)
def test_title_and_body_count_together(body: dict[int, int], title: dict[int, int], wanted: set[int]) -> None:
    """The body's postings list the title's articles, too, at frequency 0."""
    title = {article: count for article, count in title.items() if count}
    listed = {article: body.get(article, 0) for article in {*title, *(a for a, n in body.items() if n)}}
    factors = {"body": np.linspace(1, 2, SIZE), "title": np.linspace(3, 5, SIZE)}
    frequencies = scored(listed)
    in_body = InOneField(frequencies.articles, frequencies.scores, factors["body"])
    places = np.searchsorted(frequencies.articles, numbers(title))
    found = InBothFields(in_body, places, scored(title).scores, factors["title"])
    expected = {
        article: count * factors["body"][article] + title.get(article, 0) * factors["title"][article]
        for article, count in listed.items()
    }
    assert found.count == len(listed)
    assert as_dict(found.all()) == pytest.approx(expected)
    assert found.at(numbers(wanted)).tolist() == pytest.approx([expected.get(a, 0) for a in sorted(wanted)])
    assert as_dict(in_body.without_zeros().all()).keys() == {article for article, count in listed.items() if count}
