"""Transactions: what a commit leaves in the folder, what a failed one leaves, and who else may not write."""

from __future__ import annotations

import gc
import multiprocessing
import resource
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from whoosh import fields
from whoosh.filedb.filestore import FileStorage
from whoosh.index import open_dir
from whoosh.writing import AsyncWriter

from indexer.array_file import ArrayWriter
from indexer.engines.whoosh_engine import WhooshEngine, batch, merging
from indexer.errors import IndexBusy, IndexDamaged, WrongWriter
from indexer.ports import Searcher
from tests.indexer.engines.whoosh_engine.samples import commit, document, find, sample, state

LOCK_FILE = "MAIN_WRITELOCK"


@pytest.fixture
def engine() -> WhooshEngine:
    return WhooshEngine()


@pytest.fixture
def folder(engine: WhooshEngine, tmp_path: Path) -> Path:
    """An index of two segments, one with a deletion."""
    engine.create(tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merging, "SMALL_WORK", 0)
        commit(engine, tmp_path, sample(20))
        commit(engine, tmp_path, sample(3, first=20), remove=["id-0003"])
    assert len(segments(tmp_path)) == 2
    return tmp_path


def segments(folder: Path) -> set[str]:
    return {path.stem for path in folder.glob("*.terms")}


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.name != LOCK_FILE}


def assert_only_the_index_is_there(folder: Path) -> None:
    suffixes = (".terms", ".articles", "._stored.col", ".holding.col")
    named = [segment.segment_id() for segment in open_dir(str(folder))._segments()]
    (contents,) = folder.glob("_MAIN_*.toc")
    assert files(folder) == {contents.name, *(f"{segment}{suffix}" for segment in named for suffix in suffixes)}


# -- segments


def test_little_memory_makes_several_segments_and_the_same_state(
    engine: WhooshEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    monkeypatch.setattr(merging, "SHARE_OF_NEW", 0)
    monkeypatch.setattr(merging, "SMALL_WORK", 0)
    for name, bytes_per_token in (("one", 8), ("many", 1_000_000)):
        monkeypatch.setattr(batch, "BYTES_PER_TOKEN", bytes_per_token)
        (tmp_path / name).mkdir()
        engine.create(tmp_path / name)
        found.append(state(commit(engine, tmp_path / name, sample(120))))
    assert len(segments(tmp_path / "one")) == 1
    assert len(segments(tmp_path / "many")) > 3
    assert found[0] == found[1]


def test_no_segment_holds_more_articles_than_it_can_number(
    engine: WhooshEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (batch, merging):
        monkeypatch.setattr(module, "SEGMENT_LIMIT", 10)
    engine.create(tmp_path)
    for first in range(0, 60, 4):
        commit(engine, tmp_path, sample(4, first=first))
    commit(engine, tmp_path, sample(25, first=100))
    sizes = [segment.doc_count_all() for segment in open_dir(str(tmp_path))._segments()]
    assert sum(sizes) == 85
    assert max(sizes) == 10


def test_a_small_commit_writes_no_segment_of_a_large_archive_anew(
    engine: WhooshEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "SMALL_WORK", 16)
    engine.create(tmp_path)
    commit(engine, tmp_path, sample(200))
    (large,) = segments(tmp_path)
    before = {path.name: path.stat() for path in tmp_path.glob(f"{large}*")}
    for first in range(200, 240, 2):
        commit(engine, tmp_path, sample(2, first=first), remove=[f"id-{first - 150:04d}"])
    after = {path.name: path.stat() for path in tmp_path.glob(f"{large}*")}
    assert {name: (s.st_ino, s.st_mtime_ns) for name, s in after.items()} == {
        name: (s.st_ino, s.st_mtime_ns) for name, s in before.items()
    }
    assert len(segments(tmp_path)) <= 1 + merging.MOST_SEGMENTS
    assert engine.searcher(tmp_path).article_count() == 200 + 40 - 20


def test_a_segment_whose_last_article_goes_leaves_no_file(engine: WhooshEngine, folder: Path) -> None:
    commit(engine, folder, remove=[f"id-{number:04d}" for number in range(23)])
    assert segments(folder) == set()
    assert_only_the_index_is_there(folder)
    assert find(commit(engine, folder, [document("new", "Mới", "mưa")]), "mưa") == ["new"]


# -- within one writer


@pytest.mark.parametrize("is_written", [False, True])
def test_what_was_added_can_be_removed_before_the_commit(
    engine: WhooshEngine, folder: Path, monkeypatch: pytest.MonkeyPatch, *, is_written: bool
) -> None:
    if is_written:
        monkeypatch.setattr(batch, "SEGMENT_LIMIT", 1)
    writer = engine.writer(folder)
    for name in "abc":
        writer.add(document(name, "mới"))
    writer.remove("b")
    writer.remove("never there")
    writer.commit()
    assert find(engine.searcher(folder), "mới") == ["a", "c"]


def test_an_id_given_twice_is_refused_and_the_writer_goes_on(engine: WhooshEngine, folder: Path) -> None:
    writer = engine.writer(folder)
    writer.add(document("twice", "mới"))
    with pytest.raises(ValueError, match="twice was added already"):
        writer.add(document("twice", "khác"))
    writer.commit()
    searcher = engine.searcher(folder)
    assert (find(searcher, "mới"), find(searcher, "khác")) == (["twice"], [])


# -- cancel, and failures


def test_a_cancel_leaves_no_trace_a_reader_would_see_and_the_next_commit_sweeps_up(
    engine: WhooshEngine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(engine.searcher(folder))
    monkeypatch.setattr(batch, "SEGMENT_LIMIT", 2)
    writer = engine.writer(folder)
    for each in sample(5, first=100):
        writer.add(each)
    writer.remove("id-0001")
    assert len(segments(folder)) > 2, "some of it is on disk already"
    writer.cancel()
    assert state(engine.searcher(folder)) == before
    commit(engine, folder, [document("new")])
    assert_only_the_index_is_there(folder)


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """As on a full disk: whoever writes beyond so many bytes of a file gets an OSError."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def change(engine: WhooshEngine, folder: Path) -> None:
    """Adds, replaces and removes, which also merges; cancels when it fails, as every caller must."""
    writer = engine.writer(folder)
    try:
        for each in sample(30, seed=1, first=10):
            writer.add(each)
        writer.remove("id-0001")
        writer.commit()
    except BaseException:
        writer.cancel()
        raise


def assert_index_survives(engine: WhooshEngine, folder: Path, fail: Callable[[], None]) -> None:
    before = state(engine.searcher(folder))
    with pytest.raises(OSError):  # noqa: PT011 - the system's own words
        fail()
    assert state(engine.searcher(folder)) == before
    change(engine, folder)
    assert_only_the_index_is_there(folder)
    assert engine.searcher(folder).article_count() == 40 - 2  # one was missing before, one was removed


@pytest.mark.parametrize("size", [0, 100, 600, 2000, 5000])
def test_a_full_disk_leaves_the_old_state_and_the_next_writer_works(
    engine: WhooshEngine, folder: Path, size: int
) -> None:
    def fail() -> None:
        with largest_file(size):
            change(engine, folder)

    assert_index_survives(engine, folder, fail)


@pytest.mark.parametrize("writes", [1, 20, 40, 60, 80, 100, 120, 140, 160, 180, 190])
def test_a_disk_error_at_any_array_leaves_the_old_state_and_the_next_writer_works(
    engine: WhooshEngine, folder: Path, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    """A batch and its merge write some 200 times."""
    left = writes
    put = ArrayWriter._put

    def failing(writer: ArrayWriter, content: bytes | memoryview) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError("the disk is gone")
        put(writer, content)

    def fail() -> None:
        with monkeypatch.context() as patch:
            patch.setattr(ArrayWriter, "_put", failing)
            change(engine, folder)

    assert_index_survives(engine, folder, fail)


def test_a_table_of_contents_that_cannot_be_put_in_place_is_swept_up_later(
    engine: WhooshEngine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("read-only")

    def fail() -> None:
        with monkeypatch.context() as patch:
            patch.setattr(FileStorage, "rename_file", refuse)
            change(engine, folder)

    assert_index_survives(engine, folder, fail)


def test_a_damaged_index_gives_its_lock_back(engine: WhooshEngine, folder: Path) -> None:
    for path in folder.glob("*.articles"):
        path.write_bytes(b"")
    errors = []
    for _ in range(2):
        with pytest.raises(IndexDamaged) as error:
            engine.writer(folder)
        errors.append(error)  # holds on to everything the first attempt had


# -- two writers


def test_a_second_writer_is_told_that_the_index_is_busy(engine: WhooshEngine, folder: Path) -> None:
    first = engine.writer(folder)
    for _ in range(2):
        with pytest.raises(IndexBusy):
            engine.writer(folder)
    first.cancel()
    engine.writer(folder).cancel()


def hold(folder: Path, holding: Any, done: Any) -> None:
    writer = WhooshEngine().writer(folder)
    holding.set()
    done.wait(30)
    writer.cancel()


def test_a_writer_in_another_process_is_seen_and_its_end_frees_the_index(engine: WhooshEngine, folder: Path) -> None:
    context = multiprocessing.get_context("fork")
    holding, done = context.Event(), context.Event()
    process = context.Process(target=hold, args=(folder, holding, done))
    process.start()
    assert holding.wait(30)
    with pytest.raises(IndexBusy):
        engine.writer(folder)
    process.kill()
    process.join()
    commit(engine, folder, [document("new")])


# -- Whoosh's own writer, by habit


def add_and_commit(index: Any) -> None:
    writer = index.writer()
    writer.add_document(id="habit", title="thói quen", body="thói quen")
    writer.commit()


def add_without_merging(index: Any) -> None:
    writer = index.writer()
    writer.add_document(id="habit", title="thói quen")
    writer.commit(merge=False)


def commit_nothing(index: Any) -> None:
    index.writer().commit()


def replace(index: Any) -> None:
    writer = index.writer()
    writer.update_document(id="id-0001", title="thói quen")
    writer.commit()


def leave_a_with_block(index: Any) -> None:
    with index.writer() as writer:
        writer.add_document(id="habit", title="thói quen")


def write_asynchronously(index: Any) -> None:
    writer = AsyncWriter(index)
    writer.add_document(id="habit", title="thói quen")
    writer.commit()


def change_the_schema(index: Any) -> None:
    index.add_field("habit", fields.TEXT())


HABITS: list[Callable[[Any], None]] = [
    add_and_commit,
    add_without_merging,
    commit_nothing,
    replace,
    leave_a_with_block,
    write_asynchronously,
    change_the_schema,
    lambda index: index.optimize(),
    lambda index: index.delete_by_term("id", "id-0001"),
    lambda index: index.remove_field("body"),
]


@pytest.fixture(params=HABITS, ids=lambda habit: habit.__name__)
def habit(request: pytest.FixtureRequest) -> Callable[[Any], None]:
    made: Callable[[Any], None] = request.param
    return made


def refused(habit: Callable[[Any], None], folder: Path) -> None:
    with pytest.raises(WrongWriter, match="nothing was changed"):
        habit(open_dir(str(folder)))


# The refused writer leaves its files to the garbage collector, which complains.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_whooshs_own_writer_is_refused_and_leaves_the_index_as_it_was(
    engine: WhooshEngine, folder: Path, habit: Callable[[Any], None]
) -> None:
    searcher = engine.searcher(folder)
    before, named = state(searcher), {path: path.read_bytes() for path in folder.iterdir()}
    refused(habit, folder)
    gc.collect()  # its lock goes with it
    assert state(searcher) == state(engine.searcher(folder)) == before
    for path, content in named.items():
        assert path.read_bytes() == content
    with open_dir(str(folder)).searcher() as whooshs:
        assert whooshs.doc_count() == 22
    assert state(commit(engine, folder)) == before
    assert_only_the_index_is_there(folder)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_asynchronous_writer_that_had_to_wait_changes_nothing_either(engine: WhooshEngine, folder: Path) -> None:
    ours = engine.writer(folder)
    theirs = AsyncWriter(open_dir(str(folder)), delay=0.01)
    theirs.add_document(id="habit", title="thói quen")
    theirs.commit()  # a thread waits for the lock
    ours.cancel()
    theirs.join(30)
    assert not theirs.is_alive()
    before: Searcher = engine.searcher(folder)
    assert (before.article_count(), before.article("habit")) == (22, None)


def test_a_whoosh_writer_at_work_keeps_ours_out(engine: WhooshEngine, folder: Path) -> None:
    theirs = open_dir(str(folder)).writer()
    with pytest.raises(IndexBusy):
        engine.writer(folder)
    theirs.cancel()
    commit(engine, folder, [document("new")])
    assert_only_the_index_is_there(folder)


# -- readers meanwhile


def test_readers_are_served_while_a_writer_works(engine: WhooshEngine, folder: Path) -> None:
    """Commits, merges and the removal of files go on under the eyes of searchers that were opened before."""
    before = state(engine.searcher(folder))
    searcher, stop = engine.searcher(folder), threading.Event()
    differing: list[object] = []

    def read() -> None:
        while not stop.is_set():
            found = state(searcher)
            if found != before:
                differing.append(found)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for each in readers:
        each.start()
    try:
        for seed in range(6):
            commit(engine, folder, sample(10, seed=seed, first=15 + seed))
    finally:
        stop.set()
        for each in readers:
            each.join()
    assert not differing
