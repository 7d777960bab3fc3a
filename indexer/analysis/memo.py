"""Answers kept by the text they belong to: most of a newspaper's words were seen a moment ago."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")

LONGEST_KEPT = 40
"""Characters of the longest text whose answer is kept: longer ones are rare and cost the most memory."""


class Memo(dict[str, Answer]):
    """`memo[text]` is `compute(text)`, worked out once for as long as the text keeps coming up.

    A known text costs one look into a dict, half of what `lru_cache` takes, which reorders on every use; and
    `map(memo.__getitem__, texts)` never leaves C. The bound is two generations of `size` texts: when the young one is
    full it becomes the old one and that is forgotten, but for what is asked again. So what is used often stays, and
    misses are about those of an `lru_cache` of as many entries. Threads may share one: at worst they work out twice.
    """

    def __init__(self, compute: Callable[[str], Answer], size: int) -> None:
        super().__init__()
        self._compute = compute
        self._size = size
        self._old: dict[str, Answer] = {}

    def __missing__(self, text: str) -> Answer:
        if len(text) > LONGEST_KEPT:
            return self._compute(text)
        answer = self._old[text] if text in self._old else self._compute(text)
        if len(self) >= self._size:
            self._old = dict(self)
            self.clear()
        self[text] = answer
        return answer

    def held(self) -> int:
        """How many answers are in memory: at most twice `size`."""
        return len(self) + len(self._old)
