"""Completion while typing: how the last words in the search box may go on.

Words of several syllables, people and places come from the lexicon; authors and titles hold the words anywhere. Every
mark that was typed is kept, and letters without one stand for any: see `goes_on`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from indexer import facets
from indexer.analysis.syllables import fold, goes_on, place_tone, place_tone_old, refines
from indexer.analysis.tokens import terms_of
from indexer.budget import Budget
from indexer.model import Completion, CompletionKind, SearchRequest
from indexer.ports import Lexicon, Searcher
from indexer.querying.plan import EVERYTHING, TITLE, AllOf, Bonus, Plan, Sequence, Spellings
from indexer.querying.typing_end import Scope, TypingEnd, find_typing_end
from indexer.ranking import NEIGHBOURS

FEWEST_LETTERS = 2
"""Before there are so many, anything may follow."""

MOST_CHARS = 200
MOST_WORDS = 8
"""Of longer runs of words nothing is completed but the end."""

MOST_AUTHORS, MOST_TITLES = 2, 3
"""So many at most beside words and names, where these are more than enough."""

LOOKED_AT = (100, 1000)
"""How many of the most frequent are looked at for those that keep the marks: some first, more where those are few."""

TITLE_ENDINGS = 50
"""Most words that a half-typed one stands for in titles."""

TITLE_SECONDS = 0.01
"""Processor time for titles: they come last, and a reader types on."""


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
    """Completes what readers type, from one state of the index. Safe to share between threads."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    def complete(self, text: str, count: int = 8) -> tuple[Completion, ...]:
        """The likeliest ways to go on, at most `count`; none of any text that nothing is known to follow."""
        typing = find_typing_end(text[:MOST_CHARS])
        if len(text) > MOST_CHARS or typing.scope is Scope.DATE or _letters(typing.words) < FEWEST_LETTERS:
            return ()
        authors = self._authors(typing)
        if typing.scope is Scope.AUTHOR and authors:
            return authors[:count]
        titles = tuple(islice(self._titles(typing), MOST_TITLES))
        words = tuple(complete_words(typing, self._searcher.lexicon, count))
        room = max(count - len(titles) - min(len(authors), MOST_AUTHORS), count // 2)
        return (*words[:room], *authors[:MOST_AUTHORS], *titles)[:count]

    # -- authors

    def _authors(self, typing: TypingEnd) -> tuple[Completion, ...]:
        """Those with most articles first."""
        typed = typing.words.lower()
        folded = f" {fold(typed)}"
        return tuple(
            Completion(CompletionKind.AUTHOR, one.name, one.articles, f'{typing.before}tác giả:"{one.name}"')
            for one in self._all_authors
            if one.goes_on(typed, folded)
        )

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
        plan = title_plan(typing.words, self._searcher.lexicon)
        if plan is None:
            return
        matches = self._searcher.search(plan, SearchRequest(page_size=MOST_TITLES), Budget(TITLE_SECONDS))
        for article_id, _ in matches.page:
            if article := self._searcher.article(article_id):
                query = typing.replaced("", article.title)
                yield Completion(CompletionKind.TITLE, article.title, 1, query, article_id)


# -- words and names


def complete_words(typing: TypingEnd, lexicon: Lexicon, count: int) -> Iterator[Completion]:
    """Words and names that begin with all that was typed, or else with as many of the last words as any does."""
    words = typing.words.split(" ")
    for start in range(max(0, len(words) - MOST_WORDS), len(words)):
        tail = " ".join(words[start:])
        if _letters(tail) < FEWEST_LETTERS or (start and not words[-1]):
            return  # too little; or all words are finished, and only all of them together say how to go on
        found = _beginning_with(tail, lexicon, count)
        if start:
            found = _after(words[start - 1], found, lexicon)
        if found:
            head = "".join(f"{word} " for word in words[:start])
            for one in found:
                yield Completion(one.kind, one.text, one.count, typing.replaced(head, one.text))
            return


def _beginning_with(typed: str, lexicon: Lexicon, count: int) -> list[Completion]:
    """The most frequent words and names that go on from what was typed, without what is there already."""
    typed = typed.lower()
    there = " ".join(map(place_tone_old, typed.split()))
    found: list[Completion] = []
    for limit in LOOKED_AT:
        candidates = lexicon.completions(fold(typed), limit)
        fitting = (one for one in candidates if typed.isascii() or goes_on(one.text.lower(), typed))
        found = [one for one in _distinct(fitting) if one.text.lower() != there]
        if len(found) >= count:
            break
    return found[:count]


def _after(word: str, found: list[Completion], lexicon: Lexicon) -> list[Completion]:
    """Those of which the archive has the first syllable right after the word, in any spelling that keeps its marks."""
    spellings = [other for term in terms_of(word.lower()) for other in lexicon.spellings(fold(term))]
    lefts = [other for other in spellings if refines(other, word.lower())]
    rights = [place_tone(one.text.lower().partition(" ")[0]) for one in found]
    counts = lexicon.pair_counts(lefts, rights).sum(axis=0).tolist()
    return [one for one, count in zip(found, counts, strict=True) if count]


def _distinct(candidates: Iterable[Completion]) -> list[Completion]:
    """One of those that differ in capitals only, and so ask the same: the name, unless it is mostly a word.

    The articles of a name are among those of the word: segmentation knows no capitals.
    """
    chosen: dict[str, Completion] = {}
    for one in candidates:
        key = one.text.lower()
        other = chosen.get(key)
        if other is None or (other.kind is CompletionKind.WORD and 2 * one.count >= other.count):
            chosen[key] = one
    return sorted(chosen.values(), key=lambda one: -one.count)


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


def _letters(text: str) -> int:
    return sum(character.isalnum() for character in text)
