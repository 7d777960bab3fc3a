"""Answers are kept, but never too many."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from indexer.analysis.memo import LONGEST_KEPT, Memo


class Asked:
    """Answers with the capitals of a text, and remembers what it was asked."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, text: str) -> str:
        self.texts.append(text)
        return text.upper()


def test_an_answer_is_worked_out_once() -> None:
    asked = Asked()
    memo = Memo(asked, 4)
    assert [memo[text] for text in ["a", "b", "a", "a", ""]] == ["A", "B", "A", "A", ""]
    assert asked.texts == ["a", "b", ""]


def test_what_is_used_often_stays_and_the_rest_is_forgotten() -> None:
    asked = Asked()
    memo = Memo(asked, 4)
    for number in range(100):
        assert memo["often"] == "OFTEN"
        assert memo[f"once {number}"] == f"ONCE {number}"
    assert asked.texts.count("often") == 1
    assert memo["once 0"] == "ONCE 0"
    assert asked.texts.count("once 0") == 2


def test_never_more_than_two_generations_are_held() -> None:
    memo = Memo(str.upper, 4)
    for number in range(100):
        _ = memo[str(number)]
        assert memo.held() <= 8


def test_long_texts_are_answered_but_not_kept() -> None:
    asked = Asked()
    memo = Memo(asked, 4)
    long = "x" * (LONGEST_KEPT + 1)
    assert memo[long] == memo[long] == long.upper()
    assert asked.texts == [long, long]
    assert memo.held() == 0


def test_threads_get_the_answers_to_their_own_questions() -> None:
    memo = Memo(str.upper, 8)

    def ask(first: int) -> bool:
        return all(memo[f"t{number % 50}"] == f"T{number % 50}" for number in range(first, first + 5000))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(8)))
