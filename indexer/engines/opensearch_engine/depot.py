"""The builds that all machines share, kept in the cluster: see `indexer.depot`.

<prefix>-depot   chunks of files (see `chunks`), a document for each complete build that says which make up its files,
                 and the lock
<prefix>         an alias: the index of the live build
"""

from __future__ import annotations

import os
import re
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from indexer.builds import BuildStore
from indexer.durable import replace_bytes, sync
from indexer.engines.opensearch_engine import indexes
from indexer.engines.opensearch_engine.chunks import Chunks, StoredFile
from indexer.engines.opensearch_engine.client import LONG_PATIENCE_S, Cluster
from indexer.engines.opensearch_engine.lease import Lease
from indexer.engines.opensearch_engine.reference import read_reference
from indexer.errors import ClusterRefused, IndexDamaged, SwitchLost
from indexer.manifest import MANIFEST

MISSING = 404

SEEN_S = 1.0
"""How old an answer of `live` may be: it is asked for with every page."""

PAGE = 10_000
"""Documents that a search gives at most."""

_BUILD = re.compile(r"(\d{8}-\d{6}-\d{6}-[0-9a-f]{4})(\.\d+)?")
"""What stands behind the prefix in the names of our indexes; others may have a prefix that begins like ours."""

MAPPING = {
    "dynamic": "strict",
    "properties": {
        "kind": {"type": "keyword"},
        "id": {"type": "keyword"},
        "data": {"type": "binary"},
        "index": {"type": "keyword"},
        "files": {"type": "object", "enabled": False},
        "holder": {"type": "keyword", "index": False},
        "token": {"type": "keyword", "index": False},
        "expires": {"type": "double", "index": False},
    },
}


class OpenSearchDepot:
    """See `indexer.depot.Depot`; all but the constructor may raise ClusterAway and ClusterRefused."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._prefix = cluster.options.prefix
        self._index = f"{self._prefix}-depot"
        self._chunks = Chunks(cluster, self._index)
        self._lease: Lease | None = None
        self._seen: tuple[float, str | None] | None = None

    # -- which is live

    def live(self) -> str | None:
        seen = self._seen  # another thread may forget it meanwhile
        if seen is None or time.monotonic() - seen[0] > SEEN_S:
            seen = self._seen = (time.monotonic(), self._live_build())
        return seen[1]

    def _live_build(self) -> str | None:
        index = self._live_index()
        if index and not self._build_of(index):
            raise IndexDamaged(f"the alias {self._prefix} stands for {index}, which is no build")
        return self._build_of(index) if index else None

    def _live_index(self) -> str | None:
        aliases = self._read(f"/{self._prefix}-*/_alias/{self._prefix}") or {}  # others are not ours to ask for
        if len(aliases) > 1:
            raise IndexDamaged(f"the alias {self._prefix} stands for several indexes: {', '.join(sorted(aliases))}")
        return next(iter(aliases), None)

    def _build_of(self, index: str) -> str:
        """The build an index belongs to; "" for an index that is none of ours."""
        match = _BUILD.fullmatch(index.removeprefix(f"{self._prefix}-"))
        return match[1] if match else ""

    def switch(self, name: str, instead: str | None) -> None:
        self._check_lease()
        before, index = self._live_index(), self._descriptor(name)["index"]
        if before == index:
            return
        actions: list[dict[str, Any]] = [{"add": {"index": index, "alias": self._prefix}}]
        if before:
            actions.insert(0, {"remove": {"index": before, "alias": self._prefix, "must_exist": True}})
        self._check_live(name, before, instead)
        try:
            self._cluster.request("POST", "/_aliases", {"actions": actions})
        except ClusterRefused as refusal:
            if refusal.status != MISSING:
                raise
            if (now := self._live_index()) != index:  # as it is where the request went there twice
                raise SwitchLost(name, self._build_of(now or "") or "none") from refusal
        finally:
            self._seen = None

    def _check_live(self, name: str, index: str | None, expected: str | None) -> None:
        live = self._build_of(index) if index else None
        if live != expected:
            raise SwitchLost(name, live or "none")

    # -- the builds and their files

    def names(self) -> list[str]:
        return sorted(self._descriptors(), reverse=True)

    def publish(self, folder: Path) -> None:
        self._check_lease()
        self._make_room()
        stored = self._chunks.store(BuildStore.files_of(folder))
        descriptor = {
            "kind": "build",
            "index": read_reference(folder).index,
            "files": {name: asdict(file) for name, file in stored.items()},
        }
        self._cluster.request(
            "PUT", self._document(folder.name), descriptor, params={"refresh": "true"}, patience_s=LONG_PATIENCE_S
        )

    def fetch(self, name: str, folder: Path) -> None:
        files = {each: StoredFile(**stored) for each, stored in self._descriptor(name)["files"].items()}
        manifest = files.pop(MANIFEST, None)
        if manifest is None:
            raise IndexDamaged(f"the build {name} has no manifest in the cluster")
        folder.mkdir(parents=True)
        for each, stored in files.items():
            self._chunks.fetch(stored, folder / each)
            sync(folder / each)
        replace_bytes(folder / MANIFEST, b"".join(self._chunks.read(manifest, MANIFEST)))

    def _descriptor(self, name: str) -> dict[str, Any]:
        found = self._read(self._document(name))
        if found is None:
            raise IndexDamaged(f"the cluster at {self._cluster.where} has no build {name}")
        descriptor: dict[str, Any] = found["_source"]
        return descriptor

    def _descriptors(self) -> dict[str, dict[str, Any]]:
        query = {"query": {"term": {"kind": "build"}}, "size": PAGE}
        found = self._search(query)
        return {each["_id"].removeprefix("build-"): each["_source"] for each in found}

    # -- clearing away

    def discard(self, name: str) -> None:
        if self._build_of(self._live_index() or "") == name:
            return  # somebody made it live: it is no longer ours to remove
        self._forget(name)
        for index in self._indexes():
            if self._build_of(index) == name:
                indexes.remove(self._cluster, index)
        self._drop_unused_chunks()

    def _forget(self, name: str) -> None:
        try:
            self._cluster.request("DELETE", self._document(name), params={"refresh": "true"})
        except ClusterRefused as refusal:
            if refusal.status != MISSING:
                raise

    def sweep(self) -> None:
        known = {*self._descriptors(), self.live()}
        for index in self._indexes():
            if self._build_of(index) not in known:
                indexes.remove(self._cluster, index)
        self._drop_unused_chunks()

    def _indexes(self) -> list[str]:
        """The indexes of builds, complete or not."""
        rows = self._read(f"/_cat/indices/{self._prefix}-*", {"format": "json", "h": "index"}) or []
        return [row["index"] for row in rows if self._build_of(row["index"])]

    def _drop_unused_chunks(self) -> None:
        stored = (file for each in self._descriptors().values() for file in each["files"].values())
        used = {chunk for file in stored for chunk in file["chunks"]}
        if unused := [chunk for chunk in self._all_chunks() if chunk not in used]:
            self._chunks.drop(unused)

    def _all_chunks(self) -> Iterator[str]:
        query: dict[str, Any] = {"query": {"term": {"kind": "chunk"}}, "size": PAGE, "_source": False, "sort": ["id"]}
        while page := self._search(query):
            yield from (each["_id"] for each in page)
            query = {**query, "search_after": page[-1]["sort"]}

    # -- one writer at a time

    @contextmanager
    def lock(self) -> Iterator[None]:
        self._make_room()
        self._lease = Lease(self._cluster, self._index, _introduce_ourselves())
        self._seen = None
        try:
            yield
        finally:
            lease, self._lease = self._lease, None
            lease.give_back()

    def _check_lease(self) -> None:
        if self._lease:
            self._lease.check()

    # -- asking

    def _make_room(self) -> None:
        """Make the index of the depot, if there is none."""
        settings = {"number_of_shards": 1, "number_of_replicas": self._cluster.options.replicas}
        try:
            self._cluster.request("PUT", f"/{self._index}", {"settings": settings, "mappings": MAPPING})
        except ClusterRefused as refusal:
            if refusal.kind != indexes.EXISTS:
                raise
        indexes.wait_until_allocated(self._cluster, self._index)

    def _document(self, name: str) -> str:
        return f"/{self._index}/_doc/build-{name}"

    def _read(self, path: str, params: dict[str, Any] | None = None) -> Any:
        """What is there; None where nothing is."""
        try:
            return self._cluster.request("GET", path, params=params)
        except ClusterRefused as refusal:
            if refusal.status != MISSING:
                raise
            return None

    def _search(self, query: dict[str, Any]) -> list[dict[str, Any]]:
        """The documents found, of all that is written by now; none where there is no depot yet."""
        try:
            self._cluster.request("POST", f"/{self._index}/_refresh", on_all_shards=True)
            answer = self._cluster.request("POST", f"/{self._index}/_search", query, on_all_shards=True)
        except ClusterRefused as refusal:
            if refusal.status != MISSING:
                raise
            return []
        found: list[dict[str, Any]] = answer["hits"]["hits"]
        return found


def _introduce_ourselves() -> str:
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])
    return f"process {os.getpid()} on {socket.gethostname()} ({command})"
