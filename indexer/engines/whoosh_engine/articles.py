"""What is known of every article of a segment without reading its text, as arrays by article number.

ids.*                    vocabulary of the ids; `ids.of` is the id of each article, `ids.article` the reverse
moments                  local time of publication as yyyymmddHHMMSS, 0 where it is not known
days, days.of            the distinct days, ascending, as yyyymmdd (0: not known), and the place of each article's
newest, oldest           each article's place when they are ordered that way: undated last, then by id
names.*                  vocabulary of the bylines' names, each as key SEPARATOR name as printed
bylines.begins, .names   the distinct bylines as lists of names; `bylines.of` is the byline of each article
labels.<facet>.*         for each of `facets.LABELS`: vocabulary of its texts, each as key SEPARATOR text as printed;
                         `labels.<facet>.of` is the text of each article, counted from 1, 0 for none
<field>.lengths          number of syllables of each article in a field
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer import facets
from indexer.array_file import Array, ArrayFile, narrowest, runs, starts_of
from indexer.engines.whoosh_engine.postings import Numbers
from indexer.lexicon.vocabulary import ABSENT, Vocabulary, vocabulary_arrays

SEPARATOR = "\x1f"
"""ASCII's unit separator: stands between a key and what is printed, or a path and a digest; canonical text never
holds it."""

DAY, MONTH = 10**6, 10**8
"""A moment divided by these is its day, its month."""


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article: its id, moment, names as `key SEPARATOR name`, length in each field, and its text in each of
    `facets.LABELS` written the same way, "" where it has none."""

    id: str
    moment: int
    names: tuple[str, ...]
    lengths: tuple[int, ...]
    labels: tuple[str, ...] = ("",) * len(facets.LABELS)


def article_arrays(rows: Sequence[ArticleRow], fields: Sequence[str]) -> dict[str, Array]:
    """The arrays of the articles; `fields` names the lengths of a row."""
    lengths = np.array([row.lengths for row in rows], np.int64).reshape(-1, len(fields))
    return {
        **_id_arrays(rows),
        **_date_arrays(rows),
        **_byline_arrays(rows),
        **_label_arrays(rows),
        **{f"{field}.lengths": narrowest(lengths[:, column]) for column, field in enumerate(fields)},
    }


def _id_arrays(rows: Sequence[ArticleRow]) -> dict[str, Array]:
    ids = [row.id.encode() for row in rows]
    order = sorted(range(len(ids)), key=ids.__getitem__)
    articles = np.array(order, np.int64)
    return {
        **vocabulary_arrays("ids", [ids[article] for article in order]),
        "ids.article": narrowest(articles),
        "ids.of": narrowest(inverse(articles)),
    }


def _date_arrays(rows: Sequence[ArticleRow]) -> dict[str, Array]:
    moments = np.array([row.moment for row in rows], np.int64)
    days, day_of = np.unique(moments // DAY, return_inverse=True)
    by_id = np.argsort(np.array([row.id for row in rows], dtype=object), kind="stable")
    moments_by_id = moments[by_id]
    newest = by_id[np.argsort(-moments_by_id, kind="stable")]
    oldest = by_id[np.lexsort((moments_by_id, moments_by_id == 0))]
    return {
        "moments": moments,
        "days": days.astype(np.uint32),
        "days.of": narrowest(day_of),
        "newest": narrowest(inverse(newest)),
        "oldest": narrowest(inverse(oldest)),
    }


def _byline_arrays(rows: Sequence[ArticleRow]) -> dict[str, Array]:
    names = sorted({name.encode() for row in rows for name in row.names})
    number_of = {name: number for number, name in enumerate(names)}
    bylines: dict[tuple[str, ...], int] = {}
    of = [bylines.setdefault(row.names, len(bylines)) for row in rows]
    members = [number_of[name.encode()] for byline in bylines for name in byline]
    counts = np.fromiter(map(len, bylines), np.int64, len(bylines))
    return {
        **vocabulary_arrays("names", names),
        "bylines.begins": starts_of(counts).astype(np.uint32),
        "bylines.names": np.array(members, np.uint32),
        "bylines.of": narrowest(np.array(of, np.int64)),
    }


def _label_arrays(rows: Sequence[ArticleRow]) -> dict[str, Array]:
    arrays: dict[str, Array] = {}
    for place, facet in enumerate(facets.LABELS):
        labels = sorted({row.labels[place].encode() for row in rows} - {b""})
        number_of = {label.decode(): number for number, label in enumerate(labels, 1)}
        of = [number_of.get(row.labels[place], 0) for row in rows]
        arrays |= vocabulary_arrays(f"labels.{facet}", labels)
        arrays[f"labels.{facet}.of"] = narrowest(np.array(of, np.int64))
    return arrays


def inverse(order: NDArray[np.int64]) -> NDArray[np.int64]:
    """The place of each element in an order of all."""
    places = np.empty_like(order)
    places[order] = np.arange(len(order))
    return places


class Labels:
    """The texts of one facet: `texts` as key and text, the first standing for none; `of` is each article's."""

    def __init__(self, file: ArrayFile, facet: str) -> None:
        self.texts = [("", ""), *map(_split, Vocabulary(file, f"labels.{facet}"))]
        self.of: Numbers = file.array(f"labels.{facet}.of").astype(np.intp)

    def packed(self) -> list[str]:
        """The text of each article, as `ArticleRow` has it."""
        packed = ["", *(SEPARATOR.join(text) for text in self.texts[1:])]
        return [packed[number] for number in self.of.tolist()]


class ArticleColumns:
    """The articles of an open segment."""

    def __init__(self, file: ArrayFile) -> None:
        self._file = file
        self.size = len(file.array("moments"))
        self.moments: NDArray[np.int64] = file.array("moments")
        self.days: NDArray[np.int64] = file.array("days").astype(np.int64)
        self.day_of = file.array("days.of").astype(np.intp)
        self.newest, self.oldest = file.array("newest"), file.array("oldest")
        self.byline_of = file.array("bylines.of").astype(np.intp)
        self.byline_begins = file.array("bylines.begins").astype(np.int64)
        self.byline_names: Numbers = file.array("bylines.names").astype(np.intp)
        self.names = list(map(_split, Vocabulary(file, "names")))
        self.labels = {facet: Labels(file, facet) for facet in facets.LABELS}
        self._ids = Vocabulary(file, "ids")
        self._id_of, self._article_of = file.array("ids.of").data, file.array("ids.article").data

    def id(self, article: int) -> str:
        return self._ids[self._id_of[article]].decode()

    def find(self, article_id: str) -> int:
        """The article with an id, or ABSENT."""
        number = self._ids.find(article_id.encode("utf-8", "replace"))  # no id holds a lone surrogate
        return int(self._article_of[number]) if number != ABSENT else ABSENT

    def all_ids(self) -> list[str]:
        """The ids by article number."""
        ids = self._ids.texts()
        return [ids[number] for number in self._id_of.tolist()]

    def lengths(self, field: str) -> Array:
        return self._file.array(f"{field}.lengths")

    @cached_property
    def bylines(self) -> list[list[int]]:
        """The names of each byline, as numbers."""
        names = self.byline_names.tolist()
        return [names[begin:end] for begin, end in runs(self.byline_begins)]

    def rows(self, fields: Sequence[str]) -> list[ArticleRow]:
        """The rows that `article_arrays` was given."""
        names = [SEPARATOR.join(name) for name in self.names]
        bylines = [tuple(names[number] for number in byline) for byline in self.bylines]
        lengths = zip(*(self.lengths(field).tolist() for field in fields), strict=True)
        labels = zip(*(each.packed() for each in self.labels.values()), strict=True)
        return [
            ArticleRow(article_id, moment, bylines[byline], length, packed)
            for article_id, moment, byline, length, packed in zip(
                self.all_ids(), self.moments.tolist(), self.byline_of.tolist(), lengths, labels, strict=True
            )
        ]


def _split(packed: bytes) -> tuple[str, str]:
    """What SEPARATOR holds apart."""
    key, _, text = packed.decode().partition(SEPARATOR)
    return key, text
