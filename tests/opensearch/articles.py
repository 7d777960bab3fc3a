"""Invented articles, analysed as a run would: what is taken out of an index in a cluster is analysed again."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta

from indexer.documents import Document, to_document
from indexer.model import Article, Stamp
from tests.indexer.engines.whoosh_engine import samples


def sample(count: int, seed: int = 0, first: int = 0, words: Sequence[str] = samples.WORDS) -> list[Document]:
    """Documents with ids from `first` on, the same for the same arguments."""
    chosen = random.Random(f"{seed}-{first}")
    return [_document(chosen, f"id-{number:04d}", words) for number in range(first, first + count)]


def _document(chosen: random.Random, article_id: str, words: Sequence[str]) -> Document:
    def text(longest: int) -> str:
        return " ".join(chosen.choices(words, k=chosen.randint(1, longest)))

    article = Article(
        article_id,
        text(5),
        paragraphs=tuple(text(15) for _ in range(chosen.randint(0, 3))),
        authors=tuple(chosen.sample(samples.AUTHORS, chosen.randint(0, 2))),
        published=Stamp(samples.FIRST_DAY + timedelta(days=chosen.randint(0, 40))) if chosen.random() < 0.9 else None,
        section=chosen.choice(["", "Chính trị", "Kinh tế"]),
    )
    return to_document(article, f"/archive/{article_id}.txt", f"digest-{chosen.random()}")
