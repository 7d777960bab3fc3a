"""The grammar of the syllable, tone placement and spelling variants."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.syllables import (
    Syllable,
    Tone,
    fold,
    goes_on,
    has_marks,
    is_legal,
    iy_variant,
    legal_syllables,
    parse,
    place_tone,
    place_tone_old,
    refines,
)

LEGAL = list(legal_syllables())
VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
WORDS = st.text(st.sampled_from(VIETNAMESE + VIETNAMESE.upper()), max_size=8)


def spaced(text: str) -> list[str]:
    return text.split()


# The grammar


def test_the_tables_hold_every_spelling_once() -> None:
    assert len(LEGAL) == len(set(LEGAL)) == 17_406
    assert len({fold(word) for word in LEGAL}) == 2_401
    assert len({(syllable.onset, syllable.rime) for word in LEGAL if (syllable := parse(word))}) == 3_767


@pytest.mark.parametrize(
    ("word", "onset", "rime", "tone"),
    [
        ("xây", "x", "ây", Tone.NGANG),
        ("dựng", "d", "ưng", Tone.NANG),
        ("nghiêng", "ngh", "iêng", Tone.NGANG),
        ("quốc", "qu", "ôc", Tone.SAC),
        ("giá", "gi", "a", Tone.SAC),
        ("gì", "gi", "i", Tone.HUYEN),
        ("gìn", "gi", "in", Tone.HUYEN),
        ("giếng", "gi", "iêng", Tone.SAC),
        ("ý", "", "y", Tone.SAC),
        ("khuỷu", "kh", "uyu", Tone.HOI),
        ("ngã", "ng", "a", Tone.NGA),
    ],
)
def test_a_syllable_is_onset_rime_and_tone(word: str, onset: str, rime: str, tone: Tone) -> None:
    assert parse(word) == Syllable(onset, rime, tone)


@pytest.mark.parametrize(
    "word",
    spaced(
        "a ơi ý ỉ yên yêu oẳn uyên quyển giặt giường nghiêng khuyên xoong ngoằn ngoèo khoeo gìn giữ quạnh hiu quéo "
        "uể oải xuề xòa loắt choắt nguệch ngoạc huýt sáo khuỵu tuýp bưởi hươu chuỗi lắc"
    ),
)
def test_rare_but_legal_syllables_are_known(word: str) -> None:
    assert is_legal(word)


@pytest.mark.parametrize(
    "word",
    [
        "",
        *spaced("café noël über hollywood adiós xyz ngk czech ủuu hoàáng cẽc ngha ghà cê kà nghiêngg Xây đắkk"),
        "a b",
    ],
)
def test_foreign_and_impossible_syllables_are_not(word: str) -> None:
    assert parse(word) is None
    assert place_tone(word) == word


def test_a_stop_allows_two_tones_only() -> None:
    assert [word for word in spaced("cac càc cảc cãc các cạc") if is_legal(word)] == ["các", "cạc"]


# Tone placement

BOTH_STYLES = spaced(
    "hoà/hòa hoá/hóa khoẻ/khỏe thuỷ/thủy uỷ/ủy loè/lòe xoã/xõa uý/úy oà/òa tuý/túy hoạ/họa toả/tỏa luỹ/lũy "
    "huỷ/hủy khoá/khóa goá/góa hoè/hòe quý/quý quả/quả quốc/quốc thuở/thuở thuế/thuế huỳnh/huỳnh toán/toán "
    "xoắn/xoắn khuỷu/khuỷu ngoáy/ngoáy ngoẻo/ngoẻo giá/giá gì/gì gìn/gìn giếng/giếng giữ/giữ mía/mía của/của "
    "cứu/cứu người/người rượu/rượu uống/uống yếu/yếu tuyết/tuyết soóc/soóc ngoài/ngoài quỳ/quỳ ỷ/ỷ "
    "nghĩa/nghĩa gừng/gừng chuối/chuối nguyễn/nguyễn đường/đường"
)


@pytest.mark.parametrize("pair", BOTH_STYLES)
def test_each_style_puts_the_mark_in_its_place(pair: str) -> None:
    new, old = pair.split("/")
    for written in (new, old):
        assert place_tone(written) == new
        assert place_tone_old(written) == old


@pytest.mark.parametrize(
    "pair",
    spaced(
        "hòan/hoàn tóan/toán qúy/quý gía/giá gìa/già qủa/quả thúê/thuế tuỷên/tuyển tìên/tiền nghỉêm/nghiểm vơí/với "
        "ngưòi/người ngừoi/người đựơc/được đuợc/được truơng/trương đưọc/được HUƠNG/HƯƠNG"
    ),
)
def test_misplaced_marks_and_half_typed_vowels_are_repaired(pair: str) -> None:
    wrong, right = pair.split("/")
    assert place_tone(unicodedata.normalize("NFC", wrong)) == right


@pytest.mark.parametrize("pair", spaced("HÒA/HOÀ Hòa/Hoà hÒA/hOÀ ỦY/UỶ Ủy/Uỷ QÚY/QUÝ Hòan/Hoàn"))
def test_capitals_stay_where_they_are(pair: str) -> None:
    written, placed = pair.split("/")
    assert place_tone(written) == placed


@pytest.mark.parametrize("word", ["İ", "ﬁ", "HĐND", "Đắk", "Krông", "nghị-quyết", "hoà\u0301", "hoà bình", "ß", "K"])
def test_what_is_not_one_syllable_stays(word: str) -> None:
    assert place_tone(word) == place_tone_old(word) == word


def test_every_syllable_goes_to_the_old_style_and_back() -> None:
    assert [place_tone(place_tone_old(word)) for word in LEGAL] == LEGAL
    assert sum(place_tone_old(word) != word for word in LEGAL) == 345


def test_every_syllable_keeps_its_capitals() -> None:
    for word in LEGAL:
        old = place_tone_old(word)
        assert place_tone(old.upper()) == word.upper()
        assert place_tone(old.title()) == word.title()


@given(WORDS | st.text(max_size=8))
@settings(deadline=None)
def test_placing_a_tone_keeps_length_and_marks_and_settles_at_once(word: str) -> None:
    placed = place_tone(word)
    assert len(placed) == len(word)
    assert place_tone(placed) == placed
    assert [letter.isupper() for letter in placed] == [letter.isupper() for letter in word]
    assert fold(placed) == fold(word)


# Marks


def test_folding_drops_every_mark_and_keeps_capitals() -> None:
    assert fold("Đường về Hạ Lộc, café Nguyễn Ý") == "Duong ve Ha Loc, cafe Nguyen Y"
    assert fold("ñ Č й") == "n C и"


@given(st.text(st.sampled_from(VIETNAMESE + VIETNAMESE.upper() + " .,-1"), max_size=60))
@settings(deadline=None)
def test_folding_is_letter_by_letter_in_either_normal_form(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(text).isascii()
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)
    assert fold(text).lower() == fold(text.lower())


@given(st.text(max_size=30))
@settings(deadline=None)
def test_folding_any_text_settles_at_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("text", ["xây", "XÂY", "đi", "Đ", "à", "cafe và", "thư", unicodedata.normalize("NFD", "Mỹ")])
def test_a_mark_is_seen_in_either_normal_form(text: str) -> None:
    assert has_marks(text)


@pytest.mark.parametrize("text", ["", "xay dung", "XAY", "2020", "…–“”", "mañana", "naïve", "日本", "ö", "İ"])
def test_signs_and_foreign_letters_are_no_marks(text: str) -> None:
    assert not has_marks(text)


def test_exactly_the_syllables_that_folding_changes_have_marks() -> None:
    assert [word for word in LEGAL if has_marks(word)] == [word for word in LEGAL if fold(word) != word]


# Spelling variants


@pytest.mark.parametrize(
    "pair", spaced("đảng/dang đảng/đang đảng/dảng hoà/hoa hòa/hoà dựng/dưng dựng/dung đâng/đang đang/đang 2020/2020")
)
def test_a_spelling_refines_one_with_fewer_marks(pair: str) -> None:
    candidate, typed = pair.split("/")
    assert refines(candidate, typed)


@pytest.mark.parametrize("pair", spaced("đảng/dáng đang/đảng đang/đâng dâng/dăng dang/đang đảng/dan đảng/đảngs"))
def test_a_typed_mark_must_be_there(pair: str) -> None:
    candidate, typed = pair.split("/")
    assert not refines(candidate, typed)


@given(st.sampled_from(LEGAL))
@settings(deadline=None)
def test_every_syllable_refines_itself_and_its_bare_letters(word: str) -> None:
    assert refines(word, word)
    assert refines(word, fold(word))
    assert refines(fold(word), word) == (word == fold(word))


@pytest.mark.parametrize("pair", spaced("kỹ/kĩ lý/lí mỹ/mĩ quý/quí sỹ/sĩ thy/thi vy/vi"))
def test_i_and_y_stand_for_each_other_after_an_onset(pair: str) -> None:
    first, second = pair.split("/")
    assert iy_variant(first) == second
    assert iy_variant(second) == first


@pytest.mark.parametrize("word", spaced("ý í thuý thuí đi chi gì nghi yêu tay tai kỹs abc"))
def test_elsewhere_i_and_y_are_different_letters(word: str) -> None:
    assert iy_variant(word) is None


@pytest.mark.parametrize(
    ("candidate", "typed"),
    [
        ("xây dựng", "xây d"),
        ("xây dựng", "xay du"),
        ("xây dựng", "xây dư"),
        ("xây dựng", "xây dụ"),
        ("xây dựng", "xây "),
        ("đường sắt", "đươ"),
        ("đường sắt", "đuơ"),
        ("nguyễn phú trọng", "nguyễn ph"),
        ("hòa bình", "hoà b"),
        ("hòa bình", "hòa b"),
    ],
)
def test_typing_may_go_on_to(candidate: str, typed: str) -> None:
    assert goes_on(candidate, typed)


@pytest.mark.parametrize(
    ("candidate", "typed"),
    [
        ("dương tính", "đươ"),
        ("xây dựng", "xấy d"),
        ("xây dựng", "xây đ"),
        ("xây dựng", "xây dú"),
        ("xây dựng", "xâ d"),
        ("xây", "xây d"),
        ("xay xát", "xây"),
    ],
)
def test_typing_never_loses_a_mark_nor_a_letter(candidate: str, typed: str) -> None:
    assert not goes_on(candidate, typed)
