"""What a reader gets from the archive, asked over the sample articles."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import pytest

from indexer import bootstrap
from indexer.analysis.tokens import syllables_of
from indexer.archive import Archive
from indexer.budget import UNLIMITED, Budget
from indexer.builds import BuildStore
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.model import Article, Choice, SearchPage, SearchRequest, Sort
from indexer.ports import Holding, Lexicon, Matches, Searcher, Weighing
from indexer.querying.plan import Clause, MostOf, Plan, TextClause
from indexer.settings import Settings
from indexer.short_codes import code_of
from tests.conftest import OWNERS_ARTICLE
from tests.hostile import QUERIES


def ask(archive: Archive, text: str, **filters: object) -> SearchPage:
    return archive.search(SearchRequest(text, **filters))  # type: ignore[arg-type]  # spelled out in each test


def lit_words(page: SearchPage) -> set[str]:
    return {
        snippet.text[start:end].lower()
        for hit in page.hits
        for snippet in hit.snippets
        for start, end in snippet.matches
    }


@pytest.mark.parametrize("text", ["xây dựng Đảng", "xay dung dang", "XÂY DỰNG ĐẢNG", "xây dựng Ðảng"])
def test_the_owners_article_is_found_however_it_is_typed(sample_archive: Archive, text: str) -> None:
    page = ask(sample_archive, text, page_size=50)
    assert OWNERS_ARTICLE in [hit.id for hit in page.hits[:3]]
    assert "xây dựng đảng" in lit_words(page)


def test_marks_typed_are_obeyed(sample_archive: Archive) -> None:
    for text in ("đường", "con người", "mưa"):
        for hit in ask(sample_archive, text, page_size=100).hits:
            found = sample_archive.article(hit.id)
            assert found is not None
            words = {token.text for part in (hit.title, *found.article.passages()) for token in syllables_of(part)}
            assert set(text.split()) <= words
    assert lit_words(ask(sample_archive, "mưa")) <= {"mưa"}


def test_old_and_new_tone_placement_are_one_word(sample_archive: Archive) -> None:
    old, new = ask(sample_archive, "Khánh Hòa"), ask(sample_archive, "Khánh Hoà")
    assert [hit.id for hit in old.hits] == [hit.id for hit in new.hits]
    assert {"khánh hòa", "khánh hoà"} <= lit_words(ask(sample_archive, "khánh hòa", page_size=100))


def test_the_four_spellings_of_the_city_are_one(sample_archive: Archive) -> None:
    answers = {
        frozenset(hit.id for hit in ask(sample_archive, text, page_size=100).hits)
        for text in ("TP.HCM", "TP HCM", "TPHCM", "TP. HCM", "tp.hcm")
    }
    assert len(answers) == 1
    assert len(answers.pop()) >= 4


def test_when_no_article_has_all_the_words_those_with_most_are_shown_and_it_is_said(
    sample_archive: Archive,
) -> None:
    page = ask(sample_archive, "xây dựng Đảng qwertyuiop")
    assert page.total
    assert {"most_words", "missing_words"} <= {notice.code for notice in page.notices}


def test_words_near_each_other_are_found_and_lit(sample_archive: Archive) -> None:
    page = ask(sample_archive, '"đảng xây dựng"~2')
    assert OWNERS_ARTICLE in [hit.id for hit in page.hits]
    assert "xây dựng đảng" in lit_words(page)
    assert page.total < ask(sample_archive, '"dang xay dung"~50').total


def test_a_near_query_finds_more_the_farther_it_reaches(sample_archive: Archive) -> None:
    totals = [ask(sample_archive, f'"người dân cầu"~{distance}').total for distance in (1, 5, 20, 50)]
    assert totals == sorted(totals)
    assert 0 < totals[-1] <= ask(sample_archive, "người dân cầu").total
    capped = ask(sample_archive, '"người dân cầu"~51')
    assert capped.total == totals[-1]
    assert [notice.code for notice in capped.notices] == ["near_capped"]


def test_a_long_query_is_cut_with_a_notice(sample_archive: Archive) -> None:
    assert ask(sample_archive, "xây " * 400).notices[0].code == "query_cut"


def test_every_article_is_found_by_its_short_code(sample_archive: Archive) -> None:
    for article_id in sample_archive.ids():
        assert sample_archive.with_code(code_of(article_id)) == (article_id,)
    assert sample_archive.with_code("xây dựng!!") == ()


def test_a_listing_is_the_same_list_without_words_and_offers(sample_archive: Archive) -> None:
    for text in ("xay dung dang", "xây dựng", "xaay duwngj", ""):
        page = ask(sample_archive, text)
        listing = sample_archive.listing(page.request)
        assert (listing.searched, listing.total) == (page.searched, page.total)
        assert listing.ids == tuple(hit.id for hit in page.hits)


def test_facets_filter_and_exclude(sample_archive: Archive) -> None:
    everything = ask(sample_archive, "")
    by_lam = ask(sample_archive, "", author=Choice(include=("đình lâm",)))
    without_lam = ask(sample_archive, "", author=Choice(exclude=("đình lâm",)))
    assert by_lam.total + without_lam.total == everything.total
    lam = next(value for value in everything.facets["author"] if value.value == "đình lâm")
    assert (lam.label, lam.count) == ("Đình Lâm", by_lam.total)
    assert any(value.excluded for value in without_lam.facets["author"])


@pytest.mark.parametrize("text", ["tác giả:Đình Lâm", "tac gia:dinh lam", 'tác giả:"đình lâm"', "author:ĐÌNH LÂM"])
def test_a_name_after_the_author_field_needs_no_quotes(sample_archive: Archive, text: str) -> None:
    page = ask(sample_archive, text, page_size=100)
    assert page.total == ask(sample_archive, "", author=Choice(include=("đình lâm",))).total > 0
    without = ask(sample_archive, f"-{text}", page_size=100)
    assert page.total + without.total == sample_archive.article_count


def test_words_after_a_name_that_are_no_part_of_it_are_looked_for_in_the_text(sample_archive: Archive) -> None:
    for hit in ask(sample_archive, "tác giả:Đình Lâm xây dựng").hits:
        assert "đình lâm" in [author.key for author in hit.authors]
        assert hit.snippets[0].matches or hit.title_matches


@pytest.mark.parametrize("name", ["ĐÌNH LÂM", "Đình Lâm", "đình lâm", "Thu Hoà", "Thu Hòa"])
def test_an_author_is_chosen_by_any_way_of_writing_the_name(sample_archive: Archive, name: str) -> None:
    page = ask(sample_archive, "", author=Choice(include=(name,)))
    assert page.total > 0
    assert sum(value.chosen for value in page.facets["author"]) == 1


def test_counts_heed_what_is_excluded_in_the_same_facet(sample_archive: Archive) -> None:
    page = ask(sample_archive, "", author=Choice(exclude=("thảo ly",)))
    for value in page.facets["author"]:
        if not value.excluded:
            both = Choice(include=(value.value,), exclude=("thảo ly",))
            assert ask(sample_archive, "", author=both).total == value.count


def test_months_appear_once_the_results_are_narrowed_to_a_year(sample_archive: Archive) -> None:
    assert "month" not in ask(sample_archive, "").facets
    months = ask(sample_archive, "", year=Choice(include=("2020",))).facets["month"]
    july = next(value for value in months if value.value == "2020-07")
    assert july.count == ask(sample_archive, "", month=Choice(include=("2020-07",))).total
    assert july.label == "7/2020"


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: ascii(query[:20]))
def test_no_text_a_reader_types_is_an_error(sample_archive: Archive, query: str) -> None:
    started = time.process_time()
    page = ask(sample_archive, query)
    article = sample_archive.article(OWNERS_ARTICLE, query)
    assert page.total >= 0
    assert article is not None
    assert time.process_time() - started < 10, "a generous bound against queries that never end"


@pytest.mark.parametrize("value", ["abc", "", "-1", "2020-", "²", "9" * 40, "2020-99"])
def test_facet_values_that_make_no_sense_are_ignored_or_empty(sample_archive: Archive, value: str) -> None:
    choice = Choice(include=(value,))
    assert ask(sample_archive, "", year=choice, month=choice, author=Choice(exclude=(value,))).total >= 0


def test_results_can_be_read_from_newest_or_oldest(sample_archive: Archive) -> None:
    newest = [hit.published for hit in ask(sample_archive, "", sort=Sort.NEWEST, page_size=100).hits]
    dated = [stamp.order for stamp in newest if stamp]
    assert dated == sorted(dated, reverse=True)
    assert newest[-1] is None


def test_a_match_in_an_opened_article_is_lit_everywhere(sample_archive: Archive) -> None:
    found = sample_archive.article(OWNERS_ARTICLE, "xay dung dang")
    assert found is not None
    assert [found.article.title[start:end] for start, end in found.title] == ["xây dựng Đảng"]
    assert all(
        text[start:end]
        for text, ranges in zip(found.article.paragraphs, found.paragraphs, strict=True)
        for start, end in ranges
    )


def test_the_summary_tells_the_size_and_span_of_the_archive(sample_archive: Archive) -> None:
    summary = sample_archive.summary()
    assert summary.articles == sample_archive.article_count >= 40
    assert summary.first_day is not None
    assert summary.last_day is not None
    assert (summary.first_day.year, summary.last_day.year) == (2004, 2025)
    assert sum(value.count for value in summary.years) <= summary.articles


# -- a search that runs out of time


@dataclass
class Hurried:
    """A searcher whose time runs out when it looks for all of the words, for most of them, or both."""

    searcher: Searcher
    in_all: bool = False
    in_most: bool = False
    asked: list[Plan] = field(default_factory=list)

    @property
    def lexicon(self) -> Lexicon:
        return self.searcher.lexicon

    def article_count(self) -> int:
        return self.searcher.article_count()

    def search(self, plan: Plan, request: SearchRequest, budget: Budget = UNLIMITED) -> Matches:
        self.asked.append(plan)
        hurried = self.in_most if isinstance(plan.match, MostOf) else self.in_all
        return replace(self.searcher.search(plan, request, budget), is_partial=hurried)

    def count(self, clause: Clause, request: SearchRequest, budget: Budget = UNLIMITED) -> int | None:
        return self.searcher.count(clause, request, budget)

    def weigh(self, clauses: Sequence[TextClause], article_id: str) -> tuple[Weighing, ...] | None:
        return self.searcher.weigh(clauses, article_id)

    def article(self, article_id: str) -> Article | None:
        return self.searcher.article(article_id)

    def ids(self) -> Iterator[str]:
        return self.searcher.ids()

    def holdings(self) -> Iterator[tuple[str, Holding]]:
        return self.searcher.holdings()

    def close(self) -> None:
        self.searcher.close()


@pytest.fixture(scope="module")
def searcher(sample_settings: Settings) -> Searcher:
    return WhooshEngine().searcher(BuildStore(sample_settings.index_dir).current())


def codes(page: SearchPage) -> list[str]:
    return [notice.code for notice in page.notices]


def test_what_was_found_in_time_is_shown_and_called_partial(searcher: Searcher) -> None:
    page = ask(Archive(Hurried(searcher, in_all=True), "b"), "xay dung dang")
    assert page.total > 0
    assert page.is_partial
    assert codes(page) == ["partial_answer", "every_spelling"]


def test_nothing_found_in_time_is_not_searched_again_nor_called_nothing(searcher: Searcher) -> None:
    hurried = Hurried(searcher, in_all=True)
    page = ask(Archive(hurried, "b"), "xây dựng qwertyuiop")
    assert (page.total, page.is_partial) == (0, True)
    assert len(hurried.asked) == 1
    assert "most_words" not in codes(page)


def test_most_of_the_words_found_in_time_are_shown_and_called_partial(searcher: Searcher) -> None:
    page = ask(Archive(Hurried(searcher, in_most=True), "b"), "xây dựng qwertyuiop")
    assert page.total > 0
    assert page.is_partial
    assert {"partial_answer", "most_words"} <= set(codes(page))


def test_an_answer_is_partial_too_when_time_runs_out_on_most_of_the_words(searcher: Searcher) -> None:
    page = ask(Archive(Hurried(searcher, in_most=True), "b"), "qwertyuiop asdfghjkl")
    assert (page.total, page.is_partial) == (0, True)
    assert codes(page) == ["partial_answer", "missing_words"]


def test_an_article_is_shown_though_there_is_no_time_to_read_the_query(searcher: Searcher) -> None:
    found = Archive(searcher, "b", budget_ms=0).article(OWNERS_ARTICLE, "xay* dung*")
    assert found is not None
    assert (found.article.id, found.title) == (OWNERS_ARTICLE, ())


def test_an_explanation_says_when_time_ran_out(searcher: Searcher) -> None:
    explanation = Archive(searcher, "b", budget_ms=0).explain(SearchRequest("xay* dung*"), OWNERS_ARTICLE)
    assert explanation is not None
    assert [notice.code for notice in explanation.notices] == ["partial_answer"]


def test_without_time_there_are_no_similar_articles(searcher: Searcher) -> None:
    assert Archive(searcher, "b").similar(OWNERS_ARTICLE)
    assert Archive(searcher, "b", budget_ms=0).similar(OWNERS_ARTICLE) == ()


def test_a_search_with_time_enough_is_whole(sample_archive: Archive) -> None:
    for text in ("xay dung dang", "qwertyuiop asdfghjkl", ""):
        page = ask(sample_archive, text)
        assert not page.is_partial
        assert "partial_answer" not in codes(page)


def test_the_largest_part_of_an_archive_is_searched_even_when_it_is_late_to_begin(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.archive.BEGUN_WITHIN", 0)
    page = ask(Archive(searcher, "b", budget_ms=60_000), "xây dựng")
    assert (page.total > 0, codes(page), page.offers) == (True, [], ())


@pytest.mark.parametrize("text", ["xây dựng", "xay dung dang", "xay* dung*", '"xay dung"~5', "qwertyuiop asdfghjkl"])
def test_an_answer_that_time_ran_out_for_is_broken_off_and_says_so(searcher: Searcher, text: str) -> None:
    page = ask(Archive(searcher, "b", budget_ms=0), text)
    assert (page.total, page.is_partial, page.offers) == (0, True, ())
    assert "partial_answer" in codes(page)


def test_a_budget_of_0_in_the_settings_is_no_limit(sample_settings: Settings) -> None:
    unlimited = bootstrap.open_archive(replace(sample_settings, query_budget_ms=0))
    page = ask(unlimited, "xây dựng")
    assert page.total > 0
    assert not page.is_partial
