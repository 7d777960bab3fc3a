"""Queries typed with the input method off are read as meant; all others are left alone."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.canonical import canonical
from indexer.analysis.syllables import fold, has_marks, legal_syllables
from indexer.querying.keystrokes import decode_keystrokes
from indexer.querying.parser import OPERATORS

NEWSPAPER = {
    **dict.fromkeys("xây dựng đảng hoà bình nhà năm bão tiêu đề văn phòng cầu ở cả sẽ là việt nam".split(), 9000),
    **dict.fromkeys("và của tãi môn í mít bõ".split(), 60),
    **dict.fromkeys("taxi facebook windows deadline covid19 h5n1 u19 box is moon car sex 2020 nam".split(), 300),
}
"""Articles, of 40,000, that hold a word."""


def decode(text: str, archive: Mapping[str, int] = NEWSPAPER, articles: int = 40_000) -> str | None:
    return decode_keystrokes(text, lambda term: archive.get(term, 0), articles)


# What is read as meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("xaay duwngj ddangr", "xây dựng đảng"),
        ("xa6y du75ng d9a3ng", "xây dựng đảng"),
        ("xa^y du+.ng dda?ng", "xây dựng đảng"),
        ("ddi", "đi"),
        ("hoaf binhf nam 2020", "hòa bình nam 2020"),
        ("xaay xoong", "xây xoong"),
        ("ddo' co'", "đó có"),
        ("vawn phongf facebook", "văn phòng facebook"),
        ("xaay nhaf zzyzx", "xây nhà zzyzx"),
        ("xaay taxi", "xây taxi"),
    ],
)
def test_words_are_decoded_by_the_method_that_explains_most(typed: str, meant: str) -> None:
    assert decode(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Xaay DDangr", "Xây Đảng"),
        ("Xaay Ddangr", "Xây Đảng"),
        ("XAAY DUWNGJ", "XÂY DỰNG"),
        ("XA6Y D9A3NG", "XÂY ĐẢNG"),
        ("Xa^y DDA?NG", "Xây ĐẢNG"),
    ],
)
def test_capitals_are_kept(typed: str, meant: str) -> None:
    assert decode(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ('"xaay duwngj"~5 OR nhaf', '"xây dựng"~5 OR nhà'),
        ("(xaay | nhaf) -baox", "(xây | nhà) -bão"),
        ('"xa^y du+.ng"~5 OR (nha` -ba~o)', '"xây dựng"~5 OR (nhà -bão)'),
        ("tieu de:baox ngay:2020 tac gia:Namf", "tieu de:bão ngay:2020 tac gia:Nàm"),
        ("tiêu đề:baox", "tiêu đề:bão"),
        ("title:(baox) -author: nhaf", "title:(bão) -author: nhà"),
        ("tieeu ddeef:baox", "tiêu đề:bão"),
        ("xaay duwn* nh?f baox*", "xây duwn* nh?f baox*"),
        ("xaay duwngj, dduwowngf?", "xây dựng, đường?"),
        ("xaay OR (NOT nhaf)", "xây OR (NOT nhà)"),
    ],
)
def test_all_but_the_words_stays(typed: str, meant: str) -> None:
    assert decode(typed) == meant


# What is left alone


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ... ",
        "xây dựng đảng",
        "xay dung dang",
        "xây duwngj",
        "cả đảng facebook",
        "the nao?",
        "cau o la gi. nha",
        "viet nam 2020 u19",
        "hoà box",
        "OR NOT AND",
        "new york times",
        "vnexpress.net",
        "TP.HCM U.S. WTO AFF",
        "xa*y x?",
    ],
)
def test_a_query_typed_properly_is_not_touched(typed: str) -> None:
    assert decode(typed) is None


@pytest.mark.parametrize("word", "deadline taxi covid19 h5n1 u19 facebook windows box is moon car sex".split())
def test_foreign_words_that_the_archive_holds_stay(word: str) -> None:
    assert decode(word) is None
    assert decode(f"{word} nam 2020") is None


@pytest.mark.parametrize("word", "deadline covid19 h5n1 u19 g20 facebook windows internet marathon".split())
def test_foreign_words_that_are_no_keystrokes_stay_in_any_archive(word: str) -> None:
    assert decode(word, {}, 0) is None
    assert decode(word, {}, 50) is None


def test_an_archive_that_does_not_hold_a_word_cannot_tell_taxi_from_keystrokes() -> None:
    assert decode("taxi", {}, 50) == "tãi"
    assert decode("taxi", {"taxi": 1}, 50) is None
    assert decode("taxi", {"taxi": 1, "tãi": 21}, 50) is None, "among so few articles one is not rare"


def test_a_foreign_word_that_is_common_is_decoded_only_beside_one_that_is_rare() -> None:
    archive = {"car": 300, "cả": 9000, "xây": 9000}
    assert decode("car", archive) is None
    assert decode("xaay car", archive) == "xây cả"
    assert decode("car", archive, 400_000) == "cả", "300 articles of 400,000 are few"


def test_a_word_that_its_syllable_hardly_outnumbers_is_decoded_only_beside_clearer_ones() -> None:
    archive = {"xây": 9000, "lee": 30, "lê": 600, "bus": 30, "bú": 29}
    assert decode("lee", archive) is None
    assert decode("lee", archive | {"lê": 601}) == "lê"
    assert decode("xaay lee", archive) == "xây lê"
    assert decode("xaay bus", archive) == "xây bus", "its syllable is the rarer one"


def test_a_syllable_stays_unless_the_other_is_far_more_frequent() -> None:
    assert decode("xoong", {}, 50) is None
    assert decode("xoong", {"xông": 21, "xoong": 1}) == "xông"


def test_words_of_another_language_outweigh_one_that_could_be_keystrokes() -> None:
    assert decode("white christmas is", {"í": 1}) is None
    assert decode("sex toys online", {"sẽ": 9000}, 20_000) is None


# What holds for any text

TEXTS = st.text() | st.lists(
    st.sampled_from([*'()"?*.:+^ -', " OR ", "tieu de:", "taxi ", "xaay ", "du75ng ", "dda?ng ", "nam ", "xây "])
).map("".join)


@given(TEXTS)
@settings(deadline=None)
def test_a_decoded_query_has_marks_and_is_settled(text: str) -> None:
    found = decode(text)
    if found is not None:
        assert found != canonical(text)
        assert has_marks(found)
        assert decode(found) is None


@given(st.lists(st.sampled_from(list(legal_syllables())), min_size=1, max_size=5).map(" ".join))
@settings(deadline=None)
def test_syllables_stay_with_and_without_marks_in_any_archive(query: str) -> None:
    bare = fold(query)
    for archive, articles in ((NEWSPAPER, 40_000), ({}, 50)):
        assert decode(query, archive, articles) is None
        assert decode(bare, archive, articles) is None
    assert not OPERATORS & set(query.split())
