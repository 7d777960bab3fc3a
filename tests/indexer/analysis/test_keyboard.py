"""Keystrokes of every syllable, typed in every usual order, give the syllable; other words give nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.keyboard import telex, viqr, vni
from indexer.analysis.syllables import fold, is_legal, legal_syllables, place_tone, place_tone_old
from tests.keystrokes import METHODS, ORDERS, Keys, keystrokes

LEGAL = list(legal_syllables())
DECODERS: dict[str, Callable[[str], str | None]] = {"telex": telex, "vni": vni, "viqr": viqr}


def spaced(text: str) -> list[str]:
    return text.split()


# Every syllable


def mistaken(method: str, order: str, spelled: Callable[[str], str] = str) -> Iterator[tuple[str, str]]:
    """Keystrokes that do not give their syllable back; those without any mark key stand for themselves."""
    for word in LEGAL:
        keys = keystrokes(spelled(word), METHODS[method], order)
        if (DECODERS[method](keys) or keys) != word:
            yield keys, word


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("method", ["telex", "vni"])
def test_every_syllable_comes_back_from_its_keystrokes(method: str, order: str) -> None:
    assert list(mistaken(method, order)) == []


def test_every_syllable_comes_back_from_viqr() -> None:
    assert list(mistaken("viqr", "at once")) == []


@pytest.mark.parametrize("method", DECODERS)
def test_it_does_not_matter_in_which_style_the_tone_was_typed(method: str) -> None:
    assert list(mistaken(method, "at once", place_tone_old)) == []


def test_the_encoders_of_these_tests_type_what_people_type() -> None:
    def typed(word: str, method: Keys) -> list[str]:
        return [keystrokes(word, method, order) for order in ORDERS]

    assert typed("người", METHODS["telex"]) == ["nguwowif", "nguwowfi", "nguoiwf"]
    assert typed("đảng", METHODS["telex"]) == ["ddangr", "ddarng", "dangdr"]
    assert typed("dựng", METHODS["vni"]) == ["du7ng5", "du75ng", "dung75"]
    assert keystrokes("đường", METHODS["viqr"], "at once") == "ddu+o+`ng"
    assert keystrokes("xoong", METHODS["telex"], "at once") == "xooong"


# The ways people type


@pytest.mark.parametrize(
    "pair",
    spaced(
        "xaay/xây duwngj/dựng ddangr/đảng dangrd/đảng ddarng/đảng nguoiwf/người nguowif/người nguwowif/người "
        "dduowcj/được dduwowcj/được dduocwj/được duowcjd/được thuowr/thuở thuwowr/thuở thuowng/thương quoocs/quốc "
        "quocos/quốc quocso/quốc hoaf/hòa hofa/hòa khoer/khỏe thuyr/thủy quys/quý muaw/mưa mwa/mưa nhwng/nhưng "
        "guwir/gửi guiwr/gửi huuw/hưu ruowuj/rượu ruouwj/rượu giawjt/giặt giatwj/giặt giwowngf/giường gif/gì "
        "tieengs/tiếng tiengse/tiếng vieetj/việt vietej/việt vietje/việt hanhf/hành chinhs/chính xoonx/xỗn awn/ăn "
        "quawng/quăng quangw/quăng loawts/loắt toawns/toắn uwcs/ức box/bõ as/á uyr/ủy yeeu/yêu yeue/yêu "
        "nguyeenx/nguyễn nguyenex/nguyễn nguyenxe/nguyễn khuyur/khuỷu ddieenj/điện dienjde/điện ddoongf/đồng tw/tư "
        "xooong/xoong ngoeof/ngoèo khoeo/khoeo hoasz/hoa hoaszf/hòa"
    ),
)
def test_telex(pair: str) -> None:
    keys, word = pair.split("/")
    assert (telex(keys) or keys) == place_tone(word)


@pytest.mark.parametrize(
    "pair",
    spaced(
        "xa6y/xây du75ng/dựng du7ng5/dựng dung75/dựng d9a3ng/đảng dang93/đảng dang39/đảng ngu7o7i2/người nguoi72/người "
        "nguo72i/người d9u7o7c5/được duoc795/được quoc61/quốc thuo73/thuở hoa2/hòa viet65/việt vie65t/việt a1/á "
        "am8/ăm nam8/năm hoa10/hoa hoa102/hòa"
    ),
)
def test_vni(pair: str) -> None:
    keys, word = pair.split("/")
    assert vni(keys) == place_tone(word)


@pytest.mark.parametrize(
    "pair",
    spaced("xa^y/xây du+.ng/dựng dda?ng/đảng ddu+o+`ng/đường nguo+`i/người thuo+?/thuở a(n/ăn hoa`/hòa ho`a/hòa"),
)
def test_viqr(pair: str) -> None:
    keys, word = pair.split("/")
    assert viqr(keys) == place_tone(word)


# What is no syllable in keystrokes


@pytest.mark.parametrize(
    "word",
    [
        "",
        *spaced(
            "nam xây hello covid oaanr mwuaj deadline facebook windows aff sars www jazz usd wto xaays5 hoasf asss"
        ),
    ],
)
def test_words_that_are_not_telex(word: str) -> None:
    assert telex(word) is None


@pytest.mark.parametrize("word", ["", *spaced("nam xây covid19 h5n1 u19 u23 g20 b52 mp3 h2o 4g 19 5a a12 a11 a66 d90")])
def test_words_that_are_not_vni(word: str) -> None:
    assert vni(word) is None


@pytest.mark.parametrize("word", ["", *spaced("nam xây u.s t.p c++ ... xa^^y xa^y`' vnexpress.net")])
def test_words_that_are_not_viqr(word: str) -> None:
    assert viqr(word) is None


@pytest.mark.parametrize("decode", DECODERS.values())
def test_what_came_through_an_input_method_is_not_keystrokes(decode: Callable[[str], str | None]) -> None:
    assert [word for word in LEGAL if word != fold(word) and decode(word)] == []


@given(st.text(max_size=12) | st.text(st.sampled_from("dngqutoaeiywfsrxjz0123456789^+(`'?~."), max_size=12))
@settings(deadline=None)
def test_only_legal_syllables_come_back(word: str) -> None:
    for decode in DECODERS.values():
        found = decode(word)
        assert found is None or (is_legal(found) and place_tone(found) == found != word)
        assert found is None or unicodedata.is_normalized("NFC", found)
