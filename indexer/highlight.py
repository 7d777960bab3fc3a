"""Which characters of a text answer the query, and which passages show it best. Ranges only, never markup.

The text is analysed again rather than read from stored positions: ten results a page cost nothing, and an offset can
then not disagree with the text it points into.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Sequence as ListLike
from dataclasses import dataclass

from indexer.analysis.tokens import Token, syllables_of
from indexer.model import Range, Snippet
from indexer.querying.plan import BODY, Sequence, Spellings

WINDOW = 40
"""Syllables in a snippet: about two lines on a wide page."""

CONTEXT = 8
"""Most syllables shown before the first match of a snippet."""

SENTENCE_ENDS = ".!?…:;"

Lit = ListLike[Spellings | Sequence]


@dataclass(frozen=True, slots=True)
class _Match:
    """A token that answers the clause with number `clause`."""

    token: int
    clause: int


def find_ranges(text: str, lit: Lit, field: str = BODY) -> tuple[Range, ...]:
    """The ranges of `text`, in order, that match; neighbours with only blanks between them make one range."""
    tokens = syllables_of(text)
    return _ranges(text, tokens, _matches(tokens, _begins(lit, field)))


def best_snippets(passages: Iterable[str], lit: Lit, count: int = 2) -> tuple[Snippet, ...]:
    """The `count` passages that show most of the query, in reading order; the opening where nothing matches."""
    passages = list(passages)
    begins = _begins(lit, BODY)
    candidates = [
        (_worth(window), place, tokens, window)
        for place, text in enumerate(passages)
        for tokens in [syllables_of(text)]
        for window in [_best_window(tokens, _matches(tokens, begins))]
        if window
    ]
    if not candidates:
        return tuple(_opening(text) for text in passages[:1])
    best = sorted(candidates, key=lambda candidate: candidate[0], reverse=True)[:count]
    in_order = sorted(best, key=lambda candidate: candidate[1])
    return tuple(_snippet(passages[place], tokens, window) for _, place, tokens, window in in_order)


_Begins = Mapping[str, ListLike[tuple[int, ListLike[frozenset[str]]]]]
"""Term -> the clauses that begin with it, each with its number and the terms wanted side by side."""


def _begins(lit: Lit, field: str) -> _Begins:
    begins: dict[str, list[tuple[int, list[frozenset[str]]]]] = {}
    for number, clause in enumerate(lit):
        if field in clause.fields:
            wanted = [frozenset(part.terms) for part in _parts(clause)]
            for term in wanted[0]:
                begins.setdefault(term, []).append((number, wanted))
    return begins


def _matches(tokens: ListLike[Token], begins: _Begins) -> list[_Match]:
    """Every token that answers a clause, by looking at each token once."""
    found = {
        (at + offset, number)
        for at, token in enumerate(tokens)
        if token.text in begins  # almost none is
        for number, wanted in begins[token.text]
        if _stands_at(tokens, at, wanted)
        for offset in range(len(wanted))
    }
    return [_Match(token, clause) for token, clause in sorted(found)]


def _parts(clause: Spellings | Sequence) -> tuple[Spellings, ...]:
    return clause.parts if isinstance(clause, Sequence) else (clause,)


def _stands_at(tokens: ListLike[Token], at: int, wanted: ListLike[frozenset[str]]) -> bool:
    """Whether the parts stand side by side from here on; the first is known to."""
    if at + len(wanted) > len(tokens):
        return False
    return all(tokens[at + offset].text in wanted[offset] for offset in range(1, len(wanted)))


def _ranges(text: str, tokens: ListLike[Token], matches: Iterable[_Match]) -> tuple[Range, ...]:
    ranges: list[Range] = []
    for index in dict.fromkeys(match.token for match in matches):
        start, end = tokens[index].start, tokens[index].end
        if ranges and text[ranges[-1][1] : start].strip() == "":
            ranges[-1] = (ranges[-1][0], end)
        else:
            ranges.append((start, end))
    return tuple(ranges)


def _best_window(tokens: ListLike[Token], matches: list[_Match]) -> list[_Match]:
    """The matches that lie within one window, from the match where that shows most."""
    if not tokens or not matches:
        return []
    windows = (
        [match for match in matches[number:] if match.token < first.token + WINDOW - CONTEXT]
        for number, first in _window_starts(matches)
    )
    return max(windows, key=_worth)


def _window_starts(matches: list[_Match], most: int = 200) -> list[tuple[int, _Match]]:
    """Where a window may begin; in a very long passage only the first ones are tried."""
    return list(enumerate(matches))[:most]


def _worth(window: list[_Match]) -> tuple[int, int, int]:
    """Different clauses shown, then matches side by side, then matches."""
    clauses = {match.clause for match in window}
    places = {match.token for match in window}
    side_by_side = sum(1 for match in window if match.token + 1 in places)
    return len(clauses), side_by_side, len(window)


def _snippet(text: str, tokens: ListLike[Token], window: list[_Match]) -> Snippet:
    first = _sentence_start(text, tokens, window[0].token)
    last = min(first + WINDOW, len(tokens))
    start = 0 if first == 0 else tokens[first].start
    end = len(text) if last == len(tokens) else _after_punctuation(text, tokens[last - 1].end)
    shown = [match for match in window if first <= match.token < last]
    ranges = tuple((a - start, b - start) for a, b in _ranges(text, tokens, shown))
    return Snippet(text[start:end], ranges, opens=first == 0, closes=end == len(text))


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


def _opening(text: str) -> Snippet:
    tokens = syllables_of(text)
    if len(tokens) <= WINDOW:
        return Snippet(text)
    return Snippet(text[: _after_punctuation(text, tokens[WINDOW - 1].end)], closes=False)
