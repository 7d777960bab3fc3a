"""TCVN3 lost most of its capitals to a font; those that show are restored, and no others."""

from __future__ import annotations

import pytest

from indexer.sources.charset.tables import TCVN3
from tests.indexer.sources.charset.writing import legacy


def read_back(text: str) -> str:
    """Typed in capitals, in the font that draws them; ASCII letters and its seven own capitals stay."""
    return TCVN3.read(legacy(text, TCVN3).decode("latin-1"))


@pytest.mark.parametrize(
    "text",
    [
        "CHỢ PHIÊN HỌP LẠI",
        "HÀ NỘI",
        "Ở BẾN ĐÒ CỬA TRẦM",
        "UBND TỈNH QUẢNG NAM họp",
        "Tin từ TP.HCM: GIÁ LÚA TĂNG 5,5 % Ở AN GIANG.",
        "Họ đã ở ĐÀ NẴNG từ lâu",
        "Ủy ban xã họp. Ý kiến của bà con được ghi. Ảnh đẹp!",
        "“Ở đây vui lắm”, bà cười.",
    ],
)
def test_capitals_that_show(text: str) -> None:
    assert read_back(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Hà Nội và Đà Nẵng",
        "UBND ở xã",
        "ăn ở có nơi",
        "Tổ 5 ở v.v. ở đó",
        "Trưởng ban là ông A ở đó",
        "",
    ],
)
def test_small_letters_stay(text: str) -> None:
    assert read_back(text) == text


def test_what_was_typed_small_does_not_show() -> None:
    assert read_back("sang ấn Độ") == "sang ấn Độ"
