"""Documents gathered in memory until they are written as a segment: tokens as numbers, rows, nothing else."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer import facets
from indexer.documents import PASSAGE_BREAK, Document, field_length
from indexer.engines.whoosh_engine.articles import SEPARATOR, ArticleRow
from indexer.engines.whoosh_engine.completions import NameCounts
from indexer.engines.whoosh_engine.inversion import PART, invert
from indexer.engines.whoosh_engine.neighbours import count_neighbours
from indexer.engines.whoosh_engine.pairs import NO_WORD, common_words
from indexer.engines.whoosh_engine.postings import SEGMENT_LIMIT, join, position_type
from indexer.engines.whoosh_engine.segment import FIELDS, VOCABULARY_OF, WORDS, SegmentWriter
from indexer.querying.plan import BODY, TEXT_FIELDS, TITLE
from indexer.ranking import COMPOUNDS

BYTES_PER_TOKEN = 9
"""What a token takes while its batch is written: its number (4), its article (2), its share of a posting (3)."""

BYTES_PER_TERM = 200
"""What a distinct term takes: the term, and its places in a table and in sorted lists."""

LABELS_KEPT = 4096
"""Different section and source together."""

WORK_SPACE = 120_000_000
"""Bytes that writing a batch takes besides."""


class _Numbers(dict[str, int]):
    """Term -> its number, in the order of first sight; a new term gets the next one."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


class _Tokens:
    """Numbers of tokens, one article's after another's, in an array that grows."""

    def __init__(self) -> None:
        self._room = np.empty(1 << 16, np.int32)
        self._used = 0

    def __len__(self) -> int:
        return self._used

    def add(self, numbers: Iterable[int], count: int) -> None:
        end = self._used + count
        if end > len(self._room):
            self._room = np.resize(self._room, max(end, len(self._room) + len(self._room) // 4))
        self._room[self._used : end] = np.fromiter(numbers, np.int32, count)
        self._used = end

    def all(self) -> NDArray[np.int32]:
        return self._room[: self._used]


class Batch:
    """Takes documents in; `is_full` says when it has to be written."""

    def __init__(self, memory_bytes: int) -> None:
        self._room = max(memory_bytes - WORK_SPACE, WORK_SPACE // 10)
        self._numbers = {name: _Numbers() for name in (WORDS, COMPOUNDS)}
        self._tokens = {field: _Tokens() for field in FIELDS}
        self._lengths: dict[str, array[int]] = {field: array("i") for field in FIELDS}
        self._names = NameCounts()
        self.rows: list[ArticleRow] = []

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def is_full(self) -> bool:
        return len(self.rows) == SEGMENT_LIMIT or self._bytes() >= self._room

    def _bytes(self) -> int:
        tokens = sum(map(len, self._tokens.values()))
        terms = sum(map(len, self._numbers.values())) + len(self._names)
        return tokens * BYTES_PER_TOKEN + terms * BYTES_PER_TERM

    def add(self, document: Document) -> None:
        for field, tokens in ((TITLE, document.title), (BODY, document.body), (COMPOUNDS, document.compounds)):
            number_of = self._numbers[VOCABULARY_OF[field]].__getitem__
            self._tokens[field].add(map(number_of, tokens), len(tokens))
            self._lengths[field].append(len(tokens))
        self._names.add(document.names)
        self.rows.append(_row(document))

    def write(self, folder: Path, segment_id: str) -> None:
        """Write the batch as a segment's array files. It takes no documents afterwards."""
        ranked = {name: _rank(numbers) for name, numbers in self._numbers.items()}
        vocabularies = {name: terms for name, (terms, _) in ranked.items()}
        text, lengths = {}, {}
        for field in FIELDS:
            text[field] = _renumbered(self._tokens.pop(field).all(), ranked[VOCABULARY_OF[field]][1])
            lengths[field] = np.frombuffer(self._lengths.pop(field), np.int32)
        words, compounds = len(vocabularies[WORDS]), len(vocabularies[COMPOUNDS])
        with SegmentWriter(folder, segment_id, vocabularies) as writer:
            title = join(invert(text[TITLE], lengths[TITLE], words, positions=True))
            body = invert(text[BODY], lengths[BODY], words, positions=True)
            counts = writer.add_texts(title, body, position_type(int(lengths[BODY].max(initial=0))))
            texts = [(text[field], lengths[field]) for field in TEXT_FIELDS]
            writer.add_neighbours(count_neighbours(texts, counts), len(self.rows))
            del texts
            writer.add_pairs(BODY, text.pop(BODY), lengths[BODY], common_words(counts, len(self.rows)))
            writer.add_pairs(TITLE, text[TITLE], lengths[TITLE], None)
            postings = join(invert(text[COMPOUNDS], lengths[COMPOUNDS], compounds, positions=False))
            writer.add_compounds(postings)
            writer.add_completions(np.diff(postings.begins), self._names, len(self.rows))
            writer.finish(self.rows)


def _renumbered(text: NDArray[np.int32], ranks: NDArray[np.int32]) -> NDArray[np.int32]:
    """The tokens by their place in the vocabulary; done in place, as they are the largest thing in memory."""
    for start in range(0, len(text), PART):
        text[start : start + PART] = ranks[text[start : start + PART]]
    return text


def _row(document: Document) -> ArticleRow:
    article = document.article
    return ArticleRow(
        id=article.id,
        moment=article.published.order if article.published else 0,
        names=tuple(f"{author.key}{SEPARATOR}{author.name}" for author in article.authors),
        lengths=(field_length(document.title), field_length(document.body), len(document.compounds)),
        labels=_labels(*(getattr(article, facet) for facet in facets.LABELS)),
    )


@lru_cache(LABELS_KEPT)
def _labels(*texts: str) -> tuple[str, ...]:
    """As `ArticleRow` has them: many articles share one tuple."""
    return tuple(f"{facets.label_key(text)}{SEPARATOR}{text}" if text else "" for text in texts)


def _rank(numbers: Iterable[str]) -> tuple[list[bytes], NDArray[np.int32]]:
    """The terms sorted by their bytes, and for each number of first sight the place there.

    A passage break is no term: its place is NO_WORD.
    """
    terms = [term.encode() for term in numbers]
    sign = PASSAGE_BREAK.encode()
    order = sorted(range(len(terms)), key=terms.__getitem__)
    kept = [number for number in order if terms[number] != sign]
    ranks = np.full(len(terms), NO_WORD, np.int32)
    ranks[kept] = np.arange(len(kept), dtype=np.int32)
    return [terms[number] for number in kept], ranks
