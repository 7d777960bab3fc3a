"""Lines, and ways to read them -> how each is read. The usual way is that of the whole; a line may be another's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from indexer.sources.charset.weighing import Weight, weigh

_CLEARLY = 2
"""Syllables by which a line must be better in another way than in the usual one."""

_CONVINCING = 0.6
"""Share of legal syllables in what was read rightly. Foreign names, and letters lost, make the rest."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to read a line: what verdicts call it, "" for as it is; its text."""

    name: str
    read: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A line read in one way."""

    way: Way
    text: str
    weight: Weight


class Readings:
    """Lines, each read in every way."""

    def __init__(self, lines: Sequence[str], ways: Sequence[Way]) -> None:
        self._ways = ways
        self._lines = [_readings(line, ways) for line in lines]

    def weights(self) -> list[Weight]:
        """The weight of all lines together, by way."""
        return [sum((line[at].weight for line in self._lines), Weight()) for at in range(len(self._ways))]

    def text(self, way: int) -> str:
        """All lines, read in one way."""
        return "\n".join(line[way].text for line in self._lines)

    def chosen(self, usual: int) -> list[Reading]:
        """Each line in the way that is usual here, unless it clearly is in another."""
        return [_choose(line, usual) for line in self._lines]


def is_convincing(weight: Weight, at_least: int) -> bool:
    """Whether there are so many syllables, and so few words that are none."""
    return weight.score >= at_least and weight.share >= _CONVINCING


def heaviest(weights: Sequence[Weight]) -> int:
    """The way that has the highest score; the first of several."""
    return max(range(len(weights)), key=lambda at: weights[at].score)


def names(chosen: Iterable[Reading]) -> list[str]:
    """What the ways are called, those of most lines first."""
    return [name for name, _ in Counter(reading.way.name for reading in chosen if reading.way.name).most_common()]


def _readings(line: str, ways: Sequence[Way]) -> list[Reading]:
    """A line in every way. Many give the same text, which is weighed once."""
    texts = [way.read(line) for way in ways]
    weights = {text: weigh(text) for text in {*texts}}
    return [Reading(way, text, weights[text]) for way, text in zip(ways, texts, strict=True)]


def _choose(tried: Sequence[Reading], usual: int) -> Reading:
    best = max(tried, key=lambda reading: reading.weight.score)
    gain = best.weight.score - tried[usual].weight.score
    return best if gain >= _CLEARLY and best.weight.share >= _CONVINCING else tried[usual]
