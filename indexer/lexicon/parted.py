"""What an archive knows of its words and names, asked of the parts it is counted in; see `ports.Lexicon`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.author_merges import NO_MERGES, Merges, listed_keys, listed_names
from indexer.facets import AUTHOR, LABELS, best_spelling
from indexer.lexicon.completions import Completions, most_held
from indexer.lexicon.folded import Folded
from indexer.lexicon.vocabulary import ABSENT, Vocabulary
from indexer.model import Completion
from indexer.ports import Company

ANSWERS_KEPT = 4096
"""Folded forms whose words are kept, fewer prefixes, and twice as many words whose company is: a few MB at most."""


class LexiconPart(Protocol):
    """A part of an archive. Words are the numbers of its vocabulary.

    What it counts may be below nothing: then it takes away from the other parts.
    """

    @property
    def articles(self) -> int: ...

    @property
    def words(self) -> Vocabulary: ...

    @property
    def folded(self) -> Folded: ...

    @property
    def completions(self) -> Completions: ...

    def number(self, term: str) -> int:
        """The word's number, or ABSENT."""
        ...

    def holding(self, word: int) -> int:
        """How many articles hold a word."""
        ...

    def compound_frequency(self, compound: str) -> int: ...

    def company(self, word: int) -> Company: ...

    def pair_counts(self, lefts: Sequence[int], rights: Sequence[int]) -> NDArray[np.int64]: ...

    def distinct_pairs(self) -> int: ...

    def printed(self, facet: str) -> Iterable[tuple[str, str, int]]:
        """Keys of authors or of one of `facets.LABELS`, with each text printed for them and how often it was."""
        ...


class PartedLexicon:
    """Counts of all parts added up; a word that nothing is left of counts as absent. Safe to share between threads."""

    def __init__(self, parts: Sequence[LexiconPart]) -> None:
        self._parts = parts
        self._articles = sum(part.articles for part in parts)
        self._own_names = self._names = _best_names(parts, AUTHOR)
        self._labels = {facet: _best_names(parts, facet) for facet in LABELS}
        self._keys = listed_keys(self._own_names, NO_MERGES)
        self.spellings = lru_cache(ANSWERS_KEPT)(self._find_spellings)
        self.beginning_with = lru_cache(ANSWERS_KEPT // 16)(self._find_beginning_with)
        self.completions = lru_cache(ANSWERS_KEPT // 16)(self._find_completions)
        self.company = lru_cache(ANSWERS_KEPT * 2)(self._find_company)

    def article_count(self) -> int:
        return self._articles

    def frequency(self, term: str) -> int:
        return max(0, sum(part.holding(number) for part, number in self._numbers(term)))

    def _numbers(self, term: str) -> Iterator[tuple[LexiconPart, int]]:
        """The parts that know a word, and its number there."""
        numbers = ((part, part.number(term)) for part in self._parts)
        return ((part, number) for part, number in numbers if number != ABSENT)

    def _find_spellings(self, folded: str) -> tuple[str, ...]:
        key = folded.encode("utf-8", "replace")
        return self._by_frequency((part, part.folded.spellings(key)) for part in self._parts)

    def _find_beginning_with(self, folded_prefix: str) -> tuple[str, ...]:
        prefix = folded_prefix.encode("utf-8", "replace")
        return self._by_frequency((part, part.folded.beginning_with(prefix)) for part in self._parts)

    def _by_frequency(self, found: Iterable[tuple[LexiconPart, Iterable[int]]]) -> tuple[str, ...]:
        frequency: Counter[str] = Counter()
        for part, numbers in found:
            words = part.words
            for number in numbers:
                frequency[words[number].decode()] += part.holding(number)
        held = [(term, count) for term, count in frequency.items() if count > 0]
        return tuple(term for term, _ in sorted(held, key=lambda item: (-item[1], item[0])))

    def _find_company(self, term: str) -> Company:
        said = [part.company(number) for part, number in self._numbers(term)]
        followed, followers, predecessors = zip(*said, strict=True) if said else ((), (), ())
        if sum(followed) <= 0 and not self.frequency(term):
            return Company(0, 0, 0)
        return Company(max(0, sum(followed)), max(followers), max(predecessors))

    def pair_counts(self, lefts: Sequence[str], rights: Sequence[str]) -> NDArray[np.int64]:
        counts = np.zeros((len(lefts), len(rights)), np.int64)
        for part in self._parts:
            rows, left_numbers = _known(part, lefts)
            columns, right_numbers = _known(part, rights)
            counts[np.ix_(rows, columns)] += part.pair_counts(left_numbers, right_numbers)
        return np.maximum(counts, 0)

    def distinct_pairs(self) -> int:
        return max([1, *(part.distinct_pairs() for part in self._parts)])

    def compound_frequency(self, compound: str) -> int:
        return max(0, sum(part.compound_frequency(compound) for part in self._parts))

    def _find_completions(self, folded_prefix: str, limit: int) -> tuple[Completion, ...]:
        return most_held([part.completions for part in self._parts], folded_prefix, limit)

    def merging(self, merges: Merges) -> PartedLexicon:
        """The same words, with authors that are one as one."""
        other = copy(self)
        other._names, other._keys = listed_names(self._own_names, merges), listed_keys(self._own_names, merges)
        return other

    def author_names(self) -> Mapping[str, str]:
        return self._names

    def author_keys(self) -> Mapping[str, str]:
        return self._keys

    def label_names(self, facet: str) -> Mapping[str, str]:
        return self._labels[facet]


def _known(part: LexiconPart, terms: Sequence[str]) -> tuple[list[int], list[int]]:
    """The places in `terms` of the words that a part knows, and the words' numbers there."""
    numbers = [part.number(term) for term in terms]
    places = [place for place, number in enumerate(numbers) if number != ABSENT]
    return places, [numbers[place] for place in places]


def _best_names(parts: Sequence[LexiconPart], facet: str) -> dict[str, str]:
    spellings: dict[str, Counter[str]] = {}
    for part in parts:
        for key, text, count in part.printed(facet):
            spellings.setdefault(key, Counter())[text] += count
    left = ((key, +texts) for key, texts in spellings.items())  # + leaves out what is not above 0
    return {key: best_spelling(texts) for key, texts in left if texts}
