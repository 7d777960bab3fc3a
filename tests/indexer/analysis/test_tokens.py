"""What is indexed of a text, and where it stands."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.canonical import canonical
from indexer.analysis.lexing import lex
from indexer.analysis.segmentation import features_of, find_words
from indexer.analysis.syllables import place_tone, place_tone_old
from indexer.analysis.tokens import LONGEST_TOKEN, Token, analyse, syllables_of, terms_of


def terms(text: str) -> list[str]:
    return [token.text for token in syllables_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Công tác XÂY DỰNG Đảng.", "công tác xây dựng đảng"),
        ("Ủy viên, uỷ viên; hòa thuận, HOÀ THUẬN", "uỷ viên uỷ viên hoà thuận hoà thuận"),
        ("Ngưòi ta đựơc qúy", "người ta được quý"),
        ("khóa XIV. Giá 5 USD... hết", "khoá xiv giá 5 usd hết"),
        ("“Vâng!” – (ông) nói… & cười :-)", "vâng ông nói cười"),
        ("Covid-19 và H5N1, 94%, 20-6", "covid 19 và h5n1 94 20 6"),
        ("giá 1.234.567,89 đồng lúc 10h07", "giá 1.234.567,89 đồng lúc 10h07"),
        ("Đ/c Nguyễn Văn A, T.Ư, v.v.", "đ c nguyễn văn a t ư v v"),
        ("tên_biến _ __ __init__", "tên_biến __init__"),
        ("", ""),
        ("\n \t…", ""),
    ],
)
def test_words_are_lower_case_in_the_new_style_without_signs(text: str, expected: str) -> None:
    assert terms(text) == expected.split()


@pytest.mark.parametrize(
    "text", ["TP.HCM", "TP HCM", "TPHCM", "TP. HCM", "tphcm", "tp.hcm", "Tp.HCM", "TPHCM.", "(TpHCM)"]
)
def test_every_way_of_writing_the_city_gives_the_same_tokens(text: str) -> None:
    assert terms(f"ở {text}, sáng nay") == ["ở", "tp", "hcm", "sáng", "nay"]


def test_the_parts_of_a_joined_abbreviation_have_places_of_their_own() -> None:
    assert syllables_of("Ở TPHCM.") == [Token("ở", 0, 1), Token("tp", 2, 4), Token("hcm", 4, 7)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://vi-du.vn/tin_moi?id=1,", "http vi du vn tin_moi id 1"),
        ("https://tphcm.vi-du.vn", "https tp hcm vi du vn"),
        ("ban.doc@vi-du.com.vn", "ban doc vi du com vn"),
        ("http://vi-du.vn/hòa-bình", "http vi du vn hoà bình"),
        ("@ai", "ai"),
    ],
)
def test_addresses_are_found_by_their_parts(text: str, expected: str) -> None:
    assert terms(text) == expected.split()
    assert all(text[start:end].lower() in (term, place_tone_old(term)) for term, start, end in syllables_of(text))


def test_a_long_word_is_known_by_its_beginning() -> None:
    word = "Z" * 500
    assert syllables_of(f"a {word}") == [Token("a", 0, 1), Token("z" * LONGEST_TOKEN, 2, 502)]
    assert terms(f"http://{word}") == ["http", "z" * LONGEST_TOKEN]


def test_letters_that_grow_in_lower_case_keep_their_place() -> None:
    assert syllables_of("İZMİR xa") == [Token("i̇zmi̇r", 0, 5), Token("xa", 6, 8)]


# Compounds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Công tác tổ chức xây dựng Đảng", "công_tác tổ_chức xây_dựng"),
        ("CẤP ỦY, cấp ủy, cấp uỷ", "cấp_uỷ cấp_uỷ cấp_uỷ"),
        ("đi về", ""),
        ("", ""),
    ],
)
def test_compounds_are_the_words_of_several_syllables(text: str, expected: str) -> None:
    assert analyse(text).compounds == expected.split()


def test_compounds_are_free_of_signs() -> None:
    text = "Thuế TP. Hà Nội, W. Bush, T X. nhà, Sở Y tế TP.HCM" * 3
    for compound in analyse(text).compounds:
        assert all(part.isalnum() for part in compound.split("_"))


@given(st.lists(st.sampled_from("Bí thư tỉnh uỷ hoà bình thuỷ lợi khoẻ mạnh ông Quý TP. HCM , . \n".split(" "))))
@settings(deadline=None)
def test_the_style_of_tone_placement_makes_no_difference(words: list[str]) -> None:
    new = " ".join(words)
    old = " ".join(place_tone_old(word) for word in words)
    assert analyse(old) == analyse(new)


# Rules for every text

TEXT = st.text(max_size=80) | st.text(
    st.sampled_from("aàảâấcđeêghimnoòơtuủưyABĐHNOÒTPMC01.,-_/@:>\n\t 'İſﬁ…😀\u0301"), max_size=80
)
PHRASES = st.lists(
    st.sampled_from(["TPHCM", "hòa", "Ủy", "a@b.vn", "http://", ".", "1.5", "-", " ", "\n", "xây dựng", "_", "Tp."])
).map("".join)


@given((TEXT | PHRASES).map(canonical))
@settings(deadline=None, max_examples=300)
def test_queries_and_articles_give_the_same_tokens(text: str) -> None:
    assert terms(text) == analyse(text).terms == terms_of(text)


@given((TEXT | PHRASES).map(canonical))
@settings(deadline=None, max_examples=300)
def test_compounds_are_the_words_of_pyvi_in_the_new_style(text: str) -> None:
    lexemes = [place_tone(lexeme) for lexeme in lex(text)]
    bounds = find_words([features_of(lexeme) for lexeme in lexemes])
    words = [[each for lexeme in lexemes[first:end] if len(each := terms(lexeme)) == 1] for first, end in bounds]
    assert analyse(text).compounds == ["_".join(chain(*word))[:LONGEST_TOKEN] for word in words if len(word) > 1]


@given((TEXT | PHRASES).map(canonical))
@settings(deadline=None, max_examples=300)
def test_a_token_is_what_stands_at_its_place(text: str) -> None:
    end_before = 0
    for term, start, end in syllables_of(text):
        assert end_before <= start < end <= len(text)
        assert place_tone(text[start:end].lower())[:LONGEST_TOKEN] == term
        end_before = end


@given((TEXT | PHRASES).map(canonical))
@settings(deadline=None)
def test_a_token_has_a_letter_or_digit_and_no_blank(text: str) -> None:
    for term in terms(text):
        assert any(character.isalnum() for character in term)
        assert not any(character.isspace() for character in term)
        assert len(term) <= LONGEST_TOKEN


@given((TEXT | PHRASES).map(canonical))
@settings(deadline=None)
def test_what_is_indexed_is_found_again_by_its_own_spelling(text: str) -> None:
    for term in terms(text):
        whole = term != "hcm" and len(term) < LONGEST_TOKEN
        if whole and "\u0307" not in term:  # the lower case of the Turkish İ is two characters, the second a mark
            assert " ".join(terms(canonical(term))).replace(" ", "") == term
