"""A run that is killed, wherever it is, leaves the old index answering; the next run completes."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from indexer import bootstrap
from indexer.model import SearchRequest
from indexer.settings import Settings
from tests.conftest import WriteArticle

KILLS = 10
ARTICLES = 150


def start_index(settings: Settings) -> subprocess.Popen[bytes]:
    call = [sys.executable, "-c", "from webapp.cli import main; main()", "index", str(settings.seeds_dir)]
    call += ["--index", str(settings.index_dir)]
    return subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def totals(settings: Settings) -> tuple[int, int]:
    archive = bootstrap.open_archive(settings)
    return archive.article_count, archive.search(SearchRequest("chuyện")).total


def test_a_killed_run_leaves_the_old_index_and_the_next_one_completes(
    tmp_path: Path, write_article: WriteArticle
) -> None:
    settings = Settings(index_dir=tmp_path / "index", seeds_dir=tmp_path / "articles")
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
    assert bootstrap.check_index(settings)[1] == ()
    assert len(list((settings.index_dir / "builds").iterdir())) <= settings.kept_builds


def rewrite(write_article: WriteArticle, sentence: str) -> None:
    """Give every article another body, so that a run has all of them to do."""
    for number in range(ARTICLES):
        write_article(f"{number}.txt", title=f"Bài số {number}", body=f"{sentence} " * 20)
