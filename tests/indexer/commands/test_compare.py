"""`khobao index --compare` and `khobao compare`, as a person runs them."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from indexer import bootstrap, upkeep
from indexer.commands.index import WAITING
from indexer.model import SearchRequest
from indexer.settings import Settings
from tests.conftest import WriteArticle, settings_in
from webapp.cli import cli


@pytest.fixture
def settings(tmp_path: Path, write_article: WriteArticle) -> Settings:
    """An index of two articles on rice."""
    made = settings_in(tmp_path)
    for name in ("mua", "chiem"):
        write_article(f"{name}.txt", title=f"Lúa {name} trên đồng")
    bootstrap.index(made)
    return made


def run(settings: Settings, command: str, *options: object, typed: str | None = None) -> Result:
    arguments = [command, *map(str, options), "--index", str(settings.index_dir)]
    return CliRunner().invoke(cli, arguments, input=typed, catch_exceptions=False)


def found(settings: Settings, text: str) -> int:
    return bootstrap.open_archive(settings).search(SearchRequest(text)).total


@pytest.fixture
def spoilt(settings: Settings, write_article: WriteArticle) -> Settings:
    """The same, with an article changed so that its title no longer finds it."""
    write_article("mua.txt", title="Hoàn toàn khác hẳn")
    return settings


def test_little_loss_switches_at_once_and_shows_what_changed(settings: Settings, write_article: WriteArticle) -> None:
    write_article("nep.txt", title="Lúa nếp trên đồng")
    settings.pinned_path.write_text("lúa trên đồng\n", encoding="utf-8")
    result = run(settings, "index", "--compare")
    assert result.exit_code == 0
    assert "0.0 % of the best results lost; 0 pinned questions broken" in result.stdout
    assert "Lúa nếp trên đồng [nep]: new" in result.stdout
    assert found(settings, "nếp") == 1


def test_over_a_set_loss_the_new_index_waits_and_can_be_looked_at(spoilt: Settings) -> None:
    result = run(spoilt, "index", "--compare")
    assert result.exit_code == WAITING
    (build,) = [run.report["build"] for run in upkeep.runs(spoilt) if run.report["is_waiting"]]
    assert f"khobao builds use {build}" in result.stderr
    assert "Lúa mua trên đồng [mua]: not found" in result.stdout
    assert found(spoilt, "lúa") == 2, "the old index goes on serving"
    looked = run(spoilt, "compare", "--json")
    assert (looked.exit_code, json.loads(looked.stdout)["new"]) == (1, build)
    assert f"{build} waits for a yes" in run(spoilt, "runs").stdout


def test_a_new_index_that_waits_can_be_taken_later(spoilt: Settings) -> None:
    run(spoilt, "index", "--compare")
    (build, *_) = [each.report["build"] for each in upkeep.runs(spoilt) if each.report["is_waiting"]]
    upkeep.use_build(spoilt, build)
    assert found(spoilt, "lúa") == 1


def test_a_new_index_that_waits_can_be_dropped(spoilt: Settings) -> None:
    run(spoilt, "index", "--compare")
    (build,) = upkeep.waiting_builds(spoilt)
    live = upkeep.live_build(spoilt)
    kept = run(spoilt, "builds", "drop", live)
    assert (kept.exit_code, "does not wait" in kept.stderr) == (2, True)
    assert f"Build {build} was dropped" in run(spoilt, "builds", "drop", build).stdout
    assert [each.name for each in upkeep.builds(spoilt)] == [live]
    assert "waits" not in run(spoilt, "runs").stdout


def test_a_yes_beforehand_switches_whatever_is_lost(spoilt: Settings) -> None:
    assert run(spoilt, "index", "--compare", "--yes").exit_code == 0
    assert found(spoilt, "lúa") == 1


@pytest.mark.parametrize(("typed", "status", "left"), [("y\n", 0, 1), ("n\n", WAITING, 2)])
def test_on_a_terminal_it_asks(
    spoilt: Settings, monkeypatch: pytest.MonkeyPatch, typed: str, status: int, left: int
) -> None:
    monkeypatch.setattr("indexer.commands.decision._can_ask", lambda: True)
    result = run(spoilt, "index", "--compare", typed=typed)
    assert result.exit_code == status
    assert "Switch to the new index?" in result.stderr
    assert found(spoilt, "lúa") == left


def test_while_it_asks_others_can_write_and_the_yes_then_comes_too_late(
    spoilt: Settings, write_article: WriteArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def index_and_say_yes(*_: object, **__: object) -> bool:
        write_article("nep.txt", title="Lúa nếp trên đồng")
        bootstrap.index(spoilt)
        return True

    monkeypatch.setattr("indexer.commands.decision._can_ask", lambda: True)
    monkeypatch.setattr("click.confirm", index_and_say_yes)
    result = run(spoilt, "index", "--compare")
    assert (result.exit_code, "there is no such build; nothing was changed" in result.stderr) == (2, True)
    assert found(spoilt, "nếp") == 1


def test_ctrl_c_at_the_question_is_a_no(spoilt: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> bool:
        raise click.Abort

    monkeypatch.setattr("indexer.commands.decision._can_ask", lambda: True)
    monkeypatch.setattr("click.confirm", interrupted)
    result = run(spoilt, "index", "--compare")
    assert (result.exit_code, "khobao builds use" in result.stderr) == (WAITING, True)
    assert found(spoilt, "lúa") == 2


def test_a_pinned_question_that_breaks_makes_it_wait(
    settings: Settings, write_article: WriteArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KHOBAO_MOST_LOSS_PERCENT", "100")
    settings.pinned_path.write_text("mua => mua\nlúa => \n", encoding="utf-8")
    write_article("mua.txt", title="Hoàn toàn khác hẳn")
    result = run(settings, "index", "--compare")
    assert result.exit_code == WAITING
    assert "PINNED: mua is no longer among the first 10" in result.stdout
    assert f"{settings.pinned_path}:2: lacks the article" in result.stdout


def test_an_article_whose_file_is_gone_is_no_loss(settings: Settings) -> None:
    (settings.seeds_dir / "mua.txt").unlink()
    result = run(settings, "index", "--compare")
    assert result.exit_code == 0
    assert "1 left the archive" in result.stdout


def test_the_report_is_recorded_with_the_run_and_told_as_json(spoilt: Settings) -> None:
    told = json.loads(run(spoilt, "index", "--compare", "--json").stdout)
    (run_, *_) = upkeep.runs(spoilt)
    assert run_.impact == told["impact"]
    assert (run_.report["is_waiting"], told["is_waiting"]) == (True, True)
    assert told["impact"]["loss_percent"] == 50.0


def test_the_first_index_has_nothing_to_be_compared_with(tmp_path: Path, write_article: WriteArticle) -> None:
    write_article("a.txt")
    made = Settings(index_dir=tmp_path / "index")
    result = run(made, "index", tmp_path / "articles", "--compare")
    assert result.exit_code == 0
    assert "no index to compare" in result.stderr


def test_a_list_of_pinned_questions_that_cannot_be_read_stops_the_run_before_it_begins(spoilt: Settings) -> None:
    spoilt.pinned_path.mkdir()
    result = run(spoilt, "index", "--compare")
    assert result.exit_code == 2
    assert "pinned.txt: cannot be read" in result.stderr
    assert found(spoilt, "lúa") == 2


def test_two_builds_can_be_compared_by_name_and_an_unknown_one_is_told(spoilt: Settings) -> None:
    old = bootstrap.open_archive(spoilt).build
    bootstrap.index(spoilt)
    new = bootstrap.open_archive(spoilt).build
    assert run(spoilt, "compare", old, new).exit_code == 1
    assert run(spoilt, "compare", new, new).exit_code == 0
    unknown = run(spoilt, "compare", "nowhere", new)
    assert (unknown.exit_code, "no build nowhere" in unknown.stderr) == (2, True)
    assert run(spoilt, "compare").exit_code == 2, "none is waiting"


def test_a_yes_alone_means_nothing(settings: Settings) -> None:
    assert run(settings, "index", "--yes").exit_code == 2
