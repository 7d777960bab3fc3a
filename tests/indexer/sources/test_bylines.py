"""Bylines: who is named, and what is no byline at all. All names are made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.sources.bylines import authors_named, read_byline


def names(text: str) -> list[str] | None:
    authors = read_byline(text)
    return None if authors is None else [author.name for author in authors]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Văn Kỳ", ["Văn Kỳ"]),
        ("Văn Kỳ.", ["Văn Kỳ"]),
        ("Văn Kỳ . .", ["Văn Kỳ"]),
        ("VĂN KỲ", ["Văn Kỳ"]),
        ("N.V.A", ["N.V.A"]),
        ("H. Thảo - L.Vy", ["H. Thảo", "L.Vy"]),
        ("Văn Kỳ - Hà My", ["Văn Kỳ", "Hà My"]),
        ("Văn Kỳ – Hà My", ["Văn Kỳ", "Hà My"]),
        ("Văn Kỳ, Hà My và Lê Tường", ["Văn Kỳ", "Hà My", "Lê Tường"]),
        ("Văn Kỳ; Hà My", ["Văn Kỳ", "Hà My"]),
        ("Văn Kỳ & Hà My", ["Văn Kỳ", "Hà My"]),
        ("VĂN KỲ-HÀ MY", ["Văn Kỳ", "Hà My"]),
        ("Văn Kỳ/Báo Bến và Đò", ["Văn Kỳ", "Báo Bến và Đò"]),
        ("Văn Kỳ/VTX-Tokyo", ["Văn Kỳ", "VTX"]),
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
        ("Hà My (PV TTXVN tại Ottawa)", ["Hà My", "TTXVN"]),
        ("Hà My (thực hiện)", ["Hà My"]),
        ("Hà My thực hiện", ["Hà My"]),
        ("Hà My (Tổng hợp)", ["Hà My"]),
        ("Hà My (tổng hợp)", ["Hà My"]),
        ("HÀ MY (ghi)", ["Hà My"]),
        ("Hà My/VTX (biên dịch) Theo: Reuters", ["Hà My", "VTX", "Reuters"]),
        ("Bài, ảnh: Hà My", ["Hà My"]),
        ("Bài và ảnh: HÀ MY", ["Hà My"]),
        ("Tin-ảnh: Hà My", ["Hà My"]),
        ("HÀ MY; ảnh: VĂN KỲ", ["Hà My", "Văn Kỳ"]),
        ("Hà My (ảnh: Văn Kỳ)", ["Hà My", "Văn Kỳ"]),
        ("Nhà văn Lê Tường", ["Nhà văn Lê Tường"]),
        ("Tản văn của Hà My", ["Hà My"]),
        ("Hà My - HÀ MY.", ["Hà My"]),
        ("Jean-Paul Martin", ["Jean-Paul Martin"]),
        ("Nguyễn Thị Thơ", ["Nguyễn Thị Thơ"]),
        # where they write from, what they are, and whose pictures are shown
        ("Văn Kỳ - Hà My Phóng viên Báo Bến và Đò thường trú tại Bến Sim", ["Văn Kỳ", "Hà My", "Báo Bến và Đò"]),
        ("Hà My (từ Bến Sim)", ["Hà My"]),
        ("VĂN KỲ (Cà Mau)", ["Văn Kỳ"]),
        ("Văn Kỳ – Giám đốc Công ty Đò và Bến", ["Văn Kỳ"]),
        ("PGS, TS Lê Văn Kỳ", ["TS Lê Văn Kỳ"]),
        ("BS LÊ VĂN KỲ", ["BS Lê Văn Kỳ"]),
        ("Hà My/Ảnh Văn Kỳ", ["Hà My", "Văn Kỳ"]),
        ("Hà My (Ảnh do gia đình cung cấp)", ["Hà My"]),
        ("Hà My (Video: Ben Song News)", ["Hà My"]),
        # whom they follow
        ("Hà My / Theo báo chí nước ngoài", ["Hà My"]),
        ("Hà My ((Tổng hợp từ Reuters, AFP)", ["Hà My", "Reuters", "AFP"]),
        ("Hà My (Theo the Ben Song, AFP)", ["Hà My", "the Ben Song", "AFP"]),
        ("Hà My/bensong.vn Ben Song Times, AFP", ["Hà My", "bensong.vn", "Ben Song Times", "AFP"]),
        ("Hà My/bnews/vnanet.vn", ["Hà My", "bnews", "vnanet.vn"]),
        ("Nguồn: Bộ Thủy lợi, Reuters", ["Bộ Thủy lợi", "Reuters"]),
        ("Hà My (T / H)", ["Hà My"]),
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
        "THÔNG TIN DỊCH VỤ",
        "Nguyên Giám đốc Sở Thủy lợi",
        "Theo báo chí nước ngoài",
        "Nhưng, từ nay đò chạy cả đêm.",
        "Hà My, ở Bến Sim cũng nói vậy.",
        "Lê Tường, giám đốc bến đò vẫn đi làm.",
        "Lê Tường - Giám đốc Bến Sim sẽ trả lời chúng tôi.",
        "Đại sứ Pháp tại Việt Nam Jean Martin.",
        "Theo TTXVN, Chủ tịch xã đã về Bến Sim.",
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


@given(st.text(max_size=130))
def test_any_text_can_be_asked(text: str) -> None:
    authors = read_byline(text)
    assert authors is None or all(author.name and author.key for author in authors)


def test_the_same_author_is_named_once() -> None:
    assert [author.name for author in authors_named(["Hà My", "", "HÀ MY", "Văn Kỳ"])] == [
        "Hà My",
        "Văn Kỳ",
    ]
