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
from functools import cached_property, lru_cache, partial

from indexer.analysis.syllables import fold
from indexer.budget import UNLIMITED, Budget, BudgetSpent
from indexer.budgeted import BudgetedWords
from indexer.model import Notice, Offer, OfferKind, SearchRequest
from indexer.notices import FEW_HAVE_ALL
from indexer.ports import Matches, Searcher
from indexer.querying.keystrokes import decode_keystrokes
from indexer.querying.parser import Parsed, parse
from indexer.querying.plan import NOTHING, AllOf, Clause, MostOf, Plan
from indexer.querying.planner import Planned, find_match, is_without_marks, make_plan
from indexer.querying.respelling import respell, runs
from indexer.querying.synonyms import Synonyms
from indexer.querying.writing import write
from indexer.ranking import FEW_WORDS
from indexer.suggesting.corrections import corrections
from indexer.suggesting.spellings import likely_spellings, stand_together

MOST_SPELLINGS = 6
"""Other spellings that are offered."""

SPELLINGS_TRIED = 10
"""Likely spellings that are counted, to find those the archive has."""

LONGEST_OPENED = 4
"""Syllables of a query with marks that is searched without them when it finds nothing: of a longer one, articles with
most of its words as they are spelled are nearer to what was meant than those with all of them in any spelling."""

ENOUGH = 10
"""A long query that so many articles answer with all of its words asks for all of them: a page full."""

LITTLE = 5
"""A query that finds more articles gets no "did you mean"."""

MUCH_MORE = 3
"""A correction is offered when it finds so many times what the query finds."""

LONGEST_CORRECTED = 16
"""Words in a run that is corrected: a longer one is a passage, not a query, and each word takes some milliseconds."""

RUNS_KEPT = 1024
"""Runs of words whose likely spellings are kept: who turns a page or chooses a year asks the same again."""

Run = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was searched, how, what it matches, and what the reader should be told and offered."""

    searched: str
    plan: Plan
    matches: Matches
    notices: tuple[Notice, ...]
    offers: tuple[Offer, ...] = ()

    @property
    def whole_matches(self) -> int:
        """How many articles match all that was asked for, not only most of it."""
        return 0 if isinstance(self.plan.match, MostOf) else self.matches.total


class Question:
    """One reading of a text; worked out step by step, as far as it is needed."""

    def __init__(
        self, text: str, words: BudgetedWords, synonyms: Synonyms, likely: Callable[[Run], Sequence[Run]]
    ) -> None:
        self.text = text
        self._words, self._synonyms, self._likely = words, synonyms, likely

    @cached_property
    def parsed(self) -> Parsed:
        return parse(self.text)

    @cached_property
    def planned(self) -> Planned:
        return make_plan(self.parsed, self._words, self._synonyms, self._restore)

    @cached_property
    def match(self) -> Clause:
        """What articles have to match, without what ranks them."""
        return find_match(self.parsed, self._words, self._synonyms)

    @property
    def is_open(self) -> bool:
        return self.parsed.tree is not None and is_without_marks(self.parsed.tree)

    @cached_property
    def syllables(self) -> int:
        return sum(map(len, runs(self.parsed.tree)))

    def spellings(self, *, are_attested: bool = False) -> Iterator[str]:
        """Other spellings of the whole query that keep every mark typed, the likeliest first; all of them, or those
        whose words the archive has side by side.
        """
        return self._respelled(partial(self._spell, are_attested=are_attested))

    def is_attested(self) -> bool:
        """Whether the archive has the words side by side in some spelling."""
        return all(self._spell(run, are_attested=True) for run in runs(self.parsed.tree))

    def corrections(self) -> Iterator[str]:
        return self._respelled(self._correct)

    def without_marks(self) -> str:
        return fold(self.text)

    def _restore(self, terms: Sequence[str]) -> Sequence[str]:
        found = self._likely(tuple(terms))
        return found[0] if found else terms

    def _spell(self, terms: Sequence[str], *, are_attested: bool) -> Sequence[Run]:
        found = self._likely(tuple(terms))
        return [each for each in found if stand_together(self._words, terms, each)] if are_attested else found

    def _correct(self, terms: Sequence[str]) -> Sequence[Run]:
        return corrections(self._words, terms, 3) if len(terms) <= LONGEST_CORRECTED else ()

    def _respelled(self, spell_all: Callable[[Sequence[str]], Sequence[Sequence[str]]]) -> Iterator[str]:
        tree = self.parsed.tree
        if tree is None:
            return
        spelled = {run: [*spell_all(run)] or [run] for run in runs(tree)}

        def nth(number: int, run: Sequence[str]) -> Sequence[str]:
            choices = spelled[tuple(run)]
            return choices[min(number, len(choices) - 1)]

        most = max(map(len, spelled.values()), default=0)
        texts = dict.fromkeys(write(respell(tree, partial(nth, number))) for number in range(most))
        yield from (text for text in texts if text != write(tree))


def _how_many_words(relaxed: Plan, most: Matches) -> Notice:
    """What to say where most of the words were asked for."""
    assert isinstance(relaxed.match, MostOf)  # noqa: S101 - narrows the type; the planner made it so
    wanted, least = len(relaxed.match.clauses), relaxed.match.least(most.words_found)
    values = {"found": str(most.words_found), "wanted": str(wanted), "least": str(least)}
    return Notice("most_words" if most.words_found < wanted else FEW_HAVE_ALL, values)


class Answerer:
    """Answers questions to one archive. Safe to share between threads."""

    def __init__(self, searcher: Searcher, synonyms: Callable[[], Synonyms]) -> None:
        self._searcher, self._synonyms = searcher, synonyms
        self._likely = lru_cache(RUNS_KEPT)(partial(likely_spellings, searcher.lexicon, count=SPELLINGS_TRIED))

    def question(self, text: str, budget: Budget = UNLIMITED) -> Question:
        """What is worked out for it raises BudgetSpent once the budget is overdrawn."""
        return Question(text, BudgetedWords(self._searcher.lexicon, budget), self._synonyms(), self._likely)

    def answer(self, request: SearchRequest, budget: Budget) -> Answer:
        asked = self.question(request.text, budget)
        try:
            found = self._ask(asked, request, budget)
        except BudgetSpent:
            return self._not_read_in_time(asked, request)
        if found.matches.is_partial or asked.parsed.tree is None:
            return found
        if not found.matches.unfiltered_total and not request.literal:
            taken = self._take_instead(asked, request, budget)
            if taken is not None:
                return taken
        return self._with_offers(self._soften(found, asked, request, budget), asked, request, budget)

    def _not_read_in_time(self, asked: Question, request: SearchRequest) -> Answer:
        nothing = self._searcher.search(Plan(NOTHING), request)
        return Answer(asked.text, Plan(NOTHING), replace(nothing, is_partial=True), asked.parsed.notices)

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
            return self._ask_for_most(planned.relaxed, question, request, budget)
        found = self._searcher.search(plan, request, budget)
        return Answer(question.text, planned.plan, found, planned.notices)

    def _ask_for_most(self, relaxed: Plan, question: Question, request: SearchRequest, budget: Budget) -> Answer:
        found = self._searcher.search(relaxed, request, budget)
        told = (_how_many_words(relaxed, found),) if found.unfiltered_total else ()
        return Answer(question.text, relaxed, found, (*question.planned.notices, *told))

    def _count_whole(self, question: Question, request: SearchRequest, budget: Budget) -> int | None:
        """How many articles have all of many words; None of a few, of words to be taken literally, and where there is
        no time.
        """
        match = question.planned.plan.match
        if request.literal or not isinstance(match, AllOf) or len(match.clauses) <= FEW_WORDS:
            return None
        return self._searcher.count(match, SearchRequest(), budget)

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
        most = self._ask_for_most(relaxed, question, request, budget)
        if not most.matches.unfiltered_total:
            return replace(found, matches=replace(matches, is_partial=most.matches.is_partial))
        return most

    def _take_instead(self, asked: Question, request: SearchRequest, budget: Budget) -> Answer | None:
        try:
            return self._find_instead(asked, request, budget)
        except BudgetSpent:
            return None

    def _find_instead(self, asked: Question, request: SearchRequest, budget: Budget) -> Answer | None:
        for text, code in self._replacements(asked, budget):
            question = self.question(text, budget)
            found = self._soften(self._ask(question, request, budget), question, request, budget)
            if found.matches.unfiltered_total:
                notice = Notice(code, {"typed": asked.text, "searched": text})
                told = (other for other in found.notices if other.code != "every_spelling")  # was said just now
                found = self._with_offers(replace(found, notices=(notice, *told)), question, request, budget)
                return replace(found, offers=(*self._ways_on(asked, text, code, request, budget), *found.offers))
        return None

    def _ways_on(
        self, asked: Question, taken: str, code: str, request: SearchRequest, budget: Budget
    ) -> Iterator[Offer]:
        """The way back to what was typed, and what else may have been meant by it."""
        yield Offer(OfferKind.LITERAL, asked.text, 0)
        if code != "keyboard_decoded":
            yield from (offer for offer in self._correction(0, asked, request, budget) if offer.text != taken)

    def _replacements(self, asked: Question, budget: Budget) -> Iterator[tuple[str, str]]:
        """What to search instead, with the code of the notice that says so."""
        decoded = decode_keystrokes(asked.text, self._searcher.lexicon.frequency, self._searcher.article_count())
        if decoded and self._is_better(self.question(decoded, budget), asked, budget):
            yield decoded, "keyboard_decoded"
        if asked.is_open:
            return
        for text in asked.spellings(are_attested=True):
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
        if budget.is_spent:
            return 0
        return self._searcher.count(self.question(text, budget).match, request, budget) or 0

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
        )
        for offers in kinds:
            if budget.is_spent:
                return
            yield from offers(question, request, budget)

    def _all_words(self, found: Answer, question: Question, request: SearchRequest, budget: Budget) -> Iterator[Offer]:
        if any(notice.code == FEW_HAVE_ALL for notice in found.notices):
            count = self._count(question.text, request, budget)
            if count:
                yield Offer(OfferKind.ALL_WORDS, question.text, count)

    def _spellings(self, question: Question, request: SearchRequest, budget: Budget) -> Sequence[Offer]:
        counted = [(text, self._count(text, request, budget)) for text in question.spellings()]
        found = sorted((each for each in counted if each[1]), key=lambda each: -each[1])
        return [Offer(OfferKind.SPELLING, text, count) for text, count in found[:MOST_SPELLINGS]]

    def _unmarked(self, found: Answer, question: Question, request: SearchRequest, budget: Budget) -> Iterator[Offer]:
        if not question.is_open:
            text = question.without_marks()
            count = self._count(text, request, budget)
            if count > found.whole_matches:
                yield Offer(OfferKind.UNMARKED, text, count)

    def _correction(self, found: int, question: Question, request: SearchRequest, budget: Budget) -> Iterator[Offer]:
        """What was meant, where the question finds little and that finds much more."""
        if found > LITTLE:
            return
        for text in question.corrections():
            count = self._count(text, request, budget)
            if count > MUCH_MORE * found:
                yield Offer(OfferKind.CORRECTION, text, count)
                return
