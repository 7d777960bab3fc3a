"""Files on their way into the folder of articles: none is lost, none is overwritten unasked."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from webapp.staff import taking_in
from webapp.staff.taking_in import REPLACED, Choice, take_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "uploads"


def staged(tmp_path: Path, text: str = "mới") -> Path:
    file = tmp_path / "a.txt"
    file.write_text(text, encoding="utf-8")
    return file


def texts(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir() if file.is_file()}


def test_a_file_moves_into_the_folder_which_is_made(tmp_path: Path, folder: Path) -> None:
    file = staged(tmp_path)
    assert take_in(file, folder, Choice.TAKE) == folder / "a.txt"
    assert texts(folder) == {"a.txt": "mới"}
    assert not file.exists()


@pytest.mark.parametrize("choice", [Choice.TAKE, Choice.BOTH])
def test_a_name_that_is_there_is_never_overwritten_unasked(tmp_path: Path, folder: Path, choice: Choice) -> None:
    take_in(staged(tmp_path, "cũ"), folder, Choice.TAKE)
    take_in(staged(tmp_path), folder, choice)
    assert texts(folder) == {"a.txt": "cũ", "a-2.txt": "mới"}


def test_an_id_that_is_taken_elsewhere_means_another_name(tmp_path: Path, folder: Path) -> None:
    take_in(staged(tmp_path), folder, Choice.BOTH)
    assert texts(folder) == {"a-2.txt": "mới"}


def test_what_is_replaced_is_put_aside(tmp_path: Path, folder: Path) -> None:
    for text in ("cũ nhất", "cũ", "mới"):
        take_in(staged(tmp_path, text), folder, Choice.REPLACE)
    assert texts(folder) == {"a.txt": "mới"}
    assert [text for _, text in sorted(texts(folder / REPLACED).items())] == ["cũ nhất", "cũ"]


def test_two_who_take_in_files_of_one_name_at_once_lose_none(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other").mkdir()
    first, second = staged(tmp_path, "một"), staged(tmp_path / "other", "hai")
    double = taking_in._double
    others: list[threading.Thread] = []

    def double_and_be_overtaken(file: Path, copy: Path) -> None:
        double(file, copy)
        if not others:
            others.append(threading.Thread(target=take_in, args=(second, folder, Choice.TAKE)))
            others[0].start()
            others[0].join(0.2)

    monkeypatch.setattr(taking_in, "_double", double_and_be_overtaken)
    take_in(first, folder, Choice.TAKE)
    others[0].join()
    assert texts(folder) == {"a.txt": "một", "a-2.txt": "hai"}


def test_another_disk_takes_a_copy(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", fail)
    take_in(staged(tmp_path, "cũ"), folder, Choice.TAKE)
    take_in(staged(tmp_path), folder, Choice.REPLACE)
    assert texts(folder) == {"a.txt": "mới"}
    assert list(texts(folder / REPLACED).values()) == ["cũ"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_disk_that_fails_leaves_the_file_where_it_was(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    file = staged(tmp_path)
    monkeypatch.setattr(*{"fsync": (os, "fsync", fail), "replace": (Path, "replace", fail)}[step])
    with pytest.raises(OSError, match="Input/output"):
        take_in(file, folder, Choice.TAKE)
    assert file.read_text(encoding="utf-8") == "mới"
    assert texts(folder) == {}
