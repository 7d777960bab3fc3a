"""A small archive in memory, so that pages can be tested without an index, and its app."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.errors import IndexMissing
from indexer.explanation import Explanation, Kind, Part, Place, Points, Reason, Verdict
from indexer.model import (
    FACETS,
    ArchiveSummary,
    Article,
    Author,
    Caption,
    Choice,
    Completion,
    CompletionKind,
    Export,
    FacetCount,
    Hit,
    Listing,
    LitArticle,
    Notice,
    Offer,
    Range,
    SearchPage,
    SearchRequest,
    Snippet,
    Sort,
    Stamp,
)
from indexer.settings import Settings
from indexer.short_codes import code_of
from webapp.app import create_app

VIETNAM = timezone(timedelta(hours=7))
LONG_TITLE = " ".join(["Hội nghị tổng kết phong trào thi đua xây dựng nông thôn mới"] * 6)


def stamp(day: int, month: int, year: int, clock: str = "") -> Stamp:
    hour, minute = map(int, (clock or "0:00").split(":"))
    moment = datetime(year, month, day, hour, minute, tzinfo=VIETNAM)
    return Stamp(moment, has_time=bool(clock))


def author(name: str) -> Author:
    return Author(name, name.lower())


ARTICLES = (
    Article(
        id="2020/07/01/don-vi.html",
        title="Đẩy mạnh xây dựng Đảng ở cơ sở",
        lead="Nhiều cách làm mới trong xây dựng Đảng được các chi bộ áp dụng từ đầu năm.",
        paragraphs=("Công tác xây dựng Đảng có nhiều chuyển biến.", "Đoạn hai nói chuyện khác."),
        captions=(Caption("Một buổi sinh hoạt chi bộ", "Hồng Hà"), Caption("Ảnh không tên")),
        authors=(author("Đình Lâm"), author("Hồng Hà")),
        published=stamp(1, 7, 2020, "10:07"),
        section="Chính trị",
    ),
    Article(
        id="2015/12/31/lua.txt",
        title="Vụ lúa được mùa <b>&amp; được giá",
        paragraphs=("Nông dân xây dựng kho trữ lúa <script>alert(1)</script> ở cuối làng.",),
        authors=(author("Đình Lâm"),),
        published=stamp(31, 12, 2015),
        section="Kinh tế",
        source="Báo Bến Sim",
    ),
    Article(id="khong-ngay", title="Bài xây dựng không ngày, không tên", paragraphs=("Chữ.",)),
    Article(
        id="2004/03/08/rất dài?#.txt",
        title=LONG_TITLE,
        paragraphs=("Bài đầu tiên của kho.",),
        published=stamp(8, 3, 2004, "23:59"),
    ),
)


PLACES = (Place(Part.TITLE), Place(Part.PARAGRAPH, 2, 3))


@dataclass(frozen=True)
class FakeArchive:
    """Finds articles that hold every word of the query as it is written, or of what it takes in its place."""

    articles: tuple[Article, ...] = ARTICLES
    notices: tuple[Notice, ...] = ()
    offers: tuple[Offer, ...] = ()
    searched: str = ""
    build: str = "test-1"
    edition: str = "test-1-0"

    @property
    def article_count(self) -> int:
        return len(self.articles)

    def search(self, request: SearchRequest) -> SearchPage:
        searched = request.text if request.literal else self.searched or request.text
        asked = [one for one in self.articles if _holds(one, searched)]
        found = [one for one in asked if _passes(one, request)]
        found.sort(key=_moment, reverse=request.sort is not Sort.OLDEST)
        start = (request.page - 1) * request.page_size
        return SearchPage(
            request=request,
            total=len(found),
            hits=tuple(_hit(one, request) for one in found[start : start + request.page_size]),
            facets={name: _counts(name, asked, request) for name in FACETS},
            notices=self.notices,
            took_ms=12.3,
            unfiltered_total=len(asked),
            is_partial=any(notice.code == "partial_answer" for notice in self.notices),
            searched=searched,
            offers=self.offers,
        )

    def listing(self, request: SearchRequest) -> Listing:
        page = self.search(request)
        return Listing(page.searched, page.total, tuple(hit.id for hit in page.hits))

    def unlit(self, article_id: str) -> Article | None:
        return next((one for one in self.articles if one.id == article_id), None)

    def source(self, article_id: str) -> str | None:
        return f"{article_id}.txt" if self.unlit(article_id) else None

    def with_code(self, code: str) -> tuple[str, ...]:
        return tuple(one.id for one in self.articles if code_of(one.id) == code)

    def export(self, request: SearchRequest, limit: int, *, with_matches: bool = False) -> Export:
        page = self.search(replace(request, page=1, page_size=limit))
        query = page.searched if with_matches else ""
        articles = filter(None, (self.article(hit.id, query) for hit in page.hits))
        return Export(page.searched, page.total, len(page.hits), articles, page.is_partial)

    def published_in(self, year: int) -> Iterator[tuple[str, date | None]]:
        found = ((one.id, one.published.day if one.published else None) for one in self.articles)
        return ((article_id, day) for article_id, day in found if (day.year if day else 0) == year)

    def article(self, article_id: str, query: str = "") -> LitArticle | None:
        for one in self.articles:
            if one.id == article_id:
                return LitArticle(
                    article=one,
                    title=_ranges(one.title, query),
                    lead=_ranges(one.lead, query),
                    paragraphs=tuple(_ranges(text, query) for text in one.paragraphs),
                    captions=tuple(_ranges(caption.text, query) for caption in one.captions),
                )
        return None

    def similar(self, article_id: str, count: int = 5) -> tuple[Hit, ...]:
        """Other articles that have the first word of the title in theirs."""
        titles = {one.id: one.title.split()[0] for one in self.articles}
        others = [one for one in self.articles if titles[one.id] == titles[article_id] and one.id != article_id]
        return tuple(_hit(one, SearchRequest()) for one in others[:count])

    def explain(self, request: SearchRequest, article_id: str) -> Explanation | None:
        """Word by word, as they are written; and the years."""
        one = next((one for one in self.articles if one.id == article_id), None)
        if one is None:
            return None
        words = tuple(
            Verdict(word, holds, (Reason("stands" if holds else "absent", {"asked": word, "word": word}, PLACES),), 1.5)
            for word, holds in ((word, _holds(one, word)) for word in request.text.split())
        )
        query = Verdict(request.text, all(each.holds for each in words), (), 0.0, words)
        year = request.year.include
        passes = _passes(one, request)
        filters = (Verdict(year[0], passes, (Reason("undated"),)),) if year else ()
        found = query.holds and passes
        return Explanation(
            article=one,
            summary=Reason("found_at", {"rank": "1", "total": "1"}) if found else Reason("not_found", {"total": "0"}),
            query=query,
            filters=filters,
            total=1,
            rank=1 if found else None,
            points=tuple(Points(Kind.WORDS, each.asked, each.score) for each in words) if found else (),
            notices=self.notices,
        )

    def complete(self, text: str) -> tuple[Completion, ...]:
        """Offers every title that holds what was typed, and authors so named."""
        names = Counter(writer.name for one in self.articles for writer in one.authors)
        typed = text.strip().lower()
        authors = (
            Completion(CompletionKind.AUTHOR, name, count, f'tác giả:"{name}"')
            for name, count in names.items()
            if typed and typed in name.lower()
        )
        titles = (
            Completion(CompletionKind.TITLE, one.title, 1, one.title, one.id)
            for one in self.articles
            if typed and typed in one.title.lower()
        )
        return (*authors, *titles)

    def summary(self) -> ArchiveSummary:
        newest = self.search(SearchRequest(sort=Sort.NEWEST, page_size=8))
        days = [one.published.day for one in self.articles if one.published]
        return ArchiveSummary(
            articles=self.article_count,
            first_day=min(days, default=None),
            last_day=max(days, default=None),
            years=newest.facets["year"],
            authors=newest.facets["author"],
            newest=newest.hits,
            build=self.build,
        )


def _moment(one: Article) -> datetime:
    return one.published.moment if one.published else datetime.min.replace(tzinfo=UTC)


def _holds(one: Article, query: str) -> bool:
    text = " ".join((one.title, *one.passages())).lower()
    return all(word in text for word in query.lower().split())


def _passes(one: Article, request: SearchRequest) -> bool:
    day = one.published.day if one.published else None
    if request.since and (day is None or day < request.since):
        return False
    if request.until and (day is None or day > request.until):
        return False
    return all(_allows(request.choice(facet), _keys(facet, one)) for facet in FACETS)


def _allows(choice: Choice, values: Iterable[str]) -> bool:
    held = set(values)
    return not held.intersection(choice.exclude) and (not choice.include or bool(held.intersection(choice.include)))


def _keys(facet: str, one: Article) -> tuple[str, ...]:
    if facet == "author":
        return tuple(writer.key for writer in one.authors)
    if facet in {"section", "source"}:
        value: str = getattr(one, facet)
        return (value,) if value else ()
    if one.published is None:
        return ()
    return (f"{one.published.day:%Y}" if facet == "year" else f"{one.published.day:%Y-%m}",)


def _counts(facet: str, found: list[Article], request: SearchRequest) -> tuple[FacetCount, ...]:
    if facet == "month" and not request.year.include:
        return ()
    choice = request.choice(facet)
    change: dict[str, Any] = {facet: Choice()}
    bare = replace(request, **change)
    passing = [one for one in found if _passes(one, bare)]
    counts = Counter(key for one in passing for key in _keys(facet, one))
    labels = {writer.key: writer.name for one in found for writer in one.authors}
    return tuple(
        FacetCount(
            value, labels.get(value, value), counts[value],
            value in choice.include, value in choice.exclude,
        )
        for value in sorted({*counts, *choice.include, *choice.exclude})
    )  # fmt: skip


def _ranges(text: str, query: str) -> tuple[Range, ...]:
    return tuple(match.span() for word in query.split() for match in re.finditer(re.escape(word), text, re.IGNORECASE))


def _hit(one: Article, request: SearchRequest) -> Hit:
    passage = next(iter(one.passages()), "")
    return Hit(
        id=one.id,
        title=one.title,
        title_matches=_ranges(one.title, request.text),
        published=one.published,
        authors=one.authors,
        section=one.section,
        source=one.source,
        score=1.5,
        snippets=(Snippet(passage, _ranges(passage, request.text), opens=True, closes=False),),
    )


def many_articles(count: int) -> tuple[Article, ...]:
    """Articles on everything there is, by many authors, over twenty years."""
    return tuple(
        Article(
            id=f"bai/{number}",
            title=f"Bài xây dựng số {number}",
            paragraphs=("Nội dung xây dựng.",),
            authors=(author(f"Tác Giả {number % 90}"),),
            published=stamp(1 + number % 28, 1 + number % 12, 2004 + number % 20),
        )
        for number in range(count)
    )


ClientFor = Callable[..., FlaskClient]


@pytest.fixture
def client_for() -> ClientFor:
    """Makes a browser of sorts for an archive of the given articles."""

    def make(
        articles: tuple[Article, ...] = ARTICLES,
        notices: tuple[Notice, ...] = (),
        offers: tuple[Offer, ...] = (),
        searched: str = "",
    ) -> FlaskClient:
        archive = FakeArchive(articles, notices, offers, searched)
        return create_app(Settings(), lambda: archive).test_client()

    return make


@pytest.fixture(scope="session")
def small_site() -> Flask:
    """The app over the small archive; not to be changed by a test."""
    return create_app(Settings(), FakeArchive)


@pytest.fixture
def client(small_site: Flask) -> FlaskClient:
    """Looks at the small archive, and has been there never before."""
    return small_site.test_client()


@pytest.fixture
def thousands() -> tuple[Article, ...]:
    """3,200 articles on everything there is, by 90 authors, over twenty years."""
    return many_articles(3200)


@pytest.fixture
def client_without_index() -> FlaskClient:
    """Looks at a site whose index is missing."""

    def missing() -> FakeArchive:
        raise IndexMissing(Path("index_data"))

    return create_app(Settings(), missing).test_client()
