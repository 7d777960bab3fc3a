"""The record of the runs, as one who follows them reads it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indexer import bootstrap, upkeep
from indexer.errors import SourceNotFound
from indexer.reports import Report
from indexer.runs import KEPT, RunLog, RunState
from indexer.settings import Settings
from tests.conftest import WriteArticle, settings_in
from tests.processes import PATIENCE

REPORT = Report("b", 1, (), (), (), (), 0.1)

SLEEPER = """
import sys, time
from pathlib import Path
from indexer.reports import Report
from indexer.runs import RunLog
with RunLog(Path(sys.argv[1])).recording("asleep", []):
    print("begun", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def settings(tmp_path: Path, write_article: WriteArticle) -> Settings:
    write_article("a.txt")
    return settings_in(tmp_path)


def test_a_run_is_recorded_with_its_report(settings: Settings) -> None:
    report = bootstrap.index(settings, run_id="mine")
    run = RunLog(settings.index_dir).run("mine")
    assert run is not None
    assert (run.state, run.report["build"], run.report["new"]) == (RunState.DONE, report.build, ["a"])
    assert run.started <= run.ended
    assert run.step is not None
    assert run.step.articles == 1


def test_a_failed_run_says_why_and_what_to_do(settings: Settings) -> None:
    with pytest.raises(SourceNotFound) as failure:
        bootstrap.index(settings, [Path("/nowhere")])
    (run,) = upkeep.runs(settings)
    assert run.state is RunState.FAILED
    assert (run.message, run.next_step) == (str(failure.value), failure.value.next_step)


def test_paths_are_recorded_so_that_they_mean_the_same_from_another_folder(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(settings.seeds_dir.parent)
    bootstrap.index(settings, [Path("articles")])
    bootstrap.index(settings, [Path("articles")], remove=True, allow_removal=True)
    assert [(run.paths, run.is_removal) for run in upkeep.runs(settings)] == [
        ((str(settings.seeds_dir),), True),
        ((str(settings.seeds_dir),), False),
    ]


def test_a_run_under_way_is_told_from_one_that_was_killed(tmp_path: Path) -> None:
    call = [sys.executable, "-c", SLEEPER, str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(call, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        process.stdout.readline()
        (run,) = RunLog(tmp_path).runs()
        assert run.state is RunState.RUNNING
        process.send_signal(signal.SIGKILL)
    (run,) = RunLog(tmp_path).runs()
    assert run.state is RunState.KILLED


def test_the_newest_runs_come_first_and_old_ones_are_forgotten(settings: Settings) -> None:
    for _ in range(KEPT + 2):
        bootstrap.index(settings)
    runs = upkeep.runs(settings)
    assert len(runs) == KEPT
    assert [run.id for run in runs] == sorted((run.id for run in runs), reverse=True)


def test_a_record_that_cannot_be_written_stops_no_run(settings: Settings) -> None:
    settings.index_dir.mkdir()
    (settings.index_dir / "runs").write_text("in the way", encoding="utf-8")
    assert bootstrap.index(settings).articles == 1
    assert upkeep.runs(settings) == ()


def test_a_line_that_is_still_being_written_is_waited_for(settings: Settings) -> None:
    bootstrap.index(settings, run_id="mine")
    with (settings.index_dir / "runs" / "mine.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"step": {"pa')
    assert upkeep.runs(settings)[0].state is RunState.DONE


def test_a_run_can_be_started_as_a_process_and_followed(settings: Settings) -> None:
    run_id = upkeep.start_run(settings, [str(settings.seeds_dir)])
    end = time.monotonic() + PATIENCE
    while not (run := RunLog(settings.index_dir).run(run_id)) or run.state is RunState.RUNNING:
        assert time.monotonic() < end
        time.sleep(0.02)
    assert (run.state, run.report["articles"]) == (RunState.DONE, 1)


def test_who_follows_a_run_reads_only_what_was_added(tmp_path: Path) -> None:
    log = RunLog(tmp_path)
    with log.recording("mine", ["/kho"]) as record:
        look = log.follow("mine")
        assert look()
        record.tell_impact({"questions": 1})
        assert look()
        file = tmp_path / "runs" / "mine.jsonl"
        with file.open("r+b") as behind:
            behind.write(b"x" * file.stat().st_size)  # what was read already is not asked for again
        record.end(REPORT)
        run = look()
    assert run is not None
    assert (run.state, run.paths, run.impact) == (RunState.DONE, ("/kho",), {"questions": 1})
    assert log.run("mine") is None


def test_a_run_can_be_followed_before_it_begins(tmp_path: Path) -> None:
    log = RunLog(tmp_path)
    look = log.follow("mine")
    assert look() is None
    with log.recording("mine", []):
        assert (run := look()) is not None
    assert run.state is RunState.RUNNING


@pytest.mark.parametrize("run_id", ["../runs/mine", "..", "", "x/../mine", "a\0b", "x" * 4000, "\udcff"])
def test_no_id_leads_out_of_the_records(tmp_path: Path, run_id: str) -> None:
    with RunLog(tmp_path).recording("mine", []):
        pass
    assert RunLog(tmp_path).run(run_id) is None


def test_the_run_under_way_is_found_among_those_that_are_over(tmp_path: Path) -> None:
    log = RunLog(tmp_path)
    with log.recording("1", []):
        assert log.running() is not None
        with log.recording("2", []):
            pass
        running = log.running()
    assert (running and running.id, log.running()) == ("1", None)
