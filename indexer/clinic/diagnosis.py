"""An article -> what a person should look at. Pure.

It runs for every article that is read, so each test begins with a question that is cheap and nearly always answered no.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from indexer.clinic.debris import find_debris
from indexer.clinic.garbled import find_garbled
from indexer.model import Article
from indexer.problems import Problem, ProblemKind
from indexer.sources.captions import read_caption
from indexer.sources.stamps import VIETNAM

DIAGNOSIS_VERSION = 2
"""Raised when articles read before should be looked at again. 2: they are compared with each other, too."""

DAYS_OF_MACHINES = frozenset({date(1899, 12, 30), date(1900, 1, 1), date(1970, 1, 1), date(1980, 1, 1)})
"""What programs write where they know no date: 0 as spreadsheets, Unix and DOS count days."""

DAYS_AHEAD = 1
"""An article of tomorrow is ready early; one of a later day has a wrong date."""

SHORTEST, SHORTEST_WITH_PHOTO = 30, 12
"""Words of title, text and captions together. A notice of two sentences has 30; what is below lost its text on the way.
With a photo and its caption a title and a line are an article."""

LONGEST_TITLE = 200
"""Characters. Of 20,000 headlines the longest has 174; what is longer is a lead in the title's place."""

SHORTEST_CHARS = 20 * SHORTEST
"""So long a text has words enough, and they need not be counted."""

_MOST_DETAIL = 120

_STAMP_LIKE = re.compile(
    r"(?:\b[0-9]{1,2}\s?[/.-]\s?[0-9]{1,2}\s?[/.-]\s?[0-9]{2,4}\b|\bngày\s[0-9]{1,2}\s?[/ ]"
    r"|\b[0-9]{1,2}[:h][0-9]{2}\b.*[0-9]{1,2}[/.-][0-9]{1,2}"
    r"|\b[0-9]{1,2}[ -](?:tháng|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\b(?:tháng|th)[0-9 ].*\b[0-9]{4}\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? [0-9]{1,2}\b)",
    re.IGNORECASE,
)
_LONGEST_STAMP = 60
_WORDS_OF_STAMPS = frozenset(
    (
        "ngày tháng năm thứ hai ba tư sáu bảy bẩy chủ chúa nhật cn giêng một chạp mười tám chín giờ phút lúc vào lần"
        " cập cuối đăng tải xuất bản phát hành thời gian gmt utc am pm sa ch sáng trưa chiều tối thg th"
        " mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday"
        " jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september"
        " october november december at on published posted updated last"
    ).split()
)
"""`Bản tin 15h00 | 31/10/2021` is a headline: it has other words."""

_WORD = re.compile(r"[^\W\d_]{2,}")

_NO_TITLE = re.compile(
    r"(?:untitled|no title|không (?:có )?(?:tiêu đề|tựa đề?)|tiêu đề|document ?\d*|title)\W*", re.IGNORECASE
)

_PHOTO = ("nh:", "nh :", "NH:", "nh minh họa:", "nh minh hoạ:", "nh tư liệu:", "nh trên:", "nh dưới:")
"""What every photo line has one of: `Ảnh:`, `Trong hình:`."""

_PHOTO_LINE = re.compile(
    r"^\W*(?:trong (?:ảnh|hình)|(?:chú thích )?ảnh(?: (?:minh họa|minh hoạ|trên|dưới|tư liệu))?) ?:",
    re.IGNORECASE,
)
_CREDIT_INSIDE = re.compile(r"(?:[.,;)(–-]\s?|\s[–-]\s)Ảnh ?: ?\w")
_BEFORE_CREDIT = 40

_LONGEST_NAMELESS = 60
_NAMELESS = re.compile(r"^\W*(?:ảnh|hình|photo)?(?: (?:minh họa|minh hoạ|tư liệu|internet))?\W*$", re.IGNORECASE)


def diagnose(article: Article, path: str, today: date | None = None) -> Iterator[Problem]:
    """The problems of one article, as far as it shows them by itself; each kind at most once.

    `today` is the day in Vietnam unless it is given.
    """
    for kind, detail in _findings(article, today or today_in_vietnam()):
        yield Problem(kind, article.id, path, detail[:_MOST_DETAIL])


def today_in_vietnam() -> date:
    return datetime.now(VIETNAM).date()


def is_ahead(day: date, today: date) -> bool:
    """Whether no newspaper of this day can be there yet."""
    return day > today + timedelta(days=DAYS_AHEAD)


def _findings(article: Article, today: date) -> Iterator[tuple[ProblemKind, str]]:
    passages = article.passages()
    text = "\n".join((article.title, article.section, *(author.name for author in article.authors), *passages))
    if garbled := find_garbled(text):
        yield ProblemKind.MOJIBAKE, garbled
    yield from _date_findings(article, today)
    if debris := find_debris(text):
        yield ProblemKind.MARKUP, debris
    if _is_odd_title(article.title):
        yield ProblemKind.ODD_TITLE, article.title
    if len(text) < SHORTEST_CHARS and (words := _count_words(article)) < _least_words(article):
        yield ProblemKind.VERY_SHORT, str(words)
    if line := _unknown_caption(article, text):
        yield ProblemKind.UNKNOWN_CAPTION, line
    if not article.authors:
        yield ProblemKind.NO_BYLINE, ""


def _date_findings(article: Article, today: date) -> Iterator[tuple[ProblemKind, str]]:
    if article.published is None:
        yield ProblemKind.NO_DATE, _unread_stamp(article)
        return
    day = article.published.day
    if is_ahead(day, today):
        yield ProblemKind.FUTURE_DATE, day.isoformat()
    elif day in DAYS_OF_MACHINES:
        yield ProblemKind.EARLY_DATE, day.isoformat()


def _unread_stamp(article: Article) -> str:
    """A line at the top that looks like a date stamp, but could not be read as one: `31/02/2020`."""
    top = (article.title, article.lead, *article.paragraphs[:1])
    return next((line for line in top if _is_like_stamp(line)), "")


def _is_like_stamp(line: str) -> bool:
    if len(line) > _LONGEST_STAMP or not _STAMP_LIKE.search(line):
        return False
    return _WORDS_OF_STAMPS.issuperset(_WORD.findall(line.lower()))


def _is_odd_title(title: str) -> bool:
    """Not a headline: a whole lead, a number, a placeholder, or a date."""
    return (
        len(title) > LONGEST_TITLE
        or not any(map(str.isalpha, title))
        or _NO_TITLE.fullmatch(title) is not None
        or _is_like_stamp(title)
    )


def _least_words(article: Article) -> int:
    return SHORTEST_WITH_PHOTO if article.captions else SHORTEST


def _count_words(article: Article) -> int:
    return sum(len(text.split()) for text in (article.title, *article.passages()))


def _unknown_caption(article: Article, text: str) -> str:
    """A caption that says nothing, or a photo line among the paragraphs; `text` is all of the article."""
    for caption in article.captions:
        if not caption.credit and len(caption.text) <= _LONGEST_NAMELESS and _NAMELESS.match(caption.text):
            return caption.text
    if not any(mark in text for mark in _PHOTO):
        return ""
    for line in (article.lead, *article.paragraphs):
        if any(mark in line for mark in _PHOTO) and (found := _photo_line(line)):
            return found
    return ""


def _photo_line(line: str) -> str:
    """What shows that a paragraph is, or has swallowed, a line below a photo: all of it, or the words around."""
    if _PHOTO_LINE.match(line) or read_caption(line):
        return line
    credit = _CREDIT_INSIDE.search(line)
    return line[max(0, credit.start() - _BEFORE_CREDIT) : credit.end() + _BEFORE_CREDIT] if credit else ""
