"""What comes of bytes: text, or the line where they stop being any."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.sources.unreadable import Unreadable


class Undecodable(Unreadable):
    """The bytes are no text in a character set we know; `line` is where the first bad byte stands."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason, line)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and in which character set it was found where that is worth telling: "" for sound UTF-8 and UTF-16."""

    text: str
    verdict: str = ""
