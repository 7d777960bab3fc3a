"""The 8-bit character sets of Vietnamese before Unicode, as tables. Bytes come as latin-1, a character each.

Charts show codes 80 to FF, sixteen a line; `·` is no letter, and what Windows-1252 has there.

TCVN3, VN3 of TCVN 5712:1993   what the fonts named `.Vn...` hold. It has the capitals of seven letters; the others came
                               from fonts with an H at the end of their names, see `capitals`
VISCII                         RFC 1456
VPS                            the Vietnamese Professionals Society's own
VNI                            VNI for Windows: after a letter, another one that stands for its marks
windows-1258                   Microsoft's: letters, and after them the marks of tones
"""

from __future__ import annotations

import re
from codecs import charmap_decode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from unicodedata import normalize

from indexer.sources.charset.capitals import restore_capitals

_TCVN3 = """
················
················
·ĂÂÊÔƠƯĐăâêôơưđ·
·····àảãáạ·ằẳẵắ·
······ặầẩẫấậè·ẻẽ
éẹềểễếệìỉ···ĩíịò
·ỏõóọồổỗốộờởỡớợù
·ủũúụừửữứựỳỷỹýỵ·
"""

_VISCII = """
ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ
ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ
Õắằặấầẩậẽẹếềểễệố
ồổỗỠƠộờởịỰỨỪỬơớƯ
ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ
ĐứÒÓÔạỷừửÙÚỹỵÝỡư
àáâãảăữẫèéêẻìíĩỉ
đựòóôõỏọụùúũủýợỮ
"""
_VISCII_CONTROLS = {0x02: "Ẳ", 0x05: "ẴẪ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}

_VPS = """
ÀẢÃẤẦẨọỗĂếềểệẮẰẲ
Ế··ỀỂỄỐỒỔỖýỷỵỚỜỞ
·ắằẳẵặỠớÙờởỡŨỨợỪ
ổỬỲỸÍÌộỈĨÓửữÒỎÕự
ầÁÂấẩẫậđẻÉÊẹỉễịỹ
ƯỦồốÔỏơÈừứÚũưÝẺ·
àáâãảạă·èéêẽìí·ĩ
ẴĐòóôõ·Ơụùúủ·ỶẼỳ
"""
_VPS_CONTROLS = {0x02: "ẠẬẶẸỆ", 0x10: "ỊỌỘỢỤỰ", 0x19: "Ỵ", 0x1C: "ẪỮ"}

_NONE = "·"


@dataclass(frozen=True, slots=True)
class Charset:
    """An 8-bit character set: the name people know it by, and how its bytes are read. Unknown ones stay."""

    name: str
    read: Callable[[str], str]


def windows(code: int, charset: str = "cp1252") -> str:
    """What a code is in a character set of Windows; the codes that are nothing there are themselves."""
    return bytes([code]).decode(charset, "ignore") or chr(code)


def _by_code(chart: str, controls: Mapping[int, str]) -> dict[int, str]:
    """Code -> letter."""
    letters = dict(enumerate("".join(chart.split()), 0x80))
    for first, row in controls.items():
        letters |= dict(enumerate(row, first))
    return {code: windows(code) if letter == _NONE else letter for code, letter in letters.items()}


def _reader(letters: Mapping[int, str]) -> Callable[[str], str]:
    table = "".join(letters.get(code, chr(code)) for code in range(0x100))

    def read(text: str) -> str:
        try:
            found, _ = charmap_decode(text.encode("latin-1"), "strict", table)  # ten times as fast as `translate`
        except UnicodeEncodeError:
            found = text.translate(table)
        return normalize("NFC", found)

    return read


_read_tcvn3 = _reader(_by_code(_TCVN3, {}))

# -- VNI: ù ø û õ ï are the tones; â and its likes the circumflex, ê and its likes the breve, alone and with each tone

_TONES = "\u0301\u0300\u0309\u0303\u0323"
_TONE_KEYS = "ùøûõï"
_SHAPES = (("aeo", "\u0302", "âáàåãä"), ("a", "\u0306", "êéèúüë"))
_SINGLE = dict(zip("íìæóòîñôö", "íìỉĩịỵđơư", strict=True))


def _vni_letters() -> Iterator[tuple[str, str]]:
    """Pairs, or single codes, and their letters in lower case. Some converters part i from its tone: iø for ì."""
    yield from _SINGLE.items()
    for base in "aeiouyôö":
        for key, tone in zip(_TONE_KEYS, _TONES, strict=True):
            yield base + key, normalize("NFC", _SINGLE.get(base, base) + tone)
    for bases, shape, keys in _SHAPES:
        for base in bases:
            for key, tone in zip(keys, ["", *_TONES], strict=True):
                yield base + key, normalize("NFC", base + shape + tone)


def _vni_by_code() -> dict[str, str]:
    """In both cases. Of a capital letter the marks may be those of a small one: Oâng."""
    small = dict(_vni_letters())
    mixed = {code[0].upper() + code[1:]: letter.upper() for code, letter in small.items()}
    return small | mixed | {code.upper(): letter.upper() for code, letter in small.items()}


_VNI = _vni_by_code()
_VNI_CODE = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))
_read_signs = _reader({code: windows(code) for code in range(0x80, 0xA0)})


def _read_vni(text: str) -> str:
    return _VNI_CODE.sub(lambda match: _VNI[match.group()], _read_signs(text))


# --

TCVN3 = Charset("TCVN3 (ABC)", lambda line: restore_capitals(_read_tcvn3(line)))
VNI = Charset("VNI", _read_vni)
WINDOWS_1258 = Charset("windows-1258", _reader({code: windows(code, "cp1258") for code in range(0x80, 0x100)}))
VISCII = Charset("VISCII", _reader(_by_code(_VISCII, _VISCII_CONTROLS)))
VPS = Charset("VPS", _reader(_by_code(_VPS, _VPS_CONTROLS)))
WINDOWS_1252 = Charset("windows-1252", _read_signs)

VIETNAMESE = (TCVN3, VNI, WINDOWS_1258, VISCII, VPS)
"""The most used first: that decides where a text is the same in two of them."""
