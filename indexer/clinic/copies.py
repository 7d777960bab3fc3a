"""Which articles are one text: twins (the same title and text) and near-copies (most of the text), kept with the build.

All is a function of the articles' fingerprints. Those are kept, with the pairs found, so that a run compares only what
it took in with the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import compress
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.clinic.fingerprints import FINGERPRINT_VERSION, NUMBER_POINTS, TEXT_POINTS, Fingerprint, fingerprint
from indexer.clinic.matching import NO_PAIRS, Pairs, Prints, are_twins, find_pairs, prints_of
from indexer.errors import IndexDamaged
from indexer.manifest import COPIES
from indexer.model import Article

UNDATED = 2**62
"""Stands for the date of an article without one: it comes after all others."""

_BETWEEN_IDS = "\0"
"""In no id: canonical text has no control characters."""


class Entry(NamedTuple):
    """What is kept of an article; `order` is that of its date (see `Stamp.order`)."""

    order: int
    fingerprint: Fingerprint


class Copy(NamedTuple):
    """An article that is a copy of an earlier one: of the earliest there is, first by date and then by id."""

    article_id: str
    of: str
    is_twin: bool


@dataclass(frozen=True, slots=True, eq=False)
class Copies:
    """The articles in rows, and the `pairs` of rows that are one text."""

    ids: tuple[str, ...]
    orders: npt.NDArray[np.int64]
    prints: Prints
    pairs: Pairs

    def found(self) -> Iterator[Copy]:
        """Every article that is a copy of an earlier one, once; where it has a twin, as the copy of that."""
        best: dict[int, tuple[bool, int, str, int]] = {}
        for (one, other), is_twin in zip(self.pairs.tolist(), are_twins(self.prints, self.pairs).tolist(), strict=True):
            earlier, later = sorted((one, other), key=self._age)
            found = (not is_twin, *self._age(earlier), earlier)
            best[later] = min(found, best.get(later, found))
        for row, (is_other, _, of, _) in best.items():
            yield Copy(self.ids[row], of, not is_other)

    def _age(self, row: int) -> tuple[int, str]:
        return int(self.orders[row]), self.ids[row]

    def clusters(self) -> npt.NDArray[np.int64]:
        """For each row the first row of its cluster: of all articles that pairs join, directly or by others.

        An article without copies is a cluster of its own. A list of results shows one of each cluster:
        `np.unique(clusters[rows], return_index=True, return_counts=True)`.
        """
        first = np.arange(len(self.ids))
        one, other = self.pairs.T
        while (first[one] != first[other]).any():
            least = np.minimum(first[one], first[other])
            np.minimum.at(first, first[one], least)
            np.minimum.at(first, first[other], least)
            first = first[first]
        return first

    def cluster_of(self, article_id: str) -> tuple[str, ...]:
        """The ids in the cluster of an article, with its own; none for an article that is not here."""
        if article_id not in self.ids:
            return ()
        clusters = self.clusters()
        return tuple(compress(self.ids, clusters == clusters[self.ids.index(article_id)]))

    def updated(self, taken: Mapping[str, Entry], gone: Collection[str]) -> Copies:
        """With the articles a run took in, in place of what was known of them, and without those that left."""
        stays = np.fromiter((each not in taken and each not in gone for each in self.ids), bool, len(self.ids))
        kept = int(stays.sum())
        prints = self.prints.only(stays) + prints_of(entry.fingerprint for entry in taken.values())
        found = find_pairs(prints, kept)
        return Copies(
            ids=(*compress(self.ids, stays), *taken),
            orders=np.append(self.orders[stays], np.array([entry.order for entry in taken.values()], np.int64)),
            prints=prints,
            pairs=np.unique(np.concatenate((_renumbered(self.pairs, stays), found)), axis=0),
        )


NONE = Copies((), np.empty(0, np.int64), prints_of(()), NO_PAIRS)


def entry_of(article: Article) -> Entry:
    return Entry(article.published.order if article.published else UNDATED, fingerprint(article))


def _renumbered(pairs: Pairs, stays: npt.NDArray[np.bool_]) -> Pairs:
    """The pairs of rows that stay, by the numbers they have then."""
    return (np.cumsum(stays) - 1)[pairs[stays[pairs].all(axis=1)]]


def write_copies(folder: Path, copies: Copies) -> None:
    with (folder / COPIES).open("wb") as file:
        np.savez(
            file,
            version=np.array(FINGERPRINT_VERSION),
            ids=np.frombuffer(_BETWEEN_IDS.join(copies.ids).encode(), np.uint8),
            orders=copies.orders,
            digests=copies.prints.digests,
            texts=copies.prints.texts,
            numbers=copies.prints.numbers,
            pairs=copies.pairs,
        )


def read_copies(folder: Path) -> Copies:
    """The copies of a build; none where it was made by a program that kept none, or others. Raises IndexDamaged."""
    path = folder / COPIES
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as table:
            return _read(table) if int(table["version"]) == FINGERPRINT_VERSION else NONE
    except FileNotFoundError:
        return NONE
    except Exception as error:  # whatever numpy and zipfile make of altered bytes
        raise IndexDamaged(f"{path} is not a table of copies") from error


def read_clusters(folder: Path) -> dict[str, int]:
    """The articles of a build that have copies, each with the number of its cluster. Raises IndexDamaged."""
    copies = read_copies(folder)
    clusters = copies.clusters()
    shared = np.bincount(clusters).take(clusters) > 1
    return dict(zip(compress(copies.ids, shared), clusters[shared].tolist(), strict=True))


def _read(table: Mapping[str, npt.NDArray[np.generic]]) -> Copies:
    """Raises ValueError and others where its parts are none, or do not fit together."""
    joined = table["ids"].tobytes().decode()
    ids = tuple(joined.split(_BETWEEN_IDS)) if joined else ()
    copies = Copies(
        ids,
        table["orders"].astype(np.int64, casting="safe", copy=False),
        Prints(
            table["digests"].astype(np.uint64, casting="safe", copy=False),
            table["texts"].astype(np.uint8, casting="safe", copy=False),
            table["numbers"].astype(np.uint8, casting="safe", copy=False),
        ),
        table["pairs"].astype(np.int64, casting="safe", copy=False),
    )
    shapes = (copies.orders.shape, copies.prints.digests.shape, copies.prints.texts.shape, copies.prints.numbers.shape)
    if shapes != ((len(ids),), (len(ids),), (TEXT_POINTS, len(ids)), (NUMBER_POINTS, len(ids))):
        raise ValueError  # columns of different lengths
    if copies.pairs.ndim != 2 or copies.pairs.shape[1] != 2 or ((copies.pairs < 0) | (copies.pairs >= len(ids))).any():
        raise ValueError  # pairs of rows that are not there
    return copies
