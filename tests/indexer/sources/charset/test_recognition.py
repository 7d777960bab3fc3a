"""Bytes become text in the character set in which they are Vietnamese; what would be a guess is refused."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.sources.charset import Undecodable, recognise
from indexer.sources.charset.tables import TCVN3, VIETNAMESE, VISCII, VNI, WINDOWS_1252, Charset
from tests.indexer.sources.charset.writing import ARTICLE, legacy, look

LINES = ARTICLE.split("\n")
EACH = pytest.mark.parametrize("charset", VIETNAMESE, ids=lambda charset: charset.name)


@EACH
def test_an_article_in_an_old_character_set(charset: Charset) -> None:
    found = recognise(legacy(ARTICLE, charset))
    assert (found.text, found.verdict) == (ARTICLE, f"is in {charset.name}")


@EACH
def test_a_line_will_do(charset: Charset) -> None:
    for line in LINES:
        assert recognise(legacy(line, charset)).text == line


@EACH
def test_with_line_ends_of_windows(charset: Charset) -> None:
    text = ARTICLE.replace("\n", "\r\n")
    assert recognise(legacy(text, charset)).text == text


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_sound_unicode_has_no_verdict(mark: bytes) -> None:
    found = recognise(mark + ARTICLE.encode())
    assert (found.text, found.verdict) == (ARTICLE, "")


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark(charset: str) -> None:
    found = recognise(ARTICLE.encode(charset))
    assert (found.text, found.verdict) == (ARTICLE, "is in UTF-16 without its byte order mark")


def test_garbled_text_in_a_sound_file_is_mended() -> None:
    found = recognise(look(legacy(ARTICLE, TCVN3)).encode("utf-16"))
    assert (found.text, found.verdict) == (ARTICLE, "is garbled, and was mended: TCVN3 (ABC) → windows-1252")


@pytest.mark.parametrize("others", [(VNI,), (VNI, VISCII), (None,), (None, VNI)])
def test_each_paragraph_may_be_in_its_own(others: tuple[Charset | None, ...]) -> None:
    turns = (TCVN3, *others)
    written = [turns[at % len(turns)] for at in range(len(LINES))]
    raw = b"\n".join(
        legacy(line, charset) if charset else line.encode() for line, charset in zip(LINES, written, strict=True)
    )
    found = recognise(raw)
    assert found.text == ARTICLE
    assert all((charset.name if charset else "UTF-8") in found.verdict for charset in turns)


def test_windows_1252_has_some_vietnamese_letters() -> None:
    text = "Bà Hà và bé Tú ðã có nhà, cô Lý thì chưa; chú Tâm kêu ông Thành không khó.".replace("ư", "u")
    found = recognise(text.encode("cp1252"))
    assert (found.text, found.verdict) == (text, f"is in {WINDOWS_1252.name}")


@pytest.mark.parametrize(
    "text",
    [
        "The market opens at dawn. “It has always been here”, she says – and smiles.",
        "Le marché ouvre à l'aube, les élèves y passent très tôt avant l'école.",
        "20 m² – 35 °C",
    ],
)
def test_other_languages_are_in_windows_1252(text: str) -> None:
    found = recognise(text.encode("cp1252"))
    assert (found.text, found.verdict) == (text, "is in windows-1252")


def test_a_lost_byte_costs_a_letter_and_is_told() -> None:
    letter = "ộ".encode()
    found = recognise(ARTICLE.encode().replace(letter, letter[:2], 1))
    assert (found.text, found.verdict) == (ARTICLE.replace("ộ", "\ufffd", 1), "is in UTF-8; characters lost: 1")


@pytest.mark.parametrize(
    "raw",
    [
        b"\x80",
        b"a\n\xff",
        b"\xff\x00\xff",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        bytes(range(1, 256)) * 20,
        "Рынок открывается на рассвете, как всегда.".encode("cp1251"),
        "市场在黎明时分开放".encode("gb2312"),
        legacy("Hà Nội", TCVN3),  # two syllables are some in other sets too
    ],
)
def test_what_would_be_a_guess_is_refused(raw: bytes) -> None:
    with pytest.raises(Undecodable) as caught:
        recognise(raw)
    assert "save the file as UTF-8" in caught.value.reason


def test_the_line_of_the_first_strange_byte_is_named() -> None:
    with pytest.raises(Undecodable) as caught:
        recognise(b"Mot\nHai\nBa \x81\x81\n")
    assert caught.value.line == 3


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(raw: bytes) -> None:
    try:
        found = recognise(raw)
    except Undecodable as error:
        assert error.line in range(1, raw.count(b"\n") + 2)  # noqa: PT017 - only where it is refused
    else:
        assert "\0" not in found.text


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(VIETNAMESE), st.lists(st.sampled_from(LINES), min_size=1, max_size=5))
def test_any_lines_keep_their_number(charset: Charset, lines: list[str]) -> None:
    raw = legacy("\n\n".join(lines), charset)
    assert recognise(raw).text.split("\n") == "\n\n".join(lines).split("\n")
