"""Names that mean the same (`HĐND = Hội đồng nhân dân`): lists of them, and finding them in a query. No I/O here.

A name means what stands on the same line with it, and nothing further: were `NH = ngân hàng` and `NH = nhà hàng` added
up, a bank would be a restaurant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import NamedTuple
from zlib import crc32

from indexer.analysis.canonical import canonical
from indexer.analysis.syllables import fold, is_legal, is_unmarked_syllable
from indexer.analysis.tokens import terms_of

LONGEST_NAME = 8
"""Most words of a name: `tổ chức Hợp tác và Phát triển kinh tế`."""

Terms = tuple[str, ...]
"""The words of a name as they are indexed."""


class Name(NamedTuple):
    """One way of saying it: as it was written, and its words."""

    text: str
    terms: Terms

    @property
    def is_ambiguous(self) -> bool:
        """Whether only capitals tell it from a word: `CA`, where `ca` is one; `đh` can be nothing but `ĐH`."""
        return self.text.isupper() and len(self.terms) == 1 and _reads_as_word(self.terms[0])

    @property
    def is_lost_in_text(self) -> bool:
        """Whether it cannot be told from a word in the index, which knows no capitals: `CA`, but not `ĐH`."""
        return self.is_ambiguous and is_legal(self.terms[0])


class Problem(NamedTuple):
    """A line that was left out, counted from 1; `reason` says why and what to do."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Groups:
    """What a list says: names that mean the same, names that are struck out, and the lines that say nothing."""

    same: tuple[tuple[Name, ...], ...] = ()
    struck: tuple[frozenset[Terms], ...] = ()
    problems: tuple[Problem, ...] = ()

    def without(self, struck: Iterable[frozenset[Terms]]) -> Groups:
        """The groups but those that hold all the names of a line that was struck out."""
        lines = tuple(struck)
        kept = (group for group in self.same if not any(line <= {name.terms for name in group} for line in lines))
        return Groups(tuple(kept), self.struck, self.problems)


class Match(NamedTuple):
    """`words[start:end]` of a query are a name; `others` are the words of each name that means the same."""

    start: int
    end: int
    others: tuple[Terms, ...]


# Reading a list


def read_groups(text: str) -> Groups:
    """Read a list; never raises: a line that says nothing is a problem, and the rest counts.

    A group is a line, with `=` between its names; `-` at the start of a line strikes a group out; from `#` on a line
    is a comment.
    """
    same: list[tuple[Name, ...]] = []
    struck: list[frozenset[Terms]] = []
    problems: list[Problem] = []
    for number, line in enumerate(canonical(text).split("\n"), start=1):
        written = line.partition("#")[0].strip()
        is_struck = written.startswith("-")
        names = tuple(Name(" ".join(part.split()), (*terms_of(part),)) for part in written.lstrip("-").split("="))
        if not written:
            continue
        if reason := _what_is_wrong(names, is_struck):
            problems.append(Problem(number, reason))
        elif is_struck:
            struck.append(frozenset(name.terms for name in names))
        else:
            same.append(names)
    return Groups(tuple(same), tuple(struck), tuple(problems))


def _what_is_wrong(names: tuple[Name, ...], is_struck: bool) -> str:
    if len(names) == 1 and not is_struck:
        return "says one name only; write two or more with = between them: HĐND = Hội đồng nhân dân"
    if any("\ufffd" in name.text for name in names):
        return "holds letters that cannot be read; write the line anew and save the file as UTF-8"
    if any(not name.terms for name in names):
        return "lacks a name; write one on each side of every ="
    if long := next((name for name in names if len(name.terms) > LONGEST_NAME), None):
        return f"'{long.text}' has {len(long.terms)} words; write a name of at most {LONGEST_NAME}"
    if len({name.terms for name in names}) < len(names):
        return "says the same name twice; capitals and signs make no difference, so write it once"
    return ""


# Finding names in a query


class _Meanings(NamedTuple):
    """What a name stands for: whatever its case, and what else when it is written in capitals."""

    always: tuple[Terms, ...]
    in_capitals: tuple[Terms, ...]


class Synonyms:
    """The groups, ready to be looked up. Unchanging: safe to share between threads."""

    __slots__ = ("_exact", "_folded", "digest")

    def __init__(self, groups: Iterable[tuple[Name, ...]] = ()) -> None:
        known = tuple(groups)
        self.digest = f"{crc32(repr(known).encode(errors='replace')):08x}"
        """Tells these groups from others, in every process."""
        self._exact = _Table(known, lambda terms: terms)
        self._folded = _Table(known, _fold_all)

    def find(self, terms: Sequence[str], typed: Sequence[str], is_open: bool) -> Iterator[Match]:
        """The names in a run of words, from left to right, the longest where several begin; they never overlap.

        Args:
            terms: the words as they are indexed (`tokens.terms_of`).
            typed: the same words as they were typed; their case tells `CA` (công an) from `ca`.
            is_open: the query has no marks at all, so that its words mean every spelling of them.
        """
        table = self._folded if is_open else self._exact
        words = _fold_all(terms) if is_open else tuple(terms)
        capitals = _CapitalsThatTell(words, typed, table)
        start = 0
        while start < len(words):
            match = table.match_at(start, words, capitals)
            if match:
                yield match
            start = match.end if match else start + 1


@cache
def no_synonyms() -> Synonyms:
    """For archives without a list."""
    return Synonyms()


class _Table:
    """From the words of a name, by one way of spelling them, to what it stands for."""

    def __init__(self, groups: tuple[tuple[Name, ...], ...], key: Callable[[Terms], Terms]) -> None:
        self.meanings = _gather(groups, key)
        self._lengths: dict[str, tuple[int, ...]] = {
            first: tuple(sorted({len(name) for name in names}, reverse=True))
            for first, names in _by_first_word(self.meanings).items()
        }

    def match_at(self, start: int, words: Terms, capitals: _CapitalsThatTell) -> Match | None:
        """The longest name that begins at a word, if any does."""
        for length in self._lengths.get(words[start], ()):
            end = start + length
            meanings = self.meanings.get(words[start:end]) if end <= len(words) else None
            if meanings is None:
                continue
            others = meanings.always
            if meanings.in_capitals and capitals.at(start):
                others = (*others, *meanings.in_capitals)
            if others:
                return Match(start, end, others)
        return None


def _gather(groups: tuple[tuple[Name, ...], ...], key: Callable[[Terms], Terms]) -> dict[Terms, _Meanings]:
    always: dict[Terms, list[Terms]] = defaultdict(list)
    in_capitals: dict[Terms, list[Terms]] = defaultdict(list)
    for group in groups:
        for name in group:
            found = in_capitals if name.is_ambiguous else always
            spelled = key(name.terms)
            others = (other.terms for other in group if not other.is_lost_in_text)
            found[spelled].extend(terms for terms in others if key(terms) != spelled)
    return {
        terms: _Meanings(tuple(dict.fromkeys(always.get(terms, ()))), tuple(dict.fromkeys(in_capitals.get(terms, ()))))
        for terms in dict.fromkeys(chain(always, in_capitals))
    }


def _by_first_word(names: Iterable[Terms]) -> Mapping[str, list[Terms]]:
    found: dict[str, list[Terms]] = defaultdict(list)
    for name in names:
        found[name[0]].append(name)
    return found


class _CapitalsThatTell:
    """Whether a word in capitals is an abbreviation: not where ordinary words are in capitals, too (`CA SĨ MỸ TÂM`)."""

    def __init__(self, words: Terms, typed: Sequence[str], table: _Table) -> None:
        self._words, self._typed, self._table = words, typed, table
        self._are_ordinary: bool | None = None

    def at(self, place: int) -> bool:
        if not self._typed[place].isupper():
            return False
        if self._are_ordinary is None:
            self._are_ordinary = self._has_ordinary_word_in_capitals()
        return not self._are_ordinary

    def _has_ordinary_word_in_capitals(self) -> bool:
        return any(
            typed.isupper() and (word,) not in self._table.meanings and _reads_as_word(word)
            for word, typed in zip(self._words, self._typed, strict=True)
        )


def _fold_all(terms: Sequence[str]) -> Terms:
    return tuple(map(fold, terms))


def _reads_as_word(term: str) -> bool:
    """Whether it is a syllable of the language, be it with other marks."""
    return is_unmarked_syllable(fold(term))
