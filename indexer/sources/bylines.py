"""Bylines -> authors: several names, roles, agencies, in any of the ways a newspaper prints them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from indexer.analysis.memo import Memo
from indexer.analysis.syllables import is_legal
from indexer.model import Author
from indexer.sources.agencies import is_acronym, is_house, is_known, is_press, is_site
from indexer.sources.prose import one_line
from indexer.sources.signatures import author_key, decent_case, is_rank, without_rank

_LONGEST = 120  # characters of a byline
_MOST_WORDS = 8  # in one name; agencies have the long ones
_MOST_NAMES = 12

_NAMES_KEPT = 2**10
"""A newspaper's staff, and the ways they sign: most articles bring no byline that the last thousand did not."""

_WORK = (
    r"(?:tin|bài|ảnh|clip|video|đồ họa|đồ hoạ|thơ|ghi|dịch|biên dịch|người dịch|tác giả|thực hiện|bài viết|trình bày"
    r"|thiết kế|phóng viên)"
)
_LABEL = re.compile(
    rf"(?:^|(?<=[;,(/]))\s*(?:{_WORK}(?:\s*(?:[,/&+-]|\bvà\b)\s*{_WORK})*\s*:"
    r"|(?:tản văn|truyện ngắn|bút ký|ghi chép|thơ|tùy bút|tuỳ bút) của\b)",
    re.IGNORECASE,
)
"""`Tin, ảnh:`, `Tản văn của`: who did what, before a name."""

_SOURCE = re.compile(
    r"(?:^|(?<=[\s;,(/]))(?:(?:(?:tổng hợp|biên dịch|lược dịch|dịch)\s+)?(?:theo|nguồn)|(?:tổng hợp|dịch)\s+từ)"
    r"(?:\s*(:)|(?=\s))",
    re.IGNORECASE,
)
"""`Theo TTXVN`, `Nguồn: X`: an agency follows."""

_UNNAMED_SOURCE = re.compile(
    r"\b(?:theo|nguồn)\s*:?\s*(?:internet|tổng hợp|(?:các )?báo(?: chí| đài)?(?: nước ngoài| quốc tế| trong nước)?)"
    r"(?=\s*(?:$|[;,)]))",
    re.IGNORECASE,
)
_DUTY = re.compile(
    r"\s*\(\s*(?:th|t\s*/\s*h|dịch|ctv|pv)\s*\)"
    r"|(?:(?<=\s)|(?<=\())"
    r"(?:thực hiện|tổng hợp(?: từ)?|biên dịch|lược dịch|lược thuật|chuyển ngữ|tường thuật|biên soạn|lược ghi|sưu tầm"
    r"|ghi|dịch)"
    r"(?=\s*(?:$|[;,)/]))",
    re.IGNORECASE,
)
"""`(tổng hợp)`, `thực hiện`: who did what, after a name."""

_IN_BRACKETS = re.compile(
    r"\(\s*(?:video\b[^()]*"
    r"|an giang|bà rịa|vũng tàu|bạc liêu|bắc giang|bắc kạn|bắc ninh|bến tre|bình dương|bình định|bình phước"
    r"|bình thuận|cà mau|cao bằng|cần thơ|đà nẵng|đà lạt|đắk lắk|đắk nông|điện biên|đồng nai|đồng tháp|gia lai|hà giang"
    r"|hà nam|hà nội|hà tĩnh|hải dương|hải phòng|hậu giang|hòa bình|hoà bình|huế|hưng yên|khánh hòa|khánh hoà"
    r"|kiên giang|kon tum|lai châu|lạng sơn|lào cai|lâm đồng|long an|nam định|nghệ an|nha trang|ninh bình|ninh thuận"
    r"|phú thọ|phú yên|quảng bình|quảng nam|quảng ngãi|quảng ninh|quảng trị|sóc trăng|sơn la|tây ninh|thái bình"
    r"|thái nguyên|thanh hóa|thanh hoá|thừa thiên huế|tiền giang|trà vinh|tuyên quang|vĩnh long|vĩnh phúc|yên bái"
    r"|tp\.?\s?hcm|sài gòn)\s*\)",
    re.IGNORECASE,
)
"""Where somebody writes from, and whose film is shown: neither wrote the article."""

_PHOTO_CREDIT = re.compile(r"^\(?\s*ảnh\b|\.\s*\(\s*ảnh\b", re.IGNORECASE)
_PHOTO_FROM = re.compile(r"ảnh\s+(?:do|từ|cắt|chụp|minh h[ọo][ạa]|tư liệu|internet)\b", re.IGNORECASE)
_PHOTO_BY = re.compile(r"ảnh\s+(?=\S)", re.IGNORECASE)
_SEPARATOR = re.compile(r"[;,&|()\[\]–—]|\s-\s|(?<!\bP)/|(?<=\bP)/(?![vV]\b)")
_BETWEEN_FULL_NAMES = re.compile(r"(?<=\w)-(?=\w)")
_PRESS = re.compile(r"^(?:PV|P\.V|P/[vV]|CTV|[Pp]hóng viên)\s+(?=\S)")
_BEFORE_PRESS = re.compile(r"\s+(?=(?:PV|P/[vV]|[Pp]hóng viên)\s+(?:Báo|Đài|TTXVN|Thông tấn xã|VOV|VTV)\b)")
_PLACE = re.compile(r"(?:\s+thường trú)?\s+((?:tại|ở)\s.*)$")
_BUREAU = re.compile(r"([^\W\d_]{3,6})-(?=[^\W\d_])")
_FROM = frozenset(("từ", "tại", "ở"))
_OFFICE = re.compile(
    r"\s+[-–—]\s+(?=[^\W\d_])"
    r"(?:(?:nguyên|phó|tổng|quyền)\s+)*"
    r"(?:giám đốc|chủ tịch|trưởng (?:ban|phòng|khoa|đại diện)|viện trưởng|hiệu trưởng|tổng biên tập|chủ nhiệm)\b"
    r"(?!.*\s(?:đã|sẽ|đang|vẫn|cũng|cho|nói|thừa nhận|khẳng định|có|là|được|bị|tiếp tục|đề xuất|nhận định)\s)"
    r"[^;,()]*$",
    re.IGNORECASE,
)
"""What a guest author is, after the name; what somebody says or does is no office."""

_KNOWN = frozenset(
    (
        "pv|p.v|p/v|ctv|phóng viên|nhóm phóng viên|nhóm pv|cộng tác viên|ban biên tập|tòa soạn|toà soạn|bạn đọc"
        "|ban bạn đọc"
    ).split("|")
)
"""Names that do not look like names."""

_INNER_WORDS = frozenset("de del van von der bin al of the và tại".split())
_NAME_WORD = re.compile(r"(?:[^\W\d_]|[0-9](?=\w*[^\W\d_]))[\w.'’+-]*|[0-9]{1,4}")
_SITE = re.compile(r"[\w-]+(?:\.[\w-]+)+", re.ASCII)
_NO_NAMES = frozenset(
    (
        "còn nữa|hết kỳ|kỳ tới|xem thêm|thông tin dịch vụ|thông tin doanh nghiệp|thông tin quảng cáo|bài quảng cáo"
        "|quảng cáo|ảnh minh họa|ảnh minh hoạ|website|xem replay"
    ).split("|")
)
_NO_BYLINE = re.compile(r"(?:Ông|Bà|Chị|Cháu|Bé)\s|Đại sứ\s.*\stại\s")
"""People an article speaks of."""

_SENTENCE_END = re.compile(r"[?!:…\"”]$|\.\.\.$|[\w”\"]{3,}\. ")


class _Part(NamedTuple):
    """What stands between two separators; `is_source` after `Nguồn:`, where a house may have a long name."""

    text: str
    is_source: bool


def read_byline(text: str) -> tuple[Author, ...] | None:
    """The authors a byline names, as printed but without what they did; None where the text is no byline.

    Short text in capitals or of names only (`Hà Nội`) counts: nothing tells it from a byline. Sentences never do, nor
    does a photo credit.
    """
    return _bylines[text]


def _read_byline(text: str) -> tuple[Author, ...] | None:
    line = one_line(text)
    if not line or len(line) > _LONGEST or not _may_be_byline(line):
        return None
    names: list[str] = []
    for part in _parts(line):
        found = _names_in(part, alone=not names)
        if found is None:
            return None
        names += found
    return authors_named(names) if 0 < len(names) <= _MOST_NAMES else None


def authors_named(names: Iterable[str]) -> tuple[Author, ...]:
    """One author for each different name, in the order given."""
    authors: dict[str, Author] = {}
    for author in map(_authors.__getitem__, names):
        if author.name:
            authors.setdefault(author.key, author)
    return tuple(authors.values())


def _author(name: str) -> Author:
    line = one_line(name)
    return Author(decent_case(line), author_key(line))


def _may_be_byline(line: str) -> bool:
    """Not for sentences, photo credits, and single words such as `Hết.`: no newspaper signs with one syllable."""
    if _SENTENCE_END.search(line) or _PHOTO_CREDIT.search(line) or _NO_BYLINE.match(line):
        return False
    return not is_legal(line.strip(" .").lower())


def _parts(line: str) -> Iterator[_Part]:
    """What stands between the separators, without what people did, and what they are when they do not write."""
    line = _UNNAMED_SOURCE.sub("", _IN_BRACKETS.sub("", _OFFICE.sub("", line)))
    line = _DUTY.sub("", _BEFORE_PRESS.sub(";", _LABEL.sub(";", line)))
    texts = _SOURCE.split(line)  # text, then the colon or None and the next text, and so on
    for colon, text in zip([None, *texts[1::2]], texts[::2], strict=True):
        for piece in _SEPARATOR.split(text):
            part = piece.strip(" .")
            if part and not is_rank(part):
                yield _Part(part, colon is not None)


def _names_in(part: _Part, *, alone: bool) -> list[str] | None:
    """The names in a part: one, or those joined by `và` or a hyphen; None where it is no name.

    A newspaper (`Báo Văn hóa và Đời sống`) looks like a heading when it stands alone, and nothing after a name is
    where somebody is, or a photo is from.
    """
    text = part.text
    if not alone:
        if _PHOTO_FROM.match(text) or _is_place(text):
            return []
        text = _PHOTO_BY.sub("", text, count=1) if _PHOTO_BY.match(text) else text
    text = _without_place(text)
    if (part.is_source and is_house(text)) or (is_press(text) and not alone):
        return [text] if len(text.split()) <= _MOST_WORDS else None
    return _split_site(text) or _joined(text) or ([_PRESS.sub("", text)] if _is_name(text) else None)


def _without_place(text: str) -> str:
    """`PV TTXVN tại Ottawa` -> `TTXVN`, `VTX-Tokyo` -> `VTX`: one house, wherever it writes from."""
    place = _PLACE.search(text)
    house = _PRESS.sub("", text[: place.start()] if place else "")
    if place and _is_place(place[1]) and (is_house(house) or is_known(house) or is_acronym(house)):
        text = house
    bureau = _BUREAU.match(text)
    return bureau[1] if bureau and is_acronym(bureau[1]) and not is_known(text[bureau.end() :]) else text


def _is_place(text: str) -> bool:
    """`từ Bến Sim`"""
    first, *names = text.split()
    return first in _FROM and 0 < len(names) <= _MOST_WORDS // 2 and all(name[0].isupper() for name in names)


def _split_site(text: str) -> list[str]:
    """`bao.vn Reuters` is two names: the blank after a site is where the mark of a source was lost."""
    site, _, rest = text.partition(" ")
    return [site, rest] if is_site(site) and rest and _is_name(rest) else []


def _joined(text: str) -> list[str]:
    """The names that `và` or a hyphen joins; none where nothing is joined."""
    halves = text.split(" và ")
    if len(halves) > 1 and all(_is_name(half) for half in halves):
        return halves
    halves = _BETWEEN_FULL_NAMES.split(text)
    # One word before or after the hyphen belongs to it: Jean-Paul.
    if len(halves) > 1 and all(len(half.split()) > 1 and _is_name(half) for half in halves):
        return halves
    return []


def _is_name(text: str) -> bool:
    if text.casefold() in _KNOWN or is_known(text):
        return True
    if text.casefold() in _NO_NAMES:
        return False
    words = without_rank(_PRESS.sub("", text)).split()
    if not words or len(words) > _MOST_WORDS:
        return False
    if not any(word[0].isalpha() for word in words):
        return False
    ends = {words[0] if words[0] != "the" else "", words[-1]}
    return all(map(_is_name_word, words)) and not ends & _INNER_WORDS


def _is_name_word(word: str) -> bool:
    """Capitals, initials, a site (`bao.example`), or a particle of foreign names."""
    if word in _INNER_WORDS or _SITE.fullmatch(word):
        return True
    return _NAME_WORD.fullmatch(word) is not None and not word[0].islower()


_bylines = Memo(_read_byline, _NAMES_KEPT)
_authors = Memo(_author, _NAMES_KEPT)
