"""The list of authors that are one: what its lines say, and which are wrong. All names are made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.author_merges import NO_MERGES, read_merges, well_formed


def test_the_first_name_is_the_one_that_is_listed() -> None:
    merges = read_merges("Đình Lâm = Đ.Lâm = ĐÌNH LAM  # of the desk").merges
    assert {merges.key(key) for key in ("đình lâm", "đ.lâm", "đình lam")} == {"đình lâm"}
    assert merges.names == {"đình lâm": "Đình Lâm"}
    assert set(merges.all_of(["đ.lâm", "văn kỳ"])) == {"đình lâm", "đ.lâm", "đình lam", "văn kỳ"}


@pytest.mark.parametrize(
    "text",
    [
        "Đình Lâm = Đ.Lâm = Lâm Đ.",
        "Đình Lâm = Đ.Lâm\nĐình Lâm = Lâm Đ.",
        "Đ.Lâm = Lâm Đ.\nĐình Lâm = Đ.Lâm",
        "Đình Lâm = Đ.Lâm\nĐ.Lâm = Lâm Đ.",
        "Đình Lâm = Đ.Lâm\nĐ.Lâm = Lâm Đ.\nĐình Lâm = Lâm Đ.",
    ],
)
def test_lines_build_on_each_other(text: str) -> None:
    read = read_merges(text)
    assert read.problems == ()
    assert dict(read.merges.listed_under) == dict.fromkeys(["đình lâm", "đ.lâm", "lâm đ"], "đình lâm")
    assert read.merges.names == {"đình lâm": "Đình Lâm"}


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("# ghi chú\nĐình Lâm", 2, "one name only"),
        ("Đình Lâm =", 1, "lacks a name"),
        ("Thu Hòa = THU HOÀ", 1, "same name twice"),
        ("BS Lê Thu Hòa = Lê Thu Hòa", 1, "same name twice"),
        ("Đình L\ufffdm = Lâm", 1, "cannot be read"),
        ("Đình Lâm = Lâm Đ.\n\nVăn Kỳ = Lâm Đ.", 3, "line 1 says another"),
        ("Đình Lâm = Lâm Đ.\nLâm Đ. = Đình Lâm", 2, "circle: line 1"),
        ("- Đình Lâm", 1, "one name only"),
    ],
)
def test_a_line_that_says_nothing_is_named_with_the_reason(text: str, line: int, reason: str) -> None:
    read = read_merges(text)
    assert [problem.line for problem in read.problems] == [line]
    assert reason in read.problems[0].reason


def test_the_other_lines_count() -> None:
    read = read_merges("sai\nĐình Lâm = Lâm Đ.\n=\n- Hà My = Hà Mi\n")
    assert read.merges.key("lâm đ") == "đình lâm"
    assert read.apart == {frozenset(("hà my", "hà mi"))}
    assert len(read.problems) == 2


def test_no_list_merges_nobody() -> None:
    assert read_merges("").merges == NO_MERGES
    assert not NO_MERGES


def test_lines_are_held_to_the_list_they_are_added_to() -> None:
    good, wrong = well_formed("Đình Lâm = Lâm Đ.\nsai", ["Văn Kỳ = V.Kỳ", "Văn Kỳ = Lâm Đ.", "V.Kỳ = Văn Kỳ"])
    assert good == ["Văn Kỳ = V.Kỳ"]
    assert set(wrong) == {"Văn Kỳ = Lâm Đ.", "V.Kỳ = Văn Kỳ"}


NAMES = st.sampled_from(["Lâm", "Kỳ", "Hòa", "My", "Vy", ""])
LINES = st.lists(st.lists(NAMES, min_size=1, max_size=4).map(" = ".join) | st.text(max_size=12), max_size=6)


@given(LINES)
def test_any_text_can_be_read_and_who_is_listed_is_listed_under_nobody_else(lines: list[str]) -> None:
    merges = read_merges("\n".join(lines)).merges
    for key, listed in merges.listed_under.items():
        assert merges.key(listed) == listed
        assert key in merges.all_of([listed])
        assert merges.names[listed]
