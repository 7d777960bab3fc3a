"""How many requests a client may send: so many a minute, then a 429 that says when to come back.

Each process counts by itself, in memory. Flask-Limiter, which guards the staff's sign-in, would start a thread for each
request that looks through all addresses: 130 µs, 430 with 20,000 addresses, and no bound to them. This takes 4 µs.
"""

from __future__ import annotations

import heapq
import ipaddress
import math
import threading
import time
from collections.abc import Callable
from functools import lru_cache

from flask import Flask, request

from webapp.language import ngettext
from webapp.problem_details import Refused

TOO_MANY = "too-many-requests"
"""The kind of problem."""

FREE = frozenset({"static", "api.health"})
"""What may be asked for any number of times: files that cost nothing, and whether we are there."""

MOST_CLIENTS = 20_000
"""Clients that are remembered: some 3 MB."""


class RateLimiter:
    """Lets each client ask `most` times at once, and then as often as `most` in so many seconds gives. Safe between
    threads.

    It is the generic cell rate algorithm (ITU-T I.371): of each client one number is kept, the time when all it asked
    for will be paid off.
    """

    def __init__(
        self,
        most: int,
        clock: Callable[[], float] = time.monotonic,
        most_clients: int = MOST_CLIENTS,
        seconds: float = 60.0,
    ) -> None:
        self._seconds, self._seconds_each = seconds, seconds / most
        self._clock, self._most_clients = clock, most_clients
        self._paid_off: dict[str, float] = {}
        self._counting = threading.Lock()

    def __len__(self) -> int:
        """How many clients are remembered."""
        return len(self._paid_off)

    def wait(self, client: str) -> float:
        """Count a request of a client: 0 if it is let in, else the seconds until one would be."""
        with self._counting:
            now = self._clock()
            paid_off = max(self._paid_off.get(client, now), now)
            if (wait := paid_off + self._seconds_each - now - self._seconds) > 1e-9:  # sums of fractions are not exact
                return wait
            self._paid_off[client] = paid_off + self._seconds_each
            if len(self._paid_off) > self._most_clients:
                self._forget(now)
            return 0.0

    def _forget(self, now: float) -> None:
        """Keep at most half, those that asked for most; whoever is paid off is forgotten anyway."""
        owing = ((end, client) for client, end in self._paid_off.items() if end > now)
        self._paid_off = {client: end for end, client in heapq.nlargest(self._most_clients // 2, owing)}


def init_app(app: Flask, per_minute: int) -> None:
    """Limit every client to so many requests a minute; 0 is no limit."""
    if not per_minute:
        return
    limiter = RateLimiter(per_minute)

    def admit() -> None:
        client = client_of(request.remote_addr or "")
        if client and request.endpoint not in FREE and (wait := limiter.wait(client)):
            raise Waiting(math.ceil(wait))

    app.before_request(admit)


class Waiting(Refused):
    """A client has to wait for so many seconds; said in the language of the request."""

    code = 429  # of the class, too: Flask looks there for who handles it

    def __init__(self, seconds: int) -> None:
        detail = ngettext(
            "Máy hay mạng của bạn vừa hỏi nhiều quá. Xin chờ %(seconds)s giây rồi tải lại trang.",
            "Máy hay mạng của bạn vừa hỏi nhiều quá. Xin chờ %(seconds)s giây rồi tải lại trang.",
            seconds,
            seconds=str(seconds),
        )
        super().__init__(429, TOO_MANY, detail, retry_after=seconds)


@lru_cache(4096)
def client_of(address: str) -> str:
    """Who asks, as far as an address tells: an IPv6 line is given 2^64 of them, and they count as one.

    "" is this machine itself, which nobody need be protected from. A proxy on it that nobody told us of is taken for
    it, too: better no limit than one for all readers together.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:  # some proxies put the port behind it
        host = address.rpartition(":")[0].strip("[]")
        return client_of(host) if host and host != address else address[:64]
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is None:
            return "" if parsed.is_loopback else str(ipaddress.ip_network((parsed.packed, 64), strict=False))
        parsed = parsed.ipv4_mapped
    return "" if parsed.is_loopback else str(parsed)
