"""Postings of pairs: which articles hold two common words side by side, and how often.

A phrase of two words that each stand in a large part of the archive is dear by positions, as both lists are long;
here it is one more list. Only pairs of words that stand in more than a COMMON part of the articles are kept: with a
rarer word in a phrase its positions are few.

    pairs.words       numbers of the common words, ascending; a word's place here is its code
    pairs.keys        code of the left word << 16 | code of the right one, ascending; then as any postings:
    pairs.begins, pairs.articles, pairs.frequencies, ...
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh_engine.array_file import Array, ArrayFile, narrowest, starts_of
from indexer.engines.whoosh_engine.inversion import run_begins
from indexer.engines.whoosh_engine.postings import FieldPostings, Postings, postings_arrays

COMMON = 1 / 4
"""Share of the articles: at 1/4 the pairs take a sixth of an index, at 1/8 a quarter."""

FEW_ARTICLES = 4096
"""In a segment with fewer articles no list is long, and no pair is kept."""

NOT_COMMON = -1


def common_words(counts: Array, articles: int) -> NDArray[np.intp]:
    """The words whose pairs are kept, by the number of articles that hold each."""
    if articles < FEW_ARTICLES:
        return np.zeros(0, np.intp)
    return np.flatnonzero(counts > articles * COMMON)[: 1 << 16]


def pair_arrays(codes: NDArray[np.int32], lengths: Array, words: Array) -> dict[str, Array]:
    """The arrays for a field's tokens: `codes` has the code of each token, NOT_COMMON for other words.

    `lengths` is the number of tokens of each article.
    """
    keys, postings = _find_pairs(codes, lengths)
    return {"pairs.words": words.astype(np.uint32), "pairs.keys": keys, **postings_arrays("pairs", postings)}


def _find_pairs(codes: NDArray[np.int32], lengths: Array) -> tuple[NDArray[np.uint32], Postings]:
    article_of = np.repeat(np.arange(len(lengths), dtype=np.uint16), lengths)
    is_common = codes > NOT_COMMON
    left = np.flatnonzero(is_common[:-1] & is_common[1:] & (article_of[:-1] == article_of[1:]))
    found = codes[left].astype(np.uint64) << np.uint64(32)
    found |= codes[left + 1].astype(np.uint64) << np.uint64(16)
    found |= article_of[left]
    found.sort()
    begins = run_begins(found)
    frequencies = narrowest(np.diff(begins, append=len(found)))
    distinct = found[begins]
    keys = (distinct >> np.uint64(16)).astype(np.uint32)
    key_begins = run_begins(keys)
    counts = np.diff(key_begins, append=len(keys))
    articles = (distinct & np.uint64(0xFFFF)).astype(np.uint16)
    return keys[key_begins], Postings(starts_of(counts), articles, frequencies)


class PairPostings:
    """The pairs of an open segment."""

    def __init__(self, file: ArrayFile) -> None:
        words = file.array("pairs.words").tolist()
        self._codes = {word: code for code, word in enumerate(words)}
        self._keys = file.array("pairs.keys")
        self.postings = FieldPostings(file, "pairs")

    def is_common(self, word: int) -> bool:
        return word in self._codes

    def find(self, lefts: list[int], rights: list[int]) -> list[int]:
        """The pairs, as numbers in `postings`, that any left word makes with any right one; all must be common."""
        left_codes = np.array([self._codes[word] for word in lefts], np.uint32)
        right_codes = np.array([self._codes[word] for word in rights], np.uint32)
        wanted = (left_codes[:, None] << np.uint32(16) | right_codes).ravel()
        places = self._keys.searchsorted(wanted)
        inside = np.flatnonzero(places < len(self._keys))
        places = places[inside]
        found: list[int] = places[self._keys[places] == wanted[inside]].tolist()
        return found
