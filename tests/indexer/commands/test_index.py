"""`khobao index`: its options, as a person gives them. What it does to an index is in the tests of `build`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from indexer import bootstrap, build, builds, runs
from indexer.commands.index import STOPPED
from indexer.runs import RunLog, RunState
from indexer.settings import Settings
from tests.conftest import WriteArticle
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
    made = Settings(index_dir=tmp_path / "index", seeds_dir=tmp_path / "articles")
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
