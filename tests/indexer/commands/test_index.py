"""`khobao index`: its options, as a person gives them. What it does to an index is in the tests of `build`."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from indexer import bootstrap, build, builds, runs
from indexer.commands.index import STOPPED
from indexer.runs import RunLog, RunState
from indexer.settings import Settings
from tests.conftest import WriteArticle, settings_in
from webapp.cli import cli


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--watch", "--compare"], "--watch does not go with --compare"),
        (["--watch", "--compare", "--yes"], "--watch does not go with --compare, --yes"),
        (["--watch", "--rebuild"], "--rebuild"),
        (["--watch", "--remove", "x"], "--remove"),
        (["--watch", "--json"], "--json"),
        (["--settle", "1"], "need --watch"),
        (["--poll", "0"], "need --watch"),
        (["--watch", "--since", "last"], "--since"),
        (["--watch", "--dry-run"], "--dry-run"),
        (["--since", "1/7/2020", "--rebuild"], "--since does not go"),
        (["--since", "last", "--remove", "x"], "--since does not go"),
        (["--since", "31/2/2020"], "neither a day"),
        (["--since", "sau này"], "neither a day"),
        (["--dry-run", "--compare"], "--dry-run makes no index"),
        (["--yes"], "--yes needs --compare"),
        (["--remove"], "needs the PATHS"),
        (["--remove", "--rebuild", "x"], "exclude each other"),
    ],
)
def test_options_that_would_be_ignored_are_refused(tmp_path: Path, options: list[str], told: str) -> None:
    index_dir = tmp_path / "index"
    result = CliRunner().invoke(cli, ["index", "--index", str(index_dir), *options], catch_exceptions=False)
    assert (result.exit_code, told in result.stderr) == (2, True)
    assert not index_dir.exists()


def run_index(*options: str | Path) -> Result:
    return CliRunner().invoke(cli, ["index", *map(str, options)], catch_exceptions=False)


def files_below(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_a_dry_run_shows_what_comes_changes_moves_and_goes_and_writes_nothing(
    tmp_path: Path, write_article: WriteArticle
) -> None:
    index_dir, articles = tmp_path / "index", tmp_path / "articles"
    _, moved, gone = (write_article(f"{name}.txt", title=f"Bài {name}") for name in "abc")
    assert run_index("--dry-run", "--index", index_dir, articles).exit_code == 0
    assert not index_dir.exists()
    run_index("--index", index_dir, articles)
    before = files_below(index_dir)
    write_article("a.txt", title="Bài đã sửa", stamp="09:30, 04/03/2021", byline="Thu Hoà.", body="Đoạn khác.")
    moved.rename(articles / "d.txt")
    gone.unlink()
    write_article("e.txt", title="Bài mới")
    write_article("f.txt").write_bytes(b"")
    result = run_index("--dry-run", "--index", index_dir, articles)
    told = result.stdout.splitlines()
    assert told[0].startswith("3 articles: 1 new, 1 changed, 1 moved, 1 removed, 0 unchanged, 1 rejected")
    assert "is empty" in told[1]
    assert told[2:] == [
        "  new      e",
        "    Bài mới · 2021-03-02T08:00:00+07:00 · Văn Kỳ",
        "  changed  a",
        "    published: 2021-03-02T08:00:00+07:00 -> 2021-03-04T09:30:00+07:00",
        "    authors: Văn Kỳ -> Thu Hoà",
        "    title: Bài a -> Bài đã sửa",
        "    other lead",
        f"  moved    b  {moved} -> {articles / 'd.txt'}",
        "  removed  c",
        "    Bài c",
        "This was a dry run: nothing was changed.",
    ]
    assert files_below(index_dir) == before


def test_a_dry_run_of_a_rebuild_shows_what_reading_everything_anew_would_change(
    tmp_path: Path, write_article: WriteArticle
) -> None:
    index_dir, articles = tmp_path / "index", tmp_path / "articles"
    write_article("a.txt")
    (articles / "b.csv").write_text("title,body,muc\nBài trong bảng,Chữ.,Xã hội\n", encoding="utf-8")
    run_index("--index", index_dir, articles)
    options = ["--dry-run", "--json", "--rebuild", "--index", str(index_dir)]
    result = CliRunner().invoke(cli, ["index", *options], env={"KHOBAO_COLUMNS": "category=muc"})
    (change,) = json.loads(result.stdout)["changes"]
    assert (change["kind"], change["id"]) == ("changed", "b-2")
    assert change["fields"] == [{"field": "section", "before": "", "after": "Xã hội"}]


def test_with_since_older_files_are_left_alone_and_counted(tmp_path: Path, write_article: WriteArticle) -> None:
    index_dir, articles = tmp_path / "index", tmp_path / "articles"
    old, gone = write_article("old.txt"), write_article("gone.txt")
    run_index("--index", index_dir, articles)
    old.write_text("Sửa bằng đồng hồ cũ\n\nChữ.\n", encoding="utf-8")
    unknown = write_article("unknown.txt", title="Bài lạ")
    for path in (old, unknown):
        os.utime(path, (1_500_000_000, 1_500_000_000))
    gone.unlink()
    write_article("new.txt", title="Bài mới")
    result = run_index("--since", "1/8/2017", "--index", index_dir, articles)
    told = result.stdout.splitlines()
    assert told[0].startswith("3 articles: 1 new, 0 changed, 0 removed, 2 unchanged, 0 rejected")
    assert "not looked at: 2 older files" in told[1]
    assert f"does not know 1 ({unknown})" in told[2]
    assert run_index("--index", index_dir).stdout.startswith("3 articles: 1 new, 1 changed, 1 removed, 1 unchanged")


def test_since_last_looks_at_what_was_written_since_the_last_look(tmp_path: Path, write_article: WriteArticle) -> None:
    index_dir, articles = tmp_path / "index", tmp_path / "articles"
    os.utime(write_article("a.txt"), (1_500_000_000, 1_500_000_000))
    write_article("b/b.txt")
    refused = run_index("--since", "last", "--index", index_dir, articles)
    assert (refused.exit_code, "last looked at" in refused.stderr) == (2, True)
    run_index("--index", index_dir, articles)
    write_article("b/c.txt")
    result = run_index("--since", "last", "--index", index_dir, articles / "b")
    assert result.stdout.startswith("3 articles: 1 new, 0 changed, 0 removed, 2 unchanged, 0 rejected")
    write_article("d.txt")
    result = run_index("--since", "last", "--index", index_dir)
    assert result.stdout.startswith("4 articles: 1 new, 0 changed, 0 removed, 3 unchanged, 0 rejected")
    assert "not looked at: 1 older files" in result.stdout


def test_help_has_the_options_under_headings() -> None:
    text = CliRunner().invoke(cli, ["index", "--help"], catch_exceptions=False).stdout
    headings = ["What is taken in:", "Before readers get it:", "Go on and follow the folders:", "Options:"]
    places = [text.index(heading) for heading in headings]
    assert places == sorted(places)
    assert places[1] < text.rindex("--yes") < places[2] < text.index("--settle") < places[3]
    assert "--run" not in text


@pytest.fixture
def settings(tmp_path: Path, write_article: WriteArticle) -> Settings:
    """An index of one article, and another one to be taken in."""
    made = settings_in(tmp_path)
    write_article("mot.txt")
    bootstrap.index(made)
    write_article("hai.txt")
    return made


def index(settings: Settings) -> Result:
    call = ["index", "--index", str(settings.index_dir)]
    return CliRunner().invoke(cli, call, catch_exceptions=False)


def interrupt(*_: object, **__: object) -> None:
    """Somebody presses Ctrl-C."""
    raise KeyboardInterrupt


def count(settings: Settings) -> int:
    return bootstrap.open_archive(settings).article_count


def test_ctrl_c_before_the_switch_leaves_the_old_index(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build.Sync, "remove_missing", interrupt)
    result = index(settings)
    assert (result.exit_code, "the old index is untouched" in result.stderr) == (STOPPED, True)
    assert count(settings) == 1
    assert len(builds.BuildStore(settings.index_dir).complete()) == 1
    assert RunLog(settings.index_dir).runs()[0].state is RunState.FAILED


@pytest.mark.parametrize("moment", ["in the switch", "after it"])
def test_ctrl_c_after_the_switch_comes_too_late(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    write = builds.write_pointer

    def switch_and_interrupt(*arguments: Any) -> None:
        write(*arguments)
        raise KeyboardInterrupt

    if moment == "in the switch":
        monkeypatch.setattr(builds, "write_pointer", switch_and_interrupt)
    else:
        monkeypatch.setattr(builds.BuildStore, "prune", interrupt)
    result = index(settings)
    assert (result.exit_code, "2 articles: 1 new" in result.stdout) == (0, True)
    assert count(settings) == 2
    assert RunLog(settings.index_dir).runs()[0].state is RunState.DONE


def test_ctrl_c_when_all_is_done_says_that_it_is(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs.Record, "end", interrupt)
    result = index(settings)
    assert (result.exit_code, "the new index is live already" in result.stderr) == (STOPPED, True)
    assert count(settings) == 2
