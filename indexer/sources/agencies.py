"""Names in bylines that are no persons: agencies, papers, stations, sites, companies."""

from __future__ import annotations

import re

from indexer.analysis.syllables import is_legal
from indexer.sources.prose import one_line
from indexer.sources.signatures import without_rank

_KNOWN = frozenset(
    (
        "ttxvn|thông tấn xã việt nam|thông tấn xã|vietnam+|vietnamplus|bnews|vnanet|vov|vtv|htv|vtc|qđnd|sggp|chinhphu"
        "|reuters|cnn|bbc|tân hoa xã|thx|xinhua|ap|afp|rt|ft|dw|upi|tass|ria novosti|al jazeera|kyodo|yonhap|bernama"
        "|army recognition|đài hà nội"
    ).split("|")
)
"""In small letters; those that nothing else here tells from a person's name, or from an initial."""

_PRESS = re.compile(
    r"(?:Báo|Tạp chí|Đài|Truyền hình|NXB|Nhà xuất bản|Thông tấn xã|Cổng thông tin)\s+[^\W\d_]",
)
_HOUSE = re.compile(
    r"(?:Báo|Tạp chí|Truyền hình|NXB|Nhà xuất bản|Thông tấn xã|Cổng thông tin|Trang tin|Kênh"
    r"|Đài (?:Truyền hình|Phát thanh|Tiếng nói|TNVN|PT)|Bộ|Sở|Cục|Tổng cục|Tổng công ty|Công ty|Tập đoàn|Bệnh viện"
    r"|Viện|Trung tâm|Trường (?:Đại học|Cao đẳng|THPT)|Đại học|Ủy ban|Uỷ ban|UBND|Liên đoàn|Hiệp hội|Văn phòng"
    r"|Ngân hàng)\s+[^\W\d_]"
)
"""What the name of a house begins with; that of a person never does."""

_SITE = re.compile(r"(?:[\w-]+\.)+(?:vn|com|net|org|info|tv|edu|gov|eu|uk|us|ru|cn|jp)", re.ASCII | re.IGNORECASE)
_ENDINGS = frozenset(
    """
    news times post pharma pharm books book journal independent telegraph guardian review media press herald watch
    today magazine mail tribune daily week business network agency online mirror sun street tv
    """.split()
)
_SIGNATURES = re.compile(r"(?:PV|CTV|BT|BBT|BTV|TK)\w?")
"""Capitals that stand for somebody of the house."""

_ACRONYM = re.compile(r"[^\W\d_]{3,6}[0-9]{0,2}")


def is_agency(name: str) -> bool:
    """Whether a name in a byline is that of a house or a site and not a person's; told from the name alone.

    A single foreign word counts as a house (`Bloomberg`): foreign persons sign with two. Who calls himself so is
    mistaken for one.
    """
    words = without_rank(one_line(name)).split()
    if not words or _SIGNATURES.fullmatch(words[0]):
        return False
    line = " ".join(words)
    return (
        line.casefold() in _KNOWN
        or is_site(line)
        or is_house(line)
        or is_acronym(words[0])
        or _ends_like_one(line, words)
        or (len(words) == 1 and _is_foreign_word(line))
    )


def is_known(name: str) -> bool:
    """Whether it is the name of an agency that does not look like a name, or like a person's."""
    return name.casefold() in _KNOWN


def is_house(name: str) -> bool:
    """`Báo Bến và Đò`, `Bộ Y tế`"""
    return _HOUSE.match(name) is not None


def is_press(name: str) -> bool:
    """`Báo Bến và Đò`, `Đài Bến Sim`: told beside other names only, as `Đài` is a person's, too."""
    return _PRESS.match(name) is not None


def is_site(name: str) -> bool:
    """`bao.vn`"""
    return _SITE.fullmatch(name) is not None


def is_acronym(word: str) -> bool:
    """`TTXVN`, `VOV1`: capitals that no one could say as a syllable."""
    letters = word.rstrip("0123456789")
    return _ACRONYM.fullmatch(word) is not None and letters.isupper() and not is_legal(letters.lower())


def _ends_like_one(line: str, words: list[str]) -> bool:
    last = re.split(r"[.\s]", line.casefold())[-1]
    return words[0].casefold() == "the" or (len(line) > len(last) and last in _ENDINGS)


def _is_foreign_word(word: str) -> bool:
    """Neither an initial with a name (`L.Vy`) nor a syllable of the language; `France24` is one."""
    letters = word.rstrip("0123456789")
    return letters.isalpha() and letters.isascii() and len(letters) > 3 and not is_legal(letters.lower())
