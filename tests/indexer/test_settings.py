"""Where settings come from, and what happens to a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import SettingsError
from indexer.settings import load_settings


def test_the_environment_wins_over_the_file_and_the_command_line_over_both(tmp_path: Path) -> None:
    file = tmp_path / "khobao.toml"
    file.write_text('port = 8001\nhost = "192.0.2.1"\npage_size = 20\n', encoding="utf-8")
    settings = load_settings({"KHOBAO_PORT": "8002", "KHOBAO_PAGE_SIZE": "30"}, file, page_size=40, host=None)
    assert (settings.host, settings.port, settings.page_size) == ("192.0.2.1", 8002, 40)


def test_the_environment_can_name_the_file(tmp_path: Path) -> None:
    file = tmp_path / "other.toml"
    file.write_text("port = 8003\n", encoding="utf-8")
    assert load_settings({"KHOBAO_SETTINGS": str(file)}).port == 8003


@pytest.mark.parametrize(
    ("text", "named"),
    [("port = 'many'", "port"), ("port = 99999", "port"), ("prot = 1", "prot"), ("port = = 1", "khobao.toml")],
)
def test_a_wrong_file_is_named_with_what_is_wrong(tmp_path: Path, text: str, named: str) -> None:
    file = tmp_path / "khobao.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=named):
        load_settings({}, file)


def test_a_named_file_that_is_missing_is_an_error() -> None:
    with pytest.raises(SettingsError, match="nowhere"):
        load_settings({"KHOBAO_SETTINGS": "/nowhere.toml"})


def test_columns_are_a_table_in_the_file_and_a_line_in_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "khobao.toml"
    file.write_text('port = 8001\n[columns]\ntitle = "tieu_de"\npublished = ["gio", "ngay"]\n', encoding="utf-8")
    from_file = load_settings({}, file).columns
    assert from_file == load_settings({"KHOBAO_COLUMNS": "title=tieu_de, published=gio+ngay"}).columns
    assert from_file.of("published") == ("gio", "ngay")


@pytest.mark.parametrize(
    "text", ["[columns]\nheadline = 'x'", "[columns]\ntitle = 7", "columns = 'titel'", "[port]\na = 1"]
)
def test_a_wrong_table_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "khobao.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"columns|port"):
        load_settings({}, file)
