"""Several segments made one, as array work; and which segments are worth it.

Articles keep their order: those of the first segment, then those of the next, without the deleted ones. So the
postings of a term in the merged segment are those in the first, then those in the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh_engine.array_file import Array, starts_of
from indexer.engines.whoosh_engine.articles import ArticleRow
from indexer.engines.whoosh_engine.inversion import PART, term_ranges
from indexer.engines.whoosh_engine.pairs import NOT_COMMON, common_words, pair_arrays
from indexer.engines.whoosh_engine.postings import SEGMENT_LIMIT, FieldPostings, Postings, join
from indexer.engines.whoosh_engine.segment import FIELDS, HAS_POSITIONS, VOCABULARY_OF, WORDS, Segment, write_segment
from indexer.querying.plan import BODY
from indexer.ranking import COMPOUNDS

# -- which

GROWTH = 4
"""A segment may stand beside one that is at least this many times larger; more alike ones are merged."""

SMALL_WORK = 4096
"""Articles that any commit may rewrite to keep segments few: a tenth of a second."""

SHARE_OF_NEW = 8
"""A larger commit may rewrite this many times what it adds."""

MOST_SEGMENTS = 8
"""Above so many segments that are not full, they are merged whatever it takes."""


def choose_segments(sizes: Sequence[int], added: int) -> list[int]:
    """The segments to be merged into one, as places in `sizes` (their articles); none where merging does not pay.

    So an archive has a few segments whose sizes fall by GROWTH, beside those that are full; a small commit never
    rewrites a large archive, and an article is rewritten a few times in its life at most.
    """
    small = sorted((place for place, size in enumerate(sizes) if size < SEGMENT_LIMIT), key=lambda place: sizes[place])
    chosen: list[int] = []
    total = 0
    for place in small:
        if chosen and sizes[place] >= GROWTH * total:
            break
        if total + sizes[place] > SEGMENT_LIMIT:
            break
        chosen.append(place)
        total += sizes[place]
    worth = total <= max(SMALL_WORK, SHARE_OF_NEW * added) or len(small) > MOST_SEGMENTS
    return sorted(chosen) if len(chosen) > 1 and worth else []


# -- how


@dataclass(frozen=True, slots=True)
class Part:
    """A segment to be merged, and which of its articles are left."""

    segment: Segment
    live: NDArray[np.bool_]


def merge_segments(parts: Sequence[Part], folder: Path, segment_id: str) -> None:
    """Write the articles that are left in `parts` as a segment's array files."""
    numberings = list(_numberings(parts))
    rows = [row for part in parts for row in _rows(part)]
    merged = {name: _merge_vocabulary(parts, name) for name in (WORDS, COMPOUNDS)}
    terms = {name: terms for name, (terms, _) in merged.items()}
    postings = {
        field: _merge_field(parts, numberings, field, merged[VOCABULARY_OF[field]][1], len(terms[VOCABULARY_OF[field]]))
        for field in FIELDS
    }
    terms, postings = _without_unused(terms, postings)
    write_segment(folder, segment_id, terms, postings, _pairs(postings[BODY], len(rows)), rows)


def _numberings(parts: Sequence[Part]) -> Iterator[NDArray[np.int64]]:
    """For each part the new number of each article; of deleted ones it means nothing."""
    before = 0
    for part in parts:
        yield before + np.cumsum(part.live) - 1
        before += int(part.live.sum())


def _rows(part: Part) -> Iterator[ArticleRow]:
    rows = part.segment.articles.rows(FIELDS)
    return (rows[article] for article in np.flatnonzero(part.live).tolist())


def _merge_vocabulary(parts: Sequence[Part], name: str) -> tuple[list[bytes], list[NDArray[np.int64]]]:
    """The terms of all parts, sorted, and for each part the new number of each of its terms."""
    vocabularies = [list(part.segment.vocabularies[name]) for part in parts]
    terms = sorted(set().union(*vocabularies))
    numbers = {term: number for number, term in enumerate(terms)}
    return terms, [np.fromiter(map(numbers.__getitem__, each), np.int64, len(each)) for each in vocabularies]


def _merge_field(
    parts: Sequence[Part],
    numberings: Sequence[NDArray[np.int64]],
    field: str,
    new_terms: Sequence[NDArray[np.int64]],
    count: int,
) -> Postings:
    weights = np.zeros(count, np.int64)
    for part, numbers in zip(parts, new_terms, strict=True):
        weights[numbers] += part.segment.postings[field].counts()
    ranges = term_ranges(weights, PART)
    sources = [
        _Source(part.segment.postings[field], part.live, numbering, numbers)
        for part, numbering, numbers in zip(parts, numberings, new_terms, strict=True)
    ]
    return join(_merge_range(sources, first, last, positions=HAS_POSITIONS[field]) for first, last in ranges)


@dataclass(frozen=True, slots=True)
class _Source:
    """One field of a part: its postings, which articles are left, their new numbers, and the new numbers of terms."""

    postings: FieldPostings
    live: NDArray[np.bool_]
    articles: NDArray[np.int64]
    terms: NDArray[np.int64]

    def read(self, first: int, last: int) -> tuple[NDArray[np.uint16], Postings]:
        """What is left of the new terms from `first` up to `last`: the term of each posting, less `first`, and it."""
        begin, end = np.searchsorted(self.terms, (first, last)).tolist()
        found = self.postings.slice(begin, end)
        terms = np.repeat((self.terms[begin:end] - first).astype(np.uint16), np.diff(found.begins))
        articles = self.articles[found.articles].astype(np.uint16)
        kept = self.live[found.articles]
        if kept.all():
            return terms, Postings(found.begins, articles, found.frequencies, found.positions)
        positions = None if found.positions is None else found.positions[np.repeat(kept, found.frequencies)]
        return terms[kept], Postings(found.begins, articles[kept], found.frequencies[kept], positions)


def _merge_range(sources: Sequence[_Source], first: int, last: int, *, positions: bool) -> Postings:
    read = [source.read(first, last) for source in sources]
    terms = np.concatenate([terms for terms, _ in read])
    articles = np.concatenate([postings.articles for _, postings in read])
    frequencies = np.concatenate([postings.frequencies for _, postings in read])
    order = np.argsort(terms, kind="stable")  # within a term the parts stay in their order
    begins = starts_of(np.bincount(terms, minlength=last - first))
    if not positions:
        return Postings(begins, articles[order], frequencies[order])
    found = np.concatenate([postings.positions for _, postings in read if postings.positions is not None])
    places = np.argsort(np.repeat(terms, frequencies), kind="stable")
    return Postings(begins, articles[order], frequencies[order], found[places])


def _without_unused(
    terms: dict[str, list[bytes]], postings: dict[str, Postings]
) -> tuple[dict[str, list[bytes]], dict[str, Postings]]:
    """Leaves out the terms that only deleted articles held."""
    kept = {
        name: np.flatnonzero(sum(np.diff(postings[field].begins) for field in FIELDS if VOCABULARY_OF[field] == name))
        for name in terms
    }
    lists = {name: [terms[name][number] for number in numbers.tolist()] for name, numbers in kept.items()}
    return lists, {field: _of_terms(each, kept[VOCABULARY_OF[field]]) for field, each in postings.items()}


def _of_terms(postings: Postings, terms: NDArray[np.intp]) -> Postings:
    """The postings with only these terms numbered; the others must have none."""
    begins = starts_of(np.diff(postings.begins)[terms])
    return Postings(begins, postings.articles, postings.frequencies, postings.positions)


def _pairs(body: Postings, articles: int) -> dict[str, Array]:
    """The pairs of the merged segment: the common words are put back where they stood, all others left out."""
    counts = np.diff(body.begins)
    words = common_words(counts, articles)
    codes = np.full(len(counts), NOT_COMMON, np.int32)
    codes[words] = np.arange(len(words), dtype=np.int32)
    code_of = np.repeat(np.repeat(codes, counts), body.frequencies)
    article_of = np.repeat(body.articles, body.frequencies)
    assert body.positions is not None  # noqa: S101 - narrows the type; a body always has them
    wanted = np.flatnonzero(code_of > NOT_COMMON)
    code_of, article_of, positions = code_of[wanted], article_of[wanted], body.positions[wanted]
    lengths = np.zeros(articles, np.int64)
    np.maximum.at(lengths, article_of, positions.astype(np.int64) + 1)
    text = np.full(int(lengths.sum()), NOT_COMMON, np.int32)
    text[starts_of(lengths)[article_of] + positions] = code_of
    return pair_arrays(text, lengths, words)
