"""How a `corrections.toml` is read: strictly, and never so that one slip takes the rest with it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.clinic.corrections_file import parse_corrections
from indexer.problems import Correction, ProblemKind

GOOD = '["b"]\ntitle = "Tựa đúng"\n'


def test_an_entry_says_what_it_changes() -> None:
    text = """
# Lan: see the paper
["2020-07-01-x"]
published = "1/7/2020"
authors = ["Lan Chi"]
title = "Một tựa"
lead = ""
section = "Đời sống"
captions = []
accept = ["no-byline", "very-short"]
note = "theo báo in"
"""
    parsed = parse_corrections(text)
    assert parsed.entries == {
        "2020-07-01-x": Correction(
            published="1/7/2020",
            authors=("Lan Chi",),
            title="Một tựa",
            lead="",
            section="Đời sống",
            captions=(),
            accept=(ProblemKind.NO_BYLINE, ProblemKind.VERY_SHORT),
            note="theo báo in",
        )
    }
    assert parsed.complaints == ()
    assert parsed.lines == {"2020-07-01-x": 3}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("published = 2020-07-01", Correction(published="2020-07-01")),
        ("published = 2020-07-01T10:07:00+07:00", Correction(published="2020-07-01T10:07:00+07:00")),
        ('published = ""', Correction(published="")),
        ('authors = "Lan Chi"', Correction(authors=("Lan Chi",))),
        ("authors = []", Correction(authors=())),
    ],
)
def test_short_ways_of_writing_are_understood(written: str, read: Correction) -> None:
    assert parse_corrections(f'["a"]\n{written}\n').entries == {"a": read}


@pytest.mark.parametrize(
    ("written", "line", "said"),
    [
        ('["a"]\npublished = "31/2/2020"', 1, "'31/2/2020' for a date"),
        ('["a"]\nauthor = "Lan Chi"', 1, "'author', which is none of"),
        ('["a"]\ntitle = 12', 1, "title that is not text"),
        ('["a"]\ntitle = "..."', 1, "no title"),
        ('["a"]\nauthors = [1]', 1, "no list of texts"),
        ('["a"]\nauthors = [""]', 1, "author without a name"),
        ('["a"]\ncaptions = [" "]', 1, "caption without words"),
        ('["a"]\naccept = ["no-title"]', 1, "'no-title' is not a valid"),
        ('\n["a"]\ntitle = "x', 3, "is not TOML"),
        ('["a"]\ntitle = x', 2, "is not TOML"),
        ('["a"]\ntitle = "x"\n["a"]\nlead = "y"', 3, "comes twice"),
        (f'["a"]\ntitle = {"9" * 5000}', 1, "is not TOML"),
        (f'["a"]\nauthors = {"[" * 5000}', 1, "nested too deeply"),
    ],
)
def test_a_bad_entry_is_named_by_its_line_and_the_others_count(written: str, line: int, said: str) -> None:
    parsed = parse_corrections(f"{written}\n{GOOD}")
    ((place, reason),) = parsed.complaints
    assert (place, said in reason) == (line, True), reason
    assert parsed.entries["b"] == Correction(title="Tựa đúng")


@pytest.mark.parametrize("written", ["a.b = 1", "x = 1", "[a.b]\ntitle = 'x'", "[[a]]\ntitle = 'x'"])
def test_what_is_no_entry_is_told(written: str) -> None:
    parsed = parse_corrections(f"{written}\n{GOOD}")
    assert parsed.complaints
    assert [*parsed.entries] == ["b"]


def test_a_head_within_a_text_of_several_lines_is_no_entry() -> None:
    parsed = parse_corrections(f'["a"]\nnote = """\n["c"]\n"""\n{GOOD}')
    assert parsed.lines == {"a": 1, "b": 5}


def test_a_key_without_end_is_not_followed() -> None:
    parsed = parse_corrections(f"\n{'a.' * 500_000}a = 1\n")
    assert [line for line, _ in parsed.complaints] == [2]
    assert not parse_corrections(
        '["a"]\nnote = "v.v............................................................"'
    ).complaints


def test_of_a_file_full_of_slips_the_first_hundred_are_told() -> None:
    parsed = parse_corrections("".join(f'["{number}"]\ntitle = 1\n' for number in range(250)))
    assert len(parsed.complaints) == 101
    assert "150 more" in parsed.complaints[-1][1]


PIECES = [
    '["a"]',
    "['b']",
    "[c]",
    "\n",
    "=",
    '"',
    '"""',
    "'''",
    "title",
    "#",
    "[[",
    "]]",
    "{",
    "2020-07-01",
    "\\u",
    "\r\n",
]


@given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join) | st.binary().map(lambda raw: raw.decode("latin-1")))
@example("[" * 3000)
@example("a=" + "{a=" * 3000)
def test_any_text_is_read_calmly(text: str) -> None:
    parsed = parse_corrections(text)
    assert parsed.broken.isdisjoint(parsed.entries)
    assert all(line is None or 1 <= line <= text.count("\n") + 1 for line, _ in parsed.complaints)
