"""Our two engines on the same articles: files (Whoosh) and an OpenSearch cluster. Figures, and whether they agree.

What is measured. The articles are analysed once; each document is then handed to both writers, whose time is told
apart (`add`, and `commit`, which waits until the index can be searched and is on the disk). Bytes are those of the
index and of what lies beside it, without replicas. Questions are cut from titles of the archive, as readers type them;
each is planned and searched by both, in turn, in one thread: the first ten, with the counts of all facets.

What is checked. For every question: the same articles (up to MOST_CHECKED), the same counts of every facet, the same
order of tiers, and at least nine of the first ten in common. One that differs is told, and the run ends with status 1.

What is not fair. The cluster is on this machine and shares its cores; between machines each request takes longer, and
each node has more memory. Whoosh runs without what it keeps from earlier questions, the cluster with all it keeps.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from secrets import token_hex

from indexer.documents import Document, to_document
from indexer.engines.opensearch_engine import ClusterOptions, OpenSearchEngine
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.model import Article, SearchRequest
from indexer.ports import Engine, IndexWriter, Matches, Searcher
from indexer.querying.parser import parse
from indexer.querying.plan import Plan
from indexer.querying.planner import make_plan
from indexer.sources import json_lines
from indexer.sources.inputs import Input
from tests.bench import report
from tests.bench.measure import no_collection, p50, p95
from tests.bench.product import typed_queries
from tests.bench.sample import titles_in_words

BATCH = 1000
"""Articles that are analysed before either writer gets them."""

MOST_CHECKED = 10_000
"""Articles of an answer that are compared."""

FIRST, IN_COMMON = 10, 9


@dataclass(slots=True)
class Side:
    """One engine: its index, and the seconds its writer took."""

    name: str
    engine: Engine
    folder: Path
    add_s: float = 0
    commit_s: float = 0
    index_bytes: int = 0
    searcher: Searcher = field(init=False)

    def open(self) -> None:
        self.searcher = self.engine.searcher(self.folder)


@dataclass(slots=True)
class Question:
    """What is asked, and the ms of the best round of each side."""

    kind: str
    text: str
    ms: dict[str, float] = field(default_factory=dict)
    hits: int = 0
    wrong: str = ""


def main() -> None:
    options = report.read_options(_parser())
    report.print_machine()
    with tempfile.TemporaryDirectory(dir=options.folder) as temporary:
        files, cluster = _sides(Path(temporary), options)
        try:
            _build((files, cluster), options)
            cluster.index_bytes += _cluster_bytes(options.url, cluster)
            questions = _questions(options)
            _ask(questions, files, cluster, options.rounds)
            _check(questions, files.searcher, cluster.searcher)
        finally:
            cluster.engine.depot().discard(cluster.folder.name)  # type: ignore[attr-defined]  # only this engine has one
    _print_builds((files, cluster), options.articles)
    _print_questions(questions)
    wrong = [each for each in questions if each.wrong]
    print(f"{len(wrong)} of {len(questions)} answers differ")
    for each in wrong[:10]:
        print(f"  {each.text!r}: {each.wrong}")
    report.save(options, {"questions": [asdict(each) for each in questions]})
    sys.exit(1 if wrong else 0)


def _parser() -> argparse.ArgumentParser:
    made = report.parser(__doc__)
    made.add_argument("--articles", type=int, default=5000)
    made.add_argument("--questions", type=int, default=50, help="of each of ten kinds")
    made.add_argument("--rounds", type=int, default=3)
    made.add_argument("--url", default=os.environ.get("OPENSEARCH_URL", "http://127.0.0.1:9200"))
    made.add_argument("--shards", type=int, default=1)
    made.add_argument("--folder", type=Path, help="where the files are put, if not among the system's temporary ones")
    return made


def _sides(folder: Path, options: argparse.Namespace) -> tuple[Side, Side]:
    at = ClusterOptions((options.url,), prefix=f"bench-{token_hex(4)}", shards=options.shards, replicas=0, timeout_s=60)
    sides = (
        Side("files", WhooshEngine(cache_mb=0), folder / "files"),
        Side("cluster", OpenSearchEngine(at), folder / "a"),
    )
    for side in sides:
        side.folder.mkdir()
        side.engine.create(side.folder)
    return sides


# -- building


def _build(sides: tuple[Side, Side], options: argparse.Namespace) -> None:
    writers = [side.engine.writer(side.folder) for side in sides]
    for documents in _batches(options.data, options.articles):
        for side, writer in zip(sides, writers, strict=True):
            side.add_s += _seconds(writer, documents)
    for side, writer in zip(sides, writers, strict=True):
        started = time.perf_counter()
        writer.commit()
        side.commit_s = time.perf_counter() - started
        side.index_bytes = sum(file.stat().st_size for file in side.folder.iterdir())
        side.open()


def _batches(data: Path, articles: int) -> Iterator[list[Document]]:
    found = (item for item in json_lines.read(Input.of_file(data, "article")) if isinstance(item, Article))
    documents = (to_document(article, "/archive", article.id) for article in islice(found, articles))
    while batch := list(islice(documents, BATCH)):
        yield batch


def _seconds(writer: IndexWriter, documents: Sequence[Document]) -> float:
    started = time.perf_counter()
    for document in documents:
        writer.add(document)
    return time.perf_counter() - started


def _cluster_bytes(url: str, side: Side) -> int:
    from opensearchpy import OpenSearch  # noqa: PLC0415 - what an index takes is nothing our own client needs to know

    stats = OpenSearch([url]).indices.stats(index=f"*-{side.folder.name}", metric="store")
    size: int = stats["_all"]["primaries"]["store"]["size_in_bytes"]
    return size


# -- asking


def _questions(options: argparse.Namespace) -> list[Question]:
    titles = (" ".join(words) for words in titles_in_words(options.data, options.articles, 5))
    drawn = typed_queries(titles, options.questions)
    return [
        Question(kind, text)
        for texts in zip(*drawn.values(), strict=True)
        for kind, text in zip(drawn, texts, strict=True)
    ]


def _ask(questions: Sequence[Question], files: Side, cluster: Side, rounds: int) -> None:
    with no_collection():
        for _ in range(rounds):
            for question in questions:
                for side in (files, cluster):
                    _time(question, side)


def _time(question: Question, side: Side) -> None:
    started = time.perf_counter()
    question.hits = side.searcher.search(_plan(question, side.searcher), SearchRequest()).total
    took = (time.perf_counter() - started) * 1000
    question.ms[side.name] = min(took, question.ms.get(side.name, took))


def _plan(question: Question, searcher: Searcher) -> Plan:
    return make_plan(parse(question.text), searcher.lexicon).plan


def _check(questions: Sequence[Question], files: Searcher, cluster: Searcher) -> None:
    """By one plan, as the lexicons may leave out other rare pairs."""
    for question in questions:
        plan = _plan(question, files)
        whole = SearchRequest(page_size=MOST_CHECKED)
        question.wrong = _difference(plan, files, files.search(plan, whole), cluster.search(plan, whole))


def _difference(plan: Plan, files: Searcher, expected: Matches, found: Matches) -> str:
    if expected.counts != found.counts:
        return "other counts"
    is_whole = expected.total <= MOST_CHECKED
    if expected.total != found.total or (is_whole and {*_ids(expected)} != {*_ids(found)}):
        return f"{expected.total} articles, {found.total}"
    tiers = _tiers(plan, files)
    if [*map(tiers.get, _ids(expected))] != [*map(tiers.get, _ids(found))]:
        return "another order of tiers"
    common = len({*_ids(expected)[:FIRST]} & {*_ids(found)[:FIRST]})
    return "" if common >= min(IN_COMMON, expected.total) else f"only {common} of the first {FIRST} in common"


def _ids(matches: Matches) -> list[str]:
    return [article_id for article_id, _ in matches.page]


def _tiers(plan: Plan, searcher: Searcher) -> dict[str, int]:
    """The tier of each article that has one, as one engine tells it: also of those that are not compared."""
    whole = SearchRequest(page_size=searcher.article_count())
    tiers: dict[str, int] = {}
    for place, tier in enumerate(plan.tiers):
        for article_id in _ids(searcher.search(Plan(tier), whole)):
            tiers.setdefault(article_id, place)
    return tiers


# -- tables


def _print_builds(sides: tuple[Side, Side], articles: int) -> None:
    head = ("build, from tokens", "add s", "commit s", "articles a second", "bytes an article")
    rows = [
        (each.name, each.add_s, each.commit_s, articles / (each.add_s + each.commit_s), each.index_bytes / articles)
        for each in sides
    ]
    report.print_table("", head, rows)


def _print_questions(questions: Sequence[Question]) -> None:
    rows = []
    for kind in dict.fromkeys(each.kind for each in questions):
        own = [each for each in questions if each.kind == kind]
        files, cluster = ([each.ms[name] for each in own] for name in ("files", "cluster"))
        hits = round(sum(each.hits for each in own) / len(own))
        rows.append((kind, hits, p50(files), p95(files), p50(cluster), p95(cluster)))
    head = ("ms, plan and search", "hits", "files p50", "files p95", "cluster p50", "cluster p95")
    report.print_table("", head, rows)


if __name__ == "__main__":
    main()
