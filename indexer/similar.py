"""Articles on the subject of another: those that share its most telling compounds. Pure.

Compounds tell more of a subject than syllables do: `đường` stands in every other article, `mía_đường` in few.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice, pairwise

from indexer import ranking
from indexer.analysis.tokens import analyse
from indexer.model import Article
from indexer.querying.plan import Compound, MostOf, Plan, Weighted

MOST_COMPOUNDS = 20
"""Compounds looked for: more of them cost more and add chance likenesses."""

FEWEST_COMPOUNDS = 3
"""With fewer, an article does not say what it is about."""

FEWEST_SHARED = 2
"""One rare word in common is a chance (a name, a figure of speech), of few compounds as of many."""

LEAST_SHARE = 0.15
"""What has less of the article's own score than this has words in common with it, not a subject."""

TWIN = 0.6
"""From this share of pairs of neighbouring words in common on, two articles are one text published twice."""


def plan_similar(article: Article, articles: int, frequency: Callable[[str], int]) -> Plan | None:
    """What finds articles like this one, and the article itself above all; None where it has too few compounds.

    Args:
        article: the article.
        articles: how many the archive holds.
        frequency: in how many of them a compound stands.
    """
    weights = {
        compound: _weight(count, articles, containing)
        for compound, count in _compounds(article).items()
        if (containing := frequency(compound)) > 1  # else it stands in this article only
    }
    telling = sorted(weights, key=lambda compound: (-weights[compound], compound))[:MOST_COMPOUNDS]
    if len(telling) < FEWEST_COMPOUNDS:
        return None
    clauses = tuple(Weighted(Compound(compound), weights[compound]) for compound in telling)
    # The article itself has all of them, so that this is the share that stands for FEWEST_SHARED.
    return Plan(MostOf(clauses, share=(FEWEST_SHARED - 0.5) / len(clauses)))


def _compounds(article: Article) -> Counter[str]:
    """Those of the text: who wrote it is not what it is about."""
    texts = (article.title, *article.passages())
    counts = Counter(chain.from_iterable(analyse(text).compounds for text in texts))
    for author in article.authors:
        for compound in analyse(author.name).compounds:
            counts.pop(compound, None)
    return counts


def _weight(count: int, articles: int, containing: int) -> float:
    return float(ranking.score(float(count), ranking.inverse_frequency(articles, containing)))


def close_enough(page: Iterable[tuple[str, float]]) -> list[str]:
    """Of ids with their scores, the best first: those with enough of the best score, which is the article's own."""
    scores = list(page)
    return [article_id for article_id, score in scores if score >= LEAST_SHARE * scores[0][1]]


def without_twins(article: Article, candidates: Iterable[Article], count: int) -> list[Article]:
    """The first `count` of the candidates that are neither the article nor a text that is already there.

    No more candidates are asked for than it takes.
    """
    return [*islice(_different(article, candidates), count)]


def _different(article: Article, candidates: Iterable[Article]) -> Iterator[Article]:
    seen = [_pairs(article)]
    for each in candidates:
        if each.id == article.id:
            continue
        pairs = _pairs(each)
        if not any(_are_twins(pairs, other) for other in seen):
            seen.append(pairs)
            yield each


def _pairs(article: Article) -> set[tuple[str, str]]:
    """Of the text alone: twins may have other titles and captions. Words as they are printed: that is enough here."""
    texts = (article.lead, *article.paragraphs)
    return set(chain.from_iterable(pairwise(text.split()) for text in texts))


def _are_twins(one: set[tuple[str, str]], other: set[tuple[str, str]]) -> bool:
    fewer, more = sorted((len(one), len(other)))
    if not fewer or fewer < TWIN * more:  # all of the shorter text would not be enough
        return False
    shared = len(one & other)
    return shared >= TWIN * (fewer + more - shared)
