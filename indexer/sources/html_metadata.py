"""What a page says of its article to machines: JSON-LD first, then meta tags, then microdata."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from lxml.html import HtmlElement

from indexer.model import Author, Stamp
from indexer.sources.fields import author_key, authors_named, read_byline, read_machine_stamp
from indexer.sources.prose import one_line, paragraphs_of
from indexer.sources.publishers import source_name

_META: Mapping[str, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title", "dc.title", "title"),
    "description": ("og:description", "description", "twitter:description", "dc.description"),
    "published": (
        "article:published_time", "og:article:published_time", "og:published_time", "article:published", "pubdate",
        "publishdate", "publish_date", "publish-date", "publication_date", "dc.date.issued", "dcterms.issued",
        "parsely-pub-date", "sailthru.date", "datepublished", "dc.date", "date",
    ),
    "author": ("author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author"),
    "section": ("article:section", "og:article:section", "parsely-section", "section"),
    "site": ("og:site_name", "application-name", "publisher", "dc.publisher"),
}  # fmt: skip
"""What we ask -> the names of meta tags that answer, the surest first. When a page was changed is nobody's date."""

_MICRODATA: Mapping[str, tuple[str, ...]] = {
    "title": ("headline",),
    "description": ("description",),
    "published": ("datepublished",),
    "author": ("author", "creator"),
    "section": ("articlesection",),
    "site": ("publisher",),
}

_ARTICLE = re.compile(r"(?:^|[/:])(?:\w*Article|BlogPosting|Report|Reportage\w*|AnalysisNews\w*)$")
_MOST_OBJECTS = 2000
_BEFORE_JSON = re.compile(r"\s*(?:<!--|<!\[CDATA\[|//.*\n)+")
_AFTER_JSON = re.compile(r"\s*(?:>--|>\]\]|;)+")
"""Backwards: from the front each of many semicolons would be tried as the first of the last ones."""

_BREAKS = re.compile(r"<(?:/?(?:p|div|br|h\d|li)\b[^>]{0,500}|!--.{0,500}?--)>")

_Said = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What was said; "" and () where nothing was. `titles` are tried in order; `sites` are the paper's own names."""

    titles: tuple[str, ...] = ()
    description: str = ""
    published: Stamp | None = None
    authors: tuple[Author, ...] = ()
    section: str = ""
    source: str = ""
    body: tuple[str, ...] = ()
    sites: frozenset[str] = field(default_factory=frozenset)


def read_metadata(tree: HtmlElement) -> Metadata:
    """What JSON-LD, meta tags and microdata say, each field from the first that has it."""
    said = (_json_ld(tree), _meta(tree), _microdata(tree))
    sites = frozenset(author_key(name) for each in said for name in each.get("site", []) if name)
    return Metadata(
        titles=tuple(title for each in said for title in each.get("title", []) if title),
        description=next(_all(said, "description"), ""),
        published=next(filter(None, map(read_machine_stamp, _all(said, "published"))), None),
        authors=next(filter(None, (_authors(each.get("author", []), sites) for each in said)), ()),
        section=next(_all(said, "section"), ""),
        source=next(filter(None, map(source_name, _all(said, "site"))), ""),
        body=paragraphs_of("\n".join(said[0].get("body", []))),
        sites=sites,
    )


def _all(said: Iterable[_Said], name: str) -> Iterator[str]:
    return (text for each in said for text in each.get(name, []) if text)


def _authors(names: Iterable[str], sites: frozenset[str]) -> tuple[Author, ...]:
    """People and agencies; never the paper itself, which signs everything, nor an address."""
    found: list[str] = []
    for name in names:
        if "://" in name or author_key(name) in sites:
            continue
        byline = read_byline(name)
        found += [name] if byline is None else [author.name for author in byline]
    return authors_named(found)


def _meta(tree: HtmlElement) -> _Said:
    contents: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if text := one_line(element.get("content") or ""):
            contents.setdefault(name.strip().lower(), []).append(text)
    return {ours: [text for name in names for text in contents.get(name, [])] for ours, names in _META.items()}


def _microdata(tree: HtmlElement) -> _Said:
    said: dict[str, list[str]] = {}
    for element in tree.iterfind(".//*[@itemprop]"):
        names = element.get("itemprop", "").lower().split()
        for ours, properties in _MICRODATA.items():
            if not set(names).isdisjoint(properties) and (text := _property(element)):
                said.setdefault(ours, []).append(text)
    return said


def _property(element: HtmlElement) -> str:
    name = element.find(".//*[@itemprop='name']")
    told = element if name is None else name
    return one_line(told.get("content") or told.get("datetime") or told.text_content())


# -- JSON-LD


def _json_ld(tree: HtmlElement) -> _Said:
    objects = [each for text in _scripts(tree) for each in _objects(text)]
    by_id = {str(each["@id"]): each for each in objects if "@id" in each and len(each) > 1}
    article = next(filter(_is_article, objects), None)
    if article is None:
        return {}
    return {
        "title": [*_names(article.get("headline")), *_names(article.get("name"))],
        "description": _names(article.get("description")),
        "published": _names(article.get("datePublished")),
        "author": _names(article.get("author") or article.get("creator"), by_id),
        "section": _names(article.get("articleSection")),
        "site": [*_names(article.get("publisher"), by_id), *_names(article.get("sourceOrganization"), by_id)],
        "body": _body(article.get("articleBody")),
    }


def _scripts(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iter("script"):
        if "ld+json" in element.get("type", "").lower():
            yield _bare(element.text or "")


def _bare(script: str) -> str:
    """Without the marks that keep it from old browsers."""
    begins = _BEFORE_JSON.match(script)
    script = script[begins.end() :] if begins else script
    after = _AFTER_JSON.match(script[::-1])
    return script[: len(script) - after.end()] if after else script


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """The objects of a script: alone, in a list, in a graph, or what a page is about; not what they merely mention."""
    try:
        waiting = [json.loads(text, strict=False)]
    except (ValueError, RecursionError):
        return
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            yield value
            waiting += [value[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in value]


def _is_article(value: Mapping[str, Any]) -> bool:
    types = value.get("@type")
    return any(
        isinstance(each, str) and _ARTICLE.search(each) for each in (types if isinstance(types, list) else [types])
    )


def _names(value: Any, by_id: Mapping[str, Any] | None = None) -> list[str]:
    """Texts, or the names of people and things, one or a list of them."""
    found: list[str] = []
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            thing = (by_id or {}).get(str(each.get("@id")), each)
            names = thing.get("name")
            found += [name for name in (names if isinstance(names, list) else [names]) if isinstance(name, str)]
        elif isinstance(each, str):
            found.append(each)
    return [line for text in found if (line := one_line(unescape(text)))]


def _body(value: Any) -> list[str]:
    if not isinstance(value, str):
        return []
    return [unescape(_BREAKS.sub("\n", value))]
