"""A real `khobao serve`, asked over HTTP while the index changes under it."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from indexer import bootstrap
from indexer.settings import Settings
from tests.conftest import WriteArticle


@contextmanager
def serving(index_dir: Path) -> Iterator[str]:
    call = [sys.executable, "-u", "-c", "from webapp.cli import main; main()", "serve", "--port", "0"]
    call += ["--index", str(index_dir)]
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        said = process.stdout.readline()
        try:
            yield next(word for word in said.split() if word.startswith("http://"))
        finally:
            process.terminate()


def get(address: str) -> Any:
    with urlopen(address, timeout=10) as answer:  # noqa: S310 - the address is our own server's
        return json.load(answer)


@pytest.fixture
def settings(tmp_path: Path, write_article: WriteArticle) -> Settings:
    made = Settings(index_dir=tmp_path / "index", seeds_dir=tmp_path / "articles")
    write_article("first.txt", body="Một chuyện ở làng biển.")
    bootstrap.index(made)
    return made


def test_a_new_article_is_found_without_a_restart(settings: Settings, write_article: WriteArticle) -> None:
    with serving(settings.index_dir) as address:
        assert get(f"{address}/healthz")["articles"] == 1
        write_article("second.txt", title="Tin nóng")
        bootstrap.index(settings)
        assert get(f"{address}/api/v1/search?q=tin+n%C3%B3ng")["hits"][0]["id"] == "second"


def test_searches_go_on_while_the_index_changes(settings: Settings, write_article: WriteArticle) -> None:
    totals: list[int] = []
    problems: list[Exception] = []
    finished = threading.Event()

    def ask(address: str) -> None:
        while not finished.is_set():
            try:
                totals.append(get(f"{address}/api/v1/search?q=chuy%E1%BB%87n")["total"])
            except Exception as error:  # whatever it is, a reader would have seen it
                problems.append(error)

    with serving(settings.index_dir) as address:
        readers = [threading.Thread(target=ask, args=(address,)) for _ in range(3)]
        for reader in readers:
            reader.start()
        for number in range(8):
            write_article(f"{number}.txt", body="Thêm một chuyện.")
            bootstrap.index(settings, rebuild=number == 4)
        time.sleep(0.2)
        finished.set()
        for reader in readers:
            reader.join()
    assert problems == []
    assert {1, 9} <= set(totals) <= set(range(1, 10))


def test_a_server_started_before_the_first_index_waits_for_it(tmp_path: Path, settings: Settings) -> None:
    late = Settings(index_dir=tmp_path / "late", seeds_dir=settings.seeds_dir)
    with serving(late.index_dir) as address:
        with pytest.raises(OSError, match="503"):
            get(f"{address}/healthz")
        bootstrap.index(late)
        assert get(f"{address}/healthz")["status"] == "ok"
