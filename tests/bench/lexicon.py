"""What a lexicon in parts takes and how fast it answers, beside the one that Whoosh's segments give.

What is measured. The same articles are counted into the first part of a lexicon and written into a Whoosh index. Small
runs follow, each of which puts some articles in again under another's title, until there are as many parts as may be,
and one more: then the small ones are made one. Questions are words and neighbours in titles: how a word without marks
may be spelled, what company it keeps, how often two stand side by side in all their spellings, and what completes a
beginning. Each is asked once of a lexicon just opened.

The first part has to say what Whoosh says, and the parts, before and after that, what one says that counts the articles
as they are then, or the run ends with status 1. What the small runs changed of pairs and completions is compared only
where the archive is so small that rare ones are kept.
"""

from __future__ import annotations

import multiprocessing
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from pathlib import Path

from indexer.analysis.syllables import fold
from indexer.documents import Document, to_document
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.lexicon.neighbours import ALL_KEPT
from indexer.lexicon.parts import MOST_PARTS, PartBuilder, merge_parts, open_parts
from indexer.model import Article
from indexer.ports import Lexicon
from indexer.sources import json_lines
from indexer.sources.inputs import Input
from tests.bench import report
from tests.bench.measure import milliseconds, no_collection, p50, p95, time_of

CHANGED = 100
"""Articles that a small run changes."""

SUGGESTED = 20
WHOOSH_MB = 2000
"""Memory for its writer, so that it makes one segment of up to 65,536 articles."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of question. What is said of `rare` things is not the same in all large archives."""

    name: str
    asked: Sequence[tuple[str, ...]]
    ask: Callable[[Lexicon, tuple[str, ...]], object]
    rare: bool = False


def main() -> None:
    made = report.parser(__doc__)
    made.add_argument("--articles", type=int, default=20_000)
    made.add_argument("--each", type=int, default=1000, help="questions of each kind")
    options = report.read_options(made)
    report.print_machine()
    documents = _documents(options.data, options.articles)
    kinds = _kinds(documents, options.each)
    with tempfile.TemporaryDirectory() as temporary:
        parts, index = Path(temporary) / "parts", Path(temporary) / "index"
        parts.mkdir()
        index.mkdir()
        costs = _build(documents, parts, index)
        whoosh = WhooshEngine(WHOOSH_MB)
        rows = [*_ask("whoosh", whoosh.searcher(index).lexicon, kinds), *_ask("one part", open_parts(parts), kinds)]
        _compare(kinds, whoosh.searcher(index).lexicon, open_parts(parts), also_rare=True)
        changed = _change(documents, parts, costs)
        rows += _ask(f"{MOST_PARTS} parts", open_parts(parts), kinds)
        is_small, anew = len(documents) <= ALL_KEPT, Path(temporary) / "anew"
        anew.mkdir()
        _run(changed, (), anew)
        _compare(kinds, open_parts(anew), open_parts(parts), also_rare=is_small)
        _run(changed[:1], changed[:1], parts)  # one too many
        costs["make small parts one, s"] = time_of(lambda: merge_parts(parts)).cpu
        _compare(kinds, open_parts(anew), open_parts(parts), also_rare=is_small)
    report.print_table(f"{len(documents):,} articles", ("", ""), costs.items())
    report.print_table("microseconds a question", ("", "of", "p50", "p95", "most"), rows)
    report.save(options, {"costs": costs, "microseconds": rows})


# the articles


def _documents(data: Path, articles: int) -> list[Document]:
    found = (item for item in json_lines.read(Input.of_file(data, "article")) if isinstance(item, Article))
    with multiprocessing.Pool() as processes:
        return processes.map(_document, islice(found, articles), chunksize=64)


def _document(article: Article) -> Document:
    return to_document(article, "", "")


# building


def _build(documents: Sequence[Document], parts: Path, index: Path) -> dict[str, float]:
    whoosh = WhooshEngine(WHOOSH_MB)
    whoosh.create(index)
    in_whoosh = time_of(lambda: _write_whoosh(whoosh, index, documents)).cpu
    counting = time_of(lambda: _run(documents, (), parts)).cpu
    return {
        "count into a part, s": counting,
        "write into Whoosh, s": in_whoosh,
        "part, bytes an article": _bytes(parts) / len(documents),
    }


def _write_whoosh(whoosh: WhooshEngine, index: Path, documents: Sequence[Document]) -> None:
    writer = whoosh.writer(index)
    for document in documents:
        writer.add(document)
    writer.commit()


def _run(added: Sequence[Document], removed: Sequence[Document], parts: Path) -> None:
    builder = PartBuilder()
    for document in removed:
        builder.remove(document)
    for document in added:
        builder.add(document)
    builder.write(parts)


def _change(documents: Sequence[Document], parts: Path, costs: dict[str, float]) -> list[Document]:
    """Small runs until there are as many parts as may be; returns the articles as they are then."""
    changed, before, seconds = [*documents], _bytes(parts), 0.0
    for first in range(0, (MOST_PARTS - 1) * CHANGED, CHANGED):
        old = documents[first : first + CHANGED]
        new = [replace(one, title=other.title) for one, other in zip(old, [*old[1:], old[0]], strict=True)]
        seconds += time_of(lambda new=new, old=old: _run(new, old, parts)).cpu  # type: ignore[misc]
        changed[first : first + CHANGED] = new
    runs = MOST_PARTS - 1
    costs[f"a run that changes {CHANGED}, ms"] = seconds * 1000 / runs
    costs["its part, bytes"] = (_bytes(parts) - before) / runs
    return changed


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


# asking


def _kinds(documents: Sequence[Document], each: int) -> list[Kind]:
    titles = random.Random(7).sample(documents, min(len(documents), each))
    words = list(dict.fromkeys((word,) for document in titles for word in document.title))[:each]
    pairs = list(dict.fromkeys(pair for document in titles for pair in pairwise(document.title)))[:each]
    beginnings = list(dict.fromkeys((fold(" ".join(pair))[:size],) for pair in pairs for size in (2, 4, 6)))[:each]
    return [
        Kind("frequency", words, lambda lexicon, asked: lexicon.frequency(*asked)),
        Kind("spellings", words, lambda lexicon, asked: lexicon.spellings(fold(*asked))),
        Kind("beginning_with", words, lambda lexicon, asked: lexicon.beginning_with(fold(*asked)[:3])),
        Kind("pair_counts", pairs, _pairs_of_spellings, rare=True),
        Kind("company", words, lambda lexicon, asked: lexicon.company(*asked).followed, rare=True),
        Kind("completions", beginnings, lambda lexicon, asked: lexicon.completions(asked[0], SUGGESTED), rare=True),
    ]


def _pairs_of_spellings(lexicon: Lexicon, pair: tuple[str, ...]) -> list[list[int]]:
    found: list[list[int]] = lexicon.pair_counts(*(lexicon.spellings(fold(word)) for word in pair)).tolist()
    return found


def _ask(name: str, lexicon: Lexicon, kinds: Sequence[Kind]) -> Iterator[tuple[object, ...]]:
    for kind in kinds:
        with no_collection():
            times = [milliseconds(lambda asked=asked: kind.ask(lexicon, asked)) * 1000 for asked in kind.asked]  # type: ignore[misc]  # noqa: B023 - called at once
        yield f"{kind.name}, {name}", len(times), p50(times), p95(times), max(times)


def _compare(kinds: Sequence[Kind], one: Lexicon, other: Lexicon, *, also_rare: bool) -> None:
    for kind in kinds:
        for asked in kind.asked if also_rare or not kind.rare else ():
            if kind.ask(one, asked) != kind.ask(other, asked):
                sys.exit(f"{kind.name} of {asked}: {kind.ask(one, asked)} and {kind.ask(other, asked)}")


if __name__ == "__main__":
    main()
