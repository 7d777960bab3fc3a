"""`khobao index` with a stopwatch in our engine: prints a last line of JSON, the seconds by part of the engine.

`searchers`: opening the old build to see what it holds and the new one to verify it; `writer`: opening the writer;
`ended`: `time.monotonic()` at the end, which all processes of a machine share.

Run as `python -m tests.bench.timed_index index PATH --index DIR`.
"""

from __future__ import annotations

import atexit
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

from indexer.documents import Document
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.ports import IndexWriter, Searcher
from webapp.cli import main as khobao

Result = TypeVar("Result")


class Stopwatch:
    """Adds up seconds by part."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(("searchers", "writer", "add", "commit"), 0.0)

    def timed(self, part: str, call: Callable[[], Result]) -> Result:
        started = time.perf_counter()
        try:
            return call()
        finally:
            self.seconds[part] += time.perf_counter() - started


class TimedWriter:
    """A writer whose adding and committing is timed."""

    def __init__(self, writer: IndexWriter, watch: Stopwatch) -> None:
        self._writer = writer
        self._watch = watch

    def add(self, document: Document) -> None:
        self._watch.timed("add", lambda: self._writer.add(document))

    def remove(self, article_id: str) -> None:
        self._writer.remove(article_id)

    def commit(self) -> None:
        self._watch.timed("commit", self._writer.commit)

    def cancel(self) -> None:
        self._writer.cancel()


def main() -> None:
    watch = Stopwatch()
    open_writer, open_searcher = WhooshEngine.writer, WhooshEngine.searcher

    def writer(engine: WhooshEngine, folder: Path) -> TimedWriter:
        return TimedWriter(watch.timed("writer", lambda: open_writer(engine, folder)), watch)

    def searcher(engine: WhooshEngine, folder: Path) -> Searcher:
        return watch.timed("searchers", lambda: open_searcher(engine, folder))

    atexit.register(lambda: print(json.dumps(watch.seconds | {"ended": time.monotonic()})))
    with patch.multiple(WhooshEngine, writer=writer, searcher=searcher):
        khobao()


if __name__ == "__main__":
    main()
