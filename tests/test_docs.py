"""Docs that list commands, settings or routes are held to the code."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import click
import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.security import generate_password_hash

from indexer import bootstrap, curation
from indexer.problems import ReportKind
from indexer.reader_reports import ReaderReports
from indexer.searches.counts import Tallies, Tally
from indexer.searches.days import SearchDays
from indexer.settings import TABLE, Settings
from tests.conftest import ROOT
from webapp.app import create_app
from webapp.cli import cli
from webapp.staff.staging import Staging

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_lists_every_command_and_no_other() -> None:
    told = set(re.findall(r"^\| `khobao (\w+)", README, re.MULTILINE))
    assert isinstance(cli, click.Group)
    assert told == set(cli.commands)


def test_the_readme_lists_every_setting_with_its_default() -> None:
    told = dict(re.findall(r"^\| `(\w+)` \| `([^`]*)`", README, re.MULTILINE))
    assert told == {setting.name: str(setting.default) for setting in TABLE}


def test_the_defaults_stand_in_the_table_and_in_the_dataclass_alike() -> None:
    assert {setting.name: setting.default for setting in TABLE} == {
        name: getattr(Settings(), name) for name in Settings.__dataclass_fields__
    }


def test_the_readme_lists_every_route() -> None:
    routes = {
        re.sub(r"<(?:[^:>]*:)?(\w+)>", r"<\1>", rule.rule)
        for rule in create_app(Settings(staff_password_hash=generate_password_hash("x"))).url_map.iter_rules()
    }
    told = set(re.findall(r"^\| `(/[^`?]*)", README, re.MULTILINE))
    assert told == routes - {"/static/<filename>"}


def test_the_readme_begins_with_what_it_is_a_picture_and_two_commands() -> None:
    first_screen = README[:1600]
    assert "make run" in first_screen
    assert "make test" in first_screen
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)|src=\"([^\"]+)\"", README)
    assert pictures
    for picture in map("".join, pictures):
        assert (ROOT / picture).is_file(), picture


def test_the_readme_of_the_index_folder_lists_what_is_in_one_and_no_more(tmp_path: Path) -> None:
    settings = Settings(index_dir=tmp_path / "index_data", seeds_dir=ROOT / "seeds")
    bootstrap.index(settings)
    curation.add_synonyms(settings, ["TTCK = thị trường chứng khoán"])
    curation.add_authors(settings, ["Lê Văn Kỳ = L.V.K"])
    settings.pinned_path.touch()
    SearchDays(settings.index_dir, 1).append(date(2026, 1, 1), Tallies((Tally("lúa", 1, 1),)))
    ReaderReports(settings.index_dir).add("a", "Tựa", ReportKind.WORDS, "Sai tên làng.")
    Staging(settings.index_dir).keep([FileStorage(io.BytesIO(b"x"), "a.txt")])
    there = {str(path.relative_to(settings.index_dir)) for path in settings.index_dir.rglob("*") if path.is_file()}
    told = re.findall(r"^\| `([^`]+)`", (ROOT / "index_data" / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    shapes = {entry: re.sub(r"<\w+>", "[^/]+", entry.replace(".", r"\.")) for entry in told}
    assert {path for path in there if not any(re.fullmatch(shape, path) for shape in shapes.values())} == set()
    assert {entry for entry, shape in shapes.items() if not any(re.fullmatch(shape, path) for path in there)} == set()


def test_make_clean_leaves_what_people_wrote_and_no_more(tmp_path: Path) -> None:
    if not shutil.which("make"):
        pytest.skip("make is not installed")
    written = {
        "index_data/README.md",
        "index_data/authors.txt",
        "index_data/pinned.txt",
        "index_data/reader_reports.jsonl",
        "index_data/searches/2026-01-01.jsonl",
        "index_data/staged/x/a.txt",
        "index_data/synonyms.txt",
        "indexer/cli.py",
        "khobao.toml",
        "seeds/corrections.toml",
        "tests/test_docs.py",
        "uploads/.replaced/a.txt",
        "uploads/a.txt",
        "webapp/cli.py",
    }
    made = {
        ".venv/bin/khobao",
        ".hypothesis/x",
        "index_data/builds/b/manifest.json",
        "index_data/CURRENT",
        "index_data/LOCK",
        "index_data/runs/r.jsonl",
        "indexer/sources/__pycache__/x.pyc",
        "khobao.egg-info/PKG-INFO",
    }
    for name in written | made:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    shutil.copy(ROOT / "Makefile", tmp_path)
    subprocess.run(["make", "clean"], cwd=tmp_path, check=True, capture_output=True)
    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert left == written | {"Makefile"}


@pytest.mark.parametrize("name", sorted(path.name for path in ROOT.iterdir() if not path.name.startswith(".")))
def test_the_top_level_is_what_the_owner_named(name: str) -> None:
    named = {"README.md", "pyproject.toml", "Makefile", "LICENSE"}
    folders = {"seeds", "indexer", "webapp", "index_data", "tests"}
    assert name in named | folders or Path(name).suffix == ".egg-info" or name in {"build", "khobao.toml", "uploads"}
