"""`khobao index`, as staff see it: what a run reads, reports, keeps and removes."""

from __future__ import annotations

import json
import os
import random
import sys
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from whoosh.index import open_dir

from indexer import bootstrap, curation, upkeep, worker_pool
from indexer.builds import BuildStore
from indexer.columns import read_columns
from indexer.engines.whoosh_engine.writer import WhooshWriter
from indexer.errors import (
    IndexBusy,
    IndexIncompatible,
    IndexMissing,
    IndexUnwritable,
    NothingToRemove,
    RemovalRefused,
    SourceNotFound,
    SourcesUnknown,
    WorkerLost,
    WrongWriter,
)
from indexer.manifest import read_manifest, write_manifest
from indexer.model import SearchRequest
from indexer.problems import Correction
from indexer.reports import Moved, Report, Step
from indexer.settings import Settings
from tests.conftest import WriteArticle, settings_in


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path)


def age(path: Path) -> None:
    """Make a file look as if it had been written well before it is read."""
    before = time.time() - 60
    os.utime(path, (before, before))


def counts(report: Report) -> str:
    return str(report)


def found(settings: Settings, text: str) -> list[str]:
    return [hit.id for hit in bootstrap.open_archive(settings).search(SearchRequest(text)).hits]


def test_a_run_says_what_it_did(settings: Settings, write_article: WriteArticle) -> None:
    write_article("a.txt")
    write_article("b.txt", title="Bài thứ hai")
    (write_article("c.txt")).write_bytes(b"")
    report = bootstrap.index(settings)
    assert counts(report) == "2 articles: 2 new, 0 changed, 0 removed, 0 unchanged, 1 rejected"
    assert report.rejected[0].path.endswith("c.txt")


def test_a_second_run_reads_only_what_changed(settings: Settings, write_article: WriteArticle) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        age(write_article(name, title=f"Bài {name}"))
    bootstrap.index(settings)
    age(write_article("a.txt", title="Bài đã sửa"))
    write_article("d.txt", title="Bài mới toanh")
    (settings.seeds_dir / "c.txt").unlink()
    read: list[str] = []
    report = bootstrap.index(settings, progress=lambda step: read.append(Path(step.path).name))
    assert counts(report) == "3 articles: 1 new, 1 changed, 1 removed, 1 unchanged, 0 rejected"
    assert sorted(read) == ["a.txt", "d.txt"]
    assert (found(settings, "sửa"), found(settings, "toanh")) == (["a"], ["d"])


def test_a_run_without_changes_makes_no_new_build(settings: Settings, write_article: WriteArticle) -> None:
    age(write_article("a.txt"))
    first = bootstrap.index(settings)
    second = bootstrap.index(settings)
    assert second.build == first.build
    assert counts(second) == "1 articles: 0 new, 0 changed, 0 removed, 1 unchanged, 0 rejected"


def test_rejects_are_reported_again_although_nothing_changed(
    settings: Settings, tmp_path: Path, write_article: WriteArticle
) -> None:
    age(write_article("a.txt"))
    lines = tmp_path / "articles" / "more.jsonl"
    lines.write_text('{"title": "Một", "body": "Hai ba", "id": "x1"}\nnot json\n', encoding="utf-8")
    age(lines)
    first, second = bootstrap.index(settings), bootstrap.index(settings)
    assert [(each.line, each.reason) for each in first.rejected] == [
        (each.line, each.reason) for each in second.rejected
    ]
    assert first.rejected[0].line == 2


def test_a_bad_file_in_a_zip_is_reported_by_its_place_again_without_reading_the_zip_again(
    settings: Settings, write_article: WriteArticle
) -> None:
    write_article("a.txt")
    path = settings.seeds_dir / "nam.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("2020/b.txt", "Bài trong gói\n\nChuyện khác hẳn.\n")
        archive.writestr("2020/c.txt", "")
    age(path)
    first = bootstrap.index(settings)
    read: list[str] = []
    second = bootstrap.index(settings, progress=lambda step: read.append(step.path))
    assert found(settings, "gói") == ["nam-2020-b"]
    assert [each.path for each in first.rejected] == [f"{path}/2020/c.txt"]
    assert second.rejected == first.rejected
    assert str(path) not in read


def test_columns_of_the_settings_are_used(settings: Settings, write_article: WriteArticle) -> None:
    write_article("a.txt")
    (settings.seeds_dir / "b.csv").write_text("Tiêu đề;Nội dung\nBài trong bảng;Chuyện khác.\n", encoding="utf-8")
    mapped = replace(settings, columns=read_columns("title=tiêu đề, body=nội dung"))
    assert bootstrap.index(mapped).articles == 2
    assert found(settings, "bảng") == ["b-2"]


def test_other_sources_stay_when_one_folder_is_indexed(
    settings: Settings, tmp_path: Path, write_article: WriteArticle
) -> None:
    write_article("a.txt")
    bootstrap.index(settings)
    other = tmp_path / "other"
    other.mkdir()
    (other / "b.txt").write_text("Bài khác\n\nChuyện khác hẳn.\n", encoding="utf-8")
    assert bootstrap.index(settings, [other]).articles == 2
    assert bootstrap.index(settings).articles == 2
    removed = bootstrap.index(settings, [other], remove=True)
    assert (removed.articles, removed.removed) == (1, ("b",))


def test_one_file_given_alone_keeps_the_id_it_has_in_its_folder(
    settings: Settings, write_article: WriteArticle
) -> None:
    path = write_article("2021/a.txt")
    bootstrap.index(settings)
    path.write_text("Sửa rồi\n\nNội dung mới.\n", encoding="utf-8")
    report = bootstrap.index(settings, [path])
    assert (report.changed, report.articles) == (("2021-a",), 1)


def test_an_article_whose_file_became_unreadable_stays(settings: Settings, write_article: WriteArticle) -> None:
    path = write_article("a.txt", title="Bài còn tốt")
    bootstrap.index(settings)
    path.write_bytes(b"\xff\xfe\x00garbage\x80")
    report = bootstrap.index(settings)
    assert (report.articles, len(report.rejected)) == (1, 1)
    assert found(settings, "còn tốt") == ["a"]


def test_articles_behind_a_broken_line_stay_until_it_is_mended(
    settings: Settings, tmp_path: Path, write_article: WriteArticle
) -> None:
    write_article("a.txt")
    lines = tmp_path / "articles" / "many.jsonl"
    good = [f'{{"id": "x{n}", "title": "Bài {n}", "body": "chữ"}}' for n in range(3)]
    lines.write_text("\n".join(good), encoding="utf-8")
    assert bootstrap.index(settings).articles == 4
    lines.write_text("\n".join([good[0], good[1][:20]]), encoding="utf-8")
    assert bootstrap.index(settings).articles == 4
    lines.write_text(good[0], encoding="utf-8")
    assert bootstrap.index(settings).removed == ("x1", "x2")


def test_the_same_id_from_two_files_is_rejected_and_named(
    settings: Settings, tmp_path: Path, write_article: WriteArticle
) -> None:
    write_article("one.txt")
    for name in ("x", "y"):
        (tmp_path / "articles" / f"{name}.jsonl").write_text(
            f'{{"id": "same", "title": "Từ {name}", "body": "chữ"}}\n', encoding="utf-8"
        )
    report = bootstrap.index(settings)
    assert report.articles == 2
    assert "same" in report.rejected[0].reason
    assert "x.jsonl" in report.rejected[0].reason


def test_a_missing_folder_changes_nothing(settings: Settings, write_article: WriteArticle) -> None:
    write_article("a.txt")
    bootstrap.index(settings)
    settings.seeds_dir.rename(settings.seeds_dir.with_name("unmounted"))
    with pytest.raises(SourceNotFound):
        bootstrap.index(settings)
    assert bootstrap.open_archive(settings).article_count == 1


def test_most_of_the_archive_does_not_vanish_without_a_word(settings: Settings, write_article: WriteArticle) -> None:
    paths = [write_article(f"{n}.txt") for n in range(30)]
    bootstrap.index(settings)
    for path in paths[:25]:
        path.unlink()
    with pytest.raises(RemovalRefused):
        bootstrap.index(settings)
    assert bootstrap.open_archive(settings).article_count == 30
    assert bootstrap.index(settings, allow_removal=True).articles == 5


def test_a_second_writer_is_told_who_holds_the_lock(settings: Settings, write_article: WriteArticle) -> None:
    write_article("a.txt")
    with BuildStore(settings.index_dir).lock(), pytest.raises(IndexBusy, match=str(os.getpid())):
        bootstrap.index(settings)


def test_an_index_of_another_version_is_refused_and_a_rebuild_mends_it(
    settings: Settings, write_article: WriteArticle
) -> None:
    write_article("a.txt")
    bootstrap.index(settings)
    folder = BuildStore(settings.index_dir).current()
    write_manifest(folder, replace(read_manifest(folder), format_version=99))
    with pytest.raises(IndexIncompatible, match="99"):
        bootstrap.open_archive(settings)
    with pytest.raises(IndexIncompatible, match="99"):
        bootstrap.index(settings)
    assert bootstrap.index(settings, rebuild=True).articles == 1
    assert bootstrap.open_archive(settings).article_count == 1


def test_nothing_indexed_yet_is_said_so(settings: Settings) -> None:
    with pytest.raises(IndexMissing):
        bootstrap.open_archive(settings)


def test_a_failed_run_leaves_the_old_index_and_no_litter(
    settings: Settings, write_article: WriteArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_article("a.txt")
    bootstrap.index(settings)
    write_article("b.txt")

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("indexer.draft.write_manifest", full_disk)
    with pytest.raises(IndexUnwritable, match="No space"):
        bootstrap.index(settings)
    assert bootstrap.open_archive(settings).article_count == 1
    assert len(list((settings.index_dir / "builds").iterdir())) == 1


def test_old_builds_are_pruned_but_the_one_before_is_kept(settings: Settings, write_article: WriteArticle) -> None:
    for n in range(5):
        write_article(f"{n}.txt")
        bootstrap.index(settings)
    assert len(list((settings.index_dir / "builds").iterdir())) == settings.kept_builds


def test_check_finds_an_altered_byte(settings: Settings, write_article: WriteArticle) -> None:
    write_article("a.txt")
    bootstrap.index(settings)
    assert upkeep.check_index(settings, deep=True).problems == ()
    folder = BuildStore(settings.index_dir).current()
    victim = max(folder.glob("*.terms"), key=lambda path: path.stat().st_size)
    raw = bytearray(victim.read_bytes())
    raw[len(raw) // 2] ^= 1
    victim.write_bytes(raw)
    assert victim.name in upkeep.check_index(settings, deep=True).problems[0]


def test_an_interrupt_after_the_switch_leaves_the_new_build_live(
    settings: Settings, write_article: WriteArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_article("a.txt")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(BuildStore, "prune", interrupted)
    assert bootstrap.index(settings).articles == 1  # only old builds are left to be cleared away
    assert bootstrap.open_archive(settings).article_count == 1


def test_a_rebuild_does_not_lose_an_archive_whose_folders_are_empty(
    settings: Settings, write_article: WriteArticle
) -> None:
    paths = [write_article(f"{n}.txt") for n in range(30)]
    bootstrap.index(settings)
    for path in paths:
        path.unlink()
    with pytest.raises(RemovalRefused):
        bootstrap.index(settings, rebuild=True)
    assert bootstrap.open_archive(settings).article_count == 30


def test_a_rebuild_reports_what_is_gone(settings: Settings, write_article: WriteArticle) -> None:
    write_article("a.txt")
    path = write_article("b.txt")
    bootstrap.index(settings)
    path.unlink()
    report = bootstrap.index(settings, rebuild=True)
    assert (report.articles, report.removed) == (1, ("b",))


def test_a_folder_that_became_empty_is_not_taken_for_a_wish(settings: Settings, write_article: WriteArticle) -> None:
    path = write_article("a.txt")
    bootstrap.index(settings)
    path.unlink()
    with pytest.raises(RemovalRefused):
        bootstrap.index(settings)
    assert bootstrap.index(settings, allow_removal=True).articles == 0


def test_a_rebuild_that_no_longer_knows_its_folders_asks_for_them(
    settings: Settings, write_article: WriteArticle
) -> None:
    write_article("a.txt")
    bootstrap.index(settings)
    (BuildStore(settings.index_dir).current() / "sources.json").write_text("x", encoding="utf-8")
    with pytest.raises(SourcesUnknown):
        bootstrap.index(settings, rebuild=True)
    assert bootstrap.index(settings, [settings.seeds_dir], rebuild=True).articles == 1


def test_a_lost_pointer_does_not_make_the_default_folder_the_archive(
    settings: Settings, write_article: WriteArticle
) -> None:
    write_article("a.txt")
    bootstrap.index(settings)
    (settings.index_dir / "CURRENT").unlink()
    with pytest.raises(SourcesUnknown):
        bootstrap.index(settings)


def test_a_folder_that_cannot_be_reached_keeps_its_articles(
    settings: Settings, tmp_path: Path, write_article: WriteArticle
) -> None:
    write_article("a.txt")
    write_article("../elsewhere/b.txt")
    link = settings.seeds_dir / "link"
    link.symlink_to(tmp_path / "elsewhere")
    assert bootstrap.index(settings).articles == 2
    (tmp_path / "elsewhere").rename(tmp_path / "gone")
    report = bootstrap.index(settings)
    assert (report.articles, len(report.rejected)) == (2, 1)


def test_an_article_may_move_to_a_file_that_is_read_earlier(settings: Settings, write_article: WriteArticle) -> None:
    write_article("z.txt")
    lines = {n: f'{{"id": "m{n}", "title": "Bài {n}", "body": "chữ"}}\n' for n in (1, 2, 3)}
    first, second = settings.seeds_dir / "a.jsonl", settings.seeds_dir / "b.jsonl"
    first.write_text(lines[1], encoding="utf-8")
    second.write_text(lines[2] + lines[3], encoding="utf-8")
    bootstrap.index(settings)
    first.write_text(lines[1] + lines[3], encoding="utf-8")
    second.write_text(lines[2], encoding="utf-8")
    report = bootstrap.index(settings)
    assert (report.articles, report.removed, report.rejected) == (4, (), ())
    assert found(settings, "bài 3") == ["m3"]


def test_ids_stay_when_a_wider_folder_is_indexed_later(settings: Settings, write_article: WriteArticle) -> None:
    write_article("2021/a.txt")
    write_article("b.txt")
    bootstrap.index(settings, [settings.seeds_dir / "2021"])
    report = bootstrap.index(settings, [settings.seeds_dir])
    assert (report.new, report.removed) == (("b",), ())
    write_article("2021/a.txt", title="Sửa rồi")
    assert bootstrap.index(settings).changed == ("a",)


def test_removing_what_was_never_there_is_said_so(
    settings: Settings, tmp_path: Path, write_article: WriteArticle
) -> None:
    write_article("a.txt")
    bootstrap.index(settings)
    with pytest.raises(NothingToRemove):
        bootstrap.index(settings, [tmp_path / "nowhere"], remove=True)


def test_an_id_stays_with_its_source_when_only_another_folder_is_indexed(
    settings: Settings, tmp_path: Path, write_article: WriteArticle
) -> None:
    write_article("a.txt", title="Bài cũ")
    bootstrap.index(settings)
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.txt").write_text("Bài khác\n\nCùng tên tệp.\n", encoding="utf-8")
    report = bootstrap.index(settings, [other])
    assert (report.articles, report.changed, len(report.rejected)) == (1, (), 1)
    assert found(settings, "bài cũ") == ["a"]


def test_a_disk_that_fills_up_in_the_commit_is_reported_as_such(
    settings: Settings, write_article: WriteArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_article("a.txt")
    bootstrap.index(settings)
    write_article("b.txt")

    def full_disk(_: object) -> None:
        raise OSError(28, "No space left on device")

    cancel = WhooshWriter.cancel

    def confused(writer: WhooshWriter) -> None:
        cancel(writer)
        raise RuntimeError("this writer is closed")

    monkeypatch.setattr(WhooshWriter, "commit", full_disk)
    monkeypatch.setattr(WhooshWriter, "cancel", confused)
    with pytest.raises(IndexUnwritable, match="No space"):
        bootstrap.index(settings)
    assert bootstrap.open_archive(settings).article_count == 1
    assert len(list((settings.index_dir / "builds").iterdir())) == 1


def rename(path: Path, name: str) -> Path:
    """Give a file below `articles` another path there."""
    target = next(each for each in path.parents if each.name == "articles") / name
    target.parent.mkdir(parents=True, exist_ok=True)
    return path.rename(target)


def test_a_renamed_file_keeps_the_links_to_its_article(settings: Settings, write_article: WriteArticle) -> None:
    path = write_article("a.txt", title="Bài dời chỗ")
    write_article("b.txt")
    bootstrap.index(settings)
    path = rename(path, "2021/thang-ba.txt")
    report = bootstrap.index(settings)
    assert report.moved == (Moved("a", str(settings.seeds_dir / "a.txt"), str(path)),)
    assert counts(report) == "2 articles: 0 new, 0 changed, 1 moved, 0 removed, 1 unchanged, 0 rejected"
    assert found(settings, "dời chỗ") == ["a"]
    rename(path, "2022/x.txt")  # once more
    assert [each.id for each in bootstrap.index(settings).moved] == ["a"]
    write_article("2022/x.txt", title="Bài sửa sau khi dời")
    assert bootstrap.index(settings).changed == ("a",)


def test_a_rebuild_keeps_the_ids_of_renamed_files(settings: Settings, write_article: WriteArticle) -> None:
    first, second = write_article("a.txt", title="Bài một"), write_article("b.txt", title="Bài hai")
    bootstrap.index(settings)
    rename(first, "x.txt")
    bootstrap.index(settings)
    rename(second, "y.txt")  # which only the rebuild will see
    report = bootstrap.index(settings, rebuild=True)
    assert (sorted(report.new), report.removed) == (["a", "b"], ())
    assert bootstrap.index(settings, rebuild=True).removed == ()


def test_a_renamed_folder_is_no_removal(settings: Settings, write_article: WriteArticle) -> None:
    for number in range(25):
        write_article(f"cu/{number}.txt", title=f"Bài {number}")
    bootstrap.index(settings)
    (settings.seeds_dir / "cu").rename(settings.seeds_dir / "moi")
    report = bootstrap.index(settings)
    assert (len(report.moved), report.new, report.removed) == (25, (), ())
    assert {each.id for each in report.moved} == {f"cu-{number}" for number in range(25)}


def test_a_renamed_table_keeps_the_ids_made_of_its_name_and_those_it_brings(
    settings: Settings, write_article: WriteArticle
) -> None:
    write_article("z.txt")
    lines = settings.seeds_dir / "nam.jsonl"
    lines.write_text('{"title": "Không mã", "body": "chữ"}\n' + lines_of(2), encoding="utf-8")
    bootstrap.index(settings)
    lines.rename(lines.with_name("2021.jsonl"))
    report = bootstrap.index(settings)
    assert ([each.id for each in report.moved], report.new, report.removed) == (["nam-1", "m2"], (), ())


def test_a_copy_is_no_renaming(settings: Settings, write_article: WriteArticle) -> None:
    path = write_article("b.txt")
    bootstrap.index(settings)
    (settings.seeds_dir / "a.txt").write_bytes(path.read_bytes())
    report = bootstrap.index(settings)
    assert (report.new, report.moved, report.articles) == (("a",), (), 2)


def test_a_file_that_is_renamed_and_rewritten_is_another(settings: Settings, write_article: WriteArticle) -> None:
    path = write_article("a.txt")
    write_article("z.txt")
    bootstrap.index(settings)
    path.unlink()
    write_article("b.txt", title="Tên khác, bài khác")
    report = bootstrap.index(settings)
    assert (report.new, report.moved, report.removed) == (("b",), (), ("a",))


def test_of_files_with_the_same_bytes_each_keeps_one_id(settings: Settings, write_article: WriteArticle) -> None:
    for name in ("cu/1.txt", "cu/2.txt", "z.txt"):
        write_article(name)
    bootstrap.index(settings)
    (settings.seeds_dir / "cu").rename(settings.seeds_dir / "moi")
    assert [(each.id, Path(each.path).name) for each in bootstrap.index(settings).moved] == [
        ("cu-1", "1.txt"),
        ("cu-2", "2.txt"),
    ]


def test_a_link_stays_with_the_renamed_file_when_another_takes_its_old_name(
    settings: Settings, write_article: WriteArticle
) -> None:
    path = write_article("b.txt", title="Bài cũ đã dời")
    write_article("z.txt")
    bootstrap.index(settings)
    rename(path, "c.txt")
    (settings.seeds_dir / "b.jsonl").write_text('{"id": "b", "title": "Kẻ đến sau", "body": "chữ"}', encoding="utf-8")
    report = bootstrap.index(settings)
    assert [each.id for each in report.moved] == ["b"]
    assert [f"belongs to {settings.seeds_dir / 'c.txt'}" in each.reason for each in report.rejected] == [True]
    write_article("b.txt", title="Lại một bài khác")
    report = bootstrap.index(settings)
    assert (report.articles, [Path(each.path).name for each in report.rejected]) == (2, ["b.jsonl", "b.txt"])
    assert found(settings, "bài cũ đã dời") == ["b"]


def test_a_file_moved_to_another_folder_of_the_archive_keeps_its_id_though_only_that_is_indexed(
    settings: Settings, tmp_path: Path, write_article: WriteArticle
) -> None:
    path = write_article("a.txt", title="Bài sang kho khác")
    write_article("z.txt")
    other = tmp_path / "other"
    other.mkdir()
    bootstrap.index(settings, [settings.seeds_dir, other])
    moved = path.rename(other / "b.txt")
    assert [each.id for each in bootstrap.index(settings, [other]).moved] == ["a"]
    (other / "c.txt").write_bytes(moved.read_bytes())
    assert bootstrap.index(settings, [other]).new == ("c",)


def test_a_folder_that_is_not_mounted_has_not_been_renamed(
    settings: Settings, tmp_path: Path, write_article: WriteArticle
) -> None:
    path = write_article("../disk/a.txt")
    write_article("z.txt")
    bootstrap.index(settings, [settings.seeds_dir, path.parent])
    (settings.seeds_dir / "b.txt").write_bytes(path.read_bytes())
    path.parent.rename(tmp_path / "away")
    (tmp_path / "disk").mkdir()
    report = bootstrap.index(settings, [settings.seeds_dir])
    assert (report.new, report.moved) == (("b",), ())


def test_a_correction_can_be_undone_in_a_file_that_was_renamed(settings: Settings, write_article: WriteArticle) -> None:
    write_article("z.txt")
    lines = settings.seeds_dir / "nam.jsonl"
    lines.write_text('{"title": "Một", "body": "chữ"}\n{"title": "Hai", "body": "chữ"}\n', encoding="utf-8")
    bootstrap.index(settings)
    lines.rename(lines.with_name("2021.jsonl"))
    bootstrap.index(settings)
    curation.fix(settings, "nam-2", Correction(title="Hai, đã sửa"))
    bootstrap.index(settings)
    assert [change.after for change in curation.preview_undo_fix(settings, "nam-2").changes] == ["Hai"]


def test_the_article_of_a_file_that_vanishes_before_it_is_read_stays_until_the_next_run(
    settings: Settings, write_article: WriteArticle
) -> None:
    write_article("a.txt")
    path = write_article("b.txt", title="Bài sắp mất")
    bootstrap.index(settings)
    for name in ("a.txt", "b.txt"):
        write_article(name, title="Bài sửa")
    report = bootstrap.index(settings, progress=lambda _: path.unlink(missing_ok=True))
    assert (report.articles, report.changed, report.removed) == (2, ("a",), ())
    assert [each.reason.startswith("is not there any more") for each in report.rejected] == [True]
    assert bootstrap.index(settings).removed == ("b",)


def test_a_file_that_was_only_touched_is_not_read_again(settings: Settings, write_article: WriteArticle) -> None:
    path = write_article("a.txt")
    age(path)
    bootstrap.index(settings)
    os.utime(path)
    read: list[str] = []
    report = bootstrap.index(settings, progress=lambda step: read.append(step.path))
    assert (read, report.unchanged) == ([], 1)
    write_article("a.txt", title="Một tiêu đá")  # of the same size
    assert bootstrap.index(settings).changed == ("a",)


def test_a_file_that_changes_while_it_is_read_is_read_again(settings: Settings, write_article: WriteArticle) -> None:
    path = write_article("a.txt", title="Bài một")
    as_it_was = path.read_bytes()

    def rewrite(_: Step) -> None:
        write_article("a.txt", title="Bài hai")

    bootstrap.index(settings, progress=rewrite)
    assert bootstrap.index(settings).changed == ("a",)
    path.write_bytes(as_it_was)
    assert bootstrap.index(settings).changed == ("a",)
    assert found(settings, "một") == ["a"]


def lines_of(*numbers: int) -> str:
    return "".join(f'{{"id": "m{n}", "title": "Bài {n}", "body": "chữ"}}\n' for n in numbers)


def test_an_article_that_moves_while_its_new_file_is_rewritten_is_not_lost(
    settings: Settings, write_article: WriteArticle
) -> None:
    write_article("z.txt")
    first, second = settings.seeds_dir / "a.jsonl", settings.seeds_dir / "b.jsonl"
    first.write_text(lines_of(1), encoding="utf-8")
    second.write_text(lines_of(2, 3), encoding="utf-8")
    age(first)
    bootstrap.index(settings)
    first.write_text(lines_of(1, 3), encoding="utf-8")
    age(first)
    as_it_was = first.stat()
    second.write_text(lines_of(2), encoding="utf-8")

    def rewrite(step: Step) -> None:
        if step.path == str(second):
            first.write_text(lines_of(1), encoding="utf-8")

    report = bootstrap.index(settings, progress=rewrite)
    assert [(each.path, report.articles) for each in report.rejected] == [(str(first), 3)]
    first.write_text(lines_of(1, 3), encoding="utf-8")
    os.utime(first, ns=(as_it_was.st_atime_ns, as_it_was.st_mtime_ns))
    assert bootstrap.index(settings).new == ("m3",)


def test_an_id_that_two_sources_claim_goes_to_one_of_them(settings: Settings, write_article: WriteArticle) -> None:
    write_article("z.txt")
    old, *claims = (settings.seeds_dir / f"{name}.jsonl" for name in ("m", "a", "b"))
    old.write_text(lines_of(1, 2), encoding="utf-8")
    bootstrap.index(settings)
    old.write_text(lines_of(1), encoding="utf-8")
    claims[0].write_text(lines_of(2, 2), encoding="utf-8")
    claims[1].write_text(lines_of(2), encoding="utf-8")
    report = bootstrap.index(settings)
    assert (report.articles, report.removed) == (3, ())
    assert [each.path for each in report.rejected] == [str(claims[0]), str(claims[1])]
    assert all(f"belongs to {claims[0]}" in each.reason for each in report.rejected)


def test_a_table_of_sources_of_another_version_still_tells_a_rebuild_the_folders(
    settings: Settings, tmp_path: Path, write_article: WriteArticle
) -> None:
    write_article("../elsewhere/a.txt")
    bootstrap.index(settings, [tmp_path / "elsewhere"])
    table = BuildStore(settings.index_dir).current() / "sources.json"
    table.write_text(json.dumps({"roots": [str(tmp_path / "elsewhere")], "files": {}}), encoding="utf-8")
    assert bootstrap.index(settings, rebuild=True).articles == 1


def test_every_file_of_a_build_is_on_the_disk_before_the_switch(
    settings: Settings, write_article: WriteArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: set[int] = set()
    switched: list[str] = []
    fsync, replace_pointer = os.fsync, Path.replace

    def record(descriptor: int) -> None:
        synced.add(os.fstat(descriptor).st_ino)
        fsync(descriptor)

    def switch(temporary: Path, pointer: Path) -> Path:
        if pointer.name == "CURRENT" and (name := temporary.read_text(encoding="utf-8").splitlines()[0]) != "-":
            folder = settings.index_dir / "builds" / name
            paths = [folder, temporary, *BuildStore.files_of(folder)]
            assert {path.stat().st_ino for path in paths} <= synced
            switched.append(name)
        return replace_pointer(temporary, pointer)

    monkeypatch.setattr(os, "fsync", record)
    monkeypatch.setattr(Path, "replace", switch)
    for name in ("a.txt", "b.txt", "c.txt"):  # each build shares files with the one before
        write_article(name)
        bootstrap.index(settings)
    assert (bootstrap.open_archive(settings).article_count, len(switched)) == (3, 3)


def test_a_worker_that_dies_leaves_the_old_index(
    settings: Settings, write_article: WriteArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_article("a.txt")
    bootstrap.index(settings)
    for number in range(20):
        write_article(f"more-{number}.txt", body="Một chuyện dài. " * 10)
    monkeypatch.setattr(worker_pool, "FIRST_ARTICLES", 3)
    monkeypatch.setattr(worker_pool, "BATCH_CHARS", 300)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(WorkerLost, match="status 1"):
        bootstrap.index(replace(settings, build_workers=2))
    assert bootstrap.open_archive(settings).article_count == 1
    assert len(list((settings.index_dir / "builds").iterdir())) == 1


# The refused writer leaves its files to the garbage collector, which complains.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_what_whooshs_own_writer_left_in_the_live_build_does_not_stop_the_next_run(
    settings: Settings, write_article: WriteArticle
) -> None:
    write_article("a.txt")
    build = bootstrap.index(settings).build
    live = settings.index_dir / "builds" / build
    with pytest.raises(WrongWriter):
        open_dir(str(live)).optimize()
    assert [path for path in live.iterdir() if path.is_dir()]
    write_article("b.txt")
    assert counts(bootstrap.index(settings)) == "2 articles: 1 new, 0 changed, 0 removed, 1 unchanged, 0 rejected"


def test_a_seeded_process_does_not_write_into_the_build_before(settings: Settings, write_article: WriteArticle) -> None:
    for number in range(3):
        write_article(f"{number}.txt", body=f"Một đoạn văn, lần {number}. " * (number + 1))
        random.seed(7)
        before = bootstrap.index(settings).build
    upkeep.rollback(settings)
    assert upkeep.check_index(settings, deep=True).problems == (), before
