"""What words typed without some or all of their marks are taken to mean."""

from __future__ import annotations

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.syllables import fold, iy_variant, legal_syllables, refines
from indexer.analysis.tokens import terms_of
from indexer.suggesting.spellings import likely_spellings
from tests.indexer.suggesting.archives import SENTENCES, archive, lexicon_of


def likeliest(text: str) -> str:
    return " ".join(likely_spellings(archive(), terms_of(text), 1)[0])


def all_of(text: str, count: int = 50) -> list[str]:
    return [" ".join(run) for run in likely_spellings(archive(), terms_of(text), count)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("xay dung dang", "xây dựng đảng"),
        ("xu ly nuoc thai", "xử lý nước thải"),
        ("khánh hoa", "khánh hoà"),
        ("đương", "đường"),
        ("xây dung dang", "xây dựng đảng"),
        ("dang xay cau", "đang xây cầu"),
    ],
)
def test_missing_marks_are_told_from_the_neighbours(typed: str, meant: str) -> None:
    assert likeliest(typed) == meant


def test_what_is_much_less_likely_than_the_likeliest_can_be_left_out() -> None:
    usual = lexicon_of(["đường đi"] * 50 + ["dương"])
    assert likely_spellings(usual, ("duong",), 5) == [("đường",), ("dương",)]
    assert likely_spellings(usual, ("duong",), 5, within=log(10)) == [("đường",)]
    assert likely_spellings(usual, ("duong",), 5, within=log(1000)) == [("đường",), ("dương",)]


def test_a_mark_that_was_typed_is_kept() -> None:
    assert all_of("khánh hoa") == ["khánh hoà", "khánh hoa"]
    assert all_of("còn người") == ["còn người"]
    assert all(run.startswith(("đa", "đả")) for run in all_of("đang"))


def test_an_unmarked_i_may_be_a_y_but_one_with_a_mark_stays() -> None:
    assert {"kỹ thuật", "kĩ thuật"} <= {*all_of("ky thuat")} == {*all_of("ki thuat")}
    assert all_of("kĩ thuat")[0] == "kĩ thuật"
    assert not any("kỹ" in run for run in all_of("kĩ thuat"))


def test_the_more_usual_spelling_of_i_and_y_comes_first() -> None:
    usual = lexicon_of([*["kĩ thuật"] * 5, "kỹ thuật"])
    assert likely_spellings(usual, ("ky", "thuat"), 2) == [("kĩ", "thuật"), ("kỹ", "thuật")]


@pytest.mark.parametrize("text", ["qwertyuiop", "2020", "covid 19", "tp hcm", "facebook", "trên facebook năm 2020"])
def test_what_has_no_other_spelling_stays(text: str) -> None:
    assert all_of(text) == [text]


def test_an_unknown_word_keeps_its_place_among_others() -> None:
    assert likeliest("xay dung qwerty dang") in {"xây dựng qwerty đang", "xây dựng qwerty đảng"}


def test_spellings_come_the_likelier_first_and_never_twice() -> None:
    runs = all_of("xay dung dang")
    assert runs[0] == "xây dựng đảng"
    assert len(runs) == len({*runs})
    assert runs[:3] == all_of("xay dung dang", 3)


def test_nothing_has_no_spelling() -> None:
    assert likely_spellings(archive(), (), 3) == []
    assert likely_spellings(lexicon_of([]), ("xay", "dung"), 3) == [("xay", "dung")]


def test_a_long_run_is_spelled_whole() -> None:
    assert likeliest(fold(" ".join(["công tác xây dựng đảng"] * 12))).startswith("công tác xây dựng đảng công tác")


SYLLABLES = st.one_of(
    st.sampled_from(sorted({term for sentence in SENTENCES for term in terms_of(sentence)})),
    st.sampled_from(sorted({fold(term) for sentence in SENTENCES for term in terms_of(sentence)})),
    st.sampled_from(sorted(legal_syllables())),
    st.text(min_size=1, max_size=9),
)


@given(st.lists(SYLLABLES, min_size=1, max_size=8), st.integers(1, 5))
def test_no_syllable_is_lost_and_no_mark(typed: list[str], count: int) -> None:
    found = likely_spellings(archive(), typed, count)
    assert 1 <= len(found) <= count
    for run in found:
        assert len(run) == len(typed)
        for term, syllable in zip(run, typed, strict=True):
            assert term == syllable or refines(term, syllable) or refines(term, iy_variant(syllable) or syllable)
