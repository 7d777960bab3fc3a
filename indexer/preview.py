"""What a file will become, before it is taken in: its articles as they would be read, beside what the archive holds.

It reads with the readers of a run, and with the corrections in force, so that what it shows is what a run would make.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from indexer.clinic.corrections import Corrections, beside_source
from indexer.clinic.diagnosis import diagnose
from indexer.columns import Columns
from indexer.manifest import Sources
from indexer.model import Article, LitArticle, Rejected, Remark, SearchPage, SearchRequest
from indexer.problems import Problem
from indexer.sources.reader import Item, address_of, read_source
from indexer.sources.walk import CorrectionsPath, find_sources

SHOWN = 5
"""Articles of one file that are shown; the others are only counted."""

MOST_READ = 2000
"""Articles, rejects and remarks of one file that are read: a table of the whole archive need not be read to its end."""

NAMESAKES = 5
"""Results among which an article of the same title is looked for: it has all the words, and so stands at the top."""

PASSAGES = 3
"""The beginning of an article: so many paragraphs of it."""


class Standing(StrEnum):
    """What the archive holds under the id of an article already."""

    NEW = "new"
    SAME = "same"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Twin:
    """An article of the archive with the same title; `is_equal` where all else is the same, too, to the letter."""

    id: str
    title: str
    is_equal: bool


@dataclass(frozen=True, slots=True)
class ArticlePreview:
    """An article as it would be read. `held_title` is the title of what the archive holds under its id."""

    article: Article
    problems: tuple[Problem, ...] = ()
    standing: Standing = Standing.NEW
    held_title: str = ""
    twins: tuple[Twin, ...] = ()

    @property
    def opening(self) -> tuple[str, ...]:
        """The first paragraphs."""
        return self.article.paragraphs[:PASSAGES]


@dataclass(frozen=True, slots=True)
class FilePreview:
    """A file as it would be read. The counts are of all that was read; `is_cut` says that there is more."""

    path: str
    articles: tuple[ArticlePreview, ...] = ()
    article_count: int = 0
    rejected: tuple[Rejected, ...] = ()
    rejected_count: int = 0
    remarks: tuple[Remark, ...] = ()
    is_cut: bool = False


class Held(Protocol):
    """What is asked of the archive."""

    def article(self, article_id: str) -> LitArticle | None:
        """The article with this id."""

    def search(self, request: SearchRequest) -> SearchPage:
        """One page of results."""


def preview(
    path: Path,
    folder: Path | None,
    sources: Sources,
    max_bytes: int,
    columns: Columns,
    held: Held | None,
    corrections: Corrections,
) -> FilePreview:
    """What a run would make of a file.

    Args:
        path: the file.
        folder: where it would lie when the run reads it; None: where it is.
        sources: what the archive is made of, which says how ids are made of paths.
        max_bytes, columns: as for a run.
        held: the archive as it is; None where there is none yet.
        corrections: those the archive was made with; the ones that lie beside the file are looked at here.
    """
    source = next(find_sources(path))  # the file, or why it is not read; then what lies beside it
    if isinstance(source, CorrectionsPath):
        source = Rejected(str(path), "holds corrections of articles, and no article")
    if isinstance(source, Rejected):
        return FilePreview(str(path), rejected=(source,), rejected_count=1)
    there = os.path.join(os.path.abspath(folder or path.parent), path.name)
    address = address_of(there, sources.roots, sources.addresses)
    corrections.look([beside_source(there)], lambda _id: None)
    reading = _Reading(str(path))
    for item in read_source(source, max_bytes, columns, address):
        reading.take(corrections.apply(item, there))
        if reading.is_cut:
            break
    return reading.result(held, corrections)


@dataclass(slots=True)
class _Reading:
    """A file while it is read: what is shown of it, and the counts of the rest."""

    path: str
    articles: list[Article] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    article_count: int = 0
    read_count: int = 0

    @property
    def is_cut(self) -> bool:
        return self.read_count > MOST_READ

    def take(self, item: Item) -> None:
        self.read_count += 1
        if self.is_cut:
            return
        if isinstance(item, Rejected):
            self.rejected.append(item)
        elif isinstance(item, Remark):
            self.remarks.append(item)
        else:
            self.article_count += 1
            if len(self.articles) < SHOWN:
                self.articles.append(item)

    def result(self, held: Held | None, corrections: Corrections) -> FilePreview:
        return FilePreview(
            path=self.path,
            articles=tuple(_beside(article, self.path, held, corrections) for article in self.articles),
            article_count=self.article_count,
            rejected=tuple(self.rejected),
            rejected_count=len(self.rejected),
            remarks=tuple(self.remarks),
            is_cut=self.is_cut,
        )


def _beside(article: Article, path: str, held: Held | None, corrections: Corrections) -> ArticlePreview:
    """The article beside what the archive holds, with those of its problems that nobody said are right so."""
    problems = tuple(each for each in diagnose(article, path) if not corrections.is_accepted(article.id, each.kind))
    if held is None:
        return ArticlePreview(article, problems)
    found = held.article(article.id)
    standing = Standing.NEW
    if found:
        standing = Standing.SAME if found.article == article else Standing.OTHER
    title = found.article.title if found else ""
    return ArticlePreview(article, problems, standing, title, tuple(_twins(article, held)))


def _twins(article: Article, held: Held) -> Iterator[Twin]:
    """The articles with the same title under other ids."""
    for hit in held.search(SearchRequest(article.title, page_size=NAMESAKES)).hits:
        if hit.title == article.title and hit.id != article.id and (found := held.article(hit.id)):
            yield Twin(hit.id, hit.title, is_equal=replace(found.article, id=article.id) == article)
