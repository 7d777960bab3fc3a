"""Which facet values are listed, in which order, under which names."""

from __future__ import annotations

import pytest

from indexer import facets
from indexer.model import Choice, SearchRequest

COUNTS = {
    facets.AUTHOR: {"lâm": 3, "hoà": 5, "kỳ": 3},
    facets.SECTION: {},
    facets.YEAR: {"2019": 1, "2020": 10},
    facets.MONTH: {"2020-07": 2},
}


def values(counts: facets.Counts, request: SearchRequest = SearchRequest()) -> dict[str, list[str]]:
    arranged = facets.arrange(counts, request, {"hoà": "Thu Hòa"})
    return {name: [value.label for value in listed] for name, listed in arranged.items()}


def test_authors_stand_by_count_then_name_and_years_newest_first() -> None:
    assert values(COUNTS) == {"author": ["Thu Hòa", "kỳ", "lâm"], "section": [], "year": ["2020", "2019"]}


def test_only_the_first_authors_are_listed_but_whoever_was_chosen_always_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets, "MOST_VALUES", 1)
    assert values(COUNTS)["author"] == ["Thu Hòa"]
    chosen = SearchRequest(author=Choice(include=("lâm",), exclude=("ai đó",)))
    assert values(COUNTS, chosen)["author"] == ["Thu Hòa", "lâm", "ai đó"]


def test_days_are_listed_in_their_order_once_they_are_counted() -> None:
    counted = {**COUNTS, facets.DAY: {"2020-07-15": 1, "2020-07-02": 4}}
    assert values(counted, SearchRequest(month=Choice(include=("2020-07",))))["day"] == ["2/7/2020", "15/7/2020"]


def test_sections_stand_by_count_then_name() -> None:
    counted = {**COUNTS, facets.SECTION: {"Văn hóa": 1, "Kinh tế": 7, "Thể thao": 1}}
    assert values(counted)["section"] == ["Kinh tế", "Thể thao", "Văn hóa"]


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
    arranged = facets.arrange(counted, SearchRequest(author_like=typed), names)
    assert [value.label for value in arranged["author"]] == expected


def test_whoever_was_chosen_is_listed_beside_those_looked_for() -> None:
    request = SearchRequest(author=Choice(include=("lâm",)), author_like="hoa")
    assert values(COUNTS, request)["author"] == ["Thu Hòa", "lâm"]
