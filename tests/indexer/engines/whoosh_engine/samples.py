"""Invented documents for the engine's tests, how to put them into an index, and how to read a segment as plain lists.

Documents are made of tokens, not of text: what these tests say holds whatever the analysis is.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from itertools import combinations_with_replacement
from pathlib import Path

import pytest
from hypothesis import strategies as st

from indexer.documents import PASSAGE_BREAK, Document
from indexer.engines.whoosh_engine import WhooshEngine, batch, inversion, merging, overlay, pairs
from indexer.engines.whoosh_engine.batch import Batch
from indexer.engines.whoosh_engine.postings import FieldPostings
from indexer.engines.whoosh_engine.segment import Segment
from indexer.model import Article, Author, SearchRequest, Stamp
from indexer.ports import Matches, Searcher
from indexer.querying.parser import parse
from indexer.querying.planner import make_plan

WORDS = "xây dựng đảng đang dang xay mưa mua mùa hoà 2020 covid-19 đ z".split()
COMPOUNDS = "xây_dựng mùa_mưa đang_mua".split()
AUTHORS = (Author("Đình Lâm", "đình lâm"), Author("ĐÌNH LÂM", "đình lâm"), Author("Thu Hòa", "thu hoà"))
VIETNAM = timezone(timedelta(hours=7))
FIRST_DAY = datetime(2019, 12, 30, 8, tzinfo=VIETNAM)
QUERIES = (
    "xây",
    "xay",
    "mưa mua",
    '"xây dựng"',
    '"xây dựng đảng"',
    "xâ*",
    "mưa OR đang",
    "xây -mưa",
    "NEAR(mưa mua, 3)",
    "tiêu đề:đảng",
    "vắng",
    "",
)


def document(
    id_: str,
    title: str = "",
    body: str = "",
    compounds: str = "",
    authors: tuple[Author, ...] = (),
    published: Stamp | None = None,
) -> Document:
    """The fields as tokens with a space between; `¶` ends a passage."""
    article = Article(id_, title, "", (body,), (), authors, published)
    digest = f"digest-{title}-{body}"[:80]
    return Document(
        article, f"/archive/{id_}.txt", digest, tuple(title.split()), tuple(body.split()), tuple(compounds.split())
    )


def sample(count: int, seed: int = 0, first: int = 0, words: Sequence[str] = WORDS) -> list[Document]:
    """Documents with ids from `first` on, the same for the same arguments."""
    chosen = random.Random(f"{seed}-{first}")
    return [
        document(
            f"id-{number:04d}",
            " ".join(chosen.choices(words, k=chosen.randint(1, 5))),
            " ".join(chosen.choices(words, k=chosen.randint(0, 30))),
            " ".join(chosen.choices(COMPOUNDS, k=chosen.randint(0, 3))),
            tuple(chosen.sample(AUTHORS, chosen.randint(0, 2))),
            Stamp(FIRST_DAY + timedelta(days=chosen.randint(0, 40))) if chosen.random() < 0.9 else None,
        )
        for number in range(first, first + count)
    ]


TEXTS = st.lists(st.sampled_from([*WORDS, PASSAGE_BREAK]), max_size=12).map(" ".join)
STAMPS = st.none() | st.integers(0, 4).map(lambda days: Stamp(FIRST_DAY + timedelta(days=days)))
BYLINES = st.sampled_from([(), *((one,) for one in AUTHORS), *combinations_with_replacement(AUTHORS, 2)])


def documents(
    ids: Iterable[str] = "abcdefghij", texts: st.SearchStrategy[str] = TEXTS, smallest: int = 1
) -> st.SearchStrategy[list[Document]]:
    """Documents with different ones of the ids, in any order."""
    made = st.builds(
        document,
        st.sampled_from(list(ids)),
        texts,
        texts,
        st.lists(st.sampled_from(COMPOUNDS), max_size=3).map(" ".join),
        BYLINES,
        STAMPS,
    )
    return st.lists(made, min_size=smallest, max_size=8, unique_by=lambda each: each.article.id)


@contextmanager
def small_steps() -> Iterator[pytest.MonkeyPatch]:
    """Whatever is done in parts, or for large segments only, is done for small ones: arrays in parts of a few tokens
    or terms, pairs of bodies in every segment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs, "FEW_ARTICLES", 0)
        patch.setattr(inversion, "MOST_TERMS", 5)
        for module in (inversion, merging, batch, overlay, pairs):
            patch.setattr(module, "PART", 20)
        yield patch


def write_segment(folder: Path, name: str, documents: Iterable[Document]) -> Segment:
    """The arrays of a segment, without anything of Whoosh's."""
    gathered = Batch(10**9)
    for each in documents:
        gathered.add(each)
    gathered.write(folder, name)
    return Segment(folder, name)


def commit(
    engine: WhooshEngine, folder: Path, documents: Iterable[Document] = (), remove: Iterable[str] = ()
) -> Searcher:
    """One transaction, then the index as it is afterwards."""
    writer = engine.writer(folder)
    for each in documents:
        writer.add(each)
    for article_id in remove:
        writer.remove(article_id)
    writer.commit()
    return engine.searcher(folder)


def ask(searcher: Searcher, text: str, request: SearchRequest = SearchRequest()) -> Matches:
    return searcher.search(make_plan(parse(text), searcher.lexicon).plan, request)


def answers(searcher: Searcher) -> list[Matches]:
    """What the searcher says to all of QUERIES: two indexes with equal answers hold the same."""
    return [ask(searcher, text, SearchRequest(page_size=1000)) for text in QUERIES]


def ids(matches: Matches) -> list[str]:
    return [article_id for article_id, _ in matches.page]


def listed(postings: FieldPostings, words: Sequence[bytes]) -> dict[str, list[tuple[int, int, list[int]]]]:
    """What an open segment says of a field: term -> article, frequency, positions, the frequency being above 0."""
    found: dict[str, list[tuple[int, int, list[int]]]] = {}
    for term in range(len(postings)):
        positions = iter(postings.positions(term).tolist() if postings.has_positions else ())
        entries = [
            (article, frequency, [next(positions) for _ in range(frequency)] if postings.has_positions else [])
            for article, frequency in zip(
                postings.articles(term).tolist(), postings.frequencies(term).tolist(), strict=True
            )
            if frequency
        ]
        if entries:
            found[words[term].decode()] = entries
    return found


def expected(texts: Iterable[Sequence[str]], *, positions: bool = True) -> dict[str, list[tuple[int, int, list[int]]]]:
    """The same, worked out the slow way from the tokens of every article."""
    found: dict[str, list[tuple[int, int, list[int]]]] = {}
    for article, tokens in enumerate(texts):
        for term in sorted({*tokens} - {PASSAGE_BREAK}):
            places = [place for place, token in enumerate(tokens) if token == term]
            found.setdefault(term, []).append((article, len(places), places if positions else []))
    return found
