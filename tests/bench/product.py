"""What readers' own queries cost our engine: the product's full plans over its whole index, opening, memory.

No rival answers these: a plan rewards neighbouring words and compounds, puts the literal spelling of an unmarked query
first, and lets an unmarked or unfinished word stand for many.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from math import inf
from pathlib import Path

from indexer.analysis.syllables import fold, has_marks
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.model import SearchRequest
from indexer.ports import Searcher
from indexer.querying.parser import parse
from indexer.querying.planner import make_plan
from tests.bench.measure import in_own_process, memory_mb, milliseconds, no_collection, p50, p95

OPENINGS = 5
"""Fresh processes that open the index; medians are over them."""

MANY = 1000

TYPED: dict[str, Callable[[list[str]], str]] = {
    "marked": lambda words: " ".join(words[:3]),
    "unmarked": lambda words: fold(" ".join(words[:3])),
    "one unmarked": lambda words: fold(words[0]),
    "five words": lambda words: " ".join(words[:5]),
    "phrase": lambda words: f'"{" ".join(words[:3])}"',
    "prefix": lambda words: f"{fold(words[0])[:2]}*",
    "word, prefix": lambda words: f"{words[0]} {fold(words[1])[:2]}*",
    "or, not": lambda words: f"{words[0]} OR {words[1]} -{words[2]}",
    "title": lambda words: f"title:{words[0]} {words[1]}",
    "with years": lambda words: f"{words[0]} {words[1]} date:2015..2018",
}
"""Kind -> what a reader types who has five neighbouring words of a title in mind; the first of them has a mark."""


@dataclass(frozen=True, slots=True)
class TypedResult:
    """A kind of typed query: articles found, ms to make the plan and to carry it out (each query's best round)."""

    kind: str
    hits: float
    plan_p50: float
    search_p50: float
    search_p95: float


@dataclass(frozen=True, slots=True)
class Opening:
    """A fresh process: ms until the index is open, of the first and of the tenth query; MB held at three moments."""

    open_ms: float
    first_ms: float
    tenth_ms: float
    empty_mb: float
    opened_mb: float
    after_many_mb: float


def typed_queries(titles: Iterable[str], each: int) -> dict[str, list[str]]:
    """Kind -> that many queries, drawn with a fixed seed from titles that are tokens separated by blanks."""
    chance = random.Random(7)
    usable = [words for words in map(_letters, titles) if len(words) >= 5]
    return {kind: [typed(_five(chance, usable)) for _ in range(each)] for kind, typed in TYPED.items()}


def _letters(title: str) -> list[str]:
    return [word for word in title.split() if len(word) > 1 and word.isalpha()]


def _five(chance: random.Random, titles: Sequence[list[str]]) -> list[str]:
    while True:
        words = chance.choice(titles)
        start = chance.randrange(len(words) - 4)
        if has_marks(words[start]):
            return words[start : start + 5]


def measure_typed(folder: Path, queries: dict[str, list[str]], rounds: int) -> list[TypedResult]:
    """Every round asks all queries of all kinds, so that one query's round is long past when its next one comes."""
    searcher = WhooshEngine().searcher(folder)
    asked = {kind: [_Typed(text) for text in texts] for kind, texts in queries.items()}
    with no_collection():
        for _ in range(rounds):
            for each in (each for group in asked.values() for each in group):
                each.ask(searcher)
    return [_summarise(kind, group) for kind, group in asked.items()]


@dataclass(slots=True)
class _Typed:
    """A typed query and the ms of its best round."""

    text: str
    hits: int = 0
    plan_ms: float = inf
    search_ms: float = inf

    def ask(self, searcher: Searcher) -> None:
        started = time.perf_counter()
        plan = make_plan(parse(self.text), searcher.lexicon).plan
        planned = time.perf_counter()
        self.hits = searcher.search(plan, SearchRequest()).total
        self.plan_ms = min(self.plan_ms, (planned - started) * 1000)
        self.search_ms = min(self.search_ms, (time.perf_counter() - planned) * 1000)


def _summarise(kind: str, asked: Sequence[_Typed]) -> TypedResult:
    searching = [each.search_ms for each in asked]
    hits = statistics.mean(each.hits for each in asked)
    return TypedResult(kind, hits, p50([each.plan_ms for each in asked]), p50(searching), p95(searching))


def measure_opening(folder: Path, queries: dict[str, list[str]]) -> Opening:
    """Medians over several fresh processes, each of which starts with other queries."""
    texts = [text for group in zip(*queries.values(), strict=True) for text in group]
    openings = [in_own_process(_open, folder, texts[start:] + texts[:start]) for start in range(OPENINGS)]
    names = Opening.__dataclass_fields__
    return Opening(**{name: p50([getattr(opening, name) for opening in openings]) for name in names})


def _open(folder: Path, texts: Sequence[str]) -> Opening:
    empty = memory_mb()
    opened: list[Searcher] = []
    open_ms = milliseconds(lambda: opened.append(WhooshEngine().searcher(folder)))
    opened_mb = memory_mb()
    times = [milliseconds(partial(_search, opened[0], text)) for text in islice(cycle(texts), MANY)]
    return Opening(open_ms, times[0], times[9], empty, opened_mb, memory_mb())


def _search(searcher: Searcher, text: str) -> int:
    return searcher.search(make_plan(parse(text), searcher.lexicon).plan, SearchRequest()).total
