"""`khobao synonyms`, run as a person runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer import bootstrap, curation
from indexer.settings import Settings
from tests.conftest import WriteArticle, settings_in
from webapp.cli import cli


@pytest.fixture
def settings(tmp_path: Path, write_article: WriteArticle) -> Settings:
    """Of an index of two articles that explain abbreviations."""
    made = settings_in(tmp_path)
    write_article("a.txt", body="Phiên của thị trường chứng khoán (TTCK) và Hội đồng nhân dân (HĐND).")
    write_article("b.txt", body="TTCK (thị trường chứng khoán) và biến đổi khí hậu (BĐKH).")
    bootstrap.index(made)
    return made


def run(settings: Settings, *arguments: str) -> Result:
    command = ["synonyms", *arguments, "--index", str(settings.index_dir)]
    return CliRunner().invoke(cli, command, catch_exceptions=False)


def test_suggest_prints_lines_that_can_be_pasted(settings: Settings) -> None:
    result = run(settings, "suggest", "--min", "1")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "TTCK = thị trường chứng khoán  # 2 articles, one is a",
        "BĐKH = biến đổi khí hậu  # 1 articles, one is b",
    ]
    settings.synonyms_path.write_text(result.stdout, encoding="utf-8")
    assert run(settings, "check").exit_code == 0
    assert run(settings, "suggest", "--min", "1").stdout == ""


def test_suggest_leaves_out_what_few_articles_explain(settings: Settings) -> None:
    assert "BĐKH" not in run(settings, "suggest", "--min", "2").stdout
    assert run(settings, "suggest").stdout == ""


def test_suggest_prints_json(settings: Settings) -> None:
    found = json.loads(run(settings, "suggest", "--min", "2", "--json").stdout)
    assert found == [{"short": "TTCK", "long": "thị trường chứng khoán", "articles": 2, "example": "a"}]


def test_accept_adds_proposals_by_abbreviation(settings: Settings) -> None:
    result = run(settings, "accept", "ttck", "BĐKH", "--min", "1")
    assert result.exit_code == 0
    assert "TTCK = thị trường chứng khoán" in result.stdout
    assert [group[0].text for group in curation.own_synonyms(settings).same] == ["TTCK", "BĐKH"]


def test_accept_adds_whole_lines_even_before_there_is_an_index(tmp_path: Path) -> None:
    settings = Settings(index_dir=tmp_path / "index")
    assert run(settings, "accept", "QLVH = quản lý văn hóa").exit_code == 0
    assert [group[0].text for group in curation.own_synonyms(settings).same] == ["QLVH"]


def test_accept_names_what_it_did_not_add(settings: Settings) -> None:
    result = run(settings, "accept", "TTCK", "XYZ", "A = a", "--min", "1")
    assert result.exit_code == 1
    assert "XYZ" in result.stderr
    assert "same name twice" in result.stderr
    assert len(curation.own_synonyms(settings).same) == 1


def test_accept_that_adds_nothing_makes_no_list(settings: Settings) -> None:
    assert run(settings, "accept", "XYZ").exit_code == 2
    assert not settings.synonyms_path.exists()


def test_check_names_the_wrong_lines(settings: Settings) -> None:
    settings.synonyms_path.write_text("TTCK = thị trường chứng khoán\nsai\n- HS\n", encoding="utf-8")
    result = run(settings, "check")
    assert result.exit_code == 1
    assert f"{settings.synonyms_path}:2: " in result.stdout
    assert "1 groups, 1 struck out, 1 lines left out" in result.stdout


def test_check_is_content_without_a_list(settings: Settings) -> None:
    assert run(settings, "check").exit_code == 0


def test_what_cannot_be_done_ends_with_2_and_the_next_step(tmp_path: Path) -> None:
    settings = Settings(index_dir=tmp_path / "index")
    suggest = run(settings, "suggest")
    assert (suggest.exit_code, "khobao index" in suggest.stderr) == (2, True)
    settings.synonyms_path.mkdir(parents=True)
    check = run(settings, "check")
    assert (check.exit_code, "synonyms_file" in check.stderr) == (2, True)
    accept = run(settings, "accept", "A = b c")
    assert (accept.exit_code, "synonyms_file" in accept.stderr) == (2, True)


@pytest.mark.parametrize("command", ["suggest", "accept", "check"])
def test_the_installed_command_explains_itself(command: str) -> None:
    call = [sys.executable, "-c", "from webapp.cli import main; main()", "synonyms", command, "--help"]
    assert "--index" in subprocess.run(call, capture_output=True, text=True, check=True).stdout
