"""A file is the old one or the new one, whatever happens."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from indexer.durable import replace_text


def test_a_file_is_made_or_replaced_with_its_line_ends_and_rights(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    replace_text(path, "một\r\nhai\n")
    assert path.read_bytes() == "một\r\nhai\n".encode()
    path.chmod(0o640)
    replace_text(path, "ba")
    assert (path.read_text(encoding="utf-8"), path.stat().st_mode & 0o777) == ("ba", 0o640)


def test_what_a_link_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    link = tmp_path / "a.toml"
    link.symlink_to(tmp_path / "far" / "b.toml")
    replace_text(link, "một")
    assert (link.is_symlink(), (tmp_path / "far" / "b.toml").read_text(encoding="utf-8")) == (True, "một")


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_file_that_cannot_be_written_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "a.toml"
    path.write_text("cũ", encoding="utf-8")

    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, no_space)
    with pytest.raises(OSError, match="No space"):
        replace_text(path, "mới")
    assert path.read_text(encoding="utf-8") == "cũ"
    assert [file.name for file in tmp_path.iterdir()] == ["a.toml"]
