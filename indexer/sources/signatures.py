"""A name as it is signed: one key however it is written, and how it is shown."""

from __future__ import annotations

import re

from indexer.analysis.syllables import is_legal, place_tones
from indexer.sources.prose import one_line

_RANKS = (
    r"(?:nhà (?:văn(?!\s+h(?:óa|oá)\b)|thơ|báo|giáo|sử học|nghiên cứu)|(?:bác|tiến|thạc|dược|nhạc|họa|hoạ|nghệ) s[ĩỹ]"
    r"|luật sư"
    r"|giáo sư|phó giáo sư|kiến trúc sư|kỹ sư|đạo diễn|đại sứ|(?:đại|thượng|trung|thiếu) (?:tướng|tá|úy|uý)"
    r"|phóng viên|cộng tác viên)\s+"
)
_SHORT_RANKS = r"(?:pgs|gs|ts|ths|bs|ds|ls|kts|nsnd|nsưt|ngnd|ngưt)"
_RANK = re.compile(rf"(?:{_RANKS}|{_SHORT_RANKS}(?:\s*[.,]\s*|\s+))+(?=\S+\s+\S)", re.IGNORECASE)
"""Before a full name: one word after it is not enough to know the person by."""

_RANK_ALONE = re.compile(_SHORT_RANKS, re.IGNORECASE)
_AFTER_INITIAL = re.compile(r"(?<!\w)(\w\.)\s+(?=\w)")
_PIECE = re.compile(r"[^\W\d_]+")


def author_key(name: str) -> str:
    """One key for a person however the name is written: `ĐÌNH LÂM`, `BS Đình Lâm.` -> `đình lâm`; "" only for "".

    Capitals, the place of the tone, a blank after an initial (`H. My`) and a rank before a full name do not count.
    """
    line = one_line(name)
    bare = _bare(line)
    while (barer := _bare(bare)) != bare:  # a rank behind dots, or behind another that needed it
        bare = barer
    return bare or line or name


def _bare(name: str) -> str:
    bare = _AFTER_INITIAL.sub(r"\1", without_rank(name.strip(" .")).strip(" .")).casefold()
    return place_tones(bare)


def without_rank(name: str) -> str:
    """`PGS.TS Đình Lâm` -> `Đình Lâm`; `Bác sĩ Lâm` stays, as Lâm alone may be anybody."""
    return _RANK.sub("", name, count=1) if _RANK.match(name) else name


def is_rank(text: str) -> bool:
    """`PGS`, cut from the name it belongs to by a comma."""
    return _RANK_ALONE.fullmatch(text.strip(" .")) is not None


def decent_case(name: str) -> str:
    """`BÙI ĐỨC` -> `Bùi Đức`, `D.TIẾN` -> `D.Tiến`: capitals are how a page looks, not how somebody is called.

    What is no name in Vietnamese keeps them (`TTXVN`, `NBC NEWS`), and so does one word without marks (`BAN`).
    """
    if not name.isupper():
        return name
    rank = _RANK.match(name)
    start = rank.end() if rank else 0
    pieces = [piece for piece in _PIECE.findall(name[start:]) if len(piece) > 1]
    if not pieces or not all(is_legal(piece.lower()) for piece in pieces) or (name.isalpha() and name.isascii()):
        return name
    shown = _PIECE.sub(lambda piece: piece.group().capitalize(), name[start:])
    return _rank_case(name[:start]) + shown


def _rank_case(rank: str) -> str:
    """`THS` -> `ThS`, `NHÀ VĂN` -> `Nhà văn`; other abbreviations stay."""
    words = rank.replace("THS", "ThS").split(" ")
    return rank.capitalize() if all(is_legal(word.lower()) for word in words if word) else " ".join(words)
