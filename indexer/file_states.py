"""Whether a source file is as it was when it was read: by size and time, and in doubt by the digest of its bytes."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field

from indexer.manifest import SourceState
from indexer.sources.digests import file_digest
from indexer.sources.walk import SourceFile

DOUBT_NS = 2_000_000_000
"""A file changed this shortly before it was read may have changed again within the clock's tick: look once more."""

READ_IT_AGAIN = SourceState(0, -1, 0)
"""What no file is like."""


@dataclass(slots=True)
class Digests:
    """The digests of files in one run, each made once, before the file is read."""

    made: dict[str, str] = field(default_factory=dict)

    def of(self, path: str) -> str:
        """See `file_digest`."""
        if path not in self.made:
            self.made[path] = file_digest(path)
        return self.made[path]

    def take(self, path: str) -> str:
        """The same, for the last time."""
        digest = self.of(path)
        del self.made[path]
        return digest


def state_if_unchanged(source: SourceFile, before: SourceState | None, digests: Digests) -> SourceState | None:
    """What to remember of a file that need not be read again; None for one that must be."""
    if before is None or source.size != before.size or _was_unreadable(before):
        return None
    if source.mtime_ns == before.mtime_ns and source.mtime_ns < before.read_at_ns - DOUBT_NS:
        return before if before.digest else before._replace(digest=digests.of(source.key))
    read_at = time.time_ns()
    if before.digest and digests.of(source.key) == before.digest:
        return before._replace(mtime_ns=source.mtime_ns, read_at_ns=read_at)
    return None


def is_still(source: SourceFile) -> bool:
    """Whether a file is as it was when it was found: only then its digest is that of what was read."""
    try:
        state = os.stat(source.key)
    except OSError:
        return False
    return (state.st_size, state.st_mtime_ns) == (source.size, source.mtime_ns)


def _was_unreadable(before: SourceState) -> bool:
    """The file as a whole, so that it must be tried again: permissions change no time."""
    return bool(before.rejects) and any(note.line is None and not note.inside for note in before.rejects)
