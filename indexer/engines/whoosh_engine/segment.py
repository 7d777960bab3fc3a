"""One segment's array files: written from a batch of documents, opened for reading.

    <segment>.terms      words (title and body share one vocabulary), compounds, their postings, pairs, neighbours,
                         folded forms, completions
    <segment>.articles   see `articles`

Both stand beside Whoosh's own files of the segment (stored fields, columns) and are named in its table of contents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.array_file import Array, ArrayFile, ArrayWriter
from indexer.engines.whoosh_engine.articles import ArticleColumns, ArticleRow, article_arrays
from indexer.engines.whoosh_engine.overlay import overlay
from indexer.engines.whoosh_engine.pairs import PairPostings, pair_arrays
from indexer.engines.whoosh_engine.postings import FieldPostings, Postings, join, positions_begin, postings_arrays
from indexer.lexicon.completions import Completions, NameCounts, completion_arrays, kept_texts
from indexer.lexicon.folded import Folded, folded_arrays
from indexer.lexicon.neighbours import Neighbours, PairCounts, kept_pairs, neighbour_arrays
from indexer.lexicon.vocabulary import Vocabulary, vocabulary_arrays
from indexer.querying.plan import BODY, TEXT_FIELDS, TITLE
from indexer.ranking import COMPOUNDS

TERMS_FILE, ARTICLES_FILE = ".terms", ".articles"
TERMS_KIND, ARTICLES_KIND = "terms", "articles"

WORDS = "words"
"""The vocabulary that title and body share."""

FIELDS = (TITLE, BODY, COMPOUNDS)
"""The fields with postings; the lengths of a row stand in this order."""

VOCABULARY_OF = {TITLE: WORDS, BODY: WORDS, COMPOUNDS: COMPOUNDS}

HAS_POSITIONS = {TITLE: True, BODY: True, COMPOUNDS: False}


class SegmentWriter:
    """Writes both files of a segment, step by step, so that not everything need be in memory at once: texts,
    neighbours, pairs, compounds, and `finish`.

    Args:
        vocabularies: the sorted terms of each vocabulary.
    """

    def __init__(self, folder: Path, segment_id: str, vocabularies: Mapping[str, Sequence[bytes]]) -> None:
        self._folder, self._segment_id = folder, segment_id
        self._vocabularies = vocabularies
        self._terms = ArrayWriter(folder / f"{segment_id}{TERMS_FILE}", TERMS_KIND)

    def __enter__(self) -> SegmentWriter:
        return self

    def __exit__(self, failure: object, *_: object) -> None:
        if failure:
            self._terms.abandon()

    def add_texts(self, title: Postings, body: Iterable[Postings], positions: np.dtype[Any]) -> NDArray[np.int64]:
        """Returns in how many articles each word stands.

        The body comes a range of terms at a time; `positions` is the type that holds its positions.
        """
        for name, terms in self._vocabularies.items():
            self._terms.add(vocabulary_arrays(name, terms))
        ranges: list[Postings] = []

        def body_positions() -> Iterator[Array]:
            for part in body:
                ranges.append(replace(part, positions=None))
                if part.positions is not None:
                    yield part.positions

        self._terms.add_piecemeal(f"{BODY}.positions", positions, body_positions())
        both, places = overlay(join(ranges), title)
        self._counts = np.diff(both.begins)
        assert title.positions is not None  # noqa: S101 - narrows the type; texts have positions
        self._terms.add(
            {
                f"{BODY}.articles": both.articles,
                f"{BODY}.positions_begin": positions_begin(both),
                **postings_arrays(BODY, both),
                f"{TITLE}.places": places,
                f"{TITLE}.positions": title.positions,
                f"{TITLE}.positions_begin": positions_begin(title),
                **postings_arrays(TITLE, title),
            }
        )
        return self._counts

    def add_compounds(self, postings: Postings) -> None:
        self._terms.add({f"{COMPOUNDS}.articles": postings.articles, **postings_arrays(COMPOUNDS, postings)})

    def add_completions(self, compounds: NDArray[np.int64], names: NameCounts, articles: int) -> None:
        """Of the compounds, with the number of articles of each, and the names, what a segment of so many keeps."""
        self._terms.add(completion_arrays(kept_texts(self._vocabularies[COMPOUNDS], compounds, names, articles)))

    def add_pairs(self, field: str, text: NDArray[np.int32], lengths: Array, words: Array | None) -> None:
        """See `pairs.pair_arrays`."""
        self._terms.add(pair_arrays(field, text, lengths, words))

    def add_neighbours(self, counted: PairCounts, articles: int) -> None:
        """Of the pairs counted, those that a segment of so many articles keeps."""
        self._terms.add(neighbour_arrays(kept_pairs(counted, articles), len(self._vocabularies[WORDS])))

    def finish(self, rows: Sequence[ArticleRow]) -> None:
        self._terms.add(folded_arrays(self._vocabularies[WORDS], self._counts))
        self._terms.close()
        with ArrayWriter(self._folder / f"{self._segment_id}{ARTICLES_FILE}", ARTICLES_KIND) as articles:
            articles.add(article_arrays(rows, FIELDS))


class Segment:
    """An open segment. Nothing in it changes; safe to share between threads.

    Raises:
        IndexDamaged, IndexIncompatible: see `ArrayFile`.
    """

    def __init__(self, folder: Path, segment_id: str) -> None:
        self._terms = ArrayFile(folder / f"{segment_id}{TERMS_FILE}", TERMS_KIND)
        self._articles = ArrayFile(folder / f"{segment_id}{ARTICLES_FILE}", ARTICLES_KIND)
        self.id = segment_id

    @cached_property
    def articles(self) -> ArticleColumns:
        return ArticleColumns(self._articles)

    @cached_property
    def vocabularies(self) -> dict[str, Vocabulary]:
        return {name: Vocabulary(self._terms, name) for name in (WORDS, COMPOUNDS)}

    @cached_property
    def postings(self) -> dict[str, FieldPostings]:
        body = FieldPostings(self._terms, BODY)
        return {
            BODY: body,
            TITLE: FieldPostings(self._terms, TITLE, body),
            COMPOUNDS: FieldPostings(self._terms, COMPOUNDS),
        }

    @cached_property
    def pairs(self) -> dict[str, PairPostings]:
        return {field: PairPostings(self._terms, field) for field in TEXT_FIELDS}

    @cached_property
    def neighbours(self) -> Neighbours:
        return Neighbours(self._terms)

    @cached_property
    def folded(self) -> Folded:
        return Folded(self._terms)

    @cached_property
    def completions(self) -> Completions:
        return Completions(self._terms)

    def check_everything(self) -> None:
        """Raises IndexDamaged unless every byte of both files is as it was written."""
        self._terms.check_everything()
        self._articles.check_everything()
