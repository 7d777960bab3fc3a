"""JSON files: one article, or a list of them."""

from __future__ import annotations

import json

import pytest

from indexer.columns import read_columns
from indexer.model import Rejected, Remark
from indexer.sources import mending
from indexer.sources.charset import Decoded
from tests.indexer.sources.inputs_for_tests import articles, only, read

GOOD = {"title": "Đò chạy lại", "body": "Bà con mừng."}


def test_one_article_has_the_id_of_its_file() -> None:
    assert only(read("a.json", json.dumps(GOOD, indent=2))).id == "file"


def test_a_list_gives_many_and_each_bad_one_by_its_place() -> None:
    items = read("a.json", json.dumps([GOOD, {**GOOD, "id": "x"}, {}, 7, GOOD]))
    assert [article.id for article in articles(items)] == ["file-1", "x", "file-5"]
    assert [item.path for item in items if isinstance(item, Rejected)] == ["a.json/3", "a.json/4"]


@pytest.mark.parametrize(
    ("raw", "says"),
    [("[]", "no articles"), ("{", "not JSON"), ("7", "no object"), ("[" * 100_000, "nested"), ("", "empty")],
)
def test_anything_else_is_rejected(raw: str, says: str) -> None:
    (item,) = read("a.json", raw)
    assert isinstance(item, Rejected)
    assert says in item.reason


def test_keys_may_be_anybodys_and_texts_stand_in_several() -> None:
    record = {"tt": "Đò chạy lại", "d1": "Một.", "d2": ["Hai.", "Ba."], "ngay": "15/07/2020", "gio": None}
    article = only(read("a.json", json.dumps(record), read_columns("title=tt, body=d1+d2, published=gio+ngay")))
    assert (article.title, article.paragraphs) == ("Đò chạy lại", ("Một.", "Hai.", "Ba."))
    assert article.published is not None
    assert article.published.isoformat() == "2020-07-15"


def test_garbled_texts_are_mended_together_and_it_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mending, "mend", lambda text: Decoded(text.replace("§", "Đ"), "TCVN3" if "§" in text else ""))
    record = {"title": "§ò", "body": ["Một\n§i", 7 and "Hai"], "author": "§an Chi"}
    items = read("a.json", json.dumps([record, GOOD, record]))
    first, second, _ = articles(items)
    assert (first.title, first.paragraphs, first.authors[0].name) == ("Đò", ("Một", "Đi", "Hai"), "Đan Chi")
    assert second.title == GOOD["title"]
    assert [item.reason for item in items if isinstance(item, Remark)] == ["TCVN3, and so are 1 more articles"]
