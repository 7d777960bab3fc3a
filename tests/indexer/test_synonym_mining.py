"""Abbreviations that articles explain themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.canonical import canonical
from indexer.querying.synonyms import LONGEST_NAME, read_groups
from indexer.synonym_mining import Proposal, find_pairs, propose


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Kỳ họp của Hội đồng nhân dân (HĐND) tỉnh.", "HĐND = Hội đồng nhân dân"),
        ("Theo HĐND (Hội đồng nhân dân), kỳ họp kéo dài hai ngày.", "HĐND = Hội đồng nhân dân"),
        ("Sở Giáo dục và Đào tạo (GD&ĐT) cho biết", "GD&ĐT = Giáo dục và Đào tạo"),
        ("Bộ Giáo dục và Đào tạo (GD & ĐT)", "GD&ĐT = Giáo dục và Đào tạo"),
        ("Lao động - Thương binh và Xã hội (LĐ-TB&XH)", "LĐ-TB&XH = Lao động - Thương binh và Xã hội"),
        ("cháy lan, phòng cháy, chữa cháy (PCCC)", "PCCC = phòng cháy, chữa cháy"),
        ("thành phố Hồ Chí Minh (TP.HCM)", "TP.HCM = thành phố Hồ Chí Minh"),
        ("Ủy ban nhân dân (gọi tắt là UBND)", "UBND = Ủy ban nhân dân"),
        ("“Ủy ban nhân dân” (UBND)", "UBND = Ủy ban nhân dân"),
        ("đường dây nguyện vọng 1 (NV1)", "NV1 = nguyện vọng 1"),
        ("Ban Chấp hành Trung ương (BCHTƯ)", "BCHTƯ = Ban Chấp hành Trung ương"),
    ],
)
def test_initials_tell_what_an_abbreviation_is_short_for(text: str, line: str) -> None:
    assert [f"{pair.short} = {pair.long}" for pair in find_pairs(text)] == [line]


@pytest.mark.parametrize(
    "text",
    [
        "bà Angela Merkel (CDU)",
        "ông Nguyễn Văn Tám (NVT) khai",
        "Liên minh châu Âu (EU)",
        "Tổ chức Y tế Thế giới (WHO)",
        "báo Morning Post (MP)",
        "Hội doanh nhân dân gian (HĐND)",
        "chủ tịch hội đồng. Nhân dân (HĐND)",
        "nhân dân (HĐND)",
        "Hội đồng nhân dân (xem HĐND)",
        "HĐND (Hội đồng nhân dân tỉnh)",
        "Hội đồng nhân dân HĐND",
        "(HĐND)",
        "()",
    ],
)
def test_what_initials_do_not_tell_is_left_alone(text: str) -> None:
    assert [*find_pairs(text)] == []


@given(st.text(alphabet="HĐNDhđnd (&.-)1\nàvà", max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    for pair in find_pairs(canonical(text)):
        assert pair.short in read_groups(f"{pair.short} = {pair.long}").same[0][0].text
        assert len(pair.long.split()) <= 2 * LONGEST_NAME


ARTICLES = [
    ("c", ["Hội đồng nhân dân (HĐND)", "Hội đồng nhân dân (HĐND) lần nữa; quỹ đất (QĐ)"]),
    ("a", ["hội đồng nhân dân (HĐND)", "học sinh (HS)"]),
    ("b", ["Hội đồng nhân dân (HĐND)", "hồ sơ (HS)"]),
]


def test_proposals_count_articles_and_name_the_usual_spelling_and_an_example() -> None:
    best, *others = propose(ARTICLES, [])
    assert best == Proposal("HĐND", "Hội đồng nhân dân", 3, "a")
    assert best.line == "HĐND = Hội đồng nhân dân"
    assert [each.line for each in others] == ["HS = học sinh", "HS = hồ sơ", "QĐ = quỹ đất"]


def test_the_order_of_the_articles_makes_no_difference() -> None:
    assert propose(reversed(ARTICLES), []) == propose(ARTICLES, [])


def test_rare_ones_are_left_out() -> None:
    assert [each.short for each in propose(ARTICLES, [], least=2)] == ["HĐND"]


@pytest.mark.parametrize("line", ["hđnd = Hội đồng nhân dân = ABC", "- HĐND", "- HĐND = Hội đồng nhân dân"])
def test_what_a_list_says_or_strikes_out_is_not_proposed(line: str) -> None:
    proposals = propose(ARTICLES, [read_groups(""), read_groups(line)])
    assert [each.line for each in proposals] == ["HS = học sinh", "HS = hồ sơ", "QĐ = quỹ đất"]


def test_one_meaning_can_be_struck_out_and_the_other_proposed() -> None:
    proposals = propose(ARTICLES, [read_groups("- HS = hồ sơ")])
    assert [each.line for each in proposals if each.short == "HS"] == ["HS = học sinh"]
