"""Counts of searches put together: the same question in capitals, or with its tones placed otherwise, is one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from indexer.analysis.canonical import canonical
from indexer.analysis.syllables import place_tones


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a question was typed in one way, and how many articles it found the last time."""

    text: str
    count: int
    found: int


@dataclass(frozen=True, slots=True)
class Tallies:
    """What was counted on a day, or in a part of it; `others` were counted without their text."""

    questions: tuple[Tally, ...] = ()
    others: int = 0


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as it was typed most often; `found` articles the last time, on `last_day`.

    `days`: on how many different days it was asked.
    """

    text: str
    count: int
    found: int
    days: int
    last_day: date


@dataclass(frozen=True, slots=True)
class SearchCounts:
    """The questions of some days, the most frequent first; `others` is the number of searches kept without a text."""

    questions: tuple[AskedQuestion, ...] = ()
    others: int = 0

    @property
    def total(self) -> int:
        """All searches that were counted."""
        return self.others + sum(each.count for each in self.questions)

    @property
    def without_result(self) -> tuple[AskedQuestion, ...]:
        """Those that found nothing the last time they were asked."""
        return tuple(each for each in self.questions if not each.found)


def question_key(text: str) -> str:
    """What all ways of typing one question have in common: capitals, blanks and the place of the tone are none of it.

    Marks are: `đường` asks for something else than `duong`.
    """
    return " ".join(place_tones(canonical(text).lower()).split())


@dataclass(slots=True)
class _Gathered:
    """One question while its counts are added up."""

    typed: Counter[str] = field(default_factory=Counter)
    days: set[date] = field(default_factory=set)
    found: int = 0

    def add(self, tally: Tally, day: date) -> None:
        self.typed[tally.text] += tally.count
        self.days.add(day)
        self.found = tally.found

    def asked(self) -> AskedQuestion:
        text = max(self.typed, key=self.typed.__getitem__)  # of equals the one typed first
        return AskedQuestion(text, self.typed.total(), self.found, len(self.days), max(self.days))


def count_questions(days: Iterable[tuple[date, Tallies]]) -> SearchCounts:
    """Add the days up; they come in order, and so do the tallies of each."""
    gathered: dict[str, _Gathered] = {}
    others = 0
    for day, tallies in days:
        others += tallies.others
        for tally in tallies.questions:
            gathered.setdefault(question_key(tally.text), _Gathered()).add(tally, day)
    asked = (each.asked() for each in gathered.values())
    return SearchCounts(tuple(sorted(asked, key=lambda each: (-each.count, each.text))), others)


def shorten(tallies: Tallies, *, least: int = 1, most: int | None = None) -> Tallies:
    """One tally a question, of those asked at least so often, and at most so many of them; all others by number."""
    counted = count_questions([(date.min, tallies)])
    kept = [each for each in counted.questions if each.count >= least][:most]
    questions = tuple(Tally(each.text, each.count, each.found) for each in kept)
    return Tallies(questions, counted.total - sum(each.count for each in kept))


def tally_up(typed: Mapping[str, tuple[int, int]], others: int) -> Tallies:
    """Tallies of texts -> (count, found), as readers typed them."""
    return Tallies(tuple(Tally(canonical(text), *numbers) for text, numbers in typed.items()), others)
