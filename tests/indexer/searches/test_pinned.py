"""The staff's list of pinned questions, as it is written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import PinnedUnreadable
from indexer.searches.pinned import MOST_PINNED, Pin, PinProblem, Pins, read_pinned, read_pins


def test_a_line_is_a_question_and_may_name_the_article_it_must_find() -> None:
    text = "\ufeff# Của tòa soạn\n\nxây dựng  Đảng\r\nbão số 9 => 2020/10/29/bao 9.txt  # mỗi năm\nC# là gì\n"
    assert read_pins(text).pins == (
        Pin(3, "xây dựng Đảng"),
        Pin(4, "bão số 9", "2020/10/29/bao 9.txt"),
        Pin(5, "C# là gì"),
    )
    assert read_pins(text).problems == ()


def test_a_question_may_stand_on_several_lines_with_an_article_on_each() -> None:
    assert len(read_pins("lúa => a\nlúa => b\nlúa").pins) == 3


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("=> bai", "lacks the question"),
        ("lúa =>", "lacks the article"),
        ("lúa => a => b", "a line for each"),
        ("l\ufffda", "UTF-8"),
        ("cá", "line 1"),
    ],
)
def test_a_wrong_line_is_named_with_the_reason_and_the_rest_counts(line: str, reason: str) -> None:
    found = read_pins(f"cá\n{line}\nlúa")
    assert [pin.text for pin in found.pins] == ["cá", "lúa"]
    (problem,) = found.problems
    assert problem.line == 2
    assert reason in problem.reason


def test_a_list_without_end_is_cut() -> None:
    found = read_pins("\n".join(f"câu {number}" for number in range(MOST_PINNED + 2)))
    assert (len(found.pins), [problem.line for problem in found.problems]) == (
        MOST_PINNED,
        [MOST_PINNED + 1, MOST_PINNED + 2],
    )


def test_there_need_be_no_file_but_one_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    assert read_pinned(tmp_path / "pinned.txt") == Pins()
    (tmp_path / "pinned.txt").mkdir()
    with pytest.raises(PinnedUnreadable, match=r"pinned\.txt"):
        read_pinned(tmp_path / "pinned.txt")


def test_a_file_in_another_character_set_loses_only_the_lines_it_spoils(tmp_path: Path) -> None:
    (tmp_path / "pinned.txt").write_bytes(b"kho bau\nl\xfaa\n")
    found = read_pinned(tmp_path / "pinned.txt")
    assert [pin.text for pin in found.pins] == ["kho bau"]
    assert isinstance(found.problems[0], PinProblem)
