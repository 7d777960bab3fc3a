"""SQLite's FTS5, with articles and bylines in tables beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.bench.contenders import Answer
from tests.bench.corpus import Entry
from tests.bench.queries import FIRST_YEAR, LAST_YEAR, Kind, Query

FILE = "articles.sqlite"

# Everything but blanks belongs to a token, so that SQLite finds exactly the tokens it is given.
TABLES = """
PRAGMA journal_mode = OFF;
CREATE VIRTUAL TABLE text USING fts5(
    title, body, content='', tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'");
CREATE TABLE article (number INTEGER PRIMARY KEY, year INTEGER);
CREATE TABLE byline (number INTEGER, author TEXT, PRIMARY KEY (number, author)) WITHOUT ROWID;
"""


class Fts5:
    """SQLite's full-text search; the text itself is not stored, as with the others."""

    name = index = "fts5"

    def document(self, entry: Entry) -> Entry:
        return entry

    def build(self, folder: Path, documents: Iterable[Entry]) -> None:
        base = sqlite3.connect(folder / FILE)
        base.executescript(TABLES)
        for entry in documents:
            base.execute("INSERT INTO text (rowid, title, body) VALUES (?, ?, ?)", _row(entry))
            base.execute("INSERT INTO article VALUES (?, ?)", (entry.number, entry.year))
            base.executemany("INSERT INTO byline VALUES (?, ?)", [(entry.number, key) for key in entry.author_keys])
        base.execute("INSERT INTO text (text) VALUES ('optimize')")
        base.commit()
        base.close()

    def open(self, folder: Path) -> Fts5Asker:
        return Fts5Asker(folder / FILE)


def _row(entry: Entry) -> tuple[int, str, str]:
    return entry.number, entry.title, entry.body


class Fts5Asker:
    """Three statements an answer: the ten best, the authors, the years (whose sum with the undated is the total)."""

    def __init__(self, file: Path) -> None:
        self._base = sqlite3.connect(file)
        self._base.execute("PRAGMA mmap_size = 4000000000")

    def prepare(self, query: Query) -> tuple[str, str]:
        """What to match, and the condition on the year."""
        joint = {Kind.PHRASE2: " + ", Kind.OR4: " OR "}.get(query.kind, " AND ")
        within = f" AND year BETWEEN {FIRST_YEAR} AND {LAST_YEAR}" if query.kind is Kind.AND2_YEARS else ""
        return joint.join(f'"{term}"' for term in query.terms), within

    def ask(self, prepared: tuple[str, str]) -> tuple[list[Any], list[Any], list[Any]]:
        match, within = prepared
        found = f"FROM text JOIN article ON number = text.rowid WHERE text MATCH ?{within}"
        best = f"SELECT text.rowid {found} ORDER BY bm25(text, 2, 1) LIMIT 10"
        years = f"SELECT year, count(*) {found} GROUP BY 1"
        authors = f"SELECT author, count(*) FROM byline WHERE number IN (SELECT text.rowid {found}) GROUP BY 1"  # noqa: S608 - numbers of ours
        statements = (best, authors, years)
        best_rows, author_rows, year_rows = (self._base.execute(each, (match,)).fetchall() for each in statements)
        return best_rows, author_rows, year_rows

    def answer(self, prepared: tuple[str, str]) -> Answer:
        best, authors, years = self.ask(prepared)
        return Answer(
            total=sum(count for _, count in years),
            authors=dict(authors),
            years={year: count for year, count in years if year is not None},
            best=tuple(number for (number,) in best),
        )
