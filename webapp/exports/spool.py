"""Files that are made whole before the first byte of them is sent.

So an index that turns out damaged halfway is an error and not half a file that looks like a whole one; and the build
that is read, and the thread that reads it, are held for as long as that takes, and not for as long as a slow client
takes to fetch the file: the server sends a file by itself (`wsgi.file_wrapper`), while its threads do other work.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Iterable
from tempfile import SpooledTemporaryFile

MEMORY_BYTES = 1_000_000
"""Larger files are put on disk, with the system's other temporary files."""

MADE_AT_ONCE = 2
"""By a process: each keeps it busy for a second or two, and others want to search meanwhile."""

KEPT_AT_ONCE = 16
"""By a process: made, and not yet fetched. The largest, of 10,000 articles, take some 30 MB of disk."""


class SpoolBusy(Exception):
    """As many files as may be are being made, or waiting to be fetched."""


class SpooledFile(SpooledTemporaryFile[bytes]):
    """Calls `release` once, when it is closed or nobody refers to it any more."""

    def __init__(self, release: Callable[[], None]) -> None:
        super().__init__(MEMORY_BYTES)
        self._release = weakref.finalize(self, release)

    def close(self) -> None:
        super().close()
        self._release()

    def __del__(self) -> None:
        self.close()  # without a warning: whoever breaks a response off need not know of us


class Spool:
    """Makes files. Safe to share between threads."""

    def __init__(self, made_at_once: int = MADE_AT_ONCE, kept_at_once: int = KEPT_AT_ONCE) -> None:
        self._making, self._kept = threading.Semaphore(made_at_once), threading.Semaphore(kept_at_once)

    def file_of(self, pieces: Iterable[str]) -> tuple[SpooledFile, int]:
        """The pieces in a file, as UTF-8, and its size in bytes. Once it is closed it is gone.

        Halves of surrogate pairs, which UTF-8 cannot hold, become `?`.

        Raises:
            SpoolBusy: try again later.
        """
        if not self._making.acquire(blocking=False):
            raise SpoolBusy
        try:
            if not self._kept.acquire(blocking=False):
                raise SpoolBusy
            return _written(pieces, SpooledFile(self._kept.release))
        finally:
            self._making.release()


def _written(pieces: Iterable[str], file: SpooledFile) -> tuple[SpooledFile, int]:
    try:
        file.writelines(piece.encode(errors="replace") for piece in pieces)
    except BaseException:
        file.close()
        raise
    size = file.tell()
    file.seek(0)
    return file, size
