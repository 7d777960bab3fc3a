"""A real `khobao serve` under load: a fixed rate of mixed requests first, then as many as it can answer.

What is measured. Requests are sent at a fixed rate whether or not the earlier ones are answered, as readers do, and
each one's time counts from the moment it was due: a stall of the server is felt by every request that falls into it,
and none is forgotten because its sender was waiting. Then the most requests a second: by wrk where it is installed,
else by threads of this script that ask again as soon as they are answered.

What is not fair. Sender and server share the machine, so the highest rate is lower than from another one, above all
on two cores. There is no proxy and no network. Requests repeat after a while, so caches are warmer than with readers.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from http.client import HTTPConnection, HTTPException
from itertools import count, cycle, islice
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from indexer.analysis.syllables import fold
from indexer.model import Article
from indexer.sources import json_lines
from indexer.sources.inputs import Input
from tests.bench import report
from tests.bench.measure import memory_mb, memory_of_tree_mb, percentile
from tests.bench.sample import write_sample
from tests.bench.service import Server, khobao, serving

SENDERS = 64
"""Requests that can be under way at once; more than that wait, and their waiting counts."""

TIMEOUT_SECONDS = 30
SATURATION_SECONDS = 10
CONNECTIONS = 16
DISTINCT = 2000


def _search(**arguments: Any) -> str:
    return f"/tim-kiem?{urlencode(arguments)}"


MIX: dict[str, Callable[[Article, list[str]], str]] = {
    "marked": lambda _, words: _search(q=" ".join(words)),
    "unmarked": lambda _, words: _search(q=fold(" ".join(words))),
    "phrase": lambda _, words: _search(q=f'"{words[0]} {words[1]}"'),
    "author": lambda article, words: _search(q=words[0], author=article.authors[0].name),
    "year": lambda article, words: _search(q=words[0], year=article.published.day.year if article.published else 2015),
    "page 2": lambda _, words: _search(q=words[0], page=2),
    "article": lambda article, words: f"/bai/{quote(article.id)}?{urlencode({'q': words[0]})}",
    "api": lambda _, words: f"/api/v1/search?{urlencode({'q': ' '.join(words)})}",
}
"""Kind of request -> its path, for an article and three neighbouring words of its title; all are equally frequent."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to get."""

    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Reply:
    """How a request went: ms since it was due; status 0 where there was no answer at all."""

    kind: str
    milliseconds: float
    status: int

    @property
    def failed(self) -> bool:
        return not 200 <= self.status < 400


@dataclass(frozen=True, slots=True)
class Latency:
    """The replies of a kind: times in ms."""

    kind: str
    requests: int
    errors: int
    p50: float
    p95: float
    p99: float
    longest: float


def main() -> None:
    options = report.read_options(_parser())
    report.print_machine()
    requests = _draw_requests(options.data, options.articles)
    workers = ["--workers", str(options.workers)] if options.workers else []
    with tempfile.TemporaryDirectory() as temporary:
        index = options.index or _make_index(options.data, options.articles, Path(temporary))
        with serving(index, *workers) as server:
            results = _measure(server, requests, options)
    report.save(options, results)
    sys.exit(1 if results["steady"][0]["errors"] else 0)


def _parser() -> argparse.ArgumentParser:
    made = report.parser(__doc__)
    made.add_argument("--articles", type=int, default=20_000, help="size of the archive")
    made.add_argument("--index", type=Path, help="serve this index, made from the same data, instead of making one")
    made.add_argument("--rate", type=int, default=50, help="requests a second")
    made.add_argument("--seconds", type=int, default=60)
    made.add_argument("--workers", type=int, help="server processes, handed to khobao serve")
    return made


def _make_index(data: Path, articles: int, folder: Path) -> Path:
    write_sample(data, folder / "articles.jsonl", articles)
    khobao("index", str(folder / "articles.jsonl"), "--index", str(folder / "index"))
    return folder / "index"


def _draw_requests(data: Path, articles: int) -> list[Request]:
    """The same requests in every run, all kinds in turn."""
    chance = random.Random(11)
    found = islice(json_lines.read(Input.of_file(data, "article")), articles)
    known = [item for item in found if isinstance(item, Article) and item.authors and len(item.title.split()) > 3]
    kinds = islice(cycle(MIX), DISTINCT)
    return [Request(kind, MIX[kind](*_words_of(chance.choice(known), chance))) for kind in kinds]


def _words_of(article: Article, chance: random.Random) -> tuple[Article, list[str]]:
    words = article.title.split()
    start = chance.randrange(len(words) - 2)
    return article, words[start : start + 3]


def _measure(server: Server, requests: Sequence[Request], options: argparse.Namespace) -> dict[str, Any]:
    for request in requests[: len(MIX)]:
        _Sender(server).send(request, time.perf_counter())  # the archive is opened with the first request
    before = _memory(server)
    replies = _send_steadily(server, requests, options.rate, options.seconds)
    steady = [_latency("all", replies), *(_latency(kind, [r for r in replies if r.kind == kind]) for kind in MIX)]
    _print_steady(steady, options.rate)
    after = _memory(server)
    most = _saturate(server, requests)
    print(f"at most {most['requests_per_second']:.0f} requests/s ({most['by']}), {most['errors']} errors")
    memory = {"before": before, "after the fixed rate": after, "after the highest rate": _memory(server)}
    head = ("server memory, MB", "first process", "all processes, shared pages once")
    report.print_table("", head, [(moment, *held.values()) for moment, held in memory.items()])
    return {"steady": [asdict(each) for each in steady], "memory_mb": memory, "most": most}


def _memory(server: Server) -> dict[str, float]:
    return {"rss": memory_mb(server.process), "all": memory_of_tree_mb(server.process)}


# -- a fixed rate


def _send_steadily(server: Server, requests: Sequence[Request], rate: int, seconds: int) -> list[Reply]:
    """Every request starts when it is due, whatever became of those before it."""
    sender = _Sender(server)
    started = time.perf_counter() + 0.1
    with ThreadPoolExecutor(SENDERS) as threads:
        sent = []
        for number, request in enumerate(islice(cycle(requests), rate * seconds)):
            due = started + number / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            sent.append(threads.submit(sender.send, request, due))
        return [each.result() for each in sent]


class _Sender:
    """Sends requests over connections that stay open, one a thread."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._own = threading.local()

    def send(self, request: Request, due: float) -> Reply:
        status = self._status_of(request.path)
        return Reply(request.kind, (time.perf_counter() - due) * 1000, status)

    def _status_of(self, path: str) -> int:
        connection = self._connection()
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
        except (OSError, HTTPException):
            connection.close()  # the next request opens it anew
            return 0
        return answer.status

    def _connection(self) -> HTTPConnection:
        if not hasattr(self._own, "connection"):
            self._own.connection = HTTPConnection(self._server.host, self._server.port, timeout=TIMEOUT_SECONDS)
        connection: HTTPConnection = self._own.connection
        return connection


def _latency(kind: str, replies: Sequence[Reply]) -> Latency:
    times = [reply.milliseconds for reply in replies]
    return Latency(
        kind=kind,
        requests=len(replies),
        errors=sum(reply.failed for reply in replies),
        p50=statistics.median(times),
        p95=percentile(times, 95),
        p99=percentile(times, 99),
        longest=max(times),
    )


def _print_steady(steady: Sequence[Latency], rate: int) -> None:
    head = (f"{rate} requests/s", "requests", "errors", "p50 ms", "p95 ms", "p99 ms", "max ms")
    rows = [(each.kind, each.requests, each.errors, each.p50, each.p95, each.p99, each.longest) for each in steady]
    report.print_table("", head, rows)


# -- as many as it can


def _saturate(server: Server, requests: Sequence[Request]) -> dict[str, Any]:
    return _saturate_with_wrk(server, requests) if shutil.which("wrk") else _saturate_with_threads(server, requests)


def _saturate_with_wrk(server: Server, requests: Sequence[Request]) -> dict[str, Any]:
    """wrk with a script that goes round the paths and prints the numbers we want."""
    paths = ", ".join(f'"{request.path}"' for request in requests)
    script = f"""
local paths, at = {{{paths}}}, 0
request = function() at = at % #paths + 1; return wrk.format("GET", paths[at]) end
done = function(summary)
  local e = summary.errors
  print("counted", summary.requests / summary.duration * 1e6, e.connect + e.read + e.write + e.status + e.timeout)
end
"""
    with tempfile.NamedTemporaryFile("w", suffix=".lua", encoding="utf-8") as file:
        file.write(script)
        file.flush()
        call = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SATURATION_SECONDS}s", "-s", file.name, server.address]
        said = subprocess.run(call, capture_output=True, text=True, check=True).stdout
    counted = next(line for line in said.splitlines() if line.startswith("counted")).split()
    return {"by": "wrk", "requests_per_second": float(counted[1]), "errors": int(counted[2])}


def _saturate_with_threads(server: Server, requests: Sequence[Request]) -> dict[str, Any]:
    sender, places = _Sender(server), count()
    end = time.perf_counter() + SATURATION_SECONDS

    def ask_on() -> list[Reply]:
        replies = []
        while (now := time.perf_counter()) < end:
            replies.append(sender.send(requests[next(places) % len(requests)], now))
        return replies

    with ThreadPoolExecutor(CONNECTIONS) as threads:
        sent = [threads.submit(ask_on) for _ in range(CONNECTIONS)]
        replies = [reply for each in sent for reply in each.result()]
    failed = sum(reply.failed for reply in replies)
    return {"by": "threads", "requests_per_second": len(replies) / SATURATION_SECONDS, "errors": failed}


if __name__ == "__main__":
    main()
