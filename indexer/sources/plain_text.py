"""The archive's own layout, one article a file. Lines, in this order:

Stamp       `10:07, 01/07/2020`: within the first three lines that hold anything, or absent
Title       the first other line
Lead        the first line of text; where the next one is its full form, that one
Captions    lines with a photo credit, their twins beside them, and the line right before a credit on its own
Paragraphs  every other line
Byline      the last line, where it can be one
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from indexer.model import Article, Author, Caption, Remark, Stamp
from indexer.sources.captions import (
    LONGEST_CAPTION,
    is_same_caption,
    merge_captions,
    read_caption,
)
from indexer.sources.charset import recognise
from indexer.sources.fields import authors_named, read_byline, read_stamp
from indexer.sources.inputs import Input, Item
from indexer.sources.prose import check_title, join_lead, lines_of
from indexer.sources.unreadable import Unreadable

_STAMP_WITHIN = 3
"""Lines that hold anything, from the top."""


def read(source: Input) -> Iterator[Item]:
    """The article of a file, and in what character set it is where that is worth telling.

    Raises:
        Unreadable: it is too large, no text, or no article.
        OSError: it cannot be read.
    """
    decoded = recognise(source.whole())
    yield parse(decoded.text, source.article_id)
    if decoded.verdict:
        yield Remark(source.place, decoded.verdict)


def parse(text: str, article_id: str) -> Article:
    """Read one article.

    Raises:
        Unreadable: there is no title, or nothing below it.
    """
    lines = lines_of(text)
    published = _take_stamp(lines)
    title, below = _take_title(lines)
    authors = _take_byline(below)
    captions, paragraphs = _sort_out(below)
    if not captions and not paragraphs:
        raise Unreadable("has no text below the title; add it")
    lead, paragraphs = join_lead("".join(paragraphs[:1]), paragraphs[1:])
    return Article(
        id=article_id,
        title=title,
        lead=lead,
        paragraphs=paragraphs,
        captions=merge_captions(captions),
        authors=authors,
        published=published,
    )


def _take_stamp(lines: list[str]) -> Stamp | None:
    """The stamp; its line is emptied."""
    filled = [at for at, line in enumerate(lines) if line]
    for at in filled[:_STAMP_WITHIN]:
        if stamp := read_stamp(lines[at]):
            lines[at] = ""
            return stamp
    return None


def _take_title(lines: list[str]) -> tuple[str, list[str]]:
    """The title, and the lines below it."""
    at = next((at for at, line in enumerate(lines) if line), None)
    if at is None:
        raise Unreadable("has neither title nor text; add them or remove the file")
    check_title(lines[at], at + 1)
    return lines[at], lines[at + 1 :]


def _take_byline(lines: list[str]) -> tuple[Author, ...]:
    """The authors; their lines are emptied. Below the byline the photographer may have a line of his own."""
    filled = [at for at, line in enumerate(lines) if line]
    caption = read_caption(lines[filled[-1]]) if filled else None
    if not filled or (caption and len(filled) == 1):
        return ()  # a photo and its caption can be the whole article
    taken, photographer = filled[-1:], ""
    if caption and not caption.text:
        taken, photographer = filled[-2:], caption.credit
    authors = read_byline(lines[taken[0]])
    if authors is None:
        return ()
    for at in taken:
        lines[at] = ""
    return authors_named([*(author.name for author in authors), photographer])


def _sort_out(lines: Sequence[str]) -> tuple[list[Caption], tuple[str, ...]]:
    """The captions and the paragraphs, each in their order."""
    captions: list[Caption] = []
    paragraphs: list[str] = []
    for block in _blocks(lines):
        found = _captions_by_line(block)
        captions += (found[at] for at in sorted(found) if found[at].text)
        paragraphs += (line for at, line in enumerate(block) if at not in found)
    return captions, tuple(paragraphs)


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """Lines with no empty one between them."""
    return (list(block) for filled, block in groupby(lines, key=bool) if filled)


def _captions_by_line(block: Sequence[str]) -> dict[int, Caption]:
    """Place in the block -> caption. A credit on its own has no text, once it has gone to the line before it."""
    found: dict[int, Caption] = {}
    for at, line in enumerate(block):
        caption = read_caption(line)
        if caption is None:
            continue
        if not caption.text:
            above = at - 1
            if above in range(len(block)) and above not in found and len(block[above]) <= LONGEST_CAPTION:
                found[above] = Caption(block[above], caption.credit)
            else:
                caption = Caption(line)
        found[at] = caption
    return found | _twins(block, found)


def _twins(block: Sequence[str], found: dict[int, Caption]) -> dict[int, Caption]:
    """Lines that say the same as a caption right above or below, without the credit."""
    return {
        at: Caption(line, found[beside].credit)
        for at, line in enumerate(block)
        if at not in found and len(line) <= LONGEST_CAPTION
        for beside in (at - 1, at + 1)
        if beside in found and is_same_caption(line, found[beside].text)
    }
