"""Which pages a pager names."""

from __future__ import annotations

from collections.abc import Callable

from webapp import formats
from webapp.contexts import PageLink, Pager

GAP = 0


def window(page: int, count: int) -> tuple[int, ...]:
    """First, last and the neighbours of `page`; `GAP` where pages are passed over."""
    wanted = sorted({1, count, *range(max(1, page - 1), min(count, page + 1) + 1)})
    numbers: list[int] = []
    for number in wanted:
        before = numbers[-1] if numbers else 0
        if number == before + 2:
            numbers.append(number - 1)  # a gap of one page is no shorter than its number
        elif number > before + 1:
            numbers.append(GAP)
        numbers.append(number)
    return tuple(numbers)


def pager(page: int, count: int, url_of: Callable[[int], str], language: str) -> Pager | None:
    """The pager for `page` of `count`, None if there is only one."""
    if count < 2:
        return None
    return Pager(
        pages=tuple(_link(number, page, url_of, language) for number in window(page, count)),
        previous_url=url_of(page - 1) if page > 1 else "",
        next_url=url_of(page + 1) if page < count else "",
    )


def _link(number: int, page: int, url_of: Callable[[int], str], language: str) -> PageLink:
    if number == GAP:
        return PageLink("…", "", current=False)
    return PageLink(formats.number(number, language), url_of(number), current=number == page)
