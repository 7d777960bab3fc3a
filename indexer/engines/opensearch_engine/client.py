"""The cluster as the rest of the engine sees it: requests that are sent again where that may help, and our errors.

A request may reach the cluster twice: one that got no answer may have been carried out all the same. So callers only
send what does no more the second time than the first.
"""

from __future__ import annotations

import json
import logging
import os
import random
import ssl
import time
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from weakref import ref

from opensearchpy import OpenSearch, Transport
from opensearchpy.exceptions import ConnectionTimeout, SerializationError, SSLError, TransportError
from urllib3 import Timeout

from indexer.engines.opensearch_engine.breaker import Breaker
from indexer.errors import ClusterAway, ClusterRefused, SettingsError

logging.getLogger("opensearch").setLevel(logging.ERROR)  # it warns of every attempt; what comes of it, our errors say

PATIENCE_S = 3.0
"""How long a reader's request is tried again."""

LONG_PATIENCE_S = 120.0
"""How long a run's is: a cluster that restarts a node, or is busy, shall not end it."""

CONNECT_S = 2.0
"""A node that runs takes a connection at once; one that does not shall not cost a reader the whole timeout."""

LONGEST_WAIT_S = 10.0
FIRST_WAIT_S = 0.1

BUSY = 429
"""HTTP's status for "too many requests"."""

GATEWAYS = frozenset({502, 503, 504})
"""Said of a cluster that is away. Whoever says 500 is there: one question that fails must not silence all others."""


@dataclass(frozen=True, slots=True)
class ClusterOptions:
    """Where the cluster is, who we are there, and what our indexes are like; see `settings`."""

    urls: tuple[str, ...]
    user: str = ""
    password: str = field(default="", repr=False)
    ca: str = ""
    prefix: str = "khobao"
    shards: int = 1
    replicas: int = 1
    timeout_s: float = 10


class TryAgain(Exception):
    """A request that may succeed if it is sent again, as far as one can tell.

    `status` is HTTP's, 0 where there was none; `was_sent` is False where the breaker kept it back.
    """

    def __init__(self, reason: str, status: int = 0, *, was_sent: bool = True, was_slow: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.status, self.was_sent, self.was_slow = reason, status, was_sent, was_slow


class Patience:
    """Waits between attempts, each about twice as long as the one before, at random so that callers spread.

    Args:
        where: the cluster, for the error.
        seconds: how long to go on; as long again after `progress`.
        attempts: what is tried at least where connections fail at once: every node.
    """

    def __init__(self, where: str, seconds: float, attempts: int = 1) -> None:
        self._where, self._seconds, self._attempts = where, seconds, attempts
        self.progress()

    def progress(self) -> None:
        self._began, self._failures = time.monotonic(), 0

    def wait(self, failure: TryAgain) -> None:
        """Raises ClusterAway when patience has come to its end."""
        self._failures += 1
        is_over = time.monotonic() - self._began >= self._seconds
        if is_over and (failure.was_slow or self._failures >= self._attempts):
            raise ClusterAway(self._where, failure.reason) from failure
        longest = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2.0 ** min(self._failures, 10))
        time.sleep(longest * random.uniform(0.5, 1))  # noqa: S311 - no secret


class Sends(Protocol):
    """The one method that is used of opensearch-py's transport."""

    def perform_request(
        self, method: str, url: str, params: Mapping[str, Any], body: Any, *, headers: Mapping[str, str]
    ) -> Any:
        """Send it to a node that is not known to be away. Raises TransportError, SerializationError."""
        ...


class Cluster:
    """Safe to share between threads.

    Args:
        options: which cluster it is.
        transport: what sends a request to one of its nodes, if not opensearch-py.

    Raises SettingsError where the file of the certificate cannot be read.
    """

    def __init__(self, options: ClusterOptions, transport: Sends | None = None) -> None:
        self.options = options
        self.where = ", ".join(options.urls)
        self._breaker = Breaker()
        self._transport: Sends = transport or _connect(options)
        if transport is None:
            os.register_at_fork(after_in_child=_reconnecting(ref(self)))

    def reconnect(self) -> None:
        """Leave the connections to the process they were made in: two that use one mix their answers up."""
        self._transport = _connect(self.options)

    # -- reading

    def search(self, index: str, body: Mapping[str, Any], timeout_ms: int | None = None) -> dict[str, Any]:
        """The answer to one search; `timed_out` and `_shards.failed` in it are the caller's to heed.

        Raises:
            ClusterAway, ClusterRefused
        """
        timed = body if timeout_ms is None else {**body, "timeout": f"{timeout_ms}ms"}
        answer: dict[str, Any] = self.request("POST", f"/{index}/_search", timed)
        return answer

    def msearch(
        self, index: str, bodies: Sequence[Mapping[str, Any]], timeout_ms: int | None = None
    ) -> list[dict[str, Any]]:
        """The answers to several searches, sent as one request. Raises as `search` does, of any of them."""
        if not bodies:
            return []
        timed = bodies if timeout_ms is None else [{**body, "timeout": f"{timeout_ms}ms"} for body in bodies]
        lines = [part for body in timed for part in ({}, body)]
        answer = self.request("POST", f"/{index}/_msearch", json_lines(lines))
        responses: list[dict[str, Any]] = answer["responses"]
        return responses

    # -- everything else

    def request(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | bytes | None = None,
        *,
        params: Mapping[str, Any] | None = None,
        patience_s: float = PATIENCE_S,
        timeout_s: float | None = None,
        on_all_shards: bool = False,
    ) -> Any:
        """The answer, as JSON. `body` in bytes is JSON lines.

        Args:
            patience_s: how long it is tried again; who has more than PATIENCE_S waits for a cluster that is away,
                others are told at once while it is known to be.
            timeout_s: how long one attempt may take, if not as the options say.
            on_all_shards: an answer that some shards failed to give is none.

        Raises:
            ClusterAway: there was no usable answer within that time.
            ClusterRefused: the answer is no.
        """
        patience = self.patience(patience_s)
        while True:
            try:
                return self.attempt(method, path, body, params=params, timeout_s=timeout_s, on_all_shards=on_all_shards)
            except TryAgain as failure:
                if not failure.was_sent and patience_s <= PATIENCE_S:
                    raise ClusterAway(self.where, failure.reason) from failure
                patience.wait(failure)

    def patience(self, seconds: float) -> Patience:
        return Patience(self.where, seconds, len(self.options.urls))

    def attempt(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | bytes | None = None,
        *,
        params: Mapping[str, Any] | None = None,
        timeout_s: float | None = None,
        on_all_shards: bool = False,
    ) -> Any:
        """Send it once. Raises TryAgain, ClusterRefused."""
        if (seconds := self._breaker.seconds_to_wait()) > 0:
            raise TryAgain(f"it has not answered for a while; it is asked again in {seconds:.0f} s", was_sent=False)
        timeout = Timeout(connect=CONNECT_S, read=timeout_s or self.options.timeout_s)
        try:
            answer = self._transport.perform_request(
                method,
                path,
                params={**(params or {}), "request_timeout": timeout},
                body=body,
                headers={"content-type": "application/x-ndjson" if isinstance(body, bytes) else "application/json"},
            )
            _check_parts(answer, on_all_shards=on_all_shards)
        except (TransportError, SerializationError, TryAgain) as error:
            raise self._explain(error) from error
        self._breaker.succeeded()
        return answer

    def _explain(self, error: Exception) -> TryAgain | ClusterRefused:
        if isinstance(error, TryAgain):
            return error
        if isinstance(error, SSLError):
            return ClusterRefused(self.where, 0, "ssl_error", f"no secure connection: {error.error}")
        if not isinstance(error, TransportError):
            self._breaker.failed()
            return TryAgain("what answers there is no OpenSearch, or its answer was cut short")
        if not isinstance(error.status_code, int):
            self._breaker.failed()
            return TryAgain(str(error.error), was_slow=isinstance(error, ConnectionTimeout))
        reason = reason_of(error.info.get("error")) if isinstance(error.info, dict) else str(error.error)
        if error.status_code == BUSY or error.status_code >= 500:
            self._breaker.failed() if error.status_code in GATEWAYS else self._breaker.succeeded()
            return TryAgain(f"{error.status_code}: {reason}", error.status_code)
        self._breaker.succeeded()
        return ClusterRefused(self.where, error.status_code, str(error.error), reason)


def _connect(options: ClusterOptions) -> Transport:
    return OpenSearch(
        hosts=list(options.urls),
        headers=_introduction(options),
        ssl_context=_ssl_context(options.ca),
        max_retries=0,  # it would try again at once; see `Patience`
        dead_timeout=5,  # seconds that a node which failed is left out: one that comes back is soon used again
        timeout_cutoff=2,
        pool_maxsize=32,
    ).transport


def _introduction(options: ClusterOptions) -> dict[str, str]:
    """Who we are, in UTF-8, which the cluster expects; urllib3 would have a password of Latin letters only."""
    if not options.user:
        return {}
    said = b64encode(f"{options.user}:{options.password}".encode()).decode()
    return {"authorization": f"Basic {said}"}


def _reconnecting(cluster: ref[Cluster]) -> Callable[[], None]:
    """For after a fork; a cluster that nobody uses any more is not kept for it."""

    def reconnect() -> None:
        if used := cluster():
            used.reconnect()

    return reconnect


def _check_parts(answer: Any, *, on_all_shards: bool) -> None:
    """Each part of an answer to several questions has a status of its own, or an error without one."""
    if not isinstance(answer, dict):
        return
    for part in (*answer.get("responses", ()), *answer.get("docs", ())):
        if "error" in part:
            raise TransportError(part.get("status", 500), part["error"].get("type", ""), part)
    shards = answer.get("_shards", {})
    if on_all_shards and shards.get("failed"):
        reason = next((failure.get("reason") for failure in shards.get("failures", ())), None)
        raise TryAgain(f"{shards['failed']} of {shards['total']} shards failed: {reason_of(reason)}")


def json_lines(parts: Sequence[Mapping[str, Any]]) -> bytes:
    """Each part on a line of its own; halves of characters, which no text of ours has, as question marks."""
    return "".join(f"{encode(part)}\n" for part in parts).encode(errors="replace")


encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def reason_of(error: Any) -> str:
    """What an error that OpenSearch sent says, down to its cause."""
    return "; ".join(dict.fromkeys(_reasons(error))) or "no reason given"


def _reasons(error: Any) -> Iterator[str]:
    if isinstance(error, str):
        yield error
    elif isinstance(error, dict):
        yield f"{error.get('type', 'error')}: {error.get('reason', '')}"
        shards = error.get("failed_shards") or [{}]
        yield from _reasons(error.get("caused_by") or shards[0].get("reason"))


def _ssl_context(ca: str) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=ca or None)
    except OSError as error:
        raise SettingsError(
            f"opensearch_ca: {ca} is not usable ({error}).", "Name a file of certificates (PEM)."
        ) from error
