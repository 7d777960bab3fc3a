"""Documents made by several processes: the same as by one, in the same order, and no silence when one dies."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer import worker_pool
from indexer.documents import Document, to_document
from indexer.errors import ModelError, WorkerLost
from indexer.model import Article, Author
from indexer.worker_pool import WorkerPool

Process = subprocess.Popen[bytes]


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers are started with the first article, and get it as soon as there are three."""
    monkeypatch.setattr(worker_pool, "FIRST_ARTICLES", 0)
    monkeypatch.setattr(worker_pool, "BATCH_CHARS", 60)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Process]]:
    """The processes that are started; none may be left over."""
    processes: list[Process] = []
    popen = subprocess.Popen

    def start(*arguments: Any, **named: Any) -> Process:
        processes.append(popen(*arguments, **named))
        return processes[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    yield processes
    for process in processes:  # only where a test failed
        with process:
            process.kill()


def article(number: int) -> Article:
    paragraphs = (f"Đoạn thứ nhất của bài {number}.", "Xây dựng Đảng. " * (number % 7))
    return Article(f"a{number}", f"Bài số {number}", "", paragraphs, authors=(Author("Văn Kỳ", "văn kỳ"),))


def test_the_documents_are_those_of_one_process_in_order(started: list[Process]) -> None:
    documents: list[Document] = []
    pool = WorkerPool(2, documents.append)
    for number in range(100):
        pool.add(article(number), "path", str(number))
    pool.finish()
    assert documents == [to_document(article(number), "path", str(number)) for number in range(100)]
    assert [process.returncode is None for process in started] == [False, False]


@pytest.mark.usefixtures("started")
def test_articles_larger_than_a_pipe_holds_go_both_ways() -> None:
    documents: list[Document] = []
    pool = WorkerPool(2, documents.append)
    large = Article("large", "Một bài dài", paragraphs=("xây dựng Đảng và chính quyền " * 3_000,))
    for _ in range(12):
        pool.add(large, "path", "")
    pool.finish()
    assert documents == [to_document(large, "path", "")] * 12


def test_a_worker_that_is_suspended_while_it_answers_goes_on_where_it_was(
    started: list[Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", "1")  # as container images like to have it
    documents: list[Document] = []
    pool = WorkerPool(2, documents.append)
    large = Article("large", "Một bài dài", paragraphs=("xây dựng Đảng và chính quyền " * 3_000,))
    for _ in range(6):
        pool.add(large, "path", "")
    for _ in range(40):  # an answer is larger than a pipe: both are waiting to be read, or will be soon
        for process in started:
            process.send_signal(signal.SIGSTOP)
            process.send_signal(signal.SIGCONT)
        time.sleep(0.02)
    pool.finish()
    assert documents == [to_document(large, "path", "")] * 6


def test_few_articles_start_no_process(started: list[Process], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_pool, "FIRST_ARTICLES", 5)
    documents: list[Document] = []
    pool = WorkerPool(2, documents.append)
    for number in range(5):
        pool.add(article(number), "path", "")
    pool.finish()
    assert (len(documents), started) == (5, [])


def test_one_worker_is_this_process(started: list[Process]) -> None:
    documents: list[Document] = []
    pool = WorkerPool(1, documents.append)
    for number in range(20):
        pool.add(article(number), "path", "")
    pool.finish()
    assert (len(documents), started) == (20, [])


def test_a_worker_that_dies_ends_the_run_and_says_how(started: list[Process]) -> None:
    documents: list[Document] = []
    pool = WorkerPool(2, documents.append)
    for number in range(10):
        pool.add(article(number), "path", "")
    os.kill(started[1].pid, signal.SIGKILL)
    with pytest.raises(WorkerLost, match=f"signal {signal.SIGKILL:d}"):
        pool.finish()
    pool.stop()


def test_a_worker_that_is_dead_already_is_noticed_at_the_next_article(started: list[Process]) -> None:
    pool = WorkerPool(2, lambda _document: None)
    pool.add(article(6), "path", "")
    for process in started:
        process.kill()
        process.wait()
    with pytest.raises(WorkerLost):
        [pool.add(article(6), "path", "") for _ in range(3)]
    pool.stop()


@pytest.mark.usefixtures("started")
def test_what_goes_wrong_in_a_worker_is_raised_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyvi").mkdir()
    (tmp_path / "pyvi" / "__init__.py").write_text("", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    pool = WorkerPool(2, lambda _document: None)
    pool.add(article(6), "path", "")
    with pytest.raises(ModelError, match="cannot be read") as error:
        pool.finish()
    assert "pip install" in error.value.next_step
    pool.stop()


def test_stopping_does_not_wait_for_the_work_to_be_done(started: list[Process]) -> None:
    documents: list[Document] = []
    pool = WorkerPool(2, documents.append)
    for number in range(15):
        pool.add(article(number), "path", "")
    pool.stop()
    assert [process.returncode for process in started] == [-signal.SIGKILL] * 2
