"""The sentences of an explanation are complete in both languages and never fail."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import indexer
from indexer.explanation import Kind, Part, Place, Reason
from indexer.model import FACETS
from indexer.reasons import CODES, KINDS, MOST_PLACES, PARTS, points_text, text

SOURCES = [path.read_text(encoding="utf-8") for path in (Path(indexer.__file__).parent / "explaining").glob("*.py")]


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", CODES)
def test_both_languages_tell_the_same_places_and_differ(code: str) -> None:
    vietnamese, english = CODES[code]
    assert placeholders(vietnamese) == placeholders(english)
    assert vietnamese != english
    assert vietnamese.endswith((".", ")."))
    assert english.endswith(".")


def test_every_part_and_every_kind_of_points_has_its_words() -> None:
    assert PARTS.keys() == set(Part)
    assert KINDS.keys() == set(Kind)
    assert points_text(Kind.COMPOUNDS, "xây dựng") == "Từ ghép “xây dựng”"
    assert points_text(Kind.COMPOUNDS, "xây dựng", "en") == "The compound “xây dựng”"


def test_every_code_that_is_given_can_be_told() -> None:
    given = {code for source in SOURCES for code in re.findall(r'Reason\(\s*"(\w+)"', source)}
    assert len(given) > 15
    assert given <= CODES.keys()
    for facet in FACETS:
        for what in ("chosen", "not_chosen", "excluded", "not_excluded"):
            assert f"{facet}_{what}" in CODES


def test_places_are_told_in_the_language_with_how_often() -> None:
    reason = Reason("stands", {"word": "xây"}, (Place(Part.TITLE), Place(Part.PARAGRAPH, 3, 2), Place(Part.CAPTION, 1)))
    assert text(reason) == "“xây” có ở tiêu đề, đoạn 3 (2 lần), chú thích ảnh 1."
    assert text(reason, "en") == "“xây” stands in the title, paragraph 3 (2×), caption 1."


def test_very_many_places_are_counted_instead_of_named() -> None:
    places = tuple(Place(Part.PARAGRAPH, number) for number in range(1, 20))
    told = text(Reason("stands", {"word": "xây"}, places))
    assert f"đoạn {MOST_PLACES}, {19 - MOST_PLACES} chỗ khác" in told
    assert f"đoạn {MOST_PLACES + 1}" not in told


def test_numbers_of_articles_are_written_as_the_language_does() -> None:
    reason = Reason("found_at", {"rank": "12", "total": "50508"})
    assert "thứ 12 trong 50.508 bài" in text(reason)
    assert "number 12 of 50,508" in text(reason, "en")
    assert "năm 2020" in text(Reason("year_chosen", {"value": "2020"}))


def test_a_missing_value_and_an_unknown_code_raise_nothing() -> None:
    assert text(Reason("absent"), "en") == "“…” does not stand in the article."
    assert text(Reason("no_such_code")) == "no_such_code"
    assert "{word}" in text(Reason("absent", {"asked": "{word}"}))
