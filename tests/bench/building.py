"""Builds an index in a process of its own and says what that took."""

from __future__ import annotations

import re
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.corpus import Corpus
from tests.bench.measure import in_own_process, memory_mb, spent_so_far
from tests.bench.registry import contender

_SEGMENT_NAME = re.compile(r"[0-9a-z]{12,}")


@dataclass(frozen=True, slots=True)
class Build:
    """What a build took; bytes on disk by kind of file.

    Reading the file of tokens and putting each article in the form the engine takes it is in the wall time, since
    tantivy works on in a thread meanwhile, but not in the CPU time.
    """

    name: str
    cpu_seconds: float
    wall_seconds: float
    peak_mb: float
    bytes_of: dict[str, int]

    @property
    def size_mb(self) -> float:
        return sum(self.bytes_of.values()) / 1e6


def build(name: str, corpus: Corpus, articles: int, folder: Path) -> Build:
    """Build the contender's index in the folder, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return in_own_process(_build, name, corpus, articles, folder)


def _build(name: str, corpus: Corpus, articles: int, folder: Path) -> Build:
    engine = contender(name)
    supply = _Supply(map(engine.document, corpus.entries(articles)))
    before = spent_so_far()
    engine.build(folder, supply)
    spent = spent_so_far() - before
    return Build(name, spent.cpu - supply.cpu_seconds, spent.wall, memory_mb(peak=True), _bytes_by_kind(folder))


class _Supply(Iterator[Any]):
    """Hands documents on and adds up what this thread spent on making them."""

    def __init__(self, documents: Iterator[Any]) -> None:
        self._documents = documents
        self.cpu_seconds = 0.0

    def __next__(self) -> Any:
        started = time.thread_time()
        try:
            return next(self._documents)
        finally:
            self.cpu_seconds += time.thread_time() - started


def _bytes_by_kind(folder: Path) -> dict[str, int]:
    """File names without the names of segments, so that all segments' postings are one kind."""
    kinds: Counter[str] = Counter()
    for file in folder.rglob("*"):
        if file.is_file():
            kinds[_SEGMENT_NAME.sub("*", file.name)] += file.stat().st_size
    return dict(kinds.most_common())
