"""Our engine as a contender: the same fields as the rivals for the comparison, or all that the product indexes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from indexer import facets
from indexer.documents import Document
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.model import Article, Author, SearchRequest, Stamp
from indexer.ports import Matches, Searcher
from indexer.querying.plan import AllOf, AnyOf, Clause, Plan, Published, Sequence, Spellings
from tests.bench.contenders import Answer
from tests.bench.corpus import Entry
from tests.bench.queries import FIRST_YEAR, LAST_YEAR, Kind, Query


class Ours:
    """Our engine. `whole`: with the stored text and the compounds, which the rivals do not get."""

    def __init__(self, name: str, *, whole: bool) -> None:
        self.name = self.index = name
        self._whole = whole
        self._tokens: dict[str, str] = {}

    def document(self, entry: Entry) -> Document:
        title, lead, *paragraphs = entry.text if self._whole else ("", "")
        article = Article(
            id=str(entry.number),
            title=title,
            lead=lead,
            paragraphs=tuple(paragraphs),
            authors=tuple(Author(name, key) for name, key in entry.authors),
            published=Stamp(datetime.fromisoformat(entry.published)) if entry.published else None,
        )
        return Document(
            article=article,
            path="articles.jsonl",
            digest=f"{entry.number:016x}",
            title=self._shared(entry.title),
            body=self._shared(entry.body),
            compounds=self._shared(entry.compounds) if self._whole else (),
        )

    def _shared(self, tokens: str) -> tuple[str, ...]:
        """As the analysis gives them: equal tokens are one string."""
        return tuple(self._tokens.setdefault(token, token) for token in tokens.split())

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        engine = WhooshEngine()
        engine.create(folder)
        writer = engine.writer(folder)
        for document in documents:
            writer.add(document)
        writer.commit()

    def open(self, folder: Path) -> OurAsker:
        return OurAsker(WhooshEngine(cache_mb=0).searcher(folder))  # rivals keep no answers, so neither do we


class OurAsker:
    """Asks a searcher with plans that mean exactly what the rivals are asked: no bonuses, no tiers."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    def prepare(self, query: Query) -> Plan:
        return Plan(_clause(query))

    def ask(self, prepared: Plan) -> Matches:
        return self._searcher.search(prepared, SearchRequest())

    def answer(self, prepared: Plan) -> Answer:
        found = self.ask(prepared)
        return Answer(
            total=found.total,
            authors={key: count for key, count in found.counts[facets.AUTHOR].items() if count},
            years={int(year): count for year, count in found.counts[facets.YEAR].items() if count},
            best=tuple(int(article_id) for article_id, _ in found.page),
        )


def _clause(query: Query) -> Clause:
    words = tuple(Spellings((term,)) for term in query.terms)
    match query.kind:
        case Kind.PHRASE2:
            return Sequence(words)
        case Kind.OR4:
            return AnyOf(words)
        case Kind.AND2_YEARS:
            # A chosen year would not narrow our own year counts, as a filter narrows the rivals'; a clause does.
            return AllOf((*words, Published(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))))
        case _:
            return AllOf(words)
