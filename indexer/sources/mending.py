"""Texts of one source, mended together: a name of three syllables tells little of its encoding, an article all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from indexer.model import Remark
from indexer.sources.charset import Decoded, decode, mend, recognise
from indexer.sources.unreadable import Unreadable

_Each = TypeVar("_Each", str, bytes)


def mend_all(texts: Sequence[str]) -> tuple[list[str], str]:
    """The texts with what was garbled mended, in their order, and the verdict ("" for sound text)."""
    if all(map(str.isascii, texts)):
        return [*texts], ""
    mended = mend("\n".join(texts))
    if not mended.verdict:
        return [*texts], ""
    return _taken_apart(mended.text, [text.count("\n") for text in texts]) or _each(mend, texts), mended.verdict


def decode_all(raws: Sequence[bytes]) -> tuple[list[str], str]:
    """Bytes that belong together, in one character set, as text, and the verdict. Raises Unreadable."""
    try:
        return [decode(raw) for raw in raws], ""
    except Unreadable:
        found = recognise(b"\n".join(raws))
    return _taken_apart(found.text, [raw.count(b"\n") for raw in raws]) or _each(recognise, raws), found.verdict


def _each(read: Callable[[_Each], Decoded], items: Sequence[_Each]) -> list[str]:
    return [read(item).text for item in items]


def _taken_apart(text: str, breaks: Sequence[int]) -> list[str]:
    """The texts that were joined by line ends, given how many each holds; [] where lines came or went."""
    lines = text.split("\n")
    if len(lines) != sum(breaks) + len(breaks):
        return []
    starts = iter(lines)
    return ["\n".join(next(starts) for _ in range(count + 1)) for count in breaks]


@dataclass(slots=True)
class Verdicts:
    """The verdicts on the articles of one file, each told once."""

    place: str
    first: dict[str, int | None] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, verdict: str, line: int | None = None) -> None:
        if verdict:
            self.first.setdefault(verdict, line)
            self.counts[verdict] = self.counts.get(verdict, 0) + 1

    def remarks(self) -> list[Remark]:
        return [Remark(self.place, f"{verdict}{self._others(verdict)}", line) for verdict, line in self.first.items()]

    def _others(self, verdict: str) -> str:
        others = self.counts[verdict] - 1
        return f", and so are {others} more articles" if others else ""
