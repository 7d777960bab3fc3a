"""File operations of this process below a folder, counted; when the chosen one comes, something happens to it.

Counted are: making or opening a file for writing, each write, fsync, rename, link, making a folder, removing. Python
announces most of them to audit hooks before it does them; writes and fsync are caught by taking their place. A hook
cannot be taken away again, so use it in a process that is thrown away.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import signal
import sys
from enum import StrEnum
from pathlib import Path
from typing import Any

_CHANGING = frozenset({"os.rename", "os.link", "os.symlink", "os.mkdir", "os.remove", "os.rmdir"})
_REMOVING = frozenset({"os.remove", "os.rmdir"})
_WRITING_MODES = frozenset("wax+")


class Fault(StrEnum):
    """What happens at the chosen operation."""

    KILL = "kill"
    """The process is gone; of a write, half has reached the file."""

    DISK_FULL = "ENOSPC"
    """From then on nothing can be written or made, while removing goes on."""

    DISK_BROKEN = "EIO"
    """This one operation fails."""

    RIGHTS_LOST = "EACCES"
    """From then on nothing can be changed."""


class Tripwire:
    """Counts what changes below `folder`.

    Args:
        at: the operation, counted from 1, at which the fault happens; 0 to count only.
    """

    def __init__(self, folder: Path, at: int, fault: Fault) -> None:
        self.folder, self.at, self.fault = str(folder), at, fault
        self.operations = 0

    def set(self) -> None:
        """Watch this process from now on."""
        sys.addaudithook(self._hear)
        original_sync, original_open = os.fsync, io.open

        def fsync(descriptor: int) -> None:
            path = os.readlink(f"/proc/self/fd/{descriptor}")
            self.pass_through("fsync", path)
            original_sync(descriptor)

        def open_watched(file: Any, mode: str = "r", buffering: int = -1, *rest: Any, **named: Any) -> Any:
            if not (
                isinstance(file, str | os.PathLike) and self._is_below(os.fspath(file)) and _WRITING_MODES & set(mode)
            ):
                return original_open(file, mode, buffering, *rest, **named)
            raw = _WatchedFile(file, mode.replace("b", "").replace("t", ""))
            raw.tripwire = self
            buffered = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
            if "b" in mode:
                return buffered
            encoding, errors, newline = [*rest, None, None, None][:3]
            return io.TextIOWrapper(
                buffered, named.get("encoding", encoding), named.get("errors", errors), named.get("newline", newline)
            )

        os.fsync = fsync
        builtins.open = io.open = open_watched  # type: ignore[assignment] # it takes what `open` takes

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if isinstance(path, str | os.PathLike) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                self.pass_through(event, os.fspath(path))
        elif event in _CHANGING:
            paths = [os.fspath(each) for each in arguments if isinstance(each, str | os.PathLike)]
            self.pass_through(event, next(filter(self._is_below, paths), ""))

    def pass_through(self, event: str, path: str) -> bool:
        """Count an operation, and let the fault happen if it is its turn. Whether a write is to stop half way."""
        if not self._is_below(path):
            return False
        self.operations += 1
        if self.operations == self.at and self.fault is Fault.KILL:
            if event == "write":
                return True
            os.kill(os.getpid(), signal.SIGKILL)
        if self._fails(event):
            number = getattr(errno, self.fault)
            raise OSError(number, os.strerror(number), path)
        return False

    def _fails(self, event: str) -> bool:
        if not self.at or self.operations < self.at or self.fault is Fault.KILL:
            return False
        if self.fault is Fault.DISK_BROKEN:
            return self.operations == self.at
        return self.fault is Fault.RIGHTS_LOST or event not in _REMOVING

    def _is_below(self, path: str) -> bool:
        return path.startswith(self.folder)


class _WatchedFile(io.FileIO):
    """A file whose writes are counted."""

    tripwire: Tripwire

    def write(self, data: Any, /) -> int:
        view = memoryview(data).cast("B")
        if self.tripwire.pass_through("write", str(self.name)):
            super().write(view[: len(view) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        return super().write(view)
