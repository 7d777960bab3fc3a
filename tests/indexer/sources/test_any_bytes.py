"""Whatever bytes a file holds, its reader gives articles or reasons; it never raises."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import zipfile
from functools import cache

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.model import Article
from indexer.sources.formats import SUFFIXES
from indexer.sources.reader import MISTAKE
from tests.indexer.sources.inputs_for_tests import read

TEXT = "08:30, 14/07/2020\n\nĐò chạy lại\n\nSáng nay đông người.\n\nBà con mừng. (Ảnh: Hà My)\n\nVăn Kỳ\n"
RECORD = {"title": "Đò chạy lại", "body": "Bà con mừng.", "author": "Văn Kỳ", "captions": ["Đò. (Ảnh: Hà My)"]}
PAGE = f"""<html><head><title>Đò - Báo</title><meta property=og:title content="Đò chạy lại"><meta charset=utf-8>
<script type="application/ld+json">{json.dumps({"@graph": [{"@type": "NewsArticle", **RECORD}]})}</script></head>
<body><h1>Đò chạy lại</h1><table><tr><td><p>Bà con hai bên sông mừng lắm.<p>Nước rút.<br><br>Văn Kỳ</table></html>"""


@cache
def sound(suffix: str) -> bytes:
    """A good file of each format."""
    line = json.dumps(RECORD).encode() + b"\n"
    match suffix:
        case ".txt":
            return TEXT.encode()
        case ".html" | ".htm":
            return PAGE.encode()
        case ".mhtml" | ".mht":
            return b'MIME-Version: 1.0\nContent-Type: text/html; charset="utf-8"\n\n' + PAGE.encode()
        case ".docx":
            return word()
        case ".json":
            return json.dumps([RECORD]).encode()
        case ".csv" | ".tsv":
            return 'title\tbody\n"Đò ""chạy"" lại"\t"Bà con\nmừng."\n'.encode()
        case ".zip":
            return zipped()
        case ".jsonl.gz":
            return gzip.compress(line, mtime=0)
        case ".jsonl.xz":
            return lzma.compress(line)
        case _:
            return line


def word() -> bytes:
    document, file = docx.Document(), io.BytesIO()
    for line in TEXT.split("\n\n"):
        document.add_paragraph(line)
    document.save(file)
    return file.getvalue()


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for suffix in (".txt", ".jsonl", ".csv"):
            archive.writestr(f"bài{suffix}", sound(suffix))
    return file.getvalue()


def check(suffix: str, raw: bytes) -> None:
    items = read(f"bai{suffix}", raw)
    assert items
    for item in items:
        if isinstance(item, Article):
            assert item.title
            assert item.passages()
        else:
            assert item.path.startswith("bai")
            assert item.reason
            assert MISTAKE not in item.reason


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_sound_file_gives_an_article(suffix: str) -> None:
    assert all(isinstance(item, Article) for item in read(f"bai{suffix}", sound(suffix)))


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=15, deadline=None)
@given(raw=st.binary(max_size=400))
def test_any_bytes(suffix: str, raw: bytes) -> None:
    check(suffix, raw)


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=30, deadline=None)
@given(
    cuts=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=12)),
        min_size=1,
        max_size=4,
    )
)
def test_sound_files_with_pieces_missing_and_others_put_in(suffix: str, cuts: list[tuple[float, int, bytes]]) -> None:
    raw = sound(suffix)
    for where, length, new in cuts:
        at = int(where * len(raw))
        raw = raw[:at] + new + raw[at + length :]
    check(suffix, raw)
