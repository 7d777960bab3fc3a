"""Which question is carried out, the reader's own or what is taken in its place, and what else is offered.

    as typed          always; and nothing else where the request is literal
    keyboard left off where that finds nothing: the keystrokes read as Telex, VNI or VIQR, if that finds something
    other spellings   where a query with marks finds nothing: the likeliest that keeps every mark typed
    without marks     the same, for a short query: every spelling of it
    most of the words at last, of the reader's own words

Nothing is taken silently: a notice says so, and an offer leads back to what was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from indexer.budget import UNLIMITED, Budget, BudgetSpent
from indexer.budgeted import BudgetedWords
from indexer.model import Notice, Offer, OfferKind, SearchRequest
from indexer.notices import FEW_HAVE_ALL
from indexer.ports import Matches, Searcher
from indexer.querying.keystrokes import decode_keystrokes
from indexer.querying.nodes import Phrase
from indexer.querying.plan import NOTHING, Clause, MostOf, Plan
from indexer.querying.synonyms import Synonyms
from indexer.querying.writing import write
from indexer.question import Question
from indexer.ranking import FEW_WORDS
from indexer.suggesting.spellings import likely_spellings

MOST_SPELLINGS = 6
"""Other spellings that are offered; of a long query only the likeliest, as nobody tells so many long lines apart."""

LONGEST_OPENED = 4
"""Syllables of a query with marks that is searched without them when it finds nothing: of a longer one, articles with
most of its words as they are spelled are nearer to what was meant than those with all of them in any spelling."""

ENOUGH = 10
"""A long query that so many articles answer with all of its words asks for all of them: a page full."""

LITTLE = 5
"""A query that finds more articles gets no "did you mean"."""

MUCH_MORE = 3
"""A correction is offered when it finds so many times what the query finds."""

FAR_MORE = 100
"""The same, where the words of the query are found, though not side by side: what is rare is seldom wrong. So 0.5 % of
1,000 pieces of headlines get a suggestion, 1.3 % if three times as much is enough, 0.3 % without this."""

RUNS_KEPT = 1024
"""Runs of words whose likely spellings are kept: who turns a page or chooses a year asks the same again."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was searched, how, what it matches, and what the reader should be told and offered.

    `whole_matches`: how many articles match all that was asked for, not only most of it.
    """

    searched: str
    plan: Plan
    matches: Matches
    whole_matches: int
    notices: tuple[Notice, ...]
    offers: tuple[Offer, ...] = ()


def _how_many_words(relaxed: Plan, most: Matches, bound: Sequence[str]) -> Iterator[Notice]:
    """What to say where most of the words were asked for."""
    assert isinstance(relaxed.match, MostOf)  # noqa: S101 - narrows the type; the planner made it so
    asked = {"asked": ", ".join(bound)}
    if not most.words_found:
        yield Notice("bound_alone", asked)
        return
    wanted, least = len(relaxed.match.clauses), relaxed.match.least(most.words_found)
    values = {"found": str(most.words_found), "wanted": str(wanted), "least": str(least)}
    yield Notice("most_words" if most.words_found < wanted else FEW_HAVE_ALL, values)
    if bound:
        yield Notice("bound_kept", asked)


class Answerer:
    """Answers questions to one archive. Safe to share between threads."""

    def __init__(self, searcher: Searcher, synonyms: Callable[[], Synonyms]) -> None:
        self._searcher, self._synonyms = searcher, synonyms
        self._likely = lru_cache(RUNS_KEPT)(partial(likely_spellings, searcher.lexicon))

    def question(self, text: str, budget: Budget = UNLIMITED) -> Question:
        """What is worked out for it raises BudgetSpent once the budget is overdrawn."""
        return Question(text, BudgetedWords(self._searcher.lexicon, budget), self._synonyms(), self._likely)

    def answer(self, request: SearchRequest, budget: Budget, *, wants_offers: bool = True) -> Answer:
        """To look for what else could be offered takes longer, as a rule, than to find what was asked for."""
        asked = self.question(request.text, budget)
        try:
            found = self._ask(asked, request, budget)
        except BudgetSpent:
            return self._not_read_in_time(asked, request)
        if found.matches.is_partial or asked.parsed.tree is None:
            return found
        if not found.matches.unfiltered_total and not request.literal:
            taken = self._take_instead(asked, request, budget, wants_offers)
            if taken is not None:
                return taken
        found = self._name_missing_phrases(self._soften(found, asked, request, budget), asked, budget)
        return self._with_offers(found, asked, request, budget) if wants_offers else found

    def count(self, text: str, budget: Budget) -> int:
        """How many articles have all that a question asks for, as it is typed; 0 too when there is no time left to
        know. May raise BudgetSpent.
        """
        return self._count(text, SearchRequest(), budget)

    def _not_read_in_time(self, asked: Question, request: SearchRequest) -> Answer:
        nothing = self._searcher.search(Plan(NOTHING), request)
        return Answer(asked.text, Plan(NOTHING), replace(nothing, is_partial=True), 0, asked.parsed.notices)

    # -- what is carried out

    def _ask(self, question: Question, request: SearchRequest, budget: Budget) -> Answer:
        """Ask for all of the words; of a long question that hardly any article answers so, for most of them at once. To
        count comes cheaper than to search only to throw away what was found.
        """
        planned, plan = question.planned, question.planned.plan
        whole = self._count_whole(question, request, budget)
        if whole == 0:
            plan = Plan(NOTHING)
        elif whole and planned.relaxed and self._are_too_few(whole, question, budget):
            most = self._searcher.search(planned.relaxed, request, budget)
            if most.unfiltered_total > whole:
                return self._most(question, planned.relaxed, most, self._count_matches(question.match, request, budget))
        plan = self._typed_first(plan, question, budget)
        found = self._searcher.search(plan, request, budget)
        return Answer(question.text, plan if whole != 0 else planned.plan, found, found.total, planned.notices)

    def _typed_first(self, plan: Plan, question: Question, budget: Budget) -> Plan:
        """What was typed with marks fills the first page, if it can, before what only means the same (`tỉ` for `tỷ`, an
        abbreviation).
        """
        as_written = question.planned.as_written
        if question.is_open or plan.match in (as_written, NOTHING):
            return plan
        count = self._searcher.count(as_written, SearchRequest(), budget)
        return replace(plan, tiers=(*plan.tiers, as_written)) if count and count >= ENOUGH else plan

    def _count_whole(self, question: Question, request: SearchRequest, budget: Budget) -> int | None:
        """How many articles have all of many words; None of a few, of words to be taken literally, and where there is
        no time.
        """
        if request.literal or question.planned.loose <= FEW_WORDS:
            return None
        return self._searcher.count(question.match, SearchRequest(), budget)

    def _are_too_few(self, whole: int, question: Question, budget: Budget) -> bool:
        """Whether they are no page full, as they are spelled or are most likely to be."""
        if not question.is_open:
            return whole < ENOUGH
        as_written = self._searcher.count(question.planned.as_written, SearchRequest(), budget)
        return as_written is not None and as_written < ENOUGH

    def _soften(self, found: Answer, question: Question, request: SearchRequest, budget: Budget) -> Answer:
        """Ask for most of the words where no article has them all, even of what was to be taken literally.

        When time ran out before it was known that none has, a second search would take as long again, only to run out
        as well and to say what nobody knows.
        """
        relaxed, matches = question.planned.relaxed, found.matches
        if matches.unfiltered_total or matches.is_partial or relaxed is None:
            return found
        most = self._searcher.search(relaxed, request, budget)
        if not most.unfiltered_total:
            return replace(found, matches=replace(matches, is_partial=most.is_partial))
        return self._most(question, relaxed, most, 0)

    def _most(self, question: Question, relaxed: Plan, most: Matches, whole_matches: int) -> Answer:
        notices = (*question.planned.notices, *_how_many_words(relaxed, most, question.planned.bound))
        return Answer(question.text, relaxed, most, whole_matches, notices)

    def _name_missing_phrases(self, found: Answer, question: Question, budget: Budget) -> Answer:
        """Say what stands nowhere as it is quoted, though the archive has its words, where nothing is found."""
        if found.matches.unfiltered_total or question.planned.missing:
            return found
        quoted = [text for clause, text in question.planned.quoted if self._is_nowhere(clause, budget)]
        told = (Notice("missing_phrase", {"asked": ", ".join(quoted)}),) if quoted else ()
        return replace(found, notices=(*found.notices, *told))

    def _is_nowhere(self, clause: Clause, budget: Budget) -> bool:
        return not budget.is_spent and self._searcher.count(clause, SearchRequest(), budget) == 0

    def _take_instead(
        self, asked: Question, request: SearchRequest, budget: Budget, wants_offers: bool
    ) -> Answer | None:
        try:
            return self._find_instead(asked, request, budget, wants_offers)
        except BudgetSpent:
            return None

    def _find_instead(
        self, asked: Question, request: SearchRequest, budget: Budget, wants_offers: bool
    ) -> Answer | None:
        for text, code in self._replacements(asked, budget):
            question = self.question(text, budget)
            found = self._soften(self._ask(question, request, budget), question, request, budget)
            if found.matches.unfiltered_total:
                notice = Notice(code, {"typed": asked.text, "searched": text})
                told = (other for other in found.notices if other.code != "every_spelling")  # was said just now
                found = replace(found, notices=(notice, *told))
                if not wants_offers:
                    return found
                found = self._with_offers(found, question, request, budget)
                return replace(found, offers=(*self._ways_on(asked, text, code, request, budget), *found.offers))
        return None

    def _ways_on(
        self, asked: Question, taken: str, code: str, request: SearchRequest, budget: Budget
    ) -> Iterator[Offer]:
        """The way back to what was typed, and what else may have been meant by it."""
        yield Offer(OfferKind.LITERAL, asked.text, 0, literal=True)
        if code != "keyboard_decoded" and request.page == 1:
            yield from (offer for offer in self._correction(0, asked, request, budget) if offer.text != taken)

    def _replacements(self, asked: Question, budget: Budget) -> Iterator[tuple[str, str]]:
        """What to search instead, with the code of the notice that says so."""
        decoded = decode_keystrokes(asked.text, self._searcher.lexicon.frequency, self._searcher.article_count())
        if decoded and self._is_better(self.question(decoded, budget), asked, budget):
            yield decoded, "keyboard_decoded"
        if asked.is_open:
            return
        for text in asked.attested_spellings():
            if self._finds(text, budget):
                yield text, "spelling_taken"
        unmarked = self.question(asked.without_marks(), budget)
        if asked.syllables <= LONGEST_OPENED and unmarked.is_attested() and self._finds(unmarked.text, budget):
            yield unmarked.text, "marks_dropped"

    def _is_better(self, decoded: Question, asked: Question, budget: Budget) -> bool:
        """Whether keystrokes decoded find something, or are at least words that the archive has."""
        fewer_missing = len(decoded.planned.missing) < len(asked.planned.missing)
        return fewer_missing or bool(self._finds(decoded.text, budget))

    def _finds(self, text: str, budget: Budget) -> int:
        return self._count(text, SearchRequest(), budget)

    def _count(self, text: str, request: SearchRequest, budget: Budget) -> int:
        """How many articles a query finds; 0 too when there is no time left to know."""
        return 0 if budget.is_spent else self._count_matches(self.question(text, budget).match, request, budget)

    def _count_matches(self, match: Clause, request: SearchRequest, budget: Budget) -> int:
        return 0 if budget.is_spent else self._searcher.count(match, request, budget) or 0

    # -- what is offered

    def _with_offers(self, found: Answer, question: Question, request: SearchRequest, budget: Budget) -> Answer:
        if question.parsed.tree is None or request.page > 1 or found.matches.is_partial:
            return found
        offers: list[Offer] = []
        try:
            for each in self._offers(found, question, request, budget):
                offers.append(each)
        except BudgetSpent:
            pass
        return replace(found, offers=tuple(offers))

    def _offers(self, found: Answer, question: Question, request: SearchRequest, budget: Budget) -> Iterator[Offer]:
        """Once the budget is spent, no more of them."""
        kinds = (
            partial(self._all_words, found),
            partial(self._correction, found.whole_matches),
            self._spellings,
            partial(self._unmarked, found),
            partial(self._unquoted, found),
        )
        for offers in kinds:
            if budget.is_spent:
                return
            yield from offers(question, request, budget)

    def _all_words(self, found: Answer, question: Question, request: SearchRequest, budget: Budget) -> Iterator[Offer]:
        if any(notice.code == FEW_HAVE_ALL for notice in found.notices):
            count = self._count(question.text, request, budget)
            if count:
                yield Offer(OfferKind.ALL_WORDS, question.text, count, literal=True)

    def _spellings(self, question: Question, request: SearchRequest, budget: Budget) -> Sequence[Offer]:
        different: dict[Clause, str] = {}  # `kỹ thuật` and `kĩ thuật` find the same
        for text in question.spellings():
            different.setdefault(self.question(text, budget).match, text)
        different.pop(question.match, None)
        counted = [(text, self._count_matches(match, request, budget)) for match, text in different.items()]
        found = [Offer(OfferKind.SPELLING, text, count, literal=question.is_long) for text, count in counted if count]
        if question.syllables == 1:
            found.sort(key=lambda offer: -offer.count)
        return found[:MOST_SPELLINGS]

    def _unmarked(self, found: Answer, question: Question, request: SearchRequest, budget: Budget) -> Iterator[Offer]:
        if not question.is_open:
            text = question.without_marks()
            count = self._count(text, request, budget)
            if count > found.whole_matches:
                yield Offer(OfferKind.UNMARKED, text, count, literal=question.is_long)

    def _unquoted(self, found: Answer, question: Question, request: SearchRequest, budget: Budget) -> Iterator[Offer]:
        """The same words without quotes, where nothing is found with them; counted as they would be found."""
        if found.matches.unfiltered_total or not question.planned.quoted:
            return
        other = self.question(question.without_quotes(), budget)
        without = self._soften(self._ask(other, request, budget), other, request, budget).matches
        if without.total and not without.is_partial:
            yield Offer(OfferKind.UNQUOTED, other.text, without.total)

    def _correction(self, found: int, question: Question, request: SearchRequest, budget: Budget) -> Iterator[Offer]:
        """What was meant, where the question finds little and that finds much more.

        A few words find little, too, where hardly any article has them side by side: both words of `sử lý` stand in
        14,000 of 100,000 articles, together in five, those of `xử lý` in 14,000.
        """
        together = found > LITTLE and question.is_odd_company
        if found > LITTLE and not together:
            return
        own = self._count(_quoted(question.text), request, budget) if together else found
        enough = FAR_MORE * (own + 1) if together else MUCH_MORE * own
        for text in question.corrections() if own <= LITTLE else ():
            count = self._count(text, request, budget)
            compared = self._count(_quoted(text), request, budget) if together else count
            if compared > enough:
                yield Offer(OfferKind.CORRECTION, text, count, literal=question.is_long)
                return


def _quoted(text: str) -> str:
    return write(Phrase(text))
