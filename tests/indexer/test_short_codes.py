"""Short codes: the same for ever, each leads to its article, and none is misread."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import short_codes
from indexer.short_codes import LENGTH, LETTERS, Codes, code_of

IDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)


def test_a_code_never_changes() -> None:
    assert code_of("2020-07-01-xay-dung-dang") == "dx4nsc3qff"
    assert code_of("bài/đầu tiên") == "xvggbmds1h"


@given(st.sets(IDS, max_size=30))
def test_every_article_is_found_by_its_code(ids: set[str]) -> None:
    codes = Codes(ids)
    for article_id in ids:
        code = code_of(article_id)
        assert len(code) == LENGTH
        assert set(code) <= set(LETTERS)
        assert article_id in codes.find(code)


@pytest.mark.parametrize(
    "copied", [str.upper, lambda code: code.replace("0", "O"), lambda code: code.replace("1", "l")]
)
def test_a_code_that_was_copied_by_hand_is_read_as_meant(copied: object) -> None:
    ids = [str(number) for number in range(200)]
    codes = Codes(ids)
    assert callable(copied)
    assert all(codes.find(copied(code_of(each))) == (each,) for each in ids)


@given(st.text(max_size=20))
def test_any_other_text_is_the_code_of_nothing(text: str) -> None:
    assert Codes(["a"]).find(text) == (("a",) if text == code_of("a") else ())
    assert Codes([]).find(text) == ()


def test_articles_that_share_a_code_are_all_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(short_codes, "_number", len)
    assert Codes(["bb", "aa", "c"]).find("0000000002") == ("aa", "bb")
