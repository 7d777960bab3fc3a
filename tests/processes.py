"""What tests ask the system about processes. Linux only: it is read from /proc."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

PATIENCE = 20.0
"""Seconds after which something that has not happened never will."""


def wait_for_children(parent: int, count: int) -> set[int]:
    """The processes a parent has started, once there are so many."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        children = {pid for pid, (_, its_parent) in _processes().items() if its_parent == parent}
        if len(children) >= count:
            return children
        time.sleep(0.005)
    raise TimeoutError(f"{parent} never had {count} children")


def wait_until_gone(processes: set[int]) -> bool:
    """Whether all of them end."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        running = {pid for pid, (state, _) in _processes().items() if state != "Z"}
        if not running & processes:
            return True
        time.sleep(0.005)
    return False


def _processes() -> dict[int, tuple[str, int]]:
    """State and parent of every process."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended meanwhile
            state, parent = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[:2]
            found[int(stat.parent.name)] = state, int(parent)
    return found
