"""Files kept in the cluster, in chunks that are called by their SHA-256: what two builds share is there once."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from indexer.engines.opensearch_engine.bulk import BulkSender, Change
from indexer.engines.opensearch_engine.client import LONG_PATIENCE_S, Cluster
from indexer.engines.opensearch_engine.indexes import TIMEOUT_S
from indexer.errors import ClusterRefused, IndexDamaged

Item = TypeVar("Item")

CHUNK_BYTES = 1_000_000

AT_ONCE = 8
"""Chunks in one request: some 11 MB in base64."""

IDS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in the cluster; `chunks` are their ids, in order."""

    size: int
    chunks: tuple[str, ...]


class Chunks:
    """The chunks in one index. All may raise ClusterAway and ClusterRefused."""

    def __init__(self, cluster: Cluster, index: str) -> None:
        self._cluster, self._index = cluster, index

    def store(self, files: Sequence[Path]) -> dict[str, StoredFile]:
        """Send what is not there yet; the files by name, when all of them are there whole."""
        stored = {path.name: StoredFile(path.stat().st_size, tuple(map(_id, _pieces(path)))) for path in files}
        missing = self.missing(each for file in stored.values() for each in file.chunks)
        for pieces in in_groups((piece for path in files for piece in _pieces(path) if _id(piece) in missing), AT_ONCE):
            self._send(pieces)
        if missing := self.missing(missing):
            raise IndexDamaged(f"{len(missing)} chunks are not in {self._index} though they were sent")
        return stored

    def _send(self, pieces: Iterable[bytes]) -> None:
        changes = [Change(_id(piece), None, _source(piece)) for piece in pieces]
        for reason in BulkSender(self._cluster, self._index).send(changes).values():
            raise ClusterRefused(self._cluster.where, 400, "chunk", f"it does not take the files of a build: {reason}")

    def missing(self, ids: Iterable[str]) -> set[str]:
        """Which of these chunks are not there."""
        wanted = sorted(set(ids))
        return {
            each["_id"]
            for some in in_groups(wanted, IDS_AT_ONCE)
            for each in self._get(some, {"_source": "false"})
            if not each["found"]
        }

    def fetch(self, stored: StoredFile, path: Path) -> None:
        """Write the file. Raises IndexDamaged where a chunk is not there, or not what it was."""
        with path.open("xb") as file:
            file.writelines(self.read(stored, path.name))

    def read(self, stored: StoredFile, name: str) -> Iterator[bytes]:
        """The content of the file of this name, in parts; raises as `fetch` does."""
        for some in in_groups(stored.chunks, AT_ONCE):
            for each in self._get(some):
                yield _checked(each, name)

    def _get(self, ids: Sequence[str], params: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        path, body = f"/{self._index}/_mget", {"ids": [*ids]}
        answer = self._cluster.request(
            "POST", path, body, params=params, patience_s=LONG_PATIENCE_S, timeout_s=TIMEOUT_S
        )
        found: list[dict[str, Any]] = answer["docs"]
        return found

    def drop(self, ids: Iterable[str]) -> None:
        BulkSender(self._cluster, self._index).send(Change(each, None) for each in ids)


def in_groups(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    left = iter(items)
    while group := list(islice(left, size)):
        yield group


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(CHUNK_BYTES):
            yield piece


def _id(piece: bytes) -> str:
    return hashlib.sha256(piece).hexdigest()


def _source(piece: bytes) -> dict[str, Any]:
    return {"kind": "chunk", "id": _id(piece), "data": base64.b64encode(piece).decode()}


def _checked(answer: dict[str, Any], name: str) -> bytes:
    piece = base64.b64decode(answer["_source"]["data"]) if answer["found"] else b""
    if _id(piece) != answer["_id"]:
        raise IndexDamaged(f"a part of {name} is missing in the cluster, or was altered there")
    return piece
