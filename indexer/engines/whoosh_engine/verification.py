"""Whether the arrays of a segment are as they were written, and agree with each other: every byte, every count."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from indexer.engines.whoosh_engine.postings import FieldPostings, Postings
from indexer.engines.whoosh_engine.segment import FIELDS, Segment
from indexer.errors import IndexDamaged


def problems_of(segment: Segment, size: int) -> Iterator[str]:
    """What is wrong with a segment of which the table of contents says that it holds `size` articles."""
    try:
        segment.check_everything()
    except IndexDamaged as error:
        yield error.problem
        return
    yield from (f"segment {segment.id}: {problem}" for problem in _disagreements(segment, size))


def _disagreements(segment: Segment, size: int) -> Iterator[str]:
    columns = segment.articles
    if columns.size != size:
        yield f"it holds {columns.size} articles, the table of contents says {size}"
        return
    if len(set(columns.all_ids())) != size:
        yield "two of its articles have one id"
    for name, places in (("newest", columns.newest), ("oldest", columns.oldest)):
        if not np.array_equal(np.sort(places), np.arange(size)):
            yield f"its order by date ({name}) does not name every article once"
    for name, vocabulary in segment.vocabularies.items():
        if any(left >= right for left, right in pairwise(vocabulary)):
            yield f"its {name} are not in order"
    for field in FIELDS:
        yield from (f"{field}: {problem}" for problem in _in_field(segment, field, size))
    for field, pairs in segment.pairs.items():
        yield from (f"pairs of {field}: {problem}" for problem in _in_postings(_all(pairs.postings), size))


def _in_field(segment: Segment, field: str, size: int) -> Iterator[str]:
    postings = _all(segment.postings[field])
    yield from (wrong := list(_in_postings(postings, size)))
    if wrong:
        return
    counted = np.bincount(postings.articles, postings.frequencies, size)
    lengths = segment.articles.lengths(field)
    for article in np.flatnonzero(counted != lengths)[:1].tolist():
        told = f"article {segment.articles.id(article)} has {lengths[article]} terms, its postings"
        yield f"{told} count {int(counted[article])}"
    if postings.positions is not None and len(postings.positions) != postings.frequencies.sum(dtype=np.int64):
        yield "there is not one position for each time a term is counted"


def _in_postings(postings: Postings, size: int) -> Iterator[str]:
    articles = postings.articles.astype(np.int64)
    if len(articles) != len(postings.frequencies) or postings.begins[-1] != len(articles):
        yield "its lists are not of one length"
        return
    if articles.max(initial=-1) >= size:
        yield "a term stands in an article that is not there"
    is_next = np.diff(articles) > 0
    is_next[postings.begins[(postings.begins > 0) & (postings.begins < len(articles))] - 1] = True
    if not is_next.all():
        yield "the articles of a term are not in order"


def _all(postings: FieldPostings) -> Postings:
    return postings.slice(0, len(postings))
