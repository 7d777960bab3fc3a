"""The words of a Whoosh index, by frequency and by what is left of them without marks."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from indexer.analysis.syllables import fold
from indexer.documents import PASSAGE_BREAK
from indexer.engines.whoosh_engine.schema import AUTHOR_NAME, SEPARATOR
from indexer.querying.plan import TEXT_FIELDS

LAST_CHARACTER = "\U0010ffff"


class WhooshLexicon:
    """Read once when the index is opened; see `ports.Lexicon`."""

    def __init__(self, reader: Any) -> None:
        self._frequency: Counter[str] = Counter()
        for field in TEXT_FIELDS:
            for term, frequency in _terms(reader, field):
                self._frequency[term] += frequency
        del self._frequency[PASSAGE_BREAK]
        self._spellings: dict[str, list[str]] = {}
        for term, _ in sorted(self._frequency.items(), key=lambda item: (-item[1], item[0])):
            self._spellings.setdefault(fold(term), []).append(term)
        self._folded = sorted(self._spellings)
        self._names = _best_names(reader)

    def frequency(self, term: str) -> int:
        return self._frequency[term]

    def spellings(self, folded: str) -> tuple[str, ...]:
        return tuple(self._spellings.get(folded, ()))

    def beginning_with(self, folded_prefix: str) -> tuple[str, ...]:
        first = bisect_left(self._folded, folded_prefix)
        last = bisect_left(self._folded, folded_prefix + LAST_CHARACTER)
        terms = [term for folded in self._folded[first:last] for term in self._spellings[folded]]
        return tuple(sorted(terms, key=lambda term: (-self._frequency[term], term)))

    def author_names(self) -> Mapping[str, str]:
        return self._names


def _terms(reader: Any, field: str) -> Iterator[tuple[str, int]]:
    """Every term of a field that some article still holds, with the number of those articles."""
    if reader.doc_count_all() == 0:
        return
    for raw in reader.lexicon(field):
        yield raw.decode("utf-8"), reader.doc_frequency(field, raw)


def _best_names(reader: Any) -> dict[str, str]:
    """Of the ways a name is written, the most frequent one that is not all capitals."""
    spellings: dict[str, Counter[str]] = {}
    for term, frequency in _terms(reader, AUTHOR_NAME):
        key, _, name = term.partition(SEPARATOR)
        spellings.setdefault(key, Counter())[name] += frequency
    return {key: min(names, key=lambda name: (name.isupper(), -names[name], name)) for key, names in spellings.items()}
