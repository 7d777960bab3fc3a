"""Whoosh 2.7.4 as it comes: its own codec, searcher, scoring and facets."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh import fields, index, query, sorting
from whoosh.analysis import SpaceSeparatedTokenizer

from tests.bench.contenders import Answer
from tests.bench.corpus import Entry
from tests.bench.queries import FIRST_YEAR, LAST_YEAR, Kind, Query

MEMORY_MB = 512


class StockWhoosh:
    """Whoosh without anything of ours; it takes the same tokens as lists."""

    name = index = "whoosh"

    def document(self, entry: Entry) -> dict[str, Any]:
        document = {"number": entry.number, "title": entry.title.split(), "body": entry.body.split()}
        year = {"year": entry.year} if entry.year is not None else {}
        return {**document, "author": entry.author_keys, **year}

    def build(self, folder: Path, documents: Iterable[dict[str, Any]]) -> None:
        writer = index.create_in(str(folder), _schema()).writer(limitmb=MEMORY_MB)
        for document in documents:
            writer.add_document(**document)
        writer.commit()

    def open(self, folder: Path) -> StockAsker:
        return StockAsker(index.open_dir(str(folder)).searcher())


def _schema() -> Any:
    tokens = SpaceSeparatedTokenizer()
    return fields.Schema(
        number=fields.STORED(),
        title=fields.TEXT(analyzer=tokens, field_boost=2.0),
        body=fields.TEXT(analyzer=tokens),
        author=fields.KEYWORD(analyzer=tokens),
        year=fields.NUMERIC(sortable=True),
    )


class StockAsker:
    """Asks with groups by author (articles may have two) and by year."""

    def __init__(self, searcher: Any) -> None:
        self._searcher = searcher
        self._groups = {
            "author": sorting.FieldFacet("author", allow_overlap=True, maptype=sorting.Count),
            "year": sorting.FieldFacet("year", maptype=sorting.Count),
        }

    def prepare(self, asked: Query) -> tuple[Any, Any]:
        """The query and the filter."""
        words = [_in_both_fields(query.Term, term) for term in asked.terms]
        years = query.NumericRange("year", FIRST_YEAR, LAST_YEAR) if asked.kind is Kind.AND2_YEARS else None
        match asked.kind:
            case Kind.PHRASE2:
                return _in_both_fields(query.Phrase, list(asked.terms)), None
            case Kind.OR4:
                return query.Or(words), None
            case _:
                return query.And(words), years

    def ask(self, prepared: tuple[Any, Any]) -> tuple[int, list[int], dict[Any, int], dict[Any, int]]:
        wanted, within = prepared
        found = self._searcher.search(wanted, limit=10, groupedby=self._groups, filter=within)
        best = [hit["number"] for hit in found]
        return len(found), best, found.groups("author"), found.groups("year")

    def answer(self, prepared: tuple[Any, Any]) -> Answer:
        total, best, authors, years = self.ask(prepared)
        named = {author: count for author, count in authors.items() if author is not None}
        dated = {year: count for year, count in years.items() if year and year < 10_000}  # the rest means "no year"
        return Answer(total, named, dated, tuple(best))


def _in_both_fields(make: Any, wanted: Any) -> Any:
    return query.Or([make("title", wanted), make("body", wanted)])
