"""A real `khobao serve`, in one process and in several, asked over HTTP while the index and the processes change."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from indexer import bootstrap, curation
from indexer.settings import Settings
from tests.conftest import WriteArticle, settings_in
from tests.loaded import Khobao

SEARCH = "/api/v1/search?q=chuy%E1%BB%87n"
PATIENCE_SECONDS = 15


@dataclass(frozen=True)
class Served:
    """A running server."""

    process: subprocess.Popen[str] | Khobao
    address: str
    log: Path

    def get(self, path: str) -> Any:
        with urlopen(self.address + path, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310 - our own server's
            return json.load(answer)

    def connect(self) -> socket.socket:
        host, _, port = self.address.removeprefix("http://").partition(":")
        return socket.create_connection((host, int(port)), timeout=PATIENCE_SECONDS)

    def workers(self) -> list[int]:
        main = self.process.pid
        return [int(pid) for pid in Path(f"/proc/{main}/task/{main}/children").read_text(encoding="ascii").split()]

    @contextmanager
    def only(self, worker: int) -> Iterator[None]:
        """Lets one worker run and no other, so that it is the one that answers."""
        others = [pid for pid in self.workers() if pid != worker]
        send(signal.SIGSTOP, others)
        try:
            yield
        finally:
            send(signal.SIGCONT, others)


@contextmanager
def serving(index_dir: Path, *options: str, is_fresh: bool = False) -> Iterator[Served]:
    """`khobao serve` on a free port.

    Args:
        is_fresh: started as from a shell, where a test is about processes; that takes longer.
    """
    log, call = index_dir.with_suffix(".log"), ("serve", "--index", str(index_dir), "--port", "0", *options)
    with (
        log.open("w", encoding="utf-8") as errors,
        fresh(*call, stderr=errors) if is_fresh else Khobao(*call, stderr=log) as process,
    ):
        assert process.stdout
        said = process.stdout.readline()
        try:
            yield Served(process, next(word for word in said.split() if word.startswith("http://")), log)
        finally:
            process.terminate()
            process.wait(PATIENCE_SECONDS)


def fresh(*arguments: str, stderr: Any) -> subprocess.Popen[str]:
    call = [sys.executable, "-c", "from webapp.cli import main; main()", *arguments]
    return subprocess.Popen(call, stdout=subprocess.PIPE, stderr=stderr, text=True)


def send(number: signal.Signals, processes: list[int]) -> None:
    for pid in processes:
        os.kill(pid, number)


def wait_until(condition: Callable[[], bool]) -> None:
    """Fails when the condition has not come true after a time that is long for any machine."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.fixture
def settings(tmp_path: Path, write_article: WriteArticle) -> Settings:
    made = settings_in(tmp_path)
    write_article("first.txt", body="Một chuyện ở làng biển.")
    bootstrap.index(made)
    return made


# -- the index changes


@pytest.mark.parametrize(("workers", "runs", "rebuilds"), [("1", 9, {6}), ("2", 54, {14, 30, 46})])
def test_searches_go_on_while_the_index_changes(
    settings: Settings, write_article: WriteArticle, workers: str, runs: int, rebuilds: set[int]
) -> None:
    totals = {bootstrap.open_archive(settings).build: 1}
    answers: list[Any] = []
    problems: list[Exception] = []
    finished = threading.Event()

    def ask(served: Served) -> None:
        while not finished.is_set():
            try:
                answers.append(served.get(SEARCH + "&size=100"))
            except Exception as error:  # whatever it is, a reader would have seen it
                problems.append(error)

    with serving(settings.index_dir, "--workers", workers) as served:
        readers = [threading.Thread(target=ask, args=(served,)) for _ in range(3)]
        for reader in readers:
            reader.start()
        for number in range(2, runs + 1):
            write_article(f"{number}.txt", body="Thêm một chuyện.")
            totals[bootstrap.index(settings, rebuild=number in rebuilds).build] = number
        wait_until(lambda: bool(problems) or answers[-1]["total"] == runs)
        finished.set()
        for reader in readers:
            reader.join()
    assert problems == []
    for answer in answers:
        assert answer["total"] == len(answer["hits"]) == totals[answer["build"]], "of one build, whichever it is"
        assert [year["count"] for year in answer["facets"]["year"]] == [answer["total"]]
    assert answers[0]["total"] == 1


def test_every_worker_takes_up_a_new_index_without_a_restart(settings: Settings, write_article: WriteArticle) -> None:
    with serving(settings.index_dir, "--workers", "2") as served:
        workers = served.workers()
        write_article("second.txt", title="Tin nóng")
        bootstrap.index(settings)
        for worker in workers:
            with served.only(worker):
                wait_until(lambda: served.get("/healthz")["articles"] == 2)
        assert served.workers() == workers


def test_a_new_index_that_cannot_be_opened_leaves_the_old_one_answering(
    settings: Settings, write_article: WriteArticle
) -> None:
    with serving(settings.index_dir) as served:
        publish_broken_build(settings.index_dir)
        wait_until(lambda: "cannot be opened" in served.log.read_text(encoding="utf-8"))
        assert (served.get("/healthz")["articles"], served.get(SEARCH)["total"]) == (1, 1)
        write_article("second.txt", body="Thêm một chuyện.")
        bootstrap.index(settings, [settings.seeds_dir], rebuild=True)
        wait_until(lambda: served.get(SEARCH)["total"] == 2)
        assert served.log.read_text(encoding="utf-8").count("cannot be opened") == 1


def publish_broken_build(index_dir: Path) -> None:
    broken = index_dir / "builds" / "99999999-broken"
    broken.mkdir()
    (broken / "manifest.json").write_text("{}", encoding="utf-8")
    (index_dir / "CURRENT.new").write_text(broken.name, encoding="utf-8")
    (index_dir / "CURRENT.new").replace(index_dir / "CURRENT")


def test_a_server_started_before_the_first_index_waits_for_it(tmp_path: Path, settings: Settings) -> None:
    late = Settings(index_dir=tmp_path / "late", seeds_dir=settings.seeds_dir)
    with serving(late.index_dir) as served:
        with pytest.raises(OSError, match="503"):
            served.get("/healthz")
        bootstrap.index(late)
        assert served.get("/healthz")["status"] == "ok"


# -- processes come and go


def test_workers_share_the_port_and_each_of_them_answers(settings: Settings) -> None:
    with serving(settings.index_dir, "--workers", "2", is_fresh=True) as served:
        workers = served.workers()
        assert len(workers) == 2
        for worker in workers:
            with served.only(worker):
                assert served.get(SEARCH)["total"] == 1
        status = Path(f"/proc/{served.process.pid}/status").read_text(encoding="ascii")
        assert "Threads:\t1\n" in status, "a fork is only safe in a process of one thread"


def test_a_worker_that_is_killed_is_replaced_and_answers_go_on(settings: Settings, write_article: WriteArticle) -> None:
    with serving(settings.index_dir, "--workers", "2") as served:
        write_article("second.txt")
        bootstrap.index(settings)
        victim, survivor = served.workers()
        os.kill(victim, signal.SIGKILL)
        assert served.get(SEARCH)["total"] == 1
        wait_until(lambda: len(served.workers()) == 2 and victim not in served.workers())
        (newcomer,) = set(served.workers()) - {survivor}
        with served.only(newcomer):
            assert served.get("/healthz")["articles"] == 2, "the index as it is now, not as it was at the start"
        assert f"Worker {victim} was ended by SIGKILL" in served.log.read_text(encoding="utf-8")


@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("workers", [1, 2])
def test_a_signal_ends_the_server_and_all_its_processes(
    settings: Settings, workers: int, signal_number: signal.Signals
) -> None:
    is_fresh = signal_number is signal.SIGTERM
    with serving(settings.index_dir, "--workers", str(workers), is_fresh=is_fresh) as served:
        children = served.workers()
        assert len(children) == (workers if workers > 1 else 0)
        served.process.send_signal(signal_number)
        rest, _ = served.process.communicate(timeout=PATIENCE_SECONDS)
        assert (served.process.returncode, rest) == (0, ""), "the address was said once"
        assert not any(map(is_alive, children))
        with pytest.raises(ConnectionRefusedError):
            served.connect()


def test_workers_do_not_outlive_a_parent_that_was_killed(settings: Settings) -> None:
    with serving(settings.index_dir, "--workers", "2") as served:
        workers = served.workers()
        served.process.kill()
        wait_until(lambda: not any(map(is_alive, workers)))


@pytest.mark.parametrize("workers", ["1", "2"])
def test_requests_in_flight_are_answered_before_the_server_ends(settings: Settings, workers: str) -> None:
    request = f"GET {SEARCH} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode("ascii")
    with serving(settings.index_dir, "--workers", workers) as served, ExitStack() as open_connections:
        idle, half = (open_connections.enter_context(served.connect()) for _ in range(2))
        idle.sendall(request)
        assert read_answer(idle)
        half.sendall(request[:20])
        answering = served.workers() or [served.process.pid]
        send(signal.SIGSTOP, answering)  # so that these still wait at the door when the end is called
        waiting = [open_connections.enter_context(served.connect()) for _ in range(20)]
        for connection in waiting:
            connection.sendall(request)
        served.process.send_signal(signal.SIGTERM)
        send(signal.SIGCONT, answering)
        for connection in waiting:
            assert read_answer(connection)["total"] == 1
        half.sendall(request[20:])
        assert read_answer(half)["total"] == 1
        assert idle.recv(1) == b"", "nothing was asked there, so it was closed"
        assert served.process.wait(PATIENCE_SECONDS) == 0


def read_answer(connection: socket.socket) -> Any:
    with connection.makefile("rb") as stream:
        assert b" 200 " in stream.readline()
        headers = dict(line.rstrip().split(b": ", 1) for line in iter(stream.readline, b"\r\n"))
        return json.loads(stream.read(int(headers[b"Content-Length"])))


def test_readers_who_keep_their_connections_do_not_shut_others_out(settings: Settings) -> None:
    with serving(settings.index_dir) as served, ExitStack() as open_connections:
        kept = [open_connections.enter_context(served.connect()) for _ in range(150)]
        assert served.get(SEARCH)["total"] == 1
        for _ in range(2):
            kept[-1].sendall(f"GET {SEARCH} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode("ascii"))
            assert read_answer(kept[-1])["total"] == 1


# -- what is counted


@pytest.mark.parametrize("is_on", ["true", "false"])
def test_the_searches_of_all_workers_are_counted_unless_that_is_off(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, is_on: str
) -> None:
    monkeypatch.setenv("KHOBAO_COUNT_SEARCHES", is_on)
    with serving(settings.index_dir, "--workers", "2") as served:
        for worker in served.workers():
            with served.only(worker), urlopen(served.address + "/tim-kiem?q=l%C3%A0ng", timeout=PATIENCE_SECONDS):  # noqa: S310 - our own server's
                pass
    counted = [(each.text, each.count, each.found) for each in curation.searches(settings, 2).questions]
    assert counted == ([("làng", 2, 1)] if is_on == "true" else [])


# -- the address


def test_the_numbers_of_all_workers_are_told_together_at_a_port_of_their_own(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    monkeypatch.setenv("KHOBAO_METRICS_PORT", str(port))
    with serving(settings.index_dir, "--workers", "2") as served:
        for worker in served.workers():
            with served.only(worker):
                served.get(SEARCH)
        for worker in served.workers():  # whichever is asked
            with served.only(worker), urlopen(f"http://127.0.0.1:{port}/metrics", timeout=PATIENCE_SECONDS) as told:
                lines = told.read().decode().splitlines()
            assert "khobao_search_seconds_count 2.0" in lines
            assert 'khobao_requests_total{method="GET",route="/api/v1/search",status="200"} 2.0' in lines
            assert "khobao_articles 1.0" in lines


def test_behind_a_proxy_its_headers_reach_the_pages_and_otherwise_they_do_not(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = {"X-Request-ID": "from-the-proxy", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    for proxies in ("1", "0"):
        monkeypatch.setenv("KHOBAO_TRUSTED_PROXIES", proxies)
        with serving(settings.index_dir) as served:
            asked = Request(served.address + SEARCH, headers=sent)  # noqa: S310 - our own server's
            with urlopen(asked, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310 - our own server's
                assert (answer.headers["X-Request-ID"] == "from-the-proxy") == (proxies == "1")
                assert ("Strict-Transport-Security" in answer.headers) == (proxies == "1")


def test_a_port_that_is_taken_is_said_in_a_sentence(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        with fresh("serve", "--index", str(settings.index_dir), "--port", port, stderr=subprocess.PIPE) as process:
            said, complained = process.communicate(timeout=PATIENCE_SECONDS)
    assert (process.returncode, said) == (2, "")
    assert port in complained
    assert "--port" in complained
    assert "Traceback" not in complained
