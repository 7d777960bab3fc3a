"""Counts put together, as the staff who read them expect."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.searches.counts import Tallies, Tally, count_questions, question_key, shorten

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.mark.parametrize("typed", ["Khánh Hòa", "khánh hoà", "KHÁNH  HOÀ", "Kha\u0301nh Hòa"])
def test_capitals_blanks_and_the_place_of_the_tone_make_no_other_question(typed: str) -> None:
    assert question_key(typed) == question_key("khánh hòa")


@pytest.mark.parametrize("other", ["khanh hoa", '"khánh hòa"', "khánh hoa", "khánh hòa -biển"])
def test_other_marks_and_signs_do(other: str) -> None:
    assert question_key(other) != question_key("khánh hòa")


def test_a_question_is_shown_as_it_was_typed_most_often_with_what_it_found_last() -> None:
    days = [
        (MONDAY, Tallies((Tally("KHÁNH HÒA", 2, 5), Tally("khánh hoà", 1, 5)))),
        (TUESDAY, Tallies((Tally("khánh hoà", 3, 7),), others=4)),
    ]
    (asked,) = count_questions(days).questions
    assert (asked.text, asked.count, asked.found, asked.days, asked.last_day) == ("khánh hoà", 6, 7, 2, TUESDAY)
    assert count_questions(days).total == 10


def test_the_most_frequent_come_first_and_those_without_result_can_be_told() -> None:
    counts = count_questions([(MONDAY, Tallies((Tally("lúa", 1, 3), Tally("lùa", 2, 0), Tally("cá", 5, 1))))])
    assert [each.text for each in counts.questions] == ["cá", "lùa", "lúa"]
    assert [each.text for each in counts.without_result] == ["lùa"]


def test_what_is_left_out_is_still_counted() -> None:
    tallies = Tallies((Tally("cá", 3, 1), Tally("CÁ", 1, 1), Tally("lúa", 2, 3), Tally("Nguyễn Văn A", 1, 0)), 2)
    assert shorten(tallies, least=2) == Tallies((Tally("cá", 4, 1), Tally("lúa", 2, 3)), 3)
    assert shorten(tallies, most=1) == Tallies((Tally("cá", 4, 1),), 5)
