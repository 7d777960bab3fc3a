"""Word files: the archive's own layout, typed in Word."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from indexer.model import Caption, Rejected, Remark
from indexer.sources import mending
from indexer.sources.charset import Decoded
from tests.indexer.sources.inputs_for_tests import articles, only, read

LINES = ["08:30, 14/07/2020", "Đò chạy lại", "Sáng nay bến Sim lại đông người.", "Bà con mừng lắm.", "Văn Kỳ"]


def word(*lines: str, xml: str = "") -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if xml:
        document.element.body.insert(len(lines) - 1, parse_xml(xml.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)))
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def reason(raw: bytes, **options: int) -> str:
    (item,) = read("a.docx", raw, **options)  # type: ignore[arg-type]
    assert isinstance(item, Rejected)
    return item.reason


def test_it_is_laid_out_as_the_archives_own() -> None:
    article = only(read("a.docx", word(*LINES)))
    assert article.id == "file"
    assert article.title == "Đò chạy lại"
    assert (article.lead, article.paragraphs) == (LINES[2], (LINES[3],))
    assert article.published is not None
    assert article.published.isoformat() == "2020-07-14T08:30:00+07:00"
    assert [author.name for author in article.authors] == ["Văn Kỳ"]


def test_tables_and_captions_stand_where_they_belong() -> None:
    document = docx.Document()
    for line in LINES[:3]:
        document.add_paragraph(line)
    table = document.add_table(2, 2)
    for at, text in enumerate(["Xã", "Đò", "Sim", "4"]):
        table.cell(at // 2, at % 2).text = text
    layout = document.add_table(1, 1)
    layout.cell(0, 0).text = "Một.\nHai."
    document.add_paragraph("Đò vào bến", style="Caption")
    document.add_paragraph("Chợ đông. (Ảnh: Hà My)")
    document.add_paragraph("Bà con mừng lắm.")
    article = only(read("a.docx", saved(document)))
    assert article.paragraphs == ("Xã | Đò", "Sim | 4", "Một.", "Hai.", "Bà con mừng lắm.")
    assert set(article.captions) == {Caption("Chợ đông.", "Hà My"), Caption("Đò vào bến")}


@pytest.mark.parametrize(
    "xml",
    [
        '<w:p><w:ins w:id="1" w:author="a"><w:r><w:t>Nước rút.</w:t></w:r></w:ins></w:p>',
        '<w:p><w:smartTag w:element="place"><w:r><w:t>Nước</w:t></w:r></w:smartTag><w:r><w:t> rút.</w:t></w:r></w:p>',
        "<w:p><w:sdt><w:sdtContent><w:r><w:t>Nước rút.</w:t></w:r></w:sdtContent></w:sdt></w:p>",
        '<w:p><w:del w:id="1" w:author="a"><w:r><w:t>Không</w:t></w:r></w:del><w:r><w:t>Nước rút.</w:t></w:r></w:p>',
        "<w:p><w:r><w:t>Nước</w:t><w:tab/><w:t>rút.</w:t></w:r></w:p>",
        "<w:p><w:pict><w:txbxContent><w:p><w:r><w:t>Nước rút.</w:t></w:r></w:p></w:txbxContent></w:pict></w:p>",
    ],
)
def test_nothing_typed_is_lost_and_nothing_struck_out_comes_back(xml: str) -> None:
    article = only(read("a.docx", word(*LINES, xml=xml)))
    assert article.paragraphs == ("Bà con mừng lắm.", "Nước rút.")


def test_what_word_notes_by_itself_is_no_part_of_the_article() -> None:
    document = docx.Document(io.BytesIO(word(*LINES[1:4])))
    document.core_properties.title = "Công văn cũ"
    document.core_properties.author = "Hà My"
    document.core_properties.created = datetime(2003, 7, 14, tzinfo=UTC)
    article = only(read("a.docx", saved(document)))
    assert article.title == "Đò chạy lại"
    assert (article.published, article.authors) == (None, ())


def test_text_typed_in_an_old_font_is_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mending, "mend", lambda text: Decoded(text.replace("\xad", "ư"), "TCVN3"))
    items = read("a.docx", word("Ng\xad dân", "N\xadớc rút."))
    assert [(article.title, article.lead) for article in articles(items)] == [("Ngư dân", "Nước rút.")]
    assert items[1:] == [Remark("a.docx", "TCVN3")]


def test_an_empty_one_says_so() -> None:
    assert "neither title nor text" in reason(word())
    assert "no text below" in reason(word("Đò chạy lại"))


def test_a_locked_one_says_so() -> None:
    assert "password" in reason(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))


@pytest.mark.parametrize("raw", [b"PK\3\4", word(*LINES)[:-50], word(*LINES)[:2000], b"Mot\n\nHai"])
def test_a_broken_one_says_so(raw: bytes) -> None:
    assert "no zip" in reason(raw) or "damaged" in reason(raw)


def test_a_zip_of_something_else_says_so() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "x")
    assert "no Word file" in reason(file.getvalue())


def test_a_bomb_does_not_go_off() -> None:
    file = io.BytesIO(word(*LINES))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/a.bin", bytes(5_000_000))
    assert "200 times" in reason(file.getvalue())


def test_one_that_becomes_too_large_is_not_unpacked() -> None:
    file = io.BytesIO(word(*LINES))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/a.xml", bytes(900_000))
    raw = file.getvalue()
    assert articles(read("a.docx", raw))
    assert "when unpacked" in reason(raw, max_bytes=len(raw) + 100)


def test_entities_that_multiply_are_not_unfolded() -> None:
    file = io.BytesIO()
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    with zipfile.ZipFile(io.BytesIO(word(*LINES))) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            text = old.read(entry)
            if entry.filename == "word/document.xml":
                head, body = text.split(b"?>", 1)
                text = head + f'?><!DOCTYPE w [<!ENTITY a0 "ha">{bomb}]>'.encode() + body.replace(b"lai", b"&a8;")
                text = text.replace(LINES[3].encode(), b"&a8;")
            new.writestr(entry, text)
    for item in read("a.docx", file.getvalue()):
        assert isinstance(item, Rejected) or sum(map(len, item.passages())) < 1000  # type: ignore[union-attr]
