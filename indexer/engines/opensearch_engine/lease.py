"""The lock that all machines share: a document that says who holds it, and until when, unless that is put off.

A holder that dies without giving it back keeps others waiting no longer than that. Every change to the document names
the state that it changes (`if_seq_no`), so of two who would have it one gets it. Machines' clocks must agree within
MARGIN_S.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any

from indexer.engines.opensearch_engine.client import Cluster
from indexer.errors import ClusterAway, ClusterRefused, IndexBusy

LEASE_S = 60.0
RENEW_S = 10.0
MARGIN_S = 30.0

GIVE_BACK_S = 10.0
"""How long it is tried to give it back: who does not keeps the next run waiting for longer."""

CONFLICT, MISSING = 409, 404
ID = "lock"


@dataclass(frozen=True, slots=True)
class _State:
    """What the document was when it was last written or read."""

    source: dict[str, Any]
    seq_no: int
    term: int

    @property
    def is_expired(self) -> bool:
        return time.time() > float(self.source["expires"]) + MARGIN_S

    @property
    def condition(self) -> dict[str, int]:
        return {"if_seq_no": self.seq_no, "if_primary_term": self.term}


class Lease:
    """One holding of the lock, kept up by a thread of its own until `give_back`.

    Raises:
        IndexBusy: somebody else has it; `holder` is how they introduced themselves.
        ClusterAway, ClusterRefused
    """

    def __init__(self, cluster: Cluster, index: str, holder: str) -> None:
        self._cluster, self._path = cluster, f"/{index}/_doc/{ID}"
        self._holder, self._token = holder, secrets.token_hex(8)
        self._lost_to = ""
        self._state = self._take()
        self._over = Event()
        self._thread = Thread(target=self._keep_up, name="lease", daemon=True)
        self._thread.start()

    def check(self) -> None:
        """Raises IndexBusy when it was lost: the cluster was away so long that somebody else took it."""
        if self._lost_to:
            raise IndexBusy(self._lost_to)

    def give_back(self) -> None:
        self._over.set()
        self._thread.join()
        try:
            self._cluster.request("DELETE", self._path, params=self._state.condition, patience_s=GIVE_BACK_S)
        except (ClusterAway, ClusterRefused):
            return  # it expires, or is somebody else's already

    def _take(self) -> _State:
        there = self._read()
        if there and not there.is_expired:
            raise IndexBusy(there.source["holder"])
        return self._write(there.condition if there else {"op_type": "create"})

    def _keep_up(self) -> None:
        while not self._over.wait(RENEW_S):
            try:
                self._state = self._write(self._state.condition)
            except IndexBusy as busy:
                self._lost_to = busy.holder
                return
            except (ClusterAway, ClusterRefused):
                continue  # there is time for some more tries

    def _write(self, condition: dict[str, Any]) -> _State:
        source = {
            "kind": "lock",
            "holder": self._holder,
            "token": self._token,
            "expires": time.time() + LEASE_S,
        }
        try:
            answer = self._cluster.request("PUT", self._path, source, params=condition)
        except ClusterRefused as refusal:
            if refusal.status != CONFLICT:
                raise
            return self._ours_or_busy()
        return _State(source, answer["_seq_no"], answer["_primary_term"])

    def _ours_or_busy(self) -> _State:
        """A request that was sent twice meets what it did the first time."""
        there = self._read()
        if there and there.source["token"] == self._token:
            return there
        raise IndexBusy(there.source["holder"] if there else "another machine")

    def _read(self) -> _State | None:
        try:
            found = self._cluster.request("GET", self._path)
        except ClusterRefused as refusal:
            if refusal.status != MISSING:
                raise
            return None
        return _State(found["_source"], found["_seq_no"], found["_primary_term"])
