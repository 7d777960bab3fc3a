"""Which facet values are listed, in which order, under which names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import facets
from indexer.model import Choice, SearchRequest

COUNTS = {
    facets.AUTHOR: {"lâm": 3, "hoà": 5, "kỳ": 3},
    facets.SECTION: {},
    facets.SOURCE: {},
    facets.YEAR: {"2019": 1, "2020": 10},
    facets.MONTH: {"2020-07": 2},
}


NO_NAMES: facets.Names = {facet: {} for facet in (facets.AUTHOR, *facets.LABELS)}


def values(counts: facets.Counts, request: SearchRequest = SearchRequest()) -> dict[str, list[str]]:
    arranged = facets.arrange(counts, request, {**NO_NAMES, facets.AUTHOR: {"hoà": "Thu Hòa"}})
    return {name: [value.label for value in listed] for name, listed in arranged.items()}


def test_authors_stand_by_count_then_name_and_years_newest_first() -> None:
    expected = {"author": ["Thu Hòa", "kỳ", "lâm"], "section": [], "source": [], "year": ["2020", "2019"]}
    assert values(COUNTS) == expected


def test_only_the_first_authors_are_listed_but_whoever_was_chosen_always_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets, "MOST_VALUES", 1)
    assert values(COUNTS)["author"] == ["Thu Hòa"]
    chosen = SearchRequest(author=Choice(include=("lâm",), exclude=("ai đó",)))
    assert values(COUNTS, chosen)["author"] == ["Thu Hòa", "lâm", "ai đó"]


def test_days_are_listed_in_their_order_once_they_are_counted() -> None:
    counted = {**COUNTS, facets.DAY: {"2020-07-15": 1, "2020-07-02": 4}}
    assert values(counted, SearchRequest(month=Choice(include=("2020-07",))))["day"] == ["2/7/2020", "15/7/2020"]


@pytest.mark.parametrize("facet", facets.LABELS)
def test_labels_stand_by_count_then_name(facet: str) -> None:
    names = {"văn hoá": "Văn hóa", "kinh tế": "Kinh tế", "thể thao": "Thể thao"}
    counted = {**COUNTS, facet: {"văn hoá": 1, "kinh tế": 7, "thể thao": 1}}
    arranged = facets.arrange(counted, SearchRequest(), {**NO_NAMES, facet: names})[facet]
    assert [value.label for value in arranged] == ["Kinh tế", "Thể thao", "Văn hóa"]


def test_ways_of_writing_one_label_have_one_key() -> None:
    assert facets.label_key("VĂN  HÓA") == facets.label_key("Văn hoá ") == "văn hoá"
    assert facets.label_key("Đời sống") != facets.label_key("Đời sóng") != facets.label_key("Doi song")


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    key = facets.label_key(text)
    assert facets.label_key(key) == key


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("lam", ["Đình Lâm", "Lâm Đỗ"]),
        ("LÂM đ", ["Đình Lâm", "Lâm Đỗ"]),
        ("dinh l", ["Đình Lâm"]),
        ("am", []),
        ("n v", ["N.V.A"]),
        ("...", ["Đình Lâm", "Lâm Đỗ", "N.V.A"]),
    ],
)
def test_authors_are_looked_for_by_the_beginnings_of_their_names(
    typed: str, expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facets, "MOST_VALUES", 3)
    crowd = {f"ai {number}": 100 for number in range(10)} if typed != "..." else {}
    counted = {**COUNTS, facets.AUTHOR: {**crowd, "đình lâm": 3, "lâm đỗ": 2, "n.v.a": 1}}
    names = {"đình lâm": "Đình Lâm", "lâm đỗ": "Lâm Đỗ", "n.v.a": "N.V.A"}
    arranged = facets.arrange(counted, SearchRequest(author_like=typed), {**NO_NAMES, facets.AUTHOR: names})
    assert [value.label for value in arranged["author"]] == expected


def test_whoever_was_chosen_is_listed_beside_those_looked_for() -> None:
    request = SearchRequest(author=Choice(include=("lâm",)), author_like="hoa")
    assert values(COUNTS, request)["author"] == ["Thu Hòa", "lâm"]
