"""From a file to its articles; ids and digests."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.model import Article, Author, Caption, Rejected, Stamp
from indexer.sources.reader import article_digest, article_id, read_source
from indexer.sources.walk import SourceFile, find_sources

TEXT = "Đò chạy lại\n\nBà con mừng.\n"


def source(path: Path, root: Path | None = None) -> SourceFile:
    return SourceFile(path.as_posix(), 0, 0, str(root or path.parent))


def read(path: Path, max_bytes: int = 1_000_000) -> list[Article | Rejected]:
    return list(read_source(source(path), max_bytes))


def reason(path: Path, max_bytes: int = 1_000_000) -> str:
    (item,) = read(path, max_bytes)
    assert isinstance(item, Rejected)
    assert item.path == path.as_posix()
    return item.reason


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bai.txt"


def test_the_suffix_tells_the_format(tmp_path: Path) -> None:
    (tmp_path / "b.TXT").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.jsonl").write_text(json.dumps({"title": "Một", "body": "Hai"}), encoding="utf-8")
    found = [source for source in find_sources(tmp_path) if isinstance(source, SourceFile)]
    items = [item for source in found for item in read_source(source, 100)]
    assert [item.id for item in items if isinstance(item, Article)] == ["a-1", "b"]


def test_an_empty_file_says_so(path: Path) -> None:
    path.write_bytes(b"")
    assert "is empty" in reason(path)


def test_a_file_over_the_limit_is_not_read(path: Path) -> None:
    path.write_bytes(TEXT.encode())
    size = len(TEXT.encode())
    assert isinstance(read(path, size)[0], Article)
    assert "raise max_source_mb" in reason(path, size - 1)


def test_json_lines_have_no_limit_of_size(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"title": "Một", "body": "Hai"}\n' * 3, encoding="utf-8")
    assert len(read(path, max_bytes=10)) == 3


def test_the_line_that_is_no_text_is_named(path: Path) -> None:
    path.write_bytes(TEXT.encode() + b"\xff")
    (item,) = read(path)
    assert isinstance(item, Rejected)
    assert item.line == 4


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.jsonl.xz"])
def test_a_file_that_vanished_is_reported(tmp_path: Path, name: str) -> None:
    assert "not there any more" in reason(tmp_path / name)


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.jsonl.gz"])
def test_a_folder_in_the_place_of_a_file_is_reported(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    assert "is a folder" in reason(tmp_path / name)


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (PermissionError(13, "Permission denied"), "change its permissions"),
        (OSError(5, "Input/output error"), "Input/output error"),
    ],
)
def test_a_file_that_cannot_be_opened_is_reported(
    path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, says: str
) -> None:
    path.write_bytes(TEXT.encode())
    monkeypatch.setattr(Path, "open", raising(error))
    assert says in reason(path)


def raising(error: Exception) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


def test_a_mistake_in_a_reader_costs_one_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_bytes(TEXT.encode())
    monkeypatch.setattr("indexer.sources.plain_text.parse", raising(IndexError("pop from empty list")))
    assert "pop from empty list" in reason(path)


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ("2020-07-15-do-ngang.txt", "2020-07-15-do-ngang"),
        ("2020/07/do-ngang.txt", "2020-07-do-ngang"),
        ("a.jsonl.xz", "a"),
        ("Ben_Sim.TXT", "Ben_Sim"),
    ],
)
def test_an_article_is_called_after_its_path_below_the_root(tmp_path: Path, below: str, expected: str) -> None:
    assert article_id(source(tmp_path / below, tmp_path)) == expected


def test_files_whose_names_fold_alike_keep_ids_of_their_own(tmp_path: Path) -> None:
    names = ["đò ngang.txt", "do-ngang.txt", "Đò-ngang.txt", "đò.ngang.txt"]
    ids = {article_id(source(tmp_path / name, tmp_path)) for name in names}
    assert len(ids) == len(names)
    assert "do-ngang" in ids


ARTICLE = Article(
    id="a",
    title="Một",
    lead="Hai",
    paragraphs=("Ba",),
    captions=(Caption("Bốn", "Năm"),),
    authors=(Author("Sáu", "sáu"),),
    published=Stamp(datetime(2020, 7, 15, tzinfo=UTC)),
    section="Bảy",
    source="Tám",
)

OTHER = {
    "id": "b",
    "title": "Một.",
    "lead": "",
    "paragraphs": ("Ba", ""),
    "captions": (Caption("Bốn Năm"),),
    "authors": (Author("SÁU", "sáu"),),
    "published": Stamp(datetime(2020, 7, 15, tzinfo=UTC), has_time=False),
    "section": "",
    "source": "",
}


def test_a_digest_changes_with_every_field() -> None:
    assert set(OTHER) == {field.name for field in fields(Article)}
    changed = [replace(ARTICLE, **{name: value}) for name, value in OTHER.items()]
    assert len({article_digest(article) for article in [ARTICLE, *changed]}) == len(OTHER) + 1


def test_a_digest_is_the_same_on_every_machine() -> None:
    # It is kept in the index: another value would have every article written again.
    assert article_digest(ARTICLE) == "42decdfe666244fd4f3e0820fed09938"
