"""Authors of an archive that may be one, each with a reason that can be shown. No I/O.

Names alone prove nothing: these are proposals for people who know the staff. Two who sign the same article are never
proposed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple, Protocol

from indexer.analysis.canonical import canonical
from indexer.analysis.syllables import fold, is_legal
from indexer.analysis.tokens import terms_of
from indexer.author_merges import Key
from indexer.sources.agencies import is_agency

SHORTEST_SQUEEZED = 4
"""Letters of a name that is looked for written apart and together: shorter ones are initials."""

FREQUENT, RARE, TIMES = 10, 2, 20
"""A name with so few articles may be a slip for one with so many, and so many times as many."""

SHORTEST_SLIP = 6
"""Letters of a name in which one of them may be a slip."""

SEVERAL = 3
"""So many names with a word that has marks show that it is one without them only by mistake."""

SHOWN = 3
"""So many of the names that initials fit are named."""

KNOWN_NAMES = (
    ("TTXVN", "Thông tấn xã Việt Nam", "Thông tấn xã"),
    ("Tân Hoa Xã", "THX", "Xinhua"),
    ("VOV", "Đài Tiếng nói Việt Nam"),
    ("VTV", "Đài Truyền hình Việt Nam"),
    ("QĐND", "Quân đội nhân dân", "Báo Quân đội nhân dân"),
    ("PV", "P.V", "P/v", "Phóng viên"),
    ("Nhóm phóng viên", "Nhóm PV"),
    ("CTV", "Cộng tác viên"),
    ("The New York Times", "New York Times", "NY Times"),
)
"""Names of one agency, or of nobody in particular. A site (`Vietnam+`) is not its agency."""


class Author(NamedTuple):
    """An author as they are listed, with the number of their articles."""

    key: Key
    name: str
    articles: int


class Company(Protocol):
    """Who signs with whom, asked for pairs that look alike only."""

    def together(self, one: Key, other: Key) -> int:
        """Articles that both sign."""
        ...

    def partners(self, key: Key) -> Mapping[Key, int]:
        """Who else signs the author's articles, and how many of them."""
        ...


@dataclass(frozen=True, slots=True)
class Proposal:
    """A group that staff may accept: the names, the one to be listed first, how many articles each has, and why."""

    names: tuple[str, ...]
    articles: tuple[int, ...]
    reasons: tuple[str, ...]

    @property
    def line(self) -> str:
        """As it is written in a list of authors."""
        return " = ".join(self.names)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A name that fits several others, so that none is proposed."""

    name: str
    articles: int
    fits: tuple[str, ...]
    reason: str


class Findings(NamedTuple):
    """What may be one, those with most articles first, and what cannot be told."""

    proposals: list[Proposal]
    doubts: list[Doubt]


class _Pair(NamedTuple):
    """`other` may be listed under `listed`."""

    other: Author
    listed: Author
    reason: str


_Found = Iterator[_Pair | Doubt]


def propose(
    authors: Iterable[Author],
    company: Company,
    apart: Collection[frozenset[Key]] = (),
    same_names: Iterable[Sequence[str]] = (),
) -> Findings:
    """What may be one among the authors of an archive.

    Args:
        authors: as they are listed now.
        company: of these authors.
        apart: pairs of keys that staff say are two people.
        same_names: names that mean the same, from other lists.
    """
    known = sorted(authors, key=lambda author: (-author.articles, author.key))
    nobody = {_terms(name) for name in chain.from_iterable(KNOWN_NAMES)}
    people = [author for author in known if not is_agency(author.name) and _terms(author.key) not in nobody]

    def may_be_one(found: _Pair | Doubt) -> bool:
        if isinstance(found, Doubt):
            return True
        keys = found.other.key, found.listed.key
        return frozenset(keys) not in apart and not company.together(*keys)

    ways = (
        _written_alike(known),
        _with_house_words(known),
        _known_names(known, chain(KNOWN_NAMES, same_names)),
        _without_marks(people),
        _slips(people),
        _without_middle(people, company),
    )
    found = list(filter(may_be_one, chain.from_iterable(ways)))
    found += filter(may_be_one, _by_initials(people, _firsts(_pairs_in(found))))
    proposals = sorted(map(_proposal, _grouped(_pairs_in(found))), key=lambda each: (-sum(each.articles), each.line))
    return Findings(proposals, [each for each in found if isinstance(each, Doubt)])


def _pairs_in(found: Iterable[_Pair | Doubt]) -> list[_Pair]:
    return [each for each in found if isinstance(each, _Pair)]


def _grouped(pairs: Iterable[_Pair]) -> Iterable[list[_Pair]]:
    """Pairs that share an author are one group: a name stands in one line only."""
    group_of: dict[Key, list[_Pair]] = {}
    for pair in pairs:
        joined = [*group_of.get(pair.listed.key, []), pair]
        joined += [each for each in group_of.get(pair.other.key, []) if each not in joined]
        for each in joined:
            group_of[each.other.key] = group_of[each.listed.key] = joined
    return {id(group): group for group in group_of.values()}.values()


def _ranked(pairs: Sequence[_Pair]) -> list[Author]:
    """Whom no pair lists under another comes first, else who has most articles."""
    authors = {author.key: author for pair in pairs for author in (pair.listed, pair.other)}
    others = {pair.other.key for pair in pairs}
    return sorted(authors.values(), key=lambda author: (author.key in others, -author.articles, author.key))


def _firsts(pairs: Iterable[_Pair]) -> dict[Key, Author]:
    """Who comes first in their group, by the key of each in it."""
    ranked = map(_ranked, _grouped(pairs))
    return {author.key: group[0] for group in ranked for author in group}


def _proposal(pairs: Sequence[_Pair]) -> Proposal:
    ranked = _ranked(pairs)
    return Proposal(
        tuple(author.name for author in ranked),
        tuple(author.articles for author in ranked),
        tuple(dict.fromkeys(pair.reason for pair in pairs)),
    )


# What makes two names one


def _by_initials(people: Sequence[Author], firsts: Mapping[Key, Author]) -> _Found:
    """`N.V.A`, `N.Thanh`: fits one full name, in all its spellings, or too many."""
    full: defaultdict[tuple[str, ...], list[Author]] = defaultdict(list)
    for author in people:
        if "." not in author.key:
            full[_initials(_words(author))].append(author)
    for author in people:
        parts = _words(author)
        if "." not in author.key or len(parts) < 2 or not any(len(part) == 1 for part in parts):
            continue
        fits = dict.fromkeys(
            firsts.get(other.key, other)
            for other in full.get(_initials(parts), ())
            if all(len(part) == 1 or part == word for part, word in zip(parts, _words(other), strict=True))
        )
        yield from _only(author, [*fits], "its initials fit nobody else", "its initials fit several")


def _without_marks(people: Sequence[Author]) -> _Found:
    """`Nguyen Van A`: names with more marks that have the same letters; the words must be odd without them."""
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    alike: defaultdict[str, list[Author]] = defaultdict(list)
    for author in people:
        alike[fold(author.key)].append(author)
        for word in _words(author) if fold(author.key) != author.key else ():
            bearers[word].add(fold(author.key))
    for group in alike.values():
        for author in group if len(group) > 1 else ():
            fits = [(other, odd) for other in group if (odd := _marks_lost(author, other, bearers))]
            reason = f"the same but for marks, and nobody is called '{fits[0][1]}'" if fits else ""
            yield from _only(author, [other for other, _ in fits], reason, "with marks it may be several")


def _marks_lost(less: Author, more: Author, bearers: Mapping[str, Collection[str]]) -> str:
    """A word that `less` has lost the marks of, and that is no name like that; "" if there is none.

    It is none if it is no syllable, or if several are called so with marks and nobody else without.
    """
    changed = [(one, other) for one, other in zip(_words(less), _words(more), strict=False) if one != other]
    if any(one != fold(other) or len(one) == 1 for one, other in changed):
        return ""
    own = {fold(less.key)}
    return next(
        (
            one
            for one, other in changed
            if not is_legal(one) or (len(bearers.get(other, ())) >= SEVERAL and not {*bearers.get(one, ())} - own)
        ),
        "",
    )


def _written_alike(authors: Sequence[Author]) -> _Found:
    """`Aljazeera` and `Al Jazeera`, `Hà Mi` and `Hà My`."""
    for shape, reason in ((_squeezed, "the same but for blanks and signs"), (_with_i, "the same but for i and y")):
        alike: defaultdict[str, list[Author]] = defaultdict(list)
        for author in authors:
            if form := shape(author.key):
                alike[form].append(author)
        for most, *others in alike.values():
            yield from (_Pair(other, most, reason) for other in others)


def _with_house_words(authors: Sequence[Author]) -> _Found:
    """`Báo Nhân Dân` and `Nhân Dân`, `The Guardian` and `Guardian`."""
    by_key = {author.key: author for author in authors}
    for author in authors:
        for word in ("báo ", "tạp chí ", "đài ", "the "):
            bare = by_key.get(author.key.removeprefix(word)) if author.key.startswith(word) else None
            if bare:
                most, other = sorted((author, bare), key=lambda each: -each.articles)
                yield _Pair(other, most, f"the same but for '{word.strip()}'")


def _known_names(authors: Sequence[Author], groups: Iterable[Sequence[str]]) -> _Found:
    by_terms = {_terms(author.key): author for author in authors}
    for names in groups:
        found = {author.key: author for name in names if (author := by_terms.get(_terms(name)))}
        most = max(found.values(), key=lambda author: author.articles, default=None)
        yield from (
            _Pair(other, most, "names that mean the same") for other in found.values() if most and other != most
        )


def _slips(people: Sequence[Author]) -> _Found:
    """One letter that is too many, missing, wrong or out of place, in a name that is rare beside the other."""
    frequent: defaultdict[str, list[Author]] = defaultdict(list)
    for author in people:
        if author.articles >= FREQUENT:
            for form in _one_letter_less(author.key):
                frequent[form].append(author)
    for author in people:
        if author.articles > RARE or len(author.key) < SHORTEST_SLIP or "." in author.key:
            continue
        near = {other.key: other for form in _one_letter_less(author.key) for other in frequent.get(form, ())}
        fits = [other for other in near.values() if other != author and _is_slip(author, other)]
        if len(fits) == 1:
            yield _Pair(author, fits[0], "one letter apart, and hardly ever written so")


def _is_slip(rare: Author, frequent: Author) -> bool:
    """Whether one word is no syllable as it is rarely written, or is one of three that begins the same."""
    if rare.articles * TIMES > frequent.articles or not _is_one_letter_apart(rare.key, frequent.key):
        return False
    words, others = _words(rare), _words(frequent)
    changed = [(word, other) for word, other in zip(words, others, strict=False) if word != other]
    if len(words) != len(others) or len(changed) != 1:
        return len(words) != len(others)  # a blank too many, or none
    word, other = changed[0]
    return (is_legal(other) and not is_legal(word)) or (len(words) >= 3 and word[0] == other[0] and word != fold(other))


def _without_middle(people: Sequence[Author], company: Company) -> _Found:
    """`Nguyễn A` and `Nguyễn Văn A`, who sign with the same person."""
    longer: defaultdict[tuple[str, str], list[Author]] = defaultdict(list)
    for author in people:
        if len(words := _words(author)) == 3 and "." not in author.key:
            longer[words[0], words[2]].append(author)
    for author in people:
        words = _words(author)
        fits = longer.get((words[0], words[1]), ()) if len(words) == 2 and "." not in author.key else ()
        if len(fits) == 1 and (both := _common_partner(author, fits[0], people, company)):
            yield _Pair(author, fits[0], f"lacks the middle name, and signs with {both}, too")


def _common_partner(one: Author, other: Author, people: Sequence[Author], company: Company) -> str:
    own, others = company.partners(one.key), company.partners(other.key)
    common = (each.name for each in people if each.key in own and each.key in others)
    return next(common, "")


def _only(author: Author, fits: Sequence[Author], reason: str, doubt: str) -> _Found:
    """A pair, where just one fits."""
    if len(fits) == 1:
        yield _Pair(author, fits[0], reason)
    elif fits:
        yield Doubt(author.name, author.articles, tuple(each.name for each in fits[:SHOWN]), doubt)


# Forms of names

_WORD = re.compile(r"[^\W_]+")
_SINGLE_VOWEL = re.compile(r"(?:qu|[bcdđghklmnpqrstvx]{1,3})[iíìỉĩị]")
_Y_AS_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")


def _words(author: Author) -> list[str]:
    return _WORD.findall(author.key)


def _initials(words: Sequence[str]) -> tuple[str, ...]:
    """First letters without marks; đ is a letter of its own."""
    return tuple(word[0] if word[0] == "đ" else fold(word[0]) for word in words)


def _squeezed(key: Key) -> str:
    letters = "".join(_WORD.findall(key))
    return letters if len(letters) >= SHORTEST_SQUEEZED else ""


def _with_i(key: Key) -> str:
    """`hà my` -> `hà mi`: a syllable with no other vowel sounds the same with both."""

    def respelled(word: re.Match[str]) -> str:
        other = word.group().translate(_Y_AS_I)
        return other if _SINGLE_VOWEL.fullmatch(other) else word.group()

    return _WORD.sub(respelled, key)


def _terms(name: str) -> tuple[str, ...]:
    return (*terms_of(canonical(name).lower()),)


def _one_letter_less(key: Key) -> set[str]:
    return {key, *(key[:at] + key[at + 1 :] for at in range(len(key)))}


def _is_one_letter_apart(one: str, other: str) -> bool:
    """One letter inserted, dropped, replaced, or two neighbours swapped."""
    if len(one) == len(other):
        differing = [at for at in range(len(one)) if one[at] != other[at]]
        if len(differing) == 2:
            first, second = differing
            return second == first + 1 and (one[first], one[second]) == (other[second], other[first])
        return len(differing) == 1
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and short in _one_letter_less(long)
