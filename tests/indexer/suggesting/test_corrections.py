"""What a reader is asked whether it was meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.syllables import fold, legal_syllables
from indexer.analysis.tokens import terms_of
from indexer.suggesting.corrections import corrections
from tests.indexer.suggesting.archives import SENTENCES, archive, lexicon_of


def meant(text: str, count: int = 3) -> list[str]:
    return [" ".join(run) for run in corrections(archive(), terms_of(text), count)]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        pytest.param("sử lý", "xử lý", id="an onset that sounds alike"),
        pytest.param("dành giải nhất", "giành giải nhất", id="both are words"),
        pytest.param("người dâng việt nam", "người dân việt nam", id="an ending that sounds alike"),
        pytest.param("xữ lý", "xử lý", id="ngã for hỏi"),
        pytest.param("xay dựng đảng", "xây dựng đảng", id="marks missing"),
        pytest.param("xâỳ dựng đạng", "xây dựng đảng", id="wrong tones"),
        pytest.param("công tác xăy dựng", "công tác xây dựng", id="another vowel"),
        pytest.param("nhà mya xử lý", "nhà máy xử lý", id="two letters in the wrong order"),
        pytest.param("nước thi", "nước thải", id="a letter missing"),
        pytest.param("xây dựngg đảng", "xây dựng đảng", id="a letter too many"),
        pytest.param("công tác xây fựng", "công tác xây dựng", id="a letter for another"),
        pytest.param("trên facebok", "trên facebook", id="a foreign word"),
        pytest.param("xâydựng đảng", "xây dựng đảng", id="a blank left out"),
        pytest.param("vietnam", "việt nam", id="a blank and the marks left out"),
        pytest.param("x ây dựng đảng", "xây dựng đảng", id="a blank too many"),
    ],
)
def test_a_slip_is_mended(typed: str, wanted: str) -> None:
    assert meant(typed)[:1] == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        *("xây dựng đảng", "khánh hoà", "người dân việt nam", "để dành tiền", "giành giải nhất", "con người"),
        *("facebook", "covid 19", "tp hcm", "năm 2020", "qwertyuiop", "h5n1", "x"),
    ],
)
def test_what_is_likeliest_as_it_stands_is_left_alone(text: str) -> None:
    assert meant(text) == []


def test_y_for_i_is_no_correction() -> None:
    assert meant("kĩ thuật") == meant("kỹ thuật") == []
    assert meant("kỉ thuật")[0] in {"kĩ thuật", "kỹ thuật"}


def test_a_word_the_archive_has_often_is_dearer_to_change_than_one_it_hardly_has() -> None:
    often, seldom = lexicon_of([*["sữa tươi"] * 9, *["sửa nhà"] * 9]), lexicon_of([*["sữa tươi"] * 99, "sửa nhà"])
    assert corrections(often, ("sửa",), 1) == []
    assert corrections(seldom, ("sửa",), 1) == [("sữa",)]


def test_the_likelier_correction_comes_first_and_none_twice() -> None:
    found = meant("xây dung dang", 20)
    assert found[0] == "xây dựng đảng"
    assert len(found) == len({*found}) > 2
    assert "xây dung dang" not in found
    assert found[:2] == meant("xây dung dang", 2)


@pytest.mark.parametrize("text", ["xay dung dang", "nuoc thai", "vuon hoa"])
def test_without_any_mark_every_spelling_is_found_already(text: str) -> None:
    assert meant(text) == []


@pytest.mark.parametrize(("typed", "wanted"), [("su ly nuoc", "xử lý nước"), ("xay dung dnag", "xây dựng đảng")])
def test_without_any_mark_letters_are_put_right(typed: str, wanted: str) -> None:
    assert meant(typed)[:1] == [wanted]


def test_an_empty_archive_and_an_empty_query_have_no_corrections() -> None:
    assert corrections(lexicon_of([]), ("sử", "lý"), 3) == []
    assert corrections(archive(), (), 3) == []


KNOWN = sorted({term for sentence in SENTENCES for term in terms_of(sentence)})
ANY_WORD = st.one_of(
    st.sampled_from(KNOWN),
    st.sampled_from(sorted({*map(fold, KNOWN)})),
    st.sampled_from(sorted(legal_syllables())),
    st.text(min_size=1, max_size=12),
)


@given(st.lists(ANY_WORD, max_size=5))
def test_whatever_is_typed_corrections_are_words_and_not_what_was_typed(typed: list[str]) -> None:
    for run in corrections(archive(), typed, 3):
        assert run != tuple(typed)
        assert all(word in typed or archive().frequency(word) for word in run)
