"""Reads judged queries in TREC's form, whose cells are parted by tabs.

A line of queries is ID, TEXT; a line of judgements (qrels) is ID, 0, DOCUMENT, GRADE. Lines that begin with # and empty
lines are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

Queries = dict[str, str]
"""Id -> what is typed."""

Qrels = dict[str, dict[str, int]]
"""Id of a query -> document -> grade."""


def read_queries(path: Path) -> Queries:
    """Raises ValueError, with the place, for a line of another form and for an id that is there twice."""
    queries: Queries = {}
    for place, cells in _rows(path, 2):
        name, text = cells
        if name in queries:
            raise ValueError(f"{place}: {name} is there twice")
        queries[name] = text
    return queries


def read_qrels(path: Path) -> Qrels:
    """Raises ValueError, with the place, for a line of another form and for a document judged twice."""
    qrels: Qrels = {}
    for place, (name, _, document, grade) in _rows(path, 4):
        judged = qrels.setdefault(name, {})
        if document in judged or not grade.isdecimal():
            raise ValueError(f"{place}: {document} is judged twice, or {grade!r} is no grade")
        judged[document] = int(grade)
    return qrels


def _rows(path: Path, width: int) -> Iterator[tuple[str, list[str]]]:
    """Each row's place (`file:line`) and cells."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != width:
            raise ValueError(f"{path}:{number}: has {len(cells)} cells instead of {width}")
        yield f"{path}:{number}", cells
