"""Docs that list commands, settings or routes are held to the code."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from werkzeug.security import generate_password_hash

from indexer.settings import TABLE, Settings
from tests.conftest import ROOT
from webapp.app import create_app
from webapp.cli import cli

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


@pytest.mark.parametrize("name", sorted(path.name for path in ROOT.iterdir() if not path.name.startswith(".")))
def test_the_top_level_is_what_the_owner_named(name: str) -> None:
    named = {"README.md", "pyproject.toml", "Makefile", "LICENSE"}
    folders = {"seeds", "indexer", "webapp", "index_data", "tests"}
    assert name in named | folders or Path(name).suffix == ".egg-info" or name in {"build", "khobao.toml", "uploads"}
