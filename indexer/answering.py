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
from functools import cached_property, partial
from itertools import pairwise
from math import log

from indexer.analysis.canonical import canonical
from indexer.analysis.syllables import fold
from indexer.analysis.tokens import syllables_of
from indexer.budget import Budget
from indexer.model import Notice, Offer, OfferKind, SearchRequest
from indexer.notices import FEW_HAVE_ALL
from indexer.ports import Lexicon, Matches, Searcher
from indexer.querying.authors import find_authors, join_names
from indexer.querying.keystrokes import decode_keystrokes
from indexer.querying.nodes import And, Phrase, Word
from indexer.querying.parser import Parsed, parse
from indexer.querying.plan import AllOf, Clause, MostOf, Plan
from indexer.querying.planner import Planned, find_match, is_without_marks, make_plan
from indexer.querying.respelling import respell, runs
from indexer.querying.synonyms import Synonyms
from indexer.querying.writing import write
from indexer.ranking import FEW_WORDS
from indexer.suggesting.corrections import corrections
from indexer.suggesting.spellings import likely_spellings, stand_together

MOST_SPELLINGS = 6
"""Other spellings that are offered; of a long query only the likeliest, as nobody tells so many long lines apart."""

MUCH_LESS_LIKELY = log(1000)
"""How much less likely than the likeliest a spelling is too far-fetched to be offered, as a natural logarithm. Among
100,000 articles `hoả` for `khánh hoa` is 100,000 times less likely than `hoà`, `hoá` 1,000 times, `dượng` for `duong`
1,300 times less likely than `đường`."""

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

FAR_MORE = 100
"""The same, where the words of the query are found, though not side by side: what is rare is seldom wrong. So 0.5 % of
1,000 pieces of headlines get a suggestion, 1.3 % if three times as much is enough, 0.3 % without this."""


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


class Question:
    """One reading of a text; worked out step by step, as far as it is needed."""

    def __init__(self, text: str, lexicon: Lexicon, synonyms: Synonyms) -> None:
        self.text = text
        self._lexicon, self._synonyms = lexicon, synonyms

    @cached_property
    def parsed(self) -> Parsed:
        parsed = parse(self.text)
        if parsed.tree is None:
            return parsed
        return replace(parsed, tree=join_names(parsed.tree, self._find_authors))

    @cached_property
    def planned(self) -> Planned:
        return make_plan(self.parsed, self._lexicon, self._synonyms, self._restore)

    @cached_property
    def match(self) -> Clause:
        """What articles have to match, without what ranks them."""
        return find_match(self.parsed, self._lexicon, self._synonyms)

    @property
    def is_open(self) -> bool:
        return self.parsed.tree is not None and is_without_marks(self.parsed.tree)

    @property
    def clauses(self) -> int:
        """How many things are asked for, words and phrases."""
        match = self.planned.plan.match
        return len(match.clauses) if isinstance(match, AllOf) else 1

    @cached_property
    def syllables(self) -> int:
        return sum(map(len, runs(self.parsed.tree)))

    @property
    def is_long(self) -> bool:
        """Whether most of its words will do."""
        return self.syllables > FEW_WORDS

    def spellings(self) -> Iterator[str]:
        """Other spellings of the whole query that keep every mark typed, the likeliest first: those one may mean."""
        count = 1 if self.is_long else SPELLINGS_TRIED
        return self._respelled(partial(likely_spellings, self._lexicon, count=count, within=MUCH_LESS_LIKELY))

    def attested_spellings(self) -> Iterator[str]:
        """The same, however unlikely: those whose words the archive has side by side."""
        return self._respelled(self._attested)

    def is_attested(self) -> bool:
        """Whether the archive has the words side by side in some spelling."""
        return all(self._attested(run) for run in runs(self.parsed.tree))

    def corrections(self) -> Iterator[str]:
        """What may have been meant instead; a name that the archive knows the meaning of is meant."""
        if self._is_name():
            return iter(())
        return self._respelled(partial(corrections, self._lexicon, count=3))

    @property
    def is_odd_company(self) -> bool:
        """Whether it is but a few words with marks, two of which hardly ever stand side by side in the archive."""
        words = self.parsed.tree.parts if isinstance(self.parsed.tree, And) else ()
        if self.is_open or self.is_long or not all(isinstance(word, Word) for word in words):
            return False
        pairs = pairwise(term for run in runs(self.parsed.tree) for term in run)
        return any(self._lexicon.pair_counts((left,), (right,))[0, 0] <= LITTLE for left, right in pairs)

    def without_marks(self) -> str:
        return fold(self.text)

    def _restore(self, terms: Sequence[str]) -> Sequence[str]:
        found = likely_spellings(self._lexicon, terms, 1)
        return found[0] if found else terms

    def _is_name(self) -> bool:
        text = canonical(self.text)
        tokens = syllables_of(text)
        typed = [text[token.start : token.end] for token in tokens]
        return len(tokens) == 1 and any(self._synonyms.find([tokens[0].text], typed, self.is_open))

    def _find_authors(self, name: str) -> tuple[str, ...]:
        return find_authors(name, self._lexicon.author_names())

    def _attested(self, terms: Sequence[str]) -> list[tuple[str, ...]]:
        found = likely_spellings(self._lexicon, terms, SPELLINGS_TRIED)
        return [each for each in found if stand_together(self._lexicon, terms, each)]

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

    def question(self, text: str) -> Question:
        return Question(text, self._searcher.lexicon, self._synonyms())

    def answer(self, request: SearchRequest, budget: Budget) -> Answer:
        asked = self.question(request.text)
        found = self._carry_out(asked, request, budget)
        if found.matches.is_partial or asked.parsed.tree is None:
            return found
        if not found.matches.unfiltered_total and not request.literal:
            taken = self._take_instead(asked, request, budget)
            if taken is not None:
                return taken
        return self._with_offers(self._soften(found, asked, request, budget), asked, request, budget)

    # -- what is carried out

    def _carry_out(self, question: Question, request: SearchRequest, budget: Budget) -> Answer:
        planned = question.planned
        matches = self._searcher.search(planned.plan, request, budget)
        return Answer(question.text, planned.plan, matches, matches.total, planned.notices)

    def _soften(self, found: Answer, question: Question, request: SearchRequest, budget: Budget) -> Answer:
        """Ask for most of the words instead of all: of a few words where no article has them all, of many where hardly
        any has. What was to be taken literally stays as it is, unless there is nothing.

        When time ran out before it was known how many have them all, a second search would take as long again, only to
        run out as well and to say what nobody knows.
        """
        relaxed, matches = question.planned.relaxed, found.matches
        if relaxed is None or matches.is_partial or not self._has_too_few(found, question, request, budget):
            return found
        most = self._searcher.search(relaxed, request, budget)
        if most.unfiltered_total <= matches.unfiltered_total:
            return replace(found, matches=replace(matches, is_partial=most.is_partial))
        return replace(found, plan=relaxed, matches=most, notices=(*found.notices, _how_many_words(relaxed, most)))

    def _has_too_few(self, found: Answer, question: Question, request: SearchRequest, budget: Budget) -> bool:
        if not found.matches.unfiltered_total:
            return True
        if request.literal or question.clauses <= FEW_WORDS:
            return False
        if not question.is_open:
            return found.matches.unfiltered_total < ENOUGH
        whole = self._searcher.count(question.planned.as_written, SearchRequest(), budget)
        return whole is not None and whole < ENOUGH

    def _take_instead(self, asked: Question, request: SearchRequest, budget: Budget) -> Answer | None:
        for text, code in self._replacements(asked, budget):
            question = self.question(text)
            found = self._soften(self._carry_out(question, request, budget), question, request, budget)
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
        yield Offer(OfferKind.LITERAL, asked.text, 0, literal=True)
        if code != "keyboard_decoded" and request.page == 1:
            yield from (offer for offer in self._correction(asked, 0, request, budget) if offer.text != taken)

    def _replacements(self, asked: Question, budget: Budget) -> Iterator[tuple[str, str]]:
        """What to search instead, with the code of the notice that says so."""
        decoded = decode_keystrokes(asked.text, self._searcher.lexicon.frequency, self._searcher.article_count())
        if decoded and self._is_better(self.question(decoded), asked, budget):
            yield decoded, "keyboard_decoded"
        if asked.is_open:
            return
        for text in asked.attested_spellings():
            if self._finds(text, budget):
                yield text, "spelling_taken"
        unmarked = self.question(asked.without_marks())
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
        return self._count_matches(self.question(text).match, request, budget)

    def _count_matches(self, match: Clause, request: SearchRequest, budget: Budget) -> int:
        return 0 if budget.is_spent else self._searcher.count(match, request, budget) or 0

    # -- what is offered

    def _with_offers(self, found: Answer, question: Question, request: SearchRequest, budget: Budget) -> Answer:
        if question.parsed.tree is None or request.page > 1 or found.matches.is_partial:
            return found
        offers = (
            *self._all_words(found, question, request, budget),
            *self._correction(question, found.whole_matches, request, budget),
            *self._spellings(question, request, budget),
            *self._unmarked(found, question, request, budget),
        )
        return replace(found, offers=offers)

    def _all_words(self, found: Answer, question: Question, request: SearchRequest, budget: Budget) -> Iterator[Offer]:
        if any(notice.code == FEW_HAVE_ALL for notice in found.notices):
            count = self._count(question.text, request, budget)
            if count:
                yield Offer(OfferKind.ALL_WORDS, question.text, count, literal=True)

    def _spellings(self, question: Question, request: SearchRequest, budget: Budget) -> Sequence[Offer]:
        different: dict[Clause, str] = {}  # `kỹ thuật` and `kĩ thuật` find the same
        for text in question.spellings():
            different.setdefault(self.question(text).match, text)
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

    def _correction(self, question: Question, found: int, request: SearchRequest, budget: Budget) -> Iterator[Offer]:
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
