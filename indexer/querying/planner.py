"""The tree a reader wrote + the words of the archive -> the plan an engine carries out.

Here stand the rules of the language for search: a query with any mark in it is taken as written; one without marks
means every spelling, the likeliest and the literal one first; i and y are one letter where both are written; what is
abbreviated is found written out and the other way round; words that stand side by side in the query do so in the
better articles, and those with the query as a phrase in their title stand above all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Sequence as ListLike
from dataclasses import dataclass, replace
from itertools import accumulate, chain, groupby, pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.canonical import canonical
from indexer.analysis.syllables import fold, has_marks, is_legal, iy_variant, place_tone_old
from indexer.analysis.tokens import analyse, syllables_of, terms_of
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
    Near,
    NoneOf,
    Plan,
    Published,
    Sequence,
    Spellings,
    Weighted,
)
from indexer.querying.relaxing import lit_in, parts_of, relax, side_by_side
from indexer.querying.respelling import Spell, respell
from indexer.querying.synonyms import Synonyms, no_synonyms
from indexer.querying.wildcards import beginning_of, fitting, has_wildcards, patterns_of
from indexer.querying.writing import write
from indexer.ranking import (
    COMPOUND,
    RESTORED,
    SYNONYM,
    TYPED,
)

PREFIX_LIMIT = 200
"""Most words a word with wildcards stands for, the most frequent ones: no query becomes slow by it."""

SHORT_NAME = 2
"""Words of a name that is as short as its abbreviation."""

SPELLING_LIMIT = 64
"""Most spellings a syllable without marks stands for. Orthography allows 36 (`dan`), 100,000 articles of news hold 34
(`do`): nothing is cut off but noise, such as scanning errors and foreign letters.
"""


class Words(Protocol):
    """What the planner asks of the archive; `ports.Lexicon` says what each answer means."""

    def frequency(self, term: str) -> int: ...
    def spellings(self, folded: str) -> tuple[str, ...]: ...
    def beginning_with(self, folded_prefix: str) -> tuple[str, ...]: ...
    def author_keys(self) -> Mapping[str, str]: ...
    def article_count(self) -> int: ...
    def pair_counts(self, lefts: ListLike[str], rights: ListLike[str]) -> NDArray[np.int64]: ...


@dataclass(frozen=True, slots=True)
class Planned:
    """The plan, and what the reader should be told about how the query was read.

    `as_written` matches the articles with every word as it is spelled, or as a query without marks is most likely to be
    spelled. `relaxed` asks for most of the words instead of all: its match is a `MostOf`; None where that is no
    different. `loose`: how many words stand there by themselves, so that most of them may do; `bound`: the other text
    that is asked for, part by part as one would type it; `quoted`: what is quoted, with how one would type it.
    `is_open`: the query has no marks, so that each of its words means every spelling. `missing` are the words that no
    article holds.
    """

    plan: Plan
    notices: tuple[Notice, ...]
    as_written: Clause = EVERYTHING
    relaxed: Plan | None = None
    loose: int = 0
    bound: tuple[str, ...] = ()
    quoted: tuple[tuple[Clause, str], ...] = ()
    is_open: bool = False
    missing: tuple[str, ...] = ()


def make_plan(parsed: Parsed, words: Words, synonyms: Synonyms | None = None, restore: Spell = tuple) -> Planned:
    """Work out what to look for. Never raises on a tree the parser made.

    Args:
        words: of the archive.
        synonyms: what means the same.
        restore: gives the likeliest spelling of words without marks.
    """
    if parsed.tree is None:
        return Planned(Plan(EVERYTHING), parsed.notices)
    tree = join_names(parsed.tree, lambda name: find_authors(name, words.author_keys()))
    is_open = is_without_marks(tree)
    reading = _Reading(words, is_open, synonyms or no_synonyms())
    match = reading.clause(tree, TEXT_FIELDS)
    if _only_excludes(match):
        reading.notices.append(Notice("only_exclusions"))
    written = [_AsWritten(tree, words)]
    if reading.opened:
        written.insert(0, _AsWritten(respell(tree, restore), words))
        reading.reward_spelling(written[0].reading)
    as_written = _any_of(each.clause for each in written)
    titles = [each.title for each in written if each.title]
    in_title = (_any_of(titles),) if titles else ()
    plan = Plan(
        match=match,
        bonuses=tuple(reading.bonuses),
        tiers=(*in_title, _any_of(each.clause for each in written)) if reading.opened else in_title,
        lit=tuple(lit_in(match)),
    )
    notices = (*parsed.notices, *reading.all_notices())
    parts = parts_of(match, reading.bound)
    return Planned(
        plan=plan,
        notices=notices,
        as_written=as_written,
        relaxed=relax(replace(plan, tiers=in_title), parts, words),
        loose=len(parts.loose),
        bound=tuple(reading.bound[clause] for clause in dict.fromkeys(parts.bound)),
        quoted=tuple(reading.quoted.items()),
        is_open=is_open,
        missing=tuple(dict.fromkeys(reading.missing)),
    )


def find_match(parsed: Parsed, words: Words, synonyms: Synonyms | None = None) -> Clause:
    """The `match` of the plan alone, for whoever only counts."""
    if parsed.tree is None:
        return EVERYTHING
    tree = join_names(parsed.tree, lambda name: find_authors(name, words.author_keys()))
    return _Reading(words, is_without_marks(tree), synonyms or no_synonyms(), has_bonuses=False).clause(
        tree, TEXT_FIELDS
    )


def is_without_marks(tree: nodes.Node) -> bool:
    """Whether the words of a query are typed without any mark, so that they mean every spelling."""
    return not any(has_marks(text) for text in _free_text(tree))


class _AsWritten:
    """The tree taken letter by letter."""

    def __init__(self, tree: nodes.Node, words: Words) -> None:
        self.reading = _Reading(words, is_open=False)
        self.clause = self.reading.clause(tree, TEXT_FIELDS)
        self.title = _title_phrase(tree)


def _any_of(clauses: Iterable[Clause]) -> Clause:
    """Any of the clauses, each of which is looked for once."""
    different = tuple(dict.fromkeys(clauses))
    return different[0] if len(different) == 1 else AnyOf(different)


def _title_phrase(tree: nodes.Node) -> Sequence | None:
    """All words of a query of several, with nothing but filters beside them, as a phrase in the title."""
    parts = tree.parts if isinstance(tree, nodes.And) else (tree,)
    words = [part for part in parts if isinstance(part, nodes.Word | nodes.Phrase)]
    if not all(isinstance(part, nodes.DateRange | nodes.Not) or part in words or _is_author(part) for part in parts):
        return None
    terms = [term for word in words for term in terms_of(canonical(word.text))]
    return Sequence(tuple(Spellings((term,), (TITLE,)) for term in terms)) if len(terms) > 1 else None


def _is_author(part: nodes.Node) -> bool:
    return isinstance(part, nodes.Field) and part.name is nodes.FieldName.AUTHOR


class _Reading:
    """One walk down the tree; gathers bonuses and notices on the way."""

    def __init__(
        self, words: Words, is_open: bool, synonyms: Synonyms | None = None, *, has_bonuses: bool = True
    ) -> None:
        """Without synonyms, not even empty ones, words are taken letter by letter."""
        self.has_bonuses = has_bonuses
        self.words = words
        self.is_open = is_open
        self.synonyms = synonyms
        self.opened = False
        self.bonuses: list[Bonus] = []
        self.notices: list[Notice] = []
        self.missing: list[str] = []
        self.words_read: list[Spellings | Sequence] = []
        self.quoted: dict[Clause, str] = {}
        self.bound: dict[Clause, str] = {}

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
            case nodes.Word():
                return self._all_of((node,), fields)
            case nodes.Phrase(text):
                return self._quoted(node, self._written(text, fields))
            case nodes.Near(text, distance):
                return self._quoted(node, self._written(text, fields, distance))
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
        clauses: list[Clause] = []
        for are_words, group in groupby(parts, lambda part: isinstance(part, nodes.Word)):
            if are_words:
                clauses += self._run([part for part in group if isinstance(part, nodes.Word)], fields)
            else:
                clauses += (self._bound(part, fields) for part in group)
        return clauses[0] if len(clauses) == 1 else AllOf(tuple(clauses))

    def _bound(self, part: nodes.Node, fields: tuple[str, ...]) -> Clause:
        """What is no loose word; one with wildcards is."""
        clause = self.clause(part, fields)
        if not isinstance(part, nodes.Pattern):
            self.bound[clause] = write(part)
        return clause

    def _quoted(self, node: nodes.Phrase | nodes.Near, clause: Clause) -> Clause:
        self.quoted[clause] = write(node)
        return clause

    def _run(self, words: list[nodes.Word], fields: tuple[str, ...]) -> list[Clause]:
        """Words with nothing between them; names that mean the same as others are one thing."""
        clauses: list[Clause] = []
        at = 0
        for first, last, name in self._names(words, fields):
            clauses += [*self._plain_words(words[at:first], fields), name]
            at = last
        clauses += self._plain_words(words[at:], fields)
        if self.has_bonuses:
            self._reward_neighbours([text for clause in clauses if (text := _as_typed(clause))])
        return clauses

    def _plain_words(self, words: list[nodes.Word], fields: tuple[str, ...]) -> list[Clause]:
        clauses = [self._written(word.text, fields) for word in words]
        if self.has_bonuses and words:
            self.words_read += (clause for clause in clauses if isinstance(clause, Spellings | Sequence))
            if not self.is_open:
                self._reward_compounds(" ".join(word.text for word in words))
        return clauses

    def _names(self, words: list[nodes.Word], fields: tuple[str, ...]) -> Iterator[tuple[int, int, Clause]]:
        """First and last + 1 of the words that are a name, and the clause: it stands there as typed, or what means the
        same does. All that is of several words stands side by side, so that each way of typing it finds the same.
        """
        texts = [canonical(word.text) for word in words]
        tokens = [[(token.text, text[token.start : token.end]) for token in syllables_of(text)] for text in texts]
        if self.synonyms is None or not any(tokens):
            return
        ends = [*accumulate(map(len, tokens))]
        begins = [0, *ends[:-1]]
        terms, typed = zip(*chain.from_iterable(tokens), strict=True)
        for found in self.synonyms.find(terms, typed, self.is_open):
            if found.start in begins and found.end in ends:
                spelled = tuple(self._spellings(term, fields) for term in terms[found.start : found.end])
                others = (Weighted(_as_written(other, fields), SYNONYM) for other in found.others)
                self._note_names(terms[found.start : found.end], found.others)
                name = AnyOf((spelled[0] if len(spelled) == 1 else Sequence(spelled), *others))
                yield begins.index(found.start), ends.index(found.end) + 1, name

    def _note_names(self, typed: tuple[str, ...], others: tuple[tuple[str, ...], ...]) -> None:
        """Say what else is looked for; of short names in full (`thành phố`) nobody needs to be told."""
        if len(typed) != SHORT_NAME:
            self.note("other_names", names=", ".join(f"“{_shown_name(other)}”" for other in others))

    def _none_of(self, part: nodes.Node, fields: tuple[str, ...]) -> Clause:
        """What is excluded gives no bonus, and nobody misses a word of it."""
        reading = _Reading(self.words, self.is_open, self.synonyms)
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
        return self.synonyms is not None and any(map(self.words.frequency, self._spellings(term, TEXT_FIELDS).terms))

    def _spellings(self, term: str, fields: tuple[str, ...]) -> Spellings:
        if self.synonyms is None:
            return Spellings((term,), fields)
        if not self.is_open:
            other = iy_variant(term)
            if other is None or not self.words.frequency(other):
                return Spellings((term,), fields)
            self.bonuses.append(Bonus(Spellings((term,), fields), TYPED))
            return Spellings((min(term, other), max(term, other)), fields)  # one clause, whichever was typed
        folded = fold(term)
        terms = self.words.spellings(folded)
        if other := iy_variant(folded):
            terms += self.words.spellings(other)
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
        terms = fitting(pattern, candidates, any_marks=self.is_open)
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
        keys = find_authors(text, self.words.author_keys())
        if not keys:
            self.note("unknown_author", name=text)
            return NOTHING
        return ByAuthor(keys)

    def _reward_neighbours(self, clauses: list[Spellings | Sequence]) -> None:
        for left, right in pairwise(clauses):
            self.bonuses.append(side_by_side(self.words, _parts(left)[-1], _parts(right)[0]))

    def reward_spelling(self, likeliest: _Reading) -> None:
        """Articles with the likeliest spelling of the words are the better ones."""
        self.bonuses += (Bonus(word, RESTORED) for word in likeliest.words_read)
        self.bonuses += likeliest.bonuses

    def _reward_compounds(self, text: str) -> None:
        for term in dict.fromkeys(analyse(canonical(text).lower()).compounds):  # in capitals it would be other words
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


def _as_typed(clause: Clause) -> Spellings | Sequence | None:
    """What was typed of a word, or of a name that others mean the same as."""
    typed = clause.clauses[0] if isinstance(clause, AnyOf) and clause.clauses else clause
    return typed if isinstance(typed, Spellings | Sequence) else None


def _shown_name(terms: tuple[str, ...]) -> str:
    text = " ".join(map(place_tone_old, terms))
    return text if len(terms) > 1 or is_legal(text) else text.upper()


def _as_written(terms: tuple[str, ...], fields: tuple[str, ...]) -> Spellings | Sequence:
    parts = tuple(Spellings((term,), fields) for term in terms)
    return parts[0] if len(parts) == 1 else Sequence(parts)


def _only_excludes(match: Clause) -> bool:
    parts = match.clauses if isinstance(match, AllOf) else (match,)
    return bool(parts) and all(isinstance(part, NoneOf) for part in parts)
