"""The archive's own layout."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import astuple
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Article, Caption
from indexer.sources.plain_text import parse
from indexer.sources.unreadable import Unreadable

SEEDS = Path(__file__).parents[3] / "seeds"
OWNERS_ARTICLE = SEEDS / "2020-07-01-so-ket-cong-tac-to-chuc-xay-dung-dang.txt"

ARTICLE = """08:30, 15/07/2020

Đò ngang chạy lại

Sáng nay đò ngang bến Sim chạy lại...

Sáng nay đò ngang bến Sim chạy lại sau hai tuần nghỉ.


Đò cập bến Sim lúc sáng sớm. (Ảnh: Hà My)
Đò cập bến Sim lúc sáng sớm.


Bà con đứng đón từ đầu bến.


Nước đã rút gần hết.


Văn Kỳ.
"""


def read(text: str) -> Article:
    return parse(text, "bai")


def names(article: Article) -> list[str]:
    return [author.name for author in article.authors]


def test_every_part_of_the_layout_is_found() -> None:
    article = read(ARTICLE)
    assert article.id == "bai"
    assert article.published is not None
    assert article.published.isoformat() == "2020-07-15T08:30:00+07:00"
    assert article.title == "Đò ngang chạy lại"
    assert article.lead == "Sáng nay đò ngang bến Sim chạy lại sau hai tuần nghỉ."
    assert article.captions == (Caption("Đò cập bến Sim lúc sáng sớm.", "Hà My"),)
    assert article.paragraphs == ("Bà con đứng đón từ đầu bến.", "Nước đã rút gần hết.")
    assert names(article) == ["Văn Kỳ"]


def test_the_owners_article_is_read_as_its_reader_would() -> None:
    article = read(OWNERS_ARTICLE.read_text(encoding="utf-8"))
    assert article.published is not None
    assert article.published.isoformat() == "2020-07-01T10:07:00+07:00"
    assert article.title == "Sơ kết công tác tổ chức xây dựng Đảng 6 tháng đầu năm"
    assert names(article) == ["Đình Lâm"]
    assert [caption.credit for caption in article.captions] == ["Tạp chí Xây dựng Đảng"]
    assert article.captions[0].text.startswith("Đồng chí")
    assert article.captions[0].text.endswith("chủ trì Hội nghị.")
    assert article.lead.startswith("Sáng 1-7")
    assert article.lead.endswith("tham dự.")
    assert [text.split()[0] for text in article.paragraphs] == ["6", "Sau"]


@pytest.mark.parametrize("path", sorted(SEEDS.glob("[0-9a-z]*.txt")), ids=lambda path: str(path.stem))
def test_every_sample_article_has_its_parts(path: Path) -> None:
    article = read(path.read_text(encoding="utf-8"))
    assert article.title
    assert article.lead
    assert article.published or path.name.startswith("khong-ngay")


@pytest.mark.parametrize(
    "text",
    [
        ARTICLE.replace("\n", "\r\n"),
        "\ufeff" + ARTICLE,
        unicodedata.normalize("NFD", ARTICLE),
        ARTICLE.replace(" ", " \u00a0"),
        ARTICLE.replace("chạy", "ch\u200bạy"),
        "\n\n" + ARTICLE.rstrip(),
    ],
)
def test_how_the_characters_are_stored_makes_no_difference(text: str) -> None:
    assert read(text) == read(ARTICLE)


def test_the_stamp_may_stand_below_the_title_or_be_absent() -> None:
    below = read("Đò chạy lại\n\n15/07/2020\n\nBà con mừng.")
    assert (below.title, below.lead) == ("Đò chạy lại", "Bà con mừng.")
    assert below.published is not None
    absent = read("Đò chạy lại\n\nBà con mừng lắm.\n\nNước rút.\n\n15/07/2020")
    assert absent.published is None
    assert absent.paragraphs == ("Nước rút.", "15/07/2020")


def test_a_title_with_a_date_in_it_is_no_stamp() -> None:
    assert read("Nhớ ngày 15/7/1980\n\nBà con mừng.").title == "Nhớ ngày 15/7/1980"


def test_a_title_in_capitals_is_kept_as_printed() -> None:
    assert read("ĐÒ NGANG CHẠY LẠI\nBà con mừng.").title == "ĐÒ NGANG CHẠY LẠI"


def test_without_a_byline_the_last_paragraph_stays() -> None:
    article = read("Đò chạy lại\n\nBà con mừng.\n\nNước rút rồi.")
    assert (article.authors, article.paragraphs) == ((), ("Nước rút rồi.",))


def test_the_photographer_may_stand_below_the_author() -> None:
    article = read("Đò chạy lại\n\nBà con mừng.\n\nVăn Kỳ\nẢnh: Hà My")
    assert names(article) == ["Văn Kỳ", "Hà My"]
    assert article.captions == ()


def test_the_line_right_before_a_credit_is_its_caption() -> None:
    article = read("Đò chạy lại\n\nBà con mừng.\n\nĐò vào bến\nẢnh: Hà My\n\nNước rút.")
    assert article.captions == (Caption("Đò vào bến", "Hà My"),)
    assert article.paragraphs == ("Nước rút.",)


def test_a_credit_that_belongs_to_no_line_is_kept() -> None:
    article = read("Đò chạy lại\n\nBà con mừng.\n\nẢnh: Hà My\n\nNước rút.")
    assert article.captions == (Caption("Ảnh: Hà My"),)


def test_a_photo_can_be_the_whole_article() -> None:
    article = read("Đò chạy lại\n\nĐò ngang (Ảnh: Hà My)")
    assert article.captions == (Caption("Đò ngang", "Hà My"),)
    assert (article.lead, article.authors) == ("", ())


@pytest.mark.parametrize(
    ("text", "line"),
    [("", None), (" \n\t\n", None), ("15/07/2020", None), ("\n***\n\nBà con mừng.", 2)],
)
def test_without_a_title_there_is_no_article(text: str, line: int | None) -> None:
    with pytest.raises(Unreadable, match="title") as caught:
        read(text)
    assert caught.value.line == line


@pytest.mark.parametrize("text", ["Đò chạy lại", "15/07/2020\nĐò chạy lại", "Đò chạy lại\n\nVăn Kỳ."])
def test_a_title_alone_is_no_article(text: str) -> None:
    with pytest.raises(Unreadable, match="no text below the title"):
        read(text)


@given(st.text())
def test_any_text_is_an_article_or_unreadable(text: str) -> None:
    try:
        article = read(text)
    except Unreadable:
        return
    assert article.title
    assert article.passages()


def sentences(words: str, least: int = 1, most: int = 12) -> st.SearchStrategy[str]:
    word = st.sampled_from(words.split())
    return st.lists(word, min_size=least, max_size=most).map(lambda found: " ".join(found).capitalize() + ".")


prose = sentences("đò bến nước lũ mưa chợ cá lưới thuyền gió 12 3,5% sớm chiều lên xuống")
# Of four words, so that two that differ in one are never taken for the same.
caption = sentences("núi đồi suối rừng cây chim hoa cỏ", 4, 4)
person = st.sampled_from(["Văn Kỳ", "HÀ MY", "L. Tường", "Thu Hoà"])


@given(
    title=prose,
    paragraphs=st.lists(prose, min_size=1, max_size=6),
    captions=st.lists(st.tuples(caption, person), max_size=4),
    authors=st.lists(person, max_size=3),
    gap=st.sampled_from(["\n", "\n\n", "\r\n\r\n\r\n"]),
)
def test_no_word_is_lost(
    title: str, paragraphs: list[str], captions: list[tuple[str, str]], authors: list[str], gap: str
) -> None:
    photos = [f"{text} (Ảnh: {credit})" for text, credit in captions]
    parts = ["08:30, 15/07/2020", title, paragraphs[0], *photos, *paragraphs[1:], " - ".join(authors)]
    article = read(gap.join(parts))
    assert article.published
    expected = words([title, paragraphs, captions, authors])
    assert expected <= words(astuple(article))


def words(parts: object) -> set[str]:
    return set(re.findall(r"\w+", str(parts).casefold()))
