"""Completion while typing, over the reference engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.archive import Archive
from indexer.documents import to_document
from indexer.engines.memory import MemoryEngine
from indexer.model import Article, Author, Completion, CompletionKind

WORD, PERSON, PLACE = CompletionKind.WORD, CompletionKind.PERSON, CompletionKind.PLACE
TITLE, AUTHOR = CompletionKind.TITLE, CompletionKind.AUTHOR

LAM = Author("Đình Lâm", "đình lâm")
ARTICLES = (
    Article(
        "a",
        "Xây dựng Đảng ở cơ sở",
        "",
        ("Công tác xây dựng Đảng do đảng viên làm.", "Tất cả vì hòa bình."),
        (),
        (LAM,),
    ),
    Article("b", "Cầu mới đang xây", "", ("Ông Nguyễn Văn Phúc xây dựng cầu ở tỉnh Khánh Hòa.",), (), (LAM,)),
    Article("c", "Đường sắt và hòa bình", "", ("Đường sắt qua tỉnh Hòa Bình. Đương nhiên phải đi.",)),
    Article("d", "Tin ngắn", "", ("Người ta mong hòa bình. Bà Nguyễn Thị Phượng đi đường sắt, rồi xây nhà.",)),
)


@pytest.fixture(scope="module")
def archive() -> Archive:
    engine, folder = MemoryEngine(), Path("/completion")
    engine.create(folder)
    writer = engine.writer(folder)
    for each in ARTICLES:
        writer.add(to_document(each, f"/{each.id}.txt", "digest"))
    writer.commit()
    return Archive(engine.searcher(folder), "test")


def texts(found: tuple[Completion, ...], *kinds: CompletionKind) -> list[str]:
    return [one.text for one in found if one.kind in kinds]


@pytest.mark.parametrize("typed", ["xây d", "xay d", "xây dư", "xay dụ", "XÂY D", "xa\u0302y d", "xây du"])
def test_a_word_is_completed_from_marks_from_none_and_from_half_a_syllable(archive: Archive, typed: str) -> None:
    assert archive.complete(typed)[0] == Completion(WORD, "xây dựng", 2, "xây dựng")


def test_every_mark_typed_is_kept(archive: Archive) -> None:
    assert texts(archive.complete("đươ"), WORD) == ["đường sắt", "đương nhiên"]
    assert texts(archive.complete("đườ"), WORD) == ["đường sắt"]
    assert texts(archive.complete("dườ"), WORD) == ["đường sắt"], "d is đ without its mark"
    assert texts(archive.complete("đưở"), WORD) == []


def test_people_and_places_are_told_apart(archive: Archive) -> None:
    assert texts(archive.complete("nguyễn "), PERSON) == ["Nguyễn Thị Phượng", "Nguyễn Văn Phúc"]
    assert texts(archive.complete("khanh h"), PLACE) == ["Khánh Hòa"]


@pytest.mark.parametrize("typed", ["hòa b", "hoà b", "hoa b"])
def test_a_word_that_is_seldom_a_name_is_a_word(archive: Archive, typed: str) -> None:
    found = archive.complete(typed)
    assert [(one.kind, one.text.lower()) for one in found if one.kind in (WORD, PLACE)] == [(WORD, "hòa bình")]


def test_authors_are_found_by_any_of_their_names_and_asked_for_by_field(archive: Archive) -> None:
    expected = Completion(AUTHOR, "Đình Lâm", 2, 'tác giả:"Đình Lâm"')
    for typed in ("đình", "lâm", "dinh la", "đình lâm"):
        assert expected in archive.complete(typed)
    assert archive.complete("mưa tac gia:lâ") == (Completion(AUTHOR, "Đình Lâm", 2, 'mưa tác giả:"Đình Lâm"'),)
    assert archive.complete("đính") == ()


def test_titles_hold_every_word_and_lead_to_their_article(archive: Archive) -> None:
    assert [(one.text, one.article_id) for one in archive.complete("cầu x") if one.kind is TITLE] == [
        ("Cầu mới đang xây", "b")
    ]
    assert texts(archive.complete("cầu"), TITLE) == [], "one word is in too many titles"
    assert texts(archive.complete("cấu x"), TITLE) == []


def test_the_end_of_a_longer_text_is_completed_where_the_archive_has_the_words_side_by_side(archive: Archive) -> None:
    assert archive.complete("tin về công tác xây d")[0].query == "tin về công tác xây dựng"
    assert texts(archive.complete("do đả"), WORD) == ["đảng viên"]
    assert texts(archive.complete("cầu đả"), WORD) == []


def test_what_stands_around_the_words_stays(archive: Archive) -> None:
    assert archive.complete('mưa OR -"xây d')[0].query == 'mưa OR -"xây dựng"'


def test_what_is_there_already_is_not_suggested_but_its_marks_are(archive: Archive) -> None:
    assert texts(archive.complete("xây dựng"), WORD) == []
    assert texts(archive.complete("xay dung"), WORD) == ["xây dựng"]


@pytest.mark.parametrize(
    "typed", ["", " ", "x", '"', "ngày:20", "mưa OR ", "zzzz", "* ?", "x" * 5000, "xây d" + " a" * 300, "\ud800đ"]
)
def test_there_may_be_nothing_to_suggest(archive: Archive, typed: str) -> None:
    assert archive.complete(typed) == ()


def test_no_more_are_given_than_asked_for(archive: Archive) -> None:
    assert len(archive.complete("xây d", 1)) == 1
