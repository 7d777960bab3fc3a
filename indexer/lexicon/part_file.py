"""One part of a lexicon as a file of arrays.

    about                 the number of articles, and the number of the first part that this one stands for
    words.*               vocabulary of the words of titles and bodies
    words.articles        how many articles hold each
    folded.*              the words without their marks, see `folded`
    compounds.*, compounds.articles   likewise of the segmented words
    <facet>.*, <facet>.articles      likewise of authors, sections and sources, each as key SEPARATOR text as printed
    completions.*         see `completions`
    more.*, less.*        pairs of neighbours that the part adds and that it takes away, see `neighbours`

Numbers are what the part adds to those before it, so they may be below 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.array_file import Array, ArrayFile, ArrayWriter, narrowest
from indexer.lexicon.completions import Completions, Held, completion_arrays
from indexer.lexicon.counts import COMPOUNDS, KINDS, WORDS, Counts, Numbers, Terms
from indexer.lexicon.folded import Folded, folded_arrays
from indexer.lexicon.neighbours import NO_PAIRS, Neighbours, PairCounts, add_counts, neighbour_arrays
from indexer.lexicon.tally import SEPARATOR
from indexer.lexicon.vocabulary import ABSENT, Vocabulary, vocabulary_arrays
from indexer.ports import Company

KIND = "lexicon"

MORE, LESS = "more", "less"

NUMBERS_KEPT = 1 << 16
"""Words whose numbers are kept: about 8 MB at most."""


def write_part(path: Path, counts: Counts, stands_for: int) -> None:
    """Write a new file that stands for the parts from that number up to its own. Raises OSError."""
    with ArrayWriter(path, KIND) as file:
        file.add({"about": np.array([counts.articles, stands_for], np.int64)})
        for of in KINDS:
            terms, numbers = counts.terms(of)
            file.add({**vocabulary_arrays(of, terms), f"{of}.articles": narrowest(numbers)})
        file.add(folded_arrays(*counts.terms(WORDS)))
        file.add(completion_arrays(counts.held))
        file.add(_pair_arrays(counts))


def _pair_arrays(counts: Counts) -> dict[str, Array]:
    words = len(counts.terms(WORDS).terms)
    more, less = counts.neighbours.at_least(1), counts.neighbours.negated().at_least(1)
    taken_away = neighbour_arrays(less, words, LESS) if len(less.pairs) else {}
    return {**neighbour_arrays(more, words, MORE), **taken_away}


class PartFile:
    """See `parted.LexiconPart` and `counts.Countable`. Raises what `ArrayFile` raises."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = ArrayFile(path, KIND)
        self.articles: int
        self.stands_for: int
        self.articles, self.stands_for = self._file.array("about").tolist()
        self.number = lru_cache(NUMBERS_KEPT)(self._find_number)

    def check_everything(self) -> None:
        """Raises IndexDamaged unless every byte is as it was written."""
        self._file.check_everything()

    @cached_property
    def _vocabularies(self) -> dict[str, Vocabulary]:
        return {of: Vocabulary(self._file, of) for of in KINDS}

    @cached_property
    def _counts(self) -> dict[str, Array]:
        return {of: self._file.array(f"{of}.articles") for of in KINDS}

    @property
    def words(self) -> Vocabulary:
        return self._vocabularies[WORDS]

    @cached_property
    def folded(self) -> Folded:
        return Folded(self._file)

    @cached_property
    def completions(self) -> Completions:
        return Completions(self._file)

    @cached_property
    def _more(self) -> Neighbours:
        return Neighbours(self._file, MORE)

    @cached_property
    def _less(self) -> Neighbours | None:
        return Neighbours(self._file, LESS) if f"{LESS}.begins" in self._file else None

    # -- to be asked

    def _find_number(self, term: str) -> int:
        return self.words.find(term.encode("utf-8", "replace"))

    def holding(self, word: int) -> int:
        return int(self._counts[WORDS][word])

    def compound_frequency(self, compound: str) -> int:
        number = self._vocabularies[COMPOUNDS].find(compound.encode("utf-8", "replace"))
        return 0 if number == ABSENT else int(self._counts[COMPOUNDS][number])

    def company(self, word: int) -> Company:
        company = self._more.company(word)
        if self._less is None:
            return company
        return company._replace(followed=company.followed - self._less.company(word).followed)

    def pair_counts(self, lefts: Sequence[int], rights: Sequence[int]) -> NDArray[np.int64]:
        counts = self._more.count(lefts, rights)
        return counts if self._less is None else counts - self._less.count(lefts, rights)

    def distinct_pairs(self) -> int:
        return len(self._more)

    def printed(self, facet: str) -> Iterator[tuple[str, str, int]]:
        texts, counts = self.terms(facet)
        for text, count in zip(texts, counts.tolist(), strict=True):
            key, _, name = text.decode().partition(SEPARATOR)
            yield key, name, count

    # -- to be added up

    def terms(self, of: str) -> Terms:
        return Terms(self._vocabularies[of], self._counts[of].astype(np.int64))

    def texts(self) -> Iterator[tuple[str, Held]]:
        return iter(self.completions)

    def pairs(self, first: int, last: int) -> PairCounts:
        less = NO_PAIRS if self._less is None else self._less.rows(first, last).negated()
        return add_counts([self._more.rows(first, last), less])

    def pairs_per_word(self) -> Numbers:
        more = self._more.per_word()
        return more if self._less is None else more + self._less.per_word()
