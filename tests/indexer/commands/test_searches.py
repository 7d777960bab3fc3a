"""`khobao searches`, as staff read it."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.searches.counts import Tallies, Tally
from indexer.searches.days import SearchDays
from webapp.cli import cli


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tallies = Tallies((Tally("lúa", 3, 12), Tally("=1+1", 2, 0), Tally("nước mặn", 1, 0)), others=4)
    SearchDays(tmp_path, 90).append(date.today(), tallies)
    SearchDays(tmp_path, 90).append(date(2001, 1, 1), Tallies((Tally("xưa", 9, 1),)))
    return tmp_path


def run(folder: Path, *options: str) -> str:
    return CliRunner().invoke(cli, ["searches", "--index", str(folder), *options], catch_exceptions=False).stdout


def test_the_most_frequent_come_first(folder: Path) -> None:
    head, _, *lines = run(folder).splitlines()
    assert head == "10 searches in 30 days, 4 of them kept without their words"
    assert [line.split()[0] for line in lines] == ["3", "2", "1"]
    assert lines[0].endswith("lúa")


def test_those_without_result_can_be_asked_for(folder: Path) -> None:
    assert [each["text"] for each in json.loads(run(folder, "--none", "--json"))["questions"]] == ["=1+1", "nước mặn"]
    assert "xưa" in run(folder, "--days", "20000")


def test_a_table_for_spreadsheets_works_nothing_out(folder: Path) -> None:
    rows = list(csv.DictReader(run(folder, "--csv").splitlines()))
    assert [(row["text"], row["count"], row["found"]) for row in rows[:2]] == [("lúa", "3", "12"), ("'=1+1", "2", "0")]


def test_where_nothing_was_counted_that_is_said(tmp_path: Path) -> None:
    assert run(tmp_path).startswith("0 searches in 30 days")
