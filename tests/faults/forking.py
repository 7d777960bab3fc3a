"""A process with the library loaded, that forks another for every run of `index`: 20 ms instead of a fresh start.

Run as `python -m tests.faults.forking`; a JSON line in for each run, a JSON line out when it has ended.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from indexer import bootstrap
from indexer.errors import KhobaoError
from indexer.settings import Settings
from tests.conftest import ROOT, settings_in
from tests.faults.tripwire import Fault, Tripwire


@dataclass(frozen=True)
class Ended:
    """How a run ended: its exit status (negative: the signal), what it said, and how many operations it came to."""

    status: int
    kind: str = ""
    message: str = ""
    next_step: str = ""
    operations: int = 0


class Forker:
    """Starts runs in processes of their own."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.forking"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]), "OPENBLAS_NUM_THREADS": "1"},
        )

    def run(
        self,
        settings: Settings,
        at: int = 0,
        fault: Fault = Fault.KILL,
        *,
        action: str = "index",
        watched: Path | None = None,
    ) -> Ended:
        """Run an action to its end, the fault at the operation `at` below `watched` (the index if left out)."""
        assert self._process.stdin
        assert self._process.stdout
        wish = {
            "index": str(settings.index_dir),
            "seeds": str(settings.seeds_dir),
            "watched": str(watched or settings.index_dir),
            "at": at,
            "fault": fault,
            "action": action,
        }
        print(json.dumps(wish), file=self._process.stdin, flush=True)
        return Ended(**json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        self._process.communicate()


def main() -> None:
    _load_everything()
    for line in sys.stdin:
        wish = json.loads(line)
        out, into = os.pipe()
        child = os.fork()
        if not child:
            os.close(out)
            _run(wish, into)
        os.close(into)
        with os.fdopen(out, encoding="utf-8") as answer:
            told = json.loads(answer.read() or "{}")
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(json.dumps({"status": status, **told}), flush=True)  # noqa: T201 - to the test


def _load_everything() -> None:
    """So that the forks share it, instead of loading it themselves one after the other."""
    with TemporaryDirectory() as folder:
        settings = settings_in(Path(folder), build_workers=1)
        settings.seeds_dir.mkdir()
        (settings.seeds_dir / "a.txt").write_text("Tựa bài\n\nMột đoạn.\n", encoding="utf-8")
        for action in ACTIONS.values():
            action(settings)
    gc.freeze()


def _run(wish: dict[str, Any], into: int) -> None:
    """In the child; never returns."""
    settings = Settings(index_dir=Path(wish["index"]), seeds_dir=Path(wish["seeds"]), build_workers=1)
    tripwire = Tripwire(Path(wish["watched"]), wish["at"], Fault(wish["fault"]))
    told: dict[str, Any] = {}
    status = 0
    tripwire.set()
    try:
        ACTIONS[wish["action"]](settings)
    except Exception as error:  # whatever it is: the test looks at its kind
        status = 1
        next_step = error.next_step if isinstance(error, KhobaoError) else ""
        told = {"kind": type(error).__name__, "message": str(error), "next_step": next_step}
    told["operations"] = tripwire.operations
    os.write(into, json.dumps(told).encode())
    os._exit(status)


ACTIONS = {
    "index": bootstrap.index,
    "rebuild": lambda settings: bootstrap.index(settings, rebuild=True),
}

if __name__ == "__main__":
    main()
