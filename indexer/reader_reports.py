"""What readers report about articles, in a file beside the index: a line of JSON each, until staff have seen it.

A rebuild leaves the file alone. Several processes may write it: they take turns.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Container
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from indexer.durable import alone_in, replace_bytes
from indexer.errors import ReportsFull
from indexer.problems import ReaderReport, ReportKind

FILE = "reader_reports.jsonl"

MOST = 10_000
"""Reports that wait for staff. Nobody has read so many; and who sends them by a program must not fill the disk."""

MOST_CHARS = 1000
"""Characters of a report."""


@dataclass(frozen=True, slots=True)
class OpenReports:
    """The reports that wait, the oldest first, and the numbers of the lines that cannot be read as one."""

    reports: tuple[ReaderReport, ...] = ()
    unreadable: tuple[int, ...] = ()


class ReaderReports:
    """The reports beside one index. Safe to share between threads and processes."""

    def __init__(self, index_dir: Path) -> None:
        self.path = index_dir / FILE

    def add(self, article_id: str, title: str, kind: ReportKind, text: str) -> ReaderReport:
        """Write a report down; it is on the disk when this returns.

        Raises:
            ReportsFull: there are `MOST` already.
            OSError: it cannot be written.
        """
        now = datetime.now(UTC).isoformat(timespec="seconds")
        report = ReaderReport(secrets.token_hex(6), now, article_id, title, kind, text[:MOST_CHARS])
        line = json.dumps(asdict(report), ensure_ascii=False).encode() + b"\n"
        with alone_in(self.path.parent):
            held = self._read()
            if held.count(b"\n") >= MOST:
                raise ReportsFull(self.path, MOST)
            is_torn = bool(held) and not held.endswith(b"\n")  # whoever wrote last did not come to the end
            with self.path.open("ab") as file:
                file.write(b"\n" + line if is_torn else line)
                file.flush()
                os.fsync(file.fileno())
        return report

    def read(self) -> OpenReports:
        """The reports that wait. Raises OSError."""
        found = [(number, _parse(line)) for number, line in enumerate(self._read().splitlines(), start=1) if line]
        return OpenReports(
            tuple(report for _, report in found if report),
            tuple(number for number, report in found if not report),
        )

    def close(self, ids: Container[str]) -> int:
        """Take out the reports with these ids; how many there were. What cannot be read stays. Raises OSError."""
        with alone_in(self.path.parent):
            lines = self._read().splitlines(keepends=True)
            left = [line for line in lines if not ((report := _parse(line)) and report.id in ids)]
            if len(left) < len(lines):
                replace_bytes(self.path, b"".join(left))
        return len(lines) - len(left)

    def _read(self) -> bytes:
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return b""


def _parse(line: bytes) -> ReaderReport | None:
    try:
        values = json.loads(line)
        report = ReaderReport(**values | {"kind": ReportKind(values["kind"])})
        return report if all(isinstance(value, str) for value in values.values()) else None
    except (ValueError, TypeError, KeyError):
        return None
