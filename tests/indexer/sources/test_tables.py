"""CSV and TSV: one article a row, whatever program wrote them, and each bad row by itself."""

from __future__ import annotations

import csv
import io
import tracemalloc
from pathlib import Path

import pytest

from indexer.columns import read_columns
from indexer.model import Article, Caption, Rejected
from indexer.sources import mending
from indexer.sources.charset import Decoded
from indexer.sources.inputs import Input
from indexer.sources.reader import read_input
from tests.indexer.sources.inputs_for_tests import articles, only, read

ROW = {
    "id": "so-7",
    "title": 'Đò "chạy", lại; rồi',
    "lead": "Sáng nay.",
    "body": "Nước rút.\nBà con mừng.",
    "published": "08:30, 15/07/2020",
    "author": "Văn Kỳ - Hà My",
    "category": "Đời sống",
    "source": "Báo Bến Sim",
    "captions": "Đò vào bến. (Ảnh: Hà My)\nChợ đông.",
}


def table(*rows: dict[str, str], delimiter: str = ",", end: str = "\r\n") -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_program_writes_them_its_own_way(delimiter: str, end: str, charset: str) -> None:
    article = only(read("a.csv", table(ROW, delimiter=delimiter, end=end).encode(charset)))
    assert article.id == "so-7"
    assert article.title == ROW["title"]
    assert (article.lead, article.paragraphs) == ("Sáng nay.", ("Nước rút.", "Bà con mừng."))
    assert article.published is not None
    assert article.published.isoformat() == "2020-07-15T08:30:00+07:00"
    assert [author.name for author in article.authors] == ["Văn Kỳ", "Hà My"]
    assert (article.section, article.source) == ("Đời sống", "Báo Bến Sim")
    assert article.captions == (Caption("Đò vào bến.", "Hà My"), Caption("Chợ đông."))


def test_the_names_of_columns_may_be_anybodys() -> None:
    raw = "Tiêu đề;Giờ;NGÀY;Nội dung;Chú\nĐò chạy lại;08:30;15/07/2020;Bà con mừng.;x\n"
    columns = read_columns("title=tiêu đề, published=giờ+ngày, body=nội dung")
    article = only(read("a.csv", raw, columns))
    assert article.id == "file-2"
    assert article.title == "Đò chạy lại"
    assert article.published is not None
    assert article.published.isoformat() == "2020-07-15T08:30:00+07:00"


@pytest.mark.parametrize("name", ["section", "Chuyên mục", "CHUYÊN MỤC", "chuyen_muc", "articleSection"])
def test_sections_and_sources_are_known_by_their_usual_names(name: str) -> None:
    article = only(read("a.csv", f"title,body,{name},NGUỒN\nĐò chạy lại,Bà con mừng.,Đời sống,Báo Bến Sim\n"))
    assert (article.section, article.source) == ("Đời sống", "Báo Bến Sim")


def test_a_table_under_our_own_names_is_read_whatever_the_setting_says() -> None:
    assert only(read("a.csv", table(ROW), read_columns("title=tieu_de, body=noi_dung"))).id == "so-7"


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("", "is empty"),
        ("\n\n", "no articles"),
        ("title,body\n", "no articles"),
        ("Đò chạy lại,Bà con mừng.\n", "names the columns"),
        ("title,author\na,b\n", "names the columns"),
        ("title,body,body\na,b,c\n", "two columns called body"),
        (b"\xff\xfet\0i", "names the columns"),
        (b"\xff\xfe\0", "names the columns"),
    ],
)
def test_a_table_without_a_usable_first_line_says_so(raw: bytes | str, says: str) -> None:
    (item,) = read("a.csv", raw)
    assert isinstance(item, Rejected)
    assert says in item.reason or "no articles" in item.reason or "breaks off" in item.reason


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("Một,Hai,Ba", "3 fields where the header has 2"),
        ("Một", "1 fields"),
        (",Hai", "no title"),
        ("Một,", "no text"),
        ('"Một"x,Hai', "is no row"),
        ('"Một,Hai', "is no row"),
    ],
)
def test_a_bad_row_is_rejected_by_its_line_and_the_rest_is_read(row: str, says: str) -> None:
    items = read("a.csv", f'title,body\n"Đò\nngang",Hai\n{row}\nBa,Bốn\nNăm,"Sáu"\n')
    bad = [item for item in items if isinstance(item, Rejected)]
    assert [article.id for article in articles(items)] == ["file-2", "file-5", "file-6"]
    assert [item.line for item in bad] == [4]
    assert says in bad[0].reason


def test_fields_too_many_are_no_matter_where_they_are_empty() -> None:
    assert only(read("a.csv", "title,body\nMột,Hai,,\n\n ,\n"[:-3])).title == "Một"


def test_a_row_that_never_ends_does_not_take_the_others_with_it() -> None:
    rows = "".join(f"Tựa {n},{'chữ ' * 3000}\n" for n in range(500))
    items = read("a.csv", f'title,body\n"Hỏng,x\n{rows}')
    assert len(articles(items)) == 500
    assert len(items) == 501


def test_a_table_of_something_else_is_given_up() -> None:
    items = read("a.csv", "title,body\n" + "x\n" * 5000)
    assert len(items) == 1001


def test_bytes_of_another_character_set_are_recognised_row_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mending, "recognise", lambda raw: Decoded(raw.decode("cp1258"), "cp1258"))
    raw = 'title,body\nMot,Hai\nĐê,"Ba\nBôn"\nĐi,"Bà\ncon"\n'.encode("cp1258")
    found = articles(read("a.csv", raw))
    assert [article.title for article in found] == ["Mot", "Đê", "Đi"]
    assert [(*article.paragraphs,) for article in found[1:]] == [("Ba", "Bôn"), ("Bà", "con")]
    (remark,) = [item for item in read("a.csv", raw) if not isinstance(item, Article)]
    assert remark.line == 3
    assert "1 more" in remark.reason


def test_memory_does_not_grow_with_the_table(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title,body\n" + f"Tựa,{'chữ ' * 5000}\n" * 150, encoding="utf-8")
    tracemalloc.start()
    try:
        assert sum(isinstance(item, Article) for item in read_input(Input.of_file(path, "a"))) == 150
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()
