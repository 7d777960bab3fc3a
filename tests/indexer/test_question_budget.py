"""What a question may cost: each step that takes more than a moment heeds the budget."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.answering import Answerer
from indexer.budget import Budget, BudgetSpent
from indexer.documents import to_document
from indexer.engines.memory import MemoryEngine
from indexer.model import Article, OfferKind, SearchRequest
from indexer.querying.synonyms import no_synonyms
from indexer.question import LONGEST_CORRECTED, Question

OVERDRAWN = Budget(60.0, -1.0)
"""Nothing more is worked out."""

SPENT = Budget(-1.0)
"""What is under way goes on, nothing new is begun."""


@pytest.fixture
def answerer() -> Answerer:
    engine, folder = MemoryEngine(), Path("one")
    engine.create(folder)
    writer = engine.writer(folder)
    texts = ["Xử lý vi phạm."] * 9 + ["Sử dụng đất."] * 9
    for number, text in enumerate(texts):
        writer.add(to_document(Article(str(number), "", "", (text,), (), (), None), "", ""))
    writer.commit()
    return Answerer(engine.searcher(folder), no_synonyms)


@pytest.mark.parametrize("text", ["xu ly", "xử vi*", "xu* ly*", "xử v?m"])
def test_planning_is_broken_off(answerer: Answerer, text: str) -> None:
    assert answerer.question(text).planned
    with pytest.raises(BudgetSpent):
        _ = answerer.question(text, OVERDRAWN).planned


def test_so_is_thinking_of_corrections(answerer: Answerer) -> None:
    assert [*answerer.question("xư dung").corrections()]
    with pytest.raises(BudgetSpent):
        _ = [*answerer.question("xư dung", OVERDRAWN).corrections()]


def test_a_passage_is_not_corrected(answerer: Answerer) -> None:
    def corrected(words: int) -> list[str]:
        return [*answerer.question(" ".join(["xư", "dung"] * (words // 2))).corrections()]

    assert corrected(LONGEST_CORRECTED)
    assert not corrected(LONGEST_CORRECTED + 2)


def test_nothing_is_offered_when_the_time_for_it_is_over(answerer: Answerer) -> None:
    in_time, late = (answerer.answer(SearchRequest("xư dụng"), budget) for budget in (Budget(None), SPENT))
    assert [offer.kind for offer in in_time.offers] == [OfferKind.CORRECTION]
    assert (late.matches, late.offers) == (in_time.matches, ())


def spent(_: Question) -> list[str]:
    raise BudgetSpent


def test_offers_found_before_time_ran_out_are_kept(answerer: Answerer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Question, "spellings", spent)
    found = answerer.answer(SearchRequest("xư dung"), Budget(None))
    assert [offer.kind for offer in found.offers] == [OfferKind.CORRECTION]


def test_a_question_not_read_in_time_is_answered_with_nothing_and_called_partial(answerer: Answerer) -> None:
    found = answerer.answer(SearchRequest("xử vi*"), OVERDRAWN)
    assert (found.matches.total, found.matches.is_partial, found.offers) == (0, True, ())


def test_nothing_is_taken_in_place_of_a_question_when_time_runs_out(
    answerer: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert answerer.answer(SearchRequest("sử dung"), Budget(None)).searched == "sử dụng"
    monkeypatch.setattr(Question, "attested_spellings", spent)
    assert answerer.answer(SearchRequest("sử dung"), Budget(None)).searched == "sử dung"
