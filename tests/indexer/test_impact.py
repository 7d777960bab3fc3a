"""Two builds' answers compared: what is lost, and whose fault it is."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from indexer.impact import (
    Answer,
    Change,
    Fate,
    Gained,
    Impact,
    Latency,
    Lost,
    Move,
    PinState,
    Question,
    Source,
    compare,
    impact_as_json,
    latency,
    worst_first,
)


def answer(ids: Sequence[str], total: int | None = None, cpu_ms: float = 1.0) -> Answer:
    return Answer("lúa", len(ids) if total is None else total, tuple(ids), cpu_ms)


def compared(before: Sequence[str], after: Sequence[str], *, removed: Sequence[str] = (), pinned: str = "") -> Change:
    """Of two archives that hold all the articles there are, but for those removed from the new one."""
    question = Question("lúa", Source.FREQUENT, 3, pinned)
    old = {id_: f"Bài {id_}" for id_ in [*before, *removed]}
    new = {id_: f"Bài {id_}" for id_ in [*before, *after] if id_ not in removed}
    return compare(question, answer(before), answer(after), old.get, new.get)


def impact(*changes: Change) -> Impact:
    return Impact("old", "new", worst_first(changes), Latency(1, 2), Latency(1, 2), 0.1)


LETTERS = [f"{number:02}" for number in range(30)]


def test_the_same_answer_is_no_change() -> None:
    change = compared("abc", "abc")
    assert not change.is_change
    assert (change.loss, impact(change).changed) == (0.0, ())


def test_what_left_the_archive_is_told_from_what_is_no_longer_found() -> None:
    change = compared("abc", "b", removed="a")
    assert change.lost == (Lost("a", "Bài a", 1, Fate.REMOVED), Lost("c", "Bài c", 3, Fate.GONE))
    assert change.loss == 0.5, "of the two that are still there, one is lost"


def test_a_removal_alone_costs_nothing() -> None:
    change = compared("abc", "bc", removed="a")
    assert change.is_change
    assert change.loss == 0.0
    assert compared("a", "", removed="a").loss == 0.0


def test_what_only_fell_behind_others_is_found_again() -> None:
    change = compared(LETTERS[:20], [*LETTERS[1:25], LETTERS[0]])
    assert change.lost == (Lost("00", "Bài 00", 1, Fate.LOWER, 25),)
    assert change.loss == pytest.approx(0.1)


def test_what_left_the_first_twenty_from_below_the_best_ten_is_no_loss_of_the_best() -> None:
    change = compared(LETTERS[:20], [*LETTERS[:19], "new", LETTERS[19]])
    assert [each.new_rank for each in change.lost] == [21]
    assert change.loss == 0.0


def test_new_articles_are_told_from_old_ones_that_came_up() -> None:
    old, new = {"a": "A", "b": "B"}, {"a": "A", "b": "B", "c": "C"}
    change = compare(Question("q", Source.TITLE), answer("a"), answer("cab"), old.get, new.get)
    assert change.gained == (Gained("c", "C", 1, True), Gained("b", "B", 3, False))
    assert change.moves == (Move("a", 1, 2),)


@pytest.mark.parametrize(
    ("before", "after", "removed", "state"),
    [
        ("ab", "ba", "", PinState.KEPT),
        ("ab", "b", "", PinState.BROKEN),
        (["a"], [*LETTERS[:10], "a"], "", PinState.BROKEN),
        ("ab", "b", "a", PinState.UNMET),
        ("b", "b", "", PinState.UNMET),
        ("b", "ab", "", PinState.MENDED),
    ],
)
def test_a_pinned_article_must_stay_among_the_first_ten(
    before: Sequence[str], after: Sequence[str], removed: str, state: PinState
) -> None:
    assert compared(before, after, removed=removed, pinned="a").pin is state


def test_the_loss_is_the_average_over_the_questions_that_found_something() -> None:
    found = impact(compared("ab", "ab"), compared("ab", "a"), compared("", "ab"))
    assert found.loss_percent == 25.0
    assert not found.is_too_much(25)
    assert found.is_too_much(24)
    assert impact().loss_percent == 0.0


def test_a_broken_pin_is_always_too_much() -> None:
    found = impact(compared([*LETTERS[:10], "b"], [*LETTERS[1:12], LETTERS[0]], pinned="00"))
    assert found.loss_percent == 0.0
    assert len(found.broken) == 1
    assert found.is_too_much(100)


def test_the_worst_comes_first() -> None:
    half, moved, all_, same = compared("ab", "a"), compared("ab", "ba"), compared("ab", ""), compared("ab", "ab")
    broken = compared(LETTERS[:10], [*LETTERS[1:11], LETTERS[0]], pinned="00")
    assert worst_first([same, half, moved, broken, all_]) == (broken, all_, half, moved, same)


def test_latency_has_the_middle_and_the_slow_end() -> None:
    found = latency([answer("a", cpu_ms=float(number)) for number in range(1, 102)])
    assert (found.p50, found.p95) == (51.0, 96.0)
    assert latency([answer("a", cpu_ms=7.0)]) == Latency(7.0, 7.0)
    assert latency([]) == Latency(0.0, 0.0)


def test_as_json_it_counts_all_and_lists_the_worst() -> None:
    told = json.loads(
        json.dumps(impact_as_json(impact(compared("ab", "a"), compared("ab", ""), compared("a", "a")), 1))
    )
    assert (told["questions"], told["changed"], told["loss_percent"]) == (3, 2, 50.0)
    (worst,) = told["changes"]
    assert [(each["id"], each["fate"]) for each in worst["lost"]] == [("a", "gone"), ("b", "gone")]
