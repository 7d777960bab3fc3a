"""Why a text could not become an article; `reader` and `json_lines` turn it into a `Rejected`."""

from __future__ import annotations


class Unreadable(Exception):
    """What is wrong, what to do about it, and the line (counted from 1) where that can be said."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
