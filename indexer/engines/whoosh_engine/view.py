"""One segment as a searcher sees it: without the deleted articles, with lengths set against the archive's average."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer import ranking
from indexer.budget import UNLIMITED, Budget
from indexer.engines.whoosh_engine import phrases
from indexer.engines.whoosh_engine.articles import ArticleColumns
from indexer.engines.whoosh_engine.matching import Floats, Found, InBothFields, InOneField, Mask, Scored, Worked, add_up
from indexer.engines.whoosh_engine.postings import Numbers
from indexer.engines.whoosh_engine.segment import VOCABULARY_OF, WORDS, Segment
from indexer.lexicon.vocabulary import ABSENT
from indexer.querying.plan import BODY, TITLE, Compound, Near, Spellings, TextClause
from indexer.querying.plan import Sequence as SideBySide
from indexer.ranking import COMPOUNDS

NUMBERS_KEPT = 1 << 16
"""Terms whose numbers are kept: about 8 MB at most."""


class SegmentView:
    """Answers what one clause finds in one segment. Nothing in it changes; safe to share between threads.

    Args:
        segment: the arrays.
        live: which articles are not deleted.
        average_length: of each field, over the whole archive.
    """

    def __init__(self, segment: Segment, live: Mask, average_length: Mapping[str, float]) -> None:
        self.segment, self.live = segment, live
        self.size = len(live)
        self._all_live = bool(live.all())
        self._average_length = average_length
        self._numbers: dict[tuple[str, str], int] = {}

    @property
    def columns(self) -> ArticleColumns:
        return self.segment.articles

    @cached_property
    def everything(self) -> Numbers:
        return np.flatnonzero(self.live)

    # -- text

    def find(self, clause: TextClause, budget: Budget = UNLIMITED) -> Found:
        """The articles a clause matches, with its BM25F frequency in each (see `ranking`).

        Raises BudgetSpent where a phrase takes too long.
        """
        words: list[Found]
        if isinstance(clause, SideBySide | Near):
            words = [self._weighed(self._side_by_side(clause, field, budget), field) for field in clause.fields]
        else:
            words = self._words(*_terms_and_fields(clause))
        if self._all_live and len(words) == 1:
            return words[0]
        found = add_up([word.all() for word in words], self.size)
        return Worked(found if self._all_live else found.only(self.live.take(found.articles)), self.size)

    def find_among(
        self,
        clause: TextClause,
        articles: Numbers,
        budget: Budget = UNLIMITED,
        known: Mapping[str, phrases.Known] | None = None,
    ) -> Floats:
        """The clause's frequency in each of the articles, which ascend and are not deleted; 0 where there is none.

        `known` keeps, for each field, where words stand in these articles, for whoever asks for several phrases.
        Raises BudgetSpent where a phrase takes too long.
        """
        if not isinstance(clause, SideBySide | Near):
            return self.find(clause).at(articles)
        total = np.zeros(len(articles))
        for field in clause.fields:
            found = self._weighed(
                self._side_by_side(clause, field, budget, articles, known[field] if known else None), field
            )
            total += found.at(articles)
        return total

    def mask(self, clause: Spellings | Compound) -> Mask:
        """The articles that hold the word, deleted ones included."""
        terms, fields = _terms_and_fields(clause)
        mask = np.zeros(self.size, bool)
        if set(fields) == {TITLE, BODY}:
            body = self.segment.postings[BODY]
            for number in self._known(terms, BODY):
                mask[body.articles(number)] = True
        else:
            for field in fields:
                for number in self._known(terms, field):
                    mask[self._in_one_field(number, field).articles] = True
        return mask

    def _words(self, terms: Iterable[str], fields: Sequence[str]) -> list[Found]:
        """What the segment holds of the terms in the fields."""
        if set(fields) == {TITLE, BODY}:
            return [self._in_both_fields(number) for number in self._known(terms, BODY)]
        return [self._in_one_field(number, field) for field in fields for number in self._known(terms, field)]

    def _in_one_field(self, number: int, field: str) -> InOneField:
        postings = self.segment.postings[field]
        found = InOneField(postings.articles(number), postings.frequencies(number), self._factors[field])
        return found.without_zeros() if field == BODY else found

    def _in_both_fields(self, number: int) -> Found:
        body, title = self.segment.postings[BODY], self.segment.postings[TITLE]
        in_body = InOneField(body.articles(number), body.frequencies(number), self._factors[BODY])
        if not title.count(number):
            return in_body
        return InBothFields(in_body, title.places(number), title.frequencies(number), self._factors[TITLE])

    def _weighed(self, found: Scored, field: str) -> InOneField:
        return InOneField(found.articles, found.scores, self._factors[field])

    def _side_by_side(
        self,
        clause: SideBySide | Near,
        field: str,
        budget: Budget,
        among: Numbers | None = None,
        known: phrases.Known | None = None,
    ) -> Scored:
        parts = [self._known(part.terms, field) for part in clause.parts]
        if isinstance(clause, Near):
            return phrases.find_near(self.segment, field, parts, clause.distance, self.size, among, budget)
        return phrases.find_sequence(self.segment, field, parts, self.size, among, budget, known)

    def _known(self, terms: Iterable[str], field: str) -> list[int]:
        """The numbers of the terms that this segment holds in the field."""
        postings = self.segment.postings[field]
        numbers = (self.number(term, VOCABULARY_OF[field]) for term in terms)
        return [number for number in numbers if number != ABSENT and postings.count(number)]

    def number(self, term: str, vocabulary: str = WORDS) -> int:
        """The term's number in this segment, or ABSENT."""
        key = (term, vocabulary)
        number = self._numbers.get(key)
        if number is None:
            if len(self._numbers) >= NUMBERS_KEPT:
                self._numbers.clear()
            number = self._numbers[key] = self.segment.vocabularies[vocabulary].find(term.encode("utf-8", "replace"))
        return number

    @cached_property
    def _factors(self) -> dict[str, Floats]:
        """What one occurrence counts in each article, by field: the field's weight, set against its length."""
        return {
            field: ranking.field_frequency(
                field, np.ones(self.size), self.columns.lengths(field).astype(np.float64), average
            )
            for field, average in self._average_length.items()
        }

    # -- dates, authors and labels

    def between(self, first_day: int, last_day: int) -> Mask:
        """Published between two days, as yyyymmdd, that both count; undated articles never are."""
        days = self.columns.days
        return ((days >= max(first_day, 1)) & (days <= last_day)).take(self.columns.day_of)

    def in_periods(self, periods: Iterable[int], unit: int) -> Mask:
        """Published in any of the months (unit 100, as yyyymm) or years (unit 10,000, as yyyy)."""
        return np.isin(self.columns.days // unit, [period for period in periods if period]).take(self.columns.day_of)

    def published_in(self, year: int) -> tuple[list[int], list[int]]:
        """The articles of a year that are not deleted, 0 for those without a day, and the day of each as yyyymmdd."""
        days, day_of = self.columns.days, self.columns.day_of
        articles = np.flatnonzero((days // 10_000 == year).take(day_of) & self.live)
        return articles.tolist(), days.take(day_of.take(articles)).tolist()

    def by_authors(self, keys: Iterable[str]) -> Mask:
        """Written by any of the authors."""
        columns = self.columns
        wanted = set(keys)
        names = np.array([key in wanted for key, _ in columns.names], bool)
        of_byline = np.zeros(len(columns.byline_begins) - 1, bool)
        of_byline[self._byline_of_entry[names[columns.byline_names]]] = True
        return of_byline.take(columns.byline_of)

    def labelled(self, facet: str, keys: Iterable[str]) -> Mask:
        """Having any of the values in one of `facets.LABELS`."""
        labels, wanted = self.columns.labels[facet], set(keys) - {""}
        return np.array([key in wanted for key, _ in labels.texts], bool).take(labels.of)

    def count_labels(self, facet: str) -> Iterator[tuple[str, str, int]]:
        """Each text of one of `facets.LABELS`, with its key and how many articles have it that are not deleted."""
        labels = self.columns.labels[facet]
        counts = np.bincount(labels.of[self.live], minlength=len(labels.texts)).tolist()
        return ((key, text, count) for (key, text), count in zip(labels.texts, counts, strict=True) if key and count)

    @cached_property
    def _byline_of_entry(self) -> Numbers:
        begins = self.columns.byline_begins
        return np.repeat(np.arange(len(begins) - 1), np.diff(begins))

    def count_bylines(self, articles: Numbers) -> NDArray[np.intp]:
        """How many of the articles have each byline."""
        return np.bincount(self.columns.byline_of.take(articles), minlength=len(self.columns.byline_begins) - 1)

    # -- words

    def holding(self, number: int, field: str = BODY) -> int:
        """How many articles that are not deleted hold a word in title or body, or a compound."""
        postings = self.segment.postings[field]
        if self._all_live:
            return postings.count(number)
        return int(self.live.take(postings.articles(number)).sum())


def _terms_and_fields(clause: Spellings | Compound) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if isinstance(clause, Compound):
        return (clause.term,), (COMPOUNDS,)
    return clause.terms, clause.fields
