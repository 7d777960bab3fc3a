"""Bytes become text, or tell on which line they stop being text."""

from __future__ import annotations

import codecs

import pytest

from indexer.sources.charset import Undecodable, decode

TEXT = "Chợ phiên họp sớm\nĐò ngang cập bến."


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16 little", "utf-16 big"],
)
def test_text_is_read_with_and_without_a_byte_order_mark(raw: bytes) -> None:
    assert decode(raw) == TEXT


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b"\x80", 1),
        (b"m\xe1\xbb\x99t\nhai \xc3\n", 2),
        (b"mot\nhai\nba \xed\xa0\x80", 3),
        (b"mot\nhai\0ba", 2),
        (codecs.BOM_UTF16_LE + "một\nhai\n".encode("utf-16-le") + b"\x00\xd8", 3),
        (codecs.BOM_UTF16_LE + b"m", 1),
        (codecs.BOM_UTF32_LE + "một".encode("utf-32-le"), 1),
        ("một\n".encode("utf-16-le"), 1),
    ],
)
def test_the_line_of_the_first_bad_byte_is_named(raw: bytes, line: int) -> None:
    with pytest.raises(Undecodable) as caught:
        decode(raw)
    assert caught.value.line == line


def test_no_bytes_are_no_text() -> None:
    assert decode(b"") == ""
