"""How words before others are spelled, and what follows them."""

from __future__ import annotations

from indexer.suggesting.before import WordsBefore
from tests.indexer.small_archives import searcher_of

WORDS = searcher_of(
    [*["ở làng đồng kỵ"] * 9, *["lắng nghe"] * 9, "lặng nghe", *["mã đồng", "má đồng"] * 9, "đồng ý", "động kinh"]
).lexicon


def test_what_follows_says_how_the_words_before_are_spelled() -> None:
    assert WordsBefore(WORDS, ("o", "lang")).sure_spelling("đồng") == ("ở", "làng")
    assert WordsBefore(WORDS, ("lang",)).sure_spelling("zzz") is None


def test_of_two_spellings_that_are_as_likely_neither_is_sure() -> None:
    assert WordsBefore(WORDS, ("ma",)).sure_spelling("đồng") is None
    assert WordsBefore(WORDS, ("má",)).sure_spelling("đồng") == ("má",), "marks are kept"


def test_words_that_the_archive_does_not_know_stay() -> None:
    assert WordsBefore(WORDS, ("x1", "lang")).sure_spelling("đồng") == ("x1", "làng")


def test_only_what_stands_right_after_follows_and_the_likeliest_comes_first() -> None:
    after = ("ý", "kinh", "kỵ", "nghe", "zzz")
    assert WordsBefore(WORDS, ("lang", "dong")).likely_next(after, 9) == ["kỵ", "ý", "kinh"]
    assert WordsBefore(WORDS, ("đồng",)).likely_next(after, 1) == ["kỵ"]
    assert WordsBefore(WORDS, ("đồng",)).likely_next(("zzz",), 9) == []
