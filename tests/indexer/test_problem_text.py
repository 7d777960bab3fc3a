"""What staff are told about problems."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer import problem_text
from indexer.clinic.correcting import FIELDS
from indexer.problems import Problem, ProblemKind


@pytest.mark.parametrize("kind", ProblemKind)
@pytest.mark.parametrize("tell", [problem_text.name, problem_text.why, problem_text.cure])
def test_every_kind_is_explained_in_both_languages(kind: ProblemKind, tell: Callable[..., str]) -> None:
    assert tell(kind)
    assert tell(kind, "en")
    assert tell(kind) != tell(kind, "en")


def test_a_cure_names_a_command_that_takes_this_kind() -> None:
    for kind in ProblemKind:
        for language in ("vi", "en"):
            cure = problem_text.cure(kind, language)
            assert "khobao fix" in cure
            assert "--accept" not in cure or f"--accept {kind}" in cure


def test_what_shows_a_problem_stands_behind_its_name() -> None:
    assert problem_text.what(Problem(ProblemKind.NO_DATE, "a", "a.txt"), "en") == "No date"
    unread = Problem(ProblemKind.NO_DATE, "a", "a.txt", "31/2/2020 {x}")
    assert problem_text.what(unread) == "Không có ngày: không đọc được “31/2/2020 {x}” thành ngày"
    assert (
        problem_text.what(Problem(ProblemKind.TWIN, "a", "a.txt", "b"), "en") == "The same article twice: the same as b"
    )


def test_a_day_is_told_as_the_language_writes_it() -> None:
    ahead = Problem(ProblemKind.FUTURE_DATE, "a", "a.txt", "2081-03-02")
    assert problem_text.what(ahead) == "Ngày ở tương lai: 2/3/2081"
    assert problem_text.what(ahead, "en") == "Date in the future: 2081-03-02"


def test_every_field_that_can_be_corrected_has_a_name() -> None:
    assert set(problem_text.FIELDS) == {*FIELDS, "accept"}
