"""Builds that several machines share through a depot: what each finds in its own folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from indexer.build import update_index
from indexer.builds import BuildStore
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.errors import ClusterAway, IndexBusy, IndexMissing, SwitchLost
from indexer.history import open_live, rollback
from indexer.manifest import MANIFEST
from indexer.reports import Options
from tests.conftest import WriteArticle

ENGINE = WhooshEngine()


class FolderDepot:
    """A depot in a folder that every machine sees."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._folder.mkdir(exist_ok=True)
        self.is_away = False

    def _look(self) -> None:
        if self.is_away:
            raise ClusterAway("nowhere", "switched off")

    def live(self) -> str | None:
        self._look()
        pointer = self._folder / "LIVE"
        return pointer.read_text() if pointer.exists() else None

    def names(self) -> list[str]:
        self._look()
        return sorted((path.name for path in self._folder.iterdir() if path.is_dir()), reverse=True)

    def fetch(self, name: str, folder: Path) -> None:
        self._look()
        shutil.copytree(self._folder / name, folder)

    def publish(self, folder: Path) -> None:
        self._look()
        shutil.copytree(folder, self._folder / folder.name)

    def switch(self, name: str, instead: str | None) -> None:
        if self.live() != instead:
            raise SwitchLost(name, self.live() or "none")
        (self._folder / "LIVE").write_text(name)

    def discard(self, name: str) -> None:
        self._look()
        shutil.rmtree(self._folder / name, ignore_errors=True)

    def sweep(self) -> None:
        self._look()

    @contextmanager
    def lock(self) -> Iterator[None]:
        held = self._folder / "LOCK"
        if held.exists():
            raise IndexBusy("another machine")
        held.touch()
        try:
            yield
        finally:
            held.unlink()


@pytest.fixture
def depot(tmp_path: Path) -> FolderDepot:
    return FolderDepot(tmp_path / "depot")


@pytest.fixture
def here(tmp_path: Path, depot: FolderDepot) -> BuildStore:
    return BuildStore(tmp_path / "here", depot)


@pytest.fixture
def there(tmp_path: Path, depot: FolderDepot) -> BuildStore:
    return BuildStore(tmp_path / "there", depot)


@pytest.fixture
def articles(tmp_path: Path, write_article: WriteArticle) -> Path:
    write_article("a.txt", title="Bài a")
    return tmp_path / "articles"


def run(store: BuildStore, articles: Path, keep: int = 3) -> str:
    return update_index(store, ENGINE, [articles], articles, Options(workers=1, kept_builds=keep)).build


def held(store: BuildStore) -> int:
    searcher = open_live(store, ENGINE)
    try:
        return searcher.article_count()
    finally:
        searcher.close()


def test_another_machine_takes_up_what_became_live(
    here: BuildStore, there: BuildStore, articles: Path, write_article: WriteArticle
) -> None:
    with pytest.raises(IndexMissing):
        there.current()
    first = run(here, articles)
    assert there.current_name() == first
    assert held(there) == 1
    write_article("b.txt", title="Bài b")
    second = run(here, articles)
    assert there.current_name() == second
    assert held(there) == 2


def test_a_machine_keeps_no_builds_that_the_others_let_go(
    here: BuildStore, there: BuildStore, articles: Path, write_article: WriteArticle
) -> None:
    for name in "bcd":
        run(here, articles, keep=1)
        assert there.current_name() == here.current_name()
        write_article(f"{name}.txt", title=f"Bài {name}")
    assert there.complete() == here.complete()
    assert len(there.complete()) == 1


def test_going_back_on_one_machine_goes_back_on_all(
    here: BuildStore, there: BuildStore, articles: Path, write_article: WriteArticle
) -> None:
    first = run(here, articles)
    write_article("b.txt", title="Bài b")
    run(here, articles)
    assert rollback(there, ENGINE).name == first  # it never fetched that one before
    assert here.current_name() == first
    assert held(here) == 1


def test_a_run_begins_with_what_is_live_for_all(
    here: BuildStore, there: BuildStore, articles: Path, write_article: WriteArticle
) -> None:
    run(here, articles)
    write_article("b.txt", title="Bài b")
    run(there, articles)
    report = update_index(here, ENGINE, [articles], articles, Options(workers=1))
    assert (len(report.new), len(report.changed), len(report.removed)) == (0, 0, 0)


def test_who_was_slower_does_not_undo_what_the_other_made_live(
    here: BuildStore, there: BuildStore, depot: FolderDepot, articles: Path, write_article: WriteArticle
) -> None:
    run(here, articles)
    write_article("b.txt", title="Bài b")

    def meanwhile(_old: Path | None, new: Path) -> bool:
        depot.publish(new.rename(new.with_name("29990101-000000-000000-ffff")))
        depot.switch("29990101-000000-000000-ffff", depot.live())
        return True

    with pytest.raises(SwitchLost, match="29990101-000000-000000-ffff is"):
        update_index(here, ENGINE, [articles], articles, Options(workers=1), before_switch=meanwhile)
    assert there.current_name() == "29990101-000000-000000-ffff"


def test_what_is_open_goes_on_while_the_depot_is_away(
    here: BuildStore, there: BuildStore, depot: FolderDepot, articles: Path
) -> None:
    name = run(here, articles)
    assert there.current_name() == name
    depot.is_away = True
    assert there.current_name() == name
    with pytest.raises(ClusterAway):
        BuildStore(there.index_dir.with_name("new"), depot).current_name()
    with pytest.raises(ClusterAway):
        run(here, articles)
    depot.is_away = False
    run(here, articles)
    assert held(there) == 1


def test_two_machines_do_not_write_at_once(here: BuildStore, there: BuildStore, articles: Path) -> None:
    with here.lock(), pytest.raises(IndexBusy, match="another machine"):
        run(there, articles)


def test_a_build_that_was_complete_only_here_is_gone_with_the_next_run(
    here: BuildStore, depot: FolderDepot, articles: Path, write_article: WriteArticle
) -> None:
    run(here, articles)
    write_article("b.txt", title="Bài b")
    second = run(here, articles)
    shutil.copytree(here.folder(second), here.folder(killed := "29990101-000000-000000-ffff"))
    run(here, articles)
    assert killed not in here.complete()
    assert (here.folder(second) / MANIFEST).is_file()
    assert killed not in depot.names()
