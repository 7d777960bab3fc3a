"""Captions: where the credit is, and which captions are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Caption
from indexer.sources.captions import merge_captions, read_caption


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Đò cập bến. (Ảnh: Hà My)", Caption("Đò cập bến.", "Hà My")),
        ("Đò cập bến. (Ảnh: Hà My).", Caption("Đò cập bến.", "Hà My")),
        ("Đò cập bến (Ảnh Hà My)", Caption("Đò cập bến", "Hà My")),
        ("Đò cập bến [ảnh: H. My]", Caption("Đò cập bến", "H. My")),
        ("Đò cập bến. Ảnh: Hà My", Caption("Đò cập bến.", "Hà My")),
        ("Đò cập bến. ẢNH: HÀ MY.", Caption("Đò cập bến.", "HÀ MY")),
        ("Đò cập bến, ảnh: Hà My", Caption("Đò cập bến", "Hà My")),
        ("Đò cập bến - Ảnh: Hà My", Caption("Đò cập bến", "Hà My")),
        ("Đò cập bến Ảnh: N.V.A", Caption("Đò cập bến", "N.V.A")),
        ("Đò cập bến. (Ảnh: nhân vật cung cấp)", Caption("Đò cập bến.", "nhân vật cung cấp")),
        ("Đò cập bến (Ảnh minh họa)", Caption("Đò cập bến (Ảnh minh họa)")),
        ("Ảnh: Hà My", Caption("", "Hà My")),
        ("(Ảnh: Hà My)", Caption("", "Hà My")),
    ],
)
def test_the_credit_is_taken_from_the_end(line: str, expected: Caption) -> None:
    assert read_caption(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Đò cập bến.",
        "Anh kể về bức ảnh (ảnh chụp năm ngoái)",
        "Người đứng giữa trong ảnh: Hà My",
        "Tiệm ảnh Hà My",
        "Ảnh: Hà My chụp. Sau đó bà con kéo nhau ra bến xem đò",
        "Đò cập bến. Ảnh: một hai ba bốn năm sáu bảy tám chín",
        "dài " * 300 + "(Ảnh: Hà My)",
    ],
)
def test_other_lines_are_no_captions(line: str) -> None:
    assert read_caption(line) is None


@given(st.text(max_size=80))
def test_any_line_can_be_asked(line: str) -> None:
    read_caption(line)
    read_caption(f"{line} (Ảnh: {line})")


def test_one_caption_printed_twice_is_kept_in_its_first_wording() -> None:
    captions = [
        Caption("Bà Tư và mấy người bạn gói bánh ở chợ Sim.", "Hà My"),
        Caption("Bà Tư và mấy người bạn gói bánh ở chợ Sim.", "Hà My"),
        Caption("BÀ TƯ VÀ MẤY NGƯỜI BẠN GÓI BÁNH Ở CHỢ SIM", "HÀ MY"),
        Caption("Chị Tư và mấy người bạn gói bánh ở chợ Sim.", "Hà My"),
    ]
    assert merge_captions(captions) == (captions[0],)


def test_a_credit_missing_at_first_is_added() -> None:
    captions = [Caption("Thu hòa giải."), Caption("Thu hoà giải", "Hà My")]
    assert merge_captions(captions) == (Caption("Thu hòa giải.", "Hà My"),)


@pytest.mark.parametrize(
    "other",
    [
        Caption("Đò cập bến Sim lúc sáng sớm.", "Văn Kỳ"),
        Caption("Đò rời bến Cát lúc chiều muộn.", "Hà My"),
        Caption("Đò cập bến Sim giữa trưa nắng."),
    ],
)
def test_different_photos_keep_their_captions(other: Caption) -> None:
    first = Caption("Đò cập bến Sim lúc sáng sớm.", "Hà My")
    assert merge_captions([first, other, first, other]) == (first, other)


def test_many_captions_take_little_time() -> None:
    captions = [Caption(f"số {number} " + "chữ " * 50, f"Tác giả {number % 7}") for number in range(1000)]
    assert merge_captions(captions)
