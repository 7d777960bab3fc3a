"""The tables a build carries: what is written is what is read, and nothing else passes for one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.errors import IndexDamaged
from indexer.manifest import SOURCES, Note, Sources, SourceState, read_roots, read_sources, write_sources

TABLE = Sources(
    ("/kho/báo", "/kho/ba\udcec"),  # the second name is no UTF-8
    {
        "/kho/báo/a.txt": SourceState(10, 1_700_000_000_123_456_789, 1_700_000_100_000_000_000, "0a1b"),
        "/kho/báo/b.jsonl": SourceState(
            0, -1, 2, "", (Note(3, "is not JSON"), Note(None, "may not be read"), Note(2, "is empty", "/a.txt"))
        ),
    },
    {"/kho/báo/b.jsonl": "a"},
)


@pytest.mark.parametrize("sources", [TABLE, Sources()])
def test_the_table_of_sources_comes_back_as_it_was(tmp_path: Path, sources: Sources) -> None:
    write_sources(tmp_path, sources)
    assert read_sources(tmp_path) == sources
    assert read_roots(tmp_path) == sources.roots


@pytest.mark.parametrize("column", ["roots", "paths", "sizes", "mtimes_ns", "read_at_ns", "rejects"])
def test_a_table_that_lacks_something_is_damaged(tmp_path: Path, column: str) -> None:
    write_sources(tmp_path, TABLE)
    table = json.loads((tmp_path / SOURCES).read_text(encoding="utf-8"))
    if column in ("roots", "rejects"):
        del table[column]
    else:
        table[column].pop()
    (tmp_path / SOURCES).write_text(json.dumps(table), encoding="utf-8")
    with pytest.raises(IndexDamaged, match="table of sources"):
        read_sources(tmp_path)


def test_a_table_of_an_older_program_knows_no_bytes_and_no_addresses(tmp_path: Path) -> None:
    write_sources(tmp_path, TABLE)
    table = json.loads((tmp_path / SOURCES).read_text(encoding="utf-8"))
    del table["digests"], table["addresses"], table["remarks"]
    (tmp_path / SOURCES).write_text(json.dumps(table), encoding="utf-8")
    old = {path: state._replace(digest="") for path, state in TABLE.files.items()}
    assert read_sources(tmp_path) == Sources(TABLE.roots, old)


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"roots": ['])
def test_what_is_no_table_is_damaged(tmp_path: Path, text: str) -> None:
    (tmp_path / SOURCES).write_text(text, encoding="utf-8")
    with pytest.raises(IndexDamaged):
        read_sources(tmp_path)
    with pytest.raises(IndexDamaged):
        read_roots(tmp_path)
