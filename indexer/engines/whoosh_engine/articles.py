"""What is known of every article of a segment without reading its text, as arrays by article number.

ids.*                    vocabulary of the ids; `ids.of` is the id of each article, `ids.article` the reverse
moments                  local time of publication as yyyymmddHHMMSS, 0 where it is not known
days, days.of            the distinct days, ascending, as yyyymmdd (0: not known), and the place of each article's
newest, oldest           each article's place when they are ordered that way: undated last, then by id
names.*                  vocabulary of the bylines' names, each as key SEPARATOR name as printed
bylines.begins, .names   the distinct bylines as lists of names; `bylines.of` is the byline of each article
sections.*               vocabulary of the sections; `sections.of` is each article's section, counted from 1, 0 for none
<field>.lengths          number of syllables of each article in a field
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.array_file import Array, ArrayFile, narrowest, runs, starts_of
from indexer.engines.whoosh_engine.postings import Numbers
from indexer.lexicon.vocabulary import ABSENT, Vocabulary, vocabulary_arrays

SEPARATOR = "\x1f"
"""ASCII's unit separator: stands between an author's key and a name, or a path and a digest; canonical text never
holds it."""

DAY, MONTH = 10**6, 10**8
"""A moment divided by these is its day, its month."""


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article: its id, moment, names as `key SEPARATOR name`, length in each field, and section."""

    id: str
    moment: int
    names: tuple[str, ...]
    lengths: tuple[int, ...]
    section: str = ""


def article_arrays(rows: Sequence[ArticleRow], fields: Sequence[str]) -> dict[str, Array]:
    """The arrays of the articles; `fields` names the lengths of a row."""
    lengths = np.array([row.lengths for row in rows], np.int64).reshape(-1, len(fields))
    return {
        **_id_arrays(rows),
        **_date_arrays(rows),
        **_byline_arrays(rows),
        **_section_arrays(rows),
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


def _section_arrays(rows: Sequence[ArticleRow]) -> dict[str, Array]:
    sections = sorted({row.section.encode() for row in rows} - {b""})
    number_of = {section: number for number, section in enumerate(sections, 1)}
    of = [number_of.get(row.section.encode(), 0) for row in rows]
    return {**vocabulary_arrays("sections", sections), "sections.of": narrowest(np.array(of, np.int64))}


def inverse(order: NDArray[np.int64]) -> NDArray[np.int64]:
    """The place of each element in an order of all."""
    places = np.empty_like(order)
    places[order] = np.arange(len(order))
    return places


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
        self.names = [tuple(name.decode().split(SEPARATOR, 1)) for name in Vocabulary(file, "names")]
        self.sections = ["", *(section.decode() for section in Vocabulary(file, "sections"))]
        self.section_of = file.array("sections.of").astype(np.intp)
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
        of, sections = self.byline_of.tolist(), self.section_of.tolist()
        return [
            ArticleRow(article_id, moment, bylines[of[article]], length, self.sections[sections[article]])
            for article, (article_id, moment, length) in enumerate(
                zip(self.all_ids(), self.moments.tolist(), lengths, strict=True)
            )
        ]
