"""What flows between the parts: articles, requests and pages of results, as frozen values.

Nothing here knows HTML, HTTP or an engine. Matches are ranges into canonical text, never markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

FACETS = ("author", "section", "source", "year", "month")
"""What readers can choose in, in the order it is shown; each is a field of `SearchRequest`."""

Range = tuple[int, int]
"""Start and end (exclusive) in characters of the text it belongs to."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """When an article was published, as printed. `moment` is aware (Vietnam's offset); many stamps give a day only."""

    moment: datetime
    has_time: bool = True

    @property
    def day(self) -> date:
        return self.moment.date()

    @property
    def order(self) -> int:
        """The local time as one number that sorts: 20200701100700."""
        moment = self.moment
        day = (moment.year * 100 + moment.month) * 100 + moment.day
        return ((day * 100 + moment.hour) * 100 + moment.minute) * 100 + moment.second

    def isoformat(self) -> str:
        """`2020-07-01T10:07:00+07:00`, or `2020-07-01` where no time was printed."""
        return self.moment.isoformat() if self.has_time else self.day.isoformat()


@dataclass(frozen=True, slots=True)
class Author:
    """A byline part. `name` as printed, though not in capitals; `key` is the same for every way of writing the name."""

    name: str
    key: str


@dataclass(frozen=True, slots=True)
class Caption:
    """The words under a photo, and who took it ("" where nobody is named)."""

    text: str
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the archive. All text is canonical (see `analysis.canonical`).

    `source` is the paper or agency that it was taken from, as its file names it; "" where that says nothing.
    """

    id: str
    title: str
    lead: str = ""
    paragraphs: tuple[str, ...] = ()
    captions: tuple[Caption, ...] = ()
    authors: tuple[Author, ...] = ()
    published: Stamp | None = None
    section: str = ""
    source: str = ""

    def passages(self) -> tuple[str, ...]:
        """The searchable parts below the title, in reading order; a phrase never spans two of them."""
        captions = (f"{caption.text} {caption.credit}".strip() for caption in self.captions)
        return tuple(text for text in (self.lead, *self.paragraphs, *captions) if text)


@dataclass(frozen=True, slots=True)
class Rejected:
    """Something in the sources that could not become an article, and why."""

    path: str
    reason: str
    line: int | None = None

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a source that a person should know, though its articles were read: its character set, say."""

    path: str
    reason: str
    line: int | None = None

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.reason}"


class Sort(StrEnum):
    """The order of results."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader picked in one facet: any of `include`, none of `exclude`."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.include or self.exclude)


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A reader's question. `since` and `until` both count; pages start at 1.

    `author_like` narrows no results: of the authors only those so named are to be counted, chosen ones besides.

    `literal`: what was typed is to be looked for, even if it finds nothing and something else would (see `Offer`).
    """

    text: str = ""
    author: Choice = Choice()
    author_like: str = ""
    section: Choice = Choice()
    source: Choice = Choice()
    year: Choice = Choice()
    month: Choice = Choice()
    since: date | None = None
    until: date | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    page_size: int = 10
    literal: bool = False

    def choice(self, facet: str) -> Choice:
        """The choice in one of FACETS."""
        choice: Choice = getattr(self, facet)
        return choice

    @property
    def is_filtered(self) -> bool:
        return bool(self.since or self.until or any(map(self.choice, FACETS)))


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader should know about how the question was read; `notices.text` puts it into words."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage around matches; `opens`/`closes` tell whether it starts/ends where its paragraph does."""

    text: str
    matches: tuple[Range, ...] = ()
    opens: bool = True
    closes: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. `copy_of` is the id of a result above it on its page that is the same text, or nearly; "" if none."""

    id: str
    title: str
    title_matches: tuple[Range, ...]
    published: Stamp | None
    authors: tuple[Author, ...]
    section: str
    source: str
    score: float
    snippets: tuple[Snippet, ...]
    copy_of: str = ""


@dataclass(frozen=True, slots=True)
class FacetCount:
    """One value of a facet; `count` is what the list would hold with it alone, under all other filters."""

    value: str
    label: str
    count: int
    chosen: bool = False
    excluded: bool = False


class CompletionKind(StrEnum):
    """What a completion is: a word of several syllables, somebody or some place in the news, a title, an author."""

    WORD = "word"
    PERSON = "person"
    PLACE = "place"
    TITLE = "title"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class Completion:
    """One way in which what a reader is typing may go on.

    `text` is what stands for it in a list. `query` is the whole question once it is chosen: what stood around the words
    being typed stays. `count` is how many articles have all of that; 0 where none has, and a search finds those with
    most of the words. `article_id` is the article that has this title.
    """

    kind: CompletionKind
    text: str
    count: int
    query: str = ""
    article_id: str = ""


class OfferKind(StrEnum):
    """What makes another question out of a reader's."""

    SPELLING = "spelling"
    """The same letters with more marks: every mark that was typed is in it."""

    UNMARKED = "unmarked"
    """The same letters without any mark: every spelling of them."""

    LITERAL = "literal"
    """What was typed, where something else was searched instead."""

    ALL_WORDS = "all_words"
    """What was typed, and all of its words, where most of them were found enough."""

    CORRECTION = "correction"
    """Did you mean: other letters."""

    UNQUOTED = "unquoted"
    """The same words without quotation marks, where they stand nowhere as they are quoted."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Another question, one click away. `text` is the whole of it; `count` what its list would hold, asked for with
    `literal` as it is here: without it a long question's list would hold articles with most of its words, too. 0 on the
    way back, which nobody counts.
    """

    kind: OfferKind
    text: str
    count: int
    literal: bool = False


@dataclass(frozen=True)
class SearchPage:
    """One page of results and everything that stands around it.

    `is_partial`: time ran out before all of the archive was looked at, so that there may be more than `total`.
    `searched` is the question that was carried out: the reader's own, or what was taken in its place when that found
    nothing (a notice says so, and an offer leads back). `offers` come the most useful first.
    """

    request: SearchRequest
    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetCount, ...]]
    notices: tuple[Notice, ...] = ()
    took_ms: float = 0.0
    unfiltered_total: int = 0
    is_partial: bool = False
    searched: str = ""
    offers: tuple[Offer, ...] = ()

    @cached_property
    def page_count(self) -> int:
        return max(1, -(-self.total // self.request.page_size))


@dataclass(frozen=True, slots=True)
class Listing:
    """What a search finds, by ids alone: those of its page, in order; see `SearchPage` for the rest."""

    searched: str
    total: int
    ids: tuple[str, ...]
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class LitArticle:
    """An article with the ranges to light: in the title, the lead, each paragraph and each caption's text.

    `called` gives, by key, the name of each author who is listed under another than the article prints.
    """

    article: Article
    title: tuple[Range, ...] = ()
    lead: tuple[Range, ...] = ()
    paragraphs: tuple[tuple[Range, ...], ...] = ()
    captions: tuple[tuple[Range, ...], ...] = ()
    called: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Export:
    """The articles that a search finds, in their order, to be gone through once; see `SearchPage` for the rest.

    `count` is how many there are: fewer than `total` where a limit was reached.
    """

    searched: str
    total: int
    count: int
    articles: Iterator[LitArticle]
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class ArchiveSummary:
    """The archive at a glance, for the home page."""

    articles: int
    first_day: date | None
    last_day: date | None
    years: tuple[FacetCount, ...]
    authors: tuple[FacetCount, ...]
    newest: tuple[Hit, ...]
    build: str
