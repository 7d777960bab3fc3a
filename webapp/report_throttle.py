"""So many reports of mistakes from one client, then one more every few minutes.

Each process counts by itself, as with all requests: N workers let through up to N times as many.
"""

from __future__ import annotations

import math

from webapp.rate_limit import RateLimiter, client_of

REPORTS_PER_HOUR = 5

HOUR = 60 * 60

limiter = RateLimiter(REPORTS_PER_HOUR, seconds=HOUR)


def wait_seconds(address: str) -> int:
    """Count one more report; 0 if it may be taken, else how long its sender has to wait."""
    client = client_of(address)
    return math.ceil(limiter.wait(client)) if client else 0
