"""When a run last looked at all that lies below a path, so that `--since last` leaves nothing out. Pure.

Times are nanoseconds of the clock of files. A look counts from its begin: what is written while it goes on is seen by
the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from indexer.errors import LastLookUnknown
from indexer.sources.places import under

Looks = Mapping[str, int]
"""Path -> when the last run began that left nothing below it out."""


def last_look(paths: Iterable[str | Path], looks: Looks) -> int:
    """The time since when files below any of the paths may have changed unseen. Raises LastLookUnknown."""
    return min(_required(str(path), looks) for path in paths)


def with_looks(looks: Looks, paths: Iterable[str | Path], since_ns: int | None, began_ns: int) -> Looks:
    """The looks after a run over the paths, at files written since a time, if one was given."""
    whole = {str(path) for path in paths if since_ns is None or since_ns <= _last(str(path), looks)}
    return {**without_looks(looks, whole), **dict.fromkeys(whole, began_ns)}


def without_looks(looks: Looks, paths: Iterable[str | Path]) -> Looks:
    """The looks, but those below the paths."""
    is_below = under(paths)
    return {path: at for path, at in looks.items() if not is_below(path)}


def _required(path: str, looks: Looks) -> int:
    last = _last(path, looks)
    if last < 0:
        raise LastLookUnknown(path)
    return last


def _last(path: str, looks: Looks) -> int:
    """-1 where there was none: earlier than any file."""
    return max((at for root, at in looks.items() if under([root])(path)), default=-1)
