"""What the tests of relevance ask the sample archive, and what they know of it without asking."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

import pytest

from indexer.analysis.canonical import canonical
from indexer.analysis.tokens import terms_of
from indexer.archive import Archive
from indexer.model import Article, SearchPage, SearchRequest

Ask = Callable[..., SearchPage]


@pytest.fixture(scope="session")
def ask(sample_archive: Archive) -> Ask:
    """Asks for up to 100 hits: `ask("mưa", literal=True)`; each question once, as many tests put the same."""

    @cache
    def search(text: str, *, literal: bool = False) -> SearchPage:
        return sample_archive.search(SearchRequest(text, literal=literal, page_size=100))

    return search


@pytest.fixture(scope="session")
def articles(sample_archive: Archive) -> Mapping[str, Article]:
    """All articles of the sample archive by id."""
    ids = [hit.id for hit in sample_archive.search(SearchRequest(page_size=100)).hits]
    opened = {article_id: sample_archive.article(article_id) for article_id in ids}
    return {article_id: found.article for article_id, found in opened.items() if found}


Holding = Callable[..., set[str]]


@pytest.fixture(scope="session")
def holding(articles: Mapping[str, Article]) -> Holding:
    """Articles that hold all the words as they are spelled (`phrase`: side by side), by looking at every text."""
    passages = {
        article.id: [
            terms_of(text) for text in (article.title, *article.passages(), *(each.name for each in article.authors))
        ]
        for article in articles.values()
    }

    def find(text: str, *, phrase: bool = False) -> set[str]:
        words = terms_of(canonical(text))
        if phrase:
            return {article_id for article_id, parts in passages.items() if any(_holds(part, words) for part in parts)}
        return {
            article_id for article_id, parts in passages.items() if set(words) <= {term for p in parts for term in p}
        }

    return find


def _holds(terms: list[str], run: list[str]) -> bool:
    return any(terms[start : start + len(run)] == run for start in range(len(terms) - len(run) + 1))
