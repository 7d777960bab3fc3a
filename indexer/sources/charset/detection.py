"""Lines, and ways to read them -> how each is read. The usual way is that of the whole; a line may be another's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from indexer.sources.charset.weighing import Weight, weigh

_CLEARLY = 2
"""Syllables by which a line must be better in another way than in the usual one."""

_CONVINCING = 0.6
"""Share of legal syllables in what was read rightly. Foreign names, and letters lost, make the rest."""


_BEGINNING = 4000
"""Characters of a line that are weighed."""

_ENOUGH = 1000
"""Characters: some hundred syllables with marks."""


_FEW = 10
"""Syllables that may all be legal in two character sets. Where more are, the texts differ in some sign at most."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to read a line: what verdicts call it, "" for as it is; its text."""

    name: str
    read: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A line read in one way, and the weight of its beginning."""

    way: Way
    text: str
    weight: Weight


def weights(lines: Iterable[str], ways: Sequence[Way]) -> list[Weight]:
    """What the lines weigh together, by way. The longest tell most, and are enough."""
    told, tried = 0, []
    for line in sorted(lines, key=len, reverse=True):
        if told >= _ENOUGH:
            break
        told += len(line)
        tried.append(_readings(line, ways))
    return [total(readings[at] for readings in tried) for at in range(len(ways))]


def total(readings: Iterable[Reading]) -> Weight:
    """What they weigh together."""
    return sum((reading.weight for reading in readings), Weight())


def chosen(lines: Iterable[str], ways: Sequence[Way], usual: int) -> list[Reading]:
    """Each line in the way that is usual here, unless it clearly is in another."""
    return [_choose(line, ways, usual) for line in lines]


def is_convincing(weight: Weight, at_least: int) -> bool:
    """Whether there are so many syllables, and so few words that are none."""
    return weight.score >= at_least and weight.share >= _CONVINCING


def heaviest(found: Sequence[Weight]) -> int:
    """The way that has the highest score; the first of several."""
    return max(range(len(found)), key=lambda at: found[at].score)


def is_tied(lines: Iterable[str], ways: Sequence[Way], found: Sequence[Weight]) -> bool:
    """Whether lines so weighed are a few words, and other ones in a way as good as the best."""
    most = max(weight.score for weight in found)
    best = [way for way, weight in zip(ways, found, strict=True) if weight.score == most]
    return most < _FEW and any(len({way.read(line) for way in best}) > 1 for line in lines)


def names(readings: Iterable[Reading]) -> list[str]:
    """What the ways are called, those of most lines first."""
    return [name for name, _ in Counter(reading.way.name for reading in readings if reading.way.name).most_common()]


def _readings(line: str, ways: Sequence[Way]) -> list[Reading]:
    """The beginning of a line in every way. Many give the same text, which is weighed once."""
    texts = [way.read(line[:_BEGINNING]) for way in ways]
    told = {text: weigh(text) for text in {*texts}}
    return [Reading(way, text, told[text]) for way, text in zip(ways, texts, strict=True)]


def _choose(line: str, ways: Sequence[Way], usual: int) -> Reading:
    (reading,) = _readings(line, [ways[usual]])
    if reading.weight.wrong >= _CLEARLY:  # else no way can be so much better
        best = max(_readings(line, ways), key=lambda tried: tried.weight.score)
        gain = best.weight.score - reading.weight.score
        reading = best if gain >= _CLEARLY and best.weight.share >= _CONVINCING else reading
    return reading if len(line) <= _BEGINNING else replace(reading, text=reading.way.read(line))
