"""Many changes in few requests, at the pace the cluster can keep.

Nothing is lost or done twice, whatever becomes of a request: articles have ids of ours, so a change that is sent again
does no more than the first time; and each has a version, higher than all before, so that a request which was given up
for lost, and is carried out late, cannot undo what came after.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from indexer.engines.opensearch_engine.client import BUSY, LONG_PATIENCE_S, Cluster, TryAgain, json_lines, reason_of
from indexer.errors import ClusterRefused

MOST_BYTES = 5_000_000
"""Of a request. OpenSearch advises 5 to 15 MB; what has to be sent again is less with little."""

MOST_CHANGES = 500
"""In a request, where articles are short."""

TIMEOUT_S = 60.0
"""How long a request of this size may take on a busy cluster."""

WAIT_FOR_SHARD = "10s"
"""How long the cluster itself waits for a shard that is moving; after that we wait, and tell why if it lasts."""

CONFLICT = 409
OF_THE_ARTICLE = frozenset({400, 413})
"""What is said of a change that no cluster will ever take: a value that does not fit its field, too many bytes."""


@dataclass(frozen=True, slots=True)
class Change:
    """A document to be put in, by its source, or taken out, where that is None.

    One without a version is what its id says, and never another.
    """

    id: str
    version: int | None
    source: Mapping[str, Any] | None = None

    def lines(self) -> bytes:
        """As the bulk interface reads it."""
        action = "delete" if self.source is None else "index"
        version = {} if self.version is None else {"version": self.version, "version_type": "external_gte"}
        head = {action: {"_id": self.id, **version}}
        return json_lines([head] if self.source is None else [head, self.source])


class _Item(NamedTuple):
    """A change and its lines."""

    id: str
    lines: bytes


class BulkSender:
    """Sends changes to one index, in order; requests get smaller where the cluster cannot cope, and grow again."""

    def __init__(self, cluster: Cluster, index: str) -> None:
        self._cluster, self._index = cluster, index
        self._share = 1.0

    def send(self, changes: Iterable[Change]) -> dict[str, str]:
        """Returns when every change is made, or refused: the ids of those, each with the reason.

        Raises:
            ClusterAway: for LONG_PATIENCE_S it took none of them.
            ClusterRefused: it never will.
        """
        patience = self._cluster.patience(LONG_PATIENCE_S)
        waiting = deque(_Item(change.id, change.lines()) for change in changes)
        refused: dict[str, str] = {}
        while waiting:
            batch = list(self._take(waiting))
            failure, left = self._try(batch, refused)
            waiting.extendleft(reversed(left))
            if len(left) < len(batch):
                patience.progress()
            self._share = max(self._share / 2, 1 / MOST_CHANGES) if left else min(self._share * 2, 1.0)
            if failure:
                patience.wait(failure)
        return refused

    def _take(self, waiting: deque[_Item]) -> Iterator[_Item]:
        """As many as go into one request, at least one."""
        size, count = 0, 0
        while waiting and (not count or count < MOST_CHANGES * self._share):
            size += len(waiting[0].lines)
            if count and size > MOST_BYTES * self._share:
                return
            count += 1
            yield waiting.popleft()

    def _try(self, batch: list[_Item], refused: dict[str, str]) -> tuple[TryAgain | None, list[_Item]]:
        """Send it once; why it failed, if it did, and what is to be sent again."""
        try:
            answer = self._cluster.attempt(
                "POST",
                f"/{self._index}/_bulk",
                b"".join(item.lines for item in batch),
                params={"timeout": WAIT_FOR_SHARD},
                timeout_s=TIMEOUT_S,
            )
        except TryAgain as failure:
            return failure, batch
        except ClusterRefused as refusal:
            if refusal.status not in OF_THE_ARTICLE:
                raise
            return None, self._narrow_down(batch, refusal.reason, refused)
        return self._sort_out(batch, answer["items"], refused)

    def _narrow_down(self, batch: list[_Item], reason: str, refused: dict[str, str]) -> list[_Item]:
        """Of a request that was refused as a whole, smaller ones are tried, down to the article that is to blame."""
        if len(batch) > 1:
            self._share = min(self._share, len(batch) / MOST_CHANGES)
            return batch
        refused[batch[0].id] = reason
        return []

    def _sort_out(
        self, batch: list[_Item], answers: Iterable[Mapping[str, Any]], refused: dict[str, str]
    ) -> tuple[TryAgain | None, list[_Item]]:
        """Each change has an answer of its own; as `_try`."""
        failure, left = None, []
        for item, answer in zip(batch, answers, strict=True):
            (result,) = answer.values()
            status, error = result["status"], result.get("error")
            if error is None or status == CONFLICT:  # then what came after it has been done already
                continue
            if status == BUSY or status >= 500:
                failure = TryAgain(f"{status}: {reason_of(error)}", status)
                left.append(item)
            elif status in OF_THE_ARTICLE:
                refused[item.id] = reason_of(error)
            else:
                raise ClusterRefused(self._cluster.where, status, error["type"], reason_of(error))
        return failure, left
