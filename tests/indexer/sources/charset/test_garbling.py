"""Text that was garbled before it came is mended; sound text is left alone."""

from __future__ import annotations

from random import Random
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.syllables import legal_syllables
from indexer.sources.charset import Decoded, mend
from indexer.sources.charset.tables import TCVN3, VIETNAMESE, VNI, Charset
from tests.indexer.sources.charset.writing import ARTICLE, legacy, look

LINES = ARTICLE.split("\n")
SYLLABLES = sorted(legal_syllables())
EACH = pytest.mark.parametrize("charset", VIETNAMESE, ids=lambda charset: charset.name)


def sentences(seed: int) -> str:
    """Some lines of legal syllables, no two alike."""
    words = Random(seed).sample(SYLLABLES, 60)
    return "\n".join(f"{' '.join(words[at : at + 20]).capitalize()}." for at in (0, 20, 40))


@EACH
@pytest.mark.parametrize("taken", ["latin-1", "cp1252", "cp1258"])
def test_an_old_character_set_taken_for_another(charset: Charset, taken: str) -> None:
    found = mend(look(legacy(ARTICLE, charset), taken))
    assert normalize("NFC", found.text) == ARTICLE
    assert charset.name in found.verdict or charset.name.endswith(taken.removeprefix("cp"))


@pytest.mark.parametrize("taken", ["latin-1", "cp1252", "cp1258"])
def test_utf_8_taken_for_another(taken: str) -> None:
    found = mend(look(ARTICLE.encode(), taken))
    assert found.text == ARTICLE
    assert found.verdict.startswith("is garbled, and was mended: UTF-8 → windows-125")


def test_utf_8_taken_for_another_twice() -> None:
    found = mend(look(look(ARTICLE.encode()).encode()))
    assert found == Decoded(ARTICLE, "is garbled, and was mended: UTF-8 → windows-1252 → windows-1252")


@EACH
def test_an_old_one_garbled_twice(charset: Charset) -> None:
    assert mend(look(look(legacy(ARTICLE, charset)).encode())).text == ARTICLE


@pytest.mark.parametrize("blank", [" ", "  ", "\u00a0 "])
def test_letters_whose_no_break_space_became_a_blank(blank: str) -> None:
    text = "Nhà ai cũng vào làm, cả làng là một tổ; bà và Hà ở lại, toàn đò đầy hàng."
    garbled = look(text.encode()).replace("\u00a0 ", blank).replace("\u00a0", " ")
    assert mend(garbled).text == text


def test_letters_that_became_nothing_are_lost_and_the_others_mended() -> None:
    garbled = ARTICLE.encode().decode("cp1252", "replace")  # five of its codes are nothing
    found = mend(garbled)
    assert [len(line.split()) for line in found.text.split("\n")] == [len(line.split()) for line in LINES]
    assert "lại bên bến" in found.text
    assert "\ufffd" in found.text
    assert found.verdict


@pytest.mark.parametrize(
    "line", ["§¶ng ta thËt lµ vÜ ®¹i", "Ñaûng ta thaät laø vó ñaïi", "Ä\x90áº£ng ta tháº\xadt lÃ  vÄ© Ä‘áº¡i"]
)
def test_a_title_alone(line: str) -> None:
    assert mend(line).text == "Đảng ta thật là vĩ đại"


def test_one_paragraph_of_a_sound_article() -> None:
    for charset in (TCVN3, VNI):
        garbled = [*LINES]
        garbled[2] = look(legacy(LINES[2], charset))
        found = mend("\n".join(garbled))
        assert found.text == ARTICLE
        assert found.verdict == f"is garbled in part, and was mended: {charset.name} → windows-1252"


SOUND = [
    "",
    "Gặp François Hollande và Gerhard Schröder ở Málaga",
    "François Müller, São Paulo, Curaçao, Peña Nieto",
    "«Lá» «hoa» 20 m², 35 °C, 20 µm, ½ lít, £5, ±3 %, §5, © 2004, ®",
    "Ðảng và Ðoàn, xã Ðông Hà",
    "Ðã có",
    "nghi\u00adêng ng\u00adả",
    "Les élèves de l'école à Genève ont déjà mangé très tôt, où êtes-vous",
    "Der größte Käse für Österreich, über Köln nach München",
    "El niño español añade más señales, ¿qué? ¡Olé!",
    "HĐND, QĐ-UBND, ĐH, Đ/c",
    "· Một · Hai · Ba ¶ §",
    "naïve",
]


@pytest.mark.parametrize("text", [*SOUND, "\n".join(SOUND), f"{ARTICLE}\n{SOUND[1]}", f"{SOUND[3]}\n{ARTICLE}"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_sound_text_stays(text: str, form: str) -> None:
    written = text if form == "NFC" else normalize("NFD", text)
    assert mend(written) == Decoded(written)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(["NFC", "NFD"]))
def test_any_sound_vietnamese_stays(seed: int, form: str) -> None:
    text = normalize(form, sentences(seed)) if form == "NFD" else sentences(seed)
    assert mend(text) == Decoded(text)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(VIETNAMESE), st.sampled_from(["latin-1", "cp1252", "cp1258"]))
def test_any_sentence_comes_back(seed: int, charset: Charset, taken: str) -> None:
    text = sentences(seed)
    assert normalize("NFC", mend(look(legacy(text, charset), taken)).text) == text


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(max_codepoint=0x1FF), max_size=200))
def test_the_number_of_lines_stays(text: str) -> None:
    found = mend(text)
    assert found.text.count("\n") == text.count("\n")
    assert found.verdict or found.text == text
