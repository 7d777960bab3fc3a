"""Clauses as one would type them. A plan holds the terms it looks for; what was typed says which of them to show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from indexer.analysis.canonical import canonical
from indexer.analysis.syllables import fold
from indexer.analysis.tokens import syllables_of
from indexer.model import Author
from indexer.querying.plan import (
    AllOf,
    AnyOf,
    ByAuthor,
    Clause,
    Compound,
    MostOf,
    Near,
    NoneOf,
    Published,
    Sequence,
    Spellings,
    Weighted,
)
from indexer.sources.signatures import author_key

SHOWN_TERMS = 3
"""So many of the terms are named where nothing that was typed stands for them all, and so many of the authors."""


class Labels:
    """Knows the words of a query and the names of authors.

    Args:
        text: what the reader typed.
        author_names: name by key.
    """

    def __init__(self, text: str, author_names: Mapping[str, str]) -> None:
        text = canonical(text)
        tokens = syllables_of(text)
        self._typed = {token.text: text[token.start : token.end].lower() for token in tokens}
        self._folded = {fold(term): typed for term, typed in self._typed.items()}
        self._prefixes = {token.text for token in tokens if text[token.end : token.end + 1] == "*"}
        self._author_names = author_names

    def of(self, clause: Clause | MostOf) -> str:
        match clause:
            case Spellings():
                return self._word(clause)
            case Sequence(parts):
                return " ".join(map(self._word, parts))
            case Near(parts, distance):
                return f'"{" ".join(map(self._word, parts))}"~{distance}'
            case Compound(term):
                return term.replace("_", " ")
            case ByAuthor(keys):
                return self.names(keys)
            case Published(since, until):
                return f"{day_text(since)}..{day_text(until)}"
            case AllOf(clauses) | MostOf(clauses):
                return " ".join(map(self.of, clauses))
            case AnyOf(clauses):
                return self.of(main_of(clause)) if has_equivalents(clause) else " OR ".join(map(self.of, clauses))
            case NoneOf(clauses):
                return " ".join(f"-{self.of(part)}" for part in clauses)
            case Weighted(part):
                return self.of(part)

    def names(self, keys: tuple[str, ...]) -> str:
        shown = [self.name(key) for key in keys[:SHOWN_TERMS]]
        return ", ".join([*shown, "…"] if len(keys) > SHOWN_TERMS else shown)

    def name(self, key: str) -> str:
        """The author as readers know them."""
        return self._author_names.get(key, key)

    def _word(self, clause: Spellings) -> str:
        """What was typed for these spellings; else what they have in common."""
        folded = {fold(term) for term in clause.terms}
        for prefix in self._prefixes:
            if all(bare.startswith(fold(prefix)) for bare in folded):
                return f"{self._typed[prefix]}*"
        for term in clause.terms:
            if term in self._typed:
                return self._typed[term]
        bare = min(folded)
        if len(folded) == 1 and (bare in self._folded or len(clause.terms) > 1):
            return self._folded.get(bare, bare)
        shown = "/".join(clause.terms[:SHOWN_TERMS])
        return f"{shown}/…" if len(clause.terms) > SHOWN_TERMS else shown


def name_of(author: Author, listed: Callable[[str], str]) -> str:
    """The author as printed; who is listed under another name with that one first: `Nguyễn Văn A (N.V.A)`."""
    name = listed(author.key)
    return author.name if author_key(author.name) in (author.key, author_key(name)) else f"{name} ({author.name})"


def has_equivalents(clause: AnyOf) -> bool:
    """Whether the clause is one thing, and what means the same, rather than several things to choose from."""
    return any(isinstance(part, Weighted) for part in clause.clauses)


def main_of(clause: AnyOf) -> Clause:
    """Of one thing and what means the same: the one thing."""
    return next((part for part in clause.clauses if not isinstance(part, Weighted)), clause.clauses[0])


def day_text(day: date | None) -> str:
    """`1/7/2020`, "" for an open end."""
    return f"{day.day}/{day.month}/{day.year}" if day else ""
