"""What a reader is told about a query and an article: every kind of reason, and that it agrees with the search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from indexer import reasons
from indexer.archive import Archive
from indexer.documents import to_document
from indexer.engines.memory import MemoryEngine
from indexer.explaining.explain import Outcome, clauses_to_weigh, explain
from indexer.explaining.labels import Labels
from indexer.explanation import Explanation, Kind, Part, Place, Reason, Verdict
from indexer.model import Article, Author, Caption, Choice, SearchRequest, Sort, Stamp
from indexer.ports import Searcher
from indexer.querying.plan import (
    AllOf,
    AnyOf,
    Bonus,
    Compound,
    MostOf,
    NoneOf,
    Plan,
    Sequence,
    Spellings,
    Weighted,
)
from tests.conftest import OWNERS_ARTICLE

VIETNAM = timezone(timedelta(hours=7))
LAM = Author("Đình Lâm", "đình lâm")

BRIDGE = Article(
    "bridge",
    "Xây cầu mới",
    "Cầu bắc qua sông, còn người dân chờ.",
    ("Công nhân xây dựng cầu. Xây ngày, xây đêm.", "Kỹ sư nói: cầu này bền. Hòa bình.", "Đường dẫn ở phía bắc cầu."),
    (Caption("Cầu mới", "Thu Hòa"),),
    (LAM,),
    Stamp(datetime(2020, 7, 1, 8, tzinfo=VIETNAM)),
    "Kinh tế",
    "Báo Bến Sim",
)
UNDATED = Article("undated", "Bài cũ", "", ("Xây nhà.",))
OTHER = Article(
    "other", "Đảng bộ", "", ("Con người và xây dựng Đảng. Kĩ sư.",), authors=(Author("Thu Hòa", "thu hoà"),)
)


@pytest.fixture(scope="module")
def archive() -> Archive:
    engine, folder = MemoryEngine(), Path("explained")
    engine.create(folder)
    writer = engine.writer(folder)
    for each in (BRIDGE, UNDATED, OTHER):
        writer.add(to_document(each, "", ""))
    writer.commit()
    return Archive(engine.searcher(folder), "b")


def ask(archive: Archive, text: str, article_id: str = "bridge", **filters: object) -> Explanation:
    explanation = archive.explain(SearchRequest(text, **filters), article_id)  # type: ignore[arg-type]  # see the tests
    assert explanation is not None
    return explanation


def all_verdicts(verdict: Verdict) -> Iterator[Verdict]:
    yield verdict
    for part in verdict.parts:
        yield from all_verdicts(part)


def told(explanation: Explanation) -> dict[str, Reason]:
    """The reasons given for the query and the filters, by code."""
    verdicts = [each for top in (explanation.query, *explanation.filters) for each in all_verdicts(top)]
    return {reason.code: reason for verdict in verdicts for reason in verdict.reasons}


# -- words that are there


def test_a_word_is_told_with_all_its_places(archive: Archive) -> None:
    reason = told(ask(archive, "xây"))["stands"]
    assert reason.places == (Place(Part.TITLE), Place(Part.PARAGRAPH, 1, 3))
    assert reasons.text(reason) == "“xây” có ở tiêu đề, đoạn 1 (3 lần)."
    assert reasons.text(reason, "en") == "“xây” stands in the title, paragraph 1 (3×)."


def test_captions_credits_lead_and_byline_are_places(archive: Archive) -> None:
    assert told(ask(archive, "sông"))["stands"].places == (Place(Part.LEAD),)
    assert told(ask(archive, '"thu hoà"'))["stands"].places == (Place(Part.CAPTION, 1),)
    assert told(ask(archive, "lâm"))["stands"].places == (Place(Part.BYLINE),)


def test_an_unmarked_word_is_told_with_the_spellings_it_stands_for(archive: Archive) -> None:
    explanation = ask(archive, "xay bac")
    spelled = [reason.values for each in explanation.query.parts for reason in each.reasons]
    assert spelled == [{"asked": "xay", "word": "xây"}, {"asked": "bac", "word": "bắc"}]
    assert explanation.query.parts[0].reasons[0].code == "stands_as"


def test_the_place_of_a_tone_mark_and_capitals_are_no_difference(archive: Archive) -> None:
    for text in ('"hòa bình"', '"hoà bình"', '"HÒA BÌNH"'):
        assert told(ask(archive, text))["stands"].values["word"] == "Hòa bình"


def test_words_side_by_side_and_near_each_other_are_told_as_one(archive: Archive) -> None:
    assert told(ask(archive, '"xây dựng"'))["stands"].places == (Place(Part.PARAGRAPH, 1),)
    near = told(ask(archive, '"cầu nhân"~4'))["stands"]
    assert near.values["word"] == "cầu … nhân"


def test_a_prefix_is_told_with_the_words_it_stands_for(archive: Archive) -> None:
    explanation = ask(archive, "đườ*")
    assert told(explanation)["stands_as"].values == {"asked": "đườ*", "word": "Đường"}


# -- words that are not


@pytest.mark.parametrize(
    ("text", "code", "values", "places"),
    [
        ("mưa", "absent", {"asked": "mưa"}, ()),
        ('"con người"', "other_tone", {"asked": "con người", "word": "còn người"}, (Place(Part.LEAD),)),
        ("cau", "stands_as", {"asked": "cau", "word": "cầu"}, None),
        ("đêm cậu", "other_tone", {"asked": "cậu", "word": "cầu"}, None),
        ("cáu", "other_marks", {"asked": "cáu", "word": "cầu"}, None),
        ("kĩ", "stands_iy", {"asked": "kĩ", "word": "Kỹ"}, (Place(Part.PARAGRAPH, 2),)),
        ('"dựng xây"', "not_side_by_side", {"asked": "dựng xây"}, ()),
        ('"xây sông"~1', "too_far", {"asked": '"xây sông"~1', "nearest": "8", "distance": "1"}, ()),
        ("tiêu đề:sông", "outside_title", {"asked": "sông", "word": "sông"}, (Place(Part.LEAD),)),
        ("cầu -đường", "excluded_present", {"asked": "đường"}, ()),
        ("tác giả:thu", "author_not_chosen", {"asked": "Thu Hòa", "value": "Đình Lâm"}, ()),
        ("ngày:2021", "published_before", {"day": "1/7/2020", "since": "1/1/2021", "until": "31/12/2021"}, ()),
        ("ngày:2019", "published_after", {"day": "1/7/2020", "since": "1/1/2019", "until": "31/12/2019"}, ()),
    ],
)
def test_why_words_are_not_found(
    archive: Archive, text: str, code: str, values: dict[str, str], places: tuple[Place, ...] | None
) -> None:
    reason = told(ask(archive, text, literal=True))[code]
    assert reason.values == values
    assert places is None or reason.places == places


def test_words_of_a_phrase_that_are_missing_are_told_one_by_one(archive: Archive) -> None:
    (verdict,) = [ask(archive, '"xây mưa nắng"').query]
    assert [reason.values["asked"] for reason in verdict.reasons] == ["mưa", "nắng"]


def test_words_near_each_other_may_stand_apart_in_title_and_text(archive: Archive) -> None:
    assert "in_different_parts" in told(ask(archive, '"bài nhà"~5', "undated"))


def test_an_excluded_word_is_told_with_its_places_and_its_absence_too(archive: Archive) -> None:
    present = ask(archive, "cầu -bền")
    assert not present.found
    assert told(present)["excluded_present"].values == {"asked": "bền"}
    assert Place(Part.PARAGRAPH, 2) in {place for each in present.query.parts[1].reasons for place in each.places}
    assert told(ask(archive, "cầu -mưa"))["excluded_absent"].values == {"words": "“mưa”"}


def test_when_one_of_several_is_enough_each_is_told(archive: Archive) -> None:
    explanation = ask(archive, "mưa OR cầu")
    assert [part.holds for part in explanation.query.parts] == [False, True]
    assert explanation.found


def test_when_most_words_are_enough_it_is_told_how_many(archive: Archive) -> None:
    enough = ask(archive, "xây cầu qwertyuiop")
    assert told(enough)["has_most"].values == {"has": "2", "wanted": "3", "least": "2"}
    assert enough.found
    too_few = ask(archive, "xây cầu qwertyuiop", "undated")
    assert told(too_few)["has_too_few"].values == {"has": "1", "wanted": "3", "least": "2"}
    assert not too_few.found
    excluded = ask(archive, "xây cầu qwertyuiop -bền")
    assert [verdict.holds for verdict in excluded.verdicts] == [True, False]
    assert excluded.summary.code == ("not_found" if excluded.total else "nothing_found")


def test_what_is_quoted_is_told_apart_from_the_words_of_which_most_are_enough(archive: Archive) -> None:
    asked = '"xây cầu" bền qwertyuiop'
    page = archive.search(SearchRequest(asked))
    explanation = archive.explain(SearchRequest(asked), page.hits[0].id)
    assert explanation
    assert explanation.found
    most, quoted = explanation.verdicts
    assert [most.holds, quoted.holds, quoted.asked] == [True, True, "xây cầu"]
    assert told(explanation)["has_most"].values["wanted"] == "2"
    assert round(sum(points.score for points in explanation.points), 6) == page.hits[0].score
    assert not {"bound_kept", "most_words"} & {notice.code for notice in explanation.notices}


def test_of_many_authors_a_few_are_named() -> None:
    names = {str(number): f"Author {number}" for number in range(9)}
    assert Labels("", names).names(("1", "2", "3")) == "Author 1, Author 2, Author 3"
    assert Labels("", names).names(tuple(names)) == "Author 0, Author 1, Author 2, …"


def test_an_author_nobody_knows_is_told(archive: Archive) -> None:
    explanation = ask(archive, "tác giả:zzz")
    assert "nothing" in told(explanation)
    assert [notice.code for notice in explanation.notices] == ["unknown_author"]


def test_no_question_finds_every_article(archive: Archive) -> None:
    explanation = ask(archive, "")
    assert explanation.found
    assert "everything" in told(explanation)


# -- filters


@pytest.mark.parametrize(
    ("filters", "article_id", "code", "holds"),
    [
        ({"since": date(2020, 7, 1)}, "bridge", "published_between", True),
        ({"since": date(2021, 1, 1)}, "bridge", "published_before", False),
        ({"until": date(2020, 6, 30)}, "bridge", "published_after", False),
        ({"since": date(2021, 1, 1)}, "undated", "undated", False),
        ({"year": Choice(("2020",))}, "undated", "undated", False),
        ({"year": Choice((), ("2020",))}, "undated", "year_not_excluded", True),
        ({"year": Choice(("2020",))}, "bridge", "year_chosen", True),
        ({"year": Choice(("2019", "2021"))}, "bridge", "year_not_chosen", False),
        ({"year": Choice((), ("2020",))}, "bridge", "year_excluded", False),
        ({"month": Choice(("2020-07",))}, "bridge", "month_chosen", True),
        ({"month": Choice(("2020-08",))}, "bridge", "month_not_chosen", False),
        ({"month": Choice((), ("2020-07",))}, "bridge", "month_excluded", False),
        ({"author": Choice(("đình lâm",))}, "bridge", "author_chosen", True),
        ({"author": Choice(("Thu Hòa",))}, "bridge", "author_not_chosen", False),
        ({"author": Choice(("đình lâm",))}, "undated", "no_author", False),
        ({"author": Choice((), ("đình lâm",))}, "bridge", "author_excluded", False),
        ({"author": Choice((), ("thu hoà",))}, "bridge", "author_not_excluded", True),
        ({"section": Choice(("Kinh tế",))}, "bridge", "section_chosen", True),
        ({"section": Choice(("Văn hóa",))}, "bridge", "section_not_chosen", False),
        ({"section": Choice(("Kinh tế",))}, "undated", "no_section", False),
        ({"section": Choice((), ("Kinh tế",))}, "bridge", "section_excluded", False),
        ({"section": Choice(("KINH TẾ",))}, "bridge", "section_chosen", True),
        ({"section": Choice((), ("Văn hóa",))}, "bridge", "section_not_excluded", True),
        ({"source": Choice(("Báo Bến Sim",))}, "bridge", "source_chosen", True),
        ({"source": Choice(("Báo Đò",))}, "bridge", "source_not_chosen", False),
        ({"source": Choice(("Báo Bến Sim",))}, "undated", "no_source", False),
        ({"source": Choice((), ("Báo Bến Sim",))}, "bridge", "source_excluded", False),
        ({"source": Choice((), ("Báo Đò",))}, "bridge", "source_not_excluded", True),
    ],
)
def test_each_filter_is_told(
    archive: Archive, filters: dict[str, object], article_id: str, code: str, holds: bool
) -> None:
    explanation = ask(archive, "xây", article_id, **filters)
    assert [(each.holds, [reason.code for reason in each.reasons]) for each in explanation.filters] == [(holds, [code])]
    assert explanation.summary.code == ("found_at" if holds else "filtered_out")
    assert explanation.points if holds else not explanation.points


def test_filter_values_are_told_as_readers_know_them(archive: Archive) -> None:
    reason = told(ask(archive, "xây", month=Choice(("2020-08", "2021-01"))))["month_not_chosen"]
    assert reasons.text(reason) == "Bài đăng tháng 7/2020; đã chọn tháng 8/2020, 1/2021."


# -- the score


def test_the_points_are_named_and_add_up(archive: Archive) -> None:
    explanation = ask(archive, "xây dựng cầu")
    page = archive.search(SearchRequest("xây dựng cầu"))
    assert {points.kind for points in explanation.points} == {Kind.WORDS, Kind.NEIGHBOURS, Kind.COMPOUNDS}
    assert explanation.score == pytest.approx(page.hits[0].score, abs=2e-6)
    assert (explanation.rank, explanation.total) == (1, page.total)


def test_points_for_the_likeliest_spelling_name_it(archive: Archive) -> None:
    given = {(points.kind, points.asked) for points in ask(archive, "xay dung").points}
    assert {(Kind.WORDS, "xay"), (Kind.SPELLING, "xây"), (Kind.NEIGHBOURS, "xây dựng")} <= given
    assert (Kind.NEIGHBOURS, "xay") not in given


def test_a_list_by_date_says_that_the_score_does_not_matter(archive: Archive) -> None:
    explanation = ask(archive, "xây dựng cầu", sort=Sort.OLDEST)
    assert [reason.code for reason in explanation.order] == ["sorted_by_date"]
    assert {points.kind for points in explanation.points} == {Kind.WORDS}


def test_an_article_far_down_the_list_is_found_without_bonuses(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.ranking.RESCORED", 1)
    _, last = archive.search(SearchRequest("xây dựng")).hits
    explanation = ask(archive, "xây dựng", last.id)
    assert (explanation.summary.code, explanation.rank) == ("found_far_down", None)
    assert explanation.summary.values == {"limit": "1", "total": "2"}
    assert [reason.code for reason in explanation.order] == ["in_no_tier", "no_bonuses"]
    assert explanation.score == pytest.approx(last.score, abs=2e-6)


def test_no_article_no_explanation(archive: Archive) -> None:
    assert archive.explain(SearchRequest("xây"), "nope") is None


# -- plans that other parts of the planner make


def explained(searcher: Searcher, plan: Plan, text: str) -> Explanation:
    article = searcher.article("bridge")
    assert article is not None
    request = SearchRequest(text, page_size=500)
    outcome = Outcome(request, plan, searcher.search(plan, request), (), {"author": {}, "section": {}, "source": {}})
    clauses = clauses_to_weigh(plan)
    weighings = searcher.weigh(clauses, "bridge")
    assert weighings is not None
    explanation = explain(article, outcome, dict(zip(clauses, weighings, strict=True)))
    found = dict(outcome.matches.page)
    assert explanation.found == ("bridge" in found)
    if explanation.found:
        assert explanation.score == pytest.approx(found["bridge"], abs=2e-6)
    return explanation


def word(*terms: str) -> Spellings:
    return Spellings(terms)


@pytest.fixture(scope="module")
def searcher(archive: Archive) -> Searcher:
    return archive._searcher


def test_what_means_the_same_is_told_as_such(searcher: Searcher) -> None:
    road = AnyOf((word("lộ"), Weighted(word("đường"), 0.6)))
    reason = told(explained(searcher, Plan(road), "lộ"))["stands_equivalent"]
    assert reasons.text(reason) == "“Đường”, cùng nghĩa với “lộ”, có ở đoạn 3."
    neither = AnyOf((word("mưa"), Weighted(Sequence((word("giông"), word("tố"))), 0.6)))
    assert told(explained(searcher, Plan(neither), "mưa"))["no_equivalent"].values == {"words": "“giông tố”"}


def test_the_other_of_i_and_y_is_told_as_the_same_word(searcher: Searcher) -> None:
    assert "stands_iy" in told(explained(searcher, Plan(AnyOf((word("kĩ"), Weighted(word("kỹ"), 0.9)))), "kĩ"))
    assert "stands_iy" in told(explained(searcher, Plan(word("kĩ", "kỹ")), "kĩ"))


def test_compounds_are_told(searcher: Searcher) -> None:
    held = explained(searcher, Plan(MostOf((Weighted(Compound("xây_dựng"), 2.0), Compound("mùa_mưa")))), "xây dựng")
    assert {"compound", "no_compound"} <= told(held).keys()


def test_the_tier_is_told_by_what_it_looks_for(searcher: Searcher) -> None:
    match = word("xây", "xay")
    high = explained(searcher, Plan(match, (), (word("mưa"), word("xây"))), "xay")
    assert [reason.code for reason in high.order] == ["in_tier"]
    assert high.order[0].values == {"number": "2", "asked": "xây"}
    low = explained(searcher, Plan(match, (), (word("xay"),)), "xay")
    assert [reason.code for reason in low.order] == ["in_no_tier"]


def test_clauses_within_clauses_add_up(searcher: Searcher) -> None:
    plan = Plan(
        AllOf((AnyOf((AllOf((word("xây"), word("mưa"))), AllOf((word("cầu"), word("bền"))))), NoneOf((word("nắng"),)))),
        (Bonus(Sequence((replace(word("xây"), fields=("title",)), replace(word("cầu"), fields=("title",)))), 2.0),),
    )
    explanation = explained(searcher, plan, "xây mưa cầu bền nắng")
    assert explanation.points[-1].kind is Kind.TITLE


# -- over the sample archive

QUESTIONS = (
    "xây dựng Đảng", "xay dung dang", "duong", "con người", '"xây dựng"', '"người dân"~5', "mua OR mưa", "biển -bão",
    "tiêu đề:biển", "tác giả:lâm", "ngày:2020 nước", "tphcm", "covid-19", "xâ*", "ky thuat", "hòa giải qwertyuiop",
)  # fmt: skip


@pytest.mark.parametrize("text", QUESTIONS)
def test_explanations_agree_with_the_search(sample_archive: Archive, text: str) -> None:
    scores = {hit.id: hit.score for hit in sample_archive.search(SearchRequest(text, page_size=100)).hits}
    for article_id in (hit.id for hit in sample_archive.search(SearchRequest("", page_size=100)).hits):
        explanation = sample_archive.explain(SearchRequest(text), article_id)
        assert explanation is not None
        assert explanation.found == (article_id in scores), article_id
        for verdict in all_verdicts(explanation.query):
            assert verdict.parts or verdict.reasons, "something is said of every clause"
            assert all(reason.places for reason in verdict.reasons if reason.code.startswith("stands"))
        if explanation.found:
            assert explanation.score == pytest.approx(scores[article_id], abs=2e-6)
            assert list(scores).index(article_id) + 1 == explanation.rank


def test_a_question_in_many_words_is_explained_whole(sample_archive: Archive) -> None:
    explanation = sample_archive.explain(SearchRequest("xây dựng " * 40), OWNERS_ARTICLE)
    assert explanation is not None
    assert explanation.found
