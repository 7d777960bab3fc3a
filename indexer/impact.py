"""What a new build changes for readers: the same questions answered by the old build and the new one, compared.

An article that left the archive is no loss to be blamed on the new build: its file is gone. One that is still there and
has lost its place among the first is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

BEST = 10
"""Results that readers see at once: what stands there must not get lost, and a pinned article must be there."""

FIRST = 20
"""Results that are compared. What was among the best and falls out of these counts as lost."""

LOOKED_AT = 100
"""Results of the new build in which a lost article is looked for, to say where it went."""


class Source(StrEnum):
    """Where a question comes from."""

    PINNED = "pinned"
    FREQUENT = "frequent"
    NO_RESULT = "no_result"
    TITLE = "title"
    """The beginning of an article's title, where too little was counted."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of both builds; `times` readers asked it, and `article_id`, if given, must be among the best."""

    text: str
    source: Source
    times: int = 0
    article_id: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a build answered: the ids of the first LOOKED_AT articles, and the processor time it took."""

    searched: str
    total: int
    ids: tuple[str, ...]
    cpu_ms: float


class Fate(StrEnum):
    """What became of an article that is no longer among the first."""

    REMOVED = "removed"
    """It left the archive."""

    LOWER = "lower"
    """It is found further down."""

    GONE = "gone"
    """It is not found, or only behind the first LOOKED_AT."""


@dataclass(frozen=True, slots=True)
class Lost:
    """An article that stood among the first, at `rank` (from 1); `new_rank` is where it stands if it is LOWER."""

    id: str
    title: str
    rank: int
    fate: Fate
    new_rank: int | None = None


@dataclass(frozen=True, slots=True)
class Gained:
    """An article that came among the first, at `rank`; `is_new` to the archive, or only to this list."""

    id: str
    title: str
    rank: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Move:
    """An article that is among the first before and after, at another rank."""

    id: str
    before: int
    after: int


class PinState(StrEnum):
    """How a pinned question's article fares."""

    NONE = ""
    """The question names no article."""

    KEPT = "kept"
    BROKEN = "broken"
    """It was among the best, is in the archive, and is among the best no longer."""

    MENDED = "mended"
    UNMET = "unmet"
    """It was not among the best before either, or has left the archive."""


@dataclass(frozen=True, slots=True)
class Change:
    """What the new build does to one question.

    `best_before`: how many of the best articles of the old build are still in the archive; `best_lost`: how many of
    these are no longer among the first.
    """

    question: Question
    total_before: int
    total_after: int
    lost: tuple[Lost, ...] = ()
    gained: tuple[Gained, ...] = ()
    moves: tuple[Move, ...] = ()
    searched_before: str = ""
    searched_after: str = ""
    best_before: int = 0
    best_lost: int = 0
    pin: PinState = PinState.NONE

    @property
    def is_change(self) -> bool:
        """Whether a reader would see a difference."""
        return bool(self.lost or self.gained or self.moves or self.total_before != self.total_after)

    @property
    def loss(self) -> float:
        """The share of the best that is lost, from 0 to 1."""
        return self.best_lost / self.best_before if self.best_before else 0.0


@dataclass(frozen=True, slots=True)
class Latency:
    """Processor time of an answer, in ms."""

    p50: float
    p95: float


@dataclass(frozen=True)
class Impact:
    """What the build `new` changes against `old`.

    `changes` has every question that was asked, the worst first; `unasked` are those there was no time for, in all or
    in one of the builds. `wrong_lines` are those of the list of pinned questions.
    """

    old: str
    new: str
    changes: tuple[Change, ...]
    before: Latency
    after: Latency
    seconds: float
    unasked: int = 0
    wrong_lines: tuple[str, ...] = ()

    @cached_property
    def changed(self) -> tuple[Change, ...]:
        """The questions whose answers a reader would see change, the worst first."""
        return tuple(each for each in self.changes if each.is_change or each.pin is PinState.BROKEN)

    @cached_property
    def broken(self) -> tuple[Change, ...]:
        """The pinned questions whose article was among the best, and is no longer."""
        return tuple(each for each in self.changes if each.pin is PinState.BROKEN)

    @cached_property
    def loss_percent(self) -> float:
        """Of the ten best articles of a question that are still in the archive, the share that is no longer among the
        first twenty; the average over the questions that found any.
        """
        shares = [each.loss for each in self.changes if each.best_before]
        return 100 * sum(shares) / len(shares) if shares else 0.0

    def is_too_much(self, most_loss_percent: float) -> bool:
        """Whether a person should look at it before the new build takes the old one's place."""
        return bool(self.broken) or self.loss_percent > most_loss_percent


TitleOf = Callable[[str], str | None]
"""The title of an article in an archive, None where the archive does not hold it."""


def compare(question: Question, before: Answer, after: Answer, old_title: TitleOf, new_title: TitleOf) -> Change:
    """What became of one question's answer."""
    ranks_before = _ranks(before.ids[:FIRST])
    ranks_after = _ranks(after.ids[:FIRST])
    best = [id_ for id_ in before.ids[:BEST] if new_title(id_) is not None]
    return Change(
        question,
        before.total,
        after.total,
        lost=tuple(_lost(ranks_before, _ranks(after.ids), old_title, new_title)),
        gained=tuple(
            Gained(id_, new_title(id_) or "", rank, old_title(id_) is None)
            for id_, rank in ranks_after.items()
            if id_ not in ranks_before
        ),
        moves=tuple(
            Move(id_, rank, ranks_after[id_])
            for id_, rank in ranks_before.items()
            if id_ in ranks_after and ranks_after[id_] != rank
        ),
        searched_before=before.searched,
        searched_after=after.searched,
        best_before=len(best),
        best_lost=sum(id_ not in ranks_after for id_ in best),
        pin=_pin_state(question, before, after, new_title),
    )


def _ranks(ids: Iterable[str]) -> dict[str, int]:
    return {id_: rank for rank, id_ in enumerate(ids, start=1)}


def _lost(before: dict[str, int], looked_at: dict[str, int], old_title: TitleOf, new_title: TitleOf) -> Iterator[Lost]:
    for id_, rank in before.items():
        new_rank = looked_at.get(id_)
        if new_rank is not None and new_rank <= FIRST:
            continue
        fate = Fate.LOWER if new_rank else Fate.REMOVED if new_title(id_) is None else Fate.GONE
        yield Lost(id_, old_title(id_) or "", rank, fate, new_rank)


def _pin_state(question: Question, before: Answer, after: Answer, new_title: TitleOf) -> PinState:
    wanted = question.article_id
    if not wanted:
        return PinState.NONE
    was, is_now = wanted in before.ids[:BEST], wanted in after.ids[:BEST]
    if is_now:
        return PinState.KEPT if was else PinState.MENDED
    return PinState.BROKEN if was and new_title(wanted) is not None else PinState.UNMET


def worst_first(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Broken pins, then by what was lost of the best, of the first, and of places."""
    return tuple(
        sorted(
            changes,
            key=lambda each: (
                each.pin is not PinState.BROKEN,
                -each.loss,
                -sum(lost.fate is not Fate.REMOVED for lost in each.lost),
                -len(each.lost) - len(each.gained),
                -sum(abs(move.after - move.before) for move in each.moves),
            ),
        )
    )


def latency(answers: Sequence[Answer]) -> Latency:
    """Over so many answers; 0 of none."""
    times = sorted(each.cpu_ms for each in answers) or [0.0]
    return Latency(times[len(times) // 2], times[min(len(times) * 95 // 100, len(times) - 1)])


def impact_as_json(impact: Impact, most: int | None = None) -> dict[str, Any]:
    """The report as plain data, with at most `most` of the questions that changed."""
    return {
        "old": impact.old,
        "new": impact.new,
        "questions": len(impact.changes),
        "changed": len(impact.changed),
        "unasked": impact.unasked,
        "loss_percent": round(impact.loss_percent, 2),
        "broken": len(impact.broken),
        "seconds": round(impact.seconds, 2),
        "cpu_ms": {
            name: {"p50": round(each.p50, 2), "p95": round(each.p95, 2)}
            for name, each in (("before", impact.before), ("after", impact.after))
        },
        "wrong_lines": list(impact.wrong_lines),
        "changes": [_change_as_json(each) for each in impact.changed[:most]],
    }


def _change_as_json(change: Change) -> dict[str, Any]:
    return {
        "text": change.question.text,
        "source": change.question.source.value,
        "times": change.question.times,
        "article_id": change.question.article_id,
        "pin": change.pin.value,
        "total": [change.total_before, change.total_after],
        "searched": [change.searched_before, change.searched_after],
        "best_before": change.best_before,
        "best_lost": change.best_lost,
        "lost": [
            {"id": e.id, "title": e.title, "rank": e.rank, "fate": e.fate.value, "new_rank": e.new_rank}
            for e in change.lost
        ],
        "gained": [{"id": e.id, "title": e.title, "rank": e.rank, "is_new": e.is_new} for e in change.gained],
        "moves": [[e.id, e.before, e.after] for e in change.moves],
    }
