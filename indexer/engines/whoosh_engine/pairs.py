"""Postings of pairs: which articles hold two common words side by side, and how often.

A phrase of two words that each stand in a large part of the archive is dear by positions, as both lists are long;
here it is one more list. Only pairs of words that stand in more than a COMMON part of the articles are kept: with a
rarer word in a phrase its positions are few.

Of a title all pairs are kept: titles are short, and many searches are taken from them.

    <field>.pairs.words     numbers of the words whose pairs are kept, ascending; left out where all are
    <field>.pairs.keys      number of the left word << 24 | number of the right one, ascending; then as any postings:
    <field>.pairs.begins, <field>.pairs.articles, <field>.pairs.frequencies, ...
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.array_file import Array, ArrayFile, narrowest, run_begins, starts_of
from indexer.engines.whoosh_engine.inversion import PART
from indexer.engines.whoosh_engine.postings import FieldPostings, Postings, postings_arrays
from indexer.lexicon.neighbours import NO_WORD

COMMON = 1 / 3
"""Share of the articles: at 1/4 the pairs take a sixth of an index, at 1/8 a quarter."""

FEW_ARTICLES = 4096
"""In a segment with fewer articles no list is long, and no pair of a body is kept."""

WORD_BITS, ARTICLE_BITS = 24, 16
"""A pair and an article make one 64-bit number; a batch in memory ends long before it has so many words."""


def common_words(counts: Array, articles: int) -> NDArray[np.intp]:
    """The words whose pairs are kept, by the number of articles that hold each."""
    if articles < FEW_ARTICLES:
        return np.zeros(0, np.intp)
    return np.flatnonzero(counts > articles * COMMON)


def pair_arrays(field: str, text: NDArray[np.int32], lengths: Array, words: Array | None) -> dict[str, Array]:
    """The arrays for the text of a field: the number of each word, or NO_WORD.

    `lengths` is the number of words of each article; `words` are those whose pairs are kept, None: all.
    """
    name = f"{field}.pairs"
    keys, postings = _invert_pairs(_find_pairs(text, lengths, words))
    kept = {} if words is None else {f"{name}.words": words.astype(np.uint32)}
    return {**kept, f"{name}.keys": keys, f"{name}.articles": postings.articles, **postings_arrays(name, postings)}


def _find_pairs(text: NDArray[np.int32], lengths: Array, words: Array | None) -> NDArray[np.uint64]:
    """Every pair that is kept, with its article, as one number, ascending; found part by part to spare memory."""
    article_of = np.repeat(np.arange(len(lengths), dtype=np.uint16), lengths)
    is_kept = _kept_words(text, words)
    found = [np.zeros(0, np.uint64)]
    for start in range(0, len(text), PART):
        stretch, articles = text[start : start + PART + 1], article_of[start : start + PART + 1]
        wanted = is_kept.take(stretch)
        left = np.flatnonzero(wanted[:-1] & wanted[1:] & (articles[:-1] == articles[1:]))
        pairs = stretch.take(left).astype(np.uint64) << np.uint64(WORD_BITS + ARTICLE_BITS)
        pairs |= stretch.take(left + 1).astype(np.uint64) << np.uint64(ARTICLE_BITS)
        pairs |= articles.take(left)
        found.append(pairs)
    joined = np.concatenate(found)
    joined.sort()
    return joined


def _kept_words(text: NDArray[np.int32], words: Array | None) -> NDArray[np.bool_]:
    """For each word whether its pairs are kept; the last entry answers for NO_WORD."""
    kept = np.full(int(text.max(initial=NO_WORD)) + 2, words is None)
    if words is not None:
        kept[words[words < len(kept)]] = True
    kept[NO_WORD] = False
    return kept


def _invert_pairs(found: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], Postings]:
    """The distinct pairs, and the postings of each."""
    begins = run_begins(found)
    frequencies = narrowest(np.diff(begins, append=len(found)))
    distinct = found[begins]
    articles = (distinct & np.uint64((1 << ARTICLE_BITS) - 1)).astype(np.uint16)
    keys = distinct >> np.uint64(ARTICLE_BITS)
    key_begins = run_begins(keys)
    counts = np.diff(key_begins, append=len(keys))
    return keys[key_begins], Postings(starts_of(counts), articles, frequencies)


class PairPostings:
    """The pairs of a field of an open segment."""

    def __init__(self, file: ArrayFile, field: str) -> None:
        name = f"{field}.pairs"
        words = f"{name}.words"
        self._kept = frozenset(file.array(words).tolist()) if words in file else None
        self._keys = file.array(f"{name}.keys")
        self.postings = FieldPostings(file, name)

    def has(self, word: int) -> bool:
        """Whether the pairs of a word with the others for which this is true are kept."""
        return self._kept is None or word in self._kept

    def find(self, lefts: Sequence[int], rights: Sequence[int]) -> list[int]:
        """The pairs, as numbers in `postings`, that any left word makes with any right one; all must be kept."""
        wanted = (np.array(lefts, np.uint64)[:, None] << np.uint64(WORD_BITS) | np.array(rights, np.uint64)).ravel()
        places = self._keys.searchsorted(wanted)
        inside = np.flatnonzero(places < len(self._keys))
        places = places[inside]
        found: list[int] = places[self._keys[places] == wanted[inside]].tolist()
        return found
