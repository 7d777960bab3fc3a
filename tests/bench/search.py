"""Index the first articles of a JSON-lines file, ask queries drawn from their titles, and check and time the answers.

The rival is SQLite's FTS5, in the same run, over the same tokens, counting authors and years as we do. Totals must
agree with a plain count over the tokens for every query, or the script ends with status 1. See `make bench`.
"""

from __future__ import annotations

import argparse
import itertools
import json
import lzma
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from indexer import bootstrap
from indexer.analysis.canonical import canonical
from indexer.analysis.tokens import syllables_of
from indexer.archive import Archive
from indexer.documents import to_document
from indexer.model import Article, SearchRequest
from indexer.settings import Settings
from indexer.sources.json_lines import read_lines

KINDS = {"one": 1, "and2": 2, "and3": 3, "phrase2": 2}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="JSON lines (.jsonl or .jsonl.xz): id, title, lead, body, ...")
    parser.add_argument("--limit", type=int, default=2000)
    parser.add_argument("--queries", type=int, default=60, help="of each kind")
    options = parser.parse_args()
    if not options.data.is_file():
        sys.exit(f"{options.data} is not there: give a JSON-lines file of articles (keys in seeds/README.md).")
    with tempfile.TemporaryDirectory() as folder:
        articles = write_sample(options.data, Path(folder) / "sample.jsonl", options.limit)
        settings = Settings(index_dir=Path(folder) / "index")
        started = time.process_time()
        report = bootstrap.index(settings, [Path(folder) / "sample.jsonl"])
        print(f"{report}\nbuild: {(time.process_time() - started) * 1000 / len(articles):.1f} ms CPU an article")
        compare(bootstrap.open_archive(settings), articles, options.queries)


def write_sample(data: Path, target: Path, limit: int) -> list[Article]:
    """The first `limit` lines in a file of their own; returns their articles."""
    opener = lzma.open if data.suffix == ".xz" else open
    with opener(data, "rt", encoding="utf-8") as lines:
        target.write_text("".join(itertools.islice(lines, limit)), encoding="utf-8")
    return [item for item in read_lines(target, str(target), "x") if isinstance(item, Article)]


def compare(archive: Archive, articles: list[Article], count: int) -> None:
    texts = [tokens_of(article) for article in articles]
    rival = Rival(articles, texts)
    wrong = 0
    print(f"{'kind':10} {'hits':>7} {'ours p50 (p95) ms':>20} {'FTS5 p50 (p95) ms':>20} {'ratio':>7}")
    for kind, words in KINDS.items():
        ours, theirs, hits = [], [], []
        for query in draw_queries(articles, words, count):
            expected = sum(matches(kind, query, text) for text in texts)
            typed = " ".join(query)
            request = SearchRequest(f'"{typed}"' if kind == "phrase2" else typed)
            total = timed(ours, lambda request=request: archive.search(request).unfiltered_total)
            timed(theirs, lambda kind=kind, query=query: rival.search(kind, query))
            wrong += total != expected
            hits.append(expected)
        ratio = statistics.median(ours) / statistics.median(theirs)
        print(f"{kind:10} {statistics.mean(hits):7.0f} {spread(ours):>20} {spread(theirs):>20} {ratio:7.2f}")
    print(f"{wrong} wrong totals of {count * len(KINDS)}")
    sys.exit(1 if wrong else 0)


def tokens_of(article: Article) -> tuple[list[str], list[str]]:
    document = to_document(article, "", "")
    return list(document.title), list(document.body)


def draw_queries(articles: list[Article], words: int, count: int) -> Iterator[list[str]]:
    """Runs of marked words from titles; without any mark a query would mean every spelling."""
    chance = random.Random(words)
    found = 0
    while found < count:
        tokens = [token.text for token in syllables_of(canonical(chance.choice(articles).title))]
        start = chance.randrange(max(1, len(tokens) - words))
        query = tokens[start : start + words]
        if len(query) == words and not " ".join(query).isascii() and all(map(str.isalpha, query)):
            found += 1
            yield query


def matches(kind: str, query: list[str], text: tuple[list[str], list[str]]) -> bool:
    """The plain truth about one article."""
    if kind != "phrase2":
        return set(query) <= {*text[0], *text[1]}
    return any(query == field[at : at + len(query)] for field in text for at in range(len(field)))


def timed(times: list[float], call: Callable[[], int]) -> int:
    started = time.perf_counter()
    result = call()
    times.append((time.perf_counter() - started) * 1000)
    return result


def spread(times: list[float]) -> str:
    ordered = sorted(times)
    return f"{statistics.median(ordered):.2f} ({ordered[int(len(ordered) * 0.95)]:.2f})"


class Rival:
    """SQLite FTS5 with the same tokens, author and year counts, and a top ten by BM25."""

    def __init__(self, articles: list[Article], texts: list[tuple[list[str], list[str]]]) -> None:
        self.base = sqlite3.connect(":memory:")
        self.base.execute("CREATE VIRTUAL TABLE text USING fts5(title, body, tokenize='unicode61 remove_diacritics 0')")
        self.base.execute("CREATE TABLE about (id INTEGER PRIMARY KEY, author TEXT, year INTEGER)")
        for number, (article, (title, body)) in enumerate(zip(articles, texts, strict=True)):
            self.base.execute("INSERT INTO text (rowid, title, body) VALUES (?, ?, ?)", row(number, title, body))
            authors = json.dumps([author.key for author in article.authors])
            year = article.published.day.year if article.published else 0
            self.base.execute("INSERT INTO about VALUES (?, ?, ?)", (number, authors, year))

    def search(self, kind: str, query: list[str]) -> int:
        wanted = f'"{" ".join(query)}"' if kind == "phrase2" else " AND ".join(f'"{word}"' for word in query)
        joined = "FROM text JOIN about ON about.id = text.rowid WHERE text MATCH ?"
        self.base.execute(f"SELECT text.rowid {joined} ORDER BY bm25(text, 2, 1) LIMIT 10", (wanted,)).fetchall()
        self.base.execute(f"SELECT author, count(*) {joined} GROUP BY 1", (wanted,)).fetchall()
        years = self.base.execute(f"SELECT year, count(*) {joined} GROUP BY 1", (wanted,)).fetchall()
        return sum(count for _, count in years)


def row(number: int, title: list[str], body: list[str]) -> tuple[int, str, str]:
    return number, " ".join(title), " ".join(body)


if __name__ == "__main__":
    main()
