"""Which words at the end of a search box are being typed."""

from __future__ import annotations

import pytest

from indexer.querying.typing_end import Scope, TypingEnd, find_typing_end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", TypingEnd("", "")),
        ("xây d", TypingEnd("", "xây d")),
        ("  xây   d", TypingEnd("  ", "xây d")),
        ("xây ", TypingEnd("", "xây ")),
        ("mưa OR xây d", TypingEnd("mưa OR ", "xây d")),
        ("mưa -xâ", TypingEnd("mưa -", "xâ", is_excluded=True, takes_one=True)),
        ("mưa NOT xâ", TypingEnd("mưa NOT ", "xâ", is_excluded=True, takes_one=True)),
        ('mưa -"xây d', TypingEnd('mưa -"', "xây d", closing='"', is_excluded=True)),
        ("mưa -xây cầu v", TypingEnd("mưa -xây ", "cầu v")),
        ("mưa -xây ", TypingEnd("mưa -xây ", "")),
        ('-"xây dựng" đả', TypingEnd('-"xây dựng" ', "đả")),
        ("(mưa | xây d", TypingEnd("(mưa | ", "xây d")),
        ('mưa "xây d', TypingEnd('mưa "', "xây d", closing='"')),
        ('"xây dựng" đả', TypingEnd('"xây dựng" ', "đả")),
        ('"xây dựng"~5 đả', TypingEnd('"xây dựng"~5 ', "đả")),
        ("mưa tiêu đề:xây d", TypingEnd("mưa ", "xây d", field="tiêu đề:", takes_one=True)),
        ('tiêu đề:"xây d', TypingEnd("", "xây d", field='tiêu đề:"', closing='"')),
        ("mưa tác giả:đình l", TypingEnd("mưa ", "đình l", Scope.AUTHOR, "tác giả:")),
        ('tac gia:"đình l', TypingEnd("", "đình l", Scope.AUTHOR, 'tac gia:"', '"')),
        ("mưa ngày:20", TypingEnd("mưa ", "20", Scope.DATE, "ngày:")),
        ("mưa OR ", TypingEnd("mưa OR ", "")),
        ("covid-19", TypingEnd("", "covid-19")),
    ],
)
def test_the_end_of_a_question(text: str, expected: TypingEnd) -> None:
    assert find_typing_end(text) == expected


def test_only_the_words_being_typed_are_replaced() -> None:
    assert find_typing_end('mưa -"xây d').replaced("xây dựng") == 'mưa -"xây dựng"'
    assert find_typing_end("mưa OR xây d").replaced("xây dựng") == "mưa OR xây dựng"


def test_several_words_are_quoted_where_only_the_first_would_be_meant() -> None:
    assert find_typing_end("mưa tiêu đề:xây d").replaced("xây dựng") == 'mưa tiêu đề:"xây dựng"'
    assert find_typing_end("mưa -xâ").replaced("xây dựng") == 'mưa -"xây dựng"'
    assert find_typing_end("mưa -xâ").replaced("xây") == "mưa -xây"
