"""Ways out of an empty result: looser versions of the same question."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.model import OfferKind, SearchPage
from webapp import links, offers, wording
from webapp.contexts import NextStep
from webapp.language import gettext
from webapp.links import Links

_PLAIN_WORDS = re.compile(r"[\w\s]+")
_OPERATORS = {"OR", "AND", "NOT", "HOẶC", "HOAC"}


def next_steps(page: SearchPage, urls: Links, language: str) -> tuple[NextStep, ...]:
    """The steps that would change something, the most promising first."""
    request = page.request
    steps = [*_without_filters(page, urls, language), *_unquoted(page, urls, language), *_any_word(page, urls)]
    if page.request.text:
        everything = links.asking(links.unfiltered(request), "")
        steps.append(NextStep(gettext("Xem tất cả bài, mới nhất trước"), urls.search(everything)))
    return tuple(steps)


def _without_filters(page: SearchPage, urls: Links, language: str) -> Iterator[NextStep]:
    if page.request.is_filtered and page.unfiltered_total:
        found = wording.articles(page.unfiltered_total, language)
        label = gettext("Bỏ hết bộ lọc: có %(articles)s", articles=found)
        yield NextStep(label, urls.search(links.unfiltered(page.request)))


def _unquoted(page: SearchPage, urls: Links, language: str) -> Iterator[NextStep]:
    for offer in page.offers:
        if offer.kind is OfferKind.UNQUOTED:
            found = wording.articles(offer.count, language)
            label = gettext("Không cần đúng cụm từ: %(query)s (%(articles)s)", query=offer.text, articles=found)
            yield NextStep(label, urls.search(offers.request_of(offer, page.request)))


def _any_word(page: SearchPage, urls: Links) -> Iterator[NextStep]:
    unknown_words = any(notice.code == "missing_words" for notice in page.notices)
    if (any_word := any_of_the_words(page.searched or page.request.text)) and not unknown_words:
        label = gettext("Chỉ cần một trong các từ: %(query)s", query=any_word)
        yield NextStep(label, urls.search(links.asking(page.request, any_word)))


def any_of_the_words(text: str) -> str:
    """`a b` -> `a OR b`, "" unless the query is two to eight plain words."""
    words = text.split()
    plain = _PLAIN_WORDS.fullmatch(text) and not _OPERATORS.intersection(words)
    return " OR ".join(words) if plain and 2 <= len(words) <= 8 else ""
