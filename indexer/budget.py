"""How much processor time an answer may take."""

from __future__ import annotations

import time


class Budget:
    """Processor time that a question may take, by the clock of the thread that answers it; None: any.

    One budget goes with one question through all that is looked up for it.
    """

    def __init__(self, seconds: float | None) -> None:
        self._end = time.thread_time() + seconds if seconds is not None else float("inf")

    @property
    def is_spent(self) -> bool:
        return time.thread_time() > self._end


UNLIMITED = Budget(None)
