"""How words before others are spelled, and what follows them."""

from __future__ import annotations

from indexer.suggesting.before import WordsBefore
from tests.indexer.small_archives import searcher_of

WORDS = searcher_of(
    [*["ở làng đồng kỵ"] * 9, *["lắng nghe"] * 9, "lặng nghe", *["mã đồng", "má đồng"] * 9, "đồng ý", "động kinh"]
).lexicon


def test_what_follows_says_how_the_words_before_are_spelled() -> None:
    assert WordsBefore(WORDS, ("o", "lang")).spelled("đồng") == [("ở", "làng")]
    assert {("làng",), ("lắng",)} <= {*WordsBefore(WORDS, ("lang",)).spelled("zzz")}


def test_spellings_that_are_about_as_likely_are_all_given() -> None:
    assert {*WordsBefore(WORDS, ("ma",)).spelled("đồng")} == {("mã",), ("má",)}
    assert WordsBefore(WORDS, ("má",)).spelled("đồng") == [("má",)], "marks are kept"


def test_words_that_the_archive_does_not_know_stay() -> None:
    assert WordsBefore(WORDS, ("x1", "lang")).spelled("đồng") == [("x1", "làng")]


def test_only_what_stands_right_after_follows_and_the_likeliest_comes_first() -> None:
    after = ("ý", "kinh", "kỵ", "nghe", "zzz")
    assert WordsBefore(WORDS, ("lang", "dong")).likely_next(after, 9) == ["kỵ", "ý", "kinh"]
    assert WordsBefore(WORDS, ("đồng",)).likely_next(after, 1) == ["kỵ"]
    assert WordsBefore(WORDS, ("đồng",)).likely_next(("zzz",), 9) == []
