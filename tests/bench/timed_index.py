"""`khobao index` with a stopwatch in our engine: prints a last line of JSON with the seconds spent in the writer.

Run as `python -m tests.bench.timed_index index PATH --index DIR`.
"""

from __future__ import annotations

import atexit
import json
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from indexer.documents import Document
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.ports import IndexWriter
from webapp.cli import main as khobao


class TimedWriter:
    """A writer that adds up how long adding and committing take."""

    def __init__(self, writer: IndexWriter, seconds: dict[str, float]) -> None:
        self._writer = writer
        self._seconds = seconds

    def add(self, document: Document) -> None:
        self._timed("add", lambda: self._writer.add(document))

    def remove(self, article_id: str) -> None:
        self._writer.remove(article_id)

    def commit(self) -> None:
        self._timed("commit", self._writer.commit)

    def cancel(self) -> None:
        self._writer.cancel()

    def _timed(self, part: str, call: Callable[[], None]) -> None:
        started = time.perf_counter()
        call()
        self._seconds[part] = self._seconds.get(part, 0.0) + time.perf_counter() - started


def main() -> None:
    seconds: dict[str, float] = {}
    untimed = WhooshEngine.writer

    def writer(engine: WhooshEngine, folder: Path) -> TimedWriter:
        started = time.perf_counter()
        opened = untimed(engine, folder)
        seconds["open"] = time.perf_counter() - started
        return TimedWriter(opened, seconds)

    atexit.register(lambda: print(json.dumps(seconds)))
    with patch.object(WhooshEngine, "writer", writer):
        khobao()


if __name__ == "__main__":
    main()
