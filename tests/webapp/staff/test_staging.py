"""Where uploads wait: names that stay in their folder, and nothing that stays for ever."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import FileStorage

from tests.hostile import QUERIES
from webapp.staff.staging import KEPT_SECONDS, Staging, free_name, safe_name


def sent(*names: str) -> list[FileStorage]:
    return [FileStorage(io.BytesIO(name.encode(errors="replace")), filename=name) for name in names]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Mưa lớn ở Đồng Mây.txt", "Mưa lớn ở Đồng Mây.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Bài viết\\lúa.docx", "lúa.docx"),
        (".an.txt", "an.txt"),
        ("README.txt", "bai-README.txt"),
        ('a"b<c>.txt', "a b c .txt"),
        ("\u202egnp.txt", "gnp.txt"),
        ("", "khong-ten"),
        ("...", "khong-ten"),
    ],
)
def test_names_keep_what_they_say_and_lose_what_they_do(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.one_of(st.text(max_size=400), st.sampled_from(QUERIES)))
def test_any_name_is_the_name_of_a_file_in_its_folder(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert safe == Path(safe).name
    assert not safe.startswith((".", "README"))
    assert len(safe.encode()) <= 200
    assert safe_name(safe) == safe


def test_a_long_name_keeps_what_it_ends_with() -> None:
    assert safe_name(f"{'ư' * 300}.docx").endswith("ư.docx")


def test_a_taken_name_gets_a_number_before_what_it_ends_with() -> None:
    taken = {"a.jsonl.gz", "a-2.jsonl.gz"}
    assert free_name("a.jsonl.gz", taken.__contains__) == "a-3.jsonl.gz"
    assert free_name("b", taken.__contains__) == "b"


def test_files_of_one_name_are_all_kept(tmp_path: Path) -> None:
    staging = Staging(tmp_path)
    token = staging.keep(sent("a.txt", "b/a.txt", "a.txt"))
    assert [file.name for file in staging.files(token)] == ["a-2.txt", "a-3.txt", "a.txt"]


@pytest.mark.parametrize("token", ["", "..", "../..", "x" * 22, "a/b", "\x00", "ế" * 22])
def test_only_tokens_that_were_given_lead_anywhere(tmp_path: Path, token: str) -> None:
    (tmp_path / "quan-trong.txt").write_text("x", encoding="utf-8")
    Staging(tmp_path).keep(sent("a.txt"))
    assert Staging(tmp_path).files(token) == ()
    Staging(tmp_path).discard(token)
    assert (tmp_path / "quan-trong.txt").exists()


def test_an_upload_is_gone_after_a_day_or_when_thrown_away(tmp_path: Path) -> None:
    staging = Staging(tmp_path)
    old, new, unwanted = (staging.keep(sent("a.txt")) for _ in range(3))
    yesterday = time.time() - KEPT_SECONDS - 60
    os.utime(tmp_path / "staged" / old, (yesterday, yesterday))
    staging.prune()
    staging.discard(unwanted)
    assert [bool(staging.files(token)) for token in (old, new, unwanted)] == [False, True, False]


def test_an_upload_that_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileStorage, "save", fail)
    with pytest.raises(OSError, match="No space"):
        Staging(tmp_path).keep(sent("a.txt"))
    assert list((tmp_path / "staged").iterdir()) == []
