"""How well the product answers judged queries, however they are typed, and the processor time of each way of typing.

What is measured. Every query goes through `Archive.search`, as a reader's does, with the settings as they come: as it
is written, without its marks, in the keys of Telex, in lower and in upper case, and with its tone marks where the other
style puts them. MRR@10, nDCG@10 and recall@100 are of a page of 100; the times are of a page of 10 that is asked for
before it, so that nothing is remembered of the query (p50 and p95 of CPU ms; each way of typing opens the index anew).
`cut` counts the answers that the time budget cut short.

Sets in TREC's form are indexed by themselves: NAME.docs.jsonl (id, title, lead, text), NAME.queries.tsv and
NAME.qrels.tsv. Such are the Vietnamese questions of XQuAD (github.com/google-deepmind/xquad, each paragraph a document)
and the clusters of VietnameseMDS (github.com/lupanh/VietnameseMDS, each cluster's topic a query). With --news, titles
are asked of that archive, drawn with a fixed seed, and those of a `knownitem.tsv` among the paths: each must bring its
article back, or, counted apart, one of the same title.

What is checked, or the run ends with status 1. Case and tone placement change nothing: the 100 articles and their order
are the same. Marks are a promise: when ten articles hold every syllable of a marked query as it is spelled, the ten
best do. The targets that are known by the name of a set are met.

What is not fair. XQuAD's paragraphs have no title, and its questions are sentences; nobody searches an archive with a
whole title. One judged paragraph or one article each says little about the order below it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from itertools import islice
from pathlib import Path

from indexer import bootstrap
from indexer.analysis.tokens import terms_of
from indexer.archive import Archive
from indexer.model import SearchRequest
from indexer.settings import Settings
from tests.bench import news, report
from tests.bench.asking import Answers, Measured, Task, answered_otherwise, ask_in_every_wording, measure
from tests.bench.judged_sets import find_sets, index_documents
from tests.bench.sample import write_sample
from tests.bench.service import khobao
from tests.bench.wordings import AS_WRITTEN, SAME, STRIPPED, TELEX
from tests.relevance.judgements import Queries

KNOWN_ITEMS = "knownitem.tsv"
TITLES = "titles"
SHOWN_QUERIES = 5

TARGETS: Mapping[tuple[str, str], float] = {
    ("xquad-vi", AS_WRITTEN): 0.956,
    ("xquad-vi", STRIPPED): 0.947,
    ("mds", AS_WRITTEN): 0.980,
    ("mds", STRIPPED): 0.978,
    (TITLES, AS_WRITTEN): 0.99,
    (TITLES, STRIPPED): 0.96,
}
"""MRR@10 by set and wording; `_target` adds those that follow from another row."""


def main() -> None:
    options = _parser().parse_args()
    report.print_machine()
    with tempfile.TemporaryDirectory() as temporary:
        findings = _run(options, Path(temporary))
    _print(findings)
    report.save(options, {"rows": [asdict(row) for row in findings.rows], "wrong": findings.wrong})
    sys.exit(1 if findings.wrong else 0)


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("sets", type=Path, nargs="*", help="folders of judged sets, or files of them")
    made.add_argument("--news", type=Path, metavar="FILE", help="articles as JSON lines (.jsonl, .jsonl.xz, .jsonl.gz)")
    made.add_argument("--articles", type=int, default=100_000, help="of --news; the first ones")
    made.add_argument("--index", type=Path, metavar="DIR", help="an index of just those articles, else one is made")
    made.add_argument("--titles", type=int, default=1000, help="known items to draw")
    made.add_argument("--promises", type=int, default=150, help="marked queries whose ten best are checked")
    made.add_argument("--queries", type=int, help="the first of each set only, for a look")
    made.add_argument("--json", type=Path, metavar="FILE", help="also write the results there")
    return made


class _Findings:
    """The rows of the table as they come, and a sentence for everything that does not hold."""

    def __init__(self) -> None:
        self.rows: list[Measured] = []
        self.targets: list[float | None] = []
        self.wrong: list[str] = []

    def add(self, task: Task) -> None:
        answers = ask_in_every_wording(task)
        for kind, qrels in task.qrels.items():
            rows = [measure(task.name + kind, wording, found, qrels) for wording, found in answers.items()]
            for row in rows:
                self._add_row(row, _target(row, as_written=rows[0].mrr))
        self.wrong += _tell_differences(task, answers)

    def _add_row(self, row: Measured, target: float | None) -> None:
        self.rows.append(row)
        self.targets.append(target)
        if _is_missed(row, target):
            self.wrong.append(f"{row.task}, {row.wording}: MRR@10 is {row.mrr:.4f}, not {target:.4f}")


def _target(row: Measured, as_written: float) -> float | None:
    """What the MRR should be: case, tone placement and, for judged sets, Telex keys are to cost nothing."""
    if row.wording in SAME or (row.wording == TELEX and row.task in ("xquad-vi", "mds")):
        return as_written
    return TARGETS.get((row.task, row.wording))


def _is_missed(row: Measured, target: float | None) -> bool:
    return target is not None and round(row.mrr, 4) < round(target, 4)


def _tell_differences(task: Task, answers: Mapping[str, Answers]) -> Iterator[str]:
    for wording in SAME:
        names = answered_otherwise(answers[AS_WRITTEN], answers[wording])
        shown = "; ".join(task.queries[name] for name in names[:SHOWN_QUERIES])
        if names:
            yield f"{task.name}, {wording}: {len(names)} of {len(task.queries)} answered otherwise, such as {shown}"


# -- what is asked


def _run(options: argparse.Namespace, folder: Path) -> _Findings:
    findings = _Findings()
    for task in _judged_tasks(options, folder):
        findings.add(task)
    if options.news:
        _ask_the_news(options, folder, findings)
    return findings


def _judged_tasks(options: argparse.Namespace, folder: Path) -> Iterator[Task]:
    try:
        found = find_sets(path for path in options.sets if path.name != KNOWN_ITEMS)
    except (FileNotFoundError, ValueError) as error:
        sys.exit(f"{error}; see --help for what a judged set is, and where there are some")
    for judged in found:
        index_documents(judged.documents, folder / judged.name)
        queries = dict(islice(judged.queries.items(), options.queries))
        yield Task(judged.name, _opener(folder / judged.name), queries, {"": judged.qrels})


def _opener(index_dir: Path) -> Callable[[], Archive]:
    return partial(bootstrap.open_archive, Settings(index_dir=index_dir))


def _ask_the_news(options: argparse.Namespace, folder: Path, findings: _Findings) -> None:
    if not options.news.is_file():
        sys.exit(f"{options.news} is not there: give a JSON-lines file of articles (its keys are in seeds/README.md).")
    index_dir = options.index or _index_news(options, folder)
    titles = news.read_titles(options.news, options.articles)
    print(f"\n{len(titles.of):,} articles; {titles.shared:,} of them share their title with another")
    for name, queries in _known_items(options, titles):
        kept = dict(islice(queries.items(), options.queries))
        qrels = {"": news.exactly(kept), ", any of that title": news.by_title(kept, titles)}
        findings.add(Task(name, _opener(index_dir), kept, qrels))
    promises = news.promises(options.news, options.articles, titles, options.promises)
    findings.wrong += _check_promises(_opener(index_dir)(), promises)


def _index_news(options: argparse.Namespace, folder: Path) -> Path:
    write_sample(options.news, folder / "news.jsonl", options.articles)
    khobao("index", str(folder / "news.jsonl"), "--index", str(folder / "news"))
    return folder / "news"


def _known_items(options: argparse.Namespace, titles: news.Titles) -> Iterator[tuple[str, Queries]]:
    yield TITLES, news.draw_titles(titles, options.titles)
    for path in options.sets:
        table = path / KNOWN_ITEMS if path.is_dir() else path
        if table.name == KNOWN_ITEMS and table.is_file():
            yield KNOWN_ITEMS, news.read_known_items(table, titles)


# -- marks as a promise


def _check_promises(archive: Archive, queries: Sequence[Sequence[str]]) -> list[str]:
    found = [(query, _count_holding(archive, query)) for query in queries]
    kept = sum(count for _, count in found)
    print(f"\n{len(queries)} marked queries that ten articles or more hold as spelled: of the ten best {kept:,} do")
    return [f"of the ten best of “{' '.join(query)}” {count} hold it" for query, count in found if count < news.ENOUGH]


def _count_holding(archive: Archive, query: Sequence[str]) -> int:
    """How many of the first ten hold all the syllables."""
    hits = archive.search(SearchRequest(" ".join(query))).hits
    return sum(_words(archive, hit.id).issuperset(query) for hit in hits)


def _words(archive: Archive, article_id: str) -> set[str]:
    found = archive.article(article_id)
    assert found, article_id
    article = found.article
    texts = (article.title, *article.passages(), *(author.name for author in article.authors))
    return {word for text in texts for word in terms_of(text)}


# -- the table


def _print(findings: _Findings) -> None:
    head = ("", "queries", "MRR@10", "target", "", "nDCG@10", "recall@100", "p50 ms", "p95 ms", "cut")
    rows = map(_cells, findings.rows, findings.targets)
    report.print_table("", head, rows)
    print(f"\n{len(findings.wrong)} failures" if findings.wrong else "\nall that is checked holds")
    for line in findings.wrong:
        print(f"  {line}")


def _cells(row: Measured, target: float | None) -> Sequence[object]:
    wanted = "" if target is None else f"{target:.4f}"
    verdict = "" if target is None else "missed" if _is_missed(row, target) else "met"
    measures = (f"{row.ndcg:.4f}", f"{row.recall:.4f}", row.p50, row.p95, row.cut)
    return (f"{row.task}: {row.wording}", row.queries, f"{row.mrr:.4f}", wanted, verdict, *measures)


if __name__ == "__main__":
    main()
