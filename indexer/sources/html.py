"""Saved web pages. What a page says of itself comes first, then what it prints; dates are never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml.html import HtmlElement

from indexer.model import Article, Author, Remark, Stamp
from indexer.sources import plain_text
from indexer.sources.captions import merge_captions
from indexer.sources.fields import author_key, read_byline, read_machine_stamp, read_stamp
from indexer.sources.html_bytes import markup_of, tree_of
from indexer.sources.html_metadata import Metadata, read_metadata
from indexer.sources.html_text import headings, lines_of_article, printed_lines, take_captions, times
from indexer.sources.inputs import Input, Item
from indexer.sources.prose import MAX_TITLE_CHARS, check_title, join_lead, one_line
from indexer.sources.records import captions_of
from indexer.sources.unreadable import Unreadable

_BETWEEN_TITLE_AND_SITE = re.compile(r"\s+[|–—:-]\s+|\s*\|\s*|\s+»\s+")
_TITLE_WITHIN = 4
"""Lines of the article."""

_TITLES_TRIED = 10
"""Of those a page tells machines, each being looked for among all its lines."""

_LONG_LINE = 60
"""Characters; a longer one is prose."""

_STAMP_WITHIN = 6
"""Lines below the title, as printed: a clock at the top of the page tells when it was saved."""


def read(source: Input) -> Iterator[Item]:
    """The article of a page, and in what character set it is where that is worth telling.

    Raises:
        Unreadable: it is too large, no page, or holds no article.
        OSError: it cannot be read.
    """
    markup = markup_of(source.whole())
    tree, mended = tree_of(markup.text)
    yield _article(tree, source.article_id)
    if verdict := markup.verdict or mended:
        yield Remark(source.place, verdict)


def _article(tree: HtmlElement, article_id: str) -> Article:
    said = read_metadata(tree)
    captions = captions_of(take_captions(tree))
    printed = printed_lines(tree)
    found = lines_of_article(tree)
    title = _title(tree, said, found, printed)
    lines = _text(found, said, title, printed)
    if not lines and not captions:
        raise Unreadable("is a web page without an article; save the page of the article itself")
    check_title(title)
    if not lines:
        alone = Article(article_id, title, captions=captions, authors=said.authors, published=said.published)
        return replace(alone, section=said.section, source=said.source)
    article = plain_text.parse("\n\n".join([title, *lines]), article_id)
    return replace(
        article,
        captions=merge_captions([*captions, *article.captions]),
        authors=said.authors or article.authors,
        published=said.published or _stamp_beside(tree) or article.published or _printed_stamp(title, printed),
        section=said.section,
        source=said.source,
    )


# -- the title


def _title(tree: HtmlElement, said: Metadata, lines: Sequence[str], printed: Sequence[str]) -> str:
    """What machines are told, else the only heading, else the page's name where the page prints it; else a heading of
    the article, since many a page is called after its paper; else, sooner than nothing, the name or the first line.
    """
    heads = headings(tree)
    named = _without_site(one_line(tree.findtext(".//title") or ""), said, printed)
    keys = set(map(author_key, printed))
    own = {author_key(line) for line in lines[:_TITLE_WITHIN]}
    candidates = [
        *(_without_site(title, said, printed) for title in said.titles[:_TITLES_TRIED]),
        *(heads if len(heads) == 1 else ()),
        *([named] if author_key(named) in keys else ()),
        *(head for head in heads if author_key(head) in own),
        named,
        *heads,
        *lines[:1],
    ]
    return next((title for title in candidates if title and len(title) <= MAX_TITLE_CHARS), "")


def _without_site(title: str, said: Metadata, printed: Sequence[str]) -> str:
    """`Tin - Báo Mẫu` -> `Tin`: the part that the page prints on a line of its own, or what is not the paper's name."""
    parts = _BETWEEN_TITLE_AND_SITE.split(title)
    if len(parts) == 1 or author_key(title) in map(author_key, printed):
        return title
    lines = set(map(author_key, printed))
    whole = [part for part in parts if author_key(part) in lines and author_key(part) not in said.sites]
    if whole:
        return max(whole, key=len)
    for at, is_site in ((-1, author_key(parts[-1]) in said.sites), (0, author_key(parts[0]) in said.sites)):
        if is_site:
            cut = title.rfind(parts[at]) if at else len(parts[0])
            return (title[:cut] if at else title[cut:]).strip(" |–—:-»")
    return title


# -- the text


def _text(found: list[str], said: Metadata, title: str, printed: Sequence[str]) -> list[str]:
    """The paragraphs below the title, the lead first, the byline last where it is printed there."""
    lines = _below_title(found, title)
    if sum(map(len, said.body)) > 2 * sum(map(len, lines)):
        lines = _below_title(list(said.body), title)
    lines = [line for line in lines if author_key(line) != author_key(title)]
    if lines and (lead := _printed_lead(said.description, lines, printed)):
        lines.insert(0, lead)
    return _without_byline(lines, said.authors)


def _below_title(lines: list[str], title: str) -> list[str]:
    keys = [author_key(line) for line in lines]
    key = author_key(title)
    return lines[keys.index(key) + 1 :] if key in keys[: len(keys) // 2 + 1] else lines


def _printed_lead(description: str, lines: Sequence[str], printed: Sequence[str]) -> str:
    """The line a description is, in full, where the page prints it apart from the text; "" otherwise."""
    if not description or any(_is_start(description, line) for line in lines):
        return ""
    return next((line for line in printed if _is_start(description, line)), "")


def _is_start(description: str, line: str) -> bool:
    return not join_lead(description, (line,))[1]


def _without_byline(lines: list[str], authors: tuple[Author, ...]) -> list[str]:
    """Without a last line that names the authors the page has told of already; another may be one we do not know."""
    byline = read_byline(lines[-1]) if lines else None
    known = {author.key for author in authors}
    if byline and len(lines) > 1 and {author.key for author in byline} <= known:
        return lines[:-1]
    return lines


# -- the date


def _stamp_beside(tree: HtmlElement) -> Stamp | None:
    return next(filter(None, map(read_machine_stamp, times(tree)[:1])), None)


def _printed_stamp(title: str, printed: Sequence[str]) -> Stamp | None:
    """A stamp on a line of its own below the title, with at most the lead between them."""
    keys = [author_key(line) for line in printed]
    key = author_key(title)
    starts = [at for at, each in enumerate(keys) if each == key]
    for at in starts[-1:]:
        prose = 0
        for line in printed[at + 1 : at + 1 + _STAMP_WITHIN]:
            if stamp := read_stamp(line):
                return stamp
            prose += len(line) > _LONG_LINE
            if prose > 1:
                break
    return None
