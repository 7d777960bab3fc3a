"""Names as they are signed: one person, one key. All names are made up."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.sources.signatures import author_key, decent_case, is_rank, without_rank


def test_one_name_has_one_key_however_it_is_written() -> None:
    spellings = ["ĐÌNH LÂM", "Đình Lâm.", " Đình  Lâm ", unicodedata.normalize("NFD", "Đình Lâm"), "Ðình Lâm"]
    assert {author_key(name) for name in spellings} == {"đình lâm"}
    assert author_key("Thu Hòa") == author_key("THU HOÀ")
    assert author_key("Thu Hòa") != author_key("Thu Hoa")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("BS Đình Lâm", "đình lâm"),
        ("PGS.TS. Lê Đình Lâm", "lê đình lâm"),
        ("Phó giáo sư, tiến sĩ Lê Đình Lâm", "phó giáo sư, tiến sĩ lê đình lâm"),
        ("Nhà báo Đình Lâm", "đình lâm"),
        ("Bác sĩ Lâm", "bác sĩ lâm"),
        ("Nhà văn hóa Bến Sim", "nhà văn hoá bến sim"),
        ("H. My", "h.my"),
        ("N. V. A", "n.v.a"),
        ("N.V.A.", "n.v.a"),
    ],
)
def test_ranks_and_blanks_after_initials_make_no_difference(name: str, key: str) -> None:
    assert author_key(name) == key


@given(st.text(min_size=1))
def test_a_key_is_never_empty(name: str) -> None:
    assert author_key(name)


@given(st.text(max_size=40) | st.lists(st.sampled_from("BS PGS.TS nhà văn Lê H. . Lâm".split())).map(" ".join))
def test_a_key_is_its_own_key(name: str) -> None:
    key = author_key(name)
    assert author_key(key) == key or not key.strip()


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("ĐÌNH LÂM", "Đình Lâm"),
        ("A LÂM", "A Lâm"),
        ("Đ.LÂM", "Đ.Lâm"),
        ("THS LÊ ĐÌNH LÂM", "ThS Lê Đình Lâm"),
        ("NHÀ VĂN LÊ ĐÌNH LÂM", "Nhà văn Lê Đình Lâm"),
        ("Đình LÂM", "Đình LÂM"),
        ("N.V.A", "N.V.A"),
        ("TTXVN", "TTXVN"),
        ("BAN", "BAN"),
        ("NBC NEWS", "NBC NEWS"),
    ],
)
def test_capitals_are_for_those_who_need_them(printed: str, shown: str) -> None:
    assert decent_case(printed) == shown


@given(st.text(max_size=40))
def test_a_decent_case_changes_no_key(name: str) -> None:
    assert author_key(decent_case(name)) == author_key(name)


def test_a_rank_is_not_a_name() -> None:
    assert is_rank("PGS.")
    assert not is_rank("PV")
    assert without_rank("Đại sứ Lê Lâm") == "Lê Lâm"
