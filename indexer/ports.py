"""What the library asks of an engine. The docstrings are the contract; one suite of tests holds every adapter to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.author_merges import Merges
from indexer.budget import UNLIMITED, Budget
from indexer.documents import Document
from indexer.facets import Counts
from indexer.model import Article, Completion, SearchRequest
from indexer.querying.plan import Clause, Plan, TextClause


class Holding(NamedTuple):
    """What the index itself says of an article it holds: the source it came from and the digest of what it held.

    A tuple, since a run makes one for every article of the archive.
    """

    path: str
    digest: str


@dataclass(frozen=True, slots=True)
class Matches:
    """An engine's answer: ids and scores of one page in order, and the counts over all matches.

    `unfiltered_total` counts what the plan matches before the request's filters; `words_found` is how many clauses
    of a `MostOf` the articles match. `is_partial` says that time ran out before all of the archive was looked at.
    """

    total: int
    unfiltered_total: int
    page: tuple[tuple[str, float], ...]
    counts: Counts
    words_found: int = 0
    is_partial: bool = False


class Company(NamedTuple):
    """The company a word keeps in running text: what the counts of one word alone say about its neighbours.

    An engine that counts in parts may give for `followers` and `predecessors` the most that any part says.
    """

    followed: int
    """How often another word comes right after it."""

    followers: int
    """How many different words do."""

    predecessors: int
    """How many different words it comes right after."""


class Weighing(NamedTuple):
    """What one clause counts in one article; see `ranking` for what the three are."""

    frequency: float
    """BM25F's, over the fields of the clause; 0 where the article does not match it."""

    rarity: float
    score: float


class Lexicon(Protocol):
    """The words of the archive.

    Pairs are counted within passages, in title and body, over the articles as they were added: an engine may go on
    counting those of articles that were removed since, and, in an archive of more than 10,000 articles, leave out pairs
    that stand in it only once or twice.
    """

    def article_count(self) -> int: ...

    def frequency(self, term: str) -> int:
        """Articles that hold the term in title or body; 0 if none does."""
        ...

    def spellings(self, folded: str) -> tuple[str, ...]:
        """The terms that give `folded` when their marks are dropped, the most frequent first."""
        ...

    def beginning_with(self, folded_prefix: str) -> tuple[str, ...]:
        """The terms whose folded form begins so, the most frequent first."""
        ...

    def company(self, term: str) -> Company:
        """All zero for a word that no article holds."""
        ...

    def pair_counts(self, lefts: Sequence[str], rights: Sequence[str]) -> NDArray[np.int64]:
        """How often each of `rights` comes right after each of `lefts`: a row for each left word."""
        ...

    def distinct_pairs(self) -> int:
        """How many different pairs of neighbours there are, or the most that a part of the archive has; at least 1."""
        ...

    def compound_frequency(self, compound: str) -> int:
        """Articles that hold the segmented word (`xây_dựng`); 0 if none does."""
        ...

    def completions(self, folded_prefix: str, limit: int) -> tuple[Completion, ...]:
        """Words of several syllables, people and places, as they are shown, that begin so without marks and capitals.

        The most frequent first, then in the order of these forms, at most `limit`. An engine that counts in parts may
        miss what is frequent in none of them, and like pairs, names may be counted in articles that were removed, and
        left out where they are rare.
        """
        ...

    def author_names(self) -> Mapping[str, str]:
        """Author key -> its best spelling: the most frequent one that is not all capitals, where there is one.

        Authors that are one (see `Searcher.merging`) stand here once, called as the merges call them.
        """
        ...

    def author_keys(self) -> Mapping[str, str]:
        """Every key an author may be asked for by -> the one in `author_names`: itself, where nobody is merged."""
        ...

    def label_names(self, facet: str) -> Mapping[str, str]:
        """`facets.label_key` of each value in one of `facets.LABELS` -> its best spelling, as for authors."""
        ...


class Searcher(Protocol):
    """Answers from one unchanging state of the index; safe to share between threads."""

    @property
    def lexicon(self) -> Lexicon: ...

    def article_count(self) -> int: ...

    def search(self, plan: Plan, request: SearchRequest, budget: Budget = UNLIMITED) -> Matches:
        """Carry out the plan under the request's filters, sort and page.

        Order by relevance: the first tier, the second and so on, then the rest; within each rounded score, newest
        first, id; the plan's bonuses are added to the scores of the first `ranking.RESCORED`, and these put in order
        again. Order by date: the day and time, undated last, then id; no bonuses. Counts of a facet heed every filter
        but the values chosen in that facet itself (its excluded values count: an article may have two authors); the
        month counts also heed the chosen years, the year counts not the chosen months. Where months are chosen, the
        days of all that is left are counted.
        """
        ...

    def count(self, clause: Clause, request: SearchRequest, budget: Budget = UNLIMITED) -> int | None:
        """How many articles match the clause and the request's filters; None when the budget ran out first."""
        ...

    def weigh(self, clauses: Sequence[TextClause], article_id: str) -> tuple[Weighing, ...] | None:
        """What each clause counts in the article: the score is what any search would give for it.

        None when there is no such article.
        """
        ...

    def article(self, article_id: str) -> Article | None: ...

    def ids(self) -> Iterator[str]:
        """Every article id, in no particular order."""
        ...

    def holdings(self) -> Iterator[tuple[str, Holding]]:
        """Every article id with its holding, in no particular order."""
        ...

    def holding(self, article_id: str) -> Holding | None:
        """The holding of one article; None when there is no such article."""
        ...

    def held_from(self, is_wanted: Callable[[str], bool]) -> Iterator[str]:
        """The ids of the articles whose source passes the test, in no particular order.

        The test need not be asked for every article: one answer for a source counts for all that came from it.
        """
        ...

    def published_in(self, year: int) -> Iterator[tuple[str, int]]:
        """Id and day, as yyyymmdd, of every article of a year, in the order of day and id.

        Those whose day is not known are of the year 0, and of day 0.
        """
        ...

    def verify(self) -> Iterator[str]:
        """Read everything the index is made of, and say what is altered, or where two parts of it disagree."""
        ...

    def merging(self, merges: Merges) -> Searcher:
        """The same state of the index, in which the authors that the merges say are one are one, and no others.

        In counts they are one value, under the key they are listed under; an article that names two of them counts
        once. A request or a clause that names any of their keys means all of them. Articles stay as they are stored.
        This searcher goes on as it was.
        """
        ...

    def close(self) -> None:
        """Give back files and memory; searches still running in other threads may finish."""
        ...


class Refusal(NamedTuple):
    """An article that the engine cannot hold, and why: a value too long for it, say."""

    article_id: str
    reason: str


class IndexWriter(Protocol):
    """Changes one index; nothing is visible before `commit`."""

    def add(self, document: Document) -> None:
        """Put the document in, in place of any that the index holds under the same article id.

        Raises ValueError when this writer was given the same id before: one of the two would be lost.
        """
        ...

    def remove(self, article_id: str) -> None:
        """Take the article out; no error when it is not there."""
        ...

    def commit(self) -> tuple[Refusal, ...]:
        """Make everything since the writer was opened visible at once, but for what had to be refused.

        What the index held under the id of such an article, it holds as before.
        """
        ...

    def cancel(self) -> None:
        """Forget everything since the writer was opened."""
        ...


class Engine(Protocol):
    """Opens the two faces of an index that lives in one folder."""

    name: str
    format_version: int

    def create(self, folder: Path) -> None:
        """Make an empty index in an empty folder."""
        ...

    def writer(self, folder: Path) -> IndexWriter: ...

    def searcher(self, folder: Path) -> Searcher:
        """Raises IndexDamaged when the files cannot be read."""
        ...
