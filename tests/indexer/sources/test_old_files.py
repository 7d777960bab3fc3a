"""Files from before Unicode, in every format: the same article, and a remark that says what they were in."""

from __future__ import annotations

import io
import json

import docx
import pytest

from indexer.model import Article, Remark
from indexer.sources.charset.tables import TCVN3, VNI, Charset
from tests.indexer.sources.charset.writing import ARTICLE, legacy, look
from tests.indexer.sources.inputs_for_tests import articles, read

TITLE, *BODY = ARTICLE.split("\n")
CELL = '"{}"'.format("\n".join(BODY).replace('"', '""'))
GARBLED = look(legacy(ARTICLE, TCVN3)).split("\n")
LINES = [json.dumps({"title": TITLE, "body": BODY}, ensure_ascii=False) for _ in range(3)]


def page(title: str, body: list[str]) -> str:
    return (
        f"<html><head><title>{title}</title><body><h1>{title}</h1>{''.join(f'<p>{line}</p>' for line in body)}</html>"
    )


def word(lines: list[str]) -> bytes:
    document, file = docx.Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(file)
    return file.getvalue()


def check(found: Article) -> None:
    assert found.title == TITLE
    assert [text for text in (found.lead, *found.paragraphs) if text] == BODY


@pytest.mark.parametrize("charset", [TCVN3, VNI])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", ARTICLE),
        ("a.html", page(TITLE, BODY)),
        ("a.json", LINES[0]),
        ("a.jsonl", LINES[0]),
        ("a.csv", f"title|body\n{TITLE}|{CELL}\n"),
    ],
)
def test_typed_before_unicode(charset: Charset, name: str, text: str) -> None:
    article, remark = read(name, legacy(text, charset))
    assert isinstance(article, Article)
    check(article)
    assert isinstance(remark, Remark)
    assert remark.reason == f"is in {charset.name}"


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.txt", "\n".join(GARBLED).encode()),
        ("a.html", page(GARBLED[0], GARBLED[1:]).encode()),
        ("a.json", json.dumps([{"title": GARBLED[0], "body": GARBLED[1:]}]).encode()),
        ("a.jsonl", json.dumps({"title": GARBLED[0], "body": GARBLED[1:]}).encode()),
        ("a.docx", word(GARBLED)),
    ],
)
def test_garbled_since(name: str, raw: bytes) -> None:
    article, remark = read(name, raw)
    assert isinstance(article, Article)
    check(article)
    assert isinstance(remark, Remark)
    assert remark.reason == "is garbled, and was mended: TCVN3 (ABC) → windows-1252"


def test_many_in_one_file_are_told_once() -> None:
    items = read("a.jsonl", legacy("\n".join(LINES), VNI))
    assert len(articles(items)) == 3
    assert items[3:] == [Remark("a.jsonl", "is in VNI, and so are 2 more articles", 1)]
