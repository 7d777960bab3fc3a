"""`khobao check`: what is wrong is found, and the command named that mends it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from indexer import bootstrap, curation, upkeep
from indexer.builds import BuildStore
from indexer.clinic.casebook import Casebook
from indexer.engines.whoosh_engine.searcher import WhooshSearcher
from indexer.errors import IndexIncompatible, IndexMissing, IndexUnavailable, IndexUnreadable
from indexer.manifest import MANIFEST, PROBLEMS, SOURCES, file_facts, read_manifest, write_manifest
from indexer.model import Article
from indexer.settings import Settings
from tests.conftest import settings_in


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An index of two builds; the newer one has files of its own and some of the older one's."""
    folder = tmp_path_factory.mktemp("check")
    settings = settings_in(folder, build_workers=1)
    settings.seeds_dir.mkdir()
    for number in range(3):
        (settings.seeds_dir / f"{number}.txt").write_text(f"Bài {number}\n\nMột chuyện dài.\n", encoding="utf-8")
    bootstrap.index(settings)
    (settings.seeds_dir / "new.txt").write_text("Bài mới\n\nMột chuyện khác.\n", encoding="utf-8")
    bootstrap.index(settings)
    return settings


@pytest.fixture
def settings(original: Settings, tmp_path: Path) -> Settings:
    """A copy of it, to be damaged."""
    shutil.copytree(original.index_dir, tmp_path / "index")
    return replace(original, index_dir=tmp_path / "index")


@pytest.fixture
def live(settings: Settings) -> Path:
    return BuildStore(settings.index_dir).current()


def test_a_whole_index_is_whole_at_a_glance_and_deep(settings: Settings) -> None:
    for deep in (False, True):
        found = upkeep.check_index(settings, deep=deep)
        assert (found.problems, found.cure, found.articles, found.is_deep) == ((), "", 4, deep)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def alter(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)


def newest(folder: Path, pattern: str) -> Path:
    return max(folder.glob(pattern), key=lambda path: path.stat().st_mtime_ns)


FILES = ("*.terms", "*.articles", "*_stored.col", "*holding.col", "*.toc", SOURCES, PROBLEMS)


@pytest.mark.parametrize("pattern", FILES)
@pytest.mark.parametrize("damage", [cut, Path.unlink])
def test_a_file_that_is_cut_or_gone_is_seen_at_a_glance(
    settings: Settings, live: Path, pattern: str, damage: Callable[[Path], None]
) -> None:
    victim = newest(live, pattern)
    damage(victim)
    found = upkeep.check_index(settings)
    assert [victim.name in problem for problem in found.problems] == [True]
    assert "khobao rollback" in found.cure


@pytest.mark.parametrize("pattern", FILES)
def test_an_altered_byte_is_found_deep(settings: Settings, live: Path, pattern: str) -> None:
    victim = newest(live, pattern)
    alter(victim)
    assert any(victim.name in problem for problem in upkeep.check_index(settings, deep=True).problems)


def test_a_file_that_does_not_belong_there_is_named(settings: Settings, live: Path) -> None:
    (live / "_MAIN_99.toc").write_bytes(b"")
    assert "_MAIN_99.toc does not belong" in upkeep.check_index(settings).problems[0]


def test_the_cure_is_a_rebuild_where_the_build_before_is_damaged_too(settings: Settings, live: Path) -> None:
    """As it is where both share the damaged file."""
    for folder in live.parent.iterdir():
        for path in folder.glob("*.terms"):
            alter(path)
    assert "khobao index --rebuild" in upkeep.check_index(settings, deep=True).cure


def test_the_cure_is_a_rebuild_where_there_is_no_build_before(settings: Settings, live: Path) -> None:
    for folder in live.parent.iterdir():
        if folder != live:
            shutil.rmtree(folder)
    cut(newest(live, "*.terms"))
    assert "khobao index --rebuild" in upkeep.check_index(settings).cure


def test_who_opens_a_damaged_index_is_told_what_mends_it(settings: Settings, live: Path) -> None:
    cut(newest(live, "*.terms"))
    for call in (bootstrap.open_archive, bootstrap.index, lambda it: curation.propose_synonyms(it, 1)):
        with pytest.raises(IndexUnavailable) as error:
            call(settings)
        assert "khobao rollback" in error.value.next_step


def vouch_for(folder: Path, articles: int | None = None) -> None:
    """Describe a build as it is now, as if a run had written it so."""
    manifest = read_manifest(folder)
    files = {path.name: file_facts(path) for path in BuildStore.files_of(folder) if path.name != MANIFEST}
    told = manifest.articles if articles is None else articles
    write_manifest(folder, replace(manifest, files=files, articles=told))


def test_counts_that_disagree_with_the_manifest_are_found_at_a_glance(settings: Settings, live: Path) -> None:
    vouch_for(live, articles=5)
    assert "holds 4 articles, its manifest says 5" in upkeep.check_index(settings).problems[0]


def test_problems_of_an_article_that_is_not_there_are_found_deep(settings: Settings, live: Path) -> None:
    book = Casebook(live)
    book.take(Article("nobody", "Không ngày, không tên"), "nobody.txt")
    book.write(live)
    vouch_for(live)
    assert upkeep.check_index(settings).problems == ()
    assert "nobody" in upkeep.check_index(settings, deep=True).problems[0]


def test_a_table_of_sources_that_is_none_is_found_deep(settings: Settings, live: Path) -> None:
    (live / SOURCES).write_text("{}", encoding="utf-8")
    vouch_for(live)
    assert SOURCES in upkeep.check_index(settings, deep=True).problems[0]


def test_articles_that_cannot_be_read_are_named(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WhooshSearcher, "article", lambda *_: None)
    assert "article new cannot be read" in upkeep.check_index(settings, deep=True).problems


def test_an_index_of_another_version_is_not_damaged_but_refused(settings: Settings, live: Path) -> None:
    write_manifest(live, replace(read_manifest(live), format_version=99))
    with pytest.raises(IndexIncompatible, match=r"99; this program reads \d"):
        upkeep.check_index(settings)


def test_an_empty_folder_holds_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        upkeep.check_index(Settings(index_dir=tmp_path))


def test_a_file_that_may_not_be_read_is_no_damage_but_asks_for_the_right(
    settings: Settings, live: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_text = Path.read_text

    def refuse(path: Path, **options: str) -> str:
        if path.parent == live:
            raise PermissionError(13, "Permission denied", str(path))
        return read_text(path, **options)

    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(IndexUnreadable) as error:
        bootstrap.open_archive(settings)
    assert f"right to read {live}" in error.value.next_step
