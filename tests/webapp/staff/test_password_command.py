"""`khobao staff password`: what turns the staff pages on."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.errors import SettingsError
from indexer.settings import load_settings
from tests.webapp.staff.conftest import PASSWORD, StaffApp
from webapp.cli import cli


def test_what_is_printed_turns_the_pages_on_for_who_knows_the_password(tmp_path: Path, desk_for: StaffApp) -> None:
    told = CliRunner().invoke(cli, ["staff", "password"], input=f"{PASSWORD}\n")
    assert told.exit_code == 0
    assert PASSWORD not in told.output
    file = tmp_path / "khobao.toml"
    file.write_text(told.stdout, encoding="utf-8")
    settings = load_settings({}, file)
    desk = desk_for(staff_password_hash=settings.staff_password_hash)
    assert desk.sign_in("không phải mật khẩu").status_code == 403
    assert desk.sign_in(PASSWORD).location == "/staff"


def test_no_two_hashes_of_a_password_are_alike() -> None:
    told = [CliRunner().invoke(cli, ["staff", "password"], input=f"{PASSWORD}\n").stdout for _ in range(2)]
    assert told[0] != told[1]
    assert all(set(tomllib.loads(each)) == {"staff_password_hash"} for each in told)


@pytest.mark.parametrize("typed", ["", "\n", "ngắn\n"])
def test_a_short_password_is_refused(typed: str) -> None:
    told = CliRunner().invoke(cli, ["staff", "password"], input=typed)
    assert told.exit_code == 2
    assert "fewer than" in told.stderr
    assert told.stdout == ""


def test_a_password_in_place_of_its_hash_is_refused_and_not_shown() -> None:
    with pytest.raises(SettingsError, match="khobao staff password") as refused:
        load_settings({"KHOBAO_STAFF_PASSWORD_HASH": PASSWORD})
    assert PASSWORD not in f"{refused.value} {refused.value.next_step}"
