"""Documents gathered in memory until they are written as a segment: tokens as numbers, rows, nothing else."""

from __future__ import annotations

from array import array
from functools import lru_cache
from pathlib import Path

import numpy as np

from indexer import facets
from indexer.documents import Document, field_length
from indexer.engines.whoosh_engine.articles import SEPARATOR, ArticleRow
from indexer.engines.whoosh_engine.inversion import invert
from indexer.engines.whoosh_engine.pairs import common_words
from indexer.engines.whoosh_engine.postings import SEGMENT_LIMIT, join, position_type
from indexer.engines.whoosh_engine.segment import FIELDS, VOCABULARY_OF, WORDS, SegmentWriter
from indexer.lexicon.completions import NameCounts
from indexer.lexicon.neighbours import count_neighbours
from indexer.lexicon.numbering import TermNumbers, TokenNumbers, rank, renumbered
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


class Batch:
    """Takes documents in; `is_full` says when it has to be written."""

    def __init__(self, memory_bytes: int) -> None:
        self._room = max(memory_bytes - WORK_SPACE, WORK_SPACE // 10)
        self._numbers = {name: TermNumbers() for name in (WORDS, COMPOUNDS)}
        self._tokens = {field: TokenNumbers() for field in FIELDS}
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
        ranked = {name: rank(numbers) for name, numbers in self._numbers.items()}
        vocabularies = {name: terms for name, (terms, _) in ranked.items()}
        text, lengths = {}, {}
        for field in FIELDS:
            text[field] = renumbered(self._tokens.pop(field).all(), ranked[VOCABULARY_OF[field]][1])
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
