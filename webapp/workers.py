"""Several processes that do the same work: forked, replaced when they die, stopped together."""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

TICK_SECONDS = 0.1
"""How often the parent looks after its workers."""

SHORT_LIFE_SECONDS = 10.0
"""A worker that lives no longer than this died at once: something is wrong, and haste would not mend it."""

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 30.0
"""Before a worker that died at once is replaced; the pause doubles each time."""

STOPPING = (signal.SIGTERM, signal.SIGINT)
"""The signals that ask for an end."""

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class _Post:
    """The place of one worker; vacant while `pid` is 0, and to be filled when `due` has come (monotonic seconds)."""

    pid: int = 0
    since: float = 0.0
    pause: float = 0.0
    due: float = 0.0

    def vacate(self, lived: float) -> None:
        """The worker is gone after so many seconds; the next one may have to wait."""
        self.pid, self.pause = 0, pause_after(lived, self.pause)
        self.due = time.monotonic() + self.pause


class Workers:
    """`count` processes that each run `work`. Needs a system with fork, and a parent with one thread.

    Args:
        work: what a worker does until SIGTERM; it must install its own handler, and end when its parent is gone.
        count: how many.
        patience_seconds: how long workers may take to end once they are told to.
    """

    def __init__(self, work: Callable[[], None], count: int, patience_seconds: float) -> None:
        self._work = work
        self._posts = [_Post() for _ in range(count)]
        self._patience_seconds = patience_seconds
        self._is_stopping = False

    def start(self) -> None:
        """Fork the workers. From here on SIGTERM and SIGINT end `supervise`."""
        for stopping in STOPPING:
            signal.signal(stopping, self._stop)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # where we inherit that it is ignored, deaths go untold
        self._fill()

    def supervise(self) -> None:
        """Replace workers that die, until SIGTERM or SIGINT."""
        while not self._is_stopping:
            time.sleep(TICK_SECONDS)
            self._note_deaths()
            self._fill()

    def stop(self) -> None:
        """Have every worker finish what it is at; kill those that do not end."""
        self._signal(signal.SIGTERM)
        deadline = time.monotonic() + self._patience_seconds
        while self._note_ends() and time.monotonic() < deadline:
            time.sleep(TICK_SECONDS)
        self._signal(signal.SIGKILL)
        while self._note_ends():
            time.sleep(TICK_SECONDS)

    def _stop(self, *_: object) -> None:
        self._is_stopping = True

    def _fill(self) -> None:
        for post in self._posts:
            if not post.pid and post.due <= time.monotonic() and not self._is_stopping:
                try:
                    post.pid, post.since = self._fork(), time.monotonic()
                except OSError as error:  # no memory, or too many processes: that may pass
                    post.vacate(0.0)
                    logger.error("A worker cannot be started (%s); next try in %.1f s", error, post.pause)

    def _fork(self) -> int:
        """The id of a new worker. Signals wait meanwhile: the worker's would be lost in our own handler."""
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
        try:
            pid = os.fork()
            if not pid:
                self._be_a_worker()
            return pid
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)

    def _be_a_worker(self) -> NoReturn:
        status = 1
        try:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)  # until the work has a handler there is nothing to finish
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all processes; the parent passes it on
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
            self._work()
            status = 0
        except BaseException:  # nothing may get past here, into the parent's code
            logger.exception("A worker failed")
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)

    def _note_deaths(self) -> None:
        for post in self._posts:
            status = _exit_status(post.pid)
            if status is not None:
                pid, lived = post.pid, time.monotonic() - post.since
                post.vacate(lived)
                logger.warning(
                    "Worker %d %s after %.0f s; another starts in %.1f s", pid, _describe(status), lived, post.pause
                )

    def _note_ends(self) -> bool:
        """Whether any worker is still there."""
        for post in self._posts:
            if _exit_status(post.pid) is not None:
                post.pid = 0
        return any(post.pid for post in self._posts)

    def _signal(self, number: signal.Signals) -> None:
        for post in self._posts:
            if post.pid:
                os.kill(post.pid, number)


def pause_after(lived: float, pause: float) -> float:
    """Seconds to wait before a worker is replaced, from its life and the pause before it."""
    if lived >= SHORT_LIFE_SECONDS:
        return 0.0
    return min(max(FIRST_PAUSE_SECONDS, 2 * pause), LONGEST_PAUSE_SECONDS)


def _exit_status(pid: int) -> int | None:
    """How the worker ended, None while it runs or where there is none; minus the number of a signal that ended it."""
    if not pid:
        return None
    ended, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if ended else None


def _describe(status: int) -> str:
    return f"was ended by {signal.Signals(-status).name}" if status < 0 else f"ended with status {status}"
