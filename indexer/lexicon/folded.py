"""The words of a vocabulary by what is left of them without their marks.

folded.*        vocabulary of the forms without marks
folded.begins   where the words of each begin in the next; its length is the number of forms + 1
folded.words    the words, as numbers, the most frequent first
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.syllables import fold
from indexer.array_file import Array, ArrayFile, narrowest, starts_of
from indexer.lexicon.vocabulary import Vocabulary, vocabulary_arrays


def folded_arrays(words: Sequence[bytes], counts: NDArray[np.int64]) -> dict[str, Array]:
    """The words without their marks, and for each the words it stands for, the most frequent first."""
    spellings: dict[bytes, list[int]] = {}
    for number in np.argsort(-counts, kind="stable").tolist():
        spellings.setdefault(fold(words[number].decode()).encode(), []).append(number)
    folded = sorted(spellings)
    numbers = [number for key in folded for number in spellings[key]]
    begins = starts_of(np.fromiter((len(spellings[key]) for key in folded), np.int64, len(folded)))
    return {
        **vocabulary_arrays("folded", folded),
        "folded.begins": begins.astype(np.uint32),
        "folded.words": narrowest(np.array(numbers, np.int64)),
    }


class Folded:
    """The words of a segment by what is left of them without marks."""

    def __init__(self, file: ArrayFile) -> None:
        self._keys = Vocabulary(file, "folded")
        self._begins, self._words = file.array("folded.begins"), file.array("folded.words")

    def spellings(self, folded: bytes) -> Iterable[int]:
        """The words, as numbers, that give `folded`."""
        key = self._keys.find(folded)
        return () if key < 0 else self._between(key, key + 1)

    def beginning_with(self, prefix: bytes) -> Iterable[int]:
        """The words, as numbers, whose folded form begins so."""
        first, last = self._keys.first_at_least(prefix), self._keys.first_at_least(prefix + b"\xff")
        return self._between(first, last)

    def _between(self, first: int, last: int) -> list[int]:
        numbers: list[int] = self._words[self._begins[first] : self._begins[last]].tolist()
        return numbers
