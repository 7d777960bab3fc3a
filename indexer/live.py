"""The archive that is live now, kept open, and opened anew when another build becomes the live one."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from indexer.errors import KhobaoError

if TYPE_CHECKING:  # it is handed in ready made
    from indexer.archive import Archive

POLL_SECONDS = 0.25
"""How often a watcher looks which build is live: a file of 30 bytes is read, which costs 20 µs."""

RETRY_SECONDS = 5.0
"""How long a build that could not be opened is left alone, unless yet another becomes live."""

logger = logging.getLogger(__name__)


class LiveArchive:
    """Call it to get the archive that is live now. Safe to share between threads.

    As it stands it looks for another build whenever it is called, and opens it there and then. Within `watching()` a
    thread of its own looks and opens, and callers get at once what is open. Either way a build that cannot be opened
    never takes the place of one that is open: the reason is logged, once, and opening it is tried again.

    It keeps no reference to the build before: that one goes when the last search on it has ended.

    Args:
        live_name: the name of the live build, None before the first.
        open_live: opens the live build; what it raises is raised by calls as long as nothing is open.
    """

    def __init__(self, live_name: Callable[[], str | None], open_live: Callable[[], Archive]) -> None:
        self._live_name = live_name
        self._open_live = open_live
        self._opening = threading.Lock()
        self._archive: Archive | None = None
        self._is_watched = False
        self._refused: str | None = None
        self._retry_at = 0.0
        self._complaint = ""

    def __call__(self) -> Archive:
        archive = self._archive
        return archive if archive is not None and self._is_watched else self._refresh()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Look for other builds in a thread. Enter it after a fork, not before: threads do not survive one."""
        finished = threading.Event()
        threading.Thread(target=self._watch, args=(finished,), name="live-archive", daemon=True).start()
        self._is_watched = True
        try:
            yield
        finally:
            self._is_watched = False
            finished.set()

    def release(self) -> None:
        """Let go of what is open; the next call opens the live build."""
        self._archive = None

    def _watch(self, finished: threading.Event) -> None:
        while not finished.wait(POLL_SECONDS):
            if self._archive is not None:  # the first one is opened by whoever asks, who is told why it cannot be
                self._refresh()

    def _refresh(self) -> Archive:
        with self._opening:
            if self._archive is None:
                self._archive = self._open_live()
            else:
                self._take_up(self._archive)
            return self._archive

    def _take_up(self, opened: Archive) -> None:
        """Open the live build if it is another one, and not one that has just been found unusable."""
        name = None
        try:
            name = self._live_name()
            if name == opened.build or (name == self._refused and time.monotonic() < self._retry_at):
                return
            archive = self._open_live()
            archive.summary()  # proves that it answers; the home page's first reader does not wait for it either
            self._archive = archive
        except Exception as error:  # whatever is wrong with the new build, the one that is open goes on answering
            self._refuse(name, error)
        else:
            self._refused, self._complaint = None, ""
            logger.info("Build %s is live", archive.build)

    def _refuse(self, name: str | None, error: Exception) -> None:
        self._refused, self._retry_at = name, time.monotonic() + RETRY_SECONDS
        if str(error) != self._complaint:
            self._complaint = str(error)
            next_step = error.next_step if isinstance(error, KhobaoError) else ""
            logger.error("The new build cannot be opened; the one before goes on answering. %s %s", error, next_step)
