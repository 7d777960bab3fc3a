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
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from indexer.errors import KhobaoError
from indexer.pointer import is_name
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
        return tuple(run for file in self._files() if (run := _Reader(file).look()))

    def running(self) -> Run | None:
        """The run that is under way."""
        return next((run for file in self._files() if _is_under_way(file) and (run := _Reader(file).look())), None)

    def run(self, run_id: str) -> Run | None:
        """One run, as it stands now; None for one that has not begun, or that nobody remembers."""
        return self.follow(run_id)()

    def follow(self, run_id: str) -> Callable[[], Run | None]:
        """What `run` tells, for who asks again and again: each time no more is read than was added since."""
        name = f"{run_id}{_SUFFIX}"
        return _Reader(self._folder / name).look if is_name(name) else lambda: None

    def _files(self) -> list[Path]:
        with suppress(OSError):
            return sorted((file for file in self._folder.iterdir() if file.suffix == _SUFFIX), reverse=True)
        return []


def new_id() -> str:
    """An id for a run; later ones sort later."""
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}-{secrets.token_hex(2)}"


class _Reader:
    """A record, read as it grows."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._told: dict[str, Any] = {}
        self._behind = 0

    def look(self) -> Run | None:
        """The run as it stands; None while nothing whole stands in the record, or where that is gone or no record."""
        try:
            with self._path.open("rb") as file:
                is_under_way = _is_locked(file)  # asked first: a run writes its end before it opens the lock
                self._read_on(file)
            return _run(self._path.stem, self._told, is_under_way=is_under_way)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def _read_on(self, file: IO[bytes]) -> None:
        """Take in the lines that are whole by now."""
        file.seek(self._behind)
        added = file.read()
        whole = added[: added.rfind(b"\n") + 1]
        for line in whole.splitlines():
            self._told |= json.loads(line)
        self._behind += len(whole)


def _run(run_id: str, told: dict[str, Any], *, is_under_way: bool) -> Run:
    """Raises KeyError, TypeError where what was told is not of a run."""
    step = Step(**told["step"]) if "step" in told else None
    state = _state_of(told, is_under_way=is_under_way)
    texts = {name: told.get(name, "") for name in ("ended", "message", "next_step")}
    tables = {name: told.get(name, {}) for name in ("report", "impact")}
    paths, is_removal = tuple(told["paths"]), told.get("is_removal", False)
    return Run(run_id, state, told["started"], paths, step=step, is_removal=is_removal, **tables, **texts)


def _state_of(told: dict[str, Any], *, is_under_way: bool) -> RunState:
    if "report" in told:
        return RunState.DONE
    if "ended" in told:
        return RunState.FAILED
    return RunState.RUNNING if is_under_way else RunState.KILLED


def _is_under_way(path: Path) -> bool:
    with suppress(OSError), path.open("rb") as file:
        return _is_locked(file)
    return False


def _is_locked(file: IO[bytes]) -> bool:
    """Whether a run holds the record; otherwise it is ours, a moment, until it is closed."""
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
