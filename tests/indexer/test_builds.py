"""The builds of an index: completed, switched to, waiting, gone back to, cleared away."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import Mock

import pytest

from indexer import bootstrap, builds, durable, upkeep
from indexer.builds import BuildStore
from indexer.errors import BuildUnusable, IndexDamaged, IndexUnwritable, NothingToReturnTo, SwitchUncertain
from indexer.history import BuildState
from indexer.manifest import MANIFEST, RunKind, read_manifest, write_manifest
from indexer.pointer import Pointer
from indexer.settings import Settings
from tests.conftest import WriteArticle, settings_in


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path, kept_builds=3, build_workers=1)


@pytest.fixture
def store(settings: Settings) -> BuildStore:
    return BuildStore(settings.index_dir)


Grow = Callable[[str], str]


@pytest.fixture
def grow(settings: Settings, write_article: WriteArticle) -> Grow:
    """Adds an article and indexes; returns the name of the new build."""

    def add(name: str) -> str:
        write_article(f"{name}.txt", title=f"Bài {name}")
        return bootstrap.index(settings).build

    return add


def states(settings: Settings) -> dict[str, BuildState]:
    return {build.name: build.state for build in upkeep.builds(settings)}


def count(settings: Settings) -> int:
    return bootstrap.open_archive(settings).article_count


# -- completed, then switched to


def test_what_is_asked_before_the_switch_sees_both_builds(
    settings: Settings, store: BuildStore, grow: Grow, write_article: WriteArticle
) -> None:
    first = grow("a")
    write_article("b.txt")
    seen: list[tuple[Path | None, int]] = []

    def look(live: Path | None, new: Path) -> bool:
        seen.append((live, read_manifest(new).articles))
        return True

    bootstrap.index(settings, before_switch=look)
    assert seen == [(store.folder(first), 2)]
    assert count(settings) == 2


def test_a_build_that_is_refused_waits_and_can_be_made_live(
    settings: Settings, grow: Grow, write_article: WriteArticle
) -> None:
    first = grow("a")
    write_article("b.txt")
    report = bootstrap.index(settings, before_switch=lambda *_: False)
    assert (report.is_waiting, count(settings)) == (True, 1)
    assert states(settings) == {report.build: BuildState.WAITING, first: BuildState.LIVE}
    upkeep.use_build(settings, report.build)
    assert count(settings) == 2
    assert states(settings) == {report.build: BuildState.LIVE, first: BuildState.BEFORE}


def test_the_next_build_supersedes_the_one_that_waits(settings: Settings, write_article: WriteArticle) -> None:
    os.utime(write_article("a.txt"), (1, 1))
    bootstrap.index(settings)
    write_article("b.txt")
    waiting = bootstrap.index(settings, before_switch=lambda *_: False).build
    bootstrap.index(settings, [settings.seeds_dir / "a.txt"])  # nothing to do: it goes on waiting
    assert states(settings)[waiting] is BuildState.WAITING
    report = bootstrap.index(settings)
    assert (report.articles, waiting in states(settings)) == (2, False)


def test_a_first_run_that_dies_before_the_switch_is_as_if_it_had_not_been(
    settings: Settings, write_article: WriteArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_article("a.txt")

    def killed(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr("indexer.build._switch", killed)
        patch.setattr("indexer.draft.Draft.abandon", lambda _: None)
        with pytest.raises(SystemExit):
            bootstrap.index(settings)
    assert [*states(settings).values()] == [BuildState.WAITING]
    assert bootstrap.index(settings).new == ("a",)
    assert [*states(settings).values()] == [BuildState.LIVE]


def test_a_build_says_how_it_was_made_and_from_which(settings: Settings, grow: Grow) -> None:
    first = grow("a")
    grow("b")
    assert [(build.kind, build.base) for build in upkeep.builds(settings)] == [
        (RunKind.UPDATE, first),
        (RunKind.REBUILD, None),
    ]


def test_the_size_of_a_build_is_told_without_what_it_shares(
    settings: Settings, grow: Grow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.engines.whoosh_engine.writer.choose_segments", lambda *_: [])  # two segments stay two
    grow("a")
    grow("b")
    new, old = upkeep.builds(settings)
    assert 0 < new.own_bytes < new.bytes
    assert old.bytes - old.own_bytes == new.bytes - new.own_bytes > 0


# -- going back and forth


def test_rollback_goes_back_and_further_back_and_use_goes_forward(settings: Settings, grow: Grow) -> None:
    first, second, third = grow("a"), grow("b"), grow("c")
    assert (upkeep.rollback(settings).name, count(settings)) == (second, 2)
    assert (upkeep.rollback(settings).name, count(settings)) == (first, 1)
    assert states(settings) == {third: BuildState.LEFT, second: BuildState.LEFT, first: BuildState.LIVE}
    with pytest.raises(NothingToReturnTo):
        upkeep.rollback(settings)
    upkeep.use_build(settings, third)
    assert count(settings) == 3
    assert upkeep.rollback(settings).name == first


def test_the_next_run_after_a_rollback_starts_from_the_live_build_and_rollback_returns_to_it(
    settings: Settings, grow: Grow
) -> None:
    first, second = grow("a"), grow("b")
    upkeep.rollback(settings)
    report = bootstrap.index(settings)
    assert (report.new, report.articles) == (("b",), 2)
    assert states(settings) == {report.build: BuildState.LIVE, second: BuildState.LEFT, first: BuildState.BEFORE}
    assert upkeep.rollback(settings).name == first


def test_what_was_left_is_the_first_to_be_cleared_away(settings: Settings, grow: Grow) -> None:
    settings = replace(settings, kept_builds=2)
    first, _ = grow("a"), grow("b")
    upkeep.rollback(settings)
    third = bootstrap.index(settings).build
    assert states(settings) == {third: BuildState.LIVE, first: BuildState.BEFORE}


def test_builds_that_are_not_whole_are_passed_over(settings: Settings, store: BuildStore, grow: Grow) -> None:
    first, second, _ = grow("a"), grow("b"), grow("c")
    victim = next(path for path in store.folder(second).glob("*.terms") if path.stat().st_nlink == 1)
    alter(victim)
    assert (upkeep.rollback(settings).name, upkeep.builds(settings)[1].state) == (first, BuildState.LEFT)
    with pytest.raises(BuildUnusable, match=victim.name):
        upkeep.use_build(settings, second)
    assert count(settings) == 1


def alter(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)


def test_a_build_of_another_version_is_not_made_live(settings: Settings, store: BuildStore, grow: Grow) -> None:
    first, _ = grow("a"), grow("b")
    write_manifest(store.folder(first), replace(read_manifest(store.folder(first)), analysis_version=98))
    assert "98" in upkeep.builds(settings)[1].problem
    with pytest.raises(BuildUnusable, match="analysis version 98; this program reads"):
        upkeep.use_build(settings, first)
    with pytest.raises(BuildUnusable, match="no such build"):
        upkeep.use_build(settings, "../builds")
    with pytest.raises(NothingToReturnTo):
        upkeep.rollback(settings)


# -- what says which build is live


def test_a_lost_pointer_is_told_and_mended_by_rollback(settings: Settings, grow: Grow) -> None:
    grow("a")
    grow("b")
    (settings.index_dir / "CURRENT").unlink()
    with pytest.raises(IndexDamaged, match="which build is live") as error:
        bootstrap.open_archive(settings)
    assert "khobao rollback" in error.value.next_step
    upkeep.rollback(settings)
    assert count(settings) == 2


def test_a_live_build_that_is_gone_is_told_and_mended_by_rollback(
    settings: Settings, store: BuildStore, grow: Grow
) -> None:
    grow("a")
    second = grow("b")
    shutil.rmtree(store.folder(second))
    with pytest.raises(IndexDamaged, match=f"{second}, which is not there") as error:
        bootstrap.open_archive(settings)
    assert "khobao rollback" in error.value.next_step
    assert upkeep.builds(settings)[0].problem
    upkeep.rollback(settings)
    assert count(settings) == 1


def test_a_pointer_written_by_an_older_program_knows_what_was_before(settings: Settings, grow: Grow) -> None:
    first, second = grow("a"), grow("b")
    (settings.index_dir / "CURRENT").write_text(f"{second}\n", encoding="utf-8")
    assert states(settings) == {second: BuildState.LIVE, first: BuildState.BEFORE}
    assert upkeep.rollback(settings).name == first


@pytest.mark.parametrize("text", ["", "\n", "../elsewhere\n", ".."])
def test_what_is_no_name_of_a_build_leads_nowhere(settings: Settings, store: BuildStore, grow: Grow, text: str) -> None:
    grow("a")
    (settings.index_dir / "CURRENT").write_text(text, encoding="utf-8")
    assert store.current_name() is None
    with pytest.raises(IndexDamaged):
        store.current()


def test_names_sort_by_age_even_if_the_clock_was_set_back(store: BuildStore, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.lock():
        first = store.begin(None)
        monkeypatch.setattr(builds, "datetime", Mock(wraps=datetime, now=lambda _: datetime(2001, 1, 1, tzinfo=UTC)))
        assert store.begin(None).name > first.name


def test_going_back_takes_builds_out_of_the_line() -> None:
    pointer = Pointer("c", ("b", "a"))
    assert pointer.switched_to("d") == Pointer("d", ("c", "b", "a"))
    assert pointer.switched_to("a") == Pointer("a", (), ("c", "b"))
    assert pointer.switched_to("a").switched_to("c") == Pointer("c", ("a",), ("b",))
    assert pointer.switched_to("c") == pointer


@pytest.mark.parametrize("moment", ["files_of", "folder"])
def test_a_build_that_is_cleared_away_while_they_are_listed_is_left_out(
    settings: Settings, grow: Grow, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    first, second = grow("a"), grow("b")
    look = getattr(BuildStore, moment)

    def clear_away(*asked: object) -> object:
        if Path(str(asked[-1])).name == first:
            shutil.rmtree(settings.index_dir / "builds" / first, ignore_errors=True)
        return look(*asked)

    monkeypatch.setattr(BuildStore, moment, staticmethod(clear_away) if moment == "files_of" else clear_away)
    assert [build.name for build in upkeep.builds(settings)] == [second]


# -- durable, and what the system refuses


def test_a_killed_removal_leaves_no_half_build_that_passes_for_one(
    settings: Settings, store: BuildStore, grow: Grow, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = grow("a"), grow("b")
    monkeypatch.setattr(shutil, "rmtree", lambda *_, **__: None)
    store.prune(1)
    assert store.folder(first).is_dir()
    assert first not in states(settings)
    monkeypatch.undo()
    store.sweep()
    assert not store.folder(first).exists()


def test_the_manifest_comes_when_all_the_rest_is_on_the_disk(
    settings: Settings, grow: Grow, monkeypatch: pytest.MonkeyPatch
) -> None:
    grow("a")
    synced: set[int] = set()
    fsync = os.fsync

    def record(descriptor: int) -> None:
        synced.add(os.fstat(descriptor).st_ino)
        fsync(descriptor)

    def write(folder: Path, manifest: object) -> None:
        paths = [path for path in BuildStore.files_of(folder) if path.stat().st_nlink == 1]
        assert paths
        assert {path.stat().st_ino for path in (folder, folder.parent, *paths)} <= synced
        write_manifest(folder, manifest)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "fsync", record)
    monkeypatch.setattr("indexer.draft.write_manifest", write)
    grow("b")
    assert count(settings) == 2


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.ENOSPC, "Free "),
        (errno.EDQUOT, "Free "),
        (errno.EACCES, "right to write in"),
        (errno.EROFS, "so that it can be written"),
        (errno.EIO, "to another disk"),
    ],
)
@pytest.mark.parametrize("place", ["os.link", "pathlib.Path.mkdir", "pathlib.Path.write_text", "os.fsync"])
def test_a_write_that_is_refused_says_what_to_do_and_the_old_index_goes_on(
    settings: Settings,
    write_article: WriteArticle,
    grow: Grow,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    advice: str,
    place: str,
) -> None:
    grow("a")
    write_article("b.txt")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(place, refuse)
        if place == "os.link":  # where links are refused it copies
            patch.setattr("shutil.copy2", refuse)
        with pytest.raises(IndexUnwritable) as error:
            bootstrap.index(settings)
    assert advice in error.value.next_step
    assert str(settings.index_dir) in error.value.next_step
    assert count(settings) == 1
    assert bootstrap.index(settings).articles == 2
    assert len(list((settings.index_dir / "builds").iterdir())) == 2


def test_a_disk_that_fails_right_after_the_switch_is_told_as_it_is(
    settings: Settings, grow: Grow, write_article: WriteArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    grow("a")
    write_article("b.txt")
    before = (settings.index_dir / "CURRENT").read_text()

    def fail_late(folder: Path) -> None:
        if (settings.index_dir / "CURRENT").read_text() != before:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(folder))

    with monkeypatch.context() as patch:
        patch.setattr(durable, "sync", fail_late)
        with pytest.raises(SwitchUncertain, match=r"is live, but .* a power cut"):
            bootstrap.index(settings)
    assert count(settings) == 2
    assert bootstrap.index(settings).unchanged == 2


def test_a_rebuild_for_which_there_may_be_no_room_is_warned_of(
    settings: Settings, grow: Grow, monkeypatch: pytest.MonkeyPatch
) -> None:
    grow("a")
    assert upkeep.lack_of_room(settings) == ""
    monkeypatch.setattr(upkeep, "free_bytes", lambda _: 1)
    assert "may not find room" in upkeep.lack_of_room(settings)


def test_a_full_disk_is_told_with_what_is_free_and_what_is_needed(tmp_path: Path) -> None:
    with pytest.raises(IndexUnwritable) as error, durable.Writing(tmp_path, lambda: 10**15):
        raise OSError(errno.ENOSPC, "")
    assert "1000000000 MB needed" in str(error.value)
    assert "MB free" in str(error.value)
    with pytest.raises(OSError, match="other"), durable.Writing(tmp_path):
        raise OSError(errno.EMFILE, "other")


def test_an_altered_manifest_is_noticed_and_an_old_one_still_read(
    settings: Settings, store: BuildStore, grow: Grow
) -> None:
    grow("a")
    path = store.current() / MANIFEST
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"articles": 1', '"articles": 2'), encoding="utf-8")
    with pytest.raises(IndexDamaged, match="altered"):
        bootstrap.open_archive(settings)
    old = "\n".join(line for line in text.split("\n") if not line.startswith((' "base"', ' "kind"', ' "checksum"')))
    path.write_text(old.replace("},\n}", "}\n}"), encoding="utf-8")
    assert count(settings) == 1
    assert (upkeep.builds(settings)[0].kind, upkeep.builds(settings)[0].base) == (RunKind.UNKNOWN, None)
