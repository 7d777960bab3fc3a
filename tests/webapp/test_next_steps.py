"""Looser versions of a question."""

from __future__ import annotations

import pytest

from webapp.next_steps import without_quotes


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ('"xây dựng"', "xây dựng"),
        ("“xây dựng” «cầu» phà", "xây dựng cầu phà"),
        ('"xây dựng', "xây dựng"),
        ('"xây dựng đảng"~5', "xây dựng đảng"),
        ('tiêu đề:"bão lũ"~3 -"cầu thủ"~10, 2020', "tiêu đề: bão lũ - cầu thủ , 2020"),
        ('"xây dựng" ~5 a~5 "b"~5c', "xây dựng ~5 a~5 b ~5c"),
        ("xây dựng ~5", ""),
        ('""~5', ""),
        ("", ""),
    ],
)
def test_quotation_marks_and_their_distances_are_taken_away(typed: str, plain: str) -> None:
    assert without_quotes(typed) == plain
