"""Documents of a large run, made by several processes at once; they come out in the order the articles went in.

The workers are fresh interpreters, not forks: a fork would keep the index's lock and the engine's files open, copy
locks that numpy's threads hold, and outlive a run that is killed. They cost 0.1 s each to start, so that the first
articles of a run are analysed here, and a small run starts none.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO, NamedTuple, cast

from indexer.documents import Document, to_document
from indexer.errors import WorkerLost
from indexer.model import Article
from indexer.worker import Tokens

MOST_BY_DEFAULT = 4
"""Workers where nobody says how many: beyond, the one process that reads and writes sets the pace."""

FIRST_ARTICLES = 300
"""Analysed in this process before any worker is started."""

BATCH_CHARS = 50_000
"""Text that goes to a worker at once, about 15 articles; an article that is longer goes alone."""

BATCHES_AHEAD = 3
"""Batches that wait for each worker: enough that none runs idle, and all that is ever held in memory."""

ENDING_SECONDS = 5.0
"""How long a worker that no longer answers may take to end."""


class Job(NamedTuple):
    """What `to_document` is given."""

    article: Article
    path: str
    digest: str


class WorkerPool:
    """Makes documents and delivers them in order: some with each `add`, the rest with `finish`.

    Args:
        workers: processes to start in a large run; 0 for one a core, 1 to do all in this process.
        deliver: is given every document.
    """

    def __init__(self, workers: int, deliver: Callable[[Document], None]) -> None:
        self._size = workers or _usable_cores()
        self._deliver = deliver
        self._articles_alone = 0
        self._workers: list[_Worker] = []
        self._batch: list[Job] = []
        self._batch_chars = 0
        self._sent: deque[tuple[_Worker, list[Job]]] = deque()
        self._next = 0

    def add(self, article: Article, path: str, digest: str) -> None:
        """Raises WorkerLost when a worker has died, and what `to_document` raises, of an article added before."""
        if self._size == 1 or self._articles_alone < FIRST_ARTICLES:
            self._articles_alone += 1
            self._deliver(to_document(article, path, digest))
            return
        self._batch.append(Job(article, path, digest))
        self._batch_chars += sum(map(len, article.passages()))
        if self._batch_chars >= BATCH_CHARS:
            self._send()

    def finish(self) -> None:
        """Deliver what is still being worked on. Raises as `add` does."""
        if self._batch:
            self._send()
        while self._sent:
            self._receive()
        self.stop()

    def stop(self) -> None:
        """End the workers at once, whatever they are doing."""
        while self._workers:
            self._workers.pop().stop()

    def _send(self) -> None:
        """To the workers in turn: what each answers is then asked of them in turn."""
        while len(self._workers) < self._size:
            self._workers.append(_Worker())
        if len(self._sent) >= BATCHES_AHEAD * self._size:
            self._receive()
        worker = self._workers[self._next]
        self._next = (self._next + 1) % self._size
        worker.send([job.article for job in self._batch])
        self._sent.append((worker, self._batch))
        self._batch, self._batch_chars = [], 0

    def _receive(self) -> None:
        worker, jobs = self._sent.popleft()
        for job, (title, body, compounds, names) in zip(jobs, worker.receive(), strict=True):
            self._deliver(Document(*job, title, body, compounds, names))


class _Worker:
    """One process that runs `indexer.worker`."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "indexer.worker"],  # -P: not an `indexer` that lies in the working folder
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            process_group=0,  # Ctrl-C is for the parent, which stops its workers
        )
        self._requests = cast(BinaryIO, self._process.stdin)
        self._answers = cast(BinaryIO, self._process.stdout)

    def send(self, articles: list[Article]) -> None:
        try:
            pickle.dump(articles, self._requests, pickle.HIGHEST_PROTOCOL)
            self._requests.flush()
        except BrokenPipeError:
            raise self._lost() from None

    def receive(self) -> list[Tokens]:
        """The answer to the oldest request. Raises what was raised over there."""
        try:
            answer: list[Tokens] | Exception = pickle.load(self._answers)  # noqa: S301 - from our own process
        except (EOFError, pickle.UnpicklingError):
            raise self._lost() from None
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _lost(self) -> WorkerLost:
        try:
            return WorkerLost(self._process.wait(ENDING_SECONDS))
        except subprocess.TimeoutExpired:  # it has closed its pipes, or writes nonsense into them, and lives
            self._process.kill()
            return WorkerLost(self._process.wait())

    def stop(self) -> None:
        self._process.kill()
        with suppress(BrokenPipeError):  # what was not sent yet
            self._requests.close()
        self._answers.close()
        self._process.wait()


def _usable_cores() -> int:
    """Cores this process may run on, as far as they are of use."""
    # macOS has no affinity.
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_BY_DEFAULT)
