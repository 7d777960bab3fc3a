"""The words are pyvi's, token for token; the real pyvi is asked here, and nowhere else."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.canonical import canonical
from indexer.analysis.lexing import find_starts, lex
from indexer.analysis.segmentation import features_of, find_words, pyvi_tokens

SEEDS = Path(__file__).parents[3] / "seeds"

SENTENCES = [
    "",
    " \t ",
    "\n",
    "Tổ hợp tác xây dựng cầu qua lạch Hạ Lộc, ông Trần Văn Thử cho biết.",
    "Hội nghị sơ kết công tác tổ chức 6 tháng đầu năm; đã có 94% đơn vị báo cáo, trong đó 35/67 đạt loại khá…",
    "Bí thư Tỉnh ủy dự. Cấp ủy các cấp, cấp uỷ cơ sở.\nTỈNH ỦY VÀ ỦY BAN NHÂN DÂN TỈNH KẾT LUẬN",
    "Sáng 20-6-2020, lúc 10h07, giá 1.234.567,89 đồng/kg; Covid-19, H5N1, 3G, 5,5 điểm, 07/2020/NĐ-CP.",
    "TP.HCM, TP HCM, TPHCM, TP. HCM, Tp.Thủ Đức, Mr. Bean, Th.S Lan, ThS. Lan, GS.TS. Minh, khóa XIV. Đ/c Hà",
    "Xem http://vi-du.vn/tin?id=1,2 hay www.vi-du.vn, thư gửi ban.doc+1@vi-du.com.vn. hoặc a@b, @ai, x@y.z@t.u",
    "==> rồi -> tiếp >> hết ... (xem) “trích” ‘dẫn’ – — [1] {2} snake_case tên_biến 1_000 __init__ _",
    "nguyễn Văn Ba gặp Nguyễn văn Bốn ở sân bay Tân Lạc - Long Hải - Vũng Sửa",
    "emoji 🙂 và chữ Hán 漢字, tiếng Nga Привет, ﬁ, ß, İzmir, ΣΑΣ, ²",
    "a\0b xây\0dựng \0",
    "xây\u200bdựng \ufeffđầu \u00adcuối\u00a0cùng\x1cnhé\x85hết\u3000rồi",
    "Tiê\u0301ng Viê\u0323t không dựng sẵn",
    "A.B@C.D ĐA.b@x.vn ->c@d.ee ...@x.y a.b-c_d+e@f.g.h_i@j.k 1.2@3.4 T.Ư@x TP.a@b.c",
    "-----@a.b -@-.- a@b..c a@.b @@@a@b.c.@ a@b.c_d@e.f",
]

TokensByPyvi = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def tokens_by_pyvi() -> TokensByPyvi:
    from pyvi.ViTokenizer import ViTokenizer  # noqa: PLC0415 - takes seconds, and only these tests need it

    def tokens(text: str) -> list[str]:
        # A text without any syllable comes back as it is.
        return ViTokenizer.tokenize(text).split(" ") if ViTokenizer.sylabelize(text)[1] else []

    return tokens


# The same as pyvi


@pytest.mark.parametrize("text", SENTENCES)
def test_sentences_give_the_tokens_of_pyvi(text: str, tokens_by_pyvi: TokensByPyvi) -> None:
    assert pyvi_tokens(text) == tokens_by_pyvi(text)


def test_articles_give_the_tokens_of_pyvi(tokens_by_pyvi: TokensByPyvi) -> None:
    for path in SEEDS.glob("*.txt"):
        text = canonical(path.read_text(encoding="utf-8"))
        assert pyvi_tokens(text) == tokens_by_pyvi(text), path.name
        assert pyvi_tokens(text.upper()) == tokens_by_pyvi(text.upper()), path.name


CHARACTERS = "aàảâấbcdđeêệghiklmnoòoơợpqrstuủưvxyýABCDĐHNOÒTUPƯ0123456789.,-_/@:>=+~\n\t '\"%&()…–²İΣſ\0"
FRAGMENTS = [
    *"xây dựng Đảng cấp uỷ Nguyễn Văn TP. HCM Tp. ThS. XIV. USD ông Trị công tác tổ chức 1.5 20-6 http://".split(),
    *"a.b@x.vn @ . .. ... -> ==> >> - _ / : , \n \t".split(" "),
    " ",
    "\n",
]


@given(st.text(st.sampled_from(CHARACTERS), max_size=60))
@settings(deadline=None, max_examples=300)
def test_any_characters_give_the_tokens_of_pyvi(tokens_by_pyvi: TokensByPyvi, text: str) -> None:
    assert pyvi_tokens(text) == tokens_by_pyvi(text)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=30), st.sampled_from(["", " "]))
@settings(deadline=None, max_examples=300)
def test_any_phrases_give_the_tokens_of_pyvi(
    tokens_by_pyvi: TokensByPyvi, fragments: list[str], separator: str
) -> None:
    text = separator.join(fragments)
    assert pyvi_tokens(text) == tokens_by_pyvi(text)


@given(st.text(st.sampled_from("ab1.@-_+Đ>:/ "), max_size=40))
@settings(deadline=None, max_examples=500)
def test_addresses_in_any_surroundings_give_the_syllables_of_pyvi(tokens_by_pyvi: TokensByPyvi, text: str) -> None:
    assert pyvi_tokens(text) == tokens_by_pyvi(text)


# Lexemes and words


@given(st.text(max_size=60))
@settings(deadline=None)
def test_lexemes_are_the_text_without_its_blanks(text: str) -> None:
    lexemes = lex(text)
    assert "".join(lexemes) == "".join(letter for letter in text if not letter.isspace() or letter == "\n")
    for lexeme, start in zip(lexemes, find_starts(text, lexemes), strict=True):
        assert text[start : start + len(lexeme)] == lexeme


def test_words_of_several_syllables_are_found() -> None:
    features = [features_of(lexeme) for lexeme in "công tác tổ chức xây dựng Đảng".split()]
    assert find_words(features) == [(0, 2), (2, 4), (4, 6)]


# How it behaves


def test_pyvi_itself_is_never_imported() -> None:
    script = (
        "import sys; from indexer.analysis.segmentation import pyvi_tokens; pyvi_tokens('công tác tổ chức');"
        "print({'pyvi', 'sklearn', 'sklearn_crfsuite', 'pycrfsuite', 'numpy'} & set(sys.modules))"
    )
    root = Path(__file__).parents[3]
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=root)
    assert ran.stdout.strip() == "set()"


def test_threads_agree() -> None:
    texts = [f"{sentence} {number}" for sentence in SENTENCES for number in range(20)]
    expected = [pyvi_tokens(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        for answer in pool.map(lambda _: [pyvi_tokens(text) for text in texts], range(8)):
            assert answer == expected


HOSTILE = {
    "dashes": "-" * 200_000,
    "dashes before an @": "-" * 200_000 + "@",
    "dashes before an address": "-" * 200_000 + "@a.b",
    "initials": "a." * 100_000,
    "initials after an @": "x@" + "a." * 100_000,
    "at signs": "@" * 200_000,
    "broken addresses": "a@" * 100_000,
    "addresses": "a@b.c" * 40_000,
    "schemes": "a://" * 50_000,
    "capitals": "A" * 200_000,
    "digits": "1_1a" * 50_000 + "-://b",
    "one line": "xây dựng Đảng " * 15_000,
    "lone surrogates": "\ud800" * 200_000,
    "zeros": "a\0" * 100_000,
    "line ends": "\n" * 200_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_costs_no_more_than_its_length(name: str) -> None:
    """A fifth of a megabyte: half a second where time is linear, minutes where it is quadratic."""
    started = time.process_time()
    pyvi_tokens(HOSTILE[name])
    assert time.process_time() - started < 10
