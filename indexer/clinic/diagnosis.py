"""An article -> what a person should look at. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.model import Article
from indexer.problems import Problem, ProblemKind


def diagnose(article: Article, path: str) -> Iterator[Problem]:
    """The problems of one article, as far as it shows them by itself."""
    if article.published is None:
        yield Problem(ProblemKind.NO_DATE, article.id, path)
    if not article.authors:
        yield Problem(ProblemKind.NO_BYLINE, article.id, path)
