"""Which words stand side by side in running text, title and body, and how often: what spelling is told from.

A table with a row for each word, its counts in the columns of the words that come right after it. A table of more
than ALL_KEPT articles leaves out pairs that stand there SELDOM; what is said of a word is said of the pairs kept.

    neighbours.begins       where the row of each word begins in the next two; its length is the number of words + 1
    neighbours.rights       the words that follow, as numbers, ascending within a row
    neighbours.counts       8 bits; 255 means "255 or more", then the true number stands in
    neighbours.often_at, neighbours.often   the places in `counts` with 255 or more, and the true numbers
    neighbours.followed     the sum of each row
    neighbours.predecessors in how many rows each word is
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isqrt

import numpy as np
from numpy.typing import NDArray

from indexer.array_file import Array, ArrayFile, narrowest, run_begins, starts_of
from indexer.ports import Company

NO_WORD = -1
"""Stands in a text where a passage ends, or in place of a word whose pairs are not counted."""

PART = 4_000_000
"""Words looked at at a time."""

MANY = 255

ALL_KEPT = 10_000
"""A table of so many articles or fewer keeps every pair: there one occurrence is much of what is known."""

SELDOM = 2
"""A larger one keeps the pairs that stand there more often. With those of 95,000 articles 71.5 % of 1,500 pieces of
other articles' headlines got all their marks back, with all pairs 71.8 %; they take 8 MB, all take 18 MB."""

MOST_COMMON = 2046
"""Words whose pairs are counted in a square of cells: six of seven that stand in a newspaper, in 32 MB."""

WORD_BITS = np.uint64(32)

Text = tuple[NDArray[np.int32], Array]
"""The number of each word of a field, NO_WORD where there is none, and the length of each article."""


@dataclass(frozen=True, slots=True)
class PairCounts:
    """Distinct pairs (left word << 32 | right word, ascending) and how often each was counted."""

    pairs: NDArray[np.uint64]
    counts: NDArray[np.int64]

    def at_least(self, least: int) -> PairCounts:
        return self.where(self.counts >= least)

    def rows(self, first: int, last: int) -> PairCounts:
        """The pairs whose left words are numbered from `first` up to `last`."""
        begin, end = self.pairs.searchsorted(np.array((first, last), np.uint64) << WORD_BITS).tolist()
        return PairCounts(self.pairs[begin:end], self.counts[begin:end])

    def per_word(self, words: int) -> NDArray[np.int64]:
        """How many pairs each of so many words is left in."""
        return np.bincount(_unpack(self.pairs)[0], minlength=words)

    def where(self, kept: NDArray[np.bool_]) -> PairCounts:
        return PairCounts(self.pairs[kept], self.counts[kept])

    def sides(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The left words and the right ones."""
        return _unpack(self.pairs)

    def negated(self) -> PairCounts:
        return PairCounts(self.pairs, -self.counts)

    def less(self, others: PairCounts) -> PairCounts:
        """Without what `others` counted; never below nothing, as what was seldom may have been left out here."""
        return add_counts([self, others.negated()]).at_least(1)

    def renumbered(self, numbers: NDArray[np.int64]) -> PairCounts:
        """With new numbers of words, which ascend as the old ones do."""
        lefts, rights = _unpack(self.pairs)
        return PairCounts(_pack(numbers[lefts], numbers[rights]), self.counts)


NO_PAIRS = PairCounts(np.zeros(0, np.uint64), np.zeros(0, np.int64))


def add_counts(tables: Sequence[PairCounts]) -> PairCounts:
    """The counts of all tables together."""
    pairs = np.concatenate([table.pairs for table in tables])
    order = np.argsort(pairs, kind="stable")
    pairs, counts = pairs[order], np.concatenate([table.counts for table in tables])[order]
    begins = run_begins(pairs)
    return PairCounts(pairs[begins], np.add.reduceat(counts, begins) if len(begins) else counts)


def _pack(lefts: Array, rights: Array) -> NDArray[np.uint64]:
    pairs = lefts.astype(np.uint64) << WORD_BITS
    pairs |= rights.astype(np.uint64)
    return pairs


def _unpack(pairs: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return (pairs >> WORD_BITS).astype(np.int64), pairs.astype(np.uint32).astype(np.int64)


# -- counting


def count_neighbours(texts: Sequence[Text], holding: NDArray[np.int64]) -> PairCounts:
    """Every pair of neighbours in the texts, none of which reaches over a gap or from one article into the next.

    `holding` says in how many articles each word of the vocabulary stands. Pairs of common words are counted where
    they fall in a square of cells, so that only the others have to be sorted.
    """
    common = _most_common(holding, min(MOST_COMMON, isqrt(sum(len(text) for text, _ in texts))))
    rare, gap = len(common), len(common) + 1
    codes = np.full(len(holding) + 1, rare, np.int32)
    codes[common] = np.arange(rare)
    codes[NO_WORD] = gap
    cells = np.zeros((gap + 1) ** 2, np.int64)
    others = [np.zeros(0, np.uint64)]
    for stretch, ends in _stretches(texts):
        found = codes.take(stretch)
        places = found[:-1] * np.int64(gap + 1)
        places += found[1:]
        places[ends] = len(cells) - 1
        cells += np.bincount(places, minlength=len(cells))
        rarer = np.maximum(found[:-1], found[1:])
        rarer[ends] = gap
        wanted = np.flatnonzero(rarer == rare)
        others.append(_pack(stretch.take(wanted), stretch.take(wanted + 1)))
    square = cells.reshape(gap + 1, gap + 1)[:rare, :rare]
    return add_counts([_of_square(square, common), _of_list(np.concatenate(others))])


def _most_common(holding: NDArray[np.int64], most: int) -> NDArray[np.intp]:
    """So many of the words that stand in most articles, ascending."""
    return np.sort(np.argsort(-holding, kind="stable")[:most])


def _stretches(texts: Sequence[Text]) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int64]]]:
    """The texts in parts, to spare memory, each with the first word of the next one; and where in it articles end."""
    for text, lengths in texts:
        ends = starts_of(lengths)[1:] - 1
        for start in range(0, len(text) - 1, PART):
            stretch = text[start : start + PART + 1]
            first, last = np.searchsorted(ends, (start, start + len(stretch) - 1)).tolist()
            yield stretch, ends[first:last] - start


def _of_square(square: NDArray[np.int64], words: NDArray[np.intp]) -> PairCounts:
    """What was counted in the cells, whose rows and columns are the words."""
    lefts, rights = np.nonzero(square)
    return PairCounts(_pack(words[lefts], words[rights]), square[lefts, rights])


def _of_list(pairs: NDArray[np.uint64]) -> PairCounts:
    """A list of pairs, one for each time they were seen, counted."""
    pairs.sort()
    begins = run_begins(pairs)
    return PairCounts(pairs[begins], np.diff(begins, append=len(pairs)))


# -- the table in a file


NEIGHBOURS = "neighbours"


def kept_pairs(counted: PairCounts, articles: int) -> PairCounts:
    """The pairs that a table of so many articles keeps."""
    return counted.at_least(1 if articles <= ALL_KEPT else SELDOM + 1)


def neighbour_arrays(kept: PairCounts, words: int, name: str = NEIGHBOURS) -> dict[str, Array]:
    """The arrays of a table called `name`, of a vocabulary of so many words."""
    lefts, rights = _unpack(kept.pairs)
    begins = starts_of(np.bincount(lefts, minlength=words))
    often = np.flatnonzero(kept.counts >= MANY)
    return {
        f"{name}.begins": begins.astype(np.uint32),
        f"{name}.rights": narrowest(rights),
        f"{name}.counts": np.minimum(kept.counts, MANY).astype(np.uint8),
        f"{name}.often_at": often.astype(np.uint32),
        f"{name}.often": kept.counts[often].astype(np.uint32),
        f"{name}.followed": narrowest(np.diff(starts_of(kept.counts)[begins])),
        f"{name}.predecessors": narrowest(np.bincount(rights, minlength=words)),
    }


class Neighbours:
    """A table of an open file; words are the numbers of its vocabulary."""

    def __init__(self, file: ArrayFile, name: str = NEIGHBOURS) -> None:
        self._begins = file.array(f"{name}.begins").data
        self._rights, self._counts = file.array(f"{name}.rights"), file.array(f"{name}.counts")
        self._often_at, self._often = file.array(f"{name}.often_at"), file.array(f"{name}.often")
        self._followed = file.array(f"{name}.followed").data
        self._predecessors = file.array(f"{name}.predecessors").data

    def __len__(self) -> int:
        """How many different pairs there are."""
        return len(self._rights)

    def company(self, word: int) -> Company:
        followers = self._begins[word + 1] - self._begins[word]
        return Company(self._followed[word], followers, self._predecessors[word])

    def count(self, lefts: Sequence[int], rights: Sequence[int]) -> NDArray[np.int64]:
        """How often each of `rights` follows each of `lefts`: a row for each left word."""
        counts = np.zeros((len(lefts), len(rights)), np.int64)
        if not (counts.size and len(self)):
            return counts
        order = np.argsort(rights)  # ascending, each search goes on where the last one ended
        wanted = np.array(rights, self._rights.dtype)[order]  # of another type, all of `_rights` would be converted
        rows = [(self._begins[left], self._begins[left + 1]) for left in lefts]
        places = np.concatenate([self._rights[begin:end].searchsorted(wanted) for begin, end in rows])
        begins, ends = np.array(rows).T[:, :, None]
        places = places.reshape(counts.shape) + begins
        is_there = self._rights.take(places, mode="clip") == wanted
        is_there &= places < ends
        row, column = np.nonzero(is_there)
        counts[row, order[column]] = self._exact(places[row, column])
        return counts

    def _exact(self, places: NDArray[np.intp]) -> NDArray[np.int64]:
        """The counts at some places of the table."""
        counts = self._counts[places].astype(np.int64)
        many = np.flatnonzero(counts == MANY)
        counts[many] = self._often[self._often_at.searchsorted(places[many].astype(np.uint32))]
        return counts

    def all(self) -> PairCounts:
        """The whole table, for merging."""
        return self.rows(0, len(self._begins) - 1)

    def rows(self, first: int, last: int) -> PairCounts:
        """The rows of the words from `first` up to `last`, for merging."""
        begin, end = self._begins[first], self._begins[last]
        lefts = np.repeat(np.arange(first, last), self.per_word()[first:last])
        return PairCounts(_pack(lefts, self._rights[begin:end]), self._exact(np.arange(begin, end)))

    def per_word(self) -> NDArray[np.int64]:
        """How many words follow each word."""
        return np.diff(np.frombuffer(self._begins, np.uint32)).astype(np.int64)
