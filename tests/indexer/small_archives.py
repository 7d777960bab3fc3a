"""Archives of a few words, made for one test."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from indexer.archive import Archive
from indexer.documents import to_document
from indexer.engines.memory import MemoryEngine
from indexer.model import Article
from indexer.ports import Engine, Searcher
from indexer.querying.synonyms import Synonyms, no_synonyms
from indexer.synonym_files import read_abbreviations

FOLDER = Path("small")


@cache
def ready_synonyms() -> Synonyms:
    """The abbreviations that come with the program; an archive asks for them with each question."""
    return Synonyms(read_abbreviations().same)


def searcher_of(articles: Iterable[Article | str], engine: Engine | None = None, folder: Path = FOLDER) -> Searcher:
    """Of articles, or of their texts: those have no title, and are numbered as they come."""
    engine = engine or MemoryEngine()
    engine.create(folder)
    writer = engine.writer(folder)
    for number, given in enumerate(articles):
        article = Article(f"{number:03}", "", given) if isinstance(given, str) else given
        writer.add(to_document(article, "", ""))
    writer.commit()
    return engine.searcher(folder)


def archive_of(*articles: Article | str, synonyms: Callable[[], Synonyms] = no_synonyms) -> Archive:
    """In the reference engine."""
    return Archive(searcher_of(articles), "small", synonyms=synonyms)
