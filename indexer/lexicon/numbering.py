"""Texts gathered in memory: each term a number by first sight, then by its place among all terms."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from indexer.documents import PASSAGE_BREAK
from indexer.lexicon.neighbours import NO_WORD, PART


class TermNumbers(dict[str, int]):
    """Term -> its number, in the order of first sight; a new term gets the next one."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


class TokenNumbers:
    """Numbers of tokens, one article's after another's, in an array that grows."""

    def __init__(self) -> None:
        self._room = np.empty(1 << 16, np.int32)
        self._used = 0

    def __len__(self) -> int:
        return self._used

    def add(self, numbers: Iterable[int], count: int) -> None:
        end = self._used + count
        if end > len(self._room):
            self._room = np.resize(self._room, max(end, len(self._room) + len(self._room) // 4))
        self._room[self._used : end] = np.fromiter(numbers, np.int32, count)
        self._used = end

    def all(self) -> NDArray[np.int32]:
        return self._room[: self._used]


def rank(numbers: Iterable[str]) -> tuple[list[bytes], NDArray[np.int32]]:
    """The terms sorted by their bytes, and for each number of first sight the place there.

    A passage break is no term: its place is NO_WORD.
    """
    terms = [term.encode() for term in numbers]
    sign = PASSAGE_BREAK.encode()
    order = sorted(range(len(terms)), key=terms.__getitem__)
    kept = [number for number in order if terms[number] != sign]
    ranks = np.full(len(terms), NO_WORD, np.int32)
    ranks[kept] = np.arange(len(kept), dtype=np.int32)
    return [terms[number] for number in kept], ranks


def renumbered(text: NDArray[np.int32], ranks: NDArray[np.int32]) -> NDArray[np.int32]:
    """The tokens by their place in the vocabulary; done in place, as they are the largest thing in memory."""
    for start in range(0, len(text), PART):
        text[start : start + PART] = ranks[text[start : start + PART]]
    return text
