"""The searches that one answer takes, and whether the cluster had the time to carry them all out."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from indexer.budget import Budget
from indexer.engines.opensearch_engine.client import Cluster

LEAST_MS = 20
"""A search that begins late gets so much time all the same: some of an answer is better than none."""

ANOTHER_COPY_S = 0.3
"""When a shard fails, its node was lost, as a rule: so much later another node stands in for it."""


class Questions:
    """Asks one index within a budget. `is_partial`: some of an answer is missing, for want of time or of a shard.

    The cluster measures time by the clock, and stops collecting when it is over. A budget is of processor time: waiting
    for the cluster is counted here.
    """

    def __init__(self, cluster: Cluster, index: str, budget: Budget) -> None:
        self._cluster, self._index, self._budget = cluster, index, budget
        self._waited = 0.0
        self.is_partial = False

    def ask(self, bodies: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The answers, in the order of the questions, which go as one request.

        Raises:
            ClusterAway, ClusterRefused
        """
        answers = self._send(bodies)
        if _lacks_a_shard(answers):
            time.sleep(ANOTHER_COPY_S)
            answers = self._send(bodies)
        self.is_partial |= _lacks_a_shard(answers) or any(answer["timed_out"] for answer in answers)
        return answers

    def _send(self, bodies: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        left = self._budget.seconds_left
        timeout = None if left is None else max(LEAST_MS, round((left - self._waited) * 1000))
        began = time.monotonic()
        answers = self._cluster.msearch(self._index, bodies, timeout)
        self._waited += time.monotonic() - began
        return answers


def _lacks_a_shard(answers: Sequence[Mapping[str, Any]]) -> bool:
    return any(answer["_shards"]["failed"] for answer in answers)
