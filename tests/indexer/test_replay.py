"""Which questions both builds are asked, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from indexer.archive import Archive
from indexer.impact import Fate, PinState, Question, Source
from indexer.model import Article, Listing
from indexer.replay import ENOUGH, LEAST_TIMES, MOST_FREQUENT, TITLES, choose_questions, replay
from indexer.searches.counts import AskedQuestion, SearchCounts
from indexer.searches.pinned import Pins, read_pins
from tests.indexer.small_archives import archive_of


def counts(*asked: tuple[str, int, int]) -> SearchCounts:
    return SearchCounts(tuple(AskedQuestion(text, times, found, 1, date.today()) for text, times, found in asked))


def texts(questions: Sequence[Question], source: Source) -> list[str]:
    return [question.text for question in questions if question.source is source]


def articles(count: int) -> Archive:
    return archive_of(*(Article(f"{number:03}", f"Tin số {number} về lúa gạo ngoài đồng") for number in range(count)))


def test_pinned_frequent_and_fruitless_questions_are_asked_in_this_order() -> None:
    pins = read_pins("bão số 9 => a\nKHÁNH HOÀ")
    asked = counts(("lúa", 9, 3), ("nước mặn", 5, 0), ("khánh hòa", 4, 2), ("Nguyễn Văn A", LEAST_TIMES - 1, 0))
    questions = choose_questions(pins, asked, articles(0))
    assert [(each.text, each.source, each.times, each.article_id) for each in questions] == [
        ("bão số 9", Source.PINNED, 0, "a"),
        ("KHÁNH HOÀ", Source.PINNED, 0, ""),
        ("lúa", Source.FREQUENT, 9, ""),
        ("nước mặn", Source.NO_RESULT, 5, ""),
    ]


def test_where_little_was_counted_titles_are_asked_always_the_same() -> None:
    questions = choose_questions(Pins(), counts(), articles(250))
    assert choose_questions(Pins(), counts(), articles(250)) == questions
    asked = texts(questions, Source.TITLE)
    assert len(asked) == len(set(asked)) == TITLES
    assert asked[0] == "tin số 0 về lúa"


def test_where_enough_was_counted_no_titles_are_and_the_number_is_bounded() -> None:
    asked = counts(*((f"câu {number}", 2, 1) for number in range(MOST_FREQUENT + ENOUGH)))
    questions = choose_questions(Pins(), asked, articles(3))
    assert (len(questions), texts(questions, Source.TITLE)) == (MOST_FREQUENT, [])


OLD = (Article("a", "Lúa mùa"), Article("b", "Lúa chiêm"), Article("c", "Cá biển"))


def test_both_builds_answer_as_they_answer_readers() -> None:
    new = archive_of(Article("a", "Mùa"), OLD[1], Article("d", "Lúa nếp"))
    questions = [Question("lua", Source.FREQUENT, 3), Question("lúa", Source.PINNED, article_id="a")]
    impact = replay([*questions, Question("cá", Source.FREQUENT)], archive_of(*OLD), new)
    by_text = {change.question.text: change for change in impact.changes}
    lost = {(each.id, each.title, each.fate) for each in by_text["lua"].lost}
    assert lost == {("a", "Lúa mùa", Fate.GONE)}
    assert [(each.id, each.is_new) for each in by_text["lua"].gained] == [("d", True)]
    assert by_text["lúa"].pin is PinState.BROKEN
    assert [each.fate for each in by_text["cá"].lost] == [Fate.REMOVED]
    assert (impact.loss_percent, impact.unasked) == (50.0, 0)


def test_the_time_it_takes_is_bounded_and_what_was_not_asked_is_told() -> None:
    archive = archive_of(*OLD)
    impact = replay([Question("lúa", Source.FREQUENT)] * 5, archive, archive, most_seconds=-1.0)
    assert (impact.changes, impact.unasked) == ((), 5)


def test_an_answer_that_is_cut_short_is_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    archive, hurried = archive_of(*OLD), archive_of(*OLD)
    monkeypatch.setattr(hurried, "listing", lambda _: Listing("lúa", 1, ("a",), is_partial=True))
    impact = replay([Question("lúa", Source.FREQUENT)], hurried, archive)
    assert (impact.changes, impact.unasked) == ((), 1)
