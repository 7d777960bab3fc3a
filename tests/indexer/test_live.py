"""The archive that is live now, while builds come, go and break."""

from __future__ import annotations

import gc
import logging
import threading
import time
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer import bootstrap, curation, live, staff_list, upkeep
from indexer.archive import Archive
from indexer.builds import BuildStore
from indexer.errors import IndexMissing
from indexer.live import LiveArchive
from indexer.model import SearchRequest
from indexer.settings import Settings
from tests.conftest import WriteArticle, settings_in

PATIENCE_SECONDS = 15


@pytest.fixture
def settings(tmp_path: Path, write_article: WriteArticle) -> Settings:
    """Of an index of one article."""
    made = settings_in(tmp_path)
    write_article("a.txt")
    bootstrap.index(made)
    return made


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def break_the_live_build(settings: Settings) -> None:
    for file in BuildStore(settings.index_dir).current().iterdir():
        file.unlink()


def test_a_new_build_is_taken_up_by_the_next_call(settings: Settings, write_article: WriteArticle) -> None:
    archive = bootstrap.live_archive(settings)
    before = archive()
    assert archive() is before
    write_article("b.txt")
    bootstrap.index(settings)
    assert (archive().article_count, before.article_count) == (2, 1)


def test_an_archive_names_the_build_it_answers_from_even_if_another_goes_live_while_it_opens(
    settings: Settings, write_article: WriteArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = BuildStore(settings.index_dir).current_name()
    write_article("b.txt")
    second = bootstrap.index(settings).build
    current, calls = BuildStore.current, []

    def current_until_rolled_back(store: BuildStore) -> Path:
        folder = current(store)
        if not calls:
            calls.append(folder)
            upkeep.rollback(settings)
        return folder

    monkeypatch.setattr(BuildStore, "current", current_until_rolled_back)
    opened = bootstrap.open_archive(settings)
    assert (opened.build, opened.article_count) in {(first, 1), (second, 2)}
    assert current(BuildStore(settings.index_dir)).name == first


def test_a_watched_archive_takes_up_a_new_build_by_itself(settings: Settings, write_article: WriteArticle) -> None:
    archive = bootstrap.live_archive(settings)
    before = archive()
    with archive.watching():
        write_article("b.txt")
        bootstrap.index(settings)
        wait_until(lambda: archive() is not before)
        assert (archive().article_count, before.article_count) == (2, 1)


def test_nobody_waits_while_a_watcher_opens_a_build(settings: Settings, write_article: WriteArticle) -> None:
    began, go_on = threading.Event(), threading.Event()

    def open_slowly() -> Archive:
        if threading.current_thread() is not threading.main_thread():
            began.set()
            assert go_on.wait(PATIENCE_SECONDS)
        return bootstrap.open_archive(settings)

    archive = LiveArchive(BuildStore(settings.index_dir).current_name, open_slowly)
    before = archive()
    with archive.watching():
        write_article("b.txt")
        bootstrap.index(settings)
        assert began.wait(PATIENCE_SECONDS)
        assert archive() is before, "at once, for the new one is not there yet"
        go_on.set()
        wait_until(lambda: archive().article_count == 2)


@pytest.mark.parametrize("is_watched", [False, True])
def test_a_build_that_cannot_be_opened_leaves_the_one_before(
    settings: Settings,
    write_article: WriteArticle,
    is_watched: bool,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(live, "RETRY_SECONDS", 0.0)
    archive = bootstrap.live_archive(settings)
    before = archive()
    write_article("b.txt")
    bootstrap.index(settings)
    kept = {file.name: file.read_bytes() for file in BuildStore(settings.index_dir).current().iterdir()}
    break_the_live_build(settings)
    if is_watched:
        with archive.watching():
            wait_until(lambda: "cannot be opened" in caplog.text)
            assert archive() is before
    assert [archive() for _ in range(5)] == [before] * 5
    assert before.search(SearchRequest("")).total == 1
    assert caplog.text.count("cannot be opened") == 1
    assert "manifest.json" in caplog.text
    for name, content in kept.items():
        (BuildStore(settings.index_dir).current() / name).write_bytes(content)
    assert archive().article_count == 2, "it is tried again"


def test_a_build_that_cannot_be_opened_is_not_tried_at_every_call(
    settings: Settings, write_article: WriteArticle
) -> None:
    tries: list[str] = []

    def open_counted() -> Archive:
        tries.append(BuildStore(settings.index_dir).current().name)
        return bootstrap.open_archive(settings)

    archive = LiveArchive(BuildStore(settings.index_dir).current_name, open_counted)
    before = archive()
    write_article("b.txt")
    broken = bootstrap.index(settings).build
    break_the_live_build(settings)
    assert [archive() for _ in range(5)] == [before] * 5
    assert tries == [before.build, broken]
    whole = bootstrap.index(settings, [settings.seeds_dir], rebuild=True).build
    assert archive().build == whole, "another one is tried at once"


def test_an_index_folder_that_is_gone_leaves_what_is_open(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    archive = bootstrap.live_archive(settings)
    before = archive()
    (settings.index_dir / "CURRENT").unlink()
    assert archive() is before
    assert "does not say which build is live" in caplog.text


def test_without_an_index_callers_are_told_and_the_first_build_is_opened_by_a_call(
    tmp_path: Path, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    late = Settings(index_dir=tmp_path / "late", seeds_dir=settings.seeds_dir)
    archive = bootstrap.live_archive(late)
    with archive.watching():
        with pytest.raises(IndexMissing):
            archive()
        bootstrap.index(late)
        assert archive().article_count == 1
    assert caplog.text == ""


def test_the_build_before_goes_with_the_last_search_on_it(settings: Settings, write_article: WriteArticle) -> None:
    gc.collect()
    gc.disable()  # `khobao serve` keeps the collector away from what was there at its start, so cycles would stay
    try:
        archive = bootstrap.live_archive(settings)
        search = archive().search
        before = weakref.ref(archive())
        with archive.watching():
            write_article("b.txt")
            bootstrap.index(settings)
            wait_until(lambda: archive().article_count == 2)
        assert before() is not None
        assert search(SearchRequest("văn")).total == 1
        del search
        wait_until(lambda: before() is None)
    finally:
        gc.enable()


def test_what_is_released_is_opened_anew(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    archive = bootstrap.live_archive(settings)
    before = weakref.ref(archive())
    archive.release()
    assert before() is None
    assert archive().article_count == 1


@pytest.mark.parametrize("open_archive", [bootstrap.open_archive, lambda settings: bootstrap.live_archive(settings)()])
def test_what_staff_write_into_their_list_counts_for_the_next_search_of_an_open_archive(
    settings: Settings,
    write_article: WriteArticle,
    monkeypatch: pytest.MonkeyPatch,
    open_archive: Callable[[Settings], Archive],
) -> None:
    monkeypatch.setattr(staff_list, "LOOK_SECONDS", 0)
    write_article("b.txt", body="Giá cổ phiếu trên thị trường chứng khoán.")
    write_article("c.txt", body="Hội đồng nhân dân tỉnh họp.")
    bootstrap.index(settings)
    archive = open_archive(settings)

    def found(text: str) -> list[str]:
        return [hit.id for hit in archive.search(SearchRequest(text)).hits]

    assert (found("TTCK"), found("HĐND")) == ([], ["c"])
    curation.add_synonyms(settings, ["TTCK = thị trường chứng khoán", "- HĐND"])
    assert (found("TTCK"), found("ttck giá"), found("HĐND")) == (["b"], ["b"], [])
    settings.synonyms_path.write_text("CPN = cổ phiếu\n", encoding="utf-8")
    assert (found("TTCK"), found("CPN"), found("HĐND")) == ([], ["b"], ["c"])
    settings.synonyms_path.unlink()
    assert (found("CPN"), archive.build) == ([], BuildStore(settings.index_dir).current_name())
