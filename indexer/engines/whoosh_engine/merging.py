"""Several segments made one, as array work; and which segments are worth it.

Articles keep their order: those of the first segment, then those of the next, without the deleted ones. So the
postings of a term in the merged segment are those in the first, then those in the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.array_file import Array, starts_of
from indexer.engines.whoosh_engine.articles import ArticleRow
from indexer.engines.whoosh_engine.inversion import PART, term_ranges
from indexer.engines.whoosh_engine.matching import Mask
from indexer.engines.whoosh_engine.pairs import common_words
from indexer.engines.whoosh_engine.postings import SEGMENT_LIMIT, FieldPostings, Postings, join
from indexer.engines.whoosh_engine.segment import FIELDS, HAS_POSITIONS, VOCABULARY_OF, WORDS, Segment, SegmentWriter
from indexer.lexicon.completions import NameCounts
from indexer.lexicon.neighbours import NO_WORD, PairCounts, add_counts, count_neighbours
from indexer.querying.plan import BODY, TEXT_FIELDS, TITLE
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
    rewrites a large archive, and an article is rewritten a dozen times in its life at most.
    """
    small = sorted((place for place, size in enumerate(sizes) if size < SEGMENT_LIMIT), key=lambda place: sizes[place])
    chosen = small[: _alike([sizes[place] for place in small])]
    worth = sum(sizes[place] for place in chosen) <= max(SMALL_WORK, SHARE_OF_NEW * added)
    return sorted(chosen) if worth or len(small) > MOST_SEGMENTS else []


def _alike(sizes: Sequence[int]) -> int:
    """How many of the smallest segments, whose sizes ascend, reach to the end of the first ones that are alike.

    Those before them come along: a few articles must not keep larger segments behind them apart.
    """
    total = alike = 0
    for place, size in enumerate(sizes):
        if total + size > SEGMENT_LIMIT:
            break
        if size < GROWTH * total:
            alike = place + 1
        elif alike:
            break
        total += size
    return alike


# -- how


@dataclass(frozen=True, slots=True)
class Part:
    """A segment to be merged, and which of its articles are left."""

    segment: Segment
    live: Mask


def merge_segments(parts: Sequence[Part], folder: Path, segment_id: str) -> None:
    """Write the articles that are left in `parts` as a segment's array files."""
    numberings = list(_numberings(parts))
    rows = [row for part in parts for row in _rows(part)]
    merged = {name: _merge_vocabulary(parts, name) for name in (WORDS, COMPOUNDS)}
    vocabularies = {name: terms for name, (terms, _) in merged.items()}

    def merge(field: str) -> Iterator[Postings]:
        terms, new_terms = merged[VOCABULARY_OF[field]]
        return _merge_field(parts, numberings, field, new_terms, len(terms))

    with SegmentWriter(folder, segment_id, vocabularies) as writer:
        title, body = join(merge(TITLE)), join(merge(BODY))
        counts = writer.add_texts(title, [body], np.result_type(np.uint16, body.positions))
        common = common_words(counts, len(rows))
        neighbours = [
            _neighbours_left(part).renumbered(numbers) for part, numbers in zip(parts, merged[WORDS][1], strict=True)
        ]
        writer.add_neighbours(add_counts(neighbours), len(rows))
        writer.add_pairs(BODY, *_text_of(body, common, len(rows)), common)
        writer.add_pairs(TITLE, *_text_of(title, np.arange(len(vocabularies[WORDS])), len(rows)), None)
        del title, body
        compounds = join(merge(COMPOUNDS))
        writer.add_compounds(compounds)
        writer.add_completions(np.diff(compounds.begins), _names(parts), len(rows))
        writer.finish(rows)


def _numberings(parts: Sequence[Part]) -> Iterator[NDArray[np.int64]]:
    """For each part the new number of each article; of deleted ones it means nothing."""
    before = 0
    for part in parts:
        yield before + np.cumsum(part.live) - 1
        before += int(part.live.sum())


def _rows(part: Part) -> Iterator[ArticleRow]:
    rows = part.segment.articles.rows(FIELDS)
    return (rows[article] for article in np.flatnonzero(part.live).tolist())


def _names(parts: Sequence[Part]) -> NameCounts:
    names = NameCounts()
    for part in parts:
        for name, held in part.segment.completions.names():
            names.add_held(name, held)
    return names


def _merge_vocabulary(parts: Sequence[Part], name: str) -> tuple[list[bytes], list[NDArray[np.int64]]]:
    """The terms of all parts that some article is left to hold, sorted; and for each part its terms' new numbers.

    A term that is left out gets the number of its neighbour, as it has no postings any more.
    """
    used = [_used_terms(part, name) for part in parts]
    held = [list(compress(part.segment.vocabularies[name], mask)) for part, mask in zip(parts, used, strict=True)]
    terms = sorted(set().union(*held))
    numbers = {term: number for number, term in enumerate(terms)}
    new_numbers = []
    for mask, own in zip(used, held, strict=True):
        new = np.zeros(len(mask), np.int64)
        new[mask] = np.fromiter(map(numbers.__getitem__, own), np.int64, len(own))
        new_numbers.append(np.maximum.accumulate(new))
    return terms, new_numbers


def _used_terms(part: Part, name: str) -> Mask:
    """Which terms of a vocabulary an article that is left holds."""
    used = np.zeros(len(part.segment.vocabularies[name]), bool)
    for field in FIELDS:
        if VOCABULARY_OF[field] == name and len(used):
            found = part.segment.postings[field].slice(0, len(used))
            counts = starts_of(part.live[found.articles])[found.begins]
            used |= counts[1:] > counts[:-1]
    return used


def _merge_field(
    parts: Sequence[Part],
    numberings: Sequence[NDArray[np.int64]],
    field: str,
    new_terms: Sequence[NDArray[np.int64]],
    count: int,
) -> Iterator[Postings]:
    weights = np.zeros(count + 1, np.int64)  # one more: where no term is left, those left out are numbered 0
    for part, numbers in zip(parts, new_terms, strict=True):
        np.add.at(weights, numbers, part.segment.postings[field].counts())
    ranges = term_ranges(weights[:count], PART)
    sources = [
        _Source(part.segment.postings[field], part.live, numbering, numbers)
        for part, numbering, numbers in zip(parts, numberings, new_terms, strict=True)
    ]
    return (_merge_range(sources, first, last, positions=HAS_POSITIONS[field]) for first, last in ranges)


@dataclass(frozen=True, slots=True)
class _Source:
    """One field of a part: its postings, which articles are left, their new numbers, and the new numbers of terms."""

    postings: FieldPostings
    live: Mask
    articles: NDArray[np.int64]
    terms: NDArray[np.int64]

    def read(self, first: int, last: int) -> tuple[NDArray[np.uint16], Postings]:
        """What is left of the new terms from `first` up to `last`: the term of each posting, less `first`, and it."""
        begin, end = np.searchsorted(self.terms, (first, last)).tolist()
        found = _only(self.postings.slice(begin, end), self.live)
        terms = np.repeat((self.terms[begin:end] - first).astype(np.uint16), np.diff(found.begins))
        articles = self.articles[found.articles].astype(np.uint16)
        return terms, Postings(found.begins, articles, found.frequencies, found.positions)


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


def _neighbours_left(part: Part) -> PairCounts:
    """The pairs of neighbours in a part, without those in deleted articles."""
    counted = part.segment.neighbours.all()
    if part.live.all():
        return counted
    words = len(part.segment.vocabularies[WORDS])
    gone = [_only(part.segment.postings[field].slice(0, words), ~part.live) for field in TEXT_FIELDS]
    texts = [_text_of(postings, np.arange(words), len(part.live)) for postings in gone]
    return counted.less(count_neighbours(texts, part.segment.postings[BODY].counts()))


def _only(postings: Postings, articles: Mask) -> Postings:
    """The postings in some of the articles."""
    kept = articles[postings.articles]
    if kept.all():
        return postings
    positions = None if postings.positions is None else postings.positions[np.repeat(kept, postings.frequencies)]
    begins = starts_of(kept)[postings.begins]
    return Postings(begins, postings.articles[kept], postings.frequencies[kept], positions)


def _text_of(postings: Postings, words: Array, articles: int) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The words put back where they stood, all others left out, and how many words that makes of each article."""
    counts = np.diff(postings.begins)
    numbers = np.full(len(counts), NO_WORD, np.int32)
    numbers[words] = words
    word_of = np.repeat(np.repeat(numbers, counts), postings.frequencies)
    wanted = np.flatnonzero(word_of > NO_WORD)
    assert postings.positions is not None  # noqa: S101 - narrows the type; titles and bodies have them
    word_of, positions = word_of[wanted], postings.positions[wanted]
    article_of = np.repeat(postings.articles, postings.frequencies)[wanted]
    lengths = np.zeros(articles, np.int64)
    np.maximum.at(lengths, article_of, positions.astype(np.int64) + 1)
    text = np.full(int(lengths.sum()), NO_WORD, np.int32)
    text[starts_of(lengths)[article_of] + positions] = word_of
    return text, lengths
