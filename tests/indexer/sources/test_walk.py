"""Which files of a folder are read, in which order, and what is said of the others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from indexer.model import Rejected
from indexer.sources.walk import CorrectionsPath, SourceFile, find_sources


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "kho"
    folder.mkdir()
    return folder


def put(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"bai")


def found(root: Path) -> list[str]:
    """Paths below the root of what is to be read, and of what is not, marked by `!`."""
    return [
        ("!" if isinstance(item, Rejected) else "") + os.path.relpath(item.path, root).replace(os.sep, "/")
        for item in find_sources(root)
        if not isinstance(item, CorrectionsPath)
    ]


def rejects(root: Path) -> dict[str, str]:
    return {Path(item.path).name: item.reason for item in find_sources(root) if isinstance(item, Rejected)}


def test_articles_are_found_in_the_order_of_their_names(root: Path) -> None:
    put(root, "b.txt", "a.txt", "2021/c.jsonl", "2020/07/d.jsonl.xz", "2020/e.jsonl.gz", "C.TXT")
    assert found(root) == [
        "2020/07/d.jsonl.xz",
        "2020/e.jsonl.gz",
        "2021/c.jsonl",
        "C.TXT",
        "a.txt",
        "b.txt",
    ]


def test_a_source_carries_what_tells_whether_it_changed(root: Path) -> None:
    put(root, "a.txt")
    os.utime(root / "a.txt", ns=(0, 1_234_567_890))
    (source,) = find_sources(root)
    path = root / "a.txt"
    assert source == SourceFile(path.as_posix(), 3, 1_234_567_890, root.as_posix())


def test_the_key_is_the_same_however_the_run_is_started(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(root, "a.txt")
    monkeypatch.chdir(root)
    relative = list(find_sources(Path("../kho/.")))
    assert relative == list(find_sources(root))


def test_one_file_can_be_given(root: Path) -> None:
    put(root, "2021/a.txt", "2021/b.txt")
    (source,) = find_sources(root / "2021" / "a.txt")
    assert isinstance(source, SourceFile)
    assert source.root == f"{root}/2021"


def test_hidden_files_and_readmes_are_passed_over(root: Path) -> None:
    put(root, ".a.txt", ".git/a.txt", "README.md", "README.txt", "README", "a.txt")
    assert found(root) == ["a.txt"]


def test_the_parts_of_saved_pages_are_passed_over(root: Path) -> None:
    put(root, "bai.html", "bai_files/a.css", "khac_files/b.txt", "__MACOSX/._c.txt", "Thumbs.db")
    assert found(root) == ["bai.html", "khac_files/b.txt"]


def test_other_formats_are_reported(root: Path) -> None:
    put(root, "a.pdf", "b", "c.xz", "d.txt~", "e.txt")
    assert found(root) == ["!a.pdf", "!b", "!c.xz", "!d.txt~", "e.txt"]
    assert all("not supported" in reason for reason in rejects(root).values())


def test_a_folder_named_like_an_article_is_reported(root: Path) -> None:
    put(root, "a.txt/b.txt", "c.txt")
    assert found(root) == ["!a.txt", "c.txt"]
    assert "is a folder" in rejects(root)["a.txt"]


def test_links_are_followed(root: Path, tmp_path: Path) -> None:
    put(tmp_path / "elsewhere", "b.txt")
    put(root, "z.txt")
    (root / "a.txt").symlink_to(tmp_path / "elsewhere" / "b.txt")
    (root / "disk").symlink_to(tmp_path / "elsewhere")
    assert found(root) == ["a.txt", "z.txt", "disk/b.txt"]


def test_links_in_a_circle_end(root: Path) -> None:
    put(root, "2021/a.txt")
    (root / "2021" / "up").symlink_to(root)
    (root / "1").symlink_to(root / "2021")
    assert found(root) == ["2021/a.txt", "!1", "!2021/up"]


def test_links_that_lead_nowhere_are_reported(root: Path) -> None:
    put(root, "good.txt")
    (root / "self.txt").symlink_to(root / "self.txt")
    (root / "gone.txt").symlink_to(root / "missing")
    (root / "gone").symlink_to(root / "missing")
    assert set(rejects(root)) == {"self.txt", "gone.txt", "gone"}
    assert "good.txt" in found(root)


def test_a_pipe_is_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "a.txt")
    assert "pipe" in rejects(root)["a.txt"]


def test_a_folder_that_may_not_be_read_is_reported(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(root, "closed/a.txt", "open/b.txt")
    scandir = os.scandir

    def guarded(path: str) -> object:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    assert found(root) == ["!closed", "open/b.txt"]
    assert "permissions" in rejects(root)["closed"]


def test_a_name_that_is_no_text_is_reported(root: Path) -> None:
    put(root, "good.txt")
    try:
        (root / os.fsdecode(b"ba\xeci.txt")).write_bytes(b"bai")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert rejects(root) == {"ba\ufffdi.txt": "has a name that is not UTF-8; rename it"}
    assert "good.txt" in found(root)


def test_folders_may_lie_deeper_than_pythons_stack(root: Path) -> None:
    folders = [f"{root}{'/d' * depth}" for depth in range(1, 1100)]
    for folder in folders:
        os.mkdir(folder)
    put(Path(folders[-1]), "a.txt")
    try:
        (item,) = find_sources(root)
        assert isinstance(item, SourceFile)
    finally:  # what removes old test folders is recursive
        os.remove(f"{folders[-1]}/a.txt")
        for folder in reversed(folders):
            os.rmdir(folder)


def test_a_root_that_is_not_there_is_reported(root: Path) -> None:
    assert "not there" in rejects(root / "gone")["gone"]
    assert found(root) == []


def test_corrections_are_told_beside_the_articles(root: Path) -> None:
    put(root, "a.txt", "corrections.toml", "2020/b.txt", "2020/corrections.toml", "other.toml")
    corrections = [item for item in find_sources(root) if isinstance(item, CorrectionsPath)]
    assert corrections == [
        CorrectionsPath((root / "2020" / "corrections.toml").as_posix()),
        CorrectionsPath((root / "corrections.toml").as_posix()),
    ]
    assert found(root) == ["2020/b.txt", "a.txt", "!other.toml"]
    assert list(find_sources(root / "a.txt"))[1:] == corrections[1:]
