"""The reference engine: every article is looked at for every query, in plain Python that is easy to believe.

It answers what the contract says and nothing faster; the other engines are tested against it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Sequence as ListLike
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer import facets, ranking
from indexer.analysis.names import name_kind
from indexer.analysis.syllables import fold, place_tone_old
from indexer.author_merges import NO_MERGES, Merges
from indexer.budget import UNLIMITED, Budget
from indexer.documents import PASSAGE_BREAK, Document, field_length
from indexer.model import Article, Choice, Completion, CompletionKind, SearchRequest, Sort
from indexer.ports import Company, Holding, Matches, Refusal, Weighing
from indexer.querying.plan import (
    BODY,
    TITLE,
    AllOf,
    AnyOf,
    ByAuthor,
    Clause,
    Compound,
    MostOf,
    Near,
    NoneOf,
    Plan,
    Published,
    Sequence,
    Spellings,
    TextClause,
    Weighted,
)


class MemoryEngine:
    """Indexes that live as long as the process, by folder name."""

    name = "memory"
    format_version = 1

    def __init__(self) -> None:
        self._indexes: dict[Path, dict[str, Document]] = {}

    def create(self, folder: Path) -> None:
        self._indexes[folder] = {}

    def writer(self, folder: Path) -> MemoryWriter:
        return MemoryWriter(self._indexes, folder)

    def searcher(self, folder: Path) -> MemorySearcher:
        return MemorySearcher(dict(self._indexes[folder]))


class MemoryWriter:
    """Collects changes in a copy and puts the copy in place on commit."""

    def __init__(self, indexes: dict[Path, dict[str, Document]], folder: Path) -> None:
        self._indexes, self._folder = indexes, folder
        self._documents = dict(indexes[folder])
        self._added: set[str] = set()

    def add(self, document: Document) -> None:
        if document.article.id in self._added:
            raise ValueError(f"{document.article.id} was added already")
        self._added.add(document.article.id)
        self._documents[document.article.id] = document

    def remove(self, article_id: str) -> None:
        self._documents.pop(article_id, None)

    def commit(self) -> tuple[Refusal, ...]:
        self._indexes[self._folder] = self._documents
        return ()

    def cancel(self) -> None:
        self._documents = {}


class MemoryLexicon:
    """Words counted afresh from the documents."""

    def __init__(self, documents: Iterable[Document], merges: Merges = NO_MERGES) -> None:
        self._merges = merges
        self._frequency: Counter[str] = Counter()
        self._compounds: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._spellings: dict[str, dict[str, Counter[str]]] = {facet: {} for facet in (facets.AUTHOR, *facets.LABELS)}
        self._held: dict[str, Counter[str]] = {}
        self._articles = 0
        for document in documents:
            self._articles += 1
            self._frequency.update({*document.title, *document.body} - {PASSAGE_BREAK})
            self._compounds.update(set(document.compounds))
            for kind, names in document.names._asdict().items():
                for name in names:
                    self._held.setdefault(name, Counter())[kind] += 1
            for tokens in (document.title, document.body):
                self._pairs.update(pair for pair in pairwise(tokens) if PASSAGE_BREAK not in pair)
            for facet, key, text in _spellings(document.article):
                self._spellings[facet].setdefault(key, Counter())[text] += 1

    def article_count(self) -> int:
        return self._articles

    def frequency(self, term: str) -> int:
        return self._frequency[term]

    def spellings(self, folded: str) -> tuple[str, ...]:
        return self._by_frequency(lambda term: fold(term) == folded)

    def beginning_with(self, folded_prefix: str) -> tuple[str, ...]:
        return self._by_frequency(lambda term: fold(term).startswith(folded_prefix))

    def company(self, term: str) -> Company:
        after = [count for (left, _), count in self._pairs.items() if left == term]
        before = sum(right == term for _, right in self._pairs)
        return Company(sum(after), len(after), before)

    def pair_counts(self, lefts: ListLike[str], rights: ListLike[str]) -> NDArray[np.int64]:
        counts = [[self._pairs[left, right] for right in rights] for left in lefts]
        return np.array(counts, np.int64).reshape(len(lefts), len(rights))

    def distinct_pairs(self) -> int:
        return max(1, len(self._pairs))

    def compound_frequency(self, compound: str) -> int:
        return self._compounds[compound]

    def completions(self, folded_prefix: str, limit: int) -> tuple[Completion, ...]:
        folded = {one: fold(one.text.lower()) for one in self._all_completions()}
        fitting = (one for one, form in folded.items() if form.startswith(folded_prefix))
        return tuple(sorted(fitting, key=lambda one: (-one.count, folded[one], one.text))[:limit])

    def _all_completions(self) -> Iterator[Completion]:
        for compound, count in self._compounds.items():
            shown = " ".join(map(place_tone_old, compound.split("_")))
            yield Completion(CompletionKind.WORD, shown, count)
        for name, held in self._held.items():
            if kind := name_kind(name, held.total(), held["people"], held["places"]):
                yield Completion(kind, name, held.total())

    def _by_frequency(self, wanted: Callable[[str], bool]) -> tuple[str, ...]:
        terms = (term for term in self._frequency if wanted(term))
        return tuple(sorted(terms, key=lambda term: (-self._frequency[term], term)))

    def author_names(self) -> Mapping[str, str]:
        listed = ((self._merges.key(key), name) for key, name in self.label_names(facets.AUTHOR).items())
        return {key: self._merges.names.get(key, name) for key, name in listed}

    def author_keys(self) -> Mapping[str, str]:
        own = self._spellings[facets.AUTHOR]
        listed = {self._merges.key(key) for key in own}
        asked_by = {*own, *self._merges.listed_under}
        return {key: self._merges.key(key) for key in asked_by if self._merges.key(key) in listed}

    def label_names(self, facet: str) -> Mapping[str, str]:
        return {key: facets.best_spelling(counts) for key, counts in self._spellings[facet].items()}


def _spellings(article: Article) -> Iterator[tuple[str, str, str]]:
    """Facet, key and text of each author the byline names, and of each label; one author may be written two ways."""
    yield from ((facets.AUTHOR, author.key, author.name) for author in article.authors)
    for facet in facets.LABELS:
        yield from ((facet, key, text) for key, text in facets.values_of(article, facet).items())


@dataclass
class _Found:
    """What a clause says of the archive: score by article id; an article that is not in it does not match."""

    scores: dict[str, float] = field(default_factory=dict)
    words: int = 0


class MemorySearcher:
    """Brute force over the documents."""

    def __init__(self, documents: dict[str, Document], merges: Merges = NO_MERGES) -> None:
        self._documents, self._merges = documents, merges
        self._compounds = {id_: Counter(doc.compounds) for id_, doc in documents.items()}
        self._lengths = {
            TITLE: {id_: field_length(doc.title) for id_, doc in documents.items()},
            BODY: {id_: field_length(doc.body) for id_, doc in documents.items()},
            ranking.COMPOUNDS: {id_: len(doc.compounds) for id_, doc in documents.items()},
        }
        self.lexicon = MemoryLexicon(documents.values(), merges)

    def merging(self, merges: Merges) -> MemorySearcher:
        return MemorySearcher(self._documents, merges)

    def article_count(self) -> int:
        return len(self._documents)

    def article(self, article_id: str) -> Article | None:
        document = self._documents.get(article_id)
        return document.article if document else None

    def ids(self) -> Iterator[str]:
        return iter(tuple(self._documents))

    def holdings(self) -> Iterator[tuple[str, Holding]]:
        for article_id, document in self._documents.items():
            yield article_id, Holding(document.path, document.digest)

    def holding(self, article_id: str) -> Holding | None:
        document = self._documents.get(article_id)
        return Holding(document.path, document.digest) if document else None

    def held_from(self, is_wanted: Callable[[str], bool]) -> Iterator[str]:
        return (article_id for article_id, held in self.holdings() if is_wanted(held.path))

    def published_in(self, year: int) -> Iterator[tuple[str, int]]:
        days = ((id_, self._moment(id_) // 10**6) for id_ in self._documents)
        of_year = [(id_, day) for id_, day in days if day // 10**4 == year]
        return iter(sorted(of_year, key=lambda each: (each[1], each[0])))

    def verify(self) -> Iterator[str]:
        for article_id, document in self._documents.items():
            if document.article.id != article_id:
                yield f"article {article_id} is {document.article.id!r}"

    def close(self) -> None:
        """Nothing to give back."""

    def count(self, clause: Clause, request: SearchRequest, budget: Budget = UNLIMITED) -> int | None:  # noqa: ARG002 - it always has the time
        return len(self._filtered(self._find(clause), request)[1])

    def weigh(self, clauses: ListLike[TextClause], article_id: str) -> tuple[Weighing, ...] | None:
        if article_id not in self._documents:
            return None
        weighed = ((self._frequency(clause, article_id), self._rarity(clause)) for clause in clauses)
        return tuple(Weighing(frequency, rarity, ranking.score(frequency, rarity)) for frequency, rarity in weighed)

    def search(self, plan: Plan, request: SearchRequest, budget: Budget = UNLIMITED) -> Matches:  # noqa: ARG002 - it always has the time
        found = self._find(plan.match)
        passing, hits = self._filtered(found, request)
        counts = {
            facet: self._count(facet, set.intersection(*(passing[name] for name in heeded)))
            for facet, heeded in facets.HEEDED.items()
        }
        if request.month.include:
            counts[facets.DAY] = dict(Counter(self._day(id_) for id_ in hits))
        order = self._order(plan, found, hits, request.sort)
        first = (request.page - 1) * request.page_size
        page = tuple(order[first : first + request.page_size])
        return Matches(len(hits), len(found.scores), page, counts, found.words)

    def _filtered(self, found: _Found, request: SearchRequest) -> tuple[dict[str, set[str]], set[str]]:
        """What passes the dates, the exclusions and the choices of each facet; and what passes them all."""
        in_dates = {id_ for id_ in found.scores if self._within(id_, request.since, request.until)}
        left = self._not_excluded(in_dates, request)
        passing = {name: self._chosen(left, name, request.choice(name)) for name in facets.NAMES}
        return passing, left.intersection(*passing.values())

    # -- order

    def _order(self, plan: Plan, found: _Found, hits: set[str], sort: Sort) -> list[tuple[str, float]]:
        """The ids in their order, each with its score."""
        if sort is Sort.RELEVANCE:
            return self._by_relevance(plan, {id_: found.scores[id_] for id_ in hits})
        sign = -1 if sort is Sort.NEWEST else 1
        order = sorted(hits, key=lambda id_: (not self._moment(id_), sign * self._moment(id_), id_))
        return [(id_, round(found.scores[id_], ranking.SCORE_DIGITS)) for id_ in order]

    def _by_relevance(self, plan: Plan, scores: dict[str, float]) -> list[tuple[str, float]]:
        tiers = [self._find(tier).scores for tier in plan.tiers]

        def tier_of(id_: str) -> int:
            return next((number for number, tier in enumerate(tiers) if id_ in tier), len(tiers))

        def ordered(scores: dict[str, float]) -> list[tuple[str, float]]:
            rounded = {id_: round(score, ranking.SCORE_DIGITS) for id_, score in scores.items()}
            order = sorted(rounded, key=lambda id_: (tier_of(id_), -rounded[id_], -self._moment(id_), id_))
            return [(id_, rounded[id_]) for id_ in order]

        by_words = ordered(scores)
        bonuses = [(bonus.weight, self._find(bonus.clause).scores) for bonus in plan.bonuses]
        best = {
            id_: scores[id_] + sum(weight * found.get(id_, 0.0) for weight, found in bonuses)
            for id_, _ in by_words[: ranking.RESCORED]
        }
        return ordered(best) + by_words[ranking.RESCORED :]

    def _moment(self, id_: str) -> int:
        stamp = self._documents[id_].article.published
        return stamp.order if stamp else 0

    # -- filters and facets

    def _within(self, id_: str, since: date | None, until: date | None) -> bool:
        if since is None and until is None:
            return True
        stamp = self._documents[id_].article.published
        if stamp is None:
            return False
        return (since is None or since <= stamp.day) and (until is None or stamp.day <= until)

    def _values(self, id_: str, facet: str) -> set[str]:
        values = facets.values_of(self._documents[id_].article, facet)
        return self._asked(facet, values)

    def _day(self, id_: str) -> str:
        stamp = self._documents[id_].article.published
        return facets.day_of(stamp) if stamp else ""

    def _not_excluded(self, ids: set[str], request: SearchRequest) -> set[str]:
        excluded = {name: self._asked(name, request.choice(name).exclude) for name in facets.NAMES}
        return {id_ for id_ in ids if not any(self._values(id_, name) & excluded[name] for name in facets.NAMES)}

    def _chosen(self, ids: set[str], facet: str, choice: Choice) -> set[str]:
        asked = self._asked(facet, choice.include)
        return {id_ for id_ in ids if not asked or self._values(id_, facet) & asked}

    def _asked(self, facet: str, values: Iterable[str]) -> set[str]:
        """The values of a facet; authors by the keys they are listed under."""
        return {self._merges.key(value) for value in values} if facet == facets.AUTHOR else {*values}

    def _count(self, facet: str, ids: set[str]) -> dict[str, int]:
        return dict(Counter(value for id_ in ids for value in self._values(id_, facet)))

    # -- clauses

    def _find(self, clause: Clause | MostOf) -> _Found:
        match clause:
            case Spellings() | Sequence() | Near() | Compound():
                return _Found(self._text_scores(clause))
            case ByAuthor(keys):
                asked = self._asked(facets.AUTHOR, keys)
                return _Found({id_: 0.0 for id_ in self._documents if self._values(id_, facets.AUTHOR) & asked})
            case Published(since, until):
                return _Found(
                    {
                        id_: 0.0
                        for id_, document in self._documents.items()
                        if document.article.published and self._within(id_, since, until)
                    }
                )
            case AllOf(clauses):
                return self._all(dict.fromkeys(self._documents, 0.0), clauses)
            case AnyOf(clauses):
                return _Found(_summed(self._find(part).scores for part in clauses))
            case NoneOf(clauses):
                excluded = {id_ for part in clauses for id_ in self._find(part).scores}
                return _Found(dict.fromkeys(self._documents.keys() - excluded, 0.0))
            case Weighted(part, weight):
                return _Found({id_: score * weight for id_, score in self._find(part).scores.items()})
            case MostOf(_, required):
                return self._most(clause, self._all(dict.fromkeys(self._documents, 0.0), required))

    def _all(self, start: dict[str, float], clauses: Iterable[Clause]) -> _Found:
        scores = start
        for part in clauses:
            found = self._find(part).scores
            scores = {id_: score + found[id_] for id_, score in scores.items() if id_ in found}
        return _Found(scores)

    def _most(self, match: MostOf, allowed: _Found) -> _Found:
        parts = [self._find(part).scores for part in match.clauses]
        words = {id_: sum(id_ in part for part in parts) for id_ in allowed.scores}
        most = max(words.values(), default=0)
        least = match.least(most)
        if most < least:
            return _Found()
        summed = _summed(parts)
        return _Found({id_: summed.get(id_, 0.0) + allowed.scores[id_] for id_, n in words.items() if n >= least}, most)

    # -- text

    def _text_scores(self, clause: TextClause) -> dict[str, float]:
        weighted = {id_: self._frequency(clause, id_) for id_ in self._documents}
        matching = {id_: frequency for id_, frequency in weighted.items() if frequency > 0}
        rarity = self._rarity(clause)
        return {id_: ranking.score(frequency, rarity) for id_, frequency in matching.items()}

    def _rarity(self, clause: TextClause) -> float:
        if isinstance(clause, Sequence | Near):
            return max(map(self._rarity, clause.parts))
        containing = sum(self._frequency(clause, id_) > 0 for id_ in self._documents)
        return ranking.inverse_frequency(len(self._documents), containing)

    def _frequency(self, clause: TextClause, id_: str) -> float:
        fields = (ranking.COMPOUNDS,) if isinstance(clause, Compound) else clause.fields
        return sum(
            ranking.field_frequency(
                name,
                self._occurrences(clause, name, id_),
                self._lengths[name][id_],
                self._average(name),
            )
            for name in fields
        )

    def _average(self, name: str) -> float:
        return sum(self._lengths[name].values()) / max(1, len(self._documents))

    def _occurrences(self, clause: TextClause, name: str, id_: str) -> float:
        document = self._documents[id_]
        tokens = document.title if name == TITLE else document.body
        match clause:
            case Compound(term):
                return self._compounds[id_][term]
            case Spellings(terms):
                return sum(token in terms for token in tokens)
            case Near(parts, distance):
                return sum(
                    token in parts[0].terms and all(_is_near(tokens, at, part, distance) for part in parts[1:])
                    for at, token in enumerate(tokens)
                )
            case Sequence(parts):
                return sum(
                    all(tokens[start + n] in part.terms for n, part in enumerate(parts))
                    for start in range(len(tokens) - len(parts) + 1)
                )


def _is_near(tokens: tuple[str, ...], at: int, part: Spellings, distance: int) -> bool:
    """Whether the part stands at most `distance` words from a place, on either side, but not in that place."""
    around = (*tokens[max(0, at - distance) : at], *tokens[at + 1 : at + 1 + distance])
    return any(token in part.terms for token in around)


def _summed(parts: Iterable[Mapping[str, float]]) -> dict[str, float]:
    total: dict[str, float] = {}
    for part in parts:
        for id_, score in part.items():
            total[id_] = total.get(id_, 0.0) + score
    return total
