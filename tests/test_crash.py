"""A run that is killed, wherever it is, leaves the old index answering; the next run completes."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indexer import bootstrap, upkeep
from indexer.model import SearchRequest
from indexer.settings import Settings
from tests.conftest import WriteArticle, settings_in
from tests.processes import wait_for_children, wait_until_gone

KILLS = 10
ARTICLES = 150
LARGE_RUN = 1500


def start_index(settings: Settings) -> subprocess.Popen[str]:
    """As a shell with job control does: the command has a process group of its own, and heeds Ctrl-C.

    Where the tests themselves run in the background of a script, they were told to ignore it, and so would it be.
    """
    call = [
        "env",
        "--default-signal=INT",
        sys.executable,
        "-c",
        "from webapp.cli import main; main()",
        "index",
        str(settings.seeds_dir),
    ]
    call += ["--index", str(settings.index_dir)]
    environment = {**os.environ, "KHOBAO_BUILD_WORKERS": str(settings.build_workers)}
    return subprocess.Popen(
        call, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment, process_group=0
    )


def totals(settings: Settings) -> tuple[int, int]:
    archive = bootstrap.open_archive(settings)
    return archive.article_count, archive.search(SearchRequest("chuyện")).total


def test_a_killed_run_leaves_the_old_index_and_the_next_one_completes(
    tmp_path: Path, write_article: WriteArticle
) -> None:
    settings = settings_in(tmp_path)
    rewrite(write_article, "Một chuyện dài ở làng biển.")
    bootstrap.index(settings)
    rewrite(write_article, "Một chuyện khác.")
    started = time.perf_counter()
    with start_index(settings) as run:
        run.wait()
    whole_run = time.perf_counter() - started
    chance = random.Random(2)
    for kill in range(1, KILLS + 1):
        before = totals(settings)
        rewrite(write_article, f"Một chuyện khác nữa, lần {kill}.")
        write_article(f"new-{kill}.txt", body="Thêm một chuyện.")
        with start_index(settings) as run:
            time.sleep(chance.uniform(0.2, 1.0) * whole_run)
            os.kill(run.pid, signal.SIGKILL)
        assert totals(settings) in (before, (ARTICLES + kill, ARTICLES + kill)), "neither the old state nor the new one"
    report = bootstrap.index(settings)
    assert report.articles == ARTICLES + KILLS
    assert totals(settings) == (ARTICLES + KILLS, ARTICLES + KILLS)
    assert upkeep.check_index(settings, deep=True).problems == ()
    assert len(list((settings.index_dir / "builds").iterdir())) <= settings.kept_builds


def rewrite(write_article: WriteArticle, sentence: str) -> None:
    """Give every article another body, so that a run has all of them to do."""
    for number in range(ARTICLES):
        write_article(f"{number}.txt", title=f"Bài số {number}", body=f"{sentence} " * 20)


@pytest.fixture
def large_run(tmp_path: Path, write_article: WriteArticle) -> Settings:
    """An index of one article, and so many more to do that workers are started."""
    settings = settings_in(tmp_path, build_workers=2)
    write_article("a.txt", body="Một chuyện ngắn.")
    bootstrap.index(settings)
    line = '{{"id": "m{0}", "title": "Bài {0}", "body": "{1}"}}\n'
    text = "".join(line.format(number, "Một chuyện dài ở làng biển. " * 40) for number in range(LARGE_RUN))
    (settings.seeds_dir / "many.jsonl").write_text(text, encoding="utf-8")
    return settings


def test_workers_do_not_outlive_a_killed_run(large_run: Settings) -> None:
    with start_index(large_run) as run:
        workers = wait_for_children(run.pid, 2)
        run.kill()
    assert wait_until_gone(workers)
    assert totals(large_run) == (1, 1)
    assert bootstrap.index(large_run).articles == LARGE_RUN + 1


def test_ctrl_c_stops_a_run_and_its_workers(large_run: Settings) -> None:
    with start_index(large_run) as run:
        workers = wait_for_children(run.pid, 2)
        os.killpg(run.pid, signal.SIGINT)
        _, said = run.communicate()
    assert (run.returncode, said.splitlines()[-1]) == (130, "Stopped; the old index is untouched.")
    assert "Traceback" not in said
    assert wait_until_gone(workers)
    assert totals(large_run) == (1, 1)


def test_a_run_whose_worker_is_killed_fails_and_says_so(large_run: Settings) -> None:
    with start_index(large_run) as run:
        workers = wait_for_children(run.pid, 2)
        os.kill(min(workers), signal.SIGKILL)
        _, said = run.communicate()
    assert run.returncode == 2
    assert "killed by signal 9" in said
    assert "KHOBAO_BUILD_WORKERS=1" in said
    assert wait_until_gone(workers)
    assert totals(large_run) == (1, 1)
