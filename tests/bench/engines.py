"""Our engine against tantivy, SQLite's FTS5 and stock Whoosh: the same tokens, the same questions, in one run.

What is compared. All engines index a title (weight 2), a body, authors and the year, from the tokens our own analysis
makes. All answer with the number of matches, the ten best articles, and counts by author and by year. Totals and
counts must agree for every question, or the run ends with status 1. Builds are timed from the tokens, each in a
process of its own. Questions are asked in turn, one engine right after the other, by one thread.

What is not fair.
- Against us: `tantivy` lists the 20 most frequent authors, ours all of them (`tantivy-all` lists all, too). Only
  `ours-whole` in the table of builds has the text stored and the compounds indexed, as the product has.
- Against tantivy: its Python package needs two calls for one answer, and a caller in Rust would spend less.
- Ours scores by BM25F over both fields, the others by the sum of one BM25 a field, so the ten best differ; what
  share of them is in common is told, not checked.
- Of each question the best round counts, when files are in memory and caches warm; `first` compares the first round.
- `and2_years` asks for the years within the question, since our year counts heed every filter but the chosen years.
- More articles than the data has are copies with their passages shuffled and one left out: words are as frequent in
  proportion, but the vocabulary grows no more.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

from tests.bench import product, report
from tests.bench.building import Build, build
from tests.bench.comparing import Asked, KindResult, compare, summarise
from tests.bench.corpus import Corpus
from tests.bench.queries import draw_queries
from tests.bench.registry import OURS, RIVALS, WHOLE, contender, why_absent
from webapp.memory import keep_freed_memory

TITLES = 20_000
"""Questions are drawn from the first articles, so that a larger corpus gets the same ones."""

SHOWN_DIFFERENCES = 5


def main() -> None:
    options = report.read_options(_parser())
    keep_freed_memory()  # as the server does; it serves the rivals that live in this process as well
    report.print_machine()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        corpus = Corpus(options.data, folder, max(options.articles))
        runs = [_run(corpus, articles, folder, options) for articles in options.articles]
    if len(runs) > 1:
        _print_growth(runs)
    report.save(options, {"runs": runs})
    sys.exit(1 if any(run["wrong"] for run in runs) else 0)


def _parser() -> argparse.ArgumentParser:
    made = report.parser(__doc__)
    made.add_argument("--articles", type=int, nargs="+", default=[20_000], help="one size, or several to see growth")
    made.add_argument("--queries", type=int, default=60, help="of each kind")
    made.add_argument("--rounds", type=int, default=5)
    made.add_argument("--rivals", nargs="*", choices=RIVALS, default=RIVALS)
    made.add_argument("--no-product", action="store_true", help="leave out the whole index and readers' own queries")
    made.add_argument("--folder", type=Path, help="keep tokens and indexes here; tokens are used again")
    return made


def _run(corpus: Corpus, articles: int, folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Everything at one size; returns it as plain data."""
    print(f"\n== {articles:,} articles" + _tell_of_copies(corpus, articles))
    rivals = [name for name in options.rivals if not _tell_absent(name, articles)]
    titles = [entry.title for entry in islice(corpus.entries(articles), TITLES)]
    names = [OURS, *([] if options.no_product else [WHOLE]), *rivals]
    builds = _build_all(names, corpus, articles, folder)
    _print_builds(builds)
    compared = {rival: _compare(rival, titles, folder, options) for rival in rivals}
    own = {} if options.no_product else _measure_product(titles, folder, options)
    return {
        "articles": articles,
        "copies": max(0, articles - corpus.size),
        "builds": [asdict(each) for each in builds],
        "against": {rival: [asdict(kind) for kind in kinds] for rival, (kinds, _) in compared.items()},
        "wrong": [f"{rival}: {each}" for rival, (_, wrong) in compared.items() for each in wrong],
        **own,
    }


def _tell_of_copies(corpus: Corpus, articles: int) -> str:
    copies = articles - corpus.size
    return f", of which {copies:,} are copies with shuffled passages, one left out" if copies > 0 else ""


def _tell_absent(name: str, articles: int) -> bool:
    why = why_absent(name, articles)
    if why:
        print(f"{name} is left out: {why}")
    return why is not None


def _build_all(names: Sequence[str], corpus: Corpus, articles: int, folder: Path) -> list[Build]:
    indexes = dict.fromkeys(contender(name).index for name in names)
    return [build(index, corpus, articles, folder / index) for index in indexes]


def _compare(
    rival: str, titles: list[str], folder: Path, options: argparse.Namespace
) -> tuple[list[KindResult], list[str]]:
    """The results by kind, and the questions the two answer differently."""
    ours, theirs = (contender(name) for name in (OURS, rival))
    queries = draw_queries(titles, options.queries)
    asked = compare(ours.open(folder / ours.index), theirs.open(folder / theirs.index), queries, options.rounds)
    kinds = summarise(asked)
    _print_comparison(rival, kinds)
    return kinds, _tell_differences(asked)


def _tell_differences(asked: Sequence[Asked]) -> list[str]:
    wrong = [f"{each.query}: {each.differs}" for each in asked if each.differs]
    print(f"{len(wrong)} of {len(asked)} answers differ in total or counts")
    for line in wrong[:SHOWN_DIFFERENCES]:
        print(f"  {line}")
    return wrong


def _measure_product(titles: list[str], folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    queries = product.typed_queries(titles, options.queries)
    opening = product.measure_opening(folder / WHOLE, queries)
    kinds = product.measure_typed(folder / WHOLE, queries, options.rounds)
    _print_product(kinds, opening)
    return {"typed": [asdict(kind) for kind in kinds], "opening": asdict(opening)}


# -- tables


def _print_builds(builds: Sequence[Build]) -> None:
    head = ("build, from tokens", "CPU s", "wall s, with reading", "peak MB", "on disk MB")
    rows = [(each.name, each.cpu_seconds, each.wall_seconds, each.peak_mb, each.size_mb) for each in builds]
    report.print_table("", head, rows)
    for each in builds:
        kinds = ", ".join(f"{kind} {size / 1e6:.1f}" for kind, size in each.bytes_of.items() if size > 50_000)
        print(f"  {each.name}, MB by kind of file: {kinds}")


def _print_comparison(rival: str, kinds: Sequence[KindResult]) -> None:
    head = ("", "hits", "ours p50", f"{rival} p50", "ratio", "ours p95", f"{rival} p95", "ratio", "first", "shared")
    rows = [
        (
            each.kind,
            round(each.hits),
            each.ours_p50,
            each.theirs_p50,
            each.ratio_p50,
            each.ours_p95,
            each.theirs_p95,
            each.ratio_p95,
            each.first_ratio,
            f"{each.shared:.0%}",
        )
        for each in kinds
    ]
    report.print_table(f"ours against {rival}, ms; ratios are ours / {rival}", head, rows)


def _print_product(kinds: Sequence[product.TypedResult], opening: product.Opening) -> None:
    head = ("readers' queries, ours alone", "hits", "plan p50 ms", "search p50 ms", "search p95 ms")
    rows = [(each.kind, round(each.hits), each.plan_p50, each.search_p50, each.search_p95) for each in kinds]
    report.print_table("", head, rows)
    print(
        f"opening {opening.open_ms:.0f} ms; first query {opening.first_ms:.2f} ms, tenth {opening.tenth_ms:.2f} ms; "
        f"memory {opening.empty_mb:.0f} MB before opening, {opening.opened_mb:.0f} MB after, "
        f"{opening.after_many_mb:.0f} MB after {product.MANY:,} queries"
    )


def _print_growth(runs: Sequence[dict[str, Any]]) -> None:
    """p50 of ours and of each rival by kind, a column a size."""
    sizes = [f"{run['articles']:,}" for run in runs]
    for rival in dict.fromkeys(rival for run in runs for rival in run["against"]):
        tables = [{kind["kind"]: kind for kind in run["against"].get(rival, ())} for run in runs]
        rows = [
            (f"{kind} {side}", *(table[kind][f"{side}_p50"] if kind in table else "-" for table in tables))
            for kind in dict.fromkeys(kind for table in tables for kind in table)
            for side in ("ours", "theirs")
        ]
        report.print_table(f"growth against {rival}: p50 in ms by articles", ("", *sizes), rows)


if __name__ == "__main__":
    main()
