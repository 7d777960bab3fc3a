"""What a request's filters, and a query's own dates, make of an article. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from indexer import facets
from indexer.explaining.labels import day_text, name_of
from indexer.explanation import Reason, Verdict
from indexer.model import Article, Choice, SearchRequest, Stamp

NameOf = Callable[[str], str]
"""A facet value as readers know it."""

_UNDATED = (facets.YEAR, facets.MONTH)
"""The facets in which only an article without a date has no value."""


def judge_filters(article: Article, request: SearchRequest, names: facets.Names) -> tuple[Verdict, ...]:
    """One verdict for each filter that is set."""
    return tuple(_judged(article, request, names))


def _judged(article: Article, request: SearchRequest, names: facets.Names) -> Iterator[Verdict]:
    if request.since or request.until:
        yield judge_dates(article.published, request.since, request.until)
    for facet in facets.NAMES:
        name, choice = _naming(facet, names), request.choice(facet)
        values = _values(article, facet, name)
        if choice.include:
            yield _judge_included(facet, values, choice, name)
        if choice.exclude:
            yield _judge_excluded(facet, values, choice, name)


def judge_dates(published: Stamp | None, since: date | None, until: date | None) -> Verdict:
    """Whether the article was published between two days."""
    asked = f"{day_text(since)}..{day_text(until)}"
    if published is None:
        return Verdict(asked, False, (Reason("undated"),))
    values = {"day": day_text(published.day), "since": day_text(since), "until": day_text(until)}
    if since and published.day < since:
        return Verdict(asked, False, (Reason("published_before", values),))
    if until and published.day > until:
        return Verdict(asked, False, (Reason("published_after", values),))
    return Verdict(asked, True, (Reason("published_between", values),))


def _judge_included(facet: str, values: dict[str, str], choice: Choice, name: NameOf) -> Verdict:
    asked = _joined(choice.include, values, name)
    if found := [values[value] for value in choice.include if value in values]:
        return Verdict(asked, True, (Reason(f"{facet}_chosen", {"value": ", ".join(found)}),))
    if not values:
        code = "undated" if facet in _UNDATED else f"no_{facet}"
        return Verdict(asked, False, (Reason(code, {"asked": asked}),))
    reason = Reason(f"{facet}_not_chosen", {"value": ", ".join(values.values()), "asked": asked})
    return Verdict(asked, False, (reason,))


def _judge_excluded(facet: str, values: dict[str, str], choice: Choice, name: NameOf) -> Verdict:
    asked = _joined(choice.exclude, values, name)
    if found := [values[value] for value in choice.exclude if value in values]:
        return Verdict(f"-{asked}", False, (Reason(f"{facet}_excluded", {"value": ", ".join(found)}),))
    return Verdict(f"-{asked}", True, (Reason(f"{facet}_not_excluded", {"asked": asked}),))


def _values(article: Article, facet: str, name: NameOf) -> dict[str, str]:
    """The article's own values in a facet, each with its name."""
    if facet == facets.AUTHOR:
        return {author.key: name_of(author, name) for author in article.authors}
    own = facets.values_of(article, facet)
    return own if facet in facets.LABELS else {value: name(value) for value in own}


def _naming(facet: str, names: facets.Names) -> NameOf:
    """How the values of a facet are shown."""
    if facet not in names:
        return _period_name
    return lambda value: names[facet].get(value, value)


def _period_name(value: str) -> str:
    """`2020`, or `7/2020` for `2020-07`."""
    year, _, month = value.partition("-")
    return f"{int(month)}/{year}" if month else year


def _joined(chosen: tuple[str, ...], own: dict[str, str], name: NameOf) -> str:
    return ", ".join(own.get(value) or name(value) for value in chosen)
