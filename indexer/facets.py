"""Which facets there are, how a value is keyed, ordered and labelled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from heapq import nsmallest

from indexer.analysis.canonical import canonical
from indexer.analysis.syllables import fold, place_tones
from indexer.model import FACETS, Article, Choice, FacetCount, SearchRequest, Stamp

NAMES = FACETS
AUTHOR, SECTION, SOURCE, YEAR, MONTH = NAMES
DAY = "day"
"""Days are only counted, within the months chosen; a day is asked for by its date."""

LABELS = (SECTION, SOURCE)
"""The facets whose value is a text: the article's field of that name. To add one, add that field, a name to FACETS, and
a row here."""

HEEDED = {name: tuple(other for other in NAMES if other != name and (name, other) != (YEAR, MONTH)) for name in NAMES}
"""The facets whose choices the counts of each heed: all others, but that years stay in view when a month is chosen."""

MOST_VALUES = 200
"""More authors or texts are not listed: nobody reads so far, and making them up took longer than the search."""

_KEYS_KEPT = 4096

Counts = Mapping[str, Mapping[str, int]]
"""Facet name -> value -> number of articles."""

Names = Mapping[str, Mapping[str, str]]
"""Facet name -> value -> how it is shown, for the authors and LABELS."""


@lru_cache(_KEYS_KEPT)
def label_key(text: str) -> str:
    """One value for a section or source however it is written: capitals and the place of the tone do not count."""
    return place_tones(" ".join(canonical(text).split()).casefold())


def best_spelling(counts: Mapping[str, int]) -> str:
    """Of the ways a name is written the most frequent one, sooner one that is not all capitals."""
    return min(counts, key=lambda name: (name.isupper(), -counts[name], name))


def values_of(article: Article, facet: str) -> dict[str, str]:
    """The article's own values in a facet, each as the article writes it."""
    if facet == AUTHOR:
        return {author.key: author.name for author in article.authors}
    if facet in LABELS:
        text: str = getattr(article, facet)
        return {label_key(text): text} if text else {}
    if article.published is None:
        return {}
    value = (year_of if facet == YEAR else month_of)(article.published)
    return {value: value}


def year_of(stamp: Stamp) -> str:
    """`2020`"""
    return f"{stamp.day.year:04d}"


def month_of(stamp: Stamp) -> str:
    """`2020-07`"""
    return f"{stamp.day.year:04d}-{stamp.day.month:02d}"


def day_of(stamp: Stamp) -> str:
    """`2020-07-01`"""
    return stamp.day.isoformat()


def arrange(counts: Counts, request: SearchRequest, names: Names) -> dict[str, tuple[FacetCount, ...]]:
    """Order and label the counts an engine made; what the reader chose is listed even where it counts nothing.

    Authors and texts stand by count, then name, the first MOST_VALUES of them; years newest first; months in the
    order of the calendar, and only once the results are narrowed to a year; days once they are narrowed to months.
    """
    named = {AUTHOR: _named_like(counts[AUTHOR], request.author_like, names[AUTHOR])}
    facets = {
        facet: _by_count(named.get(facet, counts[facet]), request.choice(facet), names[facet])
        for facet in (AUTHOR, *LABELS)
    }
    facets[YEAR] = sorted(_values(counts[YEAR], request.year, {}), key=lambda value: value.value, reverse=True)
    if shown := _years_in_view(request, counts[YEAR]):
        months = {month: n for month, n in counts[MONTH].items() if month[:4] in shown}
        labels = {month: f"{int(month[5:])}/{month[:4]}" for month in {*counts[MONTH], *_both(request.month)}}
        facets[MONTH] = sorted(_values(months, request.month, labels), key=lambda value: value.value)
    if days := counts.get(DAY):
        labels = {day: f"{int(day[8:])}/{int(day[5:7])}/{day[:4]}" for day in days}
        facets[DAY] = sorted(_values(days, Choice(), labels), key=lambda value: value.value)
    return {name: tuple(values) for name, values in facets.items()}


def _by_count(counts: Mapping[str, int], choice: Choice, names: Mapping[str, str]) -> list[FacetCount]:
    values = _values(_most(counts, choice, names), choice, names)
    return sorted(values, key=lambda value: (-value.count, value.label))


def _named_like(counts: Mapping[str, int], typed: str, names: Mapping[str, str]) -> Mapping[str, int]:
    """The counts of the authors in whose names words begin like each of those typed, whatever their marks."""
    wanted = _words(typed)
    if not wanted:
        return counts

    def is_like(name: str) -> bool:
        words = _words(name)
        return all(any(word.startswith(part) for word in words) for part in wanted)

    return {key: count for key, count in counts.items() if is_like(names.get(key, key))}


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", fold(canonical(name).lower()))


def _most(counts: Mapping[str, int], choice: Choice, names: Mapping[str, str]) -> Mapping[str, int]:
    """The counts of the MOST_VALUES with most articles, and of those chosen."""
    if len(counts) <= MOST_VALUES:
        return counts
    listed = nsmallest(MOST_VALUES, counts.items(), key=lambda item: (-item[1], names.get(item[0], item[0])))
    return {**dict(listed), **{value: counts[value] for value in _both(choice) if value in counts}}


def _years_in_view(request: SearchRequest, years: Mapping[str, int]) -> set[str]:
    """The years chosen, also through a month; else the only year there is."""
    chosen = {*request.year.include, *(month[:4] for month in _both(request.month))}
    if chosen:
        return chosen
    found = {year for year, count in years.items() if count}
    return found if len(found) == 1 else set()


def _both(choice: Choice) -> tuple[str, ...]:
    return (*choice.include, *choice.exclude)


def _values(counts: Mapping[str, int], choice: Choice, labels: Mapping[str, str]) -> list[FacetCount]:
    values = [value for value, count in counts.items() if count]
    values += [value for value in _both(choice) if not counts.get(value)]
    return [
        FacetCount(
            value=value,
            label=labels.get(value, value),
            count=counts.get(value, 0),
            chosen=value in choice.include,
            excluded=value in choice.exclude,
        )
        for value in dict.fromkeys(values)
    ]
