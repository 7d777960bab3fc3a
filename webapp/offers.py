"""The other questions that a `SearchPage` offers -> links: did you mean, other spellings, and the way back to what
was typed."""

from __future__ import annotations

from indexer.model import Offer, OfferKind, SearchPage, SearchRequest
from webapp import formats, links, wording
from webapp.contexts import OfferLink, OtherSpellings
from webapp.language import gettext
from webapp.links import Links


def request_of(offer: Offer, request: SearchRequest) -> SearchRequest:
    """What the offer asks, under the filters of the request."""
    ask = links.asking_literally if offer.literal else links.asking
    return ask(request, offer.text)


def correction(page: SearchPage, urls: Links, language: str) -> OfferLink | None:
    """The best "did you mean"."""
    return next(iter(_of_kind(OfferKind.CORRECTION, page, urls, language)), None)


def way_back(page: SearchPage, urls: Links, language: str) -> OfferLink | None:
    """What was typed, where something else was searched."""
    return next(iter(_of_kind(OfferKind.LITERAL, page, urls, language)), None)


def all_words(page: SearchPage, urls: Links, language: str) -> OfferLink | None:
    """Only the articles with all the words, where those with most of them are shown too."""
    return next(iter(_of_kind(OfferKind.ALL_WORDS, page, urls, language)), None)


def other_spellings(page: SearchPage, urls: Links, language: str) -> OtherSpellings | None:
    """The spellings a click away, None where there are none."""
    meant = correction(page, urls, language)  # stands above them
    spellings = tuple(
        each for each in _of_kind(OfferKind.SPELLING, page, urls, language) if meant is None or each.text != meant.text
    )
    unmarked = next(iter(_of_kind(OfferKind.UNMARKED, page, urls, language)), None)
    if not spellings and unmarked is None:
        return None
    shows_all = any(notice.code == "every_spelling" for notice in page.notices)
    label = gettext("Có các cách viết:") if shows_all else gettext("Cách viết khác:")
    return OtherSpellings(label, shows_all, spellings, unmarked)


def _of_kind(kind: OfferKind, page: SearchPage, urls: Links, language: str) -> tuple[OfferLink, ...]:
    return tuple(_link(offer, page.request, urls, language) for offer in page.offers if offer.kind is kind)


def _link(offer: Offer, request: SearchRequest, urls: Links, language: str) -> OfferLink:
    return OfferLink(
        text=offer.text,
        url=urls.search(request_of(offer, request)),
        count=formats.number(offer.count, language),
        articles=wording.articles(offer.count, language),
    )
