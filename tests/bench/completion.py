"""What suggestions while typing cost the server: CPU of one request to `/goi-y`, for beginnings of real titles.

What is measured. Runs of one to four words are cut from titles of the archive, and the last word cut after one letter,
after two, in its middle or before a blank, as a reader's box holds them on the way; with marks and without. Each is
asked for once, in a fixed order, in one process, through the whole application. Every answer is checked: a
suggestion keeps all letters and marks that were typed, the words before included, unless nothing goes on from them and
they are read as keystrokes; and of every tenth answer, when all are timed, each suggestion finds something. Told
beside the times: the share of beginnings that got any suggestion, and the share where one of them was what the title
went on with.

What is not fair. The client's part in the same process is counted, some 0.3 ms; nothing else asks at the same time, and
files are in the page cache.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from indexer.analysis.syllables import fold, goes_on, has_marks, is_unmarked_syllable
from indexer.settings import Settings
from tests.bench import report
from tests.bench.measure import no_collection, p50, p95
from tests.bench.sample import titles_in_words
from tests.bench.service import index_sample
from webapp.app import create_app

WORDS = (1, 2, 3, 4)
CUTS = ("first letter", "two letters", "half a word", "whole word")


@dataclass(frozen=True, slots=True)
class Beginning:
    """What stands in the box, and the words of the title that it is cut from and that follow."""

    kind: str
    typed: str
    goes_on: str


@dataclass(frozen=True, slots=True)
class Result:
    """CPU in ms; shares of the beginnings that got suggestions, and that got the title's own next words."""

    kind: str
    asked: int
    p50: float
    p95: float
    most: float
    answered: float
    foreseen: float


def main() -> None:
    options = report.read_options(_parser())
    report.print_machine()
    with ExitStack() as stack:
        folder = options.index or index_sample(
            options.data, options.articles, Path(stack.enter_context(tempfile.TemporaryDirectory()))
        )
        client = create_app(replace(Settings(), index_dir=folder)).test_client()
        articles = client.get("/healthz").get_json()["articles"]
        client.get("/goi-y?q=xa")  # the archive is opened, and authors counted, with the first
        results = _measure(
            client, draw_beginnings(titles_in_words(options.data, options.articles, max(WORDS) + 1), options.each)
        )
    head = ("cut after", "asked", "CPU p50 ms", "p95", "most", "answered", "foreseen")
    report.print_table(
        f"suggestions at {articles:,} articles", head, [tuple(asdict(each).values()) for each in results]
    )
    report.save(options, {"articles": articles, "results": [asdict(each) for each in results]})


def _parser() -> argparse.ArgumentParser:
    made = report.parser(__doc__)
    made.add_argument("--index", type=Path, help="an index that was made of the data; left out, one is made")
    made.add_argument("--articles", type=int, default=20_000, help="articles to index")
    made.add_argument("--each", type=int, default=250, help="beginnings of each kind")
    return made


def draw_beginnings(titles: Sequence[list[str]], each: int) -> list[Beginning]:
    """`each` of every kind, drawn with a fixed seed and in a mixed order."""
    chance = random.Random(11)
    drawn = [_begin(chance, titles, cut, marked) for cut in CUTS for marked in (True, False) for _ in range(each)]
    chance.shuffle(drawn)
    return drawn


def _begin(chance: random.Random, titles: Sequence[list[str]], cut: str, marked: bool) -> Beginning:
    while True:
        words = chance.choice(titles)
        count = chance.choice(WORDS)
        start = chance.randrange(len(words) - count)
        typed = f"{' '.join(words[start : start + count])} "
        if cut != "whole word":
            letters = {"first letter": 1, "two letters": 2, "half a word": len(words[start + count]) // 2}[cut]
            typed += words[start + count][:letters]
        if marked and not has_marks(typed):
            continue
        kind = f"{cut}, {'marks' if marked else 'no marks'}"
        return Beginning(kind, typed if marked else fold(typed), " ".join(words[start:]))


def _measure(client: FlaskClient, asked: Sequence[Beginning]) -> list[Result]:
    told: dict[str, list[tuple[float, bool, bool]]] = {}
    offered: list[str] = []
    with no_collection():
        for number, one in enumerate(asked):
            started = time.process_time()
            answer = client.get("/goi-y", query_string={"q": one.typed})
            took = (time.process_time() - started) * 1000
            found = answer.get_json()["completions"]
            _check(one, found)
            offered += (each["url"] for each in found if number % 10 == 0)
            told.setdefault(one.kind, []).append((took, bool(found), any(_foresees(one, each) for each in found)))
    _check_finds(client, offered)
    return list(_summarise(told))


def _check(asked: Beginning, found: Sequence[dict[str, Any]]) -> None:
    """Ends the run where a word or name does not go on from what was typed."""
    for one in found:
        kept = goes_on(one["query"].lower(), asked.typed) or _may_be_keystrokes(asked.typed)
        if one["kind"] in {"word", "person", "place"} and not kept:
            sys.exit(f"{asked.typed!r} does not go on to {one['query']!r}")


def _may_be_keystrokes(typed: str) -> bool:
    """Whether there is a word without marks that is no syllable: it may be read as keys of Telex."""
    return any(word.isascii() and not is_unmarked_syllable(word) for word in typed.split())


def _check_finds(client: FlaskClient, urls: Sequence[str]) -> None:
    """Ends the run where a suggestion leads to an empty list."""
    for url in dict.fromkeys(urls):
        if 'class="empty"' in client.get(url).text:
            sys.exit(f"{url} finds nothing")


def _foresees(asked: Beginning, found: dict[str, Any]) -> bool:
    if found["kind"] == "title":
        return f" {asked.goes_on} " in f" {found['text'].lower()} "
    query = found["query"].lower()
    return len(query) > len(asked.typed) and f"{asked.goes_on} ".startswith(f"{query} ")


def _summarise(told: dict[str, list[tuple[float, bool, bool]]]) -> Iterator[Result]:
    for kind in (f"{cut}, {marks}" for cut in CUTS for marks in ("marks", "no marks")):
        times, answered, foreseen = zip(*told[kind], strict=True)
        yield Result(kind, len(times), p50(times), p95(times), max(times), _share(answered), _share(foreseen))


def _share(answers: Sequence[bool]) -> float:
    return sum(answers) / len(answers)


if __name__ == "__main__":
    main()
