"""What a word with wildcards stands for."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.querying.wildcards import beginning_of, fitting, patterns_of

TERMS = "hoa hoà hoá hứa hua hoan hoàn hoang ha thuỷ thủ thu thông thống thăng nghìn nghẽn covid 19 193 1".split()


def words(pattern: str, *, any_marks: bool = False) -> str:
    return " ".join(fitting(pattern, TERMS, any_marks=any_marks))


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("h?a", "hoa hoà hoá hứa hua"),
        ("h?", "ha"),
        ("ho?n", "hoan hoàn"),
        ("hoa?*", "hoan hoàn hoang"),
        ("hoa*", "hoa hoà hoá hoan hoàn hoang"),
        ("th?ng", "thông thống thăng"),
        ("th*ng", "thông thống thăng"),
        ("h??n", "hoan hoàn"),
        ("19?", "193"),
    ],
)
def test_unmarked_letters_stand_for_any_marks_in_an_open_query(pattern: str, found: str) -> None:
    assert words(pattern, any_marks=True) == found


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("h?a", "hoa hoà hoá hứa hua"),  # hòa and hóa in the old style
        ("hò?", "hoà"),
        ("ho?", "hoa hoà hoá"),
        ("hoà*", "hoà hoàn"),
        ("thủ*", "thuỷ thủ"),
        ("th?ng", "thông thống thăng"),
        ("thố*g", "thống"),
        ("ngh?n", "nghìn nghẽn"),
        ("hưa*", ""),
    ],
)
def test_marks_count_as_typed_in_either_style_of_tone_placement(pattern: str, found: str) -> None:
    assert words(pattern) == found


@pytest.mark.parametrize(
    ("text", "patterns"),
    [
        ("xây*", ["xây*"]),
        ("H?A", ["h?a"]),
        ("Covid-1?", ["covid", "1?"]),
        ("Cov?d-19*", ["cov?d", "19*"]),
        ("hòa-ngh?n*", ["hoà", "ngh?n*"]),
        ("1.00?*", ["1.00?*"]),
        ("ho\N{COMBINING GRAVE ACCENT}?", ["hò?"]),
    ],
)
def test_a_word_is_taken_apart_as_without_wildcards(text: str, patterns: list[str]) -> None:
    assert patterns_of(text) == patterns


def test_a_pattern_begins_with_its_letters() -> None:
    assert [beginning_of(pattern) for pattern in ("xây*", "h?a", "th*n?g")] == ["xây", "h", "th"]


@given(st.text("ab*?", min_size=1, max_size=8), st.text("abà", max_size=8))
@settings(deadline=None)
def test_wildcards_mean_what_they_say(pattern: str, term: str) -> None:
    expected = re.fullmatch(pattern.replace("?", ".").replace("*", ".*"), term.replace("à", "a")) is not None
    assert (fitting(pattern, [term], any_marks=True) == [term]) == expected


def test_many_stars_take_no_more_time_than_few() -> None:
    assert fitting("a" + "*a" * 60 + "b", ["a" * 64] * 100, any_marks=False) == []
