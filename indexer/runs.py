"""The runs of `khobao index`, recorded while they happen: who follows one reads its file as it grows.

    index_data/runs/<id>.jsonl     a line when it starts, one for each step told, one when it ends

A run keeps its file locked, so that one that was killed is known by its open lock. A record is a help and never a
hindrance: where it cannot be written (a full disk, a folder that is read-only), the run goes on without.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from indexer.errors import KhobaoError
from indexer.reports import Progress, Report, Step, report_as_json

KEPT = 50
"""Runs that are remembered."""

MOST_TOLD = 1000
"""Ids, rejects and remarks of each kind that a record holds; its counts are of all."""

SECONDS_BETWEEN_STEPS = 0.25

_SUFFIX = ".jsonl"


class RunState(StrEnum):
    """How a run stands, or ended."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    KILLED = "killed"


@dataclass(frozen=True, slots=True)
class Run:
    """One run. `started` and `ended` are UTC, ISO 8601; `step` is the last one told.

    `report` is what `report_as_json` gave of a run that is done; `message` and `next_step` say why one failed. `impact`
    is what `impact_as_json` gave of its build, if that was compared; `report["is_waiting"]` whether it was not taken.
    `is_removal`: the articles under `paths` were to be taken out, not in.
    """

    id: str
    state: RunState
    started: str
    paths: tuple[str, ...] = ()
    ended: str = ""
    step: Step | None = None
    report: dict[str, Any] = field(default_factory=dict)
    message: str = ""
    next_step: str = ""
    impact: dict[str, Any] = field(default_factory=dict)
    is_removal: bool = False


class Record:
    """The record of one run that is under way."""

    def __init__(self, file: IO[str] | None) -> None:
        self._file = file
        self._told_at = 0.0

    def along(self, progress: Progress) -> Progress:
        """Passes every step on, and writes some of them down."""

        def tell(step: Step) -> None:
            progress(step)
            if time.monotonic() >= self._told_at + SECONDS_BETWEEN_STEPS:
                self._told_at = time.monotonic()
                self._write({"step": asdict(step)})

        return tell

    def tell_impact(self, impact: dict[str, Any]) -> None:
        """What the new build would change, while the run still waits for a word on it."""
        self._write({"impact": impact})

    def end(self, report: Report) -> None:
        self._write({"ended": _now(), "report": report_as_json(report, MOST_TOLD)})

    def fail(self, error: BaseException) -> None:
        next_step = error.next_step if isinstance(error, KhobaoError) else ""
        self._write({"ended": _now(), "message": str(error) or type(error).__name__, "next_step": next_step})

    def _write(self, line: dict[str, Any]) -> None:
        if self._file:
            with suppress(OSError):
                self._file.write(json.dumps(line) + "\n")
                self._file.flush()


class RunLog:
    """The records in one index folder."""

    def __init__(self, index_dir: Path) -> None:
        self._index_dir = index_dir
        self._folder = index_dir / "runs"

    @contextmanager
    def recording(self, run_id: str | None, paths: Sequence[str], *, is_removal: bool = False) -> Iterator[Record]:
        """Record a run; what is raised within is recorded as its failure, and raised."""
        file = None
        with suppress(OSError):
            file = self._open(run_id or new_id())
        record = Record(file)
        record._write({"started": _now(), "paths": [*paths], "is_removal": is_removal})
        try:
            yield record
        except BaseException as error:
            record.fail(error)
            raise
        finally:
            with suppress(OSError):
                if file:
                    file.close()

    def _open(self, run_id: str) -> IO[str]:
        self._folder.mkdir(parents=True, exist_ok=True)
        for old in self._files()[KEPT - 1 :]:
            old.unlink(missing_ok=True)
        file = (self._folder / f"{run_id}{_SUFFIX}").open("a", encoding="utf-8")
        fcntl.flock(file, fcntl.LOCK_EX)
        return file

    def start(self, arguments: Sequence[str]) -> str:
        """Start `khobao index` with these arguments as a process that outlives this one; returns the id of its run."""
        run_id = new_id()
        call = [sys.executable, "-m", "indexer", "index", "--index", str(self._index_dir), "--run", run_id, *arguments]
        process = subprocess.Popen(  # noqa: S603 - our own program, no shell between
            call,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        # Somebody has to take note of its end, or it would stay in the system's table as long as this process lives.
        threading.Thread(target=process.wait, daemon=True).start()
        return run_id

    def runs(self) -> tuple[Run, ...]:
        """The last runs, the newest first."""
        return tuple(run for file in self._files() if (run := _read(file)))

    def run(self, run_id: str) -> Run | None:
        """One run, as it stands now; None for one that has not begun, or that nobody remembers."""
        return next((_read(file) for file in self._files() if file.stem == run_id), None)

    def _files(self) -> list[Path]:
        with suppress(OSError):
            return sorted((file for file in self._folder.iterdir() if file.suffix == _SUFFIX), reverse=True)
        return []


def new_id() -> str:
    """An id for a run; later ones sort later."""
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}-{secrets.token_hex(2)}"


def _read(file: Path) -> Run | None:
    """The run a file records; None while nothing whole stands in it, or where it is gone meanwhile."""
    try:
        is_under_way = _is_locked(file)
        lines = [
            json.loads(line) for line in file.read_text(encoding="utf-8").splitlines(keepends=True) if line[-1:] == "\n"
        ]
        told: dict[str, Any] = {key: value for line in lines for key, value in line.items()}
        step = Step(**told["step"]) if "step" in told else None
        state = _state_of(told, is_under_way=is_under_way)
        texts = {name: told.get(name, "") for name in ("ended", "message", "next_step")}
        tables = {name: told.get(name, {}) for name in ("report", "impact")}
        is_removal = told.get("is_removal", False)
        paths = tuple(told["paths"])
        return Run(file.stem, state, told["started"], paths, step=step, is_removal=is_removal, **tables, **texts)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _state_of(told: dict[str, Any], *, is_under_way: bool) -> RunState:
    if "report" in told:
        return RunState.DONE
    if "ended" in told:
        return RunState.FAILED
    return RunState.RUNNING if is_under_way else RunState.KILLED


def _is_locked(path: Path) -> bool:
    with path.open(encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
