"""The files of what was searched: several writers, torn lines, old days."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest

from indexer.searches import days as module
from indexer.searches.counts import Tallies, Tally
from indexer.searches.days import LEAST_KEPT, SETTLED_AFTER_DAYS, SearchDays

TODAY = date(2026, 11, 24)
LONG_AGO = TODAY - timedelta(days=SETTLED_AFTER_DAYS)


def asked(days: SearchDays, since: date = date.min) -> dict[str, int]:
    return {each.text: each.count for each in days.counts(since).questions}


def file_of(folder: Path, day: date) -> Path:
    return folder / "searches" / f"{day}.jsonl"


@pytest.fixture
def days(tmp_path: Path) -> SearchDays:
    return SearchDays(tmp_path, kept_days=90)


def test_what_several_processes_append_adds_up(tmp_path: Path) -> None:
    def append(_: int) -> None:
        SearchDays(tmp_path, 90).append(TODAY, Tallies((Tally("lúa", 1, 3),), others=1))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(append, range(40)))
    counts = SearchDays(tmp_path, 90).counts(TODAY)
    assert (asked(SearchDays(tmp_path, 90)), counts.others) == ({"lúa": 40}, 40)


def test_a_line_that_is_torn_or_none_of_ours_harms_no_other(days: SearchDays, tmp_path: Path) -> None:
    days.append(TODAY, Tallies((Tally("lúa", 1, 3),)))
    with file_of(tmp_path, TODAY).open("ab") as file:
        file.write(b'null\n[1]\n\xff\n{"text": 3}\n{"text": "c\xc3')
    days.append(TODAY, Tallies((Tally("lúa", 1, 3), Tally("cá", 1, 1))))
    assert asked(days) == {"lúa": 2, "cá": 1}


def test_only_the_days_asked_for_are_counted(days: SearchDays) -> None:
    days.append(TODAY - timedelta(days=1), Tallies((Tally("lúa", 1, 3),)))
    days.append(TODAY, Tallies((Tally("cá", 1, 1),)))
    assert asked(days, TODAY) == {"cá": 1}


def test_after_a_week_a_day_has_a_line_a_question_and_forgets_what_was_asked_once(
    days: SearchDays, tmp_path: Path
) -> None:
    for _ in range(LEAST_KEPT):
        days.append(LONG_AGO, Tallies((Tally("lúa", 1, 3),)))
        days.append(TODAY, Tallies((Tally("lúa", 1, 3),)))
    days.append(LONG_AGO, Tallies((Tally("Nguyễn Văn A", 1, 0),)))
    days.append(TODAY, Tallies((Tally("Nguyễn Văn B", 1, 0),)))
    for _ in range(2):  # the second time changes nothing
        days.tidy(TODAY)
    lines = file_of(tmp_path, LONG_AGO).read_text(encoding="utf-8").splitlines()
    assert list(map(json.loads, lines)) == [
        {"settled": True},
        {"text": "lúa", "count": LEAST_KEPT, "found": 3},
        {"others": 1},
    ]
    assert asked(days, TODAY) == {"lúa": LEAST_KEPT, "Nguyễn Văn B": 1}


def test_old_days_go(tmp_path: Path) -> None:
    days = SearchDays(tmp_path, kept_days=2)
    for age in range(3):
        days.append(TODAY - timedelta(days=age), Tallies((Tally("lúa", 1, 3),)))
    days.tidy(TODAY)
    assert asked(days) == {"lúa": 2}


def test_a_flood_of_questions_fills_no_disk_and_hides_none_that_are_frequent(
    days: SearchDays, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 10_000)
    monkeypatch.setattr(module, "MOST_A_DAY", 20)
    for batch in range(50):
        flood = tuple(Tally(f"x{batch}y{number}", 1, 0) for number in range(50))
        days.append(TODAY, Tallies((*flood, Tally("lúa", 1, 3))))
    assert file_of(tmp_path, TODAY).stat().st_size <= 10_000
    counts = days.counts(TODAY)
    assert (counts.questions[0].text, counts.questions[0].count) == ("lúa", 50)
    assert counts.total == 50 * 51


def test_other_files_in_the_folder_are_left_alone(days: SearchDays, tmp_path: Path) -> None:
    note = tmp_path / "searches" / "note.jsonl"
    days.append(LONG_AGO, Tallies((Tally("lúa", 1, 3),)))
    note.write_text('{"text": "lúa", "count": 1, "found": 1}\n', encoding="utf-8")
    days.tidy(TODAY)
    assert asked(days) == {}
    assert note.exists()


def test_where_nothing_was_counted_there_is_nothing(days: SearchDays) -> None:
    assert days.counts(date.min).total == 0
