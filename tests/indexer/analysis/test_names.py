"""Names mined from capitals, and what they are names of."""

from __future__ import annotations

import pytest

from indexer.analysis.names import NO_NAMES, Names, find_names, name_kind
from indexer.model import CompletionKind

PERSON, PLACE = CompletionKind.PERSON, CompletionKind.PLACE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hôm qua ông Trần Văn Sáu đi chợ.", Names(people=("Trần Văn Sáu",))),
        ("Sáng nay, đồng chí Lê Thị Mơ phát biểu.", Names(people=("Lê Thị Mơ",))),
        ("Ông Trần Văn Sáu đi chợ.", Names(people=("Trần Văn Sáu",))),
        ("Bão đổ bộ vào tỉnh Khánh Hòa.", Names(places=("Khánh Hòa",))),
        ("Người dân (huyện Kim Bôi) góp gạo.", Names(places=("Kim Bôi",))),
        ("Anh sống ở thành phố Nha Trang.", Names(places=("Nha Trang",))),
        ("Theo lời Trần Văn Sáu thì thế.", Names(others=("Trần Văn Sáu",))),
        ("Bão vào tỉnh Khánh Hoà.", Names(places=("Khánh Hòa",))),
        ("Gặp tổng thống Pháp Jean Dupont.", Names(people=("Jean Dupont",))),
        ("Chủ tịch TP Hà Nội Trần Văn Sáu nói.", Names(people=("Trần Văn Sáu",), places=("Hà Nội",))),
    ],
)
def test_a_name_is_told_by_the_word_before_it(text: str, expected: Names) -> None:
    assert find_names([text]) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Mưa to.",
        "Chợ Mới họp sớm.",  # the first word of a sentence has its capital for that
        '"Mưa Ngâu đến sớm", bà nói.',
        "Ông gặp bộ trưởng Bộ Giao thông.",
        "Bị cáo là Trần Văn A, 20 tuổi.",
        "CHỦ TỊCH UBND TP HCM",
        "Giải Bóng Đá Trẻ Toàn Quốc Lần Hai khai mạc.",
    ],
)
def test_capitals_alone_make_no_name(text: str) -> None:
    assert find_names([text]) == NO_NAMES


def test_a_name_counts_once_an_article_as_most_of_the_article_calls_it() -> None:
    texts = ["Bão vào tỉnh Hòa Bình.", "Về lại tỉnh Hòa Bình, gặp bà Hòa Bình."]
    assert find_names(texts) == Names(places=("Hòa Bình",))


@pytest.mark.parametrize(
    ("name", "articles", "people", "places", "kind"),
    [
        ("Hà Nội", 10, 1, 6, PLACE),
        ("Hồ Chí Minh", 10, 6, 4, PERSON),
        ("Trần Văn Sáu", 10, 0, 0, PERSON),
        ("Khánh Hòa", 10, 0, 0, None),
        ("Mùa Thu", 100, 9, 0, None),
    ],
)
def test_the_kind_is_up_to_the_articles_and_then_to_the_family_name(
    name: str, articles: int, people: int, places: int, kind: CompletionKind | None
) -> None:
    assert name_kind(name, articles, people, places) is kind
