"""The bytes of a saved page, `.mhtml` too, -> its markup as text -> a tree whose text has been mended."""

from __future__ import annotations

import codecs
import re
from email import message_from_bytes
from email.message import Message

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from indexer.sources.charset import Decoded, Undecodable, decode, recognise
from indexer.sources.mending import mend_all
from indexer.sources.unreadable import Unreadable

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DECLARED_WITHIN = 4096
"""Bytes from the top."""

_EMBEDDED = re.compile(r"data:[\w/+.-]*;base64,[A-Za-z0-9+/=\s]*")
"""A picture in the page itself: megabytes that say nothing."""

_DEBRIS = re.compile(r"[\0-\x08\x0b\x0e-\x1f]")
_INLINE = re.compile(
    r"</?(?:font|span|b|i|u|a|em|strong|small|big|center|div|o:p|st1:\w+)(?:\s[^<>]*)?>", re.IGNORECASE
)
"""Tags that old editors open again and again without ever closing them."""

_UNSEEN = ("script", "style", "noscript", "template", "svg", "iframe", "object", "select", "textarea", "button")
_MULTIPART = re.compile(rb"^(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*)*mime-version:", re.IGNORECASE)


def markup_of(raw: bytes) -> Decoded:
    """The markup of a page or of the page in an `.mhtml`. Raises Unreadable."""
    declared = ""
    if _MULTIPART.match(raw[:_DECLARED_WITHIN]):
        raw, declared = _page_in(raw)
    if not declared and (match := _DECLARED.search(raw[:_DECLARED_WITHIN])):
        declared = match[1].decode("ascii", "replace")
    try:
        return Decoded(decode(raw))
    except Undecodable:
        pass
    try:
        return recognise(raw)  # what the bytes say is more certain than what old pages say of themselves
    except Undecodable:
        return _as_declared(raw, declared)


def tree_of(markup: str) -> tuple[HtmlElement, str]:
    """The page without what no reader sees, its text mended, and the verdict on that. Raises Unreadable."""
    markup = _DEBRIS.sub("", _EMBEDDED.sub("", markup))
    tree, is_cut = _parsed(markup)
    if is_cut:
        tree, is_cut = _parsed(_INLINE.sub(" ", markup))
    if tree is None or is_cut:
        raise Unreadable("is no web page; save it again from the browser" if not is_cut else "is nested too deeply")
    for element in [*tree.iter(*_UNSEEN)]:
        if element.get("type", "").lower() != "application/ld+json":
            element.drop_tree()
    return tree, _mend(tree)


def _page_in(raw: bytes) -> tuple[bytes, str]:
    """The first page of an `.mhtml`, and its character set."""
    for part in message_from_bytes(raw).walk():
        if part.get_content_type() == "text/html":
            return _payload(part), str(part.get_param("charset") or "")
    raise Unreadable("holds no web page; save it again from the browser")


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _as_declared(raw: bytes, declared: str) -> Decoded:
    try:
        name = codecs.lookup(declared).name
        text = raw.decode(name, "replace")
    except (LookupError, ValueError, TypeError) as error:  # TypeError: a codec that makes no text of bytes
        raise Unreadable("is in no character set we know; open it in a browser and save it as UTF-8") from error
    lost = text.count("\ufffd")
    told = f"was read as {name}, as the page says"
    return Decoded(text, f"{told}; {lost} characters of it are none there" if lost else told)


def _parsed(markup: str) -> tuple[HtmlElement | None, bool]:
    """The tree, and whether the parser gave up on its depth: what is below is missing then."""
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None, False
    return tree, any("depth" in error.message.lower() for error in parser.error_log)


def _mend(tree: HtmlElement) -> str:
    """Mends the text nodes, and what `meta` says, all together; returns the verdict."""
    places = [(element, name) for element in tree.iter(etree.Element) for name in _texts(element)]
    found = [_get(element, name) for element, name in places]
    mended, verdict = mend_all([" ".join(text.split("\n")) for text in found])
    if verdict:
        for (element, name), text in zip(places, mended, strict=True):
            _set(element, name, text)
    return verdict


def _texts(element: HtmlElement) -> list[str]:
    """Which of its texts hold anything."""
    return [name for name in ("text", "tail", "content") if _get(element, name).strip()]


def _get(element: HtmlElement, name: str) -> str:
    if name == "content":
        return (element.get("content") or "") if element.tag == "meta" else ""
    return getattr(element, name) or ""


def _set(element: HtmlElement, name: str, text: str) -> None:
    if name == "content":
        element.set("content", text)
    else:
        setattr(element, name, text)
