"""Whoosh itself reads our segments as it reads its own: the stock codec is the oracle.

The same documents are written by Whoosh's SegmentWriter with its stock codec, and by our writer; both are opened as
Whoosh indexes and asked with Whoosh's own queries, scored by its BM25F. Bodies are of one passage, as the stock codec
knows no breaks.

Whoosh counts deleted documents in its statistics until a merge drops them, and its own merges add up rounded lengths.
So the stock index is always written afresh, from what is left, without a merge; and statistics and scores are compared
where nothing was deleted, or where ours has merged everything. Which documents are found is compared always.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import query
from whoosh.fields import Schema
from whoosh.index import create_in, open_dir
from whoosh.reading import TermNotFound

from indexer.documents import Document
from indexer.engines.whoosh_engine import WhooshEngine, batch, merging
from indexer.engines.whoosh_engine.articles import SEPARATOR
from indexer.engines.whoosh_engine.codec import AUTHOR, AUTHOR_NAME, ID_FIELD, ArraySegment
from indexer.engines.whoosh_engine.schema import ARTICLE, HOLDING, dump_article, dump_holding, load_article, make_schema
from indexer.querying.plan import BODY, TITLE
from indexer.ranking import COMPOUNDS
from tests.indexer.engines.whoosh_engine import samples
from tests.indexer.engines.whoosh_engine.samples import AUTHORS, BYLINES, WORDS, commit, document, sample, small_steps

Step = tuple[list[Document], list[str]]
"""A commit: what is added or changed, and what is then removed."""

PRECISION = 1e-9
LAST = document("last", "xây", "mưa mưa", "xây_dựng", AUTHORS[:1])


@pytest.fixture(autouse=True, scope="module")
def steps() -> Iterator[None]:
    with small_steps():
        yield


# -- both indexes


def fields_of(each: Document) -> dict[str, Any]:
    """What Whoosh's writer is given for what ours makes of a document."""
    authors = each.article.authors
    return {
        ID_FIELD: each.article.id,
        TITLE: list(each.title),
        BODY: list(each.body),
        COMPOUNDS: list(each.compounds),
        AUTHOR: list(dict.fromkeys(author.key for author in authors)),
        AUTHOR_NAME: list(dict.fromkeys(f"{author.key}{SEPARATOR}{author.name}" for author in authors)),
        HOLDING: dump_holding(each.path, each.digest),
        ARTICLE: dump_article(each.article),
    }


def write_stock(folder: Path, commits: Iterable[list[Document]]) -> Any:
    folder.mkdir()
    index = create_in(str(folder), Schema(**dict(make_schema().items())))
    for documents in commits:
        writer = index.writer()
        for each in documents:
            writer.add_document(**fields_of(each))
        writer.commit(merge=False)
    return open_dir(str(folder)).searcher()


def left_after(history: Iterable[Step]) -> list[Document]:
    """The documents in the order in which they were added last."""
    left: dict[str, Document] = {}
    for added, removed in history:
        for each in added:
            left.pop(each.article.id, None)
            left[each.article.id] = each
        for article_id in removed:
            left.pop(article_id, None)
    return list(left.values())


def write_ours(folder: Path, history: Iterable[Step], *, merges: bool = True, merge_all: bool = False) -> Any:
    folder.mkdir()
    engine = WhooshEngine()
    engine.create(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merging, "SHARE_OF_NEW", 0)
        patch.setattr(merging, "SMALL_WORK", 10**6 if merges else 0)
        for added, removed in history:
            commit(engine, folder, added, removed)
        if merge_all:  # with another segment, so that there is something to merge
            patch.setattr(merging, "GROWTH", 10**9)
            patch.setattr(merging, "SMALL_WORK", 10**6)
            commit(engine, folder, [LAST])
    index = open_dir(str(folder))
    assert all(isinstance(segment, ArraySegment) for segment in index._segments())
    assert not merge_all or len(index._segments()) == 1
    return index.searcher()


# -- histories and queries

TEXTS = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
DOCUMENTS = st.lists(
    st.builds(
        document,
        st.sampled_from("abcdefgh"),
        TEXTS,
        TEXTS,
        st.lists(st.sampled_from(samples.COMPOUNDS), max_size=3).map(" ".join),
        BYLINES,
    ),
    max_size=6,
    unique_by=lambda each: each.article.id,
)
HISTORIES = st.lists(st.tuples(DOCUMENTS, st.lists(st.sampled_from("abcdefgh"), max_size=3)), min_size=1, max_size=3)


def without_deletions(history: list[Step]) -> list[Step]:
    seen: set[str] = set()
    commits: list[Step] = []
    for added, _ in history:
        commits.append(([each for each in added if each.article.id not in seen], []))
        seen |= {each.article.id for each in added}
    return commits


TEXT_FIELD = st.sampled_from([TITLE, BODY])
TERMS = st.one_of(
    st.builds(query.Term, TEXT_FIELD, st.sampled_from([*WORDS, "vắng"])),
    st.builds(query.Term, st.just(COMPOUNDS), st.sampled_from(samples.COMPOUNDS)),
    st.builds(query.Term, st.just(AUTHOR), st.sampled_from([author.key for author in AUTHORS])),
    st.builds(query.Term, st.just(ID_FIELD), st.sampled_from("abc")),
)
PHRASES = st.builds(
    query.Phrase, TEXT_FIELD, st.lists(st.sampled_from(WORDS[:6]), min_size=2, max_size=3), slop=st.integers(1, 3)
)
PREFIXES = st.builds(
    query.Prefix, st.sampled_from([TITLE, BODY, AUTHOR]), st.sampled_from(["x", "m", "đ", "cov", "q", ""])
)
FUZZY = st.builds(
    query.FuzzyTerm, TEXT_FIELD, st.sampled_from(["xay", "mua", "dang", "covid"]), maxdist=st.integers(1, 2)
)
EVERY = st.builds(query.Every, st.none() | st.sampled_from([TITLE, BODY, AUTHOR]))
PLAIN = TERMS | PHRASES | EVERY


def combined(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inner, min_size=1, max_size=3)
    return several.map(query.And) | several.map(query.Or) | st.builds(query.AndMaybe, inner, inner)


QUERIES = st.recursive(PLAIN, combined, max_leaves=5)
WITH_EXPANSIONS = st.recursive(PLAIN | PREFIXES | FUZZY, combined, max_leaves=5)
"""Whoosh scores a query that stands for several terms by how many of them a segment holds: segments must be alike."""

EXCLUDING = st.builds(query.AndNot, WITH_EXPANSIONS, WITH_EXPANSIONS)
"""Whoosh 2.7.4 overlooks an excluded document where it is the first of a segment that the rest of a query matches, and
other excluded ones stand before it; and it may look beyond the end of a list where exclusions stand within queries, or
where it skips what cannot be among the best. So documents must be in the same order and segments to be excluded alike,
and exclusions are asked for at the top, and without a limit."""


def several(queries: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(queries, min_size=1, max_size=8)


# -- comparison


def id_of(searcher: Any, number: int) -> str:
    return load_article(searcher.stored_fields(number)[ARTICLE]).id


def scored(searcher: Any, wanted: Any, limit: int | None = None) -> list[tuple[str, float]]:
    found = searcher.search(wanted, limit=limit)
    return [(id_of(searcher, number), score) for score, number in found.top_n]


def assert_same_results(stock: Any, ours: Any, wanted: Any) -> None:
    """The same documents with the same scores; and so in the same order, but for documents with equal scores."""
    expected, found = scored(stock, wanted), scored(ours, wanted)
    assert dict(found) == pytest.approx(dict(expected), abs=PRECISION), wanted
    assert [score for _, score in found] == pytest.approx([score for _, score in expected], abs=PRECISION)
    for limit in () if isinstance(wanted, query.AndNot) else (1, 3):  # see EXCLUDING
        best, limited = ([score for _, score in scored(each, wanted, limit)] for each in (ours, stock))
        assert best == pytest.approx(limited, abs=PRECISION), wanted


def assert_same_index(stock: Any, ours: Any, asked: Iterable[Any]) -> None:
    assert statistics_of(ours) == statistics_of(stock)
    assert positions_of(ours) == positions_of(stock)
    for wanted in asked:
        assert_same_results(stock, ours, wanted)


def statistics_of(searcher: Any) -> dict[str, Any]:
    """All that scoring rests on, by ids and terms."""
    reader = searcher.reader()
    numbers = {id_of(searcher, number): number for number in reader.all_doc_ids()}
    return {
        "documents": reader.doc_count_all(),
        "terms": {
            term: (reader.doc_frequency(*term), reader.frequency(*term), lengths_and_weight(reader.term_info(*term)))
            for term in reader.all_terms()
        },
        "field lengths": {name: reader.field_length(name) for name in (TITLE, BODY)},
        "lengths": {
            (id_, name): reader.doc_field_length(number, name, 0) or 0
            for id_, number in numbers.items()
            for name in (TITLE, BODY)
        },
        "stored": {id_: reader.stored_fields(number) for id_, number in numbers.items()},
        "holdings": {id_: reader.column_reader(HOLDING)[number] for id_, number in numbers.items()},
    }


def lengths_and_weight(info: Any) -> tuple[object, ...]:
    return (info.doc_frequency(), info.weight(), info.max_weight())


def positions_of(searcher: Any) -> dict[tuple[str, bytes], dict[str, tuple[float, list[int]]]]:
    """Of every term in texts: id -> weight and positions."""
    reader = searcher.reader()
    found = {}
    for name, term in reader.all_terms():
        if name in (TITLE, BODY):
            matcher = reader.postings(name, term)
            found[name, term] = dict(entries(searcher, matcher))
    return found


def entries(searcher: Any, matcher: Any) -> Iterator[tuple[str, tuple[float, list[int]]]]:
    while matcher.is_active():
        yield id_of(searcher, matcher.id()), (matcher.weight(), matcher.value_as("positions"))
        matcher.next()


@contextmanager
def both(
    history: list[Step], *, is_fresh: bool = False, merges: bool = True, merge_all: bool = False
) -> Iterator[tuple[Any, Any]]:
    """Whoosh's searchers of both: of the history as it is (which then deletes nothing), or `is_fresh`: of what is left.

    With `merges` ours merges as it goes, which changes the documents' order.
    """
    last = [LAST] if merge_all else []
    commits = [[*left_after(history), *last]] if is_fresh else [added for added, _ in history]
    with TemporaryDirectory() as name:
        stock = write_stock(Path(name) / "stock", commits)
        ours = write_ours(Path(name) / "ours", history, merges=merges, merge_all=merge_all)
        with stock, ours:
            yield stock, ours


def order_of(searcher: Any) -> list[str]:
    return [id_of(searcher, number) for number in searcher.reader().all_doc_ids()]


SLOW = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(HISTORIES.map(without_deletions), several(WITH_EXPANSIONS | EXCLUDING))
def test_whoosh_finds_and_scores_as_with_its_own_codec(history: list[Step], asked: list[Any]) -> None:
    with both(history, merges=False) as (stock, ours):
        assert order_of(ours) == order_of(stock)
        assert_same_index(stock, ours, asked)


@SLOW
@given(HISTORIES.map(without_deletions), several(QUERIES))
def test_merges_change_nothing_that_whoosh_finds(history: list[Step], asked: list[Any]) -> None:
    with both(history, merges=True) as (stock, ours):
        assert_same_index(stock, ours, asked)


@SLOW
@given(HISTORIES, several(WITH_EXPANSIONS | EXCLUDING))
def test_merged_deletions_leave_what_whoosh_writes_afresh(history: list[Step], asked: list[Any]) -> None:
    with both(history, is_fresh=True, merges=False, merge_all=True) as (stock, ours):
        assert order_of(ours) == order_of(stock)
        assert_same_index(stock, ours, asked)


@SLOW
@given(HISTORIES, several(WITH_EXPANSIONS), st.booleans(), st.booleans())
def test_deleted_documents_are_not_found_before_a_merge_either(
    history: list[Step], asked: list[Any], merges: bool, small: bool
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if small:
            patch.setattr(batch, "SEGMENT_LIMIT", 2)
            patch.setattr(merging, "SEGMENT_LIMIT", 2)
        with both(history, is_fresh=True, merges=merges) as (stock, ours):
            for wanted in asked:
                assert {id_ for id_, _ in scored(ours, wanted)} == {id_ for id_, _ in scored(stock, wanted)}


def test_lists_longer_than_a_block_are_read_alike() -> None:
    """Whoosh's own codec writes postings in blocks of 128."""
    history: list[Step] = [(sample(300), []), (sample(40, first=300), [])]
    asked = [
        query.Term(BODY, "xây"),
        query.And([query.Term(BODY, "mưa"), query.Term(TITLE, "đảng")]),
        query.Or([query.Term(BODY, "mưa"), query.Term(TITLE, "đảng"), query.Term(AUTHOR, "đình lâm")]),
        query.Phrase(BODY, ["xây", "dựng"]),
        query.Prefix(BODY, "m"),
    ]
    with both(history, merges=False) as (stock, ours):
        assert_same_index(stock, ours, asked)


# -- walking over terms


def walks(reader: Any, name: str) -> Iterator[object]:
    """What one sees who walks over the terms of a field in every way Whoosh has."""
    yield list(reader.lexicon(name))
    yield list(reader.field_terms(name))
    for prefix in ("", "m", "đ", "zz"):
        yield list(reader.expand_prefix(name, prefix))
        yield [term for term, _ in reader.iter_from(name, prefix) if term[0] == name]
    for term in ("mưa", "vắng"):
        yield (name, term) in reader
        yield list(reader.terms_within(name, term, 1))
    yield tuple(sorted(reader.indexed_field_names()))


def test_terms_are_walked_alike() -> None:
    with both([(sample(30), [])]) as (stock, ours):
        for name in (TITLE, BODY, COMPOUNDS, AUTHOR, AUTHOR_NAME, ID_FIELD):
            assert list(walks(ours.reader(), name)) == list(walks(stock.reader(), name))
        assert ours.suggest(BODY, "xâi") == stock.suggest(BODY, "xâi")


def test_a_cursor_steps_and_jumps() -> None:
    with both([(sample(30), [])]) as (stock, ours):
        cursors = [each.reader().cursor(BODY) for each in (stock, ours)]
        moves: list[Callable[[Any], object]] = [
            lambda cursor: cursor.text(),
            lambda cursor: cursor.next(),
            lambda cursor: cursor.find(b"m"),
            lambda cursor: cursor.text(),
            lambda cursor: cursor.term_info().doc_frequency(),
            lambda cursor: cursor.first(),
            lambda cursor: cursor.is_valid(),
        ]
        for move in moves:
            expected, found = map(move, cursors)
            assert found == expected
        for cursor in cursors:
            cursor.find(b"\xf4\x8f")
            assert (cursor.is_valid(), cursor.text()) == (False, None)


def test_an_unknown_term_has_no_statistics(tmp_path: Path) -> None:
    with write_ours(tmp_path / "ours", [(sample(3), [])]) as ours:
        with pytest.raises(TermNotFound):
            ours.reader().term_info(BODY, "vắng")
        assert ours.doc_frequency(BODY, "vắng") == 0


def test_an_index_of_ours_is_packed_into_no_compound_file(tmp_path: Path) -> None:
    write_ours(tmp_path / "ours", [(sample(3), [])]).close()
    assert not list((tmp_path / "ours").glob("*.seg"))
