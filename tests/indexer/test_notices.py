"""What readers are told is complete in both languages and never fails."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Notice
from indexer.notices import CODES, REPLACED, text


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", CODES)
def test_both_languages_tell_the_same_values(code: str) -> None:
    vietnamese, english = CODES[code]
    assert placeholders(vietnamese) == placeholders(english)


@pytest.mark.parametrize("code", sorted(REPLACED))
def test_what_was_searched_instead_is_told_beside_what_was_typed(code: str) -> None:
    assert placeholders(CODES[code][0]) == {"typed", "searched"}


@pytest.mark.parametrize("code", CODES)
def test_sentences_are_whole_and_not_alike(code: str) -> None:
    assert all(sentence.endswith(".") for sentence in CODES[code])
    assert len(set(CODES[code])) == 2


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("vi", "Trong kho chưa có bài của tác giả “Nam”."),
        ("en", "The archive holds no article by “Nam”."),
        ("fr", "Trong kho chưa có bài của tác giả “Nam”."),
    ],
)
def test_notice_is_told_in_the_language_or_else_in_vietnamese(language: str, sentence: str) -> None:
    assert text(Notice("unknown_author", {"name": "Nam"}), language) == sentence


def test_missing_value_leaves_a_gap() -> None:
    assert text(Notice("unknown_author"), "en") == "The archive holds no article by “…”."


def test_unknown_code_is_shown_as_it_is() -> None:
    assert text(Notice("no_such_code")) == "no_such_code"


def test_braces_in_a_value_are_plain_text() -> None:
    assert "{word} {0}" in text(Notice("bad_date", {"date": "{word} {0}"}))


@given(st.sampled_from([*CODES, "?"]), st.dictionaries(st.text(), st.text()), st.text())
def test_telling_never_raises(code: str, values: dict[str, str], language: str) -> None:
    assert text(Notice(code, values), language)
