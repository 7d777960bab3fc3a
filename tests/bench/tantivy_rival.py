"""tantivy, the Rust engine, through its Python package, called the quickest way we found.

Counting the matches while looking for the ten best was quicker than a second count; article numbers come from a fast
field, not from the document store.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

from tests.bench import queries
from tests.bench.contenders import Answer
from tests.bench.corpus import Entry
from tests.bench.queries import FIRST_YEAR, LAST_YEAR, Kind

HEAP_BYTES = 512_000_000
TITLE_BOOST = 2.0
ALL = 1_000_000
"""More buckets than there are authors or years."""


class Tantivy:
    """tantivy. `authors`: how many of the most frequent authors the timed answer lists."""

    index = "tantivy"

    def __init__(self, name: str, authors: int) -> None:
        self.name = name
        self._authors = authors

    def document(self, entry: Entry) -> tantivy.Document:
        document = tantivy.Document(title=entry.title, body=entry.body, author=entry.author_keys, number=entry.number)
        if entry.year is not None:
            document.add_integer("year", entry.year)
        return document

    def build(self, folder: Path, documents: Iterable[tantivy.Document]) -> None:
        writer = tantivy.Index(_schema(), str(folder)).writer(HEAP_BYTES, 1)
        for document in documents:
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> TantivyAsker:
        return TantivyAsker(folder, self._authors)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("title", tokenizer_name="whitespace")
    builder.add_text_field("body", tokenizer_name="whitespace")
    builder.add_text_field("author", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("year", fast=True, indexed=True)
    builder.add_integer_field("number", fast=True)
    return builder.build()


class TantivyAsker:
    """Two calls an answer, search and aggregate, since the package has none for both."""

    def __init__(self, folder: Path, authors: int) -> None:
        index = tantivy.Index.open(str(folder))
        self._schema = index.schema
        self._searcher = index.searcher()
        self._counts = _aggregations(authors)

    def prepare(self, query: queries.Query) -> Query:
        if query.kind is Kind.PHRASE2:
            return self._in_both_fields(lambda field: Query.phrase_query(self._schema, field, list(query.terms)))
        occur = Occur.Should if query.kind is Kind.OR4 else Occur.Must
        words = Query.boolean_query([(occur, self._word(term)) for term in query.terms])
        return self._in_years(words) if query.kind is Kind.AND2_YEARS else words

    def _word(self, term: str) -> Query:
        return self._in_both_fields(lambda field: Query.term_query(self._schema, field, term))

    def _in_both_fields(self, in_field: Any) -> Query:
        title = Query.boost_query(in_field("title"), TITLE_BOOST)
        return Query.boolean_query([(Occur.Should, title), (Occur.Should, in_field("body"))])

    def _in_years(self, words: Query) -> Query:
        years = Query.range_query(self._schema, "year", tantivy.FieldType.Integer, FIRST_YEAR, LAST_YEAR)
        return Query.boolean_query([(Occur.Must, words), (Occur.Must, Query.const_score_query(years, 0.0))])

    def ask(self, prepared: Query) -> tuple[int, list[Any], dict[str, Any]]:
        return self._ask(prepared, self._counts)

    def _ask(self, prepared: Query, counts: dict[str, Any]) -> tuple[int, list[Any], dict[str, Any]]:
        found: Any = self._searcher.search(prepared, 10, count=True)  # the package's types leave `count` out
        best = self._searcher.fast_field_values("number", [address for _, address in found.hits])
        return found.count, best, self._searcher.aggregate(prepared, counts)

    def answer(self, prepared: Query) -> Answer:
        total, best, counts = self._ask(prepared, _aggregations(ALL))
        return Answer(total, _buckets(counts["author"]), _buckets(counts["year"]), tuple(best))


def _aggregations(authors: int) -> dict[str, Any]:
    return {
        "author": {"terms": {"field": "author", "size": authors}},
        "year": {"terms": {"field": "year", "size": ALL}},
    }


def _buckets(aggregation: dict[str, Any]) -> dict[Any, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in aggregation["buckets"]}
