"""`khobao builds`, `rollback` and `check`, as a person reads them; and an index no command can read."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.builds import BuildStore
from indexer.manifest import read_manifest, write_manifest
from indexer.settings import Settings
from tests.conftest import WriteArticle
from webapp.app import create_app
from webapp.cli import cli


@pytest.fixture
def index_dir(tmp_path: Path, write_article: WriteArticle) -> Path:
    """An index of two builds, of one article and of two."""
    for name in ("a", "b"):
        write_article(f"{name}.txt")
        run("index", tmp_path / "articles", index_dir=tmp_path / "index")
    return tmp_path / "index"


def run(*arguments: object, index_dir: Path) -> Result:
    return CliRunner().invoke(cli, [*map(str, arguments), "--index", str(index_dir)], catch_exceptions=False)


def test_builds_are_listed_and_one_can_be_chosen(index_dir: Path) -> None:
    lines = run("builds", index_dir=index_dir).stdout.splitlines()
    assert ["live" in lines[0], "2 articles" in lines[0], "before" in lines[1], "1 articles" in lines[1]] == [True] * 4
    name = lines[1].split()[0]
    assert f"Build {name} is live: 1 articles" in run("builds", "use", name, index_dir=index_dir).stdout
    listed = json.loads(run("builds", "--json", index_dir=index_dir).stdout)
    assert [build["state"] for build in listed] == ["left", "live"]


def test_a_build_that_is_damaged_is_said_to_be(index_dir: Path) -> None:
    victim = next(BuildStore(index_dir).current().glob("*.toc"))
    victim.write_bytes(b"")
    assert f"{victim} has 0 bytes" in run("builds", index_dir=index_dir).stdout
    checked = run("check", index_dir=index_dir)
    assert (checked.exit_code, "khobao rollback" in checked.stdout) == (1, True)
    assert json.loads(run("check", "--json", index_dir=index_dir).stdout)["problems"]
    assert run("rollback", index_dir=index_dir).exit_code == 0
    assert "The index is whole: 1 articles" in run("check", "--deep", index_dir=index_dir).stdout


def test_rollback_says_what_the_next_run_will_do_and_the_way_forward(index_dir: Path) -> None:
    live = BuildStore(index_dir).current_name()
    told = run("rollback", index_dir=index_dir).stdout
    assert "The next `khobao index` starts from it" in told
    assert f"khobao builds use {live}" in told
    again = run("rollback", index_dir=index_dir)
    assert (again.exit_code, "khobao builds" in again.stderr) == (2, True)


def test_builds_use_names_what_it_cannot_make_live(index_dir: Path) -> None:
    result = run("builds", "use", "yesterday", index_dir=index_dir)
    assert (result.exit_code, "no such build" in result.stderr) == (2, True)


@pytest.mark.parametrize("version", ["format_version", "analysis_version"])
def test_an_index_of_another_version_is_refused_by_every_command(index_dir: Path, version: str) -> None:
    for name in BuildStore(index_dir).complete():
        folder = BuildStore(index_dir).folder(name)
        write_manifest(folder, replace(read_manifest(folder), **{version: 98}))
    commands = (["search", "một"], ["explain", "một", "a"], ["check"], ["check", "--deep"], ["index"])
    for command in (*commands, ["index", "--watch"], ["synonyms", "suggest"], ["synonyms", "accept", "HS"]):
        result = run(*command, index_dir=index_dir)
        assert result.exit_code == 2, command
        assert f"{version.replace('_', ' ')} 98; this program reads" in result.stderr, command
        assert "khobao index --rebuild" in result.stderr, command
    assert "98; this program reads" in run("builds", index_dir=index_dir).stdout
    assert run("rollback", index_dir=index_dir).exit_code == 2
    page = create_app(Settings(index_dir=index_dir)).test_client().get("/api/v1/search?q=a")
    assert page.status_code == 503
    assert "khobao index --rebuild" in page.get_data(as_text=True)
    assert run("index", "--rebuild", index_dir=index_dir).exit_code == 0
    assert run("check", index_dir=index_dir).exit_code == 0
