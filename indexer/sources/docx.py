"""Word files. Their text is laid out as the archive's own: stamp, title, lead, paragraphs, byline.

Nothing is taken from what Word notes by itself: `created` is when somebody began to type, `author` whose computer it
was, and `title` often the first line of another text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
from docx.oxml.ns import qn

from indexer.model import Article, Remark
from indexer.sources import plain_text
from indexer.sources.captions import merge_captions
from indexer.sources.inputs import Input, Item
from indexer.sources.mending import mend_all
from indexer.sources.prose import one_line
from indexer.sources.records import captions_of
from indexer.sources.unpacking import check_directory, check_entries, check_entry
from indexer.sources.unreadable import Unreadable

_OLD_WORD = b"\xd0\xcf\x11\xe0"
"""Begins what Word wrote before 2007, and what it encrypts."""

_MOST_UNPACKED = 10
"""Times the largest source: what all parts of a file may be together. Pictures do not shrink, and its text does."""

_LONG_LINE = 300
"""Characters; a longer one is a paragraph, and a photo credit right below it is not its."""

_LONG_CELL = 100

_TEXT = qn("w:t")
_BREAKS = frozenset(map(qn, ("w:br", "w:cr")))
_SIGNS = {qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
_PARAGRAPH, _TABLE, _ROW, _CELL = map(qn, ("w:p", "w:tbl", "w:tr", "w:tc"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = frozenset((*map(qn, ("w:del", "w:moveFrom", "w:pPr", "w:rPr")), _FALLBACK))
"""What was struck out, and what is there a second time for older programs."""

_Element = Any  # lxml's, which brings no types


def read(source: Input) -> Iterator[Item]:
    """The article of a file, and what it was typed in where that had to be mended.

    Raises:
        Unreadable: it is too large, no Word file, locked, or holds no article.
        OSError: it cannot be read.
    """
    raw = source.whole()
    _check(raw, source.max_bytes)
    lines, captions = _lines_and_captions(raw)
    texts, verdict = mend_all([*lines, *captions])
    yield _article(texts[: len(lines)], texts[len(lines) :], source.article_id)
    if verdict:
        yield Remark(source.place, verdict)


def _check(raw: bytes, max_bytes: int) -> None:
    if raw.startswith(_OLD_WORD):
        raise Unreadable("is locked by a password, or an old Word file under a new name; save it as .docx without one")
    file = BytesIO(raw)
    check_directory(file)
    try:
        with ZipFile(file) as parts:
            entries = parts.infolist()
            check_entries(entries, len(raw))
    except Unreadable:
        raise
    except Exception as error:  # zipfile raises half a dozen kinds for damaged bytes
        raise _damaged(error) from error
    for entry in entries:
        check_entry(entry)
    if sum(entry.file_size for entry in entries) > _MOST_UNPACKED * max_bytes:
        raise Unreadable("would become too large when unpacked; take its pictures out, or raise max_source_mb")


def _damaged(error: Exception) -> Unreadable:
    return Unreadable(f"is no Word file, or a damaged one ({type(error).__name__}); save it again as .docx")


def _lines_and_captions(raw: bytes) -> tuple[list[str], list[str]]:
    """The lines of the text, and those in Word's style for captions."""
    try:
        document = docx.Document(BytesIO(raw))
        styles = {style.style_id for style in document.styles if (style.name or "").lower() == "caption"}
        found = list(_lines(document.element.body, styles))
    except Exception as error:  # whatever the parts of a damaged file make the library do
        raise _damaged(error) from error
    return [text for text, is_caption in found if not is_caption], [text for text, is_caption in found if is_caption]


def _article(lines: list[str], captions: list[str], article_id: str) -> Article:
    text = "\n".join(f"{line}\n" if len(line) > _LONG_LINE else line for line in lines)
    article = plain_text.parse(text, article_id)
    return replace(article, captions=merge_captions([*article.captions, *captions_of(captions)]))


# -- the text of the parts; the library's own leaves out what stands in boxes, insertions and smart tags


def _lines(root: _Element, styles: set[str]) -> Iterator[tuple[str, bool]]:
    """Every line below an element, in order, and whether it is a caption by its style."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag == _PARAGRAPH:
            is_caption = _style(element) in styles
            yield from ((line, is_caption and bool(line)) for line in _text(element).split("\n"))
            waiting += reversed(_boxes(element))
        elif element.tag == _ROW and (line := _as_line(element)):
            yield line, False
        elif element.tag not in _LEFT_OUT:
            waiting += reversed(element)


def _style(paragraph: _Element) -> str | None:
    return next((style.get(qn("w:val")) for style in paragraph.iter(qn("w:pStyle"))), None)


def _text(paragraph: _Element) -> str:
    return "".join(_pieces(paragraph))


def _pieces(paragraph: _Element) -> Iterator[str]:
    waiting = [*reversed(paragraph)]
    while waiting:
        element = waiting.pop()
        if element.tag == _TEXT:
            yield element.text or ""
        elif element.tag in _BREAKS:
            yield "\n"
        elif element.tag in _SIGNS:
            yield _SIGNS[element.tag]
        elif element.tag not in _LEFT_OUT and element.tag not in {_PARAGRAPH, _TABLE}:
            waiting += reversed(element)


def _boxes(paragraph: _Element) -> list[_Element]:
    """Paragraphs and tables that hang on this one, each once."""
    found, waiting = [], [*reversed(paragraph)]
    while waiting:
        element = waiting.pop()
        if element.tag in {_PARAGRAPH, _TABLE}:
            found.append(element)
        elif element.tag not in _LEFT_OUT:
            waiting += reversed(element)
    return found


def _as_line(row: _Element) -> str:
    """A row of short cells on one line; "" where it has but one, or long ones, and lays out the page."""
    cells = [[_text(each) for each in cell.iter(_PARAGRAPH)] for cell in row.iterchildren(_CELL)]
    texts = [one_line(" ".join(cell)) for cell in cells]
    is_layout = len(cells) < 2 or any(len(cell) > 1 for cell in cells) or any(len(text) > _LONG_CELL for text in texts)
    return "" if is_layout else " | ".join(texts)
