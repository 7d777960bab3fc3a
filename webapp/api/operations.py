"""The table of the API's operations: addresses, parameters with their limits, answers, refusals.

Requests are checked against it, the document and the page to try are made from it. Sentences are marked for
translation and shown in the language of whoever reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from indexer.model import FACETS, Sort
from webapp.api import cursors, shapes
from webapp.language import N_
from webapp.params import MAX_DATE_CHARS, MAX_FACET_CHARS, MAX_FACET_VALUES, MAX_PAGE, SHAPES, Limits

Json = dict[str, Any]

PERIOD = "khobao-period"
"""The format of a day, month or year as people write it; JSON Schema has no name for that."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its JSON Schema, what it means, and a value to try."""

    name: str
    schema: Json
    about: str
    example: str = ""
    is_in_path: bool = False

    @property
    def is_repeatable(self) -> bool:
        return bool(self.schema["type"] == "array")


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked for.

    `rule` is its address as Flask writes it, `answer` the shape of status 200, `also` of others that answer in a shape
    of their own; `refusals` are statuses of problem details.
    """

    name: str
    rule: str
    summary: str
    answer: Any
    parameters: Callable[[Limits], tuple[Parameter, ...]] = lambda _: ()
    refusals: tuple[int, ...] = ()
    also: tuple[tuple[int, Any], ...] = ()


def search_parameters(limits: Limits) -> tuple[Parameter, ...]:
    """What a search takes; `params.read_search` gives it its meaning."""
    return (*_question(limits), *_facets(), *_dates(), *_place(limits))


def _question(limits: Limits) -> Iterator[Parameter]:
    about = N_("Câu tìm, viết như trong ô tìm; không có thì là mọi bài. Chỉ đọc %(limit)s chữ cái đầu.")
    yield Parameter("q", {"type": "string", "x-read-chars": limits.query_chars}, about, "xây dựng")
    yield Parameter(
        "literal", {"type": "string", "enum": ["0", "1"]}, N_("1: tìm đúng như đã gõ, không thay bằng câu khác.")
    )


def _facets() -> Iterator[Parameter]:
    about = {
        "author": (N_("Chỉ lấy bài của tác giả này."), N_("Bỏ bài của tác giả này.")),
        "section": (N_("Chỉ lấy bài của chuyên mục này."), N_("Bỏ bài của chuyên mục này.")),
        "source": (N_("Chỉ lấy bài của nguồn này (tờ báo, hãng tin)."), N_("Bỏ bài của nguồn này (tờ báo, hãng tin).")),
        "year": (N_("Chỉ lấy bài của năm này, như 2020."), N_("Bỏ bài của năm này, như 2020.")),
        "month": (N_("Chỉ lấy bài của tháng này, như 2020-07."), N_("Bỏ bài của tháng này, như 2020-07.")),
    }
    for facet in FACETS:
        value = {"type": "string", "minLength": 1, "maxLength": MAX_FACET_CHARS, **_pattern(facet)}
        schema = {"type": "array", "items": value, "maxItems": MAX_FACET_VALUES}
        for name, meaning in zip((facet, f"not_{facet}"), about[facet], strict=True):
            yield Parameter(name, schema, meaning)
    like = {"type": "string", "minLength": 1, "maxLength": MAX_FACET_CHARS}
    yield Parameter("author_like", like, N_("Chỉ đếm bài của những tác giả có tên như vậy; kết quả vẫn như cũ."), "lam")


def _pattern(facet: str) -> Json:
    """Authors, sections and sources may be called anything that can be seen."""
    return {"pattern": f"^{SHAPES[facet].pattern}$" if facet in SHAPES else r"[^\s\x00-\x1f\x7f-\x9f]"}


def _dates() -> Iterator[Parameter]:
    schema = {"type": "string", "format": PERIOD, "minLength": 1, "maxLength": MAX_DATE_CHARS}
    yield Parameter("from", schema, N_("Từ ngày, tháng hay năm này, kể cả ngày đầu: 2015, 07/2015, 2015-07-01."))
    yield Parameter("to", schema, N_("Đến ngày, tháng hay năm này, kể cả ngày cuối: 2015, 07/2015, 2015-07-01."))


def _place(limits: Limits) -> Iterator[Parameter]:
    yield Parameter(
        "sort",
        {"type": "string", "enum": [sort.value for sort in Sort]},
        N_("Thứ tự: relevance là sát nhất trước, newest là mới nhất, oldest là cũ nhất."),
    )
    size = {"type": "integer", "minimum": 1, "maximum": limits.max_page_size, "default": limits.page_size}
    yield Parameter("size", size, N_("Số bài mỗi trang, từ 1 đến %(limit)s."))
    page = {"type": "integer", "minimum": 1, "maximum": MAX_PAGE, "default": 1}
    yield Parameter("page", page, N_("Trang thứ mấy, từ 1 đến %(limit)s."))
    yield Parameter(
        "cursor",
        {"type": "string", "pattern": f"^{cursors.SHAPE.pattern}$"},
        N_("Trang sau của một danh sách: giá trị next_cursor của trang trước, với các tham số còn lại như cũ."),
    )


ARTICLE_ID = Parameter(
    "article_id",
    {"type": "string", "minLength": 1},
    N_("Mã của bài, như trong kết quả tìm."),
    is_in_path=True,
)

SEARCH = Operation(
    "search",
    "/api/v1/search",
    N_("Tìm bài"),
    shapes.SearchAnswer,
    search_parameters,
    (400, 409, 429, 503),
)
ARTICLE = Operation(
    "article",
    "/api/v1/articles/<path:article_id>",
    N_("Lấy một bài"),
    shapes.ArticleAnswer,
    lambda _: (ARTICLE_ID,),
    (400, 404, 429, 503),
)
SIMILAR = Operation(
    "similar",
    "/api/v1/articles/<path:article_id>/similar",
    N_("Tìm bài cùng chuyện với một bài"),
    shapes.SimilarAnswer,
    lambda _: (ARTICLE_ID,),
    (400, 404, 429, 503),
)
HEALTH = Operation(
    "health", "/healthz", N_("Hỏi xem kho có tìm được không"), shapes.HealthAnswer, also=((503, shapes.HealthAnswer),)
)

OPERATIONS = (SEARCH, ARTICLE, SIMILAR, HEALTH)
"""All of them, in the order they are shown in."""
