"""Text files that staff keep beside the index: read, added to, and taken up when they are saved."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from indexer.durable import alone_in, replace_text
from indexer.errors import StaffListUnreadable, StaffListUnwritable
from indexer.sources.charset import Undecodable, decode

LOOK_SECONDS = 0.25
"""How often a list is looked at: when it was last changed is asked, which costs some microseconds."""

_Look = tuple[int, int, int, int] | None
"""What tells one state of a file from another: when it was changed, its size and number; None where there is no file.
"""

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class StaffList:
    """Where a list is, the setting that says so, and what stands at its head when it is made."""

    path: Path
    setting: str
    head: str

    def read(self) -> str:
        """The text, "" where there is no file; letters that are none become U+FFFD, so that only their lines are lost.

        Raises:
            StaffListUnreadable: the file cannot be opened.
        """
        raw = self._raw()
        try:
            return decode(raw)
        except Undecodable:
            return raw.decode("utf-8", errors="replace")

    def add(self, lines: Iterable[str]) -> None:
        """Put lines at the end, all or none, and leave what stands in it as it is.

        A list that is not there yet is made, with a head that explains it.

        Raises:
            StaffListUnreadable: the file cannot be opened, or is not UTF-8.
            StaffListUnwritable: it is as it was.
        """
        folder = self.path.resolve().parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with alone_in(folder):
                replace_text(self.path, self._with(lines))
        except OSError as error:
            raise StaffListUnwritable(self.path, error.strerror or str(error), self.setting) from error

    def _with(self, lines: Iterable[str]) -> str:
        raw = self._raw()
        try:
            text = decode(raw) if raw else self.head + "\n"
        except Undecodable as error:
            raise StaffListUnreadable(self.path, error.reason, self.setting) from error
        line_end = "\r\n" if "\r\n" in text else "\n"
        if text and not text.endswith("\n"):
            text += line_end
        return text + "".join(f"{line}{line_end}" for line in lines)

    def _raw(self) -> bytes:
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise StaffListUnreadable(self.path, error.strerror or str(error), self.setting) from error


class Watched(Generic[Read]):
    """Call it to get what a file says now.

    A file that was changed is taken up by the next call that comes 0.25 s or more after the one before. Safe to share
    between threads, and to carry over a fork.

    Args:
        path: of the file; it need not exist.
        read: what the file says, given what it said before (None at first).
    """

    def __init__(self, path: Path, read: Callable[[Read | None], Read]) -> None:
        self._path, self._read = path, read
        self._reading = threading.Lock()
        self._said: Read | None = None
        self._seen: _Look = None
        self._look_at = 0.0

    def __call__(self) -> Read:
        said = self._said
        return said if said is not None and time.monotonic() < self._look_at else self._refresh()

    def _refresh(self) -> Read:
        with self._reading:
            self._look_at = time.monotonic() + LOOK_SECONDS
            seen = _look(self._path)  # before it is read: what changes after that is seen next time
            if self._said is None or seen != self._seen:
                self._seen = seen
                self._said = self._read(self._said)
            return self._said


def _look(path: Path) -> _Look:
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_mtime_ns, facts.st_ctime_ns, facts.st_size, facts.st_ino
