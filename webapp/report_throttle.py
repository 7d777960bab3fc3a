"""So many reports from one address in an hour, then a pause.

Each process counts by itself, in memory, as with passwords: N workers let through up to N times as many. What counts is
loaded with the first report: most servers get few, and start faster without it.
"""

from __future__ import annotations

import time
from functools import cache
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from limits import RateLimitItem
    from limits.strategies import FixedWindowRateLimiter

REPORTS_PER_HOUR = 5

NETWORK_BITS = 64
"""Of an IPv6 address, what a household or an office has to itself."""


def wait_seconds(address: str) -> int:
    """Count one more report; 0 if it may be taken, else how long its sender has to wait."""
    limiter, limit = _limiter()
    client = _client(address)
    if limiter.hit(limit, client):
        return 0
    return max(1, int(limiter.get_window_stats(limit, client).reset_time - time.time()))


@cache
def _limiter() -> tuple[FixedWindowRateLimiter, RateLimitItem]:
    from limits import RateLimitItemPerHour  # noqa: PLC0415 - see above
    from limits.storage import MemoryStorage  # noqa: PLC0415 - see above
    from limits.strategies import FixedWindowRateLimiter  # noqa: PLC0415 - see above

    return FixedWindowRateLimiter(MemoryStorage()), RateLimitItemPerHour(REPORTS_PER_HOUR)


def _client(address: str) -> str:
    try:
        known = ip_address(address)
    except ValueError:
        return "unknown"
    return str(int(known) >> 128 - NETWORK_BITS) if isinstance(known, IPv6Address) else address
