"""`khobao authors`, run as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer import bootstrap, curation
from indexer.settings import Settings
from tests.conftest import WriteArticle, settings_in
from webapp.cli import cli


@pytest.fixture
def settings(tmp_path: Path, write_article: WriteArticle) -> Settings:
    """Of an index whose authors sign in several ways."""
    made = settings_in(tmp_path)
    bylines = ["Lê Văn Kỳ", "L.V.K", "L.V.K", "Hà My", "Hà Mi", "M.N", "Minh Ngọc", "Mai Nga"]
    for number, byline in enumerate(bylines):
        write_article(f"{number}.txt", byline=byline)
    bootstrap.index(made)
    return made


def run(settings: Settings, *arguments: str) -> Result:
    command = ["authors", *arguments, "--index", str(settings.index_dir)]
    return CliRunner().invoke(cli, command, catch_exceptions=False)


def test_suggest_prints_lines_that_can_be_pasted_with_reasons_and_counts(settings: Settings) -> None:
    result = run(settings, "suggest")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Lê Văn Kỳ = L.V.K  # its initials fit nobody else; articles: 1, 2",
        "Hà Mi = Hà My  # the same but for i and y; articles: 1, 1",
        "# M.N: not proposed, its initials fit several: Mai Nga, Minh Ngọc",
    ]
    settings.authors_path.write_text(result.stdout, encoding="utf-8")
    assert run(settings, "check").exit_code == 0
    assert "=" not in run(settings, "suggest").stdout


def test_suggest_prints_json(settings: Settings) -> None:
    found = json.loads(run(settings, "suggest", "--json").stdout)
    assert found["proposals"][0]["names"] == ["Lê Văn Kỳ", "L.V.K"]
    assert found["doubts"][0]["name"] == "M.N"


def test_accept_adds_proposals_by_name_and_whole_lines(settings: Settings) -> None:
    result = run(settings, "accept", "l.v.k", "- Hà My = Hà Mi")
    assert result.exit_code == 0
    assert "Lê Văn Kỳ = L.V.K" in result.stdout
    own = curation.own_authors(settings)
    assert own.merges.key("l.v.k") == "lê văn kỳ"
    assert "Hà M" not in run(settings, "suggest").stdout


def test_accept_names_what_it_did_not_add(settings: Settings) -> None:
    result = run(settings, "accept", "L.V.K", "Hà My = hà my", "Vắng")
    assert result.exit_code == 1
    assert "same name twice" in result.stderr
    assert "Vắng: not proposed" in result.stderr
    assert run(settings, "accept", "Hà My = L.V.K").exit_code == 2
    assert len(curation.own_authors(settings).groups) == 1


def test_check_names_wrong_lines_and_names_nobody_signs_with(settings: Settings) -> None:
    settings.authors_path.write_text("Lê Văn Kỳ = L.V.Ky\nsai\n", encoding="utf-8")
    result = run(settings, "check")
    assert result.exit_code == 1
    assert f"{settings.authors_path}:2: " in result.stdout
    assert "no article is signed 'L.V.Ky'" in result.stdout
    assert "1 groups, 0 pairs apart, 1 lines left out" in result.stdout


def test_check_needs_no_index(tmp_path: Path) -> None:
    settings = Settings(index_dir=tmp_path / "index")
    assert run(settings, "accept", "Lê Văn Kỳ = L.V.K").exit_code == 0
    result = run(settings, "check")
    assert (result.exit_code, "1 groups" in result.stdout) == (0, True)


def test_what_cannot_be_done_ends_with_2_and_the_next_step(tmp_path: Path) -> None:
    settings = Settings(index_dir=tmp_path / "index")
    suggest = run(settings, "suggest")
    assert (suggest.exit_code, "khobao index" in suggest.stderr) == (2, True)
    settings.authors_path.mkdir(parents=True)
    for arguments in (["check"], ["accept", "A B = C D"]):
        result = run(settings, *arguments)
        assert (result.exit_code, "authors_file" in result.stderr) == (2, True)
