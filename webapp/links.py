"""From a `SearchRequest` to the URLs around it. Pure; `params.read_search` reads every one of them.

The functions on top change a request (each change starts again at page 1); `Links` writes it down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import quote, quote_plus, urlsplit

from indexer.model import FACETS, Choice, SearchRequest, Sort
from webapp.view import USUAL, View

MAX_RETURN_CHARS = 8000


def toggled(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """The request with `value` chosen, or no longer chosen if it was."""
    choice = request.choice(facet)
    if value in choice.include:
        return without(request, facet, value)
    return _choose(request, facet, Choice((*choice.include, value), _less(choice.exclude, value)))


def barred(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """The request with `value` excluded, or no longer excluded if it was."""
    choice = request.choice(facet)
    if value in choice.exclude:
        return without(request, facet, value)
    return _choose(request, facet, Choice(_less(choice.include, value), (*choice.exclude, value)))


def without(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """The request with `value` neither chosen nor excluded; a year takes its months along."""
    choice = request.choice(facet)
    lighter = _choose(request, facet, Choice(_less(choice.include, value), _less(choice.exclude, value)))
    if facet != "year":
        return lighter
    months = lighter.month
    return replace(lighter, month=Choice(_not_of(months.include, value), _not_of(months.exclude, value)))


def only(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """The request with no other value chosen in the facet; a year leaves the months of other years."""
    choice = request.choice(facet)
    alone = _choose(request, facet, Choice((value,), _less(choice.exclude, value)))
    if facet != "year":
        return alone
    months = tuple(month for month in alone.month.include if month.startswith(f"{value}-"))
    return replace(alone, month=Choice(months, alone.month.exclude))


def without_all(request: SearchRequest, facet: str) -> SearchRequest:
    """The request without what was chosen in the facet; what was excluded stays so."""
    return _choose(request, facet, Choice((), request.choice(facet).exclude))


def with_authors_like(request: SearchRequest, typed: str) -> SearchRequest:
    """The same results beside other authors: those so named, all for ""."""
    return replace(request, author_like=typed)


def unfiltered(request: SearchRequest) -> SearchRequest:
    """The same question to the whole archive: no facet chosen, no date set."""
    return SearchRequest(request.text, sort=request.sort, page_size=request.page_size, literal=request.literal)


def undated(request: SearchRequest, *, since: bool = False, until: bool = False) -> SearchRequest:
    """The request without its first day, its last day, or both."""
    return replace(
        request,
        since=None if since else request.since,
        until=None if until else request.until,
        page=1,
    )


def dated(request: SearchRequest, since: date, until: date) -> SearchRequest:
    """The same search within these days, both of which count."""
    return replace(request, since=since, until=until, page=1)


def asking(request: SearchRequest, text: str) -> SearchRequest:
    """Another question under the same filters."""
    return replace(request, text=text, page=1, literal=False)


def asking_literally(request: SearchRequest, text: str) -> SearchRequest:
    """Exactly this question under the same filters, and nothing in its place."""
    return replace(request, text=text, page=1, literal=True)


def carrying_out(request: SearchRequest, searched: str) -> SearchRequest:
    """The request as it was carried out: the same place in the same list, whatever was typed to get there."""
    return replace(request, text=searched, author_like="")


def sorted_by(request: SearchRequest, sort: Sort) -> SearchRequest:
    """The same results in another order."""
    return replace(request, sort=sort, page=1)


def sized(request: SearchRequest, size: int) -> SearchRequest:
    """The same results in pages of another size; the first one shown stays in view."""
    first = (request.page - 1) * request.page_size
    return replace(request, page_size=size, page=first // size + 1)


def on_page(request: SearchRequest, page: int) -> SearchRequest:
    """Another page of the same results."""
    return replace(request, page=page)


@dataclass(frozen=True, slots=True)
class Links:
    """Writes URLs below `root` (the path the application is mounted at, without its last slash).

    The pages they lead to look as `view` says, and hold `page_size` results where nothing else is wanted.
    """

    root: str = ""
    page_size: int = 10
    view: View = USUAL

    def search(self, request: SearchRequest) -> str:
        """The page of results."""
        return f"{self.root}/tim-kiem?{_written(self._shown(request))}"

    def json(self, request: SearchRequest) -> str:
        """The same results as JSON."""
        return f"{self.root}/api/v1/search?{self.query_string(request)}"

    def export(self, request: SearchRequest, suffix: str) -> str:
        """The results as a file (`csv`, `jsonl`, `html`, a `Style.ending` of citations) or a feed (`atom`), of whatever
        number a page holds; only a feed has pages itself."""
        own = replace(request, page_size=self.page_size, page=request.page if suffix == "atom" else 1)
        return f"{self.root}/tim-kiem.{suffix}?{self.query_string(own)}"

    def article(self, article_id: str, found_by: SearchRequest | None = None, number: int = 0) -> str:
        """An article; with `found_by` it lights the matches and knows the way back, with its number in the results the
        way to those beside it, too.
        """
        url = f"{self.root}/bai/{quote(article_id, safe='/')}"
        if not found_by:
            return url
        return f"{url}?{_written(self._shown(found_by))}{f'&n={number}' if number else ''}"

    def why(self, article_id: str, request: SearchRequest, number: int = 0) -> str:
        """An article, with why the search finds it or does not."""
        return f"{self.article(article_id, request, number)}&why=1"

    def permanent(self, code: str, ending: str = "") -> str:
        """The short address of an article, which never changes; with `.bib` or `.ris` its citation as a file."""
        return f"{self.root}/b/{code}{ending}"

    def report(self, article_id: str) -> str:
        """Where readers report a mistake in an article."""
        return f"{self.root}/bao-loi/{quote(article_id, safe='/')}"

    def api(self) -> str:
        """The page on the JSON API."""
        return f"{self.root}/api"

    def article_json(self, article_id: str) -> str:
        """The same article as JSON."""
        return f"{self.root}/api/v1/articles/{quote(article_id, safe='/')}"

    def query_string(self, request: SearchRequest) -> str:
        """`q` always, everything else only where it differs from what would be read anyway."""
        return _written(self._items(request))

    def hidden_fields(self, request: SearchRequest, *, shows_dates: bool = True) -> tuple[tuple[str, str], ...]:
        """What a search form must send along besides the fields it shows: facets, order, size.

        A new question starts at its first page, and is not literal because the last one was.
        """
        left_out = {"q", "page", "literal", *(("from", "to") if shows_dates else ())}
        return tuple(item for item in self._shown(request) if item[0] not in left_out)

    def _shown(self, request: SearchRequest) -> Iterator[tuple[str, str]]:
        """What a page for people carries along."""
        yield from self._items(request)
        yield from self.view.items()

    def _items(self, request: SearchRequest) -> Iterator[tuple[str, str]]:
        yield "q", request.text
        for facet in FACETS:
            choice = request.choice(facet)
            yield from ((facet, value) for value in choice.include)
            yield from ((f"not_{facet}", value) for value in choice.exclude)
        if request.author_like:
            yield "author_like", request.author_like
        if request.since:
            yield "from", request.since.isoformat()
        if request.until:
            yield "to", request.until.isoformat()
        if request.sort is not Sort.RELEVANCE:
            yield "sort", request.sort.value
        if request.page_size != self.page_size:
            yield "size", str(request.page_size)
        if request.page != 1:
            yield "page", str(request.page)
        if request.literal:
            yield "literal", "1"


def _written(items: Iterable[tuple[str, str]]) -> str:
    return "&".join(f"{name}={_quoted(value)}" for name, value in items)


@lru_cache(4096)
def _quoted(value: str) -> str:
    """The same few values stand in every address of a page."""
    return quote_plus(value)


def local_path(text: str) -> str | None:
    """`text` if it is a path on this site, else None: where a redirect may safely lead.

    Browsers read `//host`, `/\\host` and `/<tab>/host` as other sites, so all of those are refused.
    """
    if len(text) > MAX_RETURN_CHARS or not text.startswith("/") or text.startswith("//"):
        return None
    if "\\" in text or any(character <= " " or character == "\x7f" for character in text):
        return None
    try:
        parts = urlsplit(text)
        text.encode()
    except ValueError:
        return None
    return None if parts.scheme or parts.netloc else text


def _choose(request: SearchRequest, facet: str, choice: Choice) -> SearchRequest:
    change: dict[str, Any] = {facet: choice}
    return replace(request, page=1, **change)


def _less(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(other for other in values if other != value)


def _not_of(months: tuple[str, ...], year: str) -> tuple[str, ...]:
    return tuple(month for month in months if not month.startswith(f"{year}-"))
