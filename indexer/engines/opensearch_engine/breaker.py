"""A circuit breaker: who does not answer is left alone for a while, and whoever asks is told so at once.

After Nygard, "Release It!" (2007): closed while all is well, open after several failures in a row, and half open when
the pause is over: then one caller may try, and what happens to that one decides.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

FAILURES = 5
"""So many in a row are no accident."""

PAUSE_S = 2.0
"""How long nothing is sent then: about as long as a cluster takes to get over the loss of a node."""


class Breaker:
    """Safe to share between threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._failures = 0
        self._open_until = 0.0

    def seconds_to_wait(self) -> float:
        """0 if a request may be sent now; when it is the one that tries, the others go on waiting."""
        with self._lock:
            if self._failures < FAILURES:
                return 0.0
            left = self._open_until - self._clock()
            if left <= 0:
                self._open_until = self._clock() + PAUSE_S
            return max(0.0, left)

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            self._open_until = self._clock() + PAUSE_S
