"""What readers report is kept until staff have seen it, whatever happens to the file meanwhile."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import reader_reports
from indexer.errors import ReportsFull
from indexer.problems import ReportKind
from indexer.reader_reports import MOST_CHARS, ReaderReports


@pytest.fixture
def reports(tmp_path: Path) -> ReaderReports:
    return ReaderReports(tmp_path)


def add(reports: ReaderReports, text: str = "Sai tên làng.", article_id: str = "a") -> str:
    return reports.add(article_id, "Tựa", ReportKind.WORDS, text).id


def texts(reports: ReaderReports) -> list[str]:
    return [report.text for report in reports.read().reports]


def test_there_are_none_at_first(reports: ReaderReports) -> None:
    assert reports.read().reports == ()
    assert reports.close({"x"}) == 0
    assert not reports.path.exists()


def test_a_report_is_kept_and_taken_out_once_it_is_seen(reports: ReaderReports) -> None:
    first, second = add(reports, "một"), add(reports, "hai")
    (report, _) = reports.read().reports
    assert (report.article_id, report.title, report.kind, report.text) == ("a", "Tựa", ReportKind.WORDS, "một")
    assert reports.close({first, "unknown"}) == 1
    assert texts(reports) == ["hai"]
    assert reports.close({second}) == 1
    assert texts(reports) == []


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_any_text_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    reports = ReaderReports(tmp_path_factory.mktemp("index"))
    add(reports, text)
    add(reports, text)
    assert texts(reports) == [text, text]


def test_a_long_text_is_cut(reports: ReaderReports) -> None:
    add(reports, "á" * 5000)
    assert texts(reports) == ["á" * MOST_CHARS]


def test_what_others_left_in_the_file_stays_and_is_named_by_its_line(reports: ReaderReports) -> None:
    first = add(reports, "một")
    with reports.path.open("a", encoding="utf-8") as file:
        file.write('không phải JSON\n[]\n{"id": "x"}\n{"id": 1, "time"')  # and somebody died over the last line
    second = add(reports, "hai")
    assert texts(reports) == ["một", "hai"]
    assert reports.read().unreadable == (2, 3, 4, 5)
    assert reports.close({first, second}) == 2
    assert reports.read().unreadable == (1, 2, 3, 4)


def test_two_who_report_at_once_lose_nothing(reports: ReaderReports) -> None:
    threads = [threading.Thread(target=lambda: [add(reports) for _ in range(10)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({report.id for report in reports.read().reports}) == 40


def test_there_is_an_end_to_what_is_kept(reports: ReaderReports, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader_reports, "MOST", 2)
    first = add(reports)
    add(reports)
    with pytest.raises(ReportsFull, match="2 reports"):
        add(reports)
    reports.close({first})
    add(reports)


def test_the_file_is_lines_of_json_that_other_programs_can_read(reports: ReaderReports) -> None:
    add(reports)
    (line,) = reports.path.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["text"] == "Sai tên làng."
