"""Where an article stands in the list the reader came from, and what stands beside it there.

The address of an article carries the search that found it and its number in the results (`n=13`). The neighbours are
asked for by their ids alone, in one short page that holds them; it reaches some way to both sides, since an archive
that grew meanwhile moves the numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from indexer.model import SearchRequest
from webapp.links import on_page
from webapp.site import Archive

REACH = 10
"""Numbers an article may have moved by, up or down, and still be found."""

MOST = 100_000
"""Nobody walks on from there, and the later a page of results, the dearer it is."""


@dataclass(frozen=True, slots=True)
class Beside:
    """An article that stands next to the one shown."""

    id: str
    title: str
    number: int


@dataclass(frozen=True, slots=True)
class Position:
    """An article's place in a list, counted from 1, and its neighbours there."""

    number: int
    total: int
    previous: Beside | None = None
    next: Beside | None = None


def read_number(text: str) -> int:
    """The number in a list, 0 where the text is none."""
    number = int(text) if re.fullmatch(r"[0-9]{1,6}", text) else 0
    return number if number <= MOST else 0


def at_number(request: SearchRequest, number: int) -> SearchRequest:
    """The request for the page of results on which the article with that number stands."""
    return on_page(request, (number - 1) // request.page_size + 1) if number else request


def find_position(archive: Archive, found_by: SearchRequest, article_id: str, number: int) -> Position | None:
    """The place of an article that was the `number`th; None where it is not near there any more."""
    page, size = page_around(number)
    listing = archive.listing(replace(found_by, page=page, page_size=size))
    if article_id not in listing.ids:
        return None
    place, first = listing.ids.index(article_id), (page - 1) * size + 1

    def beside(at: int) -> Beside | None:
        if not 0 <= at < len(listing.ids):
            return None
        article = archive.unlit(listing.ids[at])
        return Beside(listing.ids[at], article.title, first + at) if article else None

    return Position(first + place, listing.total, beside(place - 1), beside(place + 1))


def page_around(number: int) -> tuple[int, int]:
    """The number and the size of a page that holds all within `REACH` of a number, the smallest there is."""
    first, last = max(0, number - 1 - REACH), number - 1 + REACH
    size = next(size for size in range(last - first + 1, last + 2) if first // size == last // size)
    return first // size + 1, size
