"""Abbreviations that the articles explain themselves: `Hội đồng nhân dân (HĐND)`, `HĐND (Hội đồng nhân dân)`. No I/O.

What stands beside the brackets is an explanation when its words begin with the letters of the abbreviation, in order.
That leaves out a person and a party (`Angela Merkel (CDU)`), and most abbreviations of foreign names.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, permutations
from typing import NamedTuple

from indexer.analysis.syllables import fold, has_marks
from indexer.analysis.tokens import terms_of
from indexer.querying.synonyms import LONGEST_NAME, Groups, Terms

_CAPITAL = "[A-ZĐÂÊÔƠƯĂ]"
_SHORT = re.compile(rf"{_CAPITAL}(?:(?:\s?[&.\-–/]\s?)?(?:{_CAPITAL}|[0-9])){{1,11}}")
"""An abbreviation: `HĐND`, `GD&ĐT`, `LĐ - TB & XH`, `T.Ư`."""

_SHORT_AT_END = re.compile(rf"(?<!\w)({_SHORT.pattern})\s?$")
_BRACKETS = re.compile(r"\(\s?(?:(?:gọi|viết) tắt(?: là)?:? )?([^()\n]{2,90}?)\s?\)")
_LETTER = re.compile(r"[0-9]+|[^\W\d_]")
_WORD = re.compile(r"\w+")
_JOINT = re.compile(r"\s*([&\-–/])\s*")

_STOP = re.compile(r"[^\w\s,&\-–\"“”'‘’]")
"""What an explanation never reaches across."""

_REACH = 100
"""Characters before the brackets that are looked at: eight words and those that link them."""

_LINKS = frozenset(["và", "của", "với", "về", "cho"])
"""Words that an abbreviation may pass over: `giáo dục và đào tạo (GDĐT)`."""

_FAMILY_NAMES = frozenset(
    """
    bùi cao châu chu đàm đặng đào đinh đỗ đoàn dương giang hà hồ hoàng huỳnh kiều la lâm lê lương lưu lý mã mai ngô
    nguyễn ninh nông phạm phan phùng quách tạ thái tô tôn tống trần triệu trịnh trương từ văn võ vũ vương vi
    """.split()
)


class Pair(NamedTuple):
    """An abbreviation and what it is short for, as they stand in a text."""

    short: str
    long: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pair that staff may accept: how many articles explain it so, and the id of one of them."""

    short: str
    long: str
    articles: int
    example: str

    @property
    def line(self) -> str:
        """As it is written in a list of synonyms."""
        return f"{self.short} = {self.long}"


def propose(articles: Iterable[tuple[str, Iterable[str]]], lists: Iterable[Groups], least: int = 1) -> list[Proposal]:
    """What the articles, given as id and texts, explain and the lists neither say nor strike out.

    What most articles explain comes first; what fewer than `least` do is left out.
    """
    sightings: defaultdict[_Key, _Sightings] = defaultdict(_Sightings)
    for article_id, texts in articles:
        pairs = {_key(pair): pair for text in texts if "(" in text for pair in find_pairs(text)}
        for key, pair in pairs.items():
            sightings[key].add(pair, article_id)
    is_settled = _Settled(lists)
    proposals = [found.proposal() for key, found in sightings.items() if not is_settled(key)]
    return sorted((each for each in proposals if each.articles >= least), key=lambda each: (-each.articles, each.line))


def find_pairs(text: str) -> Iterator[Pair]:
    """The abbreviations that a canonical text explains, in its order, each as often as it does."""
    for brackets in _BRACKETS.finditer(text):
        before, inside = text[max(0, brackets.start() - _REACH) : brackets.start()], brackets[1]
        pair = _read(before, inside)
        if pair and has_marks(pair.long) and not _is_person(pair.long):
            yield Pair(_JOINT.sub(r"\1", pair.short), " ".join(pair.long.split()))


def _read(before: str, inside: str) -> Pair | None:
    """The pair that brackets and the text before them make, in either order."""
    if _SHORT.fullmatch(inside):
        long = _explanation_at_end(before, inside)
        return Pair(inside, long) if long else None
    short = _SHORT_AT_END.search(before)
    if short and _explanation_at_end(inside, short[1]) == inside:
        return Pair(short[1], inside)
    return None


_Key = tuple[Terms, Terms]
"""The words of a pair: one for all its spellings."""


def _key(pair: Pair) -> _Key:
    return (*terms_of(pair.short),), (*terms_of(pair.long),)


class _Settled:
    """Tells the pairs that staff need not be asked about: they mean the same already, or were struck out."""

    def __init__(self, lists: Iterable[Groups]) -> None:
        known = tuple(lists)
        groups = chain.from_iterable(each.same for each in known)
        self._same = {pair for group in groups for pair in permutations((name.terms for name in group), 2)}
        self._struck = frozenset(chain.from_iterable(each.struck for each in known))

    def __call__(self, key: _Key) -> bool:
        short, long = key
        return key in self._same or not self._struck.isdisjoint(map(frozenset, ([short], [long], key)))


@dataclass(slots=True)
class _Sightings:
    """Where one pair was seen, and how it was written there."""

    spellings: Counter[Pair] = field(default_factory=Counter)
    example: str = ""

    def add(self, pair: Pair, article_id: str) -> None:
        self.spellings[pair] += 1
        self.example = min(self.example or article_id, article_id)

    def proposal(self) -> Proposal:
        (short, long), _ = max(self.spellings.items(), key=lambda item: (item[1], item[0]))
        return Proposal(short, long, self.spellings.total(), self.example)


def _explanation_at_end(text: str, short: str) -> str:
    """The words at the end of a text that begin with the letters of an abbreviation; "" if they do not."""
    stops = [stop.end() for stop in _STOP.finditer(text)]
    words = [*_WORD.finditer(text, stops[-1] if stops else 0)]
    first = _first_of_initials([word.group() for word in words], [_initial(each) for each in _LETTER.findall(short)])
    return text[words[first].start() : words[-1].end()] if first is not None else ""


def _first_of_initials(words: list[str], initials: list[str]) -> int | None:
    """Where the words begin that end the list and have these initials; None when they have not, or are too many."""
    place = len(words)
    for initial in reversed(initials):
        place -= 1
        while place >= 0 and _initial(words[place]) != initial and words[place] in _LINKS:
            place -= 1
        if place < 0 or _initial(words[place]) != initial:
            return None
    return place if len(words) - place <= LONGEST_NAME else None


def _initial(word: str) -> str:
    """A number whole; else the first letter, without its marks but for that of đ, which is a letter of its own."""
    if word.isdigit():
        return word
    letter = word[0].lower()
    return letter if letter == "đ" else fold(letter)


def _is_person(name: str) -> bool:
    words = name.split()
    return words[0].lower() in _FAMILY_NAMES and all(word[0].isupper() for word in words)
