"""Counts searches while a server answers them: in memory, and every few seconds on the disk."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from indexer.searches.counts import tally_up
from indexer.searches.days import SearchDays

WRITE_SECONDS = 5.0
"""How long a count may be in memory only: what a process that is killed has not written is lost."""

MOST_AT_ONCE = 2_000
"""Different texts between two writings; more are only a number."""

LONGEST = 200
"""Characters of a question whose text is kept; a longer one is a passage that somebody pasted."""

_PERSONAL = re.compile(r"@|(?:\d[ .-]?){9}")
"""An address, or a number as long as those of telephones, accounts and identity cards: never kept."""

logger = logging.getLogger(__name__)


class SearchCounter:
    """Counts within `counting()`, and does nothing outside it. Safe to share between threads.

    To count takes a microsecond and never fails: what cannot be written is forgotten, and the reason logged once.
    """

    def __init__(self, days: SearchDays) -> None:
        self._days = days
        self._lock = threading.Lock()
        self._is_counting = False
        self._typed: dict[str, tuple[int, int]] = {}
        self._others = 0
        self._tidied: date | None = None
        self._complaint = ""

    def count(self, text: str, found: int) -> None:
        """Somebody asked this, and so many articles were found."""
        with self._lock:
            if not self._is_counting:
                return
            known = self._typed.get(text)
            if known:
                self._typed[text] = known[0] + 1, found
            elif len(self._typed) < MOST_AT_ONCE and len(text) <= LONGEST and not _PERSONAL.search(text):
                self._typed[text] = 1, found
            else:
                self._others += 1

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Count, and write in a thread; the last is written at the end. Enter it after a fork: threads survive none."""
        finished = threading.Event()
        thread = threading.Thread(target=self._keep_writing, args=(finished,), name="search-counter", daemon=True)
        self._is_counting = True
        thread.start()
        try:
            yield
        finally:
            self._is_counting = False
            finished.set()
            thread.join(WRITE_SECONDS)  # a disk that hangs must not keep the server from its end

    def _keep_writing(self, finished: threading.Event) -> None:
        is_over = False
        while not is_over:
            is_over = finished.wait(WRITE_SECONDS)
            try:
                self._write(date.today())
                self._complaint = ""
            except Exception as error:  # whatever it is, searches go on
                self._complain(error)

    def _write(self, today: date) -> None:
        with self._lock:
            typed, others = self._typed, self._others
            self._typed, self._others = {}, 0
        if typed or others:
            self._days.append(today, tally_up(typed, others))
        if self._tidied != today:
            self._days.tidy(today)
            self._tidied = today

    def _complain(self, error: Exception) -> None:
        if str(error) != self._complaint:
            self._complaint = str(error)
            logger.warning("Searches are not counted: %s", error)
