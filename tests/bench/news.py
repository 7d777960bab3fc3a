"""What is asked of a large archive without judges: known items, and whether marks are a promise."""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from indexer.analysis.canonical import canonical
from indexer.analysis.syllables import fold, has_marks
from indexer.analysis.tokens import terms_of
from tests.bench.sample import lines_of
from tests.relevance.judgements import Qrels, Queries

ENOUGH = 10
"""Articles with the typed spelling there must be for the ten best to hold nothing else."""

_CANDIDATES = 2
"""So many times the queries that are wanted are drawn, as some stand in fewer articles than that."""


@dataclass(frozen=True, slots=True)
class Titles:
    """Article -> title, and which articles share one, whatever its case and tone placement."""

    of: Mapping[str, str]
    alike: Mapping[tuple[str, ...], Sequence[str]]

    @property
    def shared(self) -> int:
        """Articles whose title is that of another one as well."""
        return sum(len(ids) for ids in self.alike.values() if len(ids) > 1)

    def same_as(self, article_id: str) -> Sequence[str]:
        return self.alike[tuple(terms_of(self.of[article_id]))]


def read_titles(news: Path, articles: int) -> Titles:
    titles, alike = {}, defaultdict(list)
    for record in _records(news, articles):
        article_id, title = str(record["id"]), canonical(record["title"])
        titles[article_id] = title
        alike[tuple(terms_of(title))].append(article_id)
    return Titles(titles, alike)


def _records(news: Path, articles: int) -> Iterator[dict[str, str]]:
    return map(json.loads, islice(lines_of(news), articles))


def draw_titles(titles: Titles, count: int) -> Queries:
    """Article -> its title as query, drawn with a fixed seed."""
    return {article_id: titles.of[article_id] for article_id in _draw(sorted(titles.of), count)}


def read_known_items(path: Path, titles: Titles) -> Queries:
    """The same from a table with the head `doc_id<tab>title_query...`; what is not in the archive is left out."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:])
    return {article_id: title for article_id, title, *_ in rows if article_id in titles.of}


def exactly(queries: Queries) -> Qrels:
    """Each title asks for its own article."""
    return {article_id: {article_id: 1} for article_id in queries}


def by_title(queries: Queries, titles: Titles) -> Qrels:
    """Each title asks for any article that bears it."""
    return {article_id: dict.fromkeys(titles.same_as(article_id), 1) for article_id in queries}


def _draw(items: Sequence[str], count: int) -> list[str]:
    return random.Random(11).sample(items, min(count, len(items)))


# Marks as a promise


def draw_marked(titles: Titles, count: int) -> list[tuple[str, ...]]:
    """Different runs of 2 to 4 syllables of titles, in which one that has marks is also spelled otherwise in titles."""
    spellings: dict[str, set[str]] = defaultdict(set)
    for words in titles.alike:
        for word in words:
            spellings[fold(word)].add(word)
    chance = random.Random(13)
    runs = (_run(chance, titles.of[article_id]) for article_id in _draw(sorted(titles.of), count * 4))
    ambiguous = (run for run in runs if any(has_marks(word) and len(spellings[fold(word)]) > 1 for word in run))
    return list(islice(dict.fromkeys(ambiguous), count))


def _run(chance: random.Random, title: str) -> tuple[str, ...]:
    words = terms_of(title)
    length = chance.randint(2, 4)
    start = chance.randrange(max(1, len(words) - length + 1))
    return tuple(words[start : start + length])


def promises(news: Path, articles: int, titles: Titles, count: int) -> list[tuple[str, ...]]:
    """That many marked queries with at least `ENOUGH` articles that hold all their syllables as they are spelled.

    The articles are counted in the data, not by asking the product.
    """
    candidates = draw_marked(titles, count * _CANDIDATES)
    holding = Counter[tuple[str, ...]]()
    for record in _records(news, articles):
        words = {word for key in ("title", "lead", "body") for word in terms_of(canonical(_text(record[key])))}
        holding.update(query for query in candidates if holding[query] < ENOUGH and words.issuperset(query))
    return [query for query in candidates if holding[query] >= ENOUGH][:count]


def _text(value: str | Iterable[str]) -> str:
    return value if isinstance(value, str) else "\n".join(value)
