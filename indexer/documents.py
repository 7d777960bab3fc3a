"""An article as an engine takes it in: its tokens per field beside the article itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.analysis.names import NO_NAMES, Names, find_names
from indexer.analysis.tokens import analyse, terms_of
from indexer.model import Article
from indexer.querying.plan import BODY, TITLE

PASSAGE_BREAK = "¶"
"""Stands between two passages of a field, so that no phrase spans them; no letter, so no query token equals it."""


@dataclass(frozen=True, slots=True)
class Document:
    """What is indexed. `title` and `body` are syllables in order, `compounds` the segmented words of both, and
    `names` whom and what they name.

    `path` and `digest` say which source the article came from and what it held then; they are how a later run
    knows what changed.
    """

    article: Article
    path: str
    digest: str
    title: tuple[str, ...]
    body: tuple[str, ...]
    compounds: tuple[str, ...]
    names: Names = NO_NAMES


def to_document(article: Article, path: str, digest: str) -> Document:
    """Analyse an article. The names of its authors are searchable like the text they wrote."""
    title = analyse(article.title)
    compounds = list(title.compounds)
    body: list[str] = []
    for passage in _searchable(article):
        analysis = analyse(passage)
        if body:
            body.append(PASSAGE_BREAK)
        body += analysis.terms
        compounds += analysis.compounds
    return Document(
        article=article,
        path=path,
        digest=digest,
        title=tuple(title.terms),
        body=tuple(body),
        compounds=tuple(compounds),
        names=find_names((article.title, *article.passages())),
    )


def _searchable(article: Article) -> tuple[str, ...]:
    return (*article.passages(), *(author.name for author in article.authors))


def terms_in(article: Article) -> dict[str, list[str]]:
    """The syllables of title and body as `to_document` gives them, in a fraction of the time: without the words."""
    body: list[str] = []
    for passage in _searchable(article):
        if body:
            body.append(PASSAGE_BREAK)
        body += terms_of(passage)
    return {TITLE: terms_of(article.title), BODY: body}


def field_length(tokens: Sequence[str]) -> int:
    """Number of syllables, not counting passage breaks."""
    return len(tokens) - tokens.count(PASSAGE_BREAK)
