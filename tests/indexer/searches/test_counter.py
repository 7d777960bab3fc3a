"""Counting while a server answers: bounded, and never in the way of a search."""

from __future__ import annotations

import logging
import time
from datetime import date
from pathlib import Path

import pytest

from indexer.searches import counter as module
from indexer.searches.counter import LONGEST, SearchCounter
from indexer.searches.counts import SearchCounts
from indexer.searches.days import SearchDays
from tests.processes import PATIENCE


@pytest.fixture
def days(tmp_path: Path) -> SearchDays:
    return SearchDays(tmp_path / "index", kept_days=90)


def counted(days: SearchDays) -> SearchCounts:
    return days.counts(date.min)


def test_what_was_counted_is_written_at_the_end(days: SearchDays) -> None:
    counter = SearchCounter(days)
    with counter.counting():
        counter.count("lúa", 3)
        counter.count("lúa", 4)
    (asked,) = counted(days).questions
    assert (asked.text, asked.count, asked.found) == ("lúa", 2, 4)


def test_it_is_written_meanwhile_too(days: SearchDays, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WRITE_SECONDS", 0.01)
    counter = SearchCounter(days)
    with counter.counting():
        counter.count("lúa", 3)
        deadline = time.monotonic() + PATIENCE
        while not counted(days).total:
            assert time.monotonic() < deadline
            time.sleep(0.005)


def test_who_warms_up_before_readers_come_is_not_counted(days: SearchDays) -> None:
    counter = SearchCounter(days)
    counter.count("kho báu", 1)
    with counter.counting():
        pass
    assert counted(days).total == 0


@pytest.mark.parametrize(
    "personal", ["a" * (LONGEST + 1), "kỳ văn@example.com", "0912 345 678", "079.085.000123", "số 123456789012"]
)
def test_pasted_passages_addresses_and_long_numbers_are_only_a_number(days: SearchDays, personal: str) -> None:
    counter = SearchCounter(days)
    with counter.counting():
        counter.count(personal, 0)
        counter.count("ngày:2015-01-01..2016-12-31", 3)
    counts = counted(days)
    assert ([each.text for each in counts.questions], counts.others) == (["ngày:2015-01-01..2016-12-31"], 1)


def test_a_flood_of_questions_fills_no_memory(days: SearchDays, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_AT_ONCE", 10)
    counter = SearchCounter(days)
    with counter.counting():
        for number in range(100):
            counter.count(f"câu {number}", 0)
        counter.count("câu 0", 0)
    counts = counted(days)
    assert (len(counts.questions), counts.questions[0].count, counts.total) == (10, 2, 101)


def test_where_nothing_can_be_written_it_is_said_once_and_searches_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "WRITE_SECONDS", 0.01)
    (tmp_path / "searches").write_text("in the way", encoding="utf-8")
    days = SearchDays(tmp_path, kept_days=90)
    counter = SearchCounter(days)
    with caplog.at_level(logging.WARNING), counter.counting():
        counter.count("lúa", 3)
        deadline = time.monotonic() + PATIENCE
        while not caplog.records:
            assert time.monotonic() < deadline
            time.sleep(0.005)
        counter.count("lúa", 3)
    assert [record.getMessage() for record in caplog.records if "not counted" in record.getMessage()] == [
        caplog.records[0].getMessage()
    ]
