"""Files that were renamed or moved: gone from one path, and there with the same bytes under another. Pure."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Mapping

from indexer.manifest import SourceState


def find_renames(
    come: Mapping[str, str], known: Mapping[str, SourceState], is_gone: Callable[[str], bool]
) -> dict[str, str]:
    """The path that each renamed file has now -> the one it had.

    Of several with the same bytes, the first to come is the first that is gone.

    Args:
        come: the paths that are new, each with the digest of its bytes; "" where that is not known.
        known: the files as they were.
        is_gone: of a known path, whether there is nothing any more. It is asked only where the bytes have come again.
    """
    digests = {*come.values()} - {""}
    gone: defaultdict[str, deque[str]] = defaultdict(deque)
    for path, state in known.items():
        if state.digest in digests and is_gone(path):
            gone[state.digest].append(path)
    return {path: gone[digest].popleft() for path, digest in come.items() if gone[digest]}
