"""Invented documents for the engine's tests, how to put them into an index, and how to read a segment as plain lists.

Documents are made of tokens, not of text: what these tests say holds whatever the analysis is.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from itertools import combinations_with_replacement
from pathlib import Path

import pytest
from hypothesis import strategies as st

from indexer.analysis.syllables import fold
from indexer.documents import PASSAGE_BREAK, Document
from indexer.engines.whoosh_engine import inversion, merging, overlay, pairs
from indexer.engines.whoosh_engine.batch import Batch
from indexer.engines.whoosh_engine.postings import FieldPostings
from indexer.engines.whoosh_engine.segment import Segment
from indexer.lexicon import neighbours, numbering
from indexer.model import Article, Author, Choice, SearchRequest, Sort, Stamp
from indexer.ports import Engine, Holding, Matches, Searcher
from indexer.querying.plan import (
    BODY,
    EVERYTHING,
    NOTHING,
    TEXT_FIELDS,
    TITLE,
    AllOf,
    AnyOf,
    Bonus,
    ByAuthor,
    Clause,
    Compound,
    MostOf,
    Near,
    NoneOf,
    Plan,
    Published,
    Spellings,
    TextClause,
    Weighted,
)
from indexer.querying.plan import Sequence as SideBySide

WORDS = "xây dựng đảng đang dang xay mưa mua mùa hoà 2020 covid-19 đ z".split()
COMPOUNDS = "xây_dựng mùa_mưa đang_mua".split()
AUTHORS = (Author("Đình Lâm", "đình lâm"), Author("ĐÌNH LÂM", "đình lâm"), Author("Thu Hòa", "thu hoà"))
VIETNAM = timezone(timedelta(hours=7))
FIRST_DAY = datetime(2019, 12, 30, 8, tzinfo=VIETNAM)


def word(*terms: str, fields: tuple[str, ...] = TEXT_FIELDS) -> Spellings:
    return Spellings(terms, fields)


XAY, DUNG, DANG, MUA = word("xây", "xay"), word("dựng"), word("đảng", "đang", "dang"), word("mưa", "mua", "mùa")

SIMPLE: tuple[Clause, ...] = (EVERYTHING, NOTHING, XAY, MUA, word("vắng"))

PLANS: tuple[Plan, ...] = (
    *(Plan(clause) for clause in SIMPLE),
    Plan(word("mưa", fields=(TITLE,))),
    Plan(word("2020", fields=(BODY,))),
    Plan(AllOf((XAY, DUNG)), (Bonus(SideBySide((XAY, DUNG)), 0.3), Bonus(Compound("xây_dựng"), 0.3)), (word("xây"),)),
    Plan(SideBySide((XAY, DUNG, DANG))),
    Plan(AllOf((MUA, NoneOf((DANG, SideBySide((MUA, MUA))))))),
    Plan(Near((MUA, word("hoà")), 3)),
    Plan(AnyOf((word("covid-19"), ByAuthor(("đình lâm",)), Published(date(2020, 1, 5), None)))),
    Plan(AnyOf((XAY, Weighted(SideBySide((DUNG, DANG)), 0.6))), (), (DANG, MUA)),
    Plan(MostOf((XAY, DANG, DUNG, MUA), (), 0.6)),
    Plan(MostOf((XAY, DANG, word("z"), word("vắng")), (NoneOf((word("đ"),)),))),
)
"""One of every kind of clause and part of a plan."""


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


def documents(ids: Iterable[str] = "abcdefghij", smallest: int = 1) -> st.SearchStrategy[list[Document]]:
    """Documents with different ones of the ids, in any order."""
    made = st.builds(
        document,
        st.sampled_from(list(ids)),
        TEXTS,
        TEXTS,
        st.lists(st.sampled_from(COMPOUNDS), max_size=3).map(" ".join),
        BYLINES,
        STAMPS,
    )
    return st.lists(made, min_size=smallest, max_size=8, unique_by=lambda each: each.article.id)


# -- plans and requests

FIELDS = st.sampled_from([TEXT_FIELDS, TEXT_FIELDS, (TITLE,), (BODY,)])
TERMS = st.lists(st.sampled_from([*WORDS, "vắng"]), min_size=1, max_size=3, unique=True).map(tuple)
SPELLINGS = st.builds(Spellings, TERMS, FIELDS)
PARTS = FIELDS.flatmap(
    lambda fields: st.lists(TERMS.map(lambda terms: Spellings(terms, fields)), min_size=1, max_size=4).map(tuple)
)
TEXT_CLAUSES: st.SearchStrategy[TextClause] = st.one_of(
    SPELLINGS,
    st.builds(SideBySide, PARTS),
    st.builds(Near, PARTS, st.integers(1, 6)),
    st.builds(Compound, st.sampled_from(COMPOUNDS)),
)
KEYS = st.lists(st.sampled_from(["đình lâm", "thu hoà", "ai đó"]), max_size=2, unique=True).map(tuple)
DAYS = st.none() | st.integers(0, 4).map(lambda days: (FIRST_DAY + timedelta(days=days)).date())
CLAUSES: st.SearchStrategy[Clause] = st.recursive(
    TEXT_CLAUSES | st.builds(ByAuthor, KEYS) | st.builds(Published, DAYS, DAYS),
    lambda inner: (
        st.builds(
            lambda kind, clauses: kind(tuple(clauses)),
            st.sampled_from([AllOf, AllOf, AnyOf, NoneOf]),
            st.lists(inner, max_size=3),
        )
        | st.builds(Weighted, inner, st.sampled_from([0.5, 0.6]))
    ),
    max_leaves=6,
)
SEVERAL = st.lists(CLAUSES, max_size=3).map(tuple)
ALL_PLANS = st.builds(
    Plan,
    CLAUSES | CLAUSES | st.builds(MostOf, SEVERAL, SEVERAL, st.sampled_from([1.0, 0.6, 0.3]), st.booleans()),
    st.lists(st.builds(Bonus, TEXT_CLAUSES, st.just(0.3)), max_size=2).map(tuple),
    SEVERAL,
)


def choices(*values: str) -> st.SearchStrategy[Choice]:
    some = st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)
    return st.just(Choice()) | st.builds(Choice, some, some)


REQUESTS = st.builds(
    SearchRequest,
    author=choices("đình lâm", "thu hoà", "ai đó"),
    year=choices("2019", "2020", "0000"),
    month=choices("2019-12", "2020-01", "2021-01"),
    since=DAYS,
    until=DAYS,
    sort=st.sampled_from(Sort),
    page=st.integers(1, 4),
    page_size=st.integers(1, 6),
)


@contextmanager
def small_steps() -> Iterator[pytest.MonkeyPatch]:
    """Whatever is done in parts, or for large segments only, is done for small ones: arrays in parts of a few tokens
    or terms, pairs of bodies in every segment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs, "FEW_ARTICLES", 0)
        patch.setattr(inversion, "MOST_TERMS", 5)
        for module in (inversion, merging, numbering, overlay, pairs, neighbours):
            patch.setattr(module, "PART", 20)
        yield patch


def write_segment(folder: Path, name: str, documents: Iterable[Document]) -> Segment:
    """The arrays of a segment, without anything of Whoosh's."""
    gathered = Batch(10**9)
    for each in documents:
        gathered.add(each)
    gathered.write(folder, name)
    return Segment(folder, name)


def commit(engine: Engine, folder: Path, documents: Iterable[Document] = (), remove: Iterable[str] = ()) -> Searcher:
    """One transaction, then the index as it is afterwards."""
    writer = engine.writer(folder)
    for each in documents:
        writer.add(each)
    for article_id in remove:
        writer.remove(article_id)
    writer.commit()
    return engine.searcher(folder)


@dataclass(frozen=True)
class State:
    """All that a searcher says of its index: two indexes that hold the same give equal ones."""

    matches: list[Matches]
    articles: dict[str, Article | None]
    holdings: dict[str, Holding]
    words: list[tuple[object, ...]]
    pairs: list[list[int]]
    authors: dict[str, str]


def state(searcher: Searcher) -> State:
    holdings, lexicon = dict(searcher.holdings()), searcher.lexicon
    return State(
        answers(searcher),
        {article_id: searcher.article(article_id) for article_id in holdings},
        holdings,
        [(lexicon.frequency(term), lexicon.spellings(fold(term)), lexicon.beginning_with(term[:1])) for term in WORDS],
        lexicon.pair_counts(WORDS, WORDS).tolist(),
        dict(lexicon.author_names()),
    )


def answers(searcher: Searcher) -> list[Matches]:
    return [searcher.search(plan, SearchRequest(page_size=1000)) for plan in PLANS]


def find(searcher: Searcher, *terms: str) -> list[str]:
    """The ids of the articles that hold all of the terms."""
    return ids(searcher.search(Plan(AllOf(tuple(map(word, terms)))), SearchRequest(page_size=1000)))


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
