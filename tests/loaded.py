"""`khobao` in a fork of a process that has the library loaded: a start takes a tenth of the work of a fresh one.

That process is the fork server of `multiprocessing`. It has one thread, and nothing in it of the tests.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

from webapp import app, cli, serving  # noqa: F401 - `khobao serve` loads the others when it is called

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["__main__", __name__])


class Khobao:
    """A run of the command, with what the tests use of `subprocess.Popen`."""

    def __init__(self, *arguments: str, stderr: Path) -> None:
        with TemporaryDirectory() as folder:
            pipe = Path(folder) / "stdout"
            os.mkfifo(pipe)
            self._process = FORKS.Process(target=_run, args=(arguments, pipe, stderr, dict(os.environ)))
            self._process.start()
            self.stdout = pipe.open(encoding="utf-8")  # waits for the other end

    @property
    def pid(self) -> int:
        assert self._process.pid
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def send_signal(self, number: signal.Signals) -> None:
        if self.returncode is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def wait(self, timeout: float) -> int:
        self._process.join(timeout)
        if self.returncode is None:
            raise TimeoutError(f"{self.pid} goes on")
        return self.returncode

    def communicate(self, timeout: float) -> tuple[str, None]:
        rest = self.stdout.read()
        self.wait(timeout)
        return rest, None

    def __enter__(self) -> Khobao:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stdout.close()
        self._process.join()
        self._process.close()


def _run(arguments: tuple[str, ...], stdout: Path, stderr: Path, environment: dict[str, str]) -> None:
    """In the fork: as if it had been started so."""
    os.environ.clear()
    os.environ.update(environment)
    for path, descriptor in ((stdout, 1), (stderr, 2)):
        with path.open("w", encoding="utf-8") as file:
            os.dup2(file.fileno(), descriptor)
    sys.argv = ["khobao", *arguments]
    cli.main()
