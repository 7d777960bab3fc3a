"""Zips: each file in one as if it lay in a folder, and none that does harm."""

from __future__ import annotations

import io
import json
import struct
import warnings
import zipfile
from collections.abc import Mapping

import pytest

from indexer.model import Rejected
from indexer.sources import unpacking
from tests.indexer.sources.inputs_for_tests import articles, read

TEXT = "Đò chạy lại\n\nBà con mừng.\n".encode()


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return raw.getvalue()


def rejects(raw: bytes) -> dict[str, str]:
    return {item.path: item.reason for item in read("bai.zip", raw) if isinstance(item, Rejected)}


def test_files_of_every_kind_are_read_in_the_order_of_their_names() -> None:
    lines = json.dumps({"title": "Một", "body": "Hai"}).encode()
    raw = zipped({"2021/b.jsonl": lines, "2020/a.txt": TEXT, "c.csv": b"title,body\nBa,Bon\n", "e/": b""})
    assert [article.id for article in articles(read("bai.zip", raw))] == ["file-2020-a", "file-2021-b-1", "file-c-2"]
    assert not rejects(raw)


def test_a_bad_file_is_named_and_never_stops_the_others() -> None:
    raw = zipped({"2020/a.txt": TEXT, "2020/b.txt": b"", "c.jsonl": b"x", "d.pdf": b"%PDF", "z.txt": TEXT})
    assert len(articles(read("bai.zip", raw))) == 2
    found = rejects(raw)
    assert "is empty" in found["bai.zip/2020/b.txt"]
    assert "not JSON" in found["bai.zip/c.jsonl"]
    assert "a PDF" in found["bai.zip/d.pdf"]


def test_damaged_bytes_of_one_file_leave_the_others_readable() -> None:
    raw = bytearray(zipped({"a.txt": TEXT * 20, "b.txt": TEXT}))
    raw[40:60] = bytes(20)
    assert [article.id for article in articles(read("bai.zip", bytes(raw)))] == ["file-b"]
    assert "bai.zip/a.txt" in rejects(bytes(raw))


@pytest.mark.parametrize("name", ["../a.txt", "/etc/a.txt", "x/../../a.txt", "C:\\a.txt", "..\\a.txt"])
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    (reason,) = rejects(zipped({name: TEXT, "b.txt": TEXT})).values()
    assert "leads out" in reason


def test_a_zip_in_a_zip_and_a_link_are_refused() -> None:
    link = zipfile.ZipInfo("l.txt")
    link.external_attr = 0o120777 << 16
    raw = io.BytesIO(zipped({"a.txt": TEXT, "b.zip": zipped({"c.txt": TEXT})}))
    with zipfile.ZipFile(raw, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    found = rejects(raw.getvalue())
    assert "zip in a zip" in found["bai.zip/b.zip"]
    assert "is a link" in found["bai.zip/l.txt"]


def test_encrypted_files_are_refused_one_by_one() -> None:
    raw = bytearray(zipped({"a.txt": TEXT, "b.txt": TEXT}))
    raw[raw.index(b"PK\1\2") + 8] |= 1
    assert [*rejects(bytes(raw))] == ["bai.zip/a.txt"]
    assert "password" in rejects(bytes(raw))["bai.zip/a.txt"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_whose_unpacking_has_no_bounds_are_refused(method: int) -> None:
    assert "deflate" in rejects(zipped({"a.txt": TEXT}, method))["bai.zip/a.txt"]


def test_what_would_swell_is_not_unpacked() -> None:
    assert "200 times" in rejects(zipped({"a.txt": bytes(3_000_000)}))["bai.zip/a.txt"]


def test_a_file_that_says_it_is_small_is_read_no_further_than_it_says() -> None:
    raw = bytearray(zipped({"a.txt": b"chu " * 100_000}))
    for mark, offset in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        struct.pack_into("<L", raw, raw.index(mark) + offset, 10)
    assert [*rejects(bytes(raw))] == ["bai.zip/a.txt"]


def test_too_many_files_are_not_even_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = zipped({f"{n}.txt": TEXT for n in range(30)})
    monkeypatch.setattr(unpacking, "MAX_ENTRIES", 20)
    assert "more than 20 files" in rejects(raw)["bai.zip"]
    monkeypatch.setattr(unpacking, "_DIRECTORY_BYTES_AN_ENTRY", 1)
    assert "more than 20 files" in rejects(raw)["bai.zip"]


@pytest.mark.parametrize("comment", [b"", b"PK\6\6" + bytes(52)], ids=["alone", "with a decoy behind it"])
def test_a_long_list_is_found_out_though_the_end_of_the_zip_tells_of_a_short_one(comment: bytes) -> None:
    raw = zipped({"a.txt": TEXT})
    end = bytearray(raw[raw.index(b"PK\5\6") :])
    struct.pack_into("<H", end, 20, len(comment))
    large = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, 10**9, 0)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, len(raw) - len(end), 1)
    lying = raw[: -len(end)] + large + locator + bytes(end) + comment
    assert "more than 200,000 files" in rejects(lying)["bai.zip"]


def test_entries_that_share_their_bytes_are_a_bomb() -> None:
    raw = zipped({"a.txt": TEXT * 3}, zipfile.ZIP_STORED)
    start, end = raw.index(b"PK\1\2"), raw.index(b"PK\5\6")
    entry = raw[start:end]
    many = entry * 200
    tail = bytearray(raw[end:])
    struct.pack_into("<2H2L", tail, 8, 200, 200, len(many), start)
    bomb = raw[:start] + many + bytes(tail)
    assert [*rejects(bomb)] == ["bai.zip"] or not articles(read("bai.zip", bomb))[1:]


def test_names_are_utf_8_even_where_the_zip_does_not_say_so() -> None:
    said = zipped({"Đò.txt": TEXT})
    unsaid = bytearray(said)
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        struct.pack_into("<H", unsaid, said.index(mark) + offset, 0)
    assert articles(read("bai.zip", bytes(unsaid))) == articles(read("bai.zip", said)) != []


def test_what_systems_and_browsers_leave_beside_articles_is_passed_over() -> None:
    page = "<h1>Đò chạy lại</h1><p>Bà con mừng lắm, vì chợ họp lại từ sớm và hàng về nhiều.</p>".encode()
    names = ["__MACOSX/._a.txt", "x/.DS_Store", "x/._a.txt", "Thumbs.db", "README.txt", "x/trang_files/a.css"]
    raw = zipped({"a.txt": TEXT, "x/trang.html": page, **dict.fromkeys(names, b"x")})
    assert [article.id for article in articles(read("bai.zip", raw))] == ["file-a", "file-x-trang"]
    assert not rejects(raw)


@pytest.mark.parametrize(
    "raw", [b"PK", b"PK\5\6", zipped({}), zipped({".DS_Store": b"x"}), zipped({"a.txt": TEXT})[:-30]]
)
def test_a_zip_without_articles_says_so(raw: bytes) -> None:
    assert [*rejects(raw)] == ["bai.zip"]


def test_a_name_twice_gives_both(recwarn: pytest.WarningsRecorder) -> None:
    raw = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(raw, "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("a.txt", TEXT)
        archive.writestr("a.txt", TEXT)
    assert len(articles(read("bai.zip", raw.getvalue()))) == 2
    assert not recwarn
