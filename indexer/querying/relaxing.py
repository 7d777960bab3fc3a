"""Most of the words instead of all: the second way to carry out a question that hardly any article answers in full.

Only words that stand there by themselves are counted. What a reader put in quotes, in a field or beside OR, what is
excluded and dates are bound: every article has to have them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from collections.abc import Sequence as ListLike
from dataclasses import replace
from itertools import pairwise
from math import prod
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.querying.plan import (
    AllOf,
    AnyOf,
    Bonus,
    Clause,
    MostOf,
    Near,
    Plan,
    Sequence,
    Spellings,
    Weighted,
    WrittenClause,
)
from indexer.ranking import FEW_WORDS, MOST_SHARE, MUCH_RARER, NEIGHBOURS, inverse_frequency


class Words(Protocol):
    """What is asked of the archive; `ports.Lexicon` says what each answer means."""

    def frequency(self, term: str) -> int: ...
    def article_count(self) -> int: ...
    def pair_counts(self, lefts: ListLike[str], rights: ListLike[str]) -> NDArray[np.int64]: ...


class Parts(NamedTuple):
    """What a question asks for: loose words, bound text, and the rest, which looks for no text."""

    loose: tuple[Clause, ...]
    bound: tuple[Clause, ...]
    rest: tuple[Clause, ...]


def parts_of(match: Clause, bound: Collection[Clause]) -> Parts:
    """The parts of a whole match, given which clauses are bound."""
    clauses = match.clauses if isinstance(match, AllOf) else (match,)
    texts = [clause for clause in clauses if any(lit_in(clause))]
    return Parts(
        tuple(clause for clause in texts if clause not in bound),
        tuple(clause for clause in texts if clause in bound),
        tuple(clause for clause in clauses if clause not in texts),
    )


def relax(plan: Plan, parts: Parts, words: Words) -> Plan | None:
    """The same plan asking for most of the loose words; None where that is no different.

    Of many words even one of several syllables need not be whole: to stand side by side is then a merit.
    """
    loose, required = parts.loose, (*parts.bound, *parts.rest)
    if len(loose) + bool(parts.bound) < 2 or not loose:
        return None
    even_none = bool(parts.bound)
    if len(loose) <= FEW_WORDS:
        return replace(plan, match=MostOf(loose, required, even_none=even_none))
    runs = [clause for clause in loose if isinstance(clause, Sequence)]
    single = dict.fromkeys(part for text in loose for part in (text.parts if isinstance(text, Sequence) else (text,)))
    bonuses = (side_by_side(words, *pair) for run in runs for pair in pairwise(run.parts))
    most = MostOf(tuple(single), required, MOST_SHARE, even_none)
    lit = tuple(lit_in(AllOf((*parts.bound, *most.clauses))))
    return replace(plan, match=most, bonuses=(*plan.bonuses, *bonuses), lit=lit)


def lit_in(clause: Clause) -> Iterator[WrittenClause]:
    """The clauses whose words a reader wants to see lit: everything looked for, nothing excluded."""
    match clause:
        case Spellings() | Sequence() | Near():
            yield clause
        case AllOf(clauses) | AnyOf(clauses):
            for part in clauses:
                yield from lit_in(part)
        case Weighted(part):
            yield from lit_in(part)


def side_by_side(words: Words, left: Spellings, right: Spellings) -> Bonus:
    """A merit as rare as the pair is; an engine takes it to be no rarer than its rarer word."""
    articles = words.article_count()
    held = [_held(words, part, articles) for part in (left, right)]
    together = min(int(words.pair_counts(left.terms, right.terms).sum()), *held)
    rarest = max(inverse_frequency(articles, each) for each in held)
    rarer = inverse_frequency(articles, together) / rarest
    return Bonus(Sequence((left, right)), NEIGHBOURS * min(rarer, MUCH_RARER))


def _held(words: Words, part: Spellings, articles: int) -> int:
    """In about how many articles any of the spellings stands, as if each stood there by chance."""
    without = prod(1 - min(1.0, words.frequency(term) / max(1, articles)) for term in part.terms)
    return round(articles * (1 - without))
