"""Lit text: nothing of the text is lost, nothing of it becomes markup."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.markup import lit

RANGES = st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40)), max_size=8)


def lit_places(markup: str) -> set[int]:
    """Which characters of the text stand inside <mark>."""
    places: set[int] = set()
    length = 0
    inside = False
    for part in re.split(r"(</?mark>)", markup):
        if part in {"<mark>", "</mark>"}:
            assert inside == (part == "</mark>")
            inside = not inside
            continue
        text = html.unescape(part)
        places |= set(range(length, length + len(text))) if inside else set()
        length += len(text)
    return places


@pytest.mark.parametrize(
    ("text", "ranges", "expected"),
    [
        ("xây dựng", [(0, 3), (4, 8)], "<mark>xây</mark> <mark>dựng</mark>"),
        ("<b>&", [(0, 3)], "<mark>&lt;b&gt;</mark>&amp;"),
        ("abc", [(1, 99), (0, 2)], "<mark>abc</mark>"),
        ("abc", [(2, 2), (3, 1)], "abc"),
        ("", [(0, 1)], ""),
    ],
)
def test_ranges_are_lit(text: str, ranges: list[tuple[int, int]], expected: str) -> None:
    assert lit(text, ranges) == expected


@given(st.text(alphabet=st.sampled_from("<>&\"'aầ "), max_size=40), RANGES)
def test_exactly_the_ranges_are_lit_and_the_text_survives(text: str, ranges: list[tuple[int, int]]) -> None:
    markup = str(lit(text, ranges))
    assert html.unescape(re.sub(r"</?mark>", "", markup)) == text
    wanted = {place for start, end in ranges for place in range(max(0, start), end)}
    assert lit_places(markup) == wanted & set(range(len(text)))
