"""What counts as text read in a wrong character set, and what is only foreign."""

from __future__ import annotations

import pytest

from indexer.analysis.canonical import canonical
from indexer.clinic.garbled import find_garbled

SENTENCE = "Đảng ủy xã đã họp về việc xây dựng đường liên thôn, được người dân ủng hộ."


@pytest.mark.parametrize(
    "text",
    [
        canonical(SENTENCE.encode("utf-8").decode("cp1252", errors="replace")),
        canonical(SENTENCE.encode("utf-8").decode("latin-1")),
        "Mở đầu bằng một đoạn đúng, rồi có người Ä‘i qua cầu.",
        "giá còn Ã¡ nghìn",
        "Nghị quyết cña §¶ng vÒ x©y dùng ®¶ng trong s¹ch",  # TCVN3
        "Naêm nay ñöôïc muøa, nhöõng ngöôøi noâng daân raát vui",  # VNI
        "Một chữ \ufffd không đọc được",
    ],
)
def test_garbled_text_is_found_and_shown(text: str) -> None:
    found = find_garbled(text)
    assert found
    assert found in " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        SENTENCE.upper(),
        "Khu đất 5.000 m², lún 3 µm, 45 µg/m³, nóng 38 °C, hơn ½ số hộ; 17° 11’ vĩ bắc · 25 m³/s.",
        "Ông François Hollande và bà Ségolène Royal ăn tối ở nhà hàng Le Café Noir.",
        "«À la recherche du temps perdu, ça n’a été traduit qu’après l’été où Noël Æther fut réédité à Nîmes»",
        "Tờ Süddeutsche Zeitung, ông Göran Persson, đảo Åland, sân bay Schönefeld, Malacañang, Übergröße.",
        "João Félix và São Paulo: “A nação não é só coração.” Curaçao, Kudret Çelebioğlu, El Niño.",
        "Các cháu hát «con cá», «quá khá» rồi «má»… và “đã”. ‘ĐÃ’ «ĐÃ» «LÂ»",
        "Bánh xèo Mövenpick™, hãng Citroën®, © 2020, §3 khoản 2.",
        "Tam Kỳ¸ 3 năm học; tuyến Ao Đôi ® Mã Lò",
        "ôtô, bêtông, Đắk Lắk, Krông Nô, ngưòi, đuợc, hòan, qúy",
        "東京 và Москва, العربية",
        "",
    ],
)
def test_sound_text_is_not(text: str) -> None:
    assert find_garbled(canonical(text)) == ""
