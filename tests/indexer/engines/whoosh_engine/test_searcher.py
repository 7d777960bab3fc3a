"""A searcher answers from one state of the index: for all threads, after later commits, never from damaged bytes."""

from __future__ import annotations

import multiprocessing
import random
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import combinations, count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import fields
from whoosh.index import open_dir

from indexer import array_file
from indexer.budget import Budget
from indexer.engines.whoosh_engine import WhooshEngine, merging
from indexer.engines.whoosh_engine.segment import Segment
from indexer.errors import IndexDamaged, IndexUnavailable
from indexer.model import SearchRequest, Sort
from indexer.ports import Matches, Searcher
from indexer.querying.plan import AllOf, Bonus, Clause, MostOf, Near, Plan, Spellings
from indexer.querying.plan import Sequence as SideBySide
from tests.indexer.engines.whoosh_engine.samples import (
    PLANS,
    WORDS,
    State,
    commit,
    ids,
    sample,
    small_steps,
    state,
    word,
)


@pytest.fixture(autouse=True, scope="module")
def steps() -> Iterator[None]:
    """Pairs in every segment, and four segments with deletions."""
    with small_steps() as patch:
        patch.setattr(merging, "SMALL_WORK", 0)
        patch.setattr(merging, "SHARE_OF_NEW", 0)
        yield


def make(folder: Path, engine: WhooshEngine | None = None) -> Searcher:
    engine = engine or WhooshEngine()
    engine.create(folder)
    for first, size in ((0, 10), (10, 60), (70, 30), (100, 20)):
        commit(engine, folder, sample(size, first=first))
    return commit(engine, folder, remove=[f"id-{number:04d}" for number in range(3, 120, 9)])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where `make` was; for tests that only read."""
    folder = tmp_path_factory.mktemp("made")
    make(folder)
    return folder


# -- threads and processes

QUERIES = [(plan, SearchRequest(sort=sort, page_size=size)) for plan in PLANS for sort in Sort for size in (1, 10)] + [
    (Plan(AllOf((word(left), word(right)))), SearchRequest()) for left, right in combinations(WORDS, 2)
]


@pytest.fixture
def hasty_threads() -> Iterator[None]:
    """Threads take turns a thousand times as often as usual."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(5e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("hasty_threads")
@pytest.mark.parametrize("cache_mb", [0, 32])
def test_eight_threads_get_the_answers_of_one(made: Path, cache_mb: int) -> None:
    alone = WhooshEngine().searcher(made)
    truth = [alone.search(*query) for query in QUERIES]
    held = state(alone)
    searcher = WhooshEngine(cache_mb=cache_mb).searcher(made)  # nothing in it is warm

    def work(seed: int) -> list[object]:
        differing: list[object] = []
        for number in random.Random(seed).sample(range(len(QUERIES)), len(QUERIES)):
            if (found := searcher.search(*QUERIES[number])) != truth[number]:
                differing.append((QUERIES[number], found))
            article_id = f"id-{number % 120:04d}"
            if searcher.article(article_id) != held.articles.get(article_id):
                differing.append(article_id)
        return differing

    with ThreadPoolExecutor(8) as pool:
        assert [found for each in pool.map(work, range(8)) for found in each] == []


def tell(searcher: Searcher, told: Any) -> None:
    told.put(state(searcher))


def test_a_forked_process_gets_the_same_answers(made: Path) -> None:
    """As workers do that are forked from a server which has opened the index."""
    searcher = WhooshEngine().searcher(made)
    context = multiprocessing.get_context("fork")
    told = context.Queue()
    processes = [context.Process(target=tell, args=(searcher, told)) for _ in range(2)]
    for each in processes:
        each.start()
    found: list[State] = [told.get(timeout=30) for _ in processes]
    for each in processes:
        each.join()
    assert found == [state(searcher)] * 2


# -- commits meanwhile


@pytest.mark.parametrize("is_used_before", [False, True])
def test_an_open_searcher_goes_on_answering_from_its_own_state(tmp_path: Path, *, is_used_before: bool) -> None:
    engine = WhooshEngine()
    expected = state(make(tmp_path))
    searcher = engine.searcher(tmp_path)
    if is_used_before:
        state(searcher)
    files = set(tmp_path.glob("MAIN_*.*"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merging, "GROWTH", 1000)
        patch.setattr(merging, "SHARE_OF_NEW", 1000)
        after = commit(engine, tmp_path, sample(5, seed=2, first=118), remove=["id-0001"])
    assert not any(path.exists() for path in files), "all segments were merged into one"
    assert state(searcher) == expected
    assert state(after) != expected


# -- damage


@contextmanager
def small_blocks() -> Iterator[None]:
    """Checksums of small blocks, as `whole` has them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(array_file, "BLOCK", 256)
        yield


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, State]:
    """An index with checksums of small blocks, and what it says."""
    folder = tmp_path_factory.mktemp("whole")
    with small_blocks():
        return folder, state(make(folder))


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_an_altered_byte_is_refused_or_not_read(whole: tuple[Path, State], data: st.DataObject) -> None:
    """Wherever it is, a search that comes to it says that the index is damaged; all others are answered as before."""
    folder, truth = whole
    path = data.draw(st.sampled_from(sorted([*folder.glob("*.terms"), *folder.glob("*.articles")])), "path")
    content = path.read_bytes()
    at = data.draw(st.integers(0, len(content) - 1), "at")
    altered = content[at] ^ data.draw(st.integers(1, 255), "change")
    path.write_bytes(bytes([*content[:at], altered, *content[at + 1 :]]))
    try:
        with small_blocks():
            with pytest.raises(IndexUnavailable, match=path.name):
                Segment(folder, path.stem).check_everything()
            assert_right_or_refused(folder, truth, path.name)
    finally:
        path.write_bytes(content)


def assert_right_or_refused(folder: Path, truth: State, altered: str) -> None:
    try:
        searcher = WhooshEngine().searcher(folder)
    except IndexUnavailable as error:
        assert altered in str(error)  # noqa: PT017 - it may just as well be opened
        return
    for plan, expected in zip(PLANS, truth.matches, strict=True):
        for _ in range(2):
            try:
                assert searcher.search(plan, SearchRequest(page_size=1000)) == expected
            except IndexDamaged as error:
                assert altered in str(error)  # noqa: PT017
    for article_id, article in truth.articles.items():
        try:
            assert searcher.article(article_id) == article
        except IndexDamaged as error:
            assert altered in str(error)  # noqa: PT017


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_a_stored_article_is_given_as_it_was_or_not_at_all(whole: tuple[Path, State], data: st.DataObject) -> None:
    """Whoosh's columns have no checksums of blocks, but each article is packed with one."""
    folder, truth = whole
    path = data.draw(st.sampled_from(sorted(folder.glob("*_stored.col"))), "path")
    content = path.read_bytes()
    at = data.draw(st.integers(0, len(content) - 1), "at")
    altered = bytes([*content[:at], content[at] ^ data.draw(st.integers(1, 255), "change"), *content[at + 1 :]])
    path.write_bytes(data.draw(st.sampled_from([altered, content[:at]]), "content"))
    try:
        with small_blocks():
            assert_right_or_refused(folder, truth, path.name)
    finally:
        path.write_bytes(content)


@pytest.mark.parametrize("suffix", [".terms", ".articles", "._stored.col", ".holding.col"])
def test_a_missing_file_is_noticed_when_the_index_is_opened(tmp_path: Path, suffix: str) -> None:
    make(tmp_path)
    missing = sorted(tmp_path.glob(f"*{suffix}"))[0]
    missing.unlink()
    with pytest.raises(IndexDamaged, match=missing.name):
        WhooshEngine().searcher(tmp_path)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_segments_of_another_writer_are_not_taken_for_ours(tmp_path: Path) -> None:
    """Who brings a schema of his own gets past the guard; then nothing is read that would be wrong."""
    make(tmp_path)
    with open_dir(str(tmp_path), schema=fields.Schema(title=fields.TEXT())).writer() as writer:
        writer.add_document(title="mưa")
    with pytest.raises(IndexDamaged, match="another writer"):
        WhooshEngine().searcher(tmp_path)
    with pytest.raises(IndexDamaged, match="another writer"):
        WhooshEngine().writer(tmp_path)


# -- budget


@pytest.fixture(scope="module")
def forgetful(made: Path) -> Searcher:
    """Keeps nothing of an answer, so that each search looks at the clock as often as the first."""
    return WhooshEngine(cache_mb=0).searcher(made)


class Clock:
    """Processor time that passes by a second whenever it is looked at, from a moment on."""

    def __init__(self, looks: int) -> None:
        self._ticks = count(-looks)

    def __call__(self) -> float:
        return float(max(0, next(self._ticks)))


def search_within(
    searcher: Searcher,
    plan: Plan,
    looks: int,
    monkeypatch: pytest.MonkeyPatch,
    budget: tuple[float | None, float | None] = (0.5, None),
) -> Matches:
    """With a budget that is spent after so many looks at the clock."""
    with monkeypatch.context() as patch:
        patch.setattr(time, "thread_time", Clock(looks))
        return searcher.search(plan, SearchRequest(page_size=1000), Budget(*budget))


TEXT_PLANS = [plan for plan in PLANS if plan.match not in (PLANS[0].match, PLANS[1].match)]


@pytest.mark.parametrize("plan", TEXT_PLANS, ids=lambda plan: type(plan.match).__name__)
def test_a_spent_budget_gives_part_of_the_truth_and_says_so(
    forgetful: Searcher, monkeypatch: pytest.MonkeyPatch, plan: Plan
) -> None:
    truth = forgetful.search(plan, SearchRequest(page_size=1000))
    totals = []
    for looks in range(40):
        found = search_within(forgetful, plan, looks, monkeypatch)
        if not found.is_partial:
            break
        totals.append(found.unfiltered_total)
        if isinstance(plan.match, Spellings | AllOf):  # of parts "most" may mean fewer words, and rarity another score
            assert set(ids(found)) <= set(ids(truth))
            assert found.total <= truth.total
            for name, counts in found.counts.items():
                assert all(number <= truth.counts[name][value] for value, number in counts.items())
    assert found == truth, "with time enough nothing is left out"
    assert totals[0] > 0 or truth.unfiltered_total < 20, "the largest segment is looked at in any case"
    assert len(totals) >= 3, "each other segment may be one too many"


PHRASES = [
    Plan(SideBySide((word(*WORDS[:2]), word(*WORDS[2:]), word(*WORDS)))),
    Plan(Near((word(*WORDS), word(*WORDS[1:]), word(*WORDS)), 3)),
    Plan(word(*WORDS), tiers=(word(WORDS[0]),), bonuses=(Bonus(SideBySide((word(*WORDS), word(*WORDS))), 1.0),)),
]


@pytest.mark.parametrize("plan", [*TEXT_PLANS, *PHRASES])
def test_an_overdrawn_budget_breaks_off_even_the_largest_segment(
    forgetful: Searcher, monkeypatch: pytest.MonkeyPatch, plan: Plan
) -> None:
    truth = forgetful.search(plan, SearchRequest(page_size=1000))
    found, looks = truth, 0
    for looks in range(1000):
        found = search_within(forgetful, plan, looks, monkeypatch, (None, 0.5))
        if not found.is_partial:
            break
        assert looks or not found.total, "with no time at all nothing is found"
        if not isinstance(plan.match, MostOf):  # of parts "most" may mean fewer words
            assert set(ids(found)) <= set(ids(truth))
    assert found == truth, "with time enough nothing is left out"
    assert looks > 3


def test_the_largest_segments_are_looked_at_first(forgetful: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = Plan(word(*WORDS))
    totals = [search_within(forgetful, plan, looks, monkeypatch).total for looks in range(1, 5)]
    gains = [after - before for before, after in zip([0, *totals], totals, strict=False)]
    assert gains == sorted(gains, reverse=True)
    assert gains[0] > 40


def test_without_a_budget_nothing_is_left_out(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    searcher = WhooshEngine().searcher(made)
    monkeypatch.setattr(time, "thread_time", Clock(0))
    assert not any(searcher.search(*query).is_partial for query in QUERIES)


COUNTABLE = [plan.match for plan in TEXT_PLANS if not isinstance(plan.match, MostOf)]


@pytest.mark.parametrize("clause", COUNTABLE, ids=lambda clause: type(clause).__name__)
def test_a_count_is_whole_or_none_at_all(forgetful: Searcher, monkeypatch: pytest.MonkeyPatch, clause: Clause) -> None:
    counts = []
    for looks in range(40):
        monkeypatch.setattr(time, "thread_time", Clock(looks))
        counts.append(forgetful.count(clause, SearchRequest(), Budget(0.5)))
    total = forgetful.search(Plan(clause), SearchRequest()).total
    assert counts == sorted(counts, key=lambda count: count is not None)
    assert set(counts) == {None, total}
    assert counts.count(None) >= 4, "each segment may be one too many"
