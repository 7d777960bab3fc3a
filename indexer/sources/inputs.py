"""What a format's reader is given: bytes to read, however they are kept, and what to call what comes of them."""

from __future__ import annotations

import lzma
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile

from indexer.columns import Columns
from indexer.model import Article, Rejected, Remark
from indexer.sources.unreadable import Unreadable

Item = Article | Rejected | Remark
"""What a source gives."""

BROKEN = (EOFError, OSError, MemoryError, lzma.LZMAError, zlib.error, BadZipFile)
"""What reading on in a damaged file raises; MemoryError where a damaged xz header asks for gigabytes."""


def broken(error: BaseException) -> Unreadable:
    """What to say of a file that cannot be read on from here."""
    return Unreadable(f"the file breaks off here ({str(error) or type(error).__name__}); copy it again")


@dataclass(frozen=True, slots=True)
class Input:
    """A file, or one in a zip.

    `place` names it in reports and ends with its name; `article_id` is the id of its article, or begins the ids of its
    articles; `max_bytes` bounds what has to be read at once.
    """

    place: str
    article_id: str
    open: Callable[[], BinaryIO]
    max_bytes: int
    columns: Columns = Columns()

    @classmethod
    def of_file(cls, path: Path, article_id: str, max_bytes: int = 20_000_000, columns: Columns | None = None) -> Input:
        return cls(path.as_posix(), article_id, lambda: path.open("rb"), max_bytes, columns or Columns())

    def whole(self) -> bytes:
        """All bytes. The size is asked of what is read: the file may have grown since it was found.

        Raises:
            Unreadable: they are too many, or none.
            OSError: they cannot be read.
        """
        with self.open() as file:
            raw = file.read(self.max_bytes + 1)
        if len(raw) > self.max_bytes:
            limit = f"{self.max_bytes / 1_000_000:g} MB"
            raise Unreadable(f"is larger than {limit}; raise max_source_mb if it is one article")
        if not raw:
            raise Unreadable("is empty; put an article into it or remove it")
        return raw
