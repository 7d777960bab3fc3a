"""`khobao pinned`, as staff run it after they changed the list."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer import bootstrap
from indexer.settings import Settings
from tests.conftest import WriteArticle, settings_in
from webapp.cli import cli


@pytest.fixture
def settings(tmp_path: Path, write_article: WriteArticle) -> Settings:
    made = settings_in(tmp_path)
    for number in range(12):
        write_article(f"lua-{number:02}.txt", title="Lúa", stamp=f"08:00, 02/03/20{10 + number}")
    bootstrap.index(made)
    return made


def run(settings: Settings, pins: str) -> Result:
    settings.pinned_path.write_text(pins, encoding="utf-8")
    return CliRunner().invoke(cli, ["pinned", "--index", str(settings.index_dir)], catch_exceptions=False)


def test_all_find_what_they_must(settings: Settings) -> None:
    result = run(settings, "lúa\nlúa => lua-11\n")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"{settings.pinned_path}:1: lúa: 12 articles",
        f"{settings.pinned_path}:2: lúa: 12 articles; lua-11 is 1.",
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("lúa => lua-00", "MISSED: lua-00 is 12.; it must be among the first 10"),
        ("cá => lua-00", "MISSED: lua-00 is not among the first 100; it must be"),
        ("lúa => nowhere", "MISSED: the archive holds no article nowhere"),
        ("=> lua-00", "the line is left out: it lacks the question"),
    ],
)
def test_what_misses_and_what_is_wrong_is_named_by_line(settings: Settings, line: str, told: str) -> None:
    result = run(settings, f"lúa\n{line}\n")
    assert result.exit_code == 1
    (named,) = [each for each in result.stdout.splitlines() if each.startswith(f"{settings.pinned_path}:2: ")]
    assert told in named


def test_a_list_that_cannot_be_opened_fails(settings: Settings) -> None:
    settings.pinned_path.mkdir()
    result = CliRunner().invoke(cli, ["pinned", "--index", str(settings.index_dir)], catch_exceptions=False)
    assert (result.exit_code, "pinned.txt" in result.stderr) == (2, True)
