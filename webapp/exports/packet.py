"""Articles -> one HTML file with its own search box: no server, no network, no other file.

The articles stand in it as text, so that it can be read and printed without the script, too.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from flask import request as running
from flask import stream_template
from markupsafe import Markup

from indexer.model import Article, Export, LitArticle, Range, SearchRequest
from webapp import citations, formats, links, site
from webapp.exports.characters import legal
from webapp.exports.contexts import Packet, PacketArticle, PacketCaption
from webapp.language import gettext, language
from webapp.markup import lit

HERE = Path(__file__).parent


def packet(export: Export, wanted: SearchRequest) -> Iterator[str]:
    """The file, piece by piece, in the language of the running request."""
    articles = (_article(each, language()) for each in export.articles)
    return stream_template("exports/packet.html", page=_page(export, wanted), articles=articles)


def _page(export: Export, wanted: SearchRequest) -> Packet:
    here = running.host_url.rstrip("/")
    searched = links.on_page(links.carrying_out(wanted, export.searched), 1)
    return Packet(
        language=language(),
        query=legal(export.searched),
        heading=gettext("Các bài theo bộ lọc") if wanted.is_filtered else gettext("Tất cả bài trong kho"),
        count=_count(export),
        is_partial=export.is_partial,
        taken=gettext("Lấy từ Kho Báo ngày %(day)s.", day=formats.day(date.today(), language())),
        search_address=here + site.links().search(searched),
        counted=gettext("%(found)s trong %(total)s bài", found="#1", total="#2"),
        style=_file("packet.css"),
        script=_file("packet.js"),
        policy=f"default-src 'none'; style-src {_allowed('packet.css')}; script-src {_allowed('packet.js')}",
    )


def _count(export: Export) -> str:
    total = formats.number(export.total, language())
    if export.count == export.total:
        return gettext("%(total)s bài.", total=total)
    return gettext(
        "%(count)s bài đầu trong %(total)s bài.", count=formats.number(export.count, language()), total=total
    )


@cache
def _file(name: str) -> Markup:
    """Our own style sheet and script: the one thing beside the template that is not escaped."""
    return Markup((HERE / name).read_text(encoding="utf-8"))  # noqa: S704 - files of this package


def _allowed(name: str) -> str:
    """What a policy calls it: by its digest, so that nothing else is let in, whatever an article holds."""
    return f"'sha256-{b64encode(hashlib.sha256(_file(name).encode()).digest()).decode()}'"


def _article(found: LitArticle, language: str) -> PacketArticle:
    article, cited = found.article, site.cited(found.article)
    return PacketArticle(
        title=_lit(article.title, found.title),
        published=formats.moment(article.published, language) if article.published else "",
        published_iso=article.published.isoformat() if article.published else "",
        authors=legal(", ".join(author.name for author in article.authors)),
        lead=_lit(article.lead, found.lead),
        paragraphs=tuple(_lit(text, _of(found.paragraphs, place)) for place, text in enumerate(article.paragraphs)),
        captions=_captions(article, found.captions),
        citation=legal(citations.vietnamese(cited)),
        address=cited.address,
    )


def _captions(article: Article, matches: tuple[tuple[Range, ...], ...]) -> tuple[PacketCaption, ...]:
    return tuple(
        PacketCaption(_lit(caption.text, _of(matches, place)), legal(caption.credit))
        for place, caption in enumerate(article.captions)
    )


def _of(matches: tuple[tuple[Range, ...], ...], place: int) -> tuple[Range, ...]:
    """Those of one part; without a question there are none at all."""
    return matches[place] if place < len(matches) else ()


def _lit(text: str, matches: tuple[Range, ...]) -> Markup:
    return Markup(legal(lit(text, matches)))  # noqa: S704 - escaped by `lit`, and only less of it here
