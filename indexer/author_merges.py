"""Authors that are one: what staff's list says, and what follows for keys, requests and plans. No I/O here.

A line is a group: the name all are listed under, then the others, with = between them. Lines may build on each other:
who is listed under a name that a later line lists under another, is listed under that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from zlib import crc32

from indexer.analysis.canonical import canonical
from indexer.model import Article, Choice, SearchRequest
from indexer.querying.plan import AllOf, AnyOf, ByAuthor, Clause, MostOf, NoneOf, Plan, Weighted
from indexer.sources.signatures import author_key

Key = str
"""See `signatures.author_key`."""


@dataclass(frozen=True, slots=True)
class Merges:
    """Which authors are one. Unchanging: safe to share between threads.

    `listed_under` gives the key an author is listed under, for every key of a group, that one included; `names` how
    each of those is called.
    """

    listed_under: Mapping[Key, Key] = field(default_factory=dict)
    names: Mapping[Key, str] = field(default_factory=dict)
    members: Mapping[Key, tuple[Key, ...]] = field(default_factory=dict, compare=False)

    def __bool__(self) -> bool:
        return bool(self.listed_under)

    @property
    def digest(self) -> str:
        """Tells these merges from others, in every process."""
        said = repr((sorted(self.listed_under.items()), sorted(self.names.items())))
        return f"{crc32(said.encode(errors='replace')):08x}"

    def key(self, key: Key) -> Key:
        """The key under which an author is listed."""
        return self.listed_under.get(key, key)

    def all_of(self, keys: Iterable[Key]) -> tuple[Key, ...]:
        """The keys, and all others of the same authors."""
        found = (self.members.get(self.key(key), (key,)) for key in keys)
        return tuple(dict.fromkeys(key for group in found for key in group))


NO_MERGES = Merges()


class Problem(NamedTuple):
    """A line that was left out, counted from 1; `reason` says why and what to do."""

    line: int
    reason: str


class Named(NamedTuple):
    """A name as it was written, and its key."""

    name: str
    key: Key


@dataclass(frozen=True, slots=True)
class MergeList:
    """What a list says: groups, the one all are listed under first; pairs that are two people; lines left out."""

    groups: tuple[tuple[Named, ...], ...] = ()
    apart: frozenset[frozenset[Key]] = frozenset()
    problems: tuple[Problem, ...] = ()

    @property
    def merges(self) -> Merges:
        parents = _Parents()
        for group in self.groups:
            parents.add(group, 0)
        members: dict[Key, list[Key]] = {}
        for key in parents:
            members.setdefault(parents.root(key), []).append(key)
        listed = {key: root for root, keys in members.items() for key in keys}
        written = {each.key: each.name for group in reversed(self.groups) for each in group}
        names = {root: written[root] for root in members}
        return Merges(listed, names, {root: (*keys,) for root, keys in members.items()})


# Reading a list


def read_merges(text: str) -> MergeList:
    """Read a list; never raises: a line that says nothing is a problem, and the rest counts.

    `Nguyễn Văn A = N.V.A` says that both are one; `- Hà My = Hà Mi` that they are two, however alike; from `#` on a
    line is a comment.
    """
    parents = _Parents()
    groups: list[tuple[Named, ...]] = []
    apart: set[frozenset[Key]] = set()
    problems: list[Problem] = []
    for number, line in enumerate(canonical(text).split("\n"), start=1):
        written = line.partition("#")[0].strip()
        if not written:
            continue
        are_two = written.startswith("-")
        names = (" ".join(part.split()) for part in written.removeprefix("-").split("="))
        group = tuple(Named(name, author_key(name)) for name in names)
        if reason := _what_is_wrong(group) or ("" if are_two else parents.objection(group)):
            problems.append(Problem(number, reason))
        elif are_two:
            apart.update(frozenset((one.key, other.key)) for one in group for other in group if one.key < other.key)
        else:
            parents.add(group, number)
            groups.append(group)
    return MergeList(tuple(groups), frozenset(apart), tuple(problems))


def well_formed(before: str, lines: Iterable[str]) -> tuple[list[str], dict[str, str]]:
    """The lines that may be added to a list, and why the others may not: line -> reason."""
    text, known = before, len(read_merges(before).problems)
    good: list[str] = []
    wrong: dict[str, str] = {}
    for line in lines:
        if len(problems := read_merges(f"{text}\n{line}").problems) > known:
            wrong[line] = problems[-1].reason
        else:
            good.append(line)
            text = f"{text}\n{line}"
    return good, wrong


def _what_is_wrong(group: tuple[Named, ...]) -> str:
    if len(group) == 1:
        return "says one name only; write two or more with = between them: Nguyễn Văn A = N.V.A"
    if any("\ufffd" in each.name for each in group):
        return "holds letters that cannot be read; write the line anew and save the file as UTF-8"
    if any(not any(map(str.isalnum, each.name)) for each in group):
        return "lacks a name; write one on each side of every ="
    if len({each.key for each in group}) < len(group):
        return "says the same name twice; capitals and the place of the tone make no difference, so write it once"
    return ""


class _Parents:
    """Who is listed under whom, as far as the lines were read."""

    def __init__(self) -> None:
        self._parent: dict[Key, Key] = {}
        self._line: dict[Key, int] = {}

    def __iter__(self) -> Iterator[Key]:
        return iter(self._parent)

    def root(self, key: Key) -> Key:
        while (parent := self._parent.get(key, key)) != key:
            key = parent
        return key

    def objection(self, group: tuple[Named, ...]) -> str:
        """Why a group cannot be added; "" if it can."""
        first, *others = group
        root, own = self.root(first.key), {each.key for each in group}
        for other in others:
            if other.key == root:
                where = self._line[first.key]
                return f"goes round in a circle: line {where} lists '{first.name}' under '{other.name}'; remove one"
            above = self.root(other.key)
            if above not in (other.key, root) and above not in own:
                where = self._line[other.key]
                return f"lists '{other.name}' under a second name; line {where} says another: leave it in one of them"
        return ""

    def add(self, group: tuple[Named, ...], line: int) -> None:
        first, *others = group
        self._parent.setdefault(first.key, first.key)
        for other in others:
            if self.root(other.key) != self.root(first.key):
                self._parent[other.key] = first.key
                self._line[other.key] = line


# What follows


def listed_names(names: Mapping[Key, str], merges: Merges) -> dict[Key, str]:
    """The authors of an archive as they are listed: of those that are one, the one, called as staff call it."""
    if not merges:
        return dict(names)
    return {merges.key(key): merges.names.get(merges.key(key), name) for key, name in names.items()}


def listed_keys(names: Mapping[Key, str], merges: Merges) -> dict[Key, Key]:
    """Every key by which an author of an archive may be asked for -> the key they are listed under."""
    return {other: merges.key(key) for key in names for other in merges.all_of((key,))}


def signed_under(article: Article, merges: Merges) -> Article:
    """The article with its authors under the keys they are listed under; the names stay as they were printed."""
    if not merges or all(merges.key(author.key) == author.key for author in article.authors):
        return article
    return replace(article, authors=tuple(replace(each, key=merges.key(each.key)) for each in article.authors))


def widen_request(request: SearchRequest, merges: Merges) -> SearchRequest:
    """The request with every key of the authors it chooses or excludes."""
    author = request.author
    if not merges or not author:
        return request
    return replace(request, author=Choice(merges.all_of(author.include), merges.all_of(author.exclude)))


def widen_plan(plan: Plan, merges: Merges) -> Plan:
    """The plan with every key of the authors it asks for."""
    if not merges:
        return plan
    match, tiers = plan.match, tuple(widen(tier, merges) for tier in plan.tiers)
    if isinstance(match, MostOf):
        clauses, required = _widen_all(match.clauses, merges), _widen_all(match.required, merges)
        return replace(plan, match=replace(match, clauses=clauses, required=required), tiers=tiers)
    return replace(plan, match=widen(match, merges), tiers=tiers)


def widen(clause: Clause, merges: Merges) -> Clause:
    """The clause with every key of the authors it asks for."""
    if not merges:
        return clause
    match clause:
        case ByAuthor(keys):
            return ByAuthor(merges.all_of(keys))
        case AllOf(clauses) | AnyOf(clauses) | NoneOf(clauses):
            return replace(clause, clauses=_widen_all(clauses, merges))
        case Weighted(part):
            return replace(clause, clause=widen(part, merges))
        case _:
            return clause


def _widen_all(clauses: tuple[Clause, ...], merges: Merges) -> tuple[Clause, ...]:
    return tuple(widen(clause, merges) for clause in clauses)
