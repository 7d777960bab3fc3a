"""Answers from one committed index in the cluster, which never changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from typing import Any, NamedTuple

from indexer import ranking
from indexer.author_merges import NO_MERGES, Merges, widen, widen_plan, widen_request
from indexer.budget import UNLIMITED, Budget
from indexer.engines.opensearch_engine import facet_counts, far_pages, filters, long_facets, pages, scans, words
from indexer.engines.opensearch_engine.articles import Articles
from indexer.engines.opensearch_engine.client import Cluster
from indexer.engines.opensearch_engine.compiling import Compiler
from indexer.engines.opensearch_engine.kept import Kept
from indexer.engines.opensearch_engine.measuring import Measures
from indexer.engines.opensearch_engine.near import is_told, nears_in
from indexer.engines.opensearch_engine.questions import Questions
from indexer.engines.opensearch_engine.verification import problems_of
from indexer.engines.opensearch_engine.words import Query
from indexer.lexicon.parted import PartedLexicon
from indexer.model import Article, SearchRequest
from indexer.ports import Holding, Matches, Weighing
from indexer.querying.plan import Clause, MostOf, Near, Plan, TextClause, texts_in

COUNTS_KEPT = 4096


class Matched(NamedTuple):
    """What a plan's match asks for: scored, and as a filter. `words_found` as in `ports.Matches`."""

    scoring: Query
    filtering: Query
    words_found: int = 0


class OpenSearchSearcher:
    """See `ports.Searcher`. Safe to share between threads.

    Raises ClusterAway and ClusterRefused, whatever it is asked.
    """

    def __init__(self, cluster: Cluster, index: str, lexicon: PartedLexicon) -> None:
        self._cluster, self._index, self.lexicon = cluster, index, lexicon
        self._articles = Articles(cluster, index)
        self._measures = Measures(cluster, index, lexicon)
        self._counts: Kept[tuple[Clause, SearchRequest], int] = Kept(COUNTS_KEPT)
        self._merges = NO_MERGES

    def merging(self, merges: Merges) -> OpenSearchSearcher:
        other = copy(self)
        other._merges, other.lexicon = merges, self.lexicon.merging(merges)
        return other

    def close(self) -> None:
        """The connections belong to the engine."""

    # -- one article, and all of them

    def article_count(self) -> int:
        return self._measures.articles

    def article(self, article_id: str) -> Article | None:
        return self._articles.get(article_id)

    def holding(self, article_id: str) -> Holding | None:
        return self._articles.holding(article_id)

    def ids(self) -> Iterator[str]:
        return scans.ids(self._cluster, self._index)

    def holdings(self) -> Iterator[tuple[str, Holding]]:
        return scans.holdings(self._cluster, self._index)

    def held_from(self, is_wanted: Callable[[str], bool]) -> Iterator[str]:
        return (article_id for article_id, held in self.holdings() if is_wanted(held.path))

    def published_in(self, year: int) -> Iterator[tuple[str, int]]:
        return scans.published_in(self._cluster, self._index, year)

    def verify(self) -> Iterator[str]:
        return problems_of(self._cluster, self._index, self.lexicon)

    # -- searching

    def search(self, plan: Plan, request: SearchRequest, budget: Budget = UNLIMITED) -> Matches:
        plan, request = widen_plan(plan, self._merges), widen_request(request, self._merges)
        questions = Questions(self._cluster, self._index, budget)
        compiler = self._compiler([*_texts(plan), *(bonus.clause for bonus in plan.bonuses)], questions)
        matched = self._match(plan.match, compiler, questions)
        limits = filters.left(request)
        left = {"bool": {"filter": [matched.filtering, *limits]}}
        counting_all = [{**counting(left), "aggs": facet_counts.aggregations(request, self._merges)}]
        counting_all += [counting(matched.filtering)] if limits else []
        listings = pages.to_ask(plan, request, matched.scoring, compiler)
        answers = questions.ask([*counting_all, *far_pages.at_once(listings, pages.places(plan, request)[1])])
        counted = long_facets.complete(answers[0], left, request, questions)
        return Matches(
            total=facet_counts.hits_in(counted),
            unfiltered_total=answers[len(counting_all) - 1]["hits"]["total"]["value"],
            page=self._page(plan, request, listings, answers[len(counting_all) :], compiler, questions),
            counts=facet_counts.counts_in(counted, self._merges),
            words_found=matched.words_found,
            is_partial=questions.is_partial,
        )

    def _page(
        self,
        plan: Plan,
        request: SearchRequest,
        listings: Sequence[Query],
        answers: Sequence[Mapping[str, Any]],
        compiler: Compiler,
        questions: Questions,
    ) -> tuple[tuple[str, float], ...]:
        """Of the answers to the listings, where they could be had at once."""
        first, last = pages.places(plan, request)
        read = pages.read(answers)[first:last] if answers else far_pages.walk(listings, first, last, questions)
        results = [*read]
        if pages.is_rescored(plan, request):
            results = self._with_bonuses(plan, results, compiler, questions)
            results = results[(request.page - 1) * request.page_size : request.page * request.page_size]
        page = pages.rounded(results)
        self._articles.expect([article_id for article_id, _ in page])
        return page

    def _compiler(self, clauses: Iterable[TextClause], questions: Questions) -> Compiler:
        """Knows what is needed to score these clauses."""
        texts = tuple(dict.fromkeys(clauses))
        statistics = self._measures.of(texts, questions)
        verified = self._measures.verified(nears_in(texts), questions)
        return Compiler(statistics, verified, words.most_terms(len(texts)))

    def _match(self, match: Clause | MostOf, compiler: Compiler, questions: Questions) -> Matched:
        if not isinstance(match, MostOf):
            return Matched(compiler.scoring(match), compiler.filtering(match))
        best = questions.ask([{**pages.ONLY_SORTED, "size": 1, "query": compiler.how_many(match)}])[0]
        most = round(best["hits"]["max_score"] or 0)
        if not most and not match.even_none:
            return Matched(words.any_of([]), words.any_of([]))
        least = match.least(most)
        return Matched(compiler.most(match, least), compiler.with_most(match, least), most)

    def _with_bonuses(
        self, plan: Plan, results: list[pages.Result], compiler: Compiler, questions: Questions
    ) -> list[pages.Result]:
        best, rest = results[: ranking.RESCORED], results[ranking.RESCORED :]
        if not best:
            return results
        asked = pages.bonuses_of([result.id for result in best], plan.bonuses, compiler)
        added = pages.scores_in(questions.ask([asked])[0])
        return [*pages.in_order(result.plus(added.get(result.id, 0.0)) for result in best), *rest]

    # -- counting

    def count(self, clause: Clause, request: SearchRequest, budget: Budget = UNLIMITED) -> int | None:
        asked = widen(clause, self._merges), filters.only(widen_request(request, self._merges))
        if known := self._counts.get([asked]):
            return known[asked]
        questions = Questions(self._cluster, self._index, budget)
        total = self._count(*asked, questions)
        if questions.is_partial:
            return None
        self._counts.put({asked: total})
        return total

    def _count(self, clause: Clause, request: SearchRequest, questions: Questions) -> int:
        untold = [each for each in nears_in(tuple(texts_in(clause))) if not is_told(each)]
        verified = self._measures.verified(untold, questions)
        asked = Compiler(self._measures.nothing, verified).filtering(clause)
        answer = questions.ask([counting({"bool": {"filter": [asked, *filters.everything(request)]}})])[0]
        total: int = answer["hits"]["total"]["value"]
        return total

    # -- weighing

    def weigh(self, clauses: Sequence[TextClause], article_id: str) -> tuple[Weighing, ...] | None:
        article = self._articles.get(article_id)
        if article is None:
            return None
        questions = Questions(self._cluster, self._index, UNLIMITED)
        statistics = self._measures.of(clauses, questions)
        verified = {near: self._measures.one(near, article) for near in nears_in(clauses)}
        weighed = (words.weighed(clause, statistics, verified, words.most_terms(1)) for clause in clauses)
        asked = [_in_article(query, article_id) for query in weighed]
        found = [pages.scores_in(answer).get(article_id, 0.0) for answer in questions.ask(asked)]
        frequencies = [
            verified[clause].get(article_id, 0.0) if isinstance(clause, Near) else frequency
            for clause, frequency in zip(clauses, found, strict=True)
        ]
        rarities = map(statistics.rarity, clauses)
        return tuple(
            Weighing(frequency, rarity, ranking.score(frequency, rarity))
            for frequency, rarity in zip(frequencies, rarities, strict=True)
        )


def _texts(plan: Plan) -> Iterator[TextClause]:
    yield from texts_in(plan.match)
    for tier in plan.tiers:
        yield from texts_in(tier)


def counting(query: Query) -> Query:
    return {"size": 0, "track_total_hits": True, "query": query}


def _in_article(query: Query, article_id: str) -> Query:
    only = {"bool": {"must": [query], "filter": [{"ids": {"values": [article_id]}}]}}
    return {"size": 1, "query": only, **pages.WITH_SCORES}
