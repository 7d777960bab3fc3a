"""Completion while typing: how what stands in the search box may go on, as a whole question that finds something.

Words of several syllables, people and places come from the lexicon (`word_completion`); authors and titles hold the
words anywhere. Every mark that was typed is kept, and letters without one stand for any: see `goes_on`. What stands
before the words that are completed is never lost. Words before them that were typed without marks, in a question
without any, get those that they most likely have there, but only where the archive is sure: one spelling is ten times
as likely as the next there, or in more than three times as many articles. Where it is not sure, nothing gets marks, so
that the question still means every spelling.

Every question offered is counted first, as a search counts it, and left out where it finds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from indexer import facets
from indexer.analysis.syllables import fold, goes_on, has_marks, refines
from indexer.analysis.tokens import terms_of
from indexer.budget import Budget, BudgetSpent
from indexer.model import Completion, CompletionKind, SearchRequest
from indexer.ports import Lexicon, Searcher
from indexer.querying.keystrokes import decode_keystrokes
from indexer.querying.plan import EVERYTHING, TITLE, AllOf, Bonus, Plan, Sequence, Spellings
from indexer.querying.typing_end import Scope, TypingEnd, find_typing_end
from indexer.ranking import FEW_WORDS, NEIGHBOURS
from indexer.word_completion import FEWEST_LETTERS, MOST_WORDS, WayOn, letters, ways_on

MOST_CHARS = 200

MOST_AUTHORS, MOST_TITLES = 2, 3
"""So many at most beside words and names, where these are more than enough."""

TITLE_ENDINGS = 50
"""Most words that a half-typed one stands for in titles."""

TITLE_SECONDS = 0.01
"""Processor time for titles: they come last, and a reader types on."""

COUNT_SECONDS = 0.02
"""Processor time for counting what the questions find; what is not counted in time is not offered."""

MUCH_MORE = 3
"""Of several spellings that are about as likely the one is sure that more than so many times as many articles have."""

Count = Callable[[str, Budget], int]
"""How many articles have all that a question asks for. May raise BudgetSpent."""

_Choose = Callable[[TypingEnd, WayOn, Budget], tuple[str, int | None]]
"""What to write for a way on, and how many articles that finds; None where it is not to be offered."""


class _Author(NamedTuple):
    """`forms` are the name in small letters and the keys of those who are the same author, each with its form without
    marks, with a blank before that; `articles` how many there are."""

    name: str
    forms: tuple[tuple[str, str], ...]
    articles: int

    def goes_on(self, typed: str, folded: str) -> bool:
        """Whether what was typed is the beginning of some words of it."""
        return any(folded in bare and _any_word_goes_on(form, typed) for form, bare in self.forms)


class Completer:
    """Completes what readers type, from one state of the index. Safe to share between threads.

    Args:
        searcher: over the index.
        count: of the same index.
    """

    def __init__(self, searcher: Searcher, count: Count) -> None:
        self._searcher, self._count = searcher, count

    def complete(self, text: str, count: int = 8) -> tuple[Completion, ...]:
        """The likeliest ways to go on, at most `count`; none of any text that nothing is known to follow.

        What nothing follows as it stands is read as typed with the input method off.
        """
        if len(text) > MOST_CHARS:
            return ()
        if found := self._complete(text, count):
            return found
        lexicon = self._searcher.lexicon
        decoded = decode_keystrokes(text, lexicon.frequency, self._searcher.article_count())
        return self._complete(decoded, count, restores=True) if decoded else ()

    def _complete(self, text: str, count: int, *, restores: bool = False) -> tuple[Completion, ...]:
        typing = find_typing_end(text)
        if typing.scope is Scope.DATE or letters(typing.words) < FEWEST_LETTERS:
            return ()
        budget = Budget(COUNT_SECONDS, 2 * COUNT_SECONDS)
        if typing.scope is Scope.AUTHOR and (authors := tuple(islice(self._authors(typing, budget), count))):
            return authors
        authors = tuple(islice(self._authors(typing, budget), MOST_AUTHORS))
        ways = ways_on(typing.words, self._searcher.lexicon, count, restores=restores or not has_marks(typing.words))
        words = self._words(typing, ways, count, budget)
        titles = tuple(islice(self._titles(typing), MOST_TITLES))
        room = max(count - len(titles) - len(authors), count // 2)
        return (*words[:room], *authors, *titles)[:count]

    # -- words and names

    def _words(
        self, typing: TypingEnd, ways: Iterable[list[WayOn]], count: int, budget: Budget
    ) -> tuple[Completion, ...]:
        """Those of the first group that has any whose question finds something, as far as there is time to know."""
        try:
            for group in ways:
                for choose in (self._spelled, self._unmarked):
                    if budget.is_spent:
                        return ()
                    if found := tuple(islice(self._finding(typing, group, choose, budget), count)):
                        return found
        except BudgetSpent:
            pass
        return ()

    def _finding(self, typing: TypingEnd, group: list[WayOn], choose: _Choose, budget: Budget) -> Iterator[Completion]:
        offered = {_plain(f"{typing.before}{typing.field}{typing.words}")}
        for way in group:
            text, found = choose(typing, way, budget)
            query = typing.replaced(text)
            if found is not None and _plain(query) not in offered:
                offered.add(_plain(query))
                yield Completion(way.kind, text, found, query)
            if budget.is_spent:
                return

    def _spelled(self, typing: TypingEnd, way: WayOn, budget: Budget) -> tuple[str, int | None]:
        """The only spelling, or the one that far more articles have than any other beside what follows."""
        before = way.before[0]
        if len(way.before) > 1:
            counted = [(self._count(f'{each} "{way.end}"', budget), each) for each in way.before]
            (next_most, _), (most, before) = sorted(counted)[-2:]
            if most <= MUCH_MORE * next_most:
                return "", None
        text = way.after(before)
        return text, self._found(typing, way, text, budget)

    def _unmarked(self, typing: TypingEnd, way: WayOn, budget: Budget) -> tuple[str, int | None]:
        """Without marks, where it is not sure which it has."""
        if len(way.before) == 1:
            return "", None
        return way.unmarked, self._found(typing, way, way.unmarked, budget)

    def _found(self, typing: TypingEnd, way: WayOn, text: str, budget: Budget) -> int | None:
        """How many articles have all of the question with these words; 0 where none has, but a search finds those with
        most of the words; None where it would find nothing, or what was typed would be excluded in vain.
        """
        if typing.is_excluded and not self._count(f'"{text}"', budget):
            return None
        if found := self._count(typing.replaced(text), budget):
            return found
        is_long = not (typing.before.strip() or typing.field) and len(terms_of(text.lower())) > FEW_WORDS
        return 0 if is_long and way.is_attested else None

    # -- authors

    def _authors(self, typing: TypingEnd, budget: Budget) -> Iterator[Completion]:
        """Those with most articles first."""
        typed = typing.words.lower()
        folded = f" {fold(typed)}"
        for one in self._all_authors:
            if one.goes_on(typed, folded):
                query = f'{typing.before}tác giả:"{one.name}"'
                if found := self._by(one, typing, query, budget):
                    yield Completion(CompletionKind.AUTHOR, one.name, found, query)

    def _by(self, author: _Author, typing: TypingEnd, query: str, budget: Budget) -> int:
        if not typing.before:
            return author.articles
        try:
            return 0 if budget.is_spent else self._count(query, budget)
        except BudgetSpent:
            return 0

    @cached_property
    def _all_authors(self) -> list[_Author]:
        """Every author, those with most articles first."""
        counts = self._searcher.search(Plan(EVERYTHING), SearchRequest(page_size=1)).counts[facets.AUTHOR]
        forms = {key: [name.lower()] for key, name in self._searcher.lexicon.author_names().items()}
        for key, listed in self._searcher.lexicon.author_keys().items():
            if key != listed:
                forms[listed].append(key)
        found = [
            _Author(name.replace('"', ""), tuple((form, f" {fold(form)}") for form in forms[key]), counts.get(key, 0))
            for key, name in self._searcher.lexicon.author_names().items()
        ]
        return sorted(found, key=lambda author: (-author.articles, author.name))

    # -- titles

    def _titles(self, typing: TypingEnd) -> Iterator[Completion]:
        """None where something else is asked for before: a title leads to its article, and would forget it."""
        plan = None if typing.before.strip(QUOTES) else title_plan(typing.words, self._searcher.lexicon)
        if plan is None:
            return
        matches = self._searcher.search(plan, SearchRequest(page_size=MOST_TITLES), Budget(TITLE_SECONDS))
        for article_id, _ in matches.page:
            if article := self._searcher.article(article_id):
                query = typing.replaced(article.title)
                yield Completion(CompletionKind.TITLE, article.title, 1, query, article_id)


QUOTES = ' "“”„«»'


def _plain(query: str) -> str:
    """What is left of a question without what makes no difference."""
    return " ".join(query.lower().replace('"', " ").split())


# -- titles


def title_plan(words: str, lexicon: Lexicon) -> Plan | None:
    """Titles that hold the words, the last of which may be half typed; None of fewer than two, or where one is unknown.

    Those that hold them side by side come first.
    """
    terms = terms_of(words.lower())
    if not FEWEST_LETTERS <= len(terms) <= MOST_WORDS:
        return None
    last = lexicon.spellings if words.endswith(" ") else lexicon.beginning_with
    parts = [*(_spelled(term, lexicon.spellings, refines) for term in terms[:-1]), _spelled(terms[-1], last, goes_on)]
    if not all(part.terms for part in parts):
        return None
    return Plan(AllOf(tuple(parts)), bonuses=(Bonus(Sequence(tuple(parts)), 2 * NEIGHBOURS),))


def _spelled(term: str, find: Callable[[str], tuple[str, ...]], keeps_marks: Callable[[str, str], bool]) -> Spellings:
    found = (other for other in find(fold(term)) if term.isascii() or keeps_marks(other, term))
    return Spellings(tuple(islice(found, TITLE_ENDINGS)), (TITLE,))


def _any_word_goes_on(name: str, typed: str) -> bool:
    words = name.split()
    return any(goes_on(" ".join(words[start:]), typed) for start in range(len(words)))
