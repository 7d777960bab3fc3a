"""Bylines: who is named, and what is no byline at all. All names are made up."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.sources.bylines import author_key, authors_named, read_byline


def names(text: str) -> list[str] | None:
    authors = read_byline(text)
    return None if authors is None else [author.name for author in authors]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Văn Kỳ", ["Văn Kỳ"]),
        ("Văn Kỳ.", ["Văn Kỳ"]),
        ("Văn Kỳ . .", ["Văn Kỳ"]),
        ("VĂN KỲ", ["VĂN KỲ"]),
        ("N.V.A", ["N.V.A"]),
        ("H. Thảo - L.Vy", ["H. Thảo", "L.Vy"]),
        ("Văn Kỳ - Hà My", ["Văn Kỳ", "Hà My"]),
        ("Văn Kỳ – Hà My", ["Văn Kỳ", "Hà My"]),
        ("Văn Kỳ, Hà My và Lê Tường", ["Văn Kỳ", "Hà My", "Lê Tường"]),
        ("Văn Kỳ; Hà My", ["Văn Kỳ", "Hà My"]),
        ("Văn Kỳ & Hà My", ["Văn Kỳ", "Hà My"]),
        ("VĂN KỲ-HÀ MY", ["VĂN KỲ", "HÀ MY"]),
        ("Văn Kỳ/Báo Bến và Đò", ["Văn Kỳ", "Báo Bến và Đò"]),
        ("Văn Kỳ/VTX-Tokyo", ["Văn Kỳ", "VTX-Tokyo"]),
        ("Văn Kỳ/bao.example", ["Văn Kỳ", "bao.example"]),
        ("Theo TTXVN", ["TTXVN"]),
        ("(Theo TTXVN)", ["TTXVN"]),
        ("TTXVN", ["TTXVN"]),
        ("PV", ["PV"]),
        ("P.V", ["P.V"]),
        ("CTV", ["CTV"]),
        ("Nhóm phóng viên", ["Nhóm phóng viên"]),
        ("CTV Hà My", ["Hà My"]),
        ("PV - H.My", ["PV", "H.My"]),
        ("Nguồn: Tân Hoa Xã", ["Tân Hoa Xã"]),
        ("Hà My (Theo Ben Song News, AFP)", ["Hà My", "Ben Song News", "AFP"]),
        ("Hà My (TTXVN)", ["Hà My", "TTXVN"]),
        ("Hà My (PV TTXVN tại Ottawa)", ["Hà My", "TTXVN tại Ottawa"]),
        ("Hà My (thực hiện)", ["Hà My"]),
        ("Hà My thực hiện", ["Hà My"]),
        ("Hà My (Tổng hợp)", ["Hà My"]),
        ("Hà My (tổng hợp)", ["Hà My"]),
        ("HÀ MY (ghi)", ["HÀ MY"]),
        ("Hà My/VTX (biên dịch) Theo: Reuters", ["Hà My", "VTX", "Reuters"]),
        ("Bài, ảnh: Hà My", ["Hà My"]),
        ("Bài và ảnh: HÀ MY", ["HÀ MY"]),
        ("Tin-ảnh: Hà My", ["Hà My"]),
        ("HÀ MY; ảnh: VĂN KỲ", ["HÀ MY", "VĂN KỲ"]),
        ("Hà My (ảnh: Văn Kỳ)", ["Hà My", "Văn Kỳ"]),
        ("Nhà văn Lê Tường", ["Nhà văn Lê Tường"]),
        ("Tản văn của Hà My", ["Hà My"]),
        ("Hà My - HÀ MY.", ["Hà My"]),
        ("Jean-Paul Martin", ["Jean-Paul Martin"]),
        ("Nguyễn Thị Thơ", ["Nguyễn Thị Thơ"]),
    ],
)
def test_authors_are_named_as_printed_without_their_part_in_it(printed: str, expected: list[str]) -> None:
    assert names(printed) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " . ",
        "Hết.",
        "Không",
        "Đò ngang đã chạy lại từ sáng nay.",
        "Hà My nói.",
        "Ông Lê Tường.",
        "Theo bà con, mùa này cá ít.",
        "Theo Sở Thủy lợi, Bến Sim có thêm hai đập.",
        "Ai về Bến Sim?",
        "Bến Sim...",
        "Bến Sim:",
        "Đoàn gồm: Hà My",
        "“Về Bến Sim”",
        "Ảnh: Hà My",
        "(Ảnh: Hà My)",
        "Bến Sim. (Ảnh: Hà My)",
        "Chợ họp. Hà My",
        "Hà " * 9,
        "Hà My, " * 30,
        ", ".join(f"Hà My{letter}" for letter in "ABCDEFGHIJKLMN"),
    ],
)
def test_sentences_and_photo_credits_are_no_bylines(text: str) -> None:
    assert read_byline(text) is None


def test_one_name_has_one_key_however_it_is_written() -> None:
    spellings = ["ĐÌNH LÂM", "Đình Lâm.", " Đình  Lâm ", unicodedata.normalize("NFD", "Đình Lâm"), "Ðình Lâm"]
    assert {author_key(name) for name in spellings} == {"đình lâm"}
    assert author_key("Thu Hòa") == author_key("THU HOÀ")
    assert author_key("Thu Hòa") != author_key("Thu Hoa")


@given(st.text(min_size=1))
def test_a_key_is_never_empty(name: str) -> None:
    assert author_key(name)


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(name: str) -> None:
    key = author_key(name)
    assert author_key(key) == key or not key.strip()


@given(st.text(max_size=130))
def test_any_text_can_be_asked(text: str) -> None:
    authors = read_byline(text)
    assert authors is None or all(author.name and author.key for author in authors)


def test_the_same_author_is_named_once() -> None:
    assert [author.name for author in authors_named(["Hà My", "", "HÀ MY", "Văn Kỳ"])] == [
        "Hà My",
        "Văn Kỳ",
    ]
