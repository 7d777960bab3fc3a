"""`cluster.json` in the folder of a build: which index in the cluster belongs to it.

A build that begins as links to the files of the one before names the index of that one, until it has its own.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from indexer.durable import replace_text
from indexer.errors import IndexDamaged

REFERENCE = "cluster.json"


@dataclass(frozen=True, slots=True)
class Reference:
    """An index in the cluster.

    `made_at`, as `indexes` tells it, tells it from another that was given its name. `version` is the highest that a
    change to it has had. An index that is not committed holds nothing that counts.
    """

    index: str
    made_at: int
    version: int = 0
    articles: int = 0
    is_committed: bool = False


def read_reference(folder: Path) -> Reference:
    """Raises IndexDamaged where there is none."""
    path = folder / REFERENCE
    try:
        return Reference(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise IndexDamaged(f"{path} does not say which index of the cluster this is ({error})") from error


def write_reference(folder: Path, reference: Reference) -> None:
    """In place of another: that file may be shared with other builds, and is not written into."""
    replace_text(folder / REFERENCE, json.dumps(asdict(reference)))
