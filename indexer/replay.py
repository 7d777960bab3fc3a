"""Asks the old build and the new one the same questions: what staff pinned, what readers ask, or the archive's titles.

How many are asked, and for how long, is bounded: the switch to a new build waits for it.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from indexer.analysis.tokens import terms_of
from indexer.archive import Archive
from indexer.impact import BEST, LOOKED_AT, Answer, Change, Impact, Question, Source, compare, latency, worst_first
from indexer.model import SearchRequest
from indexer.searches.counts import AskedQuestion, SearchCounts, question_key
from indexer.searches.pinned import Pin, Pins

COUNTED_DAYS = 30
"""Days whose searches are asked again."""

MOST_FREQUENT, MOST_WITHOUT_RESULT = 200, 100
"""How many of what readers asked."""

LEAST_TIMES = 2
"""A question that was asked only once is not: its words may be somebody's name, and the report is kept."""

ENOUGH, TITLES, TITLE_WORDS = 50, 100, 5
"""Where fewer questions than ENOUGH were counted, the first words of so many titles are asked, too."""

WARMING_UP = SearchRequest("kho báu")
"""Asked first, unmeasured: the first search of all reads and makes what the others find ready."""

MOST_ANSWER_MS = 2_000
"""Processor time that an answer may take: a reader's is cut short sooner, but then it could not be compared."""

MOST_SECONDS = 60.0
"""After so long no further question is asked."""


def choose_questions(pins: Pins, counts: SearchCounts, archive: Archive) -> tuple[Question, ...]:
    """What is asked, in this order: what staff pinned, what readers ask most and what found nothing, titles."""
    pinned = [Question(pin.text, Source.PINNED, article_id=pin.article_id) for pin in pins.pins]
    known = {question_key(question.text) for question in pinned}
    repeated = [each for each in counts.questions if each.count >= LEAST_TIMES and question_key(each.text) not in known]
    found = (each for each in repeated if each.found)
    missed = (each for each in repeated if not each.found)
    counted = [
        *_take(found, Source.FREQUENT, MOST_FREQUENT),
        *_take(missed, Source.NO_RESULT, MOST_WITHOUT_RESULT),
    ]
    titles = _titles(archive) if len(counted) < ENOUGH else ()
    return (*pinned, *counted, *titles)


@dataclass(frozen=True, slots=True)
class PinAnswer:
    """What one build answers to a pinned question: how many articles, and where the wanted one stands among the first
    LOOKED_AT (None: not there); `is_held` says whether the archive has it at all.
    """

    pin: Pin
    total: int
    rank: int | None
    is_held: bool

    @property
    def is_met(self) -> bool:
        """Whether it finds what it must."""
        return not self.pin.article_id or (self.rank is not None and self.rank <= BEST)


def ask_pinned(pins: Pins, archive: Archive) -> Iterator[PinAnswer]:
    """Ask one build what staff pinned."""
    for pin in pins.pins:
        listing = archive.listing(SearchRequest(pin.text, page_size=LOOKED_AT))
        rank = listing.ids.index(pin.article_id) + 1 if pin.article_id in listing.ids else None
        yield PinAnswer(pin, listing.total, rank, archive.title(pin.article_id) is not None)


def _take(asked: Iterable[AskedQuestion], source: Source, most: int) -> Iterator[Question]:
    for each, _ in zip(asked, range(most), strict=False):
        yield Question(each.text, source, each.count)


def _titles(archive: Archive) -> Iterator[Question]:
    """Always the same of the same archive, from all of it."""
    ids = sorted(archive.ids())
    for id_ in ids[:: max(1, len(ids) // TITLES)][:TITLES]:
        title = archive.title(id_) or ""
        if words := terms_of(title)[:TITLE_WORDS]:
            yield Question(" ".join(words), Source.TITLE)


def replay(
    questions: Sequence[Question],
    old: Archive,
    new: Archive,
    wrong_lines: tuple[str, ...] = (),
    most_seconds: float = MOST_SECONDS,
) -> Impact:
    """Ask both, in turn, until the time is up; what one of the two cannot answer in its own time is not compared."""
    started = time.perf_counter()
    for archive in (old, new):
        archive.listing(WARMING_UP)
    old_title, new_title = cache(old.title), cache(new.title)
    changes: list[Change] = []
    before: list[Answer] = []
    after: list[Answer] = []
    for question in questions:
        if time.perf_counter() - started > most_seconds:
            break
        was, is_now = _ask_both(question, (old, new), is_turned=len(changes) % 2 == 1)
        if was and is_now:
            before.append(was)
            after.append(is_now)
            changes.append(compare(question, was, is_now, old_title, new_title))
    return Impact(
        old.build,
        new.build,
        worst_first(changes),
        latency(before),
        latency(after),
        time.perf_counter() - started,
        len(questions) - len(changes),
        wrong_lines,
    )


def _ask_both(question: Question, archives: tuple[Archive, Archive], *, is_turned: bool) -> list[Answer | None]:
    """By turns one and the other first: the second finds the words already read and taken apart."""
    order = archives[::-1] if is_turned else archives
    answers = [_ask(archive, question.text) for archive in order]
    return answers[::-1] if is_turned else answers


def _ask(archive: Archive, text: str) -> Answer | None:
    started = time.thread_time()
    listing = archive.listing(SearchRequest(text, page_size=LOOKED_AT))
    cpu_ms = (time.thread_time() - started) * 1000
    return None if listing.is_partial else Answer(listing.searched, listing.total, listing.ids, cpu_ms)
