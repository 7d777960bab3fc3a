"""The filter column and the chips of active filters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from indexer.model import FACETS, FacetCount, SearchPage
from webapp import formats, links, wording
from webapp.contexts import Chip, Facet, FacetValue
from webapp.contexts_results import FacetSearch
from webapp.date_chips import date_chips
from webapp.language import gettext, ngettext
from webapp.links import Links

SHOWN_VALUES = 8
MAX_VALUES = 20  # keeps a page light; whoever is further down is looked for by name


def facets(page: SearchPage, urls: Links, language: str) -> tuple[Facet, ...]:
    """The groups that offer a choice, in fixed order."""
    return tuple(
        _facet(facet, counts, page, urls, language)
        for facet in FACETS
        if (counts := page.facets.get(facet, ())) or (facet == "author" and page.request.author_like)
    )


def chips(page: SearchPage, said: Mapping[str, str], urls: Links, language: str) -> tuple[Chip, ...]:
    """One chip for each active filter, in the order of the filter column; `said` as in `date_chips`."""
    return (*_facet_chips(page, urls, language), *date_chips(page.request, said, urls, language))


def _facet(facet: str, counts: Sequence[FacetCount], page: SearchPage, urls: Links, language: str) -> Facet:
    active = [count for count in counts if count.chosen or count.excluded]
    others = [count for count in counts if not (count.chosen or count.excluded)]
    is_search = facet == "author" and bool(page.request.author_like)
    room = max(0, (MAX_VALUES if is_search else SHOWN_VALUES) - len(active))
    if len(others) - room <= 2:  # folding one or two away would hide more than it tidies
        room = len(others)
    shown = set(map(id, active + others[:room]))
    kept = [count for count in counts if id(count) in shown]  # keeps the facet's own order
    views = {
        "shown": kept,
        "folded": others[room : max(room, MAX_VALUES - len(active))],
    }
    has_more_authors = facet == "author" and bool(views["folded"])
    return Facet(
        key=facet,
        name=wording.facet_name(facet),
        shown=tuple(_value(facet, count, page, urls, language) for count in views["shown"]),
        folded=tuple(_value(facet, count, page, urls, language) for count in views["folded"]),
        search=_search(page, len(others), urls, language) if is_search or has_more_authors else None,
    )


def _search(page: SearchPage, found: int, urls: Links, language: str) -> FacetSearch:
    """Looks for authors by name; `found` are those found that are not chosen or excluded already."""
    request = page.request
    every = links.with_authors_like(request, "")
    sent = (("q", request.text), *urls.hidden_fields(every, shows_dates=False))
    return FacetSearch(
        typed=request.author_like,
        hidden=sent,
        told=_told(found, language) if request.author_like else "",
        clear_url=urls.search(every) if request.author_like else "",
    )


def _told(found: int, language: str) -> str:
    if not found:
        return gettext("Không thấy thêm tác giả nào tên như vậy trong kết quả này.")
    if found > MAX_VALUES:
        shown = formats.number(MAX_VALUES, language)
        return gettext("Đây là %(count)s người có nhiều bài nhất; gõ thêm chữ để thu hẹp.", count=shown)
    shown = formats.number(found, language)
    return ngettext("%(count)s tác giả.", "%(count)s tác giả.", found, count=shown)


def _value(facet: str, count: FacetCount, page: SearchPage, urls: Links, language: str) -> FacetValue:
    request = page.request
    return FacetValue(
        label=_label(facet, count, page, language),
        count=formats.number(count.count, language),
        toggle_url=urls.search(links.toggled(request, facet, count.value)),
        exclude_url=urls.search(links.barred(request, facet, count.value)),
        chosen=count.chosen,
        excluded=count.excluded,
    )


def _label(facet: str, count: FacetCount, page: SearchPage, language: str) -> str:
    if facet != "month":
        return count.label or count.value
    several_years = len({month.value[:4] for month in page.facets["month"]}) > 1
    return formats.month(count.value, language, with_year=several_years)


def _facet_chips(page: SearchPage, urls: Links, language: str) -> Iterator[Chip]:
    for facet in FACETS:
        labels = {count.value: count.label for count in page.facets.get(facet, ())}
        choice = page.request.choice(facet)
        for value in (*choice.include, *choice.exclude):
            yield Chip(
                label=wording.facet_value(facet, value, labels.get(value, value), language),
                remove_url=urls.search(links.without(page.request, facet, value)),
                excludes=value in choice.exclude,
            )
