"""Which characters of a text answer the query, and which passages show it best. Ranges only, never markup.

The text is analysed again rather than read from stored positions: ten results a page cost nothing, and an offset can
then not disagree with the text it points into.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Sequence as ListLike
from functools import lru_cache, partial
from itertools import accumulate, chain, islice
from typing import NamedTuple

from indexer.analysis.tokens import Token, syllables_of, terms_of
from indexer.model import Range, Snippet
from indexer.querying.plan import BODY, Near, Sequence, Spellings, WrittenClause

WINDOW = 40
"""Syllables in a snippet: about two lines on a wide page."""

CONTEXT = 8
"""Most syllables shown before the first match of a snippet."""

STRETCH = 8_000
"""Characters analysed at a time for snippets: most articles are far shorter, ten of them take a few milliseconds."""

MOST_STARTS = 200
"""In a very long passage a window begins at one of the first so many matches."""

PAGES_AT_ONCE = 8
"""Queries whose words are kept while pages are made: one for each thread that makes one."""

SENTENCE_ENDS = ".!?…:;"

Lit = ListLike[WrittenClause]

Answer = Callable[[ListLike[str], int], Iterable[int]]
"""Given the place of a clause's first word: the places of all its words, or none where the others are missing."""

BREAK = ""
"""Stands between two passages as a break does in the index, and answers nothing."""


class _Match(NamedTuple):
    """A token that answers the clause with number `clause`."""

    token: int
    clause: int


def find_ranges(text: str, lit: Lit, field: str = BODY) -> tuple[Range, ...]:
    """The ranges of `text`, in order, that match; neighbours with only blanks between them make one range."""
    return _ranges(text, _matches(terms_of(text), lit, field))


def find_ranges_in_body(texts: Iterable[str], lit: Lit) -> tuple[tuple[Range, ...], ...]:
    """The ranges of each text of one article's body; words near each other may stand in two of them."""
    texts = list(texts)
    return tuple(_ranges(text, matches) for text, matches in zip(texts, _matches_in_body(texts, lit), strict=True))


def best_snippets(passages: Iterable[str], lit: Lit, count: int = 2) -> tuple[Snippet, ...]:
    """The `count` passages that show most of the query, in reading order; the opening where nothing matches.

    Of a long article the best within the first STRETCH that has enough of them: nobody waits for the rest.
    """
    if not lit:
        return tuple(_opening(piece) for piece in islice(chain.from_iterable(map(_cut, passages)), 1))
    candidates: list[_Candidate] = []
    opening: _Piece | None = None
    for pieces in _stretches(passages):
        opening = opening or pieces[0]
        found = _matches_in_body([piece.text for piece in pieces], lit)
        candidates += [
            _Candidate(piece, matches, _best_window(matches))
            for piece, matches in zip(pieces, found, strict=True)
            if matches
        ]
        if len(candidates) >= count:
            break
    if not candidates:
        return (_opening(opening),) if opening else ()
    best = sorted(range(len(candidates)), key=lambda number: _worth(candidates[number].window), reverse=True)[:count]
    return tuple(_snippet(candidates[number]) for number in sorted(best))


class _Piece(NamedTuple):
    """A passage, or a part of a very long one; `opens` and `closes` say whether it begins and ends as the passage."""

    text: str
    opens: bool = True
    closes: bool = True


class _Candidate(NamedTuple):
    """A piece with all its matches, and those of its best window."""

    piece: _Piece
    matches: list[_Match]
    window: list[_Match]


def _stretches(passages: Iterable[str]) -> Iterator[list[_Piece]]:
    """The passages in stretches of about STRETCH characters."""
    pieces: list[_Piece] = []
    length = 0
    for piece in (piece for text in passages for piece in _cut(text)):
        pieces.append(piece)
        length += len(piece.text)
        if length >= STRETCH:
            yield pieces
            pieces, length = [], 0
    if pieces:
        yield pieces


def _cut(text: str) -> Iterator[_Piece]:
    """The text in pieces of about STRETCH characters, cut at blanks."""
    begin = 0
    while len(text) - begin > 2 * STRETCH and (end := text.find(" ", begin + STRETCH)) > 0:
        yield _Piece(text[begin:end], opens=begin == 0, closes=False)
        begin = end + 1
    yield _Piece(text[begin:], opens=begin == 0)


def _matches_in_body(texts: ListLike[str], lit: Lit) -> list[list[_Match]]:
    """The matches of each text, looked for in all texts as one."""
    joined: list[str] = []
    begins: list[int] = []
    for text in texts:
        begins.append(len(joined))
        if text:  # the index keeps no passage of an empty one
            joined += terms_of(text)
            joined.append(BREAK)
    found: list[list[_Match]] = [[] for _ in texts]
    for match in _matches(joined, lit, BODY):
        number = bisect_right(begins, match.token) - 1
        found[number].append(_Match(match.token - begins[number], match.clause))
    return found


def _matches(terms: ListLike[str], lit: Lit, field: str) -> list[_Match]:
    """Every token that answers a clause, in order."""
    words, begins = _wanted(tuple(lit), field)
    found = {(at, number) for at, term in enumerate(terms) if term in words for number in words[term]}
    if begins:
        found |= {
            (place, number)
            for at, term in enumerate(terms)
            if term in begins
            for number, answer in begins[term]
            for place in answer(terms, at)
        }
    return [_Match(token, clause) for token, clause in sorted(found)]


class _Wanted(NamedTuple):
    """The clauses that a term answers by itself, by their numbers, and those that it may begin."""

    words: Mapping[str, ListLike[int]]
    begins: Mapping[str, ListLike[tuple[int, Answer]]]


@lru_cache(PAGES_AT_ONCE * 2)
def _wanted(lit: tuple[WrittenClause, ...], field: str) -> _Wanted:
    """Worked out once for a page: with wildcards a query is lit in thousands of words."""
    words: dict[str, list[int]] = {}
    begins: dict[str, list[tuple[int, Answer]]] = {}
    for number, clause in enumerate(lit):
        if field not in clause.fields:
            continue
        if isinstance(clause, Spellings):
            for term in clause.terms:
                words.setdefault(term, []).append(number)
        else:
            first, answer = _answer(clause)
            for term in first:
                begins.setdefault(term, []).append((number, answer))
    return _Wanted(words, begins)


def _answer(clause: Sequence | Near) -> tuple[frozenset[str], Answer]:
    """The terms of the clause's first word, and what tells which places answer the clause around it."""
    first, *others = (frozenset(part.terms) for part in clause.parts)
    if isinstance(clause, Near):
        others = list(dict.fromkeys(others))
        return first, partial(_near, others, frozenset().union(*others), clause.distance)
    return first, partial(_side_by_side, others)


def _side_by_side(others: ListLike[frozenset[str]], terms: ListLike[str], at: int) -> Iterable[int]:
    places = range(at, at + 1 + len(others))
    if places.stop > len(terms):
        return ()
    return places if all(terms[place] in wanted for place, wanted in zip(places[1:], others, strict=True)) else ()


def _near(
    others: ListLike[frozenset[str]], wanted: frozenset[str], distance: int, terms: ListLike[str], at: int
) -> Iterable[int]:
    """`wanted` are all terms of the others."""
    around = range(max(0, at - distance), min(len(terms), at + distance + 1))
    places = [place for place in around if place != at and terms[place] in wanted]
    words = {terms[place] for place in places}
    return () if any(map(words.isdisjoint, others)) else (at, *places)


def _ranges(text: str, matches: Iterable[_Match]) -> tuple[Range, ...]:
    """Where the matches stand; a text without any is not looked at again."""
    matches = list(matches)
    return _ranges_of(text, syllables_of(text), matches) if matches else ()


def _ranges_of(text: str, tokens: ListLike[Token], matches: Iterable[_Match]) -> tuple[Range, ...]:
    ranges: list[Range] = []
    for index in dict.fromkeys(match.token for match in matches):
        start, end = tokens[index].start, tokens[index].end
        if ranges and text[ranges[-1][1] : start].strip() == "":
            ranges[-1] = (ranges[-1][0], end)
        else:
            ranges.append((start, end))
    return tuple(ranges)


def _best_window(matches: list[_Match]) -> list[_Match]:
    """The matches that lie within one window, from the match where that shows most (see `_worth`).

    The window slides, so that a passage full of matches costs no more than their number.
    """
    if not matches:
        return matches
    places = [match.token for match in matches]
    held = set(places)
    going_on = [0, *accumulate(place + 1 in held for place in places)]
    shown: Counter[int] = Counter()
    best, best_worth = (0, 0), (0, 0, 0)
    end = 0
    for start, first in enumerate(matches[:MOST_STARTS]):
        limit = first.token + WINDOW - CONTEXT
        while end < len(matches) and places[end] < limit:
            shown[matches[end].clause] += 1
            end += 1
        side_by_side = going_on[bisect_left(places, limit - 1, start, end)] - going_on[start]
        worth = (len(shown), side_by_side, end - start)
        if worth > best_worth:
            best, best_worth = (start, end), worth
        shown[first.clause] -= 1
        if not shown[first.clause]:
            del shown[first.clause]
    return matches[slice(*best)]


def _worth(window: list[_Match]) -> tuple[int, int, int]:
    """Different clauses shown, then matches side by side, then matches."""
    clauses = {match.clause for match in window}
    places = {match.token for match in window}
    side_by_side = sum(1 for match in window if match.token + 1 in places)
    return len(clauses), side_by_side, len(window)


def _snippet(candidate: _Candidate) -> Snippet:
    """What the window shows, with a little before and after it; every match in what is shown is lit."""
    piece = candidate.piece
    text, tokens = piece.text, syllables_of(piece.text)
    first = _sentence_start(text, tokens, candidate.window[0].token)
    last = min(first + WINDOW, len(tokens))
    start = 0 if first == 0 else tokens[first].start
    end = len(text) if last == len(tokens) else _after_punctuation(text, tokens[last - 1].end)
    shown = [match for match in candidate.matches if first <= match.token < last]
    ranges = tuple((a - start, b - start) for a, b in _ranges_of(text, tokens, shown))
    opens, closes = piece.opens and first == 0, piece.closes and end == len(text)
    return Snippet(text[start:end], ranges, opens=opens, closes=closes)


def _sentence_start(text: str, tokens: ListLike[Token], match: int) -> int:
    """The nearest start of a sentence at most CONTEXT syllables before the match, else CONTEXT before it."""
    earliest = max(0, match - CONTEXT)
    for index in range(match, earliest, -1):
        if any(mark in text[tokens[index - 1].end : tokens[index].start] for mark in SENTENCE_ENDS):
            return index
    return earliest


def _after_punctuation(text: str, end: int) -> int:
    while end < len(text) and text[end] in '.,;:!?…)”"’»':
        end += 1
    return end


def _opening(piece: _Piece) -> Snippet:
    text, tokens = piece.text, syllables_of(piece.text)
    if len(tokens) <= WINDOW:
        return Snippet(text, closes=piece.closes)
    return Snippet(text[: _after_punctuation(text, tokens[WINDOW - 1].end)], closes=False)
