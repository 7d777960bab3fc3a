"""How much processor time an answer may take."""

from __future__ import annotations

import time


class BudgetSpent(Exception):
    """There is no time left for the next step."""


class Budget:
    """Processor time that a question may take, by the clock of the thread that answers it.

    One budget goes with one question through all that is looked up for it.

    Args:
        seconds: once they are spent nothing is begun that the answer can do without; None: any.
        at_most: once they are spent, even what is under way is broken off; None: it is not.
    """

    def __init__(self, seconds: float | None, at_most: float | None = None) -> None:
        now = time.thread_time()
        self._end = now + seconds if seconds is not None else float("inf")
        self._last_end = now + at_most if at_most is not None else float("inf")

    @property
    def is_spent(self) -> bool:
        return time.thread_time() > self._end

    @property
    def seconds_left(self) -> float | None:
        """For what is done elsewhere; None where there is no limit, and never less than nothing."""
        return None if self._end == float("inf") else max(0.0, self._end - time.thread_time())

    @property
    def is_overdrawn(self) -> bool:
        return self._last_end != float("inf") and time.thread_time() > self._last_end

    def go_on(self) -> None:
        """Call it between steps of what is under way. Raises BudgetSpent when it has to be broken off."""
        if self.is_overdrawn:
            raise BudgetSpent


UNLIMITED = Budget(None)
