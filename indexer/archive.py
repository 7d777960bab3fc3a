"""The archive as readers know it: ask, and get a page; open an article, and see your words lit."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from functools import cached_property

from indexer import facets
from indexer.analysis.canonical import canonical
from indexer.analysis.tokens import syllables_of
from indexer.budget import Budget
from indexer.completion import Completer
from indexer.highlight import Lit, best_snippets, find_ranges, find_ranges_in_body
from indexer.model import (
    ArchiveSummary,
    Article,
    Choice,
    Completion,
    Hit,
    LitArticle,
    Notice,
    SearchPage,
    SearchRequest,
    Sort,
)
from indexer.ports import Matches, Searcher
from indexer.querying.parser import parse
from indexer.querying.plan import TITLE, Plan
from indexer.querying.planner import Planned, make_plan

YEAR = re.compile(r"[1-9][0-9]{3}")
MONTH = re.compile(r"[1-9][0-9]{3}-(0[1-9]|1[0-2])")


class Archive:
    """One build, ready to answer. Safe to share between threads.

    Args:
        searcher: over the build.
        build: its name.
        max_query_chars: longer queries are cut, with a notice.
        budget_ms: processor time a question may take before it is answered with what was found; None: any.
    """

    def __init__(
        self, searcher: Searcher, build: str, max_query_chars: int = 500, budget_ms: int | None = None
    ) -> None:
        self._searcher = searcher
        self._max_query_chars = max_query_chars
        self._budget_seconds = None if budget_ms is None else budget_ms / 1000
        self.build = build

    @property
    def article_count(self) -> int:
        return self._searcher.article_count()

    def search(self, request: SearchRequest) -> SearchPage:
        """Answer a reader's question; any text is a question."""
        started = time.perf_counter()
        request = self._usable(request)
        planned = self._plan(request.text)
        plan, matches, notices = self._find(planned, request, Budget(self._budget_seconds))
        if matches.is_partial:
            notices = (Notice("partial_answer"), *notices)
        return SearchPage(
            request=request,
            total=matches.total,
            hits=tuple(self._hits(matches, plan.lit)),
            facets=facets.arrange(matches.counts, request, self._searcher.lexicon.author_names()),
            notices=notices,
            took_ms=(time.perf_counter() - started) * 1000,
            unfiltered_total=matches.unfiltered_total,
            is_partial=matches.is_partial,
        )

    def article(self, article_id: str, query: str = "") -> LitArticle | None:
        """An article with the words of `query` lit; None when the archive does not hold it."""
        article = self._searcher.article(article_id)
        if article is None:
            return None
        return _lit_article(article, self._plan(query).plan.lit)

    def complete(self, text: str, count: int = 8) -> tuple[Completion, ...]:
        """How the words at the end of a search box may go on, at most `count` ways; any text is fine."""
        return self._completer.complete(text, count)

    def summary(self) -> ArchiveSummary:
        """The archive at a glance."""
        return self._summary

    @cached_property
    def _completer(self) -> Completer:
        return Completer(self._searcher)

    @cached_property
    def _summary(self) -> ArchiveSummary:
        newest = self.search(SearchRequest(sort=Sort.NEWEST, page_size=8))
        oldest = self.search(SearchRequest(sort=Sort.OLDEST, page_size=1))
        dates = [hit.published.day for hit in (*oldest.hits, *newest.hits[:1]) if hit.published]
        return ArchiveSummary(
            articles=newest.total,
            first_day=min(dates, default=None),
            last_day=max(dates, default=None),
            years=newest.facets[facets.YEAR],
            authors=newest.facets[facets.AUTHOR],
            newest=newest.hits,
            build=self.build,
        )

    def _plan(self, text: str) -> Planned:
        planned = make_plan(parse(text[: self._max_query_chars]), self._searcher.lexicon)
        if len(text) <= self._max_query_chars:
            return planned
        cut = Notice("query_cut", {"limit": str(self._max_query_chars)})
        return replace(planned, notices=(cut, *planned.notices))

    def _find(
        self, planned: Planned, request: SearchRequest, budget: Budget
    ) -> tuple[Plan, Matches, tuple[Notice, ...]]:
        """Look for all the words; where no article has them all, for most of them.

        When time ran out before it was known that none has them all, a second search would take as long again, only
        to run out as well and to say what nobody knows.
        """
        plan = planned.plan
        matches = self._searcher.search(plan, request, budget)
        if matches.unfiltered_total or matches.is_partial or plan.relaxed is None:
            return plan, matches, planned.notices
        relaxed = replace(plan, match=plan.relaxed, tiers=())
        most = self._searcher.search(relaxed, request, budget)
        if not most.unfiltered_total:
            return plan, replace(matches, is_partial=most.is_partial), planned.notices
        values = {"found": str(most.words_found), "wanted": str(len(plan.relaxed.clauses))}
        return relaxed, most, (*planned.notices, Notice("most_words", values))

    def _hits(self, matches: Matches, lit: Lit) -> list[Hit]:
        articles = ((self._searcher.article(id_), score) for id_, score in matches.page)
        return [_hit(article, score, lit) for article, score in articles if article]

    def _usable(self, request: SearchRequest) -> SearchRequest:
        """The request without facet values that no article can have, and with authors by their keys."""
        author = request.author
        return replace(
            request,
            author=Choice(self._author_keys(author.include), self._author_keys(author.exclude)),
            year=_matching(request.year, YEAR),
            month=_matching(request.month, MONTH),
            page=max(1, request.page),
            page_size=max(1, request.page_size),
        )

    def _author_keys(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Keys as they are; the key of a name that is written out (`ĐÌNH LÂM`), and an unknown name unchanged."""
        keys = self._searcher.lexicon.author_names()
        return tuple(name if name in keys else self._keys_by_spelling.get(_spelled(name), name) for name in names)

    @cached_property
    def _keys_by_spelling(self) -> dict[str, str]:
        return {_spelled(key): key for key in self._searcher.lexicon.author_names()}


def _lit_article(article: Article, lit: Lit) -> LitArticle:
    captions = (caption.text for caption in article.captions)
    lead, *others = find_ranges_in_body((article.lead, *article.paragraphs, *captions), lit)
    return LitArticle(
        article=article,
        title=find_ranges(article.title, lit, TITLE),
        lead=lead,
        paragraphs=tuple(others[: len(article.paragraphs)]),
        captions=tuple(others[len(article.paragraphs) :]),
    )


def _hit(article: Article, score: float, lit: Lit) -> Hit:
    return Hit(
        id=article.id,
        title=article.title,
        title_matches=find_ranges(article.title, lit, TITLE),
        published=article.published,
        authors=article.authors,
        section=article.section,
        score=score,
        snippets=best_snippets(article.passages(), lit),
    )


def _spelled(name: str) -> str:
    return " ".join(token.text for token in syllables_of(canonical(name)))


def _matching(choice: Choice, shape: re.Pattern[str]) -> Choice:
    include = tuple(value for value in choice.include if shape.fullmatch(value))
    exclude = tuple(value for value in choice.exclude if shape.fullmatch(value))
    return Choice(include, exclude)
