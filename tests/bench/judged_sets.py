"""Sets of judged queries in TREC's form, and an index of their documents as the product would make it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.analysis.canonical import canonical
from indexer.builds import BuildStore
from indexer.clinic.casebook import Casebook
from indexer.draft import Draft
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.manifest import Sources
from indexer.model import Article
from tests.relevance.judgements import Qrels, Queries, read_qrels, read_queries

_DOCUMENTS = ".docs.jsonl"


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """`NAME.docs.jsonl` (id, title, lead, text), `NAME.queries.tsv` and `NAME.qrels.tsv` of one folder."""

    name: str
    documents: Path
    queries: Queries
    qrels: Qrels


def find_sets(paths: Iterable[Path]) -> list[JudgedSet]:
    """The sets in the folders, and those that the files belong to.

    Raises:
        FileNotFoundError: a path is not there, or a set is not whole.
        ValueError: a line of one cannot be read.
    """
    return [_read_set(documents) for documents in dict.fromkeys(each for path in paths for each in _documents_at(path))]


def _documents_at(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(path.glob(f"*{_DOCUMENTS}"))
    return [path.with_name(path.name.split(".")[0] + _DOCUMENTS)]


def _read_set(documents: Path) -> JudgedSet:
    if not documents.is_file():
        raise FileNotFoundError(f"{documents} is not there")
    name = documents.name.removesuffix(_DOCUMENTS)
    queries, qrels = (documents.with_name(f"{name}.{part}.tsv") for part in ("queries", "qrels"))
    return JudgedSet(name, documents, read_queries(queries), read_qrels(qrels))


def index_documents(documents: Path, index_dir: Path) -> None:
    """Index a set's documents. Not by `khobao index`, since a document may have no title, as no article may."""
    store, engine = BuildStore(index_dir), WhooshEngine()
    with store.lock():
        draft = Draft(store, engine, None, workers=1)
        count = 0
        for count, article in enumerate(_articles(documents), 1):
            draft.add(article, documents.name, f"{count:016x}")
        store.switch(draft.complete(Sources(), count, Casebook(None)).name)


def _articles(documents: Path) -> Iterator[Article]:
    for record in map(json.loads, documents.read_text(encoding="utf-8").splitlines()):
        title, lead, text = (canonical(record.get(key) or "") for key in ("title", "lead", "text"))
        yield Article(record["id"], title.strip(), lead.strip(), tuple(filter(None, map(str.strip, text.split("\n")))))
