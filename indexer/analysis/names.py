"""Names of people and places, by their capitals: what a newspaper prints so often that readers will want it completed.

A name is a run of two to five capitalised syllables. What an article calls it is told by the words before it (`ông`,
`tỉnh`), wherever it stands in the article; what the archive calls it is up to most articles: see `name_kind`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from indexer.analysis.memo import Memo
from indexer.analysis.syllables import place_tone_old
from indexer.model import CompletionKind

FEWEST, MOST = 2, 5
"""Syllables of a name: a single one says little, and longer runs are headlines and lists."""

SURE = 0.1
"""Share of the articles with a name that must say what it is: fewer are slips, such as `ông` before a ministry."""

_RUNS_KEPT = 2**15


class Names(NamedTuple):
    """The distinct names in an article: those it calls people, those it calls places, and the others."""

    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


NO_NAMES = Names()

# What is known of words

_FAMILIES = frozenset(
    """
    âu bạch bành bế biện bùi cà cao cầm cát châu chế chu chử chung cù cung diệp doãn dư dương đái đàm đào đặng đậu điêu
    đinh đoàn đỗ đổng đới giàng giang giáp hà hàn hầu hoàng hồ hứa huỳnh kha khổng khuất khúc khương kiều kim ksor la lã
    lại lâm lê liễu lò lục lư lương lường lưu lý mã mạc mai mẫn nghiêm ngô nguyễn ngụy nhâm nhữ ninh nông phạm phan
    phí phù phùng phương quách quàng quản sầm sùng tạ tào tăng thạch thái thân thẩm thào thiều tiêu tô tôn tống trần
    triệu trình trịnh trương từ tưởng ứng vi võ vòng vũ vừ vương
    """.title().split()
)
"""Family names, as they begin a full name; not those that more often begin something else (`Đường`, `Văn`)."""

_SELDOM_INNER = frozenset("Nguyễn Trần Phạm Huỳnh Đặng Bùi Đỗ Võ".split())
"""Family names that are seldom a middle name: in `Hà Nội Nguyễn Đức Chung` a person begins here."""

_BEFORE_PEOPLE = """
    ông bà anh chị em cô chú bác cụ cậu bé vợ chồng chí tịch thư trưởng phó đốc viên sĩ sỹ sư tướng tá úy uỷ thống
    hlv gs ts ths bs pgs pgs.ts mc nsnd nsưt giả thủ cáo nhân can hậu ký
"""
_BEFORE_PLACES = """
    tỉnh huyện xã phường quận phố trấn tp tp. tx tx. sông suối núi đèo đảo hồ vịnh biển thôn làng bản ấp buôn cầu chợ
    ga cảng tại ở bang quê
"""
_VOTES = {
    written: vote
    for words, vote in ((_BEFORE_PEOPLE, 1), (_BEFORE_PLACES, -1))
    for word in words.split()
    for written in (word, word.title(), word.upper(), f"({word}")
}
"""The word before a name -> its vote: 1 for a person, -1 for a place. Of `đồng chí`, `thành phố` the last syllable."""

_TITLES = frozenset("Ông Bà Anh Chị Bác Cụ Em Tỉnh Huyện Xã Phường Quận".split())
"""Words before a name, as they begin a sentence or are printed with a capital by courtesy."""

_INSTITUTIONS = frozenset(
    """
    Bộ Sở Ban Viện Trường Công Tổng Ủy Uỷ Bệnh Ngân Tòa Toà Phòng Cục Vụ Phó Chủ Giám Báo Đài Nghị Luật Tạp Học Đảng Đội
    """.split()
)
"""They begin the name of an institution, of which only some syllables have capitals (`Bộ Giáo dục và Đào tạo`)."""

_COUNTRIES = frozenset(
    tuple(name.split())
    for name in """
    Mỹ, Nga, Anh, Pháp, Đức, Nhật, Nhật Bản, Trung Quốc, Hàn Quốc, Triều Tiên, Thái Lan, Campuchia, Lào, Malaysia,
    Singapore, Philippines, Indonesia, Myanmar, Ấn Độ, Úc, Australia, Canada, Brazil, Mexico, Venezuela, Cuba, Iran,
    Iraq, Israel, Palestine, Syria, Thổ Nhĩ Kỳ, Ukraine, Ba Lan, Hà Lan, Tây Ban Nha, Italia, Ai Cập, Arab Saudi,
    Hong Kong, Đài Loan, Việt Nam, Nhà Trắng, Điện Kremlin
    """.split(",")
)
"""Between an office and who holds it: `tổng thống Nga Vladimir Putin`."""


# Mining


def find_names(texts: Iterable[str]) -> Names:
    """The names in the passages of an article, which are canonical; spelled in the old style, as most print them."""
    votes: dict[str, int] = {}
    for text in texts:
        for run in _RUN.finditer(text):
            for name, vote in _read(text, run):
                votes[name] = votes.get(name, 0) + vote
    return Names(
        tuple(name for name, vote in votes.items() if vote > 0),
        tuple(name for name, vote in votes.items() if vote < 0),
        tuple(name for name, vote in votes.items() if not vote),
    )


def name_kind(name: str, articles: int, people: int, places: int) -> CompletionKind | None:
    """What a name is that so many articles hold, so many of them as a person or as a place; None where nobody can say.

    What no article says is told by a family name in front.
    """
    if max(people, places) >= SURE * articles:
        return CompletionKind.PERSON if people >= places else CompletionKind.PLACE
    return CompletionKind.PERSON if name.partition(" ")[0] in _FAMILIES else None


_BLOCKS = (range(0x41, 0x5B), range(0x61, 0x7B), range(0xC0, 0x250), range(0x1EA0, 0x1EFA))
_LETTERS = [*map(chr, chain(*_BLOCKS))]
_CAPITAL = f"[{''.join(letter for letter in _LETTERS if letter.isupper())}]"
_SMALL = f"[{''.join(letter for letter in _LETTERS if letter.islower())}]"
_RUN = re.compile(rf"{_CAPITAL}{_SMALL}++(?: {_CAPITAL}{_SMALL}++)++(?!\w| {_CAPITAL}\b)")
"""Not what a single letter ends: `Nguyễn Văn A` is nobody's name, and `Nguyễn Văn` is less."""

_Votes = tuple[tuple[str, int], ...]
"""Names, each with what is said of it: 1 for a person, -1 for a place, 0 for nothing."""


class _Reading(NamedTuple):
    """What a run of capitalised syllables holds: after a word that tells nothing, one before people, one before places;
    and where it opens a sentence, so that its first word has a capital in any case."""

    plain: _Votes
    person: _Votes
    place: _Votes
    opening: _Votes


_BEFORE_OPENING = ("", ".", "!", "?", ":", ";", "…", '"', "“", "”", "'", "-", "–", "*")
"""What ends before a sentence begins, a quotation or the item of a list."""


def _read(text: str, run: re.Match[str]) -> _Votes:
    """The names in a run, by what stands before it."""
    reading = _readings[run.group()]
    start = run.start()
    if not start or text[start - 1] != " ":
        return reading.plain if text[start - 1 : start] == "(" else reading.opening
    before = text[text.rfind(" ", 0, start - 1) + 1 : start - 1]
    vote = _VOTES.get(before, 0)
    if vote:
        return reading.person if vote > 0 else reading.place
    return reading.opening if before[-1:] in _BEFORE_OPENING else reading.plain


def _find_reading(run: str) -> _Reading:
    words = run.split(" ")
    is_sure = words[0] in _FAMILIES or words[0] in _TITLES
    return _Reading(
        plain=_names_of(words, 0),
        person=_names_of(_without_country(words), 1),
        place=_names_of(words, -1),
        opening=_names_of(words if is_sure else words[1:], 0),
    )


def _without_country(words: Sequence[str]) -> Sequence[str]:
    longest = next((length for length in (3, 2, 1) if tuple(words[:length]) in _COUNTRIES), 0)
    return words[longest:] or words


def _names_of(words: Sequence[str], vote: int) -> _Votes:
    if len(words) > FEWEST and words[0] in _TITLES:
        vote, words = _VOTES[words[0].lower()], words[1:]
    first, second = _split(words)
    return (*_name(first, vote), *_name(second, 1))


def _split(words: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """A place, and a person who is named right after it; all in the first where nobody is."""
    if words and (words[0] not in _FAMILIES or len(words) >= MOST):
        for place in range(FEWEST, len(words) - 1):
            if words[place] in _SELDOM_INNER:
                return words[:place], words[place:]
    return words, ()


def _name(words: Sequence[str], vote: int) -> _Votes:
    if not FEWEST <= len(words) <= MOST or words[0] in _INSTITUTIONS:
        return ()
    return ((" ".join(map(place_tone_old, words)), vote),)


_readings = Memo(_find_reading, _RUNS_KEPT)
