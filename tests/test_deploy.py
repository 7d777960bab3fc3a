"""The files for running Kho Báo in earnest: what they name exists, and a backup can be gone back to."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import click
import pytest

from indexer import bootstrap, upkeep
from indexer.settings import TABLE, Settings
from tests.conftest import ROOT, WriteArticle, settings_in
from webapp.cli import cli

DEPLOY = ROOT / ".deploy"
BACKUP = DEPLOY / "one-server" / "backup"
MADE = {"certificates.d", "internal_users.yml"}
"""What the scripts of the cluster make, where somebody ran them here."""
TEXTS = {
    str(path.relative_to(DEPLOY)): path.read_text()
    for path in DEPLOY.rglob("*")
    if path.is_file() and not MADE & {*path.relative_to(DEPLOY).parts}
}
TOLD = (ROOT / "README.md").read_text(encoding="utf-8") + TEXTS["README.md"]


def test_commands_in_the_services_and_the_guide_are_there() -> None:
    assert isinstance(cli, click.Group)
    named = {name for text in TEXTS.values() for name in re.findall(r"bin/khobao (\w+)", text)}
    assert {"serve", "index"} <= named <= set(cli.commands)


def test_settings_in_the_services_and_the_guide_are_there() -> None:
    known = {setting.variable for setting in TABLE} | {"KHOBAO_SETTINGS"}
    of_compose = {"KHOBAO_HEAP", "KHOBAO_OPENSEARCH"}
    named = {name for text in TEXTS.values() for name in re.findall(r"KHOBAO_[A-Z_]+", text)}
    assert named - of_compose <= known
    assert "opensearch_prefix" in TEXTS["cluster/roles.yml"]


def test_every_file_is_told_of() -> None:
    untold = {name for name in TEXTS if Path(name).name not in TOLD and not Path(name).name.startswith(".")}
    assert untold - {"README.md"} == set()


@pytest.fixture
def home(tmp_path: Path, write_article: WriteArticle) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    return write_article("a.txt", title="Bài a").parent.rename(home / "articles").parent


def settings_of(home: Path) -> Settings:
    return settings_in(home, index_dir=home / "index_data", build_workers=1)


def back_up(home: Path, target: Path, keep: int = 7) -> Path:
    done = subprocess.run([BACKUP, home, target, str(keep)], check=True, capture_output=True, text=True)
    return Path(done.stdout.strip())


def test_a_backup_brings_back_the_articles_the_lists_and_the_index(home: Path, tmp_path: Path) -> None:
    settings = settings_of(home)
    build = bootstrap.index(settings).build
    settings.synonyms_path.write_text("TTCK = thị trường chứng khoán\n", encoding="utf-8")
    (home / "khobao.toml").write_text('newspaper = "Báo Thử"\n', encoding="utf-8")
    (tmp_path / "backup").mkdir()
    pack = back_up(home, tmp_path / "backup")

    restored = tmp_path / "restored"
    restored.mkdir()
    subprocess.run(["tar", "-xzf", pack, "-C", restored], check=True)
    there = settings_of(restored)
    checkup = upkeep.check_index(there, deep=True)
    assert (checkup.build, checkup.problems, checkup.articles) == (build, (), 1)
    assert there.synonyms_path.read_text(encoding="utf-8") == "TTCK = thị trường chứng khoán\n"
    assert (restored / "khobao.toml").is_file()
    assert (restored / "articles" / "a.txt").read_bytes() == (home / "articles" / "a.txt").read_bytes()
    assert not (home / "index_data" / ".backup").exists()


def test_a_backup_of_an_archive_without_an_index_is_one_too(home: Path, tmp_path: Path) -> None:
    (home / "index_data").mkdir()
    (tmp_path / "backup").mkdir()
    pack = back_up(home, tmp_path / "backup")
    listed = subprocess.run(["tar", "-tzf", pack], check=True, capture_output=True, text=True).stdout
    assert "./articles/a.txt" in listed


def test_old_backups_go(home: Path, tmp_path: Path) -> None:
    (home / "index_data").mkdir()
    target = tmp_path / "backup"
    target.mkdir()
    for day in ("01", "02", "03"):
        (target / f"khobao-202011{day}-000000.tar.gz").touch()
    pack = back_up(home, target, keep=2)
    assert sorted(path.name for path in target.glob("*.gz")) == ["khobao-20201103-000000.tar.gz", pack.name]
