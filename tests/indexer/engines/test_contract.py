"""What `indexer.ports` promises, asked of every engine; and the engines asked for the same answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer import facets, ranking
from indexer.analysis.syllables import fold
from indexer.author_merges import NO_MERGES, Merges, read_merges
from indexer.documents import PASSAGE_BREAK, Document, to_document
from indexer.engines.memory import MemoryEngine, MemoryLexicon, MemorySearcher
from indexer.engines.whoosh_engine import WhooshEngine, batch, merging
from indexer.errors import IndexDamaged
from indexer.model import Article, Author, Caption, Choice, SearchRequest, Sort, Stamp
from indexer.ports import Engine, Holding, Lexicon, Matches, Searcher
from indexer.querying.parser import parse
from indexer.querying.plan import (
    EVERYTHING,
    NOTHING,
    AllOf,
    ByAuthor,
    MostOf,
    Near,
    NoneOf,
    Plan,
    Sequence,
    Spellings,
    texts_in,
)
from indexer.querying.planner import make_plan
from tests.indexer.engines.whoosh_engine import samples

VIETNAM = timezone(timedelta(hours=7))
LAM, HOA, KY = (
    Author("Đình Lâm", "đình lâm"),
    Author("Thu Hòa", "thu hoà"),
    Author("Văn Kỳ", "văn kỳ"),
)


def article(
    id_: str,
    title: str,
    *paragraphs: str,
    authors: tuple[Author, ...] = (),
    day: date | None = None,
    hour: int = 8,
    section: str = "",
    source: str = "",
) -> Article:
    stamp = Stamp(datetime(day.year, day.month, day.day, hour, tzinfo=VIETNAM)) if day else None
    return Article(id_, title, "", paragraphs, (), authors, stamp, section, source)


ARCHIVE = (
    article("a", "Xây dựng Đảng", "Công tác xây dựng Đảng.", authors=(LAM,), day=date(2020, 7, 1), section="Chính trị"),
    article(
        "b",
        "Đang xây dựng cầu",
        "Cầu mới đang xây.",
        "Dựng rạp.",
        authors=(LAM, HOA),
        day=date(2020, 7, 15),
        section="Kinh tế",
    ),
    article("c", "Mưa lớn", "Mưa và mùa mua bán.", authors=(HOA,), day=date(2020, 8, 2), section="Kinh tế"),
    article("d", "Mua sắm", "Người dân mua đường.", authors=(KY,), day=date(2019, 1, 5), section="Kinh tế"),
    article("e", "Đường phố", "Mỗi ngày một đoạn đường.", day=date(2019, 12, 31)),
    article("f", "Không ngày", "Bài này không ghi ngày, nói về đường.", authors=(KY,)),
)


@pytest.fixture(params=[MemoryEngine, WhooshEngine], ids=["memory", "whoosh"])
def engine(request: pytest.FixtureRequest) -> Engine:
    made: Engine = request.param()
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def fill(engine: Engine, folder: Path, *articles: Article) -> Searcher:
    engine.create(folder)
    return add(engine, folder, *articles)


def add(engine: Engine, folder: Path, *articles: Article) -> Searcher:
    writer = engine.writer(folder)
    for each in articles:
        writer.add(to_document(each, f"/archive/{each.id}.txt", f"digest-{each.title}"))
    writer.commit()
    return engine.searcher(folder)


def ask(searcher: Searcher, text: str, request: SearchRequest = SearchRequest()) -> Matches:
    return searcher.search(make_plan(parse(text), searcher.lexicon).plan, request)


def ids(matches: Matches) -> list[str]:
    return [article_id for article_id, _ in matches.page]


@pytest.fixture
def searcher(engine: Engine, folder: Path) -> Searcher:
    return fill(engine, folder, *ARCHIVE)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("xây dựng đảng", {"a"}),
        ("xay dung dang", {"a", "b"}),
        ('"xây dựng"', {"a", "b"}),
        ('"đang xây"', {"b"}),
        ('"xây dựng rạp"', set()),
        ('"đảng xây"', set()),
        ('"đảng xây"~1', set()),
        ('"đảng xây"~2', {"a"}),
        ('"mua mưa"~4', {"c"}),
        ('"cầu xây"~3', {"b"}),
        ('"dang xay"~2', {"a", "b"}),
        ('"xây rạp"~2', set()),
        ('"xây rạp"~3', {"b"}),
        ('tiêu đề:"cầu đang"~3', {"b"}),
        ('tiêu đề:"mới cầu"~3', set()),
        ('"đường đường"~9', set()),
        ('đường -"dân đường"~2', {"e", "f"}),
        ("đường", {"d", "e", "f"}),
        ("đường -mua", {"e", "f"}),
        ("mưa OR cầu", {"b", "c"}),
        ("mua", {"c", "d"}),
        ("tiêu đề:đường", {"e"}),
        ("tác giả:lâm", {"a", "b"}),
        ('tac gia:"thu hoa"', {"b", "c"}),
        ("ngày:2019", {"d", "e"}),
        ("ngày:15/07/2020..02/08/2020", {"b", "c"}),
        ("xâ*", {"a", "b"}),
        ("kỳ", {"d", "f"}),
        ("vắng", set()),
    ],
)
def test_a_query_finds_its_articles(searcher: Searcher, query: str, found: set[str]) -> None:
    assert set(ids(ask(searcher, query))) == found


def test_no_query_finds_everything_newest_first_and_undated_last(searcher: Searcher) -> None:
    assert ids(searcher.search(Plan(EVERYTHING), SearchRequest())) == ["c", "b", "a", "e", "d", "f"]


def test_nothing_finds_nothing(searcher: Searcher) -> None:
    assert searcher.search(Plan(NOTHING), SearchRequest()).total == 0


def test_the_literal_spelling_of_an_unmarked_word_stands_first(engine: Engine, folder: Path) -> None:
    searcher = fill(
        engine,
        folder,
        article("rain", "Mưa", "Mùa mưa, mưa to."),
        article("buy", "Chợ", "Một bài dài hơn về mua."),
    )
    assert ids(ask(searcher, "mua")) == ["buy", "rain"]


def test_dates_order_both_ways_with_undated_last(searcher: Searcher) -> None:
    assert ids(ask(searcher, "đường", SearchRequest(sort=Sort.NEWEST))) == ["e", "d", "f"]
    assert ids(ask(searcher, "đường", SearchRequest(sort=Sort.OLDEST))) == ["d", "e", "f"]


def test_pages_follow_each_other_without_gap_or_repeat(searcher: Searcher) -> None:
    pages = [ids(searcher.search(Plan(EVERYTHING), SearchRequest(page=page, page_size=4))) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [4, 2, 0]
    assert sorted(id_ for page in pages for id_ in page) == ["a", "b", "c", "d", "e", "f"]


def test_both_ends_of_a_range_of_days_count(searcher: Searcher) -> None:
    request = SearchRequest(since=date(2019, 12, 31), until=date(2020, 7, 1))
    assert set(ids(searcher.search(Plan(EVERYTHING), request))) == {"a", "e"}


def test_each_facet_heeds_all_filters_but_its_own(searcher: Searcher) -> None:
    request = SearchRequest(author=Choice(include=("đình lâm",)), year=Choice(include=("2020",)))
    matches = searcher.search(Plan(EVERYTHING), request)
    assert set(ids(matches)) == {"a", "b"}
    assert matches.unfiltered_total == 6
    assert matches.counts[facets.AUTHOR] == {"đình lâm": 2, "thu hoà": 2}
    assert matches.counts[facets.YEAR] == {"2020": 2}
    assert matches.counts[facets.MONTH] == {"2020-07": 2}


def test_sections_are_counted_chosen_and_excluded(searcher: Searcher) -> None:
    everything = searcher.search(Plan(EVERYTHING), SearchRequest())
    assert everything.counts[facets.SECTION] == {"chính trị": 1, "kinh tế": 3}
    request = SearchRequest(section=Choice(include=("kinh tế", "vắng")), author=Choice(include=("thu hoà",)))
    matches = searcher.search(Plan(EVERYTHING), request)
    assert set(ids(matches)) == {"b", "c"}
    assert matches.counts[facets.SECTION] == {"kinh tế": 2}
    assert matches.counts[facets.AUTHOR] == {"đình lâm": 1, "thu hoà": 2, "văn kỳ": 1}
    assert matches.counts[facets.YEAR] == {"2020": 2}
    without = searcher.search(Plan(EVERYTHING), SearchRequest(section=Choice(exclude=("kinh tế",))))
    assert set(ids(without)) == {"a", "e", "f"}
    assert searcher.count(EVERYTHING, request) == 2


@pytest.mark.parametrize("facet", facets.LABELS)
def test_labels_that_differ_in_capitals_are_one_value_called_as_most_write_it(
    engine: Engine, folder: Path, facet: str
) -> None:
    written = ("VĂN HÓA", "Văn hóa", "Văn hoá", "Văn hóa", "", "Kinh tế")
    one, *others = (replace(article(str(n), "Chợ"), **{facet: text}) for n, text in enumerate(written))
    fill(engine, folder, one)
    searcher = add(engine, folder, *others)
    assert searcher.search(Plan(EVERYTHING), SearchRequest()).counts[facet] == {"văn hoá": 4, "kinh tế": 1}
    assert searcher.lexicon.label_names(facet) == {"văn hoá": "Văn hóa", "kinh tế": "Kinh tế"}
    chosen = searcher.search(Plan(EVERYTHING), replace(SearchRequest(), **{facet: Choice(("văn hoá",))}))
    assert set(ids(chosen)) == {"0", "1", "2", "3"}


def test_labels_of_removed_articles_are_forgotten(engine: Engine, folder: Path) -> None:
    fill(engine, folder, article("a", "Chợ", source="Báo Bến"), article("b", "Chợ", source="Báo Đò"))
    writer = engine.writer(folder)
    writer.remove("a")
    writer.commit()
    assert engine.searcher(folder).lexicon.label_names(facets.SOURCE) == {"báo đò": "Báo Đò"}


def test_days_are_counted_within_the_months_chosen(searcher: Searcher) -> None:
    request = SearchRequest(month=Choice(include=("2020-07",)))
    assert searcher.search(Plan(EVERYTHING), request).counts[facets.DAY] == {"2020-07-01": 1, "2020-07-15": 1}
    assert facets.DAY not in searcher.search(Plan(EVERYTHING), SearchRequest()).counts


def test_bonuses_count_for_the_best_by_their_words_alone(
    engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searcher = fill(
        engine,
        folder,
        article("near", "Tin", "Sông nhuệ chảy."),
        article("apart", "Tin", "Nhuệ rồi sông."),
    )
    assert ids(ask(searcher, "sông nhuệ")) == ["near", "apart"]
    monkeypatch.setattr("indexer.ranking.RESCORED", 0)
    assert ids(ask(searcher, "sông nhuệ")) == ["apart", "near"]


def test_the_weighings_of_an_article_add_up_to_the_score_a_search_gives_it(searcher: Searcher) -> None:
    for text in ("xây dựng đảng", "xay dung", '"đang xây" cầu', '"cầu xây"~3 rạp', "tiêu đề:xây dựng"):
        plan = make_plan(parse(text), searcher.lexicon).plan
        assert isinstance(plan.match, AllOf)
        matched, bonuses = list(texts_in(plan.match)), [bonus.clause for bonus in plan.bonuses]
        weights = [1.0] * len(matched) + [bonus.weight for bonus in plan.bonuses]
        page = searcher.search(plan, SearchRequest()).page
        assert page
        for article_id, score in page:
            weighings = searcher.weigh([*matched, *bonuses], article_id)
            assert weighings is not None
            assert all(weighing.frequency > 0 for weighing in weighings[: len(matched)])
            summed = sum(weight * each.score for weight, each in zip(weights, weighings, strict=True))
            assert round(summed, ranking.SCORE_DIGITS) == pytest.approx(score, abs=2e-6)


def test_a_clause_weighs_nothing_in_an_article_it_does_not_match(searcher: Searcher) -> None:
    weighings = searcher.weigh([samples.word("mưa"), samples.word("vắng"), Near((samples.word("mưa"),) * 2, 5)], "d")
    assert weighings is not None
    assert [(each.frequency, each.score) for each in weighings] == [(0, 0)] * 3
    assert all(each.rarity > 0 for each in weighings)


def test_there_is_nothing_to_weigh_in_an_article_that_is_not_there(searcher: Searcher) -> None:
    assert searcher.weigh([samples.word("mưa")], "nope") is None


def test_compounds_are_counted_by_articles(engine: Engine, folder: Path) -> None:
    engine.create(folder)
    searcher = samples.commit(engine, folder, samples.sample(40), ["id-0003"])
    held = [each.compounds for each in samples.sample(40) if each.article.id != "id-0003"]
    for compound in (*samples.COMPOUNDS, "vắng_mặt"):
        assert searcher.lexicon.compound_frequency(compound) == sum(compound in compounds for compounds in held)


def test_several_values_of_a_facet_are_any_of_them_and_excluded_ones_none(
    searcher: Searcher,
) -> None:
    either = SearchRequest(author=Choice(include=("đình lâm", "văn kỳ")))
    assert set(ids(searcher.search(Plan(EVERYTHING), either))) == {"a", "b", "d", "f"}
    without = SearchRequest(author=Choice(exclude=("thu hoà",)), month=Choice(exclude=("2019-01",)))
    assert set(ids(searcher.search(Plan(EVERYTHING), without))) == {"a", "e", "f"}


def test_most_of_the_words_is_as_many_as_any_article_has(searcher: Searcher) -> None:
    relaxed = make_plan(parse("mưa bán vắng"), searcher.lexicon).relaxed
    assert relaxed is not None
    matches = searcher.search(relaxed, SearchRequest())
    assert (ids(matches), matches.words_found) == (["c"], 2)


def test_what_is_quoted_is_required_beside_most_of_the_words_and_will_do_alone(searcher: Searcher) -> None:
    quoted = Sequence((Spellings(("xây",)), Spellings(("dựng",))))
    alone = ids(searcher.search(Plan(quoted), SearchRequest()))
    words = tuple(Spellings((term,)) for term in ("mưa", "bán", "nhà", "cầu"))
    most = searcher.search(Plan(MostOf(words, (quoted,), 0.6, even_none=True)), SearchRequest())
    assert most.words_found
    assert set(ids(most)) < set(alone)
    vain = MostOf((Spellings(("vắng",)), Spellings(("thiếu",))), (quoted,), even_none=True)
    matches = searcher.search(Plan(vain), SearchRequest())
    assert (ids(matches), matches.words_found) == (alone, 0)
    assert matches.page == searcher.search(Plan(quoted), SearchRequest()).page
    assert not ids(searcher.search(Plan(replace(vain, even_none=False)), SearchRequest()))
    nothing_required = searcher.search(Plan(replace(vain, required=())), SearchRequest())
    assert nothing_required.counts == searcher.search(Plan(EVERYTHING), SearchRequest()).counts


def test_an_article_comes_back_as_it_went_in(engine: Engine, folder: Path) -> None:
    rich = Article(
        "r/1?x",
        "Tiêu đề",
        "Mở đầu",
        ("Một", "Hai"),
        (Caption("Cảnh", "Văn Kỳ"),),
        (KY,),
        Stamp(datetime(2004, 2, 29, tzinfo=VIETNAM), has_time=False),
        "Xã hội",
    )
    assert fill(engine, folder, rich).article("r/1?x") == rich


def test_an_unknown_id_is_no_article(searcher: Searcher) -> None:
    assert searcher.article("nope") is None


def test_holdings_say_where_every_article_came_from(searcher: Searcher) -> None:
    assert dict(searcher.holdings())["e"] == Holding("/archive/e.txt", "digest-Đường phố")
    assert {article_id for article_id, _ in searcher.holdings()} == set("abcdef")
    assert sorted(searcher.ids()) == list("abcdef")
    assert {article_id: searcher.holding(article_id) for article_id in "abcdef"} == dict(searcher.holdings())
    assert searcher.holding("nope") is None


def test_articles_are_known_by_their_source(engine: Engine, folder: Path, searcher: Searcher) -> None:
    assert sorted(searcher.held_from(lambda path: path in {"/archive/b.txt", "/archive/e.txt"})) == ["b", "e"]
    writer = engine.writer(folder)
    writer.remove("b")
    for each in "eg":
        writer.add(to_document(article(each, "Bài khác", "Chữ."), "/archive/Đường.zip", "digest"))
    writer.commit()
    found = engine.searcher(folder)
    assert found.holding("b") is None
    assert sorted(found.held_from(lambda path: path.endswith("Đường.zip"))) == ["e", "g"]
    assert sorted(found.held_from(lambda _: True)) == [*"acdefg"]


def test_the_articles_of_a_year_come_in_the_order_of_their_days(
    engine: Engine, searcher: Searcher, folder: Path
) -> None:
    assert list(searcher.published_in(2020)) == [("a", 20200701), ("b", 20200715), ("c", 20200802)]
    assert list(searcher.published_in(0)) == [("f", 0)]
    assert list(searcher.published_in(1999)) == []
    writer = engine.writer(folder)
    writer.remove("b")
    writer.commit()
    earlier = article("z", "Sớm hơn", "Bài thêm sau.", day=date(2020, 7, 1))
    assert list(add(engine, folder, earlier).published_in(2020)) == [("a", 20200701), ("z", 20200701), ("c", 20200802)]


def test_the_lexicon_knows_words_spellings_and_names(searcher: Searcher) -> None:
    lexicon = searcher.lexicon
    assert lexicon.frequency("đường") == 3
    assert lexicon.frequency("vắng") == 0
    assert set(lexicon.spellings("mua")) == {"mua", "mưa", "mùa"}
    assert set(lexicon.beginning_with("dan")) == {"dân", "đang", "đảng"}
    assert lexicon.author_names()["đình lâm"] == "Đình Lâm"


def test_the_better_spelling_of_a_name_is_not_the_one_in_capitals(engine: Engine, folder: Path) -> None:
    shouted = Author("ĐÌNH LÂM", LAM.key)
    searcher = fill(
        engine,
        folder,
        article("1", "Một", "x", authors=(shouted,)),
        article("2", "Hai", "x", authors=(shouted,)),
        article("3", "Ba", "x", authors=(LAM,)),
    )
    assert searcher.lexicon.author_names() == {"đình lâm": "Đình Lâm"}
    assert searcher.search(Plan(EVERYTHING), SearchRequest()).counts[facets.AUTHOR] == {"đình lâm": 3}


def test_a_changed_article_replaces_the_old_one_and_a_removed_one_is_gone(
    engine: Engine, folder: Path, searcher: Searcher
) -> None:
    writer = engine.writer(folder)
    writer.add(to_document(article("c", "Nắng ráo", "Trời nắng."), "/archive/c.txt", "new"))
    writer.remove("d")
    writer.remove("never there")
    writer.commit()
    after = engine.searcher(folder)
    assert after.article_count() == 5
    assert ids(ask(after, "nắng")) == ["c"]
    assert ask(after, "mưa").total == 0
    assert after.article("d") is None
    assert ids(ask(searcher, "mưa")) == ["c"], "an open searcher goes on answering from its own state"


def test_an_id_given_twice_to_one_writer_is_refused(engine: Engine, folder: Path) -> None:
    engine.create(folder)
    writer = engine.writer(folder)
    document = to_document(article("a", "Một", "x"), "/a", "1")
    writer.add(document)
    with pytest.raises(ValueError, match="already"):
        writer.add(document)
    writer.cancel()


def test_nothing_shows_before_the_commit_or_after_a_cancel(engine: Engine, folder: Path) -> None:
    fill(engine, folder, ARCHIVE[0])
    writer = engine.writer(folder)
    writer.add(to_document(ARCHIVE[1], "/b", "1"))
    assert engine.searcher(folder).article_count() == 1
    writer.cancel()
    assert engine.searcher(folder).article_count() == 1


def test_an_empty_index_answers_with_nothing(engine: Engine, folder: Path) -> None:
    engine.create(folder)
    empty = engine.searcher(folder)
    matches = ask(empty, "đường")
    assert (matches.total, matches.page, empty.article_count()) == (0, (), 0)


def test_an_index_as_it_was_written_has_nothing_wrong_with_it(engine: Engine, folder: Path) -> None:
    fill(engine, folder, *ARCHIVE)
    assert [*engine.searcher(folder).verify()] == []


# Whoosh leaves the file it could not read to the garbage collector, which complains.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_damaged_whoosh_index_is_called_damaged(tmp_path: Path) -> None:
    engine = WhooshEngine()
    fill(engine, tmp_path, *ARCHIVE)
    for path in tmp_path.iterdir():
        path.write_bytes(path.read_bytes()[:20])
    with pytest.raises(IndexDamaged):
        engine.searcher(tmp_path)


# -- authors that are one

ONE = read_merges("Đình Lâm = Thu Hòa").merges
ANY = SearchRequest()


def test_an_article_by_two_who_are_one_counts_once(searcher: Searcher) -> None:
    found = searcher.merging(ONE).search(Plan(EVERYTHING), ANY)
    assert found.counts["author"] == {"đình lâm": 3, "văn kỳ": 2}
    alone = SearchRequest(author=Choice(("đình lâm",)))
    assert set(ids(searcher.merging(ONE).search(Plan(EVERYTHING), alone))) == {"a", "b", "c"}


@pytest.mark.parametrize("key", ["đình lâm", "thu hoà"])
def test_each_key_of_an_author_means_them_all(searcher: Searcher, key: str) -> None:
    merged = searcher.merging(ONE)
    chosen, excluded = SearchRequest(author=Choice((key,))), SearchRequest(author=Choice(exclude=(key,)))
    without = Plan(AllOf((NoneOf((ByAuthor((key,)),)),)))
    assert set(ids(merged.search(Plan(EVERYTHING), chosen))) == {"a", "b", "c"}
    assert set(ids(merged.search(Plan(EVERYTHING), excluded))) == {"d", "e", "f"}
    assert set(ids(merged.search(Plan(ByAuthor((key,))), ANY))) == {"a", "b", "c"}
    assert set(ids(merged.search(without, ANY))) == {"d", "e", "f"}
    tiers = Plan(EVERYTHING, tiers=(ByAuthor((key,)),))
    assert set(ids(merged.search(tiers, ANY))[:3]) == {"a", "b", "c"}
    most = Plan(MostOf((Spellings(("mưa",)),), required=(ByAuthor((key,)),)))
    assert ids(merged.search(most, ANY)) == ["c"]
    assert merged.count(ByAuthor((key,)), ANY) == merged.count(EVERYTHING, chosen) == 3


def test_authors_who_are_one_have_one_name_and_every_key(searcher: Searcher) -> None:
    called = searcher.merging(read_merges("Lâm Hòa = ĐÌNH LÂM = Thu Hòa = Vắng Mặt").merges)
    assert called.lexicon.author_names() == {"lâm hoà": "Lâm Hòa", "văn kỳ": "Văn Kỳ"}
    group = dict.fromkeys(["lâm hoà", "đình lâm", "thu hoà", "vắng mặt"], "lâm hoà")
    assert called.lexicon.author_keys() == {**group, "văn kỳ": "văn kỳ"}
    assert called.search(Plan(EVERYTHING), ANY).counts["author"] == {"lâm hoà": 3, "văn kỳ": 2}
    nobody = searcher.merging(read_merges("Vắng Mặt = Vắng Tiếng").merges)
    assert nobody.lexicon.author_names() == searcher.lexicon.author_names()
    assert nobody.lexicon.author_keys() == searcher.lexicon.author_keys()


def test_a_merged_searcher_leaves_the_one_it_came_from_and_the_articles_as_they_are(searcher: Searcher) -> None:
    before = searcher.search(Plan(EVERYTHING), ANY).counts
    merged = searcher.merging(ONE)
    assert searcher.search(Plan(EVERYTHING), ANY).counts == before
    assert searcher.lexicon.author_names()["thu hoà"] == "Thu Hòa"
    found = merged.article("b")
    assert found
    assert found.authors == (LAM, HOA)


# -- the same answers from both, whatever the archive and the question

SYLLABLES = st.sampled_from(
    "xây dựng đảng đang dang xay con còn người cọn mua mưa mùa hòa hoà thủy 2020 covid-19 tp.hcm.".split()
)
TEXTS = st.lists(SYLLABLES, min_size=1, max_size=8).map(" ".join)
DAYS = st.none() | st.dates(date(2019, 11, 1), date(2020, 3, 1))
AUTHORS = st.lists(st.sampled_from([LAM, HOA, KY]), unique=True, max_size=2).map(tuple)
BODIES = st.lists(TEXTS, max_size=3)


@st.composite
def archives(draw: st.DrawFn) -> tuple[Article, ...]:
    count = draw(st.integers(1, 7))
    return tuple(
        article(
            str(n),
            draw(TEXTS),
            *draw(BODIES),
            authors=draw(AUTHORS),
            day=draw(DAYS),
            section=draw(st.sampled_from(["", "Chính trị", "Kinh tế", "KINH TẾ"])),
            source=draw(st.sampled_from(["", "Báo Bến", "Báo bến", "TTXVN"])),
        )
        for n in range(count)
    )


CHOICES = st.builds(
    Choice,
    st.lists(st.sampled_from(["đình lâm", "thu hoà"]), max_size=1).map(tuple),
    st.lists(st.sampled_from(["văn kỳ", "đình lâm"]), max_size=1).map(tuple),
)
MERGES = st.sampled_from(["", "Đình Lâm = Văn Kỳ", "Thu Hòa = Đình Lâm = Vắng", "Vắng = Thu Hòa"]).map(
    lambda text: read_merges(text).merges
)
YEARS = st.builds(
    Choice,
    st.lists(st.sampled_from(["2019", "2020"]), max_size=1).map(tuple),
    st.lists(st.sampled_from(["2019"]), max_size=1).map(tuple),
)
SECTIONS = st.builds(
    Choice,
    st.lists(st.sampled_from(["chính trị", "kinh tế", ""]), max_size=1).map(tuple),
    st.lists(st.sampled_from(["kinh tế", "vắng"]), max_size=1).map(tuple),
)
SOURCES = st.builds(Choice, st.lists(st.just("báo bến"), max_size=1).map(tuple))
REQUESTS = st.builds(
    SearchRequest,
    author=CHOICES,
    section=SECTIONS,
    source=SOURCES,
    year=YEARS,
    since=st.none() | st.just(date(2019, 12, 1)),
    until=st.none() | st.just(date(2020, 2, 1)),
    sort=st.sampled_from(Sort),
    page_size=st.just(5),
)


@st.composite
def queries(draw: st.DrawFn) -> str:
    words = draw(st.lists(SYLLABLES, min_size=1, max_size=4))
    shape: Callable[[str], str] = draw(
        st.sampled_from(
            [
                str,
                lambda q: f"{q} tác giả:lâm",
                lambda q: f'"{q}"',
                lambda q: f'"{q}"~3',
                lambda q: f'tiêu đề:"{q}"~2 OR -"{q}"~1',
                lambda q: q.replace(" ", " OR "),
                lambda q: f"{q} -còn",
                lambda q: f"tiêu đề:{q}",
                lambda q: f"{q[:2]}*",
            ]
        )
    )
    return shape(" ".join(words))


@pytest.fixture(scope="module")
def scratch() -> Iterator[Path]:
    with TemporaryDirectory() as name:
        yield Path(name)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(archives(), archives(), st.lists(queries(), min_size=1, max_size=4), REQUESTS, MERGES)
def test_every_engine_gives_the_answer_of_the_reference(
    scratch: Path,
    first: tuple[Article, ...],
    second: tuple[Article, ...],
    texts: list[str],
    request: SearchRequest,
    merges: Merges,
) -> None:
    """Same articles, order, scores and counts, after additions, changes and removals, whichever authors are one."""
    memory, whoosh = MemoryEngine(), WhooshEngine(writer_memory_mb=16)
    with TemporaryDirectory(dir=scratch) as name:
        searchers = []
        for engine in (memory, whoosh):
            fill(engine, Path(name), *first)
            add(engine, Path(name), *second[1:])
            writer = engine.writer(Path(name))
            writer.remove("0")
            writer.commit()
            searchers.append(engine.searcher(Path(name)).merging(merges))
        assert searchers[0].lexicon.author_keys() == searchers[1].lexicon.author_keys()
        for text in texts:
            answers = [ask(each, text, request) for each in searchers]
            assert_same(*answers)
            match = make_plan(parse(text), searchers[0].lexicon).plan.match
            if not isinstance(match, MostOf):
                assert [each.count(match, request) for each in searchers] == [each.total for each in answers]
            relaxed = make_plan(parse(text), searchers[0].lexicon).relaxed
            if relaxed:
                assert_same(*(each.search(relaxed, request) for each in searchers))


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(archives(), st.lists(queries(), min_size=1, max_size=3), REQUESTS, MERGES)
def test_merging_and_unmerging_authors_changes_nothing(
    scratch: Path, articles: tuple[Article, ...], texts: list[str], request: SearchRequest, merges: Merges
) -> None:
    with TemporaryDirectory(dir=scratch) as name:
        searcher = fill(WhooshEngine(writer_memory_mb=16), Path(name), *articles)
        before = [ask(searcher, text, request) for text in texts]
        merged = searcher.merging(merges)
        for text in texts:
            ask(merged, text, request)
        undone = merged.merging(NO_MERGES)
        assert [ask(undone, text, request) for text in texts] == before
        assert undone.lexicon.author_names() == searcher.lexicon.author_names()


def assert_same(expected: Matches, found: Matches) -> None:
    assert found.counts == expected.counts
    assert (found.total, found.unfiltered_total) == (expected.total, expected.unfiltered_total)
    assert ids(found) == ids(expected)
    assert [score for _, score in found.page] == pytest.approx([score for _, score in expected.page], abs=2e-6)


# -- of pairs of neighbours


@settings(deadline=None, max_examples=50)
@given(samples.documents(), st.booleans())
def test_whoosh_knows_the_pairs_of_a_small_archive_as_the_reference_does(
    scratch: Path, documents: list[Document], is_one_commit: bool
) -> None:
    middle = len(documents) if is_one_commit else len(documents) // 2
    history: list[tuple[list[Document], list[str]]] = [(documents[:middle], []), (documents[middle:], [])]
    with TemporaryDirectory(dir=scratch) as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(merging, "GROWTH", 1000)
        expected, found = (after_commits(engine, Path(name), history) for engine in (MemoryEngine(), WhooshEngine()))
        assert_same_words(expected, found)
        assert_pairs_between(expected.lexicon, expected.lexicon, found.lexicon)
        assert found.lexicon.distinct_pairs() == expected.lexicon.distinct_pairs()
        for term in TERMS:
            assert found.lexicon.company(term) == expected.lexicon.company(term)


# -- and the same answers to any plan, of an index in many segments

HISTORIES = st.lists(
    st.tuples(samples.documents(smallest=0), st.lists(st.sampled_from("abcdefghij"), max_size=3)),
    min_size=1,
    max_size=4,
)
"""Commits: what is added or changed, and what is then removed."""

QUESTIONS = st.lists(st.tuples(samples.ALL_PLANS, samples.REQUESTS), min_size=1, max_size=8)


@pytest.fixture(scope="module", params=["merged", "apart"])
def many_segments(request: pytest.FixtureRequest) -> Iterator[None]:
    """A segment holds three articles at most, and pairs; either all are merged that fit together, or none.

    Bonuses are given to so few that they end within a page.
    """
    with samples.small_steps() as patch:
        patch.setattr(ranking, "RESCORED", 3)
        for module in (batch, merging):
            patch.setattr(module, "SEGMENT_LIMIT", 3)
        patch.setattr(merging, "SMALL_WORK", 10**6 if request.param == "merged" else 0)
        patch.setattr(merging, "SHARE_OF_NEW", 0)
        yield


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(HISTORIES, QUESTIONS)
@pytest.mark.usefixtures("many_segments")
def test_whoosh_answers_any_plan_as_the_reference_does(
    scratch: Path,
    history: list[tuple[list[Document], list[str]]],
    questions: list[tuple[Plan, SearchRequest]],
) -> None:
    with TemporaryDirectory(dir=scratch) as name:
        expected, found = (
            after_commits(engine, Path(name), history) for engine in (MemoryEngine(), WhooshEngine(writer_memory_mb=16))
        )
        assert_same_words(expected, found)
        ever_added = MemoryLexicon(document for added, _ in history for document in added)
        assert_pairs_between(expected.lexicon, ever_added, found.lexicon)
        for plan, request in questions:
            assert_counts_what_is_found((expected, found), plan, request)
            assert_same(expected.search(plan, request), found.search(plan, request))
            assert_counts_what_is_found((expected, found), plan, request)
            assert_same_weighings(expected, found, plan)


def assert_counts_what_is_found(searchers: Iterable[Searcher], plan: Plan, request: SearchRequest) -> None:
    """Of every clause of a plan that an archive may be asked to count, whether or not it was searched before."""
    clauses = {*plan.tiers, *([] if isinstance(plan.match, MostOf) else [plan.match])}
    for searcher in searchers:
        for clause in clauses:
            assert searcher.count(clause, request) == searcher.search(Plan(clause), request).total


def after_commits(engine: Engine, folder: Path, history: list[tuple[list[Document], list[str]]]) -> Searcher:
    engine.create(folder)
    for added, removed in history:
        samples.commit(engine, folder, added, removed)
    return engine.searcher(folder)


TERMS = (*samples.WORDS, "vắng", PASSAGE_BREAK)


def assert_pairs_between(least: Lexicon, most: Lexicon, found: Lexicon) -> None:
    """Pairs in articles that are there count, those in articles that were removed may; parts may be asked one by one
    how many different ones there are."""
    counts = found.pair_counts(TERMS, TERMS)
    assert (least.pair_counts(TERMS, TERMS) <= counts).all()
    assert (counts <= most.pair_counts(TERMS, TERMS)).all()
    assert 1 <= found.distinct_pairs() <= most.distinct_pairs()
    for term in TERMS:
        lowest, company, highest = (each.company(term) for each in (least, found, most))
        assert lowest.followed <= company.followed <= highest.followed
        assert (lowest.followers > 0) <= company.followers <= highest.followers
        assert (lowest.predecessors > 0) <= company.predecessors <= highest.predecessors


def assert_same_weighings(expected: Searcher, found: Searcher, plan: Plan) -> None:
    clauses = [*texts_in(plan.match), *(bonus.clause for bonus in plan.bonuses)]
    for article_id, _ in expected.holdings():
        weighed, reference = found.weigh(clauses, article_id), expected.weigh(clauses, article_id)
        assert weighed is not None
        assert reference is not None
        assert np.array(weighed).ravel().tolist() == pytest.approx(np.array(reference).ravel().tolist())


def assert_same_words(expected: Searcher, found: Searcher) -> None:
    assert found.article_count() == expected.article_count()
    assert dict(found.holdings()) == dict(expected.holdings())
    assert sorted(found.ids()) == sorted(expected.ids())
    assert found.lexicon.author_names() == expected.lexicon.author_names()
    for compound in (*samples.COMPOUNDS, "vắng_mặt"):
        assert found.lexicon.compound_frequency(compound) == expected.lexicon.compound_frequency(compound)
    for term in TERMS:
        assert found.lexicon.frequency(term) == expected.lexicon.frequency(term)
        assert found.lexicon.spellings(fold(term)) == expected.lexicon.spellings(fold(term))
        for prefix in ("", fold(term)[:1], fold(term)[:2]):
            assert found.lexicon.beginning_with(prefix) == expected.lexicon.beginning_with(prefix)


# -- and of large segments with deletions, long articles and frequent words


@pytest.fixture(scope="module")
def large() -> Iterator[tuple[Searcher, Searcher]]:
    """The reference's and Whoosh's searcher of 700 articles in three segments, two of them with deletions.

    One article is longer than 16 bits count, and one has a word more often than 8 bits count.
    """
    long = samples.document("long", "mưa", "xây dựng " * 33_000 + "¶ đảng covid-19", "xây_dựng")
    often = samples.document("often", "mưa mưa", "mưa hoà " * 150 + "mưa " * 300 + "đảng")
    first = [*samples.sample(500), long, often]
    removed = [f"id-{number:04d}" for number in range(0, 500, 7)]
    history = [
        (first, []),
        (samples.sample(30, seed=1, first=100), removed),
        (samples.sample(200, first=500), ["id-0550"]),
    ]
    with TemporaryDirectory() as name, samples.small_steps() as patch:
        patch.setattr(ranking, "RESCORED", 50)
        patch.setattr(merging, "SMALL_WORK", 0)
        patch.setattr(merging, "SHARE_OF_NEW", 0)
        memory = after_commits(MemoryEngine(), Path(name), history)
        assert isinstance(memory, MemorySearcher)
        memory._frequency = cache(memory._frequency)  # type: ignore[method-assign]  # else it takes minutes
        memory._text_scores = cache(memory._text_scores)  # type: ignore[method-assign]
        yield memory, after_commits(WhooshEngine(), Path(name), history)


@settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(samples.ALL_PLANS, samples.REQUESTS, st.sampled_from([1, 7, 40, 300]))
def test_large_segments_give_the_answers_of_the_reference(
    large: tuple[Searcher, Searcher], plan: Plan, request: SearchRequest, page_size: int
) -> None:
    expected, found = (each.search(plan, replace(request, page_size=page_size)) for each in large)
    assert_same(expected, found)
    assert_counts_what_is_found(large, plan, request)


@pytest.mark.parametrize("plan", samples.PLANS, ids=lambda plan: type(plan.match).__name__)
def test_every_kind_of_plan_gives_the_answers_of_the_reference(large: tuple[Searcher, Searcher], plan: Plan) -> None:
    for request in (SearchRequest(page_size=2000), SearchRequest(page=30, page_size=30, sort=Sort.OLDEST)):
        assert_same(*(each.search(plan, request) for each in large))
        assert_counts_what_is_found(large, plan, request)


def test_an_article_may_have_more_words_than_16_bits_count(large: tuple[Searcher, Searcher]) -> None:
    at_its_end = Near((samples.word("dựng"), samples.word("covid-19")), 3)
    for searcher in large:
        assert "long" in ids(searcher.search(Plan(at_its_end), SearchRequest(page_size=2000)))


NEWS = (
    article("a", "Xây dựng cầu", "Ông Trần Văn Sáu xây dựng cầu ở tỉnh Khánh Hòa."),
    article("b", "Xây nhà", "Bà Trần Thị Bảy xây dựng nhà ở tỉnh Khánh Hoà. Nhà Mới Xây."),
    article("c", "Đường sắt", "Trần Văn Sáu đi đường sắt vì hòa bình."),
)


@pytest.mark.parametrize("at_once", [True, False], ids=["one-segment", "merged-or-several"])
def test_words_and_names_are_given_by_their_beginning(engine: Engine, folder: Path, at_once: bool) -> None:
    searcher = fill(engine, folder, *(NEWS if at_once else NEWS[:1]))
    for each in () if at_once else NEWS[1:]:
        searcher = add(engine, folder, each)

    def begin_with(folded: str, kind: str, limit: int = 10) -> list[tuple[str, int]]:
        found = searcher.lexicon.completions(folded, limit)
        return [(one.text, one.count) for one in found if one.kind == kind]

    assert begin_with("xay d", "word") == [("xây dựng", 2)]
    assert begin_with("hoa b", "word") == [("hòa bình", 1)]
    assert begin_with("khanh h", "place") == [("Khánh Hòa", 2)], "the same in both styles of tone placement"
    assert begin_with("tran ", "person") == [("Trần Văn Sáu", 2), ("Trần Thị Bảy", 1)]
    assert len(searcher.lexicon.completions("tran ", 1)) == 1
    assert [*begin_with("nha m", "person"), *begin_with("nha m", "place")] == [], "nothing says what Nhà Mới Xây is"
    assert begin_with("zz", "word") == []


@settings(max_examples=30, deadline=None)
@given(prefix=st.text("abcdhkntxy ", max_size=4))
def test_engines_complete_alike(completed_by_both: tuple[Searcher, Searcher], prefix: str) -> None:
    one, other = (each.lexicon.completions(prefix, 100) for each in completed_by_both)
    assert one == other


@pytest.fixture(scope="module")
def completed_by_both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Searcher, Searcher]:
    engines = (MemoryEngine(), WhooshEngine())
    one, other = (fill(made, tmp_path_factory.mktemp("news"), *completable()) for made in engines)
    return one, other


def completable() -> tuple[Article, ...]:
    return (*ARCHIVE, *(replace(each, id=f"news-{each.id}") for each in NEWS))
