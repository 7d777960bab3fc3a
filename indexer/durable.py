"""Writes that are on the disk when they return, and what the system's refusals mean to a person.

Everything that must not be lost goes through here, the index as well as what staff write beside it: `sync` for files
that others wrote, `replace_text` for the small ones that are written anew, `Writing` around whatever writes an index.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
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
    """Write a small UTF-8 file whole; see `replace_bytes`. Line ends stay as they are."""
    replace_bytes(path, text.encode())


def replace_bytes(path: Path, data: bytes) -> None:
    """Write a small file whole: whoever reads it, after whatever crash, finds the old content or the new.

    Where a link stands, what it leads to is replaced; its rights stay. Of several who write at once, the last one's
    content stands in it, or theirs mixed: who may not be alone has to see to that, as with `alone_in`.

    Raises:
        OSError: the file is as it was, unless the disk failed after it was replaced.
    """
    path = path.resolve()
    temporary = path.with_name(f".{path.name}.new")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, temporary)
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    sync(path.parent)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """One after the other: others who do the same in this folder wait. Raises OSError where it cannot be opened."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


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
