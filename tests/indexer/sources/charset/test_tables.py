"""The code tables, against iconv and Python's codecs where these have them."""

from __future__ import annotations

import codecs
import shutil
import subprocess
from unicodedata import normalize

import pytest

from indexer.sources.charset.tables import TCVN3, VIETNAMESE, VISCII, VNI, VPS, WINDOWS_1252, WINDOWS_1258, Charset
from tests.indexer.sources.charset.writing import ARTICLE, LETTERS, TCVN3_LETTERS, legacy, letters_of


def by_iconv(text: str, charset: str) -> bytes:
    if not shutil.which("iconv"):
        pytest.skip("iconv is not installed")
    made = subprocess.run(
        ["iconv", "-f", "UTF-8", "-t", charset], input=text.encode(), capture_output=True, check=False
    )
    if b"not supported" in made.stderr:
        pytest.skip(f"this iconv does not know {charset}")
    assert made.returncode == 0, made.stderr
    return made.stdout


def read(charset: Charset, raw: bytes) -> str:
    return charset.read(raw.decode("latin-1"))


@pytest.mark.parametrize(
    ("charset", "name", "letters"),
    [
        (TCVN3, "TCVN", TCVN3_LETTERS),  # its other capitals are those of another part of the standard
        (VISCII, "VISCII", LETTERS),
        (WINDOWS_1258, "CP1258", LETTERS),
    ],
)
def test_every_letter_is_where_iconv_puts_it(charset: Charset, name: str, letters: str) -> None:
    text = f"x{letters}"  # what begins a sentence in TCVN3 is made a capital
    assert read(charset, by_iconv(text, name)) == text


@pytest.mark.parametrize("charset", [WINDOWS_1252, WINDOWS_1258])
def test_those_of_windows_are_as_python_has_them(charset: Charset) -> None:
    codec = f"cp{charset.name[-4:]}"
    for code in range(0x20, 0x100):
        letter = bytes([code]).decode(codec, "ignore")
        assert charset.read(chr(code)) == normalize("NFC", letter or chr(code))


@pytest.mark.parametrize("charset", VIETNAMESE, ids=lambda charset: charset.name)
def test_every_letter_comes_back(charset: Charset) -> None:
    for letter in letters_of(charset):
        assert read(charset, b"x" + legacy(letter, charset)) == f"x{letter}"


@pytest.mark.parametrize("charset", [VISCII, VPS])
def test_no_letter_has_two_codes(charset: Charset) -> None:
    letters = [charset.read(chr(code)) for code in range(1, 0x100)]
    assert sorted(letter for letter in letters if letter in LETTERS) == sorted(LETTERS)


@pytest.mark.parametrize("charset", VIETNAMESE, ids=lambda charset: charset.name)
def test_ascii_is_ascii(charset: Charset) -> None:
    plain = "".join(map(chr, range(0x20, 0x7F)))
    assert charset.read(plain) == plain


def test_samples_of_each() -> None:
    assert TCVN3.read("Ch\u00ee phi\u00aan h\u00e4p s\u00edm") == "Ch\u1ee3 phi\u00ean h\u1ecdp s\u1edbm"
    assert VNI.read("Chôï phieân hoïp sôùm, ñoø ngang, tæ leä") == "Chợ phiên họp sớm, đò ngang, tỉ lệ"
    assert VPS.read("Vi\u008ct Nam, ti\u0089ng") == "Việt Nam, tiếng"


def test_vni_as_some_programs_write_it() -> None:
    assert VNI.read("tiønh, chiùnh, kyï, Oâng, Aên, OÂNG") == "tình, chính, kỵ, Ông, Ăn, ÔNG"


def test_marks_that_stand_on_nothing_stay() -> None:
    assert VNI.read("Saâo, caféù") != VNI.read("Sao")
    assert VNI.read("10 ø, «û»") == "10 ø, «û»"


@pytest.mark.parametrize("charset", VIETNAMESE, ids=lambda charset: charset.name)
def test_characters_that_are_no_bytes_stay(charset: Charset) -> None:
    assert charset.read("x → 😀") == "x → 😀"


def test_signs_of_windows_beside_old_letters() -> None:
    raw = codecs.encode("“ngắn” – dài…".replace("ắ", "¾").replace("à", "µ"), "cp1252")
    assert read(TCVN3, raw) == "“ngắn” – dài…"


def test_articles_come_back() -> None:
    for charset in VIETNAMESE:
        assert "\n".join(map(charset.read, legacy(ARTICLE, charset).decode("latin-1").split("\n"))) == ARTICLE
