"""The tree a reader wrote + the words of the archive -> the plan an engine carries out.

Here stand the rules of the language for search: a query with any mark in it is taken as written; one without marks
means every spelling, the literal one first; words that stand side by side in the query do so in the better articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from indexer.analysis.canonical import canonical
from indexer.analysis.syllables import fold, has_marks
from indexer.analysis.tokens import analyse, syllables_of
from indexer.model import Notice
from indexer.querying import nodes
from indexer.querying.authors import find_authors, join_names
from indexer.querying.parser import Parsed
from indexer.querying.plan import (
    EVERYTHING,
    NOTHING,
    TEXT_FIELDS,
    TITLE,
    AllOf,
    AnyOf,
    Bonus,
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
    WrittenClause,
)
from indexer.querying.wildcards import beginning_of, fitting, has_wildcards, patterns_of
from indexer.ranking import COMPOUND, NEIGHBOURS

PREFIX_LIMIT = 200
"""Most words a word with wildcards stands for, the most frequent ones: no query becomes slow by it."""

SPELLING_LIMIT = 64
"""Most spellings a syllable without marks stands for. Orthography allows 36 (`dan`), 100,000 articles of news hold 34
(`do`): nothing is cut off but noise, such as scanning errors and foreign letters.
"""


class Words(Protocol):
    """What the planner asks of the archive; `ports.Lexicon` says what each answer means."""

    def frequency(self, term: str) -> int: ...
    def spellings(self, folded: str) -> tuple[str, ...]: ...
    def beginning_with(self, folded_prefix: str) -> tuple[str, ...]: ...
    def author_names(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class Planned:
    """The plan, and what the reader should be told about how the query was read."""

    plan: Plan
    notices: tuple[Notice, ...]


def make_plan(parsed: Parsed, words: Words) -> Planned:
    """Work out what to look for. Never raises on a tree the parser made."""
    if parsed.tree is None:
        return Planned(Plan(EVERYTHING), parsed.notices)
    tree = join_names(parsed.tree, lambda name: find_authors(name, words.author_names()))
    marks_are_open = not any(has_marks(text) for text in _free_text(tree))
    reading = _Reading(words, marks_are_open)
    match = reading.clause(tree, TEXT_FIELDS)
    if _only_excludes(match):
        reading.notices.append(Notice("only_exclusions"))
    plan = Plan(
        match=match,
        bonuses=tuple(reading.bonuses),
        tiers=(_Reading(words, False).clause(tree, TEXT_FIELDS),) if reading.opened else (),
        relaxed=_relaxed(match),
        lit=tuple(_lit(match)),
    )
    return Planned(plan, (*parsed.notices, *reading.all_notices()))


class _Reading:
    """One walk down the tree; gathers bonuses and notices on the way."""

    def __init__(self, words: Words, marks_are_open: bool) -> None:
        self.words = words
        self.marks_are_open = marks_are_open
        self.opened = False
        self.bonuses: list[Bonus] = []
        self.notices: list[Notice] = []
        self.missing: list[str] = []

    def all_notices(self) -> list[Notice]:
        found = list(self.notices)
        if self.opened:
            found.append(Notice("every_spelling"))
        if self.missing:
            found.append(Notice("missing_words", {"words": ", ".join(dict.fromkeys(self.missing))}))
        return found

    def note(self, code: str, **values: str) -> None:
        """Tell the reader, once."""
        if (notice := Notice(code, values)) not in self.notices:
            self.notices.append(notice)

    def clause(self, node: nodes.Node, fields: tuple[str, ...]) -> Clause:
        match node:
            case nodes.Word(text) | nodes.Phrase(text):
                return self._written(text, fields)
            case nodes.Near(text, distance):
                return self._written(text, fields, distance)
            case nodes.Pattern(text):
                return self._pattern(text, fields)
            case nodes.And(parts):
                return self._all_of(parts, fields)
            case nodes.Or(parts):
                return AnyOf(tuple(self.clause(part, fields) for part in parts))
            case nodes.Not(part):
                return self._none_of(part, fields)
            case nodes.Field(nodes.FieldName.AUTHOR, part):
                return self._author(part)
            case nodes.Field(nodes.FieldName.TITLE, part):
                return self.clause(part, (TITLE,))
            case nodes.DateRange(since, until):
                return Published(since, until)
        raise AssertionError(f"unknown node {node!r}")  # the type checker proves that all are handled

    def _all_of(self, parts: tuple[nodes.Node, ...], fields: tuple[str, ...]) -> Clause:
        clauses = tuple(self.clause(part, fields) for part in parts)
        for run in _runs_of_words(parts, clauses):
            self._reward_neighbours([clause for _, clause in run])
            if not self.marks_are_open:
                self._reward_compounds(" ".join(word.text for word, _ in run))
        return AllOf(clauses)

    def _none_of(self, part: nodes.Node, fields: tuple[str, ...]) -> Clause:
        """What is excluded gives no bonus, and nobody misses a word of it."""
        reading = _Reading(self.words, self.marks_are_open)
        excluded = reading.clause(part, fields)
        self.notices.extend(notice for notice in reading.notices if notice not in self.notices)
        return EVERYTHING if excluded == EVERYTHING else NoneOf((excluded,))

    def _written(self, text: str, fields: tuple[str, ...], distance: int = 0) -> Clause:
        """What words stand for: their syllables, in order or, given a distance, near each other.

        A run without letters asks for nothing.
        """
        terms = [token.text for token in syllables_of(text)]
        if not terms:
            return EVERYTHING
        self.missing.extend(term for term in terms if not self._is_known(term))
        parts = tuple(self._spellings(term, fields) for term in terms)
        if len(parts) == 1:
            return parts[0]
        return Near(parts, distance) if distance else Sequence(parts)

    def _is_known(self, term: str) -> bool:
        if self.words.frequency(term):
            return True
        return self.marks_are_open and bool(self.words.spellings(fold(term)))

    def _spellings(self, term: str, fields: tuple[str, ...]) -> Spellings:
        if not self.marks_are_open:
            return Spellings((term,), fields)
        terms = self.words.spellings(fold(term))
        self.opened = self.opened or any(other != term for other in terms)
        if len(terms) > SPELLING_LIMIT:
            self.note("spellings_capped", word=term, limit=str(SPELLING_LIMIT))
            terms = _most_frequent(terms, term)
        return Spellings(terms or (term,), fields)

    def _pattern(self, text: str, fields: tuple[str, ...]) -> Clause:
        """Syllables with wildcards stand for all that fit; those beside them (`Covid-1*`) are as typed."""
        parts = tuple(
            self._fitting(pattern, fields) if has_wildcards(pattern) else self._spellings(pattern, fields)
            for pattern in patterns_of(text)
        )
        return parts[0] if len(parts) == 1 else Sequence(parts)

    def _fitting(self, pattern: str, fields: tuple[str, ...]) -> Spellings:
        candidates = self.words.beginning_with(fold(beginning_of(pattern)))
        terms = fitting(pattern, candidates, any_marks=self.marks_are_open)
        if len(terms) > PREFIX_LIMIT:
            self.note("prefix_capped", pattern=pattern, limit=str(PREFIX_LIMIT))
        if not terms:
            self.missing.append(pattern)
        return Spellings(tuple(terms[:PREFIX_LIMIT]) or (pattern,), fields)

    def _author(self, node: nodes.Node) -> Clause:
        match node:
            case nodes.Word(text) | nodes.Phrase(text) | nodes.Near(text) | nodes.Pattern(text):
                return self._author_named(text)
            case nodes.And(parts):
                return AllOf(tuple(self._author(part) for part in parts))
            case nodes.Or(parts):
                return AnyOf(tuple(self._author(part) for part in parts))
            case nodes.Not(part):
                return NoneOf((self._author(part),))
            case _:
                return self.clause(node, TEXT_FIELDS)

    def _author_named(self, text: str) -> Clause:
        if not syllables_of(canonical(text)):
            return EVERYTHING
        keys = find_authors(text, self.words.author_names())
        if not keys:
            self.note("unknown_author", name=text)
            return NOTHING
        return ByAuthor(keys)

    def _reward_neighbours(self, clauses: list[Spellings | Sequence]) -> None:
        for left, right in pairwise(clauses):
            pair = (_parts(left)[-1], _parts(right)[0])
            self.bonuses.append(Bonus(Sequence(pair), NEIGHBOURS))

    def _reward_compounds(self, text: str) -> None:
        for term in dict.fromkeys(analyse(canonical(text)).compounds):
            self.bonuses.append(Bonus(Compound(term), COMPOUND))


def _most_frequent(terms: tuple[str, ...], typed: str) -> tuple[str, ...]:
    """The first of the terms, which come most frequent first, as many as allowed; what was typed stays among them."""
    kept = terms[:SPELLING_LIMIT]
    return (*kept[:-1], typed) if typed in terms and typed not in kept else kept


def _parts(clause: Spellings | Sequence) -> tuple[Spellings, ...]:
    return clause.parts if isinstance(clause, Sequence) else (clause,)


def _free_text(node: nodes.Node) -> Iterator[str]:
    """What the reader typed as words of the text; names of authors and dates have rules of their own."""
    match node:
        case nodes.Word(text) | nodes.Phrase(text) | nodes.Near(text) | nodes.Pattern(text):
            yield text
        case nodes.And(parts) | nodes.Or(parts):
            for part in parts:
                yield from _free_text(part)
        case nodes.Field(nodes.FieldName.TITLE, part) | nodes.Not(part):
            yield from _free_text(part)


def _runs_of_words(
    parts: Iterable[nodes.Node], clauses: Iterable[Clause]
) -> Iterator[list[tuple[nodes.Word, Spellings | Sequence]]]:
    """The stretches of plain words with nothing between them, each word with its clause."""
    run: list[tuple[nodes.Word, Spellings | Sequence]] = []
    for part, clause in zip(parts, clauses, strict=True):
        if isinstance(part, nodes.Word) and isinstance(clause, Spellings | Sequence):
            run.append((part, clause))
        else:
            yield run
            run = []
    yield run


def _only_excludes(match: Clause) -> bool:
    parts = match.clauses if isinstance(match, AllOf) else (match,)
    return bool(parts) and all(isinstance(part, NoneOf) for part in parts)


def _relaxed(match: Clause) -> MostOf | None:
    """The same query asking for most of its words instead of all; None where that is no different."""
    if not isinstance(match, AllOf):
        return None
    text = tuple(clause for clause in match.clauses if any(_lit(clause)))
    if len(text) < 2:  # one word or none cannot be asked for in part
        return None
    return MostOf(text, tuple(clause for clause in match.clauses if clause not in text))


def _lit(clause: Clause) -> Iterator[WrittenClause]:
    """The clauses whose words a reader wants to see lit: everything looked for, nothing excluded."""
    match clause:
        case Spellings() | Sequence() | Near():
            yield clause
        case AllOf(clauses) | AnyOf(clauses):
            for part in clauses:
                yield from _lit(part)
