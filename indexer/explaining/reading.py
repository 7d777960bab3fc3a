"""An article's words with the places they stand in, and what a clause finds among them. Pure.

The article is analysed again, as for highlighting: an index says how often a word stands in it, not where.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Sequence as ListLike
from dataclasses import dataclass
from operator import contains
from typing import NamedTuple

from indexer.analysis.tokens import syllables_of
from indexer.documents import PASSAGE_BREAK
from indexer.explanation import Part, Place
from indexer.model import Article
from indexer.querying.plan import BODY, TITLE, Near, Sequence, Spellings, WrittenClause

Key = Callable[[str], str]
"""What of a term is compared: all of it, or all but its marks."""


class Passage(NamedTuple):
    """A stretch of text that no phrase goes beyond."""

    part: Part
    number: int
    text: str


class Spot(NamedTuple):
    """A term, and where in its passage it stands."""

    term: str
    start: int
    end: int
    passage: Passage


class Text:
    """The spots of each text field in the order of the index; breaks between passages are spots, too.

    What is compared of each spot is worked out once, however many clauses are asked for.
    """

    def __init__(self, spots: Mapping[str, ListLike[Spot]]) -> None:
        self.spots = spots
        self._read: dict[tuple[str, Key], Keyed] = {}

    def keyed(self, field: str, key: Key) -> Keyed:
        if (field, key) not in self._read:
            keys = [key(spot.term) for spot in self.spots[field]]
            places: dict[str, list[int]] = {}
            for at, each in enumerate(keys):
                places.setdefault(each, []).append(at)
            self._read[field, key] = Keyed(keys, places)
        return self._read[field, key]


class Keyed(NamedTuple):
    """The key of each spot of a field, and the places of each key, ascending."""

    keys: ListLike[str]
    places: Mapping[str, ListLike[int]]

    def of_any(self, wanted: Iterable[str]) -> list[int]:
        """Where any of the keys stands, ascending."""
        return sorted(at for each in wanted for at in self.places.get(each, ()))


class Occurrence(NamedTuple):
    """One place that answers a clause: the terms that do, and how they are printed there."""

    passage: Passage
    terms: tuple[str, ...]
    printed: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """One spelling that answers a clause, and all of its places."""

    terms: tuple[str, ...]
    printed: str
    places: tuple[Place, ...]


def read(article: Article) -> Text:
    """The article as the index has it (see `documents.to_document`)."""
    return Text({TITLE: _spots([Passage(Part.TITLE, 1, article.title)]), BODY: _spots(_passages(article))})


def _passages(article: Article) -> Iterator[Passage]:
    yield Passage(Part.LEAD, 1, article.lead)
    for number, text in enumerate(article.paragraphs, 1):
        yield Passage(Part.PARAGRAPH, number, text)
    for number, caption in enumerate(article.captions, 1):
        yield Passage(Part.CAPTION, number, f"{caption.text} {caption.credit}".strip())
    for author in article.authors:
        yield Passage(Part.BYLINE, 1, author.name)


def _spots(passages: Iterable[Passage]) -> list[Spot]:
    spots: list[Spot] = []
    for passage in passages:
        if not passage.text:
            continue
        if spots:
            spots.append(Spot(PASSAGE_BREAK, 0, 0, passage))
        spots += (Spot(token.text, token.start, token.end, passage) for token in syllables_of(passage.text))
    return spots


# What a clause finds


def occurrences(clause: WrittenClause, text: Text, key: Key = str) -> list[Occurrence]:
    """Where the clause is answered, when terms with the same key count as the same."""
    return [
        found for field in clause.fields for found in _in_field(clause, text.spots[field], text.keyed(field, key), key)
    ]


def _in_field(clause: WrittenClause, spots: ListLike[Spot], keyed: Keyed, key: Key) -> Iterator[Occurrence]:
    match clause:
        case Spellings():
            yield from (_side_by_side(spots[at : at + 1]) for at in keyed.of_any(_keys(clause, key)))
        case Sequence(parts):
            first, *others = (_keys(part, key) for part in parts)
            for at in keyed.of_any(first):
                following = keyed.keys[at + 1 : at + len(parts)]
                if len(following) == len(others) and all(map(contains, others, following)):
                    yield _side_by_side(spots[at : at + len(parts)])
        case Near(parts, distance):
            for places_found in _gathered([_keys(part, key) for part in parts], keyed):
                if max(abs(place - places_found[0]) for place in places_found) <= distance:
                    yield _apart([spots[place] for place in places_found])


def nearest(clause: Near, text: Text) -> int | None:
    """The least distance at which the words would be near each other; None where no field has them all."""
    distances = [
        max(abs(place - places[0]) for place in places)
        for field in clause.fields
        for places in _gathered([_keys(part, str) for part in clause.parts], text.keyed(field, str))
    ]
    return min(distances, default=None)


def _gathered(parts: ListLike[frozenset[str]], keyed: Keyed) -> Iterator[list[int]]:
    """For each place of the first part: that place, and the nearest of every other part."""
    first, *others = map(keyed.of_any, parts)
    for at in first:
        around = [_on_both_sides(places, at) for places in others]
        if all(around):
            yield [at, *(min(places, key=lambda place: abs(place - at)) for places in around)]


def _on_both_sides(places: ListLike[int], at: int) -> ListLike[int]:
    """The last of the places before this one and the first after it, as far as there are any."""
    before, after = bisect_left(places, at), bisect_right(places, at)
    return [*places[max(0, before - 1) : before], *places[after : after + 1]]


def _keys(part: Spellings, key: Key) -> frozenset[str]:
    return frozenset(map(key, part.terms))


def _side_by_side(spots: ListLike[Spot]) -> Occurrence:
    first, last = spots[0], spots[-1]
    printed = first.passage.text[first.start : last.end]
    return Occurrence(first.passage, tuple(spot.term for spot in spots), printed)


def _apart(spots: ListLike[Spot]) -> Occurrence:
    """Words near each other, in the order they were asked for."""
    printed = " … ".join(spot.passage.text[spot.start : spot.end] for spot in spots)
    return Occurrence(spots[0].passage, tuple(spot.term for spot in spots), printed)


def sightings(found: Iterable[Occurrence]) -> list[Sighting]:
    """The occurrences by spelling, the most frequent first; capitals make no difference."""
    by_spelling: dict[str, list[Occurrence]] = {}
    for each in found:
        by_spelling.setdefault(each.printed.lower(), []).append(each)
    ordered = sorted(by_spelling.values(), key=len, reverse=True)
    return [Sighting(each[0].terms, _usual(each), _places(each)) for each in ordered]


def _usual(found: ListLike[Occurrence]) -> str:
    """As it is printed most often; without capitals where that is as frequent."""
    printed = Counter(each.printed for each in found)
    return max(printed, key=lambda form: (printed[form], form.islower(), form))


def _places(found: Iterable[Occurrence]) -> tuple[Place, ...]:
    counts = Counter((each.passage.part, each.passage.number) for each in found)
    return tuple(Place(part, number, count) for (part, number), count in counts.items())
