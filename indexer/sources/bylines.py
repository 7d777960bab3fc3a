"""Bylines -> authors: several names, roles, agencies, in any of the ways a newspaper prints them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from indexer.analysis.memo import Memo
from indexer.analysis.syllables import is_legal, place_tone
from indexer.model import Author
from indexer.sources.prose import one_line

_LONGEST = 120  # characters of a byline
_MOST_WORDS = 8  # in one name; agencies have the long ones
_MOST_NAMES = 12

_NAMES_KEPT = 2**10
"""A newspaper's staff, and the ways they sign: most articles bring no byline that the last thousand did not."""

_WORK = r"(?:tin|bài|ảnh|clip|video|đồ họa|đồ hoạ|thơ|ghi|dịch|biên dịch|tác giả|thực hiện)"
_LABEL = re.compile(
    rf"(?:^|(?<=[;,(/]))\s*(?:{_WORK}(?:\s*(?:[,/&+-]|\bvà\b)\s*{_WORK})*\s*:"
    r"|(?:tản văn|truyện ngắn|bút ký|ghi chép|thơ|tùy bút|tuỳ bút) của\b)",
    re.IGNORECASE,
)
"""`Tin, ảnh:`, `Tản văn của`: who did what, before a name."""

_SOURCE = re.compile(r"(?:^|(?<=[\s;,(/]))(?:theo|nguồn)(?:\s*:|(?=\s))", re.IGNORECASE)
"""`Theo TTXVN`, `Nguồn: X`: an agency follows."""

_DUTY = re.compile(
    r"\s*\(\s*(?:th|t/h|dịch|ctv|pv)\s*\)"
    r"|(?:(?<=\s)|(?<=\())"
    r"(?:thực hiện|tổng hợp(?: từ)?|biên dịch|lược dịch|biên soạn|lược ghi|sưu tầm|ghi|dịch)"
    r"(?=\s*(?:$|[;,)/]))",
    re.IGNORECASE,
)
"""`(tổng hợp)`, `thực hiện`: who did what, after a name."""

_PHOTO_CREDIT = re.compile(r"^\(?\s*ảnh\b|\.\s*\(\s*ảnh\b", re.IGNORECASE)
_SEPARATOR = re.compile(r"[;,&|()\[\]–—]|\s-\s|(?<!\bP)/|(?<=\bP)/(?![vV]\b)")
_BETWEEN_FULL_NAMES = re.compile(r"(?<=\w)-(?=\w)")
_PRESS = re.compile(r"^(?:PV|P\.V|P/[vV]|CTV|[Pp]hóng viên)\s+(?=\S)")

_KNOWN = frozenset(
    (
        "pv|p.v|p/v|ctv|ttxvn|tân hoa xã|thông tấn xã việt nam|vietnam+|vietnamplus|phóng viên"
        "|nhóm phóng viên|nhóm pv|cộng tác viên|ban biên tập|tòa soạn|bạn đọc|ban bạn đọc"
    ).split("|")
)
"""Names that do not look like names."""

_RANKS = re.compile(
    r"^(?:nhà (?:văn|thơ|báo|giáo|sử học|nghiên cứu)|luật sư|bác sĩ|bác sỹ|tiến sĩ|tiến sỹ|thạc sĩ|thạc sỹ|dược sĩ"
    r"|giáo sư|phó giáo sư|kiến trúc sư|nhạc sĩ|họa sĩ|đại sứ|nhóm)\s+(?=\S)",
    re.IGNORECASE,
)
_PRESS_HOUSE = re.compile(r"(?:Báo|Tạp chí|Đài|Truyền hình|NXB|Nhà xuất bản|Cổng thông tin)\s+[^\W\d_]")
_INNER_WORDS = frozenset("de del van von der bin al of the và tại".split())
_NAME_WORD = re.compile(r"(?:[^\W\d_]|[0-9](?=\w*[^\W\d_]))[\w.'’+-]*|[0-9]{1,4}")
_SITE = re.compile(r"[\w-]+(?:\.[\w-]+)+", re.ASCII)
_NO_NAMES = frozenset({"còn nữa", "hết kỳ", "kỳ tới", "xem thêm"})
_NO_BYLINE = re.compile(r"(?:Ông|Bà|Chị|Cháu|Bé)\s")
"""People an article speaks of."""

_SENTENCE_END = re.compile(r"[?!:…\"”]$|\.\.\.$|[\w”\"]{3,}\. ")


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
        if not found:
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
    return Author(line, author_key(line))


def author_key(name: str) -> str:
    """One key for a name however it is written: `ĐÌNH LÂM`, `Đình Lâm.` -> `đình lâm`; "" only for ""."""
    line = one_line(name).casefold()
    key = re.sub(r"\w+", lambda word: place_tone(word.group()), line.strip(" ."))
    return key or line or name


def _may_be_byline(line: str) -> bool:
    """Not for sentences, photo credits, and single words such as `Hết.`: no newspaper signs with one syllable."""
    if _SENTENCE_END.search(line) or _PHOTO_CREDIT.search(line) or _NO_BYLINE.match(line):
        return False
    return not is_legal(line.strip(" .").lower())


def _parts(line: str) -> Iterator[str]:
    """What stands between the separators, roles taken away."""
    line = _DUTY.sub("", _SOURCE.sub(";", _LABEL.sub(";", line)))
    for part in _SEPARATOR.split(line):
        if part := part.strip(" ."):
            yield part


def _names_in(part: str, *, alone: bool) -> list[str]:
    """The name in a part, or those joined by `và` or a hyphen; nothing where it is no name.

    A newspaper (`Báo Văn hóa và Đời sống`) looks like a heading when it stands alone.
    """
    if not alone and _PRESS_HOUSE.match(part):
        return [part] if len(part.split()) <= _MOST_WORDS else []
    halves = part.split(" và ")
    if len(halves) > 1 and all(_is_name(half) for half in halves):
        return halves
    halves = _BETWEEN_FULL_NAMES.split(part)
    # One word before or after the hyphen belongs to it: VOV-Tokyo, Jean-Paul.
    if len(halves) > 1 and all(len(half.split()) > 1 and _is_name(half) for half in halves):
        return halves
    return [_PRESS.sub("", part)] if _is_name(part) else []


def _is_name(text: str) -> bool:
    if text.casefold() in _KNOWN:
        return True
    if text.casefold() in _NO_NAMES:
        return False
    words = _RANKS.sub("", _PRESS.sub("", text)).split()
    if not words or len(words) > _MOST_WORDS:
        return False
    if not any(word[0].isalpha() for word in words):
        return False
    return all(map(_is_name_word, words)) and not {words[0], words[-1]} & _INNER_WORDS


def _is_name_word(word: str) -> bool:
    """Capitals, initials, a site (`bao.example`), or a particle of foreign names."""
    if word in _INNER_WORDS or _SITE.fullmatch(word):
        return True
    return _NAME_WORD.fullmatch(word) is not None and not word[0].islower()


_bylines = Memo(_read_byline, _NAMES_KEPT)
_authors = Memo(_author, _NAMES_KEPT)
