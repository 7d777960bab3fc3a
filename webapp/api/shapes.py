"""What the API answers: one TypedDict for each JSON object, each field with its meaning.

They are plain dictionaries when the program runs; the type checker holds `answers` to them, and `schemas` makes the
document from them.
"""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

Match = Annotated[list[int], {"minItems": 2, "maxItems": 2}, "Start and end (exclusive), in characters of the text."]

Moment = Annotated[
    str | None,
    "When it was published, in Vietnam's time: `2020-07-01T10:07:00+07:00`, or `2020-07-01` where no time was printed; "
    "null where nothing is known.",
]

Path = Annotated[str, "A path on this server, with its arguments."]


class Snippet(TypedDict):
    """A passage around matches."""

    text: str
    matches: list[Match]


class Hit(TypedDict):
    """One article of a list of results."""

    id: str
    title: str
    title_matches: list[Match]
    published: Moment
    authors: Annotated[list[str], "As printed."]
    section: Annotated[str, "Empty where none is known."]
    source: Annotated[str, "The paper or agency it was taken from; empty where none is known."]
    score: Annotated[float, "How well it fits; to be compared within one answer only."]
    snippets: list[Snippet]
    copy_of: Annotated[str | None, "The id of a hit above it on this page that is the same text, or nearly."]
    url: Annotated[str, "The page of the article, with the matches lit."]


class Count(TypedDict):
    """One value of a facet."""

    value: Annotated[str, "What to send to choose it."]
    label: Annotated[str, "What to show."]
    count: Annotated[int, "How many articles the list would hold with it alone, under all other filters."]
    chosen: bool
    excluded: bool


class Offer(TypedDict):
    """Another question."""

    kind: Annotated[str, "`spelling`, `unmarked`, `literal`, `all_words` or `correction`."]
    text: str
    count: Annotated[int, "How many articles it finds; 0 where nobody counted."]
    url: Path


class Notice(TypedDict):
    """Something to know about how the question was read."""

    code: str
    text: Annotated[str, "In the language of the cookie `lang`, else in Vietnamese."]


class SearchAnswer(TypedDict):
    """One page of results."""

    searched: Annotated[str, "The question that was carried out; a notice says where it is not the one sent."]
    total: Annotated[int, "How many articles were found."]
    page: int
    page_size: int
    next: Annotated[str | None, "The page after this one, as a path; null on the last one."]
    next_cursor: Annotated[str | None, "The `cursor` of that page."]
    took_ms: float
    sort: Annotated[str, "`relevance`, `newest` or `oldest`."]
    hits: list[Hit]
    facets: Annotated[
        dict[str, list[Count]], "By author, section, source, year, month, and day within the months chosen."
    ]
    offers: list[Offer]
    notices: list[Notice]
    build: Annotated[str, "The build of the index that answered."]


class Caption(TypedDict):
    """The words under a photo."""

    text: str
    credit: Annotated[str, "Who took it; empty where nobody is named."]


class ArticleAnswer(TypedDict):
    """Everything the archive holds of an article."""

    id: str
    title: str
    published: Moment
    authors: Annotated[list[str], "As printed."]
    section: Annotated[str, "Empty where none is known."]
    source: Annotated[str, "The paper or agency it was taken from; empty where none is known."]
    lead: str
    paragraphs: list[str]
    captions: list[Caption]
    url: Path


class SimilarArticle(TypedDict):
    """An article on the same subject."""

    id: str
    title: str
    url: Path


class SimilarAnswer(TypedDict):
    """Articles on the same subject, the most similar first."""

    id: str
    similar: list[SimilarArticle]


class HealthAnswer(TypedDict):
    """Whether the archive can be searched."""

    status: Annotated[str, "`ok` or `unavailable`."]
    articles: NotRequired[int]
    build: NotRequired[str]
    reason: NotRequired[str]
    next_step: NotRequired[Annotated[str, "What mends it."]]


class ParameterError(TypedDict):
    """What is wrong with one parameter."""

    parameter: str
    code: Annotated[str, "`unknown`, `empty`, `repeated`, `unreadable`, `too_many`, `too_large` or `not_with_cursor`."]
    detail: str


class Problem(TypedDict):
    """An error (RFC 9457)."""

    type: Annotated[str, {"format": "uri-reference"}, "What kind it is: a place on the page `/api`, or `about:blank`."]
    title: str
    status: int
    detail: str
    errors: NotRequired[Annotated[list[ParameterError], "One for each parameter that cannot be used."]]
    request_id: NotRequired[Annotated[str, "To be told to those who run the server: it stands in their log."]]
