"""Documents gathered in memory until they are written as a segment: tokens as numbers, rows, nothing else."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.documents import PASSAGE_BREAK, Document, field_length
from indexer.engines.whoosh_engine.array_file import Array
from indexer.engines.whoosh_engine.articles import SEPARATOR, ArticleRow
from indexer.engines.whoosh_engine.inversion import invert
from indexer.engines.whoosh_engine.pairs import NOT_COMMON, common_words, pair_arrays
from indexer.engines.whoosh_engine.postings import SEGMENT_LIMIT, Postings
from indexer.engines.whoosh_engine.segment import FIELDS, HAS_POSITIONS, VOCABULARY_OF, WORDS, write_segment
from indexer.querying.plan import BODY, TITLE
from indexer.ranking import COMPOUNDS

BYTES_PER_TOKEN = 12
"""What a token takes while its batch is written: its number (4), its article (2), its position and posting (6)."""

WORK_SPACE = 120_000_000
"""Bytes that writing a batch takes besides."""


class _Numbers(dict[str, int]):
    """Term -> its number, in the order of first sight; a new term gets the next one."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


class Batch:
    """Takes documents in; `is_full` says when it has to be written."""

    def __init__(self, memory_bytes: int) -> None:
        self._most_tokens = max(memory_bytes - WORK_SPACE, WORK_SPACE // 10) // BYTES_PER_TOKEN
        self._numbers = {name: _Numbers() for name in (WORDS, COMPOUNDS)}
        self._tokens = {field: array("i") for field in FIELDS}
        self._lengths = {field: array("i") for field in FIELDS}
        self.rows: list[ArticleRow] = []

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def is_full(self) -> bool:
        return len(self.rows) == SEGMENT_LIMIT or sum(map(len, self._tokens.values())) >= self._most_tokens

    def add(self, document: Document) -> None:
        for field, tokens in ((TITLE, document.title), (BODY, document.body), (COMPOUNDS, document.compounds)):
            self._tokens[field].extend(map(self._numbers[VOCABULARY_OF[field]].__getitem__, tokens))
            self._lengths[field].append(len(tokens))
        self.rows.append(_row(document))

    def write(self, folder: Path, segment_id: str) -> None:
        """Write the batch as a segment's array files. It takes no documents afterwards."""
        vocabularies = {name: _rank(numbers) for name, numbers in self._numbers.items()}
        terms = {name: terms for name, (terms, _) in vocabularies.items()}
        postings: dict[str, Postings] = {}
        pairs: dict[str, Array] = {}
        for field in FIELDS:
            tokens = np.frombuffer(self._tokens.pop(field), np.int32)
            lengths = np.frombuffer(self._lengths.pop(field), np.int32)
            tokens = vocabularies[VOCABULARY_OF[field]][1][tokens]
            count = len(terms[VOCABULARY_OF[field]])
            postings[field] = invert(tokens, lengths, count, positions=HAS_POSITIONS[field])
            if field == BODY:
                pairs = _pairs(tokens, lengths, postings[field])
        write_segment(folder, segment_id, terms, postings, pairs, self.rows)


def _row(document: Document) -> ArticleRow:
    article = document.article
    return ArticleRow(
        id=article.id,
        moment=article.published.order if article.published else 0,
        names=tuple(f"{author.key}{SEPARATOR}{author.name}" for author in article.authors),
        lengths=(field_length(document.title), field_length(document.body), len(document.compounds)),
    )


def _rank(numbers: Iterable[str]) -> tuple[list[bytes], NDArray[np.int32]]:
    """The terms sorted by their bytes, and for each number of first sight the place there.

    A passage break is no term: its place is past the end.
    """
    terms = [term.encode() for term in numbers]
    sign = PASSAGE_BREAK.encode()
    order = sorted(range(len(terms)), key=terms.__getitem__)
    kept = [number for number in order if terms[number] != sign]
    ranks = np.full(len(terms), len(kept), np.int32)
    ranks[kept] = np.arange(len(kept), dtype=np.int32)
    return [terms[number] for number in kept], ranks


def _pairs(tokens: NDArray[np.int32], lengths: NDArray[np.int32], postings: Postings) -> dict[str, Array]:
    counts = np.diff(postings.begins)
    words = common_words(counts, len(lengths))
    codes = np.full(len(counts) + 1, NOT_COMMON, np.int32)
    codes[words] = np.arange(len(words), dtype=np.int32)
    return pair_arrays(codes[np.minimum(tokens, len(counts))], lengths, words)
