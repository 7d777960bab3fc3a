"""The choices about a list of results: its order, its length, its look."""

from __future__ import annotations

from dataclasses import replace

from indexer.model import SearchPage, SearchRequest, Sort
from webapp import formats, links
from webapp.contexts_results import Folding, ListOptions, Option
from webapp.language import gettext, ngettext
from webapp.links import Links

SIZES = (10, 20, 50)
"""Results a page that are offered, beside the size there is."""


def list_options(page: SearchPage, urls: Links, largest: int, language: str) -> ListOptions:
    """What can be chosen about this list; `largest` is the most results that a page may have."""
    return ListOptions(
        sorts=_sorts(page.request, urls),
        sizes=_sizes(page, urls, largest, language),
        looks=_looks(page.request, urls),
        compact=urls.view.compact,
        folding=_folding(page, urls, language),
    )


def _sorts(request: SearchRequest, urls: Links) -> tuple[Option, ...]:
    """Without words nothing is more relevant than anything else: the newest come first."""
    labels = {
        Sort.RELEVANCE: gettext("Sát nhất"),
        Sort.NEWEST: gettext("Mới nhất"),
        Sort.OLDEST: gettext("Cũ nhất"),
    }
    current = request.sort
    if not request.text:
        del labels[Sort.RELEVANCE]
        current = Sort.NEWEST if current is Sort.RELEVANCE else current
    return tuple(
        Option(label, urls.search(links.sorted_by(request, sort)), current=sort is current)
        for sort, label in labels.items()
    )


def _sizes(page: SearchPage, urls: Links, largest: int, language: str) -> tuple[Option, ...]:
    """None where the shortest page holds all there is."""
    request = page.request
    sizes = sorted({size for size in SIZES if size <= largest} | {request.page_size})
    if page.total <= sizes[0]:
        return ()
    return tuple(
        Option(
            formats.number(size, language), urls.search(links.sized(request, size)), current=size == request.page_size
        )
        for size in sizes
    )


def _looks(request: SearchRequest, urls: Links) -> tuple[Option, ...]:
    labels = ((gettext("Thoáng"), False), (gettext("Gọn"), True))
    return tuple(
        Option(
            label,
            replace(urls, view=replace(urls.view, compact=compact)).search(request),
            current=urls.view.compact is compact,
        )
        for label, compact in labels
    )


def _folding(page: SearchPage, urls: Links, language: str) -> Folding | None:
    """What was folded on this page, and the way to see it otherwise."""
    copies = sum(bool(hit.copy_of) for hit in page.hits)
    folds = urls.view.folds
    if folds and not copies:
        return None
    other = replace(urls, view=replace(urls.view, folds=not folds)).search(page.request)
    if not folds:
        return Folding(gettext("Đang xem cả bài trùng."), gettext("Gộp bài trùng"), other)
    shown = formats.number(copies, language)
    told = ngettext(
        "%(count)s bài trùng đã gộp trên trang này.", "%(count)s bài trùng đã gộp trên trang này.", copies, count=shown
    )
    return Folding(told, gettext("Xem cả bài trùng"), other)
