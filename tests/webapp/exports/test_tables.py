"""CSV: any article comes back as it is, but for what no file of text can hold, and no cell is a formula."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Article
from tests.webapp.conftest import ARTICLES as FOUR
from tests.webapp.exports.articles import ARTICLES
from webapp.exports.characters import legal
from webapp.exports.records import record
from webapp.exports.tables import BYTE_ORDER_MARK, COLUMNS, harmless, table


def written(*articles: Article) -> str:
    return "".join(table(articles, lambda article_id: f"https://bao.example/bai/{article_id}"))


def read(text: str) -> list[dict[str, str]]:
    file = io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")
    return list(csv.DictReader(file, strict=True))


def test_an_article_is_a_row_under_the_names_that_khobao_index_reads() -> None:
    (row,) = read(written(FOUR[0]))
    assert row == {
        "id": "2020/07/01/don-vi.html",
        "title": "Đẩy mạnh xây dựng Đảng ở cơ sở",
        "published": "2020-07-01T10:07:00+07:00",
        "author": "Đình Lâm\nHồng Hà",
        "category": "Chính trị",
        "source": "",
        "lead": "Nhiều cách làm mới trong xây dựng Đảng được các chi bộ áp dụng từ đầu năm.",
        "body": "Công tác xây dựng Đảng có nhiều chuyển biến.\nĐoạn hai nói chuyện khác.",
        "captions": "Một buổi sinh hoạt chi bộ (Ảnh: Hồng Hà)\nẢnh không tên",
        "url": "https://bao.example/bai/2020/07/01/don-vi.html",
    }


def test_excel_is_told_that_it_is_utf_8_and_rows_end_as_the_standard_has_it() -> None:
    text = written(*FOUR)
    assert text.encode().startswith(b"\xef\xbb\xbfid,title,")
    assert text.count("\r\n") == 1 + len(FOUR)


def test_nothing_found_is_a_table_without_rows() -> None:
    assert read(written()) == []
    assert written() == BYTE_ORDER_MARK + ",".join(COLUMNS) + "\r\n"


@given(st.text())
def test_no_cell_is_a_formula_and_the_text_is_all_there(text: str) -> None:
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert harmless(text) in {text, f"'{text}"}
    assert harmless("Một câu thường - có gạch") == "Một câu thường - có gạch"


@given(st.lists(ARTICLES, max_size=3))
def test_any_articles_come_back(articles: list[Article]) -> None:
    rows = read(written(*articles))
    assert len(rows) == len(articles)
    for row, article in zip(rows, articles, strict=True):
        told = record(article, lambda _: "")
        assert row["title"] == harmless(legal(told["title"]))
        assert row["body"] == harmless("\n".join(map(legal, told["body"])))
        assert row["captions"] == harmless("\n".join(map(legal, told["captions"])))
        assert row["published"] == (told["published"] or "")
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())
