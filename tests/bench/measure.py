"""Time and memory: CPU and wall seconds, percentiles, memory of processes, and calls in a process of their own."""

from __future__ import annotations

import gc
import multiprocessing
import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds; `cpu` adds up all threads and every child process that has ended."""

    cpu: float
    wall: float

    def __sub__(self, other: Spent) -> Spent:
        return Spent(self.cpu - other.cpu, self.wall - other.wall)


def spent_so_far() -> Spent:
    used = os.times()
    return Spent(time.process_time() + used.children_user + used.children_system, time.perf_counter())


def time_of(call: Callable[[], object]) -> Spent:
    before = spent_so_far()
    call()
    return spent_so_far() - before


def milliseconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000


@contextmanager
def no_collection() -> Iterator[None]:
    """Python's garbage collector falls on whoever is being timed when it starts; here nobody."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def percentile(values: Sequence[float], percent: float) -> float:
    """The value below which that share of the values lies, by nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def p50(values: Sequence[float]) -> float:
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    return percentile(values, 95)


def in_own_process(function: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs) -> Result:
    """Call a module's function in a fresh process, so that its imports, caches and peak of memory are its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(function, *args, **kwargs).result()


def memory_mb(process: int | str = "self", *, peak: bool = False) -> float:
    """What a process holds in memory now, or at most so far. Shared pages and mapped files that were read count."""
    return _kilobytes(Path(f"/proc/{process}/status"), "VmHWM:" if peak else "VmRSS:") / 1000


def memory_of_tree_mb(process: int) -> float:
    """What a process and its children hold, with each shared page split between those that share it."""
    return sum(_kilobytes(Path(f"/proc/{one}/smaps_rollup"), "Pss:") for one in _tree(process)) / 1000


def _tree(process: int) -> Iterator[int]:
    yield process
    for listing in Path(f"/proc/{process}/task").glob("*/children"):
        for child in listing.read_text(encoding="ascii").split():
            yield from _tree(int(child))


def _kilobytes(table: Path, name: str) -> float:
    lines = table.read_text(encoding="ascii", errors="replace").splitlines()
    kibibytes = next(int(line.split()[1]) for line in lines if line.startswith(name))
    return kibibytes * 1.024
