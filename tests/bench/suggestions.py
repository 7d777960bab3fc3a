"""What suggestions are worth: mistyped queries mended, unmarked ones spelled, and how often a clean one is doubted.

What is measured. An archive is made without the articles of one newspaper (`--unseen`, or else without every fiftieth
article); the queries are its headlines, cut into pieces of three to five syllables. Each is asked clean, and with one
syllable spoilt in each of several ways; mended means that the first correction is the whole piece as it was printed.
A query left without any mark is an open one, which is not corrected but spelled, so there the likeliest spelling
counts. i and y are taken for the same, as a search takes them.

A page asks only where little is found, so clean queries are counted with such rules, too: when the words typed are
found side by side, or all anywhere in an article, in so few articles, and those of the correction in over three times
as many.

The run ends with status 1 when a spelling drops a mark that was typed, or a correction is what was typed.

What is not fair. Slips are drawn by chance, one a query; readers' own differ. Headlines begin and end where a piece was
cut, which is harder than a query that means something. Times are CPU of one process with the file in memory, of the
first time each query is asked, after some others.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.analysis.syllables import fold, iy_variant, refines
from indexer.builds import BuildStore
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.model import SearchRequest
from indexer.ports import Lexicon, Searcher
from indexer.querying.plan import AllOf, Clause, Spellings
from indexer.querying.plan import Sequence as SideBySide
from indexer.suggesting.corrections import corrections
from indexer.suggesting.spellings import likely_spellings
from tests.bench import report
from tests.bench.measure import p50, p95
from tests.bench.mistyping import SLIPS, Run, pieces, spoil
from tests.bench.sample import lines_of
from tests.bench.service import khobao

SUGGESTED = 3
SPELLED = 5
FEW = (1, 5, 20)
"""Articles: a page that finds fewer asks whether something else was meant."""

MUCH_MORE = 3
"""And that something else is found so many times as often."""


@dataclass(frozen=True, slots=True)
class Mending:
    """Shares of the queries spoilt in one way, and CPU ms a query."""

    slip: str
    queries: int
    mended: float
    among_three: float
    left_alone: float
    ms_p50: float
    ms_p95: float


def main() -> None:
    made = report.parser(__doc__)
    made.add_argument("--articles", type=int, default=20_000, help="size of the archive")
    made.add_argument("--unseen", default="", metavar="SET", help="keep out articles whose `set` begins so")
    made.add_argument("--index", type=Path, help="keep the index there, and use the one that is there")
    options = report.read_options(made)
    report.print_machine()
    with tempfile.TemporaryDirectory() as temporary:
        index: Path = options.index or Path(temporary) / "index"
        sample = Path(temporary) / "archive.jsonl"
        queries = pieces(_split(options.data, options.unseen, options.articles, sample))
        if BuildStore(index).current_name() is None:
            khobao("index", str(sample), "--index", str(index))
        searcher = WhooshEngine().searcher(BuildStore(index).current())
        _evaluate(searcher, queries)
        searcher.close()


def _split(data: Path, unseen: str, articles: int, sample: Path) -> list[str]:
    """Writes the articles of the archive; returns the headlines of those kept out."""
    headlines: list[str] = []
    written = 0
    with sample.open("w", encoding="utf-8") as file:
        for number, line in enumerate(lines_of(data)):
            record = json.loads(line)
            if str(record.get("set") or "").startswith(unseen) if unseen else number % 50 == 0:
                headlines.append(str(record["title"]))
            elif written < articles:
                file.write(line)
                written += 1
    return headlines


def _evaluate(searcher: Searcher, queries: Sequence[Run]) -> None:
    words = searcher.lexicon
    print(f"\n{searcher.article_count():,} articles, {len(queries)} queries")
    head = ("spoilt by", "queries", "mended", "in three", "left alone", "ms p50", "p95")
    mendings = [_mend(words, name, queries) for name in SLIPS]
    report.print_table("one syllable spoilt", head, [_row(each) for each in mendings])
    _print_spellings(words, queries)
    _print_doubted(searcher, queries)


def _row(mending: Mending) -> tuple[object, ...]:
    shares = (mending.mended, mending.among_three, mending.left_alone)
    return (mending.slip, mending.queries, *map(_percent, shares), mending.ms_p50, mending.ms_p95)


def _percent(share: float) -> str:
    return f"{share:.1%}"


# -- corrections


def _mend(words: Lexicon, slip: str, queries: Sequence[Run]) -> Mending:
    chance = random.Random(3)
    spoilt = [(query, spoil(query, SLIPS[slip], chance)) for query in queries]
    asked = [(meant, typed) for meant, typed in spoilt if typed]
    times: list[float] = []
    answers = [(meant, _suggest(words, typed, times)) for meant, typed in asked]
    return Mending(
        slip,
        len(asked),
        _share(any(_is_same(meant, run) for run in found[:1]) for meant, found in answers),
        _share(any(_is_same(meant, run) for run in found) for meant, found in answers),
        _share(not found for _, found in answers),
        p50(times),
        p95(times),
    )


def _suggest(words: Lexicon, typed: Run, times: list[float]) -> list[Run]:
    found = _timed(lambda: corrections(words, typed, SUGGESTED), times)
    if typed in found:
        sys.exit(f"{' '.join(typed)} is a correction of itself")
    is_open = typed == tuple(map(fold, typed))
    return found or (likely_spellings(words, typed, SUGGESTED) if is_open else [])


def _is_same(one: Run, other: Run) -> bool:
    return len(one) == len(other) and all(a == b or iy_variant(a) == b for a, b in zip(one, other, strict=True))


def _share(answers: Iterable[bool]) -> float:
    told = [*answers]
    return sum(told) / max(1, len(told))


def _timed(call: Callable[[], list[Run]], times: list[float]) -> list[Run]:
    started = time.process_time()
    found = call()
    times.append((time.process_time() - started) * 1000)
    return found


# -- spellings


def _print_spellings(words: Lexicon, queries: Sequence[Run]) -> None:
    times: list[float] = []
    ranks = [_rank(words, query, times) for query in queries]
    shares = [_percent(_share(rank < many for rank in ranks)) for many in range(1, SPELLED + 1)]
    head = ("without any mark", *(f"in {many}" for many in range(1, SPELLED + 1)), "ms p50", "p95")
    report.print_table("spelled as printed", head, [("all queries", *shares, p50(times), p95(times))])


def _rank(words: Lexicon, query: Run, times: list[float]) -> int:
    """At which place the spelling is that was printed; past all when it is not among them."""
    typed = tuple(map(fold, query))
    found = _timed(lambda: likely_spellings(words, typed, SPELLED), times)
    for run in found:
        _require_marks(run, typed)
    for run in likely_spellings(words, query, SPELLED):
        _require_marks(run, query)
    return next((rank for rank, run in enumerate(found) if _is_same(run, query)), SPELLED)


def _require_marks(run: Run, typed: Run) -> None:
    for spelled, syllable in zip(run, typed, strict=True):
        if not refines(spelled, syllable) and not refines(spelled, iy_variant(syllable) or syllable):
            sys.exit(f"{' '.join(typed)} is spelled {' '.join(run)}: a mark is lost")


# -- clean queries


def _print_doubted(searcher: Searcher, queries: Sequence[Run]) -> None:
    times: list[float] = []
    doubted = [
        (query, found[0])
        for query in queries
        if query != tuple(map(fold, query))
        and (found := _timed(lambda typed=query: corrections(searcher.lexicon, typed, 1), times))  # type: ignore[misc]
    ]
    rows = [("always", _percent(len(doubted) / len(queries)))]
    for few in FEW:
        for rule, clause in (("side by side", _side_by_side), ("all in one article", _all)):
            asked = sum(_is_asked(searcher, clause, few, *pair) for pair in doubted)
            rows.append((f"{rule}, in under {few}", _percent(asked / len(queries))))
    report.print_table("clean queries doubted", ("when the words are found", "doubted"), rows)
    print(f"CPU ms a clean query: p50 {p50(times):.2f}, p95 {p95(times):.2f}")


def _is_asked(searcher: Searcher, clause: Callable[[Run], Clause], few: int, typed: Run, correction: Run) -> bool:
    found, more = (searcher.count(clause(run), SearchRequest()) or 0 for run in (typed, correction))
    return found < few and more > MUCH_MORE * found


def _side_by_side(run: Run) -> Clause:
    return SideBySide(tuple(Spellings((word,)) for word in run))


def _all(run: Run) -> Clause:
    return AllOf(tuple(Spellings((word,)) for word in run))


if __name__ == "__main__":
    main()
