"""The staff's list on disk: taken up when it is saved, and never broken by what adds to it."""

from __future__ import annotations

import logging
import os
import threading
from pathlib import Path

import pytest

from indexer import bootstrap, curation, staff_list
from indexer.errors import StaffListUnreadable, StaffListUnwritable
from indexer.settings import Settings
from indexer.synonym_files import HEAD, PROBLEMS_LOGGED, SynonymFile, add_lines, read_own


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the staff's list is to be."""
    return tmp_path / "index" / "synonyms.txt"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time in seconds, to be moved by hand."""
    now = [100.0]
    monkeypatch.setattr(staff_list.time, "monotonic", lambda: now[0])
    return now


def write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def knows(synonyms: SynonymFile, *terms: str) -> bool:
    return any(synonyms().find(terms, terms, False))


def test_without_a_list_the_ready_one_counts(path: Path) -> None:
    assert knows(SynonymFile(path), "hđnd")


def test_a_list_adds_to_the_ready_one_and_strikes_out(path: Path) -> None:
    write(path, "TTCK = thị trường chứng khoán\n- HĐND\n")
    synonyms = SynonymFile(path)
    assert knows(synonyms, "ttck")
    assert knows(synonyms, "csgt")
    assert not knows(synonyms, "hđnd")


def test_a_list_that_is_made_changed_or_removed_is_taken_up(path: Path, clock: list[float]) -> None:
    synonyms = SynonymFile(path)
    seen = []
    for text in (None, "TTCK = thị trường chứng khoán", "TTCX = thị trường chứng khoán", None):
        if text:
            write(path, text)
        else:
            path.unlink(missing_ok=True)
        clock[0] += staff_list.LOOK_SECONDS
        seen.append((knows(synonyms, "ttck"), knows(synonyms, "ttcx")))
    assert seen == [(False, False), (True, False), (False, True), (False, False)]


def test_a_list_that_has_not_changed_is_not_read_again(path: Path, clock: list[float]) -> None:
    write(path, "TTCK = thị trường chứng khoán")
    synonyms = SynonymFile(path)
    before = synonyms()
    clock[0] += 10
    assert synonyms() is before


def test_the_file_is_looked_at_four_times_a_second_at_most(
    path: Path, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []
    monkeypatch.setattr(staff_list, "_look", looks.append)
    synonyms = SynonymFile(path)
    for _ in range(100):
        synonyms()
        clock[0] += staff_list.LOOK_SECONDS / 10
    assert 9 <= len(looks) <= 11


def test_wrong_lines_are_logged_by_number_and_the_rest_counts(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write(path, "TTCK = thị trường chứng khoán\nsai\nTTCX = thị trường chứng khoán\n")
    with caplog.at_level(logging.WARNING):
        assert knows(SynonymFile(path), "ttcx")
    [record] = caplog.records
    assert f"{path}:2:" in record.getMessage()


def test_a_file_that_is_no_list_does_not_flood_the_log(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write(path, "sai\n" * 1000)
    with caplog.at_level(logging.WARNING):
        SynonymFile(path)()
    assert len(caplog.records) == PROBLEMS_LOGGED + 1


def test_letters_that_are_none_cost_their_line_only(path: Path) -> None:
    write(path, "")
    path.write_bytes("TTCK = thị trường\nA = ".encode() + "tiền".encode("cp1258", "replace") + b"\xff\nBB = b b\n")
    own = read_own(path)
    assert [group[0].text for group in own.same] == ["TTCK", "BB"]
    assert [problem.line for problem in own.problems] == [2]


def test_a_list_that_cannot_be_opened_leaves_the_one_before(
    path: Path, clock: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    write(path, "TTCK = thị trường chứng khoán")
    synonyms = SynonymFile(path)
    assert knows(synonyms, "ttck")
    path.unlink()
    path.mkdir()
    clock[0] += 1
    assert knows(synonyms, "ttck")
    assert str(path) in caplog.text
    assert knows(SynonymFile(path), "hđnd")
    with pytest.raises(StaffListUnreadable, match="synonyms"):
        read_own(path)


# Adding lines


def test_the_first_line_makes_a_list_with_a_head_that_explains_it(path: Path) -> None:
    add_lines(path, ["TTCK = thị trường chứng khoán"])
    text = path.read_text(encoding="utf-8")
    assert text == f"{HEAD}\nTTCK = thị trường chứng khoán\n"
    assert [group[0].text for group in read_own(path).same] == ["TTCK"]
    assert read_own(path).problems == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# ghi chú\nA = b c\n", "# ghi chú\nA = b c\nX = y\nZ = t\n"),
        ("không xuống dòng", "không xuống dòng\nX = y\nZ = t\n"),
        ("A = b\r\n", "A = b\r\nX = y\r\nZ = t\r\n"),
    ],
)
def test_lines_are_added_at_the_end_and_the_rest_stays(path: Path, before: str, after: str) -> None:
    path.parent.mkdir()
    path.write_bytes(before.encode())
    os.chmod(path, 0o640)
    add_lines(path, ["X = y", "Z = t"])
    assert path.read_bytes().decode() == after
    assert path.stat().st_mode & 0o777 == 0o640
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_linked_list_stays_linked(path: Path, tmp_path: Path) -> None:
    shared = tmp_path / "shared.txt"
    write(shared, "A = b c\n")
    path.parent.mkdir()
    path.symlink_to(shared)
    add_lines(path, ["X = y"])
    assert path.is_symlink()
    assert shared.read_text(encoding="utf-8") == "A = b c\nX = y\n"


def test_a_list_that_is_no_text_is_not_added_to(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"A = b\n\xff\xfe\xfd")
    with pytest.raises(StaffListUnreadable, match="UTF-8"):
        add_lines(path, ["X = y"])
    assert path.read_bytes() == b"A = b\n\xff\xfe\xfd"


def test_a_list_that_cannot_be_written_stays_as_it_is(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(path, "A = b c\n")

    def no_space(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(StaffListUnwritable, match="No space"):
        add_lines(path, ["X = y"])
    assert path.read_text(encoding="utf-8") == "A = b c\n"
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_list_whose_folder_cannot_be_made_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("no folder", encoding="utf-8")
    with pytest.raises(StaffListUnwritable, match=r"exists|directory"):
        add_lines(tmp_path / "index" / "lists" / "synonyms.txt", ["X = y"])


def test_two_who_add_at_once_both_find_their_lines_in_the_list(path: Path) -> None:
    adding = [threading.Thread(target=add_lines, args=(path, [f"A{number} = b c"])) for number in range(8)]
    for thread in adding:
        thread.start()
    for thread in adding:
        thread.join()
    assert len(read_own(path).same) == 8


def test_the_list_lies_in_the_index_folder_unless_a_setting_says_otherwise(tmp_path: Path) -> None:
    assert Settings(index_dir=tmp_path).synonyms_path == tmp_path / "synonyms.txt"
    elsewhere = tmp_path / "other" / "names.txt"
    assert Settings(index_dir=tmp_path, synonyms_file=elsewhere).synonyms_path == elsewhere


def test_a_new_index_leaves_the_list_where_it_is(sample_settings: Settings, tmp_path: Path) -> None:
    settings = Settings(index_dir=tmp_path / "index", seeds_dir=sample_settings.seeds_dir)
    curation.add_synonyms(settings, ["TTCK = thị trường chứng khoán"])
    bootstrap.index(settings)
    bootstrap.index(settings, rebuild=True)
    assert len(curation.own_synonyms(settings).same) == 1
