"""Writes that are on the disk when they return, and what the system's refusals mean to a person.

Everything the index must not lose goes through here: `sync` for files that others wrote, `replace_text` for the small
ones that are written anew, `Writing` around whatever writes.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from indexer.errors import IndexUnwritable

REFUSALS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EACCES, errno.EPERM})
"""What a system says when it is the disk or its rights that keep one from writing."""

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})

SMALLEST_ROOM = 20_000_000
"""Bytes to ask for where it is not known how many are needed."""


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_text(path: Path, text: str) -> None:
    """Write a small file whole: whoever reads it, after whatever crash, finds the old content or the new."""
    temporary = path.with_name(f"{path.name}.new")
    temporary.write_text(text, encoding="utf-8")
    sync(temporary)
    temporary.replace(path)
    sync(path.parent)


class Writing:
    """Within it, an OSError that says a write was refused becomes IndexUnwritable; all others stay what they are.

    Args:
        folder: what is being written into, told where the error names no path itself.
        room: the bytes that may be needed, asked when there is no room left.
    """

    def __init__(self, folder: Path, room: Callable[[], int] = lambda: 0) -> None:
        self._folder, self._room = folder, room

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, OSError) and error.errno in REFUSALS:
            raise self._explain(error) from error

    def _explain(self, error: OSError) -> IndexUnwritable:
        path = Path(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else self._folder
        reason = os.strerror(error.errno or 0)
        if error.errno in FULL:
            needed, free = max(self._room(), SMALLEST_ROOM), free_bytes(self._folder)
            lacking = max(needed - free, SMALLEST_ROOM)
            return IndexUnwritable(
                self._folder,
                f"{reason} ({megabytes(free)} MB free, up to {megabytes(needed)} MB needed)",
                f"Free {megabytes(lacking)} MB on the disk of {self._folder}, then run the same command again.",
            )
        return IndexUnwritable(path, reason, _next_step(error.errno, self._folder))


def _next_step(number: int | None, folder: Path) -> str:
    if number == errno.EROFS:
        return f"Mount the disk of {folder} so that it can be written, or name another folder with --index."
    if number == errno.EIO:
        return f"The disk of {folder} fails: see the system's log, and move the folder to another disk."
    return f"Give the user who runs this command the right to write in {folder} and all below, then run it again."


def free_bytes(folder: Path) -> int:
    """What is left on the disk of a folder, which need not exist yet; 0 where the system does not tell."""
    for place in (folder, *folder.absolute().parents):
        try:
            return shutil.disk_usage(place).free
        except FileNotFoundError:
            continue
        except OSError:
            return 0
    return 0


def megabytes(size: int) -> int:
    """Millions of bytes, rounded up."""
    return -(-size // 1_000_000)
