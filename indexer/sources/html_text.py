"""The text of the article in a page, its captions, and what is printed around them."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import islice

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.settings import use_config

from indexer.sources.captions import LONGEST_CAPTION
from indexer.sources.prose import one_line

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read is rejected, with our reason

_BLOCKS = frozenset(
    (
        "address article aside blockquote body br caption center cell code dd div dl dt fieldset figcaption figure"
        " footer form h1 h2 h3 h4 h5 h6 head header hr item lb li list main nav ol p pre quote row section"
        " table td th tr ul"
    ).split()
)
"""Elements that begin a new line, in pages and in what trafilatura makes of them."""

_APART = frozenset("a aside nav footer header".split())
"""Where other articles are shown, and what stands on every page."""

_CELLS = frozenset({"cell"})
_LARGE_SIZE = re.compile(r"\+*(?:[4-9]|[1-9][0-9])")
"""Of a `font`; 3 is that of the text."""

_TITLE_CLASS = re.compile(r"title|headline|tieu-?_?de|\btua\b")
_FURNITURE = frozenset(
    (
        "quảng cáo|in bài|in trang này|bản in|in bài này|gửi bài|gửi email|gửi cho bạn bè|chia sẻ|về trang trước|trở về"
        "|về đầu trang|lên đầu trang|đầu trang|quay lại|trang chủ|bình luận|ý kiến bạn đọc|lưu bài|tin liên quan"
        "|các tin khác|tin khác|tags|từ khóa"
    ).split("|")
)
"""Lines that stand around an article, in lower case."""

_SHORT = 250
"""Characters; where trafilatura finds no more, it may have missed the text."""

_CONFIG = use_config()
_CONFIG.set("DEFAULT", "MIN_EXTRACTED_SIZE", "0")  # below it, it would take all the page for one paragraph

_MOST_LINKED = 0.5
_LOOKED_AT, _LINKS_LOOKED_AT = 50_000, 2000
_LONG_CELL = 300

_MOST_ELEMENTS = 40_000
"""A page of more is nobody's article as it was saved; trafilatura would take many seconds for it."""


def take_captions(tree: HtmlElement) -> list[str]:
    """The captions of the photos; they are taken out of the tree, so that they are no paragraphs too."""
    found = [element for element in tree.iter(etree.Element) if _is_caption(element)]
    inmost = [element for element in found if not any(_is_caption(each) for each in element.iterdescendants())]
    texts = []
    for element in inmost:
        text = one_line(" ".join(element.itertext()))
        if text and len(text) <= LONGEST_CAPTION and not any(each.tag in _APART for each in element.iterancestors()):
            texts.append(text)
            element.drop_tree()
    return texts


def lines_of_article(tree: HtmlElement) -> list[str]:
    """The paragraphs of the article, headings and rows of tables among them; [] where there is none."""
    tree = deepcopy(tree)
    _undo_layout(tree)
    found = _extracted(tree)
    if _size(found) < _SHORT and _size(part := _largest_part(tree)) > 2 * _size(found):
        found = part
    found = _trimmed(found)
    return [] if _is_index(found, tree) else found


def printed_lines(tree: HtmlElement) -> list[str]:
    """Everything a reader sees, line by line, in the order of the page."""
    body = tree.find("body")
    return list(_lines(tree if body is None else body))


def headings(tree: HtmlElement) -> list[str]:
    """What stands in the largest letters: `h1`, else what pages without any made large or called a title."""
    found = [text for element in tree.iter("h1") if (text := one_line(element.text_content()))]
    large = (element for element in tree.iter(etree.Element) if _is_large(element))
    return found or [text for element in large if (text := one_line(element.text_content()))]


def times(tree: HtmlElement) -> list[str]:
    """What the `time` elements beside the title say."""
    heading = next(tree.iter("h1"), None)
    article = None if heading is None else next(heading.iterancestors("article", "main"), None)
    return [] if article is None else [element.get("datetime", "") for element in article.iter("time")]


def _is_caption(element: HtmlElement) -> bool:
    if element.tag == "figcaption":
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}".lower()
    return "caption" in names and element.tag not in {"body", "html", "article"}


def _is_large(element: HtmlElement) -> bool:
    if element.tag == "font":
        return _LARGE_SIZE.fullmatch(element.get("size", "")) is not None
    names = f"{element.get('class', '')} {element.get('id', '')}".lower()
    return element.tag not in {"body", "table", "tr"} and _TITLE_CLASS.search(names) is not None


def _undo_layout(tree: HtmlElement) -> None:
    """Tables that lay out a page, as they did in the 2000s, become plain blocks; tables of figures stay."""
    for table in [*tree.iter("table")]:
        if _is_layout(table):
            for element in [*table.iter("td", "th", "tr", "tbody", "thead"), table]:
                if next(element.iterancestors("table"), table) is table or element is table:
                    element.tag = "div"


def _is_layout(table: HtmlElement) -> bool:
    if table.find(".//table") is not None or table.find(".//div") is not None:
        return True
    return any(
        len(cell.findall(".//p")) > 1 or len(cell.findall(".//br")) > 1 or len(cell.text_content()) > _LONG_CELL
        for cell in table.iter("td", "th")
    )


def _extracted(tree: HtmlElement) -> list[str]:
    if next(islice(tree.iter(), _MOST_ELEMENTS, None), None) is not None:
        return []
    try:
        found = trafilatura.bare_extraction(
            deepcopy(tree), include_comments=False, include_tables=True, with_metadata=False, config=_CONFIG
        )
    except Exception:  # whatever a page does to it: there is another way to its text
        return []
    body = getattr(found, "body", None)
    return [] if body is None else list(_lines(body))


def _trimmed(lines: list[str]) -> list[str]:
    while lines and lines[-1].casefold().strip(" .:[]|") in _FURNITURE:
        lines = lines[:-1]
    return lines


def _largest_part(tree: HtmlElement) -> list[str]:
    """The lines of the block that has the most text of its own, links aside: crude, and never nothing."""
    for element in [*tree.iter("nav", "aside", "footer", "form")]:
        element.drop_tree()
    body = tree.find("body")
    parts = [element for element in tree.iter("div", "td", "article", "section", "center") if _own_text(element)]
    part = max(parts, key=_own_text, default=tree if body is None else body)
    return list(_lines(part))


def _size(lines: list[str]) -> int:
    return sum(map(len, lines))


def _own_text(element: HtmlElement) -> int:
    """Characters in it and its paragraphs, but in no block below."""
    inline = ("p", "b", "i", "font", "span", "em", "strong")
    size = len((element.text or "").strip()) + sum(len((child.tail or "").strip()) for child in element)
    return size + sum(len(child.text_content()) for child in element if child.tag in inline)


def _is_index(lines: list[str], tree: HtmlElement) -> bool:
    """Whether most of the text is links, as on a front page. A look at its beginning tells."""
    text = "".join("".join(lines).split())[:_LOOKED_AT]
    links = islice(tree.iter("a"), _LINKS_LOOKED_AT)
    linked = {"".join(one_line(link.text_content()).split()) for link in links}
    return sum(len(link) for link in linked if link and link in text) > _MOST_LINKED * len(text)


def _lines(root: HtmlElement) -> Iterator[str]:
    """The text of a tree, a block a line, the cells of a row on one."""
    pieces: list[str] = []
    for text, breaks in _pieces(root):
        if breaks == "line" and (line := one_line("".join(pieces))):
            yield line.strip("| ")
        if breaks == "line":
            pieces = []
        pieces.append(text)
    if line := one_line("".join(pieces)):
        yield line.strip("| ")


def _pieces(root: HtmlElement) -> Iterator[tuple[str, str]]:
    """Pieces of text, and what stands before each: "line" where a new one begins."""
    for event, element in etree.iterwalk(root, events=("start", "end")):
        text = (element.text if event == "start" else element.tail) or ""
        if not isinstance(element.tag, str) or (event == "end" and element is root):
            continue
        if element.tag in _CELLS:
            yield (" | " if event == "end" else "") + text, ""
        else:
            yield text, "line" if element.tag in _BLOCKS and not _in_cell(element) else ""


def _in_cell(element: HtmlElement) -> bool:
    return next(element.iterancestors(*_CELLS), None) is not None
