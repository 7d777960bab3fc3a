"""Text -> the bytes old programs made of it, and what other programs made of those. Apart from the tables it tests."""

from __future__ import annotations

from unicodedata import normalize

from indexer.sources.charset.tables import TCVN3, VNI, WINDOWS_1258, Charset

LOWER = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
LETTERS = LOWER + LOWER.upper()
TCVN3_LETTERS = LOWER + "ĂÂÊÔƠƯĐ"

_TONES = "\u0300\u0301\u0309\u0303\u0323"
_VNI_KEYS = {"": " øùûõï", "\u0302": "âàáåãä", "\u0306": "êèéúüë"}
"""Mark that shapes a vowel -> the letters that stand for it: alone, and with each tone."""

_VNI_SINGLE = {"ơ": "ô", "ư": "ö", "đ": "ñ", "ì": "ì", "í": "í", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î"}

ARTICLE = """Chợ phiên họp lại bên bến đò
Sáng sớm mùng bảy, sương còn dày trên mặt sông, những chuyến đò đầu tiên đã chở đầy rau quả cập bến Cửa Trầm.
Bà Nguyễn Thị Hường, bán bánh ở đây từ thuở mười tám, kể có năm nước lũ ngập tới mái, bộ đội chèo thuyền tới cứu.
"Được mùa thì vui, mất mùa cũng vẫn họp", bà cười, tay thoăn thoắt gói từng chiếc bánh nóng hổi.
Xã dự định nâng cấp đường vào chợ, giá khoảng 3,5 tỷ đồng, và trồng thêm hai hàng phượng vĩ."""


def legacy(text: str, charset: Charset) -> bytes:
    """The text in an old character set; capitals that TCVN3 does not have become small."""
    if charset is WINDOWS_1258:
        return b"".join(_in_1258(letter) for letter in text)
    codes = _vni() if charset is VNI else _by_letter(charset)
    codes |= {sign: sign.encode("cp1252").decode("latin-1") for sign in "“”‘’–…"}
    found = (letter if letter.isascii() else codes.get(letter) or codes[letter.lower()] for letter in text)
    return "".join(found).encode("latin-1")


def letters_of(charset: Charset) -> str:
    """The letters with marks a character set has."""
    return TCVN3_LETTERS if charset is TCVN3 else LETTERS


def look(raw: bytes, charset: str = "cp1252") -> str:
    """Bytes taken for another character set, as browsers and Windows do: what is nothing there stays a code."""
    return "".join(bytes([code]).decode(charset, "ignore") or chr(code) for code in raw)


def _in_1258(letter: str) -> bytes:
    parts = normalize("NFD", letter)
    tones = "".join(part for part in parts if part in _TONES)
    shaped = normalize("NFC", "".join(part for part in parts if part not in _TONES))
    return (shaped + tones).encode("cp1258")


def _by_letter(charset: Charset) -> dict[str, str]:
    """Letter -> code, as latin-1. An x before it: TCVN3 makes capitals where sentences begin."""
    found = {charset.read(f"x{chr(code)}")[1:]: chr(code) for code in range(1, 0x100)}
    return {letter: code for letter, code in found.items() if letter in letters_of(charset)}


def _vni() -> dict[str, str]:
    small = {letter: _VNI_SINGLE.get(letter) or _vni_pair(letter) for letter in LOWER}
    return small | {letter.upper(): code.upper() for letter, code in small.items()}


def _vni_pair(letter: str) -> str:
    parts = normalize("NFD", letter)
    tone = next((_TONES.index(part) + 1 for part in parts if part in _TONES), 0)
    shape = next((part for part in parts[1:] if part in _VNI_KEYS), "")
    base = normalize("NFC", "".join(part for part in parts if part not in _TONES and part != shape))
    return _VNI_SINGLE.get(base, base) + _VNI_KEYS[shape][tone]
