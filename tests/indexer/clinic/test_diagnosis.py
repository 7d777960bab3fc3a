"""Which problems an article has, as staff are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.clinic.diagnosis import diagnose
from indexer.model import Article, Caption, Stamp
from indexer.problems import Problem, ProblemKind
from indexer.sources import plain_text
from indexer.sources.fields import authors_named
from indexer.sources.stamps import VIETNAM

TODAY = date(2021, 3, 5)
SOUND = Article(
    "a",
    "Phiên chợ sớm ở Cửa Trầm",
    lead="Sáng nay chợ họp lại sau bão, người bán người mua đều vui.",
    paragraphs=("Từ bốn giờ sáng, ghe đã cập bến. Cá đầy khoang, giá không tăng.",),
    captions=(Caption("Bến cá lúc rạng sáng.", "Lê Bình"), Caption("Cá về bến.")),
    authors=authors_named(["Lan Chi"]),
    published=Stamp(datetime(2021, 3, 4, tzinfo=VIETNAM), has_time=False),
)


def found(article: Article) -> list[Problem]:
    return list(diagnose(article, "a.txt", TODAY))


def kinds(article: Article) -> list[str]:
    return [str(problem.kind) for problem in found(article)]


def dated(day: date) -> Article:
    moment = datetime(day.year, day.month, day.day, tzinfo=VIETNAM)
    return replace(SOUND, published=Stamp(moment, has_time=False))


def test_a_sound_article_has_none() -> None:
    assert found(SOUND) == []


def test_a_problem_names_its_article_its_file_and_what_shows_it() -> None:
    (problem,) = found(dated(date(2031, 3, 4)))
    assert problem == Problem(ProblemKind.FUTURE_DATE, "a", "a.txt", "2031-03-04")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2021, 3, 5), []),
        (date(2021, 3, 6), []),  # tomorrow's paper is ready early
        (date(2021, 3, 7), ["future-date"]),
        (date(1865, 4, 15), []),
        (date(1899, 12, 30), ["early-date"]),
        (date(1970, 1, 1), ["early-date"]),
        (date(1970, 1, 2), []),
    ],
)
def test_a_date_that_cannot_be_is_told(day: date, expected: list[str]) -> None:
    assert kinds(dated(day)) == expected


def test_without_a_date_or_an_author_it_is_told() -> None:
    assert kinds(replace(SOUND, published=None, authors=())) == ["no-date", "no-byline"]


@pytest.mark.parametrize(
    "stamp",
    [
        "31/02/2021",
        "08:00, 35/03/2021",
        "Thứ ba, 2/13/2021",
        "Ngày 30 tháng 2 năm 2021",
        "05/06/1820",
        "28/11/26",
        "Feb 30, 2021",
        "Sat, 31 Nov 2020 07:05:00 +0700",
        "Tháng Hai 30, 2021",
        "7 giờ chiều 5/6/2021",
    ],
)
def test_a_stamp_that_cannot_be_read_is_shown(stamp: str) -> None:
    article = plain_text.parse(f"{stamp}\n\nMột tiêu đề\n\nMột đoạn văn dài.\n", "a")
    no_date = next(problem for problem in found(article) if problem.kind is ProblemKind.NO_DATE)
    assert no_date.detail == stamp


@pytest.mark.parametrize(
    "line", ["Lễ kỷ niệm 30/4/1975 được tổ chức ở nhiều nơi trong tỉnh", "Tỉ số 2-1", "Thư bạn đọc 4.4.2014", ""]
)
def test_other_lines_with_numbers_are_no_stamps(line: str) -> None:
    (no_date,) = found(replace(SOUND, published=None, lead=line))
    assert no_date.detail == ""


@pytest.mark.parametrize("place", ["title", "lead", "section"])
def test_garbled_text_is_told_wherever_it_stands(place: str) -> None:
    assert kinds(replace(SOUND, **{place: "Nghị quyết cña §¶ng vÒ x©y dùng ®¶ng"})) == ["mojibake"]


def test_markup_is_told() -> None:
    assert kinds(replace(SOUND, paragraphs=("Sáng nay&nbsp;chợ đông.", *SOUND.paragraphs))) == ["markup"]


@pytest.mark.parametrize("title", ["Một đoạn rất dài. " * 12, "12345", "31/02/2021", "Untitled", "Không có tiêu đề"])
def test_a_title_that_is_none_is_told(title: str) -> None:
    assert kinds(replace(SOUND, title=title.strip())) == ["odd-title"]


@pytest.mark.parametrize(
    "title", ["CẢNH BÁO GIẢ DANH CSGT", "Ngày 30/4/1975 trong ký ức người ở lại", "Bản tin 15h00 | 31/10/2021"]
)
def test_capitals_and_dates_in_a_headline_are_right(title: str) -> None:
    assert kinds(replace(SOUND, title=title)) == []


def test_a_text_that_is_nearly_empty_is_told() -> None:
    stub = replace(SOUND, lead="Mời bạn đọc xem video.", paragraphs=(), captions=())
    (problem,) = found(stub)
    assert (problem.kind, problem.detail) == (ProblemKind.VERY_SHORT, "11")


def test_a_photo_with_its_caption_is_an_article() -> None:
    photo = replace(SOUND, lead="", paragraphs=(), captions=(Caption("Ngư dân kéo lưới lúc rạng sáng.", "Lê Bình"),))
    assert kinds(photo) == []
    assert kinds(replace(photo, title="Ảnh", captions=(Caption("Kéo lưới."),))) == ["very-short"]


@pytest.mark.parametrize(
    "line",
    [
        "Trong ảnh: ngư dân kéo lưới lúc rạng sáng.",
        "Ảnh: Lê Bình",
        "Ảnh minh họa: chợ sớm",
        "(Ảnh: Lê Bình)",
        "Ngư dân kéo lưới - Ảnh: LÊ BÌNHSáng nay chợ họp lại sau bão, người bán người mua đều vui.",
        "Ngư dân kéo lưới (Ảnh: TTXVN) Sáng nay chợ họp lại.",
    ],
)
def test_a_photo_line_among_the_paragraphs_is_told(line: str) -> None:
    (problem,) = found(replace(SOUND, paragraphs=(*SOUND.paragraphs, line)))
    assert problem.kind is ProblemKind.UNKNOWN_CAPTION
    assert problem.detail in line


@pytest.mark.parametrize("text", ["Ảnh", "Ảnh minh họa", "ẢNH:", "…"])
def test_a_caption_that_says_nothing_is_told(text: str) -> None:
    assert kinds(replace(SOUND, captions=(Caption(text),))) == ["unknown-caption"]


@pytest.mark.parametrize(
    "line",
    [
        "Bà Lâm phản ảnh: vì sao đường chưa sửa?",
        "Liên hoan có bốn nền điện ảnh: Ấn Độ, Canada, Hàn Quốc, Iran.",
        "Ông bình luận vào ảnh: “Tâm bất biến giữa dòng đời vạn biến”.",
        "Ba anh em chúng mình: một người đi biển, hai người ở nhà.",
    ],
)
def test_a_sentence_about_photos_is_no_caption(line: str) -> None:
    assert kinds(replace(SOUND, paragraphs=(*SOUND.paragraphs, line))) == []


def test_details_are_short_whatever_the_article_holds() -> None:
    article = replace(SOUND, title="x" * 900, paragraphs=("Trong ảnh: " + "rất dài " * 1000,))
    assert found(article)
    assert all(len(problem.detail) <= 120 for problem in found(article))


def test_a_caption_of_nothing_but_signs_takes_no_time_without_end() -> None:
    assert kinds(replace(SOUND, captions=(Caption("." * 300_000 + "x"),))) == []


@given(st.text(), st.text(), st.text())
def test_any_text_is_looked_at_calmly_and_each_kind_told_once(title: str, lead: str, caption: str) -> None:
    told = kinds(Article("a", title, lead=lead, paragraphs=(lead, caption), captions=(Caption(caption),)))
    assert len(told) == len(set(told))
