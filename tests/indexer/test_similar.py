"""Articles on the same subject: which are chosen, and which never are."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.archive import Archive
from indexer.documents import to_document
from indexer.engines.memory import MemoryEngine
from indexer.model import Article, Author, SearchRequest
from indexer.querying.plan import Compound, MostOf, Weighted
from indexer.similar import FEWEST_COMPOUNDS, MOST_COMPOUNDS, close_enough, plan_similar, without_twins
from tests.conftest import OWNERS_ARTICLE

RAILWAY = "2011-06-05-nguoi-gac-chan-o-ga-xep-hoa-mai"
TRAIN = "2012-05-22-chuyen-tau-cu-o-ga-lang-trai"
MEDIATION = {
    "2007-09-18-to-hoa-giai-o-lang-bien",
    "2013-09-30-phien-hoa-giai-keo-dai-vi-hai-con-bo",
    "2014-05-22-to-hoa-giai-cua-nhung-nguoi-it-noi",
    "2018-06-06-hoa-giai-tranh-chap-loi-di",
}
MARATHONS = ("2019-07-21-chay-vi-bien-xanh", "2023-04-09-giai-marathon-dem-ben-vinh")


def similar(archive: Archive, article_id: str, count: int = 5) -> list[str]:
    return [hit.id for hit in archive.similar(article_id, count)]


def test_articles_on_the_same_subject_come_first(sample_archive: Archive) -> None:
    assert similar(sample_archive, RAILWAY)[0] == TRAIN
    assert similar(sample_archive, TRAIN)[0] == RAILWAY
    for one, other in (MARATHONS, MARATHONS[::-1]):
        assert similar(sample_archive, one)[0] == other
    for one in MEDIATION:
        assert set(similar(sample_archive, one)[:2]) <= MEDIATION - {one}


def test_no_article_is_similar_to_itself_and_none_comes_twice(sample_archive: Archive) -> None:
    for hit in sample_archive.search(SearchRequest("", page_size=100)).hits:
        found = similar(sample_archive, hit.id)
        assert hit.id not in found
        assert len(set(found)) == len(found) <= 5


def test_the_most_similar_come_first_and_as_many_as_wanted(sample_archive: Archive) -> None:
    scores = [hit.score for hit in sample_archive.similar(OWNERS_ARTICLE)]
    assert scores == sorted(scores, reverse=True)
    assert similar(sample_archive, OWNERS_ARTICLE, 2) == similar(sample_archive, OWNERS_ARTICLE)[:2]
    assert similar(sample_archive, OWNERS_ARTICLE) == similar(sample_archive, OWNERS_ARTICLE)


def test_an_unknown_article_is_similar_to_none(sample_archive: Archive) -> None:
    assert sample_archive.similar("nope") == ()


def archive_of(*articles: Article) -> Archive:
    engine, folder = MemoryEngine(), Path("similar")
    engine.create(folder)
    writer = engine.writer(folder)
    for each in articles:
        writer.add(to_document(each, "", ""))
    writer.commit()
    return Archive(engine.searcher(folder), "b")


RAIN = "Bộ đội biên phòng kêu gọi tàu thuyền vào bờ, ngư dân gia cố lồng bè trước cơn bão."
OTHERS = tuple(Article(f"other-{n}", "Tin", paragraphs=("Học sinh khai giảng năm học mới.",)) for n in range(9))


def test_an_article_without_compounds_is_similar_to_none() -> None:
    archive = archive_of(Article("a", "Mưa", paragraphs=("Mưa to.",)), Article("b", "Mưa", paragraphs=("Mưa to quá.",)))
    assert similar(archive, "a") == []


def test_a_text_published_twice_is_neither_similar_to_itself_nor_shown_twice() -> None:
    more = " Chính quyền địa phương hỗ trợ ngư dân, tàu thuyền đã vào bờ an toàn, lồng bè được gia cố chắc chắn."
    archive = archive_of(
        Article("a", "Bão", paragraphs=(RAIN,)),
        Article("again", "Bão gần bờ", paragraphs=(RAIN,)),
        Article("about", "Ngư dân", paragraphs=(f"Trước bão.{more}",)),
        Article("about again", "Ngư dân tránh bão", paragraphs=(f"Trước bão:{more}",)),
        *OTHERS,
    )
    assert similar(archive, "a") in (["about"], ["about again"])
    assert set(similar(archive, "about")) <= {"a", "again"}
    assert len(similar(archive, "about")) == 1


def test_who_wrote_it_is_not_what_it_is_about() -> None:
    writer = Author("Lan Chi", "lan chi")
    article = Article("a", "Ngư dân", paragraphs=(RAIN,), authors=(writer,))
    plan = plan_similar(article, 100, lambda _: 5)
    assert plan is not None
    assert isinstance(plan.match, MostOf)
    compounds = [each.clause.term for each in plan.match.clauses if isinstance(each, Weighted)
                 and isinstance(each.clause, Compound)]  # fmt: skip
    assert "ngư_dân" in compounds
    assert "lan_chi" not in compounds


@pytest.mark.parametrize(("containing", "planned"), [(1, False), (2, True)])
def test_compounds_that_stand_nowhere_else_are_not_looked_for(containing: int, planned: bool) -> None:
    article = Article("a", "Ngư dân", paragraphs=(RAIN,))
    assert (plan_similar(article, 100, lambda _: containing) is not None) is planned


def test_the_rarest_compounds_tell_most() -> None:
    article = Article("a", "", paragraphs=(RAIN, *OTHERS[0].paragraphs))
    frequencies = {"ngư_dân": 3, "tàu_thuyền": 400}
    few = plan_similar(article, 1000, lambda compound: frequencies.get(compound, 0))
    assert few is None, f"two compounds are fewer than {FEWEST_COMPOUNDS}"
    frequencies["học_sinh"] = 30
    plan = plan_similar(article, 1000, lambda compound: frequencies.get(compound, 0))
    assert plan is not None
    assert isinstance(plan.match, MostOf)
    weights = {each.clause: each.weight for each in plan.match.clauses if isinstance(each, Weighted)}
    assert list(weights) == [Compound("ngư_dân"), Compound("học_sinh"), Compound("tàu_thuyền")]


def test_only_so_many_compounds_are_looked_for() -> None:
    who = "Gia đình, nhà trường, xí nghiệp, công nhân, nông dân, học sinh, sinh viên, bác sĩ, kỹ sư, giáo viên."
    article = Article("a", "", paragraphs=(RAIN, who, "Bệnh viện, trường học, chính quyền, địa phương, hỗ trợ."))
    plan = plan_similar(article, 1000, lambda _: 7)
    assert plan is not None
    assert isinstance(plan.match, MostOf)
    assert len(plan.match.clauses) == MOST_COMPOUNDS


def test_what_has_little_in_common_is_left_out() -> None:
    assert close_enough([("a", 10.0), ("b", 4.0), ("c", 1.0)]) == ["a", "b"]
    assert close_enough([]) == []


def test_no_more_candidates_are_read_than_needed() -> None:
    article = Article("a", "", paragraphs=("một hai ba",))
    candidates = iter([article, *OTHERS])
    assert [each.id for each in without_twins(article, candidates, 1)] == ["other-0"]
    assert next(candidates).id == "other-1"
