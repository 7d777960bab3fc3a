"""What each clause of a plan makes of one article: whether it holds, by which words, and what it counts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from indexer.analysis.canonical import canonical
from indexer.analysis.syllables import fold, iy_variant
from indexer.analysis.tokens import terms_of
from indexer.explaining.filters import judge_dates
from indexer.explaining.labels import Labels, has_equivalents, main_of, name_of
from indexer.explaining.missing import MOST_SPELLINGS, why_not
from indexer.explaining.reading import Sighting, occurrences, read, sightings
from indexer.explanation import Reason, Verdict
from indexer.model import Article
from indexer.ports import Weighing
from indexer.querying.plan import (
    EVERYTHING,
    NOTHING,
    AllOf,
    AnyOf,
    ByAuthor,
    Clause,
    Compound,
    MostOf,
    Near,
    NoneOf,
    Published,
    Sequence,
    Spellings,
    TextClause,
    Weighted,
)


class Judge:
    """Asks clauses of one article.

    Args:
        article: the article.
        weighings: of every text clause that will be asked. The engine's word counts: whether a clause holds is what it
            says, and where the words stand is looked up in the article's text.
        labels: the clauses as they were typed.
    """

    def __init__(self, article: Article, weighings: Mapping[TextClause, Weighing], labels: Labels) -> None:
        self._article, self._weighings, self._labels = article, weighings, labels
        self._text = read(article)

    def verdict(self, clause: Clause) -> Verdict:
        if clause in (EVERYTHING, NOTHING):
            return Verdict("", clause == EVERYTHING, (Reason("everything" if clause == EVERYTHING else "nothing"),))
        match clause:
            case Spellings() | Sequence() | Near() | Compound():
                return self._text_verdict(clause, self._labels.of(clause))
            case ByAuthor(keys):
                return self._by_author(keys)
            case Published(since, until):
                return judge_dates(self._article.published, since, until)
            case AllOf(clauses):
                return _all_of(self._labels.of(clause), [self.verdict(part) for part in clauses])
            case AnyOf(clauses) if has_equivalents(clause):
                return self._any_equivalent(clause)
            case AnyOf(clauses):
                return self._any_of(clause, [self.verdict(part) for part in clauses])
            case NoneOf(clauses):
                return self._none_of(clause, [self.verdict(part) for part in clauses])
            case Weighted(part, weight):
                return _times(self.verdict(part), weight)

    def most_of(self, clause: MostOf, words_found: int) -> Verdict:
        """`words_found`: how many of the clauses the articles match that match most of them."""
        parts = [self.verdict(part) for part in clause.clauses]
        required = [self.verdict(part) for part in clause.required]
        has = sum(part.holds for part in parts)
        least = clause.least(words_found)
        values = {"has": str(has), "wanted": str(len(parts)), "least": str(least)}
        reason = Reason("has_most" if has >= least else "has_too_few", values)
        most = Verdict(self._labels.of(clause), has >= least, (reason,), _sum_of_held(parts), tuple(parts))
        return _all_of(most.asked, [most, *required]) if required else most

    # -- words

    def _text_verdict(self, clause: TextClause, asked: str, *, equivalent: bool = False) -> Verdict:
        weighing = self._weighings[clause]
        holds = weighing.frequency > 0
        if isinstance(clause, Compound):
            reason = Reason("compound" if holds else "no_compound", {"asked": self._labels.of(clause)})
            return Verdict(asked, holds, (reason,), weighing.score)
        if not holds:
            return Verdict(asked, False, why_not(clause, self._text, self._labels.of))
        found = sightings(occurrences(clause, self._text))
        return Verdict(asked, True, _seen(found, asked, equivalent=equivalent), weighing.score)

    def _any_equivalent(self, clause: AnyOf) -> Verdict:
        """One thing and what means the same, told as if it were one clause: by what is there, or why the one is not."""
        main = main_of(clause)
        asked = self._labels.of(main)
        parts = [self._equivalent(part, asked) if part != main else self.verdict(part) for part in clause.clauses]
        if held := [part for part in parts if part.holds]:
            return Verdict(asked, True, _reasons(held), _sum_of_held(held))
        others = ", ".join(f"“{self._labels.of(part)}”" for part in clause.clauses if part != main)
        return Verdict(asked, False, (*self.verdict(main).reasons, Reason("no_equivalent", {"words": others})))

    def _equivalent(self, clause: Clause, asked: str) -> Verdict:
        match clause:
            case Weighted(part, weight):
                return _times(self._equivalent(part, asked), weight)
            case Spellings() | Sequence() | Near() | Compound():
                return self._text_verdict(clause, asked, equivalent=True)
            case _:
                return self.verdict(clause)

    # -- clauses of clauses

    def _any_of(self, clause: AnyOf, parts: list[Verdict]) -> Verdict:
        holds = any(part.holds for part in parts)
        reason = Reason("any_is_enough", {"asked": self._labels.of(clause)})
        return Verdict(self._labels.of(clause), holds, (reason,), _sum_of_held(parts), tuple(parts))

    def _none_of(self, clause: NoneOf, parts: list[Verdict]) -> Verdict:
        label = self._labels.of(clause)
        held = tuple(part for part in parts if part.holds)
        if not held:
            excluded = ", ".join(f"“{part.asked}”" for part in parts)
            return Verdict(label, True, (Reason("excluded_absent", {"words": excluded}),))
        reasons = tuple(Reason("excluded_present", {"asked": part.asked}) for part in held)
        return Verdict(label, False, (*reasons, *_reasons(held)))

    def _by_author(self, keys: tuple[str, ...]) -> Verdict:
        asked = self._labels.names(keys)
        authors = [(author.key, name_of(author, self._labels.name)) for author in self._article.authors]
        if own := [name for key, name in authors if key in keys]:
            return Verdict(asked, True, (Reason("written_by", {"value": ", ".join(own)}),))
        names = ", ".join(name for _, name in authors)
        reason = Reason("author_not_chosen" if names else "no_author", {"value": names, "asked": asked})
        return Verdict(asked, False, (reason,))


def _all_of(asked: str, parts: list[Verdict]) -> Verdict:
    holds = all(part.holds for part in parts)
    return Verdict(asked, holds, (), _sum_of_held(parts) if holds else 0.0, tuple(parts))


def _times(verdict: Verdict, weight: float) -> Verdict:
    return replace(verdict, score=verdict.score * weight)


def _sum_of_held(verdicts: Iterable[Verdict]) -> float:
    return sum(verdict.score for verdict in verdicts if verdict.holds)


def _reasons(verdicts: Iterable[Verdict]) -> tuple[Reason, ...]:
    """The reasons of the verdicts and of all their parts that hold."""
    reasons: list[Reason] = []
    for verdict in verdicts:
        reasons += [*verdict.reasons, *_reasons(part for part in verdict.parts if part.holds)]
    return tuple(reasons)


def _seen(found: list[Sighting], asked: str, *, equivalent: bool) -> tuple[Reason, ...]:
    reasons = [
        Reason(_code(each, asked, equivalent=equivalent), {"asked": asked, "word": each.printed}, each.places)
        for each in found[:MOST_SPELLINGS]
    ]
    if (left := len(found) - MOST_SPELLINGS) > 0:
        reasons.append(Reason("more_spellings", {"count": str(left)}))
    return tuple(reasons)


def _code(sighting: Sighting, asked: str, *, equivalent: bool) -> str:
    """How what stands in the article differs from what was asked for."""
    typed = tuple(terms_of(canonical(asked.replace('"', " ").partition("~")[0])))
    if sighting.terms == typed:
        return "stands"
    if _same(sighting.terms, typed, iy=True):
        return "stands_iy"
    if equivalent and not _same(sighting.terms, typed, iy=False):
        return "stands_equivalent"
    return "stands_as"


def _same(terms: tuple[str, ...], typed: tuple[str, ...], *, iy: bool) -> bool:
    """Whether the words differ in i and y only, or in marks only."""
    if len(terms) != len(typed):
        return False
    pairs = zip(terms, typed, strict=True)
    if iy:
        return all(other in (term, iy_variant(term)) for term, other in pairs)
    return all(fold(term) == fold(other) for term, other in pairs)
