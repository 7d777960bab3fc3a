"""What is read by the look of its name, and what is said of the rest."""

from __future__ import annotations

from importlib import import_module

import pytest

from indexer.sources.formats import READERS, SUFFIXES, is_passed_over, page_of_parts, suffix_of, why_unsupported


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_suffix_has_a_reader(suffix: str) -> None:
    assert suffix_of(f"Bài.{suffix[1:].upper()}") == suffix
    assert callable(import_module(f"indexer.sources.{READERS[suffix]}").read)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("a.doc", ".docx"),
        ("a.RTF", ".docx"),
        ("a.odt", ".docx"),
        ("a.pdf", ".txt"),
        ("a.xlsx", ".csv"),
        ("a.rar", ".zip"),
    ],
)
def test_of_what_people_bring_it_is_said_what_to_save_it_as(name: str, says: str) -> None:
    assert f"as {says}" in why_unsupported(name)
    assert suffix_of(name) is None


def test_of_anything_else_the_formats_are_listed() -> None:
    assert all(suffix in why_unsupported("a.mp3") for suffix in SUFFIXES)


@pytest.mark.parametrize("name", [".DS_Store", "._a.txt", "__MACOSX", "Thumbs.db", "README.txt", ".git"])
def test_what_systems_leave_behind_is_passed_over(name: str) -> None:
    assert is_passed_over(name)


def test_a_browser_puts_the_parts_of_a_page_into_a_folder_beside_it() -> None:
    assert "Đò chạy lại.html" in page_of_parts("Đò chạy lại_files")
    assert page_of_parts("_files") == page_of_parts("2020") == ()
