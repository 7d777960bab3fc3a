"""What staff are told about problems of articles: what it is, why it matters, what to do; in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from indexer.problems import Problem, ProblemKind, ReportKind

Pair = tuple[str, str]
"""A Vietnamese sentence, and an English one."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A kind of problem: its name, why it matters to readers, and what to do about it."""

    name: Pair
    why: Pair
    cure: Pair


_FIX_DATE: Pair = (
    "Xem lại báo in hoặc tệp gốc, rồi ghi ngày đúng: khobao fix MÃ-BÀI --date 1/7/2020.",
    "Look it up in print or in the source, then write the right date: khobao fix ID --date 1/7/2020.",
)

KINDS: Mapping[ProblemKind, Explained] = MappingProxyType(
    {
        ProblemKind.READER_REPORT: Explained(
            ("Bạn đọc báo sai", "Reported by a reader"),
            ("Có người đọc thấy bài có chỗ sai.", "Somebody who read the article says that it is wrong."),
            (
                "Xem lại bài, sai thì sửa (khobao fix MÃ-BÀI …), rồi gạch đi: khobao problems --seen MÃ-BÁO-LỖI.",
                "Look at the article, mend it (khobao fix ID ...), then strike it off: khobao problems --seen REPORT.",
            ),
        ),
        ProblemKind.MOJIBAKE: Explained(
            ("Chữ bị vỡ mã", "Garbled text"),
            (
                "Bài được đọc sai bảng mã: tìm không ra, đọc không được.",
                "It was read in a wrong character set: nobody can find it or read it.",
            ),
            (
                "Lưu lại tệp gốc bằng UTF-8, hoặc lấy bản khác. Chỉ vỡ vài chữ thì sửa: khobao fix MÃ-BÀI --title …",
                "Save the source as UTF-8, or get another copy. A few letters can be mended: khobao fix ID --title ...",
            ),
        ),
        ProblemKind.FUTURE_DATE: Explained(
            ("Ngày ở tương lai", "Date in the future"),
            (
                "Bài đứng đầu danh sách mới nhất, dù chưa đến ngày ấy.",
                "It stands first among the newest articles, though that day has not come.",
            ),
            _FIX_DATE,
        ),
        ProblemKind.EARLY_DATE: Explained(
            ("Ngày quá xưa", "Date too early"),
            (
                "Có lẽ là ngày máy tự ghi khi không biết ngày (1/1/1970).",
                "It is rather what machines write for an unknown date (1/1/1970).",
            ),
            _FIX_DATE,
        ),
        ProblemKind.NO_DATE: Explained(
            ("Không có ngày", "No date"),
            (
                "Lọc theo năm, tháng hay ngày thì không thấy bài.",
                "Readers who narrow by year, month or day do not see it.",
            ),
            _FIX_DATE,
        ),
        ProblemKind.MARKUP: Explained(
            ("Sót mã trang web", "Leftover markup"),
            (
                "Độc giả thấy mã lẫn trong bài, và mã cũng được tìm như chữ.",
                "Readers see code in the text, and it is searched as if it were words.",
            ),
            (
                "Xóa đoạn mã trong tệp gốc. Nếu bài viết về chính mã ấy: khobao fix MÃ-BÀI --accept markup.",
                "Delete it in the source. If the article is about code: khobao fix ID --accept markup.",
            ),
        ),
        ProblemKind.ODD_TITLE: Explained(
            ("Tiêu đề không giống tiêu đề", "Title that is none"),
            (
                "Dòng được lấy làm tiêu đề là cả đoạn văn, một ngày, hay chỉ có số.",
                "What was taken for the title is a whole paragraph, a date, or a number.",
            ),
            ("Ghi tiêu đề đúng: khobao fix MÃ-BÀI --title …", "Write the right one: khobao fix ID --title ..."),
        ),
        ProblemKind.VERY_SHORT: Explained(
            ("Bài quá ngắn", "Very short"),
            ("Có lẽ thân bài bị mất khi lưu.", "Its text may have been lost when it was saved."),
            (
                "Lấy lại bài đủ. Nếu bài chỉ có thế: khobao fix MÃ-BÀI --accept very-short.",
                "Get the whole article. If there is no more: khobao fix ID --accept very-short.",
            ),
        ),
        ProblemKind.TWIN: Explained(
            ("Hai bài y hệt nhau", "The same article twice"),
            ("Độc giả thấy một bài hai lần.", "Readers get one article twice."),
            (
                "Xóa một trong hai bản ở nguồn. Muốn giữ cả hai: khobao fix MÃ-BÀI --accept twin.",
                "Remove one of the two from the sources. To keep both: khobao fix ID --accept twin.",
            ),
        ),
        ProblemKind.NEAR_COPY: Explained(
            ("Hai bài gần giống nhau", "Nearly the same article twice"),
            (
                "Phần lớn nội dung giống nhau: có lẽ là hai bản của một bài.",
                "Most of the text is the same: they may be two versions of one article.",
            ),
            (
                "Xem cả hai rồi bỏ bản thừa. Nếu là hai bài khác nhau: khobao fix MÃ-BÀI --accept near-copy.",
                "Look at both and remove the one too many. If they are two articles: khobao fix ID --accept near-copy.",
            ),
        ),
        ProblemKind.UNKNOWN_CAPTION: Explained(
            ("Chú thích ảnh không rõ", "Unclear photo caption"),
            (
                "Dòng dưới ảnh lẫn vào thân bài, hoặc không nói gì về ảnh.",
                "A line from below a photo stands in the text, or says nothing about the photo.",
            ),
            (
                'Ghi lại chú thích: khobao fix MÃ-BÀI --caption "Bến cá. (Ảnh: Lê Bình)".',
                'Write the caption: khobao fix ID --caption "Bến cá. (Ảnh: Lê Bình)".',
            ),
        ),
        ProblemKind.NO_BYLINE: Explained(
            ("Không có tác giả", "No author"),
            ("Lọc theo tác giả thì không thấy bài.", "Readers who narrow by author do not see it."),
            (
                'Ghi tên: khobao fix MÃ-BÀI --author "Lan Chi". Nếu báo không ghi tên: --accept no-byline.',
                'Write the name: khobao fix ID --author "Lan Chi". If none was printed: --accept no-byline.',
            ),
        ),
    }
)
"""Every kind, explained."""

_DETAILS: Mapping[ProblemKind, Pair] = MappingProxyType(
    {
        ProblemKind.NO_DATE: ("không đọc được “{detail}” thành ngày", "“{detail}” was not read as a date"),
        ProblemKind.VERY_SHORT: ("{detail} chữ", "{detail} words"),
        ProblemKind.TWIN: ("giống bài {detail}", "the same as {detail}"),
        ProblemKind.NEAR_COPY: ("giống bài {detail}", "much the same as {detail}"),
    }
)
"""How a detail is put where it does not speak for itself."""

_DATED = frozenset({ProblemKind.FUTURE_DATE, ProblemKind.EARLY_DATE})
"""Kinds whose detail is a day, ISO 8601."""

REPORTS: Mapping[ReportKind, Pair] = MappingProxyType(
    {
        ReportKind.WORDS: ("chữ sai", "wrong words"),
        ReportKind.DATE: ("ngày sai", "wrong date"),
        ReportKind.AUTHOR: ("tác giả sai", "wrong author"),
        ReportKind.OTHER: ("chỗ khác", "something else"),
    }
)
"""What a reader can say is wrong."""

FIELDS: Mapping[str, Pair] = MappingProxyType(
    {
        "published": ("Ngày đăng", "Date"),
        "authors": ("Tác giả", "Authors"),
        "title": ("Tiêu đề", "Title"),
        "lead": ("Sa-pô", "Lead"),
        "section": ("Chuyên mục", "Section"),
        "source": ("Nguồn", "Source"),
        "captions": ("Chú thích ảnh", "Captions"),
        "accept": ("Đã xem, như thế là đúng", "Looked at, and right so"),
    }
)
"""The fields a correction can change."""


def name(kind: ProblemKind, language: str = "vi") -> str:
    """What a kind of problem is called."""
    return _in(KINDS[kind].name, language)


def why(kind: ProblemKind, language: str = "vi") -> str:
    """Why it matters."""
    return _in(KINDS[kind].why, language)


def cure(kind: ProblemKind, language: str = "vi") -> str:
    """What to do about it."""
    return _in(KINDS[kind].cure, language)


def what(problem: Problem, language: str = "vi") -> str:
    """The problem and what shows it, in one line."""
    told = name(problem.kind, language)
    if not problem.detail:
        return told
    if problem.report:
        return f"{told}: {_in(REPORTS[problem.report.kind], language)}: {problem.detail}"
    detail = _day(problem.detail) if problem.kind in _DATED and language != "en" else problem.detail
    if pair := _DETAILS.get(problem.kind):
        detail = _in(pair, language).format(detail=detail)
    return f"{told}: {detail}"


def _day(iso: str) -> str:
    """A day as papers print it; what is none as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day}/{day.month}/{day.year}"


def report_name(kind: ReportKind, language: str = "vi") -> str:
    """What it is that a reader says is wrong."""
    return _in(REPORTS[kind], language)


def field_name(field: str, language: str = "vi") -> str:
    """What a field of an article is called."""
    return _in(FIELDS[field], language)


def _in(pair: Pair, language: str) -> str:
    vietnamese, english = pair
    return english if language == "en" else vietnamese
