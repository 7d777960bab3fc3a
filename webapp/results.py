"""A `SearchPage` -> what `results.html` shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from indexer import notices
from indexer.model import Hit, SearchPage, SearchRequest, Snippet
from webapp import filters, formats, links, offers, pager, timeline, wording
from webapp.contexts import (
    DateField,
    Note,
    ResultsPage,
    ResultView,
    SearchForm,
    SnippetView,
)
from webapp.date_offer import date_offer
from webapp.language import gettext, ngettext
from webapp.links import Links
from webapp.list_options import list_options
from webapp.markup import lit
from webapp.next_steps import next_steps
from webapp.params import Limits, Reading
from webapp.takeaway import takeaway
from webapp.view import USUAL


def results_page(
    page: SearchPage, reading: Reading, urls: Links, language: str, largest: int = Limits().max_page_size
) -> ResultsPage:
    """Everything the page shows; `reading` still knows what the reader typed into the fields, `largest` is the most
    results that a page may have.
    """
    request = page.request
    searched = page.searched or request.text
    found_by = links.carrying_out(request, searched)
    hidden = page.unfiltered_total > page.total
    return ResultsPage(
        form=SearchForm(request.text, urls.hidden_fields(request)),
        query="" if _says_nothing(page) else searched,
        heading=gettext("Các bài theo bộ lọc") if request.is_filtered else gettext("Tất cả bài trong kho"),
        count=wording.articles(page.total, language),
        whole=wording.articles(page.unfiltered_total, language) if hidden else "",
        took=formats.milliseconds(page.took_ms, language),
        notes=_notes(page, reading, urls, language),
        correction=offers.correction(page, urls, language),
        other_spellings=offers.other_spellings(page, urls, language),
        date_offer=date_offer(reading, urls, language),
        chips=filters.chips(page, reading.said, urls, language),
        clear_url=urls.search(links.unfiltered(request)),
        timeline=timeline.timeline(page, urls, language),
        facets=filters.facets(page, urls, language),
        filters_open=bool(request.author_like) or any(each.parameter in {"from", "to"} for each in reading.unreadable),
        since=_date_field("from", reading),
        until=_date_field("to", reading),
        options=list_options(page, urls, largest, language),
        results=tuple(_folded(page, urls, language, found_by)),
        pager=pager.pager(
            request.page,
            page.page_count,
            lambda number: urls.search(links.on_page(request, number)),
            language,
        ),
        empty_line=_empty_line(page),
        next_steps=() if page.total else next_steps(page, urls, language),
        takeaway=takeaway(page, urls, language),
        json_url=urls.json(request),
        canonical_path=replace(urls, view=USUAL).search(SearchRequest(request.text, page_size=urls.page_size)),
    )


def _empty_line(page: SearchPage) -> str:
    if page.is_partial:  # who knows what the rest of the archive holds
        return gettext("Chưa tìm thấy bài nào.")
    return gettext("Không có bài nào khớp.")


def _says_nothing(page: SearchPage) -> bool:
    """Whether the query held nothing to look for, so that the page shows the whole archive."""
    return any(notice.code == "nothing_to_search" for notice in page.notices)


def _folded(page: SearchPage, urls: Links, language: str, found_by: SearchRequest) -> Iterator[ResultView]:
    """The results, those that are copies below the first of their kind; each keeps its number."""
    first = (page.request.page - 1) * page.request.page_size + 1
    below: dict[str, list[ResultView]] = {}
    for number, hit in enumerate(page.hits, first):
        of = hit.copy_of if urls.view.folds and hit.copy_of else hit.id
        below.setdefault(of, []).append(result(hit, urls, language, found_by, number))
    for view, *copies in below.values():
        yield replace(view, copies=tuple(copies), copies_label=_copies(len(copies), language)) if copies else view


def _copies(count: int, language: str) -> str:
    shown = formats.number(count, language)
    return ngettext("và %(count)s bài trùng", "và %(count)s bài trùng", count, count=shown)


def result(hit: Hit, urls: Links, language: str, found_by: SearchRequest | None = None, number: int = 0) -> ResultView:
    """One article in a list; in one that a search found, with its number there."""
    return ResultView(
        url=urls.article(hit.id, found_by, number),
        title=lit(hit.title, hit.title_matches),
        published=formats.day(hit.published.day, language) if hit.published else "",
        published_iso=hit.published.isoformat() if hit.published else "",
        authors=", ".join(author.name for author in hit.authors),
        section=hit.section,
        source=hit.source,
        snippets=() if urls.view.compact else tuple(_snippet(snippet) for snippet in hit.snippets),
        number=number,
    )


def _snippet(snippet: Snippet) -> SnippetView:
    return SnippetView(
        html=lit(snippet.text, snippet.matches),
        before="" if snippet.opens else "… ",
        after="" if snippet.closes else " …",  # apart, or a full stop would make it four dots
    )


def _notes(page: SearchPage, reading: Reading, urls: Links, language: str) -> tuple[Note, ...]:
    way_back = offers.way_back(page, urls, language)
    about_fields = (
        Note(wording.problem(problem), error_of=problem.parameter if problem in reading.unreadable else "")
        for problem in reading.problems
    )
    all_words = offers.all_words(page, urls, language)
    about_query = (
        Note(
            notices.text(notice, language),
            way_back if notice.code in notices.REPLACED else None,
            all_words if notice.code == notices.FEW_HAVE_ALL else None,
        )
        for notice in page.notices
    )
    return (*about_fields, *_literally(page.request, urls), *about_query)


def _literally(request: SearchRequest, urls: Links) -> Iterator[Note]:
    """That nothing is taken in place of what was typed, which nobody could tell from the page."""
    if request.literal and request.text:
        usual = urls.search(links.asking(request, request.text))
        yield Note(gettext("Tìm đúng như đã gõ, không thay bằng câu khác."), usual_url=usual)


def _date_field(name: str, reading: Reading) -> DateField:
    for problem in reading.unreadable:
        if problem.parameter == name:
            return DateField(problem.value, unreadable=True)
    read = reading.request.since if name == "from" else reading.request.until
    return DateField(formats.typed_day(read) if read else "", unreadable=False)
