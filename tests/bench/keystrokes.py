"""Type queries cut from the articles of a JSON-lines file with the input method off: how many are read as meant?

What is compared. Runs of 2 to 5 syllables in the keystrokes of each method should come back whole; runs typed properly,
with marks, without, or in a foreign language, should be left alone. The archive asked how frequent a word is holds all
of the articles, then only the first thousand: there most rare words are unknown. Decoding is asked by itself; the
archive asks it only where a query as typed finds nothing, so readers meet fewer of the errors.

What is not fair. The queries are cut from articles that are counted, so no syllable of them is unknown to the larger
archive. Nobody here makes a slip.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from pathlib import Path
from typing import Any

from indexer.analysis.canonical import canonical
from indexer.analysis.syllables import fold, is_legal, place_tone
from indexer.analysis.tokens import terms_of
from indexer.querying.keystrokes import decode_keystrokes
from tests.bench import report
from tests.bench.sample import lines_of
from tests.keystrokes import METHODS, ORDERS, keystrokes

SMALL = 1000
LONGEST_RUN = 5
EXAMPLES = 6


@dataclass
class Archive:
    """How many articles hold each term."""

    articles: int = 0
    frequency: Counter[str] = field(default_factory=Counter)

    def add(self, terms: Iterable[str]) -> None:
        self.articles += 1
        self.frequency.update(set(terms))

    def decode(self, query: str) -> str | None:
        return decode_keystrokes(query, self.frequency.__getitem__, self.articles)


@dataclass(frozen=True)
class Queries:
    """Runs of words, at most one of a kind from an article."""

    syllables: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)
    """Of whatever the text has: numbers and foreign words, too; some of it with marks."""
    foreign: list[str] = field(default_factory=list)
    """Of letters, none of them a syllable."""


@dataclass(frozen=True)
class Trial:
    """What is typed for a query, and what should come of it; None: it is left alone."""

    typed: str
    wanted: str | None


def main() -> None:
    made = report.parser(__doc__)
    made.add_argument("--articles", type=int, default=40_000, help="how many to count the words of")
    made.add_argument("--queries", type=int, default=3000, help="of every kind")
    options = report.read_options(made)
    report.print_machine()
    archives, queries = read_articles(options.data, options.articles)
    kinds = {name: list(islice(trials, options.queries)) for name, trials in trials_of(queries).items()}
    results = {
        f"{archive.articles:,} articles": {name: judge(trials, archive) for name, trials in kinds.items()}
        for archive in archives
    }
    for title, rows in results.items():
        shown = ([name, row["queries"], row["wrong"], row["right_percent"]] for name, row in rows.items())
        report.print_table(title, ["typed", "queries", "read wrongly", "right, %"], shown)
        for name, row in rows.items():
            for example in row["examples"]:
                print(f"    {name}: {example}")
    report.save(options, results)


def read_articles(data: Path, articles: int) -> tuple[tuple[Archive, Archive], Queries]:
    """The archive of all and of the first few, and the runs cut from them."""
    chance = random.Random(4)
    whole, small, queries = Archive(), Archive(), Queries()
    for record in map(json.loads, islice(lines_of(data), articles)):
        terms = terms_of(canonical("\n".join(str(record.get(key) or "") for key in ("title", "lead", "body"))))
        whole.add(terms)
        if small.articles < SMALL:
            small.add(terms)
        _cut(queries.syllables, terms, chance, 2, is_legal)
        _cut(queries.mixed, terms, chance, 2, bool)
        _cut(queries.foreign, terms, chance, 1, _is_foreign)
    for runs in (queries.syllables, queries.mixed, queries.foreign):
        chance.shuffle(runs)
    return (whole, small), queries


def _cut(
    runs: list[str], terms: Sequence[str], chance: random.Random, shortest: int, fits: Callable[[str], bool]
) -> None:
    """Add a run of terms that all fit, from a place drawn by chance; none where the terms there do not fit."""
    start = chance.randrange(max(1, len(terms)))
    start += next((at for at, term in enumerate(terms[start:]) if fits(term)), 0)
    length = chance.randint(shortest, LONGEST_RUN)
    run = terms[start : start + length]
    while run and not fits(run[-1]):
        run = run[:-1]
    if len(run) >= shortest and all(map(fits, run)):
        runs.append(" ".join(run))


def _is_foreign(term: str) -> bool:
    return term.isascii() and term.isalpha() and len(term) > 1 and not is_legal(term)


def trials_of(queries: Queries) -> dict[str, Iterator[Trial]]:
    """Kind of query -> how it is typed and what should come back."""
    typed = [*product(("telex", "vni"), ORDERS), ("viqr", "at once")]
    return {
        **{f"{method}, {order}": _typed(queries.syllables, method, order) for method, order in typed},
        "properly": map(_left_alone, queries.syllables),
        "properly, without marks": map(_left_alone, map(fold, queries.syllables)),
        "properly, any words": map(_left_alone, queries.mixed),
        "any words, without marks": map(_left_alone, map(fold, queries.mixed)),
        "foreign words": map(_left_alone, queries.foreign),
    }


def _left_alone(query: str) -> Trial:
    return Trial(query, None)


def _typed(queries: Iterable[str], method: str, order: str) -> Iterator[Trial]:
    """A query without any mark is typed as it is, and left alone."""
    for query in queries:
        keys = " ".join(keystrokes(word, METHODS[method], order) for word in query.split())
        yield Trial(keys, None if keys == query else query)


def judge(trials: Sequence[Trial], archive: Archive) -> dict[str, Any]:
    found = [archive.decode(trial.typed) for trial in trials]
    wrong = [(trial, text) for trial, text in zip(trials, found, strict=True) if _spelled(text) != trial.wanted]
    return {
        "queries": len(trials),
        "wrong": len(wrong),
        "right_percent": 100 * (1 - len(wrong) / max(1, len(trials))),
        "examples": [f"{trial.typed} -> {text}" for trial, text in wrong[:EXAMPLES]],
    }


def _spelled(decoded: str | None) -> str | None:
    return decoded and " ".join(map(place_tone, decoded.split()))


if __name__ == "__main__":
    main()
