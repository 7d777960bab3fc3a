"""One question and one article -> the explanation. Pure: what the engine says is handed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from indexer import ranking
from indexer.explaining.clauses import Judge
from indexer.explaining.filters import judge_filters
from indexer.explaining.labels import Labels
from indexer.explanation import Explanation, Kind, Points, Reason, Verdict
from indexer.facets import AUTHOR, Names
from indexer.model import Article, Notice, SearchRequest, Sort
from indexer.ports import Matches, Weighing
from indexer.querying.plan import TITLE, Bonus, Compound, MostOf, Plan, Sequence, Spellings, TextClause, texts_in

TOLD_OTHERWISE = {"most_words", "bound_kept", "bound_alone"}
"""Notices that speak of the list that is not shown here; the verdicts say the same of the article."""


_AS_SPELLED = Labels("", {})
"""Names clauses as they are looked for, not as they were typed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A search as it was carried out: the plan that answered, and the first RESCORED results with all counts."""

    request: SearchRequest
    plan: Plan
    matches: Matches
    notices: tuple[Notice, ...]
    names: Names

    def rank_of(self, article_id: str) -> int | None:
        """The article's place in the list, from 1; None if it is not among the results at hand."""
        return next((rank for rank, (id_, _) in enumerate(self.matches.page, 1) if id_ == article_id), None)


def clauses_to_weigh(plan: Plan) -> tuple[TextClause, ...]:
    """Every text clause whose weighing `explain` needs."""
    clauses = [clause for part in (plan.match, *plan.tiers) for clause in texts_in(part)]
    return tuple(dict.fromkeys([*clauses, *(bonus.clause for bonus in plan.bonuses)]))


def explain(article: Article, outcome: Outcome, weighings: Mapping[TextClause, Weighing]) -> Explanation:
    """Why the search found the article, or did not.

    Args:
        article: as it is stored.
        outcome: the search.
        weighings: what each of `clauses_to_weigh` counts in the article.
    """
    plan, request, names = outcome.plan, outcome.request, outcome.names[AUTHOR]
    labels = Labels(request.text, names)
    judge = Judge(article, weighings, labels)
    query = _query_verdict(judge, plan, outcome.matches.words_found)
    filters = judge_filters(article, request, outcome.names)
    found = query.holds and all(verdict.holds for verdict in filters)
    rank = outcome.rank_of(article.id) if found else None
    with_bonuses = rank is not None and request.sort is Sort.RELEVANCE
    return Explanation(
        article=article,
        summary=_summary(query, found, rank, outcome.matches.total),
        query=query,
        filters=filters,
        total=outcome.matches.total,
        rank=rank,
        order=tuple(_order(plan, judge, Labels("", names), rank, request.sort)) if found else (),
        points=tuple(_points(query, plan.bonuses if with_bonuses else (), weighings, labels)) if found else (),
        notices=tuple(notice for notice in outcome.notices if notice.code not in TOLD_OTHERWISE),
    )


def _query_verdict(judge: Judge, plan: Plan, words_found: int) -> Verdict:
    if isinstance(plan.match, MostOf):
        return judge.most_of(plan.match, words_found)
    return judge.verdict(plan.match)


def _summary(query: Verdict, found: bool, rank: int | None, total: int) -> Reason:
    if rank is not None:
        return Reason("found_at", {"rank": str(rank), "total": str(total)})
    if found:
        return Reason("found_far_down", {"limit": str(ranking.RESCORED), "total": str(total)})
    if query.holds:
        return Reason("filtered_out")
    return Reason("not_found", {"total": str(total)}) if total else Reason("nothing_found")


def _order(plan: Plan, judge: Judge, labels: Labels, rank: int | None, sort: Sort) -> Iterator[Reason]:
    """`labels` give clauses as they are looked for: a tier is one reading of what was typed."""
    if sort is not Sort.RELEVANCE:
        yield Reason("sorted_by_date")
        return
    for number, tier in enumerate(plan.tiers, 1):
        if judge.verdict(tier).holds:
            yield Reason("in_tier", {"number": str(number), "asked": labels.of(tier)})
            break
    else:
        if plan.tiers:
            yield Reason("in_no_tier", {"asked": labels.of(plan.tiers[0])})
    if rank is None and plan.bonuses:
        yield Reason("no_bonuses", {"limit": str(ranking.RESCORED)})


def _points(
    query: Verdict, bonuses: tuple[Bonus, ...], weighings: Mapping[TextClause, Weighing], labels: Labels
) -> Iterator[Points]:
    """The score of what was asked for, part by part, then each bonus that the article gets."""
    parts = [part for part in query.parts if part.holds] or [query]
    yield from (Points(Kind.WORDS, part.asked, part.score) for part in parts if part.score)
    for bonus in bonuses:
        if score := bonus.weight * weighings[bonus.clause].score:
            named = _AS_SPELLED if _is_one_spelling(bonus.clause) else labels
            yield Points(_kind(bonus.clause), named.of(bonus.clause), score)


def _kind(clause: TextClause) -> Kind:
    if isinstance(clause, Compound):
        return Kind.COMPOUNDS
    if clause.fields == (TITLE,):
        return Kind.TITLE
    return Kind.SPELLING if isinstance(clause, Spellings) else Kind.NEIGHBOURS


def _is_one_spelling(clause: TextClause) -> bool:
    match clause:
        case Spellings(terms):
            return len(terms) == 1
        case Sequence(parts):
            return all(map(_is_one_spelling, parts))
    return False
