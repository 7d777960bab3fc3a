"""The machine and the versions a benchmark ran with: numbers without them say nothing."""

from __future__ import annotations

import os
import platform
import sqlite3
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("khobao", "Whoosh", "numpy", "pyvi", "Flask", "waitress", "tantivy")

Facts = dict[str, str]


def machine_facts() -> Facts:
    """Name -> value, in the order they are printed."""
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "cores": str(os.cpu_count()),
        "cpu": _value_in(Path("/proc/cpuinfo"), "model name"),
        "memory": _value_in(Path("/proc/meminfo"), "MemTotal"),
        "load": " ".join(f"{load:.1f}" for load in os.getloadavg()),
        "system": platform.platform(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **{package: _version(package) for package in PACKAGES},
    }


def _value_in(table: Path, name: str) -> str:
    """The first value of that name in one of Linux's `name : value` files."""
    try:
        lines = table.read_text(encoding="utf-8").splitlines()
    except OSError:
        return "unknown"
    values = (line.partition(":")[2].strip() for line in lines if line.startswith(name))
    return next(values, "unknown")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
