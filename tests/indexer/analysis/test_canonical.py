"""What canonical text is, whatever came in."""

from __future__ import annotations

import sys
import time
import unicodedata
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.canonical import canonical

ANY_TEXT = st.text(st.characters(exclude_categories=[]))
"""Lone surrogates, controls and unassigned code points included."""


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Tiê\u0301ng Viê\u0323t", "Tiếng Việt"),
        ("ho\u0300a", "hòa"),
        ("Ðảng, Ɖảng, ðảng, ɖảng", "Đảng, Đảng, đảng, đảng"),
        ("Ƣơng ƣớt", "Ương ướt"),
        ("Ƣ\u0301ng", "Ứng"),
        ("10\u00a0000\u202fđồng\u2007lẻ", "10 000 đồng lẻ"),
    ],
)
def test_every_spelling_of_a_letter_becomes_one(given: str, expected: str) -> None:
    assert canonical(given) == expected


@pytest.mark.parametrize(
    "invisible", ["\u200b", "\u200d", "\u200e", "\u00ad", "\ufeff", "\u2060", "\u202e", "\u2066", "\u2069"]
)
def test_invisible_characters_vanish_without_a_trace(invisible: str) -> None:
    assert canonical(f"xây{invisible} dự{invisible}ng{invisible}") == "xây dựng"
    assert canonical(f"e{invisible}\u0323{invisible}\u0302") == "ệ"


@pytest.mark.parametrize("control", ["\0", "\x01", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f", "\x9f"])
def test_control_characters_part_words(control: str) -> None:
    assert canonical(f"trang một{control}trang hai") == "trang một trang hai"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\u0085", "\u2028", "\u2029"])
def test_all_line_ends_become_one(line_end: str) -> None:
    assert canonical(f"dòng một{line_end}dòng\thai{line_end}{line_end}") == "dòng một\ndòng\thai\n\n"


def test_what_is_no_character_is_shown_as_such() -> None:
    assert canonical("\ud800a\udfffb\uffff") == "\ufffda\ufffdb\ufffd"
    assert canonical("\U0001f600") == "\U0001f600"


def test_ordinary_text_comes_back_as_it_is() -> None:
    text = "Ủy ban nhân dân xã Hạ Lộc – ngày 1/7: “nước lên 2,5 m”…"
    assert canonical(text) is text


@given(ANY_TEXT)
@settings(deadline=None)
def test_canonical_text_is_canonical_already(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)


def test_every_code_point_beside_a_letter_and_a_mark_is_settled_in_one_pass() -> None:
    for start in range(0, sys.maxunicode + 1, 0x1000):
        text = "".join(f"o{chr(code)}\u0323 " for code in range(start, start + 0x1000))
        once = canonical(text)
        assert canonical(once) == once
        assert unicodedata.is_normalized("NFC", once)


@given(ANY_TEXT)
@settings(deadline=None)
def test_canonical_text_can_be_written_as_utf8_and_xml(text: str) -> None:
    clean = canonical(text)
    assert clean.encode("utf-8").decode("utf-8") == clean
    parsed = ElementTree.fromstring(f"<text>{escape(clean)}</text>").text  # noqa: S314 - our own text
    assert (parsed or "") == clean


def test_endless_stacks_of_marks_cost_no_more_than_their_length() -> None:
    text = "nước" + "\u0301\u0323" * 100_000 + " lũ"
    started = time.process_time()
    clean = canonical(text)
    assert time.process_time() - started < 5
    assert clean.startswith("nướ")
    assert clean.endswith(" lũ")
    assert len(clean) < 50


def test_marks_of_real_words_are_never_too_many() -> None:
    assert canonical("a\u0301\u0323" * 1000) == "ạ\u0301" * 1000
