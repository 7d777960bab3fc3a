"""The archive as readers know it: ask, and get a page; open an article, and see your words lit."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from indexer import facets, ranking, similar
from indexer.analysis.canonical import canonical
from indexer.analysis.tokens import syllables_of
from indexer.answering import Answer, Answerer
from indexer.author_merges import NO_MERGES, Merges, signed_under
from indexer.budget import Budget, BudgetSpent
from indexer.completion import Completer
from indexer.explaining.explain import Outcome, clauses_to_weigh, explain
from indexer.explanation import Explanation
from indexer.folding import Clusters, mark_copies, no_clusters
from indexer.highlight import Lit, best_snippets, find_ranges, find_ranges_in_body
from indexer.model import (
    ArchiveSummary,
    Article,
    Choice,
    Completion,
    Export,
    Hit,
    Listing,
    LitArticle,
    Notice,
    SearchPage,
    SearchRequest,
    Sort,
)
from indexer.ports import Matches, Searcher
from indexer.querying.plan import TITLE
from indexer.querying.synonyms import Synonyms, no_synonyms
from indexer.short_codes import Codes
from indexer.sources.signatures import author_key
from indexer.sources.slug import latin

CANDIDATES = 4
"""Articles looked at for each similar one that is wanted: some of them are twins of others."""

NAMESAKES = 50
"""Results among which an article is looked for by its title: it has all the words, side by side, and so stands high."""

BEGUN_WITHIN = 0.8
"""Share of the budget within which new steps are begun, so that what is under way has time to end."""

EXPLAINED_WITHIN = 0.5
"""Share of the budget for a search that is to be explained: to read a very long article takes as long as many searches.
"""

YEAR = re.compile(r"[1-9][0-9]{3}")
MONTH = re.compile(r"[1-9][0-9]{3}-(0[1-9]|1[0-2])")


class Archive:
    """One build, ready to answer. Safe to share between threads.

    Args:
        searcher: over the build.
        build: its name.
        max_query_chars: longer queries are cut, with a notice.
        budget_ms: processor time a question may take before it is answered with what was found; None: any.
        synonyms: asked with each question, so that a list that was changed counts at once.
        merges: the authors that are one.
        clusters: the articles that are one text, asked for with the first search.
    """

    def __init__(
        self,
        searcher: Searcher,
        build: str,
        max_query_chars: int = 500,
        budget_ms: int | None = None,
        synonyms: Callable[[], Synonyms] = no_synonyms,
        merges: Merges = NO_MERGES,
        clusters: Clusters = no_clusters,
    ) -> None:
        self._unmerged, self._synonyms, self._merges, self._budget_ms = searcher, synonyms, merges, budget_ms
        self._searcher = searcher.merging(merges) if merges else searcher
        self._answerer = Answerer(self._searcher, synonyms)
        self._max_query_chars = max_query_chars
        self._clusters = clusters
        self._budget_seconds = None if budget_ms is None else budget_ms / 1000
        self.build = build

    @property
    def article_count(self) -> int:
        return self._searcher.article_count()

    @property
    def edition(self) -> str:
        """Names what answers are made from: the build and the lists that staff keep. Another one, other answers."""
        return f"{self.build}-{self._synonyms().digest}-{self._merges_digest}"

    def merging(self, merges: Merges) -> Archive:
        """The same archive with these authors as one, and no others; itself where nothing changes.

        It shares the open build with this one, which goes on as it was.
        """
        if merges == self._merges:
            return self
        limits = self._max_query_chars, self._budget_ms
        return Archive(self._unmerged, self.build, *limits, self._synonyms, merges, self._clusters)

    def search(self, request: SearchRequest) -> SearchPage:
        """Answer a reader's question; any text is a question."""
        started = time.perf_counter()
        request = self._usable(request)
        text, cut = self._cut(request.text)
        budget = self._budget()
        answer = self._answerer.answer(replace(request, text=text), budget)
        matches = answer.matches
        return SearchPage(
            request=request,
            total=matches.total,
            hits=tuple(mark_copies(self._hits(matches, answer.plan.lit, budget), self._clusters())),
            facets=facets.arrange(matches.counts, request, self._names),
            notices=_notices(answer, cut),
            took_ms=(time.perf_counter() - started) * 1000,
            unfiltered_total=matches.unfiltered_total,
            is_partial=matches.is_partial,
            searched=answer.searched,
            offers=answer.offers,
        )

    def listing(self, request: SearchRequest) -> Listing:
        """What `search` finds, without the articles' words."""
        request = self._usable(request)
        asked = replace(request, text=self._cut(request.text)[0])
        answer = self._answerer.answer(asked, self._budget(), wants_offers=False)
        ids = tuple(article_id for article_id, _ in answer.matches.page)
        return Listing(answer.searched, answer.matches.total, ids, answer.matches.is_partial)

    def source(self, article_id: str) -> str | None:
        """The path of the file an article came from; None when the archive does not hold it."""
        held = self._searcher.holding(article_id)
        return held.path if held else None

    def unlit(self, article_id: str) -> Article | None:
        """An article as it is; None when the archive does not hold it."""
        return self._searcher.article(article_id)

    def export(self, request: SearchRequest, limit: int, *, with_matches: bool = False) -> Export:
        """The first articles that `search` finds, at most `limit`, with all their text; whichever page is asked for.

        They are read from the index one by one, as they are gone through.
        """
        request = self._usable(replace(request, page=1, page_size=limit))
        asked = replace(request, text=self._cut(request.text)[0])
        answer = self._answerer.answer(asked, self._budget(), wants_offers=False)
        matches, lit = answer.matches, answer.plan.lit if with_matches else ()
        articles = (self._searcher.article(article_id) for article_id, _ in matches.page)
        return Export(
            searched=answer.searched,
            total=matches.total,
            count=len(matches.page),
            articles=(_lit_article(article, lit) for article in articles if article),
            is_partial=matches.is_partial,
        )

    def published_in(self, year: int) -> Iterator[tuple[str, date | None]]:
        """Every article of a year, 0 for those without a day: its id and day, in the order of day and id."""
        return ((article_id, _day(number)) for article_id, number in self._searcher.published_in(year))

    def title(self, article_id: str) -> str | None:
        """The title of an article; None when the archive does not hold it."""
        article = self._searcher.article(article_id)
        return article.title if article else None

    def ids(self) -> Iterator[str]:
        """The ids of all articles, in no particular order."""
        return self._searcher.ids()

    def with_code(self, code: str) -> tuple[str, ...]:
        """The ids of the articles with a short code: one as a rule, none where it is nobody's; see `short_codes`."""
        return self._codes.find(code)

    def article(self, article_id: str, query: str = "") -> LitArticle | None:
        """An article with the words of `query` lit; None when the archive does not hold it."""
        article = self._searcher.article(article_id)
        if article is None:
            return None
        question = self._answerer.question(self._cut(query)[0], self._budget())
        try:
            found = _lit_article(article, question.planned.plan.lit)
        except BudgetSpent:
            found = _lit_article(article, ())
        return replace(found, called=self._called(article)) if self._merges else found

    def _called(self, article: Article) -> dict[str, str]:
        """How the authors are called who are listed under another name than the article prints."""
        names, keys = self._searcher.lexicon.author_names(), [author.key for author in article.authors]
        listed = {key: self._merges.key(key) for key in keys}
        return {key: names.get(under, under) for key, under in listed.items() if under != key}

    def id_of(self, name: str) -> str | None:
        """The id of the article with this id or title, or with this title as it would stand in an address."""
        if self._searcher.article(name):
            return name
        wanted = latin(name).lower()
        request = SearchRequest(wanted.replace("-", " "), page_size=NAMESAKES)
        return next((hit.id for hit in self.search(request).hits if latin(hit.title).lower() == wanted), None)

    def similar(self, article_id: str, count: int = 5) -> tuple[Hit, ...]:
        """Articles on the same subject, the most similar first; none where there are none, or no such article."""
        article = self._searcher.article(article_id)
        lexicon = self._searcher.lexicon
        plan = article and similar.plan_similar(article, self.article_count, lexicon.compound_frequency)
        if not article or not plan:
            return ()
        request = SearchRequest(page_size=CANDIDATES * count)
        page = self._searcher.search(plan, request, self._budget()).page
        found = (self._searcher.article(candidate) for candidate in similar.close_enough(page))
        chosen = similar.without_twins(article, filter(None, found), count)
        scores = dict(page)
        return tuple(_hit(each, scores[each.id], ()) for each in chosen)

    def explain(self, request: SearchRequest, article_id: str) -> Explanation | None:
        """Why the question finds the article, or does not; None when the archive does not hold it.

        Where something else was searched than what was typed, and that does not find it either, what was typed is
        explained.
        """
        article = self._searcher.article(article_id)
        if article is None:
            return None
        budget = self._budget(EXPLAINED_WITHIN)
        explanation = self._explain(request, article, budget)
        if explanation.query.holds or request.literal or budget.is_spent:
            return explanation
        return self._explain(replace(request, literal=True), article, budget)

    def _explain(self, request: SearchRequest, article: Article, budget: Budget) -> Explanation:
        request = replace(self._usable(request), page=1, page_size=ranking.RESCORED)
        text, cut = self._cut(request.text)
        answer = self._answerer.answer(replace(request, text=text), budget, wants_offers=False)
        clauses = clauses_to_weigh(answer.plan)
        weighings = self._searcher.weigh(clauses, article.id) or ()
        outcome = Outcome(
            replace(request, text=answer.searched),
            answer.plan,
            answer.matches,
            _notices(answer, cut),
            self._names,
        )
        signed = signed_under(article, self._merges)
        return explain(signed, outcome, dict(zip(clauses, weighings, strict=True)))

    def complete(self, text: str, count: int = 8) -> tuple[Completion, ...]:
        """How the words at the end of a search box may go on, at most `count` ways; any text is fine."""
        return self._completer.complete(text, count)

    def summary(self) -> ArchiveSummary:
        """The archive at a glance."""
        return self._summary

    @cached_property
    def _merges_digest(self) -> str:
        return self._merges.digest

    @cached_property
    def _completer(self) -> Completer:
        return Completer(self._searcher, self._answerer.count)

    @cached_property
    def _codes(self) -> Codes:
        return Codes(self.ids())

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

    def _budget(self, share: float = 1.0) -> Budget:
        if self._budget_seconds is None:
            return Budget(None)
        seconds = self._budget_seconds * share
        return Budget(seconds * BEGUN_WITHIN, seconds)

    def _cut(self, text: str) -> tuple[str, tuple[Notice, ...]]:
        """The text as far as it is read, and what to say where it was cut."""
        if len(text) <= self._max_query_chars:
            return text, ()
        return text[: self._max_query_chars], (Notice("query_cut", {"limit": str(self._max_query_chars)}),)

    def _hits(self, matches: Matches, lit: Lit, budget: Budget) -> list[Hit]:
        """Those that there is no time left for show how they begin."""
        articles = ((self._searcher.article(id_), score) for id_, score in matches.page)
        return [_hit(article, score, () if budget.is_overdrawn else lit) for article, score in articles if article]

    def _usable(self, request: SearchRequest) -> SearchRequest:
        """The request without facet values that no article can have, and with authors and labels by their keys."""
        author = request.author
        labels: dict[str, Any] = {facet: _keyed(request.choice(facet)) for facet in facets.LABELS}
        return replace(
            request,
            author=Choice(self._author_keys(author.include), self._author_keys(author.exclude)),
            **labels,
            year=_matching(request.year, YEAR),
            month=_matching(request.month, MONTH),
            page=max(1, request.page),
            page_size=max(1, request.page_size),
        )

    def _author_keys(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The keys authors are listed under: of any of their keys, of a name that is written out (`BS ĐÌNH LÂM`); an
        unknown name unchanged, and each once."""
        keys = self._searcher.lexicon.author_keys()
        known = (keys.get(name) or self._keys_by_spelling.get(_spelled(author_key(name)), name) for name in names)
        return tuple(dict.fromkeys(known))

    @cached_property
    def _names(self) -> facets.Names:
        lexicon = self._searcher.lexicon
        return {facets.AUTHOR: lexicon.author_names(), **{one: lexicon.label_names(one) for one in facets.LABELS}}

    @cached_property
    def _keys_by_spelling(self) -> dict[str, str]:
        return {_spelled(key): listed for key, listed in self._searcher.lexicon.author_keys().items()}


def _notices(answer: Answer, cut: tuple[Notice, ...]) -> tuple[Notice, ...]:
    partial = (Notice("partial_answer"),) if answer.matches.is_partial else ()
    return (*partial, *cut, *answer.notices)


def _lit_article(article: Article, lit: Lit) -> LitArticle:
    if not lit:
        return LitArticle(article)  # without a look at its words, which is what takes time
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
        source=article.source,
        score=score,
        snippets=best_snippets(article.passages(), lit),
    )


def _day(number: int) -> date | None:
    """The day that is written as yyyymmdd."""
    return date(number // 10_000, number // 100 % 100, number % 100) if number else None


def _spelled(name: str) -> str:
    return " ".join(token.text for token in syllables_of(canonical(name)))


def _keyed(choice: Choice) -> Choice:
    """The choice by the keys of what is written out; each once."""
    return Choice(*(tuple(dict.fromkeys(map(facets.label_key, each))) for each in (choice.include, choice.exclude)))


def _matching(choice: Choice, shape: re.Pattern[str]) -> Choice:
    include = tuple(value for value in choice.include if shape.fullmatch(value))
    exclude = tuple(value for value in choice.exclude if shape.fullmatch(value))
    return Choice(include, exclude)
