"""What printed date stamps are made of: the shapes of days, times, zones and the words around them."""

from __future__ import annotations

import re
from collections.abc import Mapping

Parts = Mapping[str, re.Match[str]]
"""Kind of part (date, time, zone, zone name, weekday, word) -> where it stands; its named groups hold the figures."""

MONTHS = {
    **{name: number for number, name in enumerate("giêng hai ba tư năm sáu bảy tám chín mười".split(), 1)},
    **{name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)},
    **{name: number for number, name in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), 1)},
    "một": 1,
    "bốn": 4,
    "bẩy": 7,
    "mười một": 11,
    "mười hai": 12,
    "chạp": 12,
}
"""How a month is written, where it is no number. English months go by their first three letters."""


def _any_of(names: str) -> str:
    return "|".join(sorted(names.split(","), key=len, reverse=True))


_DAY, _YEAR = r"(?P<day>[0-9]{1,2})", r"(?P<year>[0-9]{4})(?![0-9])"
_ROMAN = _any_of("i,ii,iii,iv,v,vi,vii,viii,ix,x,xi,xii")
_WORDS = _any_of("giêng,một,hai,ba,tư,bốn,năm,sáu,bảy,bẩy,tám,chín,mười,mười một,mười hai,chạp")
_VIETNAMESE = rf"(?:tháng|thg\.?|th\.?)\s?(?P<month>[0-9]{{1,2}}|{_WORDS})"
_ENGLISH = (
    r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"(?:(?<=jan)uary|(?<=feb)ruary|(?<=mar)ch|(?<=apr)il|(?<=jun)e|(?<=jul)y|(?<=aug)ust|(?<=sep)t(?:ember)?"
    r"|(?<=oct)ober|(?<=nov)ember|(?<=dec)ember)?(?![a-z])\.?"
)
_NTH = r"(?:st|nd|rd|th)?"

_OFFSET = r"(?P<hours>[0-9]{1,2})(?::?(?P<minutes>[0-9]{2}))?(?![0-9]|[/.-][0-9])"
_HALF = r"(?:\s?(?P<half>[ap]\.?m|sa|ch|sáng|trưa|chiều|tối)\b)?\.?"
_END_OF_TIME = (
    # Only right behind a time: `28/11/2026 -07:05` is a time behind a dash, `10:07 -01/07/2020` a date.
    rf"{_HALF}(?:\s?\(?(?:(?P<sign>\+|-(?=[0-9]{{2}}:?[0-9]{{2}}(?![0-9]))){_OFFSET}|(?P<utc>z)\b)\)?)?"
)

# A stamp is made of these parts, each at most once, in any order; only words may come again. Earlier rows win:
# `01.07.2020` is a date before `01.07` is a time.
_PARTS: tuple[tuple[str, str], ...] = (
    ("date", rf"{_DAY}\s?(?P<by>[/.-])\s?(?P<month>[0-9]{{1,2}}|{_ROMAN})\s?(?P=by)\s?{_YEAR}"),
    ("date", r"(?P<year>[0-9]{4})(?P<by>[/.-])(?P<month>[0-9]{1,2})(?P=by)(?P<day>[0-9]{1,2})(?![0-9])"),
    ("date", rf"{_DAY}\s?[/.-]?\s?{_VIETNAMESE}(?:,? năm |, ?|\s?[/.-]\s?| ){_YEAR}"),
    ("date", rf"{_VIETNAMESE} {_DAY}(?:,? năm |, ?| ){_YEAR}"),
    ("date", rf"{_DAY}{_NTH}(?: of )?[\s/.-]?{_ENGLISH}[\s,/.-]{{0,2}}{_YEAR}"),
    ("date", rf"{_ENGLISH}[\s-]?{_DAY}{_NTH}(?:, ?| |-){_YEAR}"),
    (
        "time",
        (
            r"(?P<hour>[0-9]{1,2})(?:\s?(?::|h|g|giờ)\s?|\.)(?P<minute>[0-9]{2})(?![0-9])"
            r"(?:\s?(?::|phút)\s?(?P<second>[0-9]{2})(?![0-9])(?:[.,][0-9]+(?![0-9]|[/.-][0-9]{1,2}[/.-]))?)?"
            rf"(?: ?phút\b|['’′])?{_END_OF_TIME}"
        ),
    ),
    ("time", rf"(?P<hour>[0-9]{{1,2}})\s?(?:(?:h|g|giờ)(?![^\W_])|(?=[ap]\.?m\b)){_END_OF_TIME}"),
    ("zone", rf"\(?(?:gmt|utc)\b(?:\s?(?P<sign>[+-])\s?{_OFFSET})?\)?"),
    (
        "zone name",
        r"[(\[]?(?P<vietnam>ict|giờ (?:việt nam|hà nội|đông dương)|indochina time|asia/(?:ho_chi_minh|saigon))\b[)\]]?",
    ),
    ("weekday", r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|ch[ủú]a? nhật|cn|t[2-7])\b"),
    ("weekday", r"(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"),
    (
        "word",
        (
            r"(?:(?:lần )?cập nhật(?: lần cuối)?|đăng(?: tải)?|xuất bản|phát hành|thời gian|ngày|lúc|hồi|vào"
            r"|published|posted|(?:last )?updated|on|at)(?![^\W\d_])\s?:?"
        ),
    ),
)
_SHAPES = tuple((kind, re.compile(shape)) for kind, shape in _PARTS)
_BETWEEN = re.compile(r"[\s,|¦;·•●–—@-]+|(?<=[0-9])t(?=[0-9])|(?<=\s)/(?=\s)")


def take_apart(line: str) -> Parts | None:
    """The parts of a stamp in small letters; None where anything else stands between them or a part comes twice."""
    parts: dict[str, re.Match[str]] = {}
    at = 0
    while at < len(line):
        found = _part_at(line, at)
        if found:
            kind, match = found
            if kind in parts and kind != "word":
                return None
            parts[kind] = match
            at = match.end()
        elif between := _BETWEEN.match(line, at):
            at = between.end()
        else:
            return None
    return parts


def _part_at(line: str, at: int) -> tuple[str, re.Match[str]] | None:
    for kind, shape in _SHAPES:
        if match := shape.match(line, at):
            return kind, match
    return None
