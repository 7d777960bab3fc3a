"""An entry is written into a file, or taken out, and nothing else in it moves."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.clinic.corrections_edit import NotEditable, with_entry, without_entry
from indexer.clinic.corrections_file import parse_corrections
from indexer.problems import ACCEPTABLE, Correction, ProblemKind

OTHERS = """\
# What the desk agreed on
["a"]  # ask Lan
published = "1/7/2020"   # front page
authors = [
  "Lan Chi",  # she signed
]

# Kỳ: this one too
["b"]
title = 'Tựa'

# the end
"""


def test_a_new_file_begins_with_what_it_is() -> None:
    text = with_entry("", "x", Correction(title="Tựa “mới”"))
    assert text.startswith("# Các bài")
    assert text.endswith('\n\n["x"]\ntitle = "Tựa “mới”"\n')
    assert parse_corrections(text).entries == {"x": Correction(title="Tựa “mới”")}


def test_a_new_entry_comes_last() -> None:
    text = with_entry(OTHERS, "2020/x", Correction(accept=(ProblemKind.NO_BYLINE,)))
    assert text == OTHERS + '\n["2020/x"]\naccept = ["no-byline"]\n'


def test_an_entry_is_altered_where_it_stands() -> None:
    text = with_entry(OTHERS, "a", Correction(published="2/7/2020", authors=("Lan Chi",), lead="Mới"))
    assert text == OTHERS.replace('"1/7/2020"', '"2/7/2020"').replace("]\n\n# Kỳ", ']\nlead = "Mới"\n\n# Kỳ')


def test_an_entry_is_taken_out_and_the_comments_of_others_stay() -> None:
    assert without_entry(OTHERS, "a") == OTHERS[: OTHERS.index('["a"]')] + "\n" + OTHERS[OTHERS.index("# Kỳ") :]
    assert without_entry(OTHERS, "b") == OTHERS[: OTHERS.index('["b"]')] + "\n# the end\n"


def test_line_ends_stay_as_they_are() -> None:
    text = with_entry(OTHERS.replace("\n", "\r\n"), "x", Correction(title="T"))
    assert text.count("\r\n") == text.count("\n")
    assert text.replace("\r\n", "\n").startswith(OTHERS)


def test_what_is_a_line_end_to_others_but_not_to_toml_is_a_letter_of_a_text() -> None:
    text = '["a"]\nlead = "x\x85\u2028\x0by"\n\n["b"]\nlead = "z"\n'.replace("\x0b", "\\u000b")
    assert tomllib.loads(without_entry(text, "b")).keys() == {"a"}
    assert tomllib.loads(with_entry(text, "b", Correction(lead="mới")))["b"] == {"lead": "mới"}


@pytest.mark.parametrize(
    "written", ['"a" = { title = "Cũ" }\n', 'a.title = "Cũ"\n', 'a.title = "Cũ"\n[b]\nlead = "x"\n']
)
def test_entries_written_in_another_way_can_be_changed_too(written: str) -> None:
    others = {name: entry for name, entry in tomllib.loads(written).items() if name != "a"}
    assert tomllib.loads(with_entry(written, "a", Correction(title="Mới"))) == {"a": {"title": "Mới"}, **others}
    assert tomllib.loads(without_entry(written, "a")) == others


def test_a_file_that_is_no_toml_is_not_touched() -> None:
    with pytest.raises(NotEditable, match="is not TOML"):
        with_entry('["a"]\ntitle = "x\n', "b", Correction(title="T"))


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
CORRECTIONS = st.builds(
    Correction,
    title=st.none() | TEXTS,
    lead=st.none() | TEXTS,
    authors=st.none() | st.lists(TEXTS, max_size=3).map(tuple),
    accept=st.lists(st.sampled_from(ACCEPTABLE), max_size=2, unique=True).map(tuple),
    note=TEXTS,
)


@given(st.dictionaries(TEXTS, CORRECTIONS.filter(bool), max_size=3), TEXTS, CORRECTIONS.filter(bool))
def test_what_is_written_is_read_again_and_can_be_undone(
    others: dict[str, Correction], article_id: str, correction: Correction
) -> None:
    others.pop(article_id, None)
    text = ""
    for name, other in others.items():
        text = with_entry(text, name, other)
    before = tomllib.loads(text)
    written = with_entry(text, article_id, correction)
    said = tomllib.loads(written).pop(article_id)
    assert said.get("title") == correction.title
    assert tuple(said.get("accept", ())) == correction.accept
    assert tomllib.loads(without_entry(written, article_id)) == before
    assert written.startswith(text.rstrip())
