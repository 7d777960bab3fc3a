"""Completion while typing, over the reference engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.archive import Archive
from indexer.documents import to_document
from indexer.engines.memory import MemoryEngine
from indexer.model import Article, Author, Completion, CompletionKind, SearchRequest
from tests.indexer.small_archives import archive_of

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
    assert archive.complete("cầu tac gia:lâ") == (Completion(AUTHOR, "Đình Lâm", 1, 'cầu tác giả:"Đình Lâm"'),)
    assert archive.complete("sắt tac gia:lâ") == (), "none of his articles has the word"
    assert archive.complete("đính") == ()


def test_titles_hold_every_word_and_lead_to_their_article(archive: Archive) -> None:
    assert [(one.text, one.article_id) for one in archive.complete("cầu x") if one.kind is TITLE] == [
        ("Cầu mới đang xây", "b")
    ]
    assert texts(archive.complete("cầu"), TITLE) == [], "one word is in too many titles"
    assert texts(archive.complete("cấu x"), TITLE) == []


def test_the_end_of_a_longer_text_is_completed_and_the_words_before_stay(archive: Archive) -> None:
    assert archive.complete("công tác xây d")[0] == Completion(WORD, "công tác xây dựng", 1, "công tác xây dựng")
    assert texts(archive.complete("do đả"), WORD) == ["do đảng viên", "do đảng"]
    assert texts(archive.complete("cầu đả"), WORD) == [], "no article has both"
    assert texts(archive.complete("ông hòa b"), WORD, PLACE) == [], "nor has any these"


def test_a_name_is_completed_within_a_question_and_the_words_before_get_their_marks(archive: Archive) -> None:
    for typed in ("o tinh khanh h", "o   tinh  khanh h", "ở tỉnh khánh h"):
        assert archive.complete(typed)[0] == Completion(PLACE, "ở tỉnh Khánh Hòa", 1, "ở tỉnh Khánh Hòa")
    assert archive.complete("TINH khanh h")[0].text == "TỈNH Khánh Hòa"
    assert archive.complete("do dang ")[0].query == "do đảng viên"


def test_words_that_follow_each_other_come_before_the_last_word_alone(archive: Archive) -> None:
    assert texts(archive.complete("di duong s"), WORD) == ["đi đường sắt"]
    assert texts(archive.complete("vi hoa"), WORD)[0] == "vì hòa"
    assert texts(archive.complete("sắt dườ"), WORD) == ["sắt đường sắt"], "the last word alone, as nothing follows"


def test_where_it_is_not_sure_how_a_word_before_is_spelled_nothing_gets_marks() -> None:
    unsure = archive_of("trạm đường sắt", "trâm đường sắt")
    assert [(one.query, one.count) for one in unsure.complete("tram duong s")] == [("tram duong sat", 2)]
    sure = archive_of(*["trạm đường sắt"] * 20, "trâm đường sắt")
    assert [(one.query, one.count) for one in sure.complete("tram duong s")] == [("trạm đường sắt", 20)]
    assert [one.query for one in unsure.complete("trâm duong s")] == ["trâm đường sắt"]


def test_of_spellings_that_are_as_likely_articles_tell_which_is_meant() -> None:
    apart = archive_of(*["ga lớn ở chỗ đường sắt", "gà lớn", "gã lớn", "đường sắt"] * 4, "gà trên đường sắt")
    assert [(one.query, one.count) for one in apart.complete("ga duong s")] == [("ga đường sắt", 4)]


def test_keystrokes_are_read_where_nothing_goes_on_from_what_was_typed(archive: Archive) -> None:
    assert archive.complete("cau owr tinhr khanhs h")[0].query == "cầu ở tỉnh Khánh Hòa"
    assert archive.complete("ddi dduwongf s")[0].query == "đi đường sắt"


def test_what_stands_around_the_words_stays(archive: Archive) -> None:
    assert archive.complete('sắt OR -"xây d')[0].query == 'sắt OR -"xây dựng"'
    assert archive.complete('"tinh khanh h')[0].query == '"tỉnh Khánh Hòa"'
    assert archive.complete("cầu tiêu đề:hòa b") == (), "no title with it and the word"
    assert archive.complete("sắt -xâ")[0].query == 'sắt -"xây dựng"'
    assert archive.complete("sắt -nhà đườ")[0].query == "sắt -nhà đường sắt"


@pytest.mark.parametrize(
    "typed",
    [
        "xây d",
        "xa",
        "hoa b",
        "di duong s",
        "ong nguyen v",
        '"tinh khanh h',
        "sắt -xa",
        "tiêu đề:đường s",
        "cau tac gia:la",
    ],
)
def test_every_suggestion_finds_as_many_articles_as_it_says(archive: Archive, typed: str) -> None:
    found = [one for one in archive.complete(typed) if one.kind is not TITLE]
    assert found
    for one in found:
        assert archive.search(SearchRequest(one.query, literal=True)).total == one.count > 0


def test_of_a_long_question_that_no_article_has_all_of_no_number_is_said(archive: Archive) -> None:
    (first, *_) = archive.complete("tin về công tác xây d")
    assert (first.query, first.count) == ("tin về công tác xây dựng", 0)
    assert archive.search(SearchRequest(first.query)).total


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
