"""Which question is carried out and what is offered, over archives of a few articles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.syllables import fold, has_marks, iy_variant, refines
from indexer.analysis.tokens import terms_of
from indexer.archive import Archive
from indexer.budget import Budget
from indexer.model import Article, Choice, Notice, Offer, OfferKind, SearchPage, SearchRequest, Stamp
from indexer.notices import FEW_HAVE_ALL, REPLACED
from tests.hostile import QUERIES
from tests.indexer.small_archives import archive_of, ready_synonyms

KHANH_HOA = (*["Khánh Hòa ngày mới"] * 5, "vườn khánh hoa nhỏ")
LONG = "bão số chín vào bờ"
STORMS = ("bão số chín vào bờ đêm nay", "bão số chín đổi hướng", "bão vào bờ")


def ask(archive: Archive, text: str, **filters: object) -> SearchPage:
    return archive.search(SearchRequest(text, page_size=100, **filters))  # type: ignore[arg-type]  # spelled out in each test


def offered(page: SearchPage, *kinds: OfferKind) -> list[tuple[str, int]]:
    return [(offer.text, offer.count) for offer in page.offers if offer.kind in kinds]


def codes(page: SearchPage) -> list[str]:
    return [notice.code for notice in page.notices]


def dated(number: int, text: str, year: int) -> Article:
    return Article(f"{number:03}", "", text, published=Stamp(datetime(year, 5, 4, tzinfo=UTC)))


# -- what is searched instead, and in which order


def test_what_was_typed_is_searched_wherever_it_finds_anything() -> None:
    archive = archive_of("khanhs hoaf", "Khánh Hòa", "đương đầu", *["con đường"] * 9)
    for text in ("khanhs hoaf", "đương", "khanh hoaf"):
        assert ask(archive, text).searched == text


def test_keys_are_read_before_other_spellings_are_tried() -> None:
    archive = archive_of(*["Khánh Hòa"] * 3)
    page = ask(archive, "khanhs hoaf")
    assert (page.searched, codes(page)) == ("khánh hòa", ["keyboard_decoded"])
    assert ask(archive, "khánh hoaf").searched == "khánh hoaf"  # a mark: the input method was on


def test_a_spelling_that_keeps_the_marks_comes_before_none() -> None:
    archive = archive_of(*["mùa lớn"] * 9, "mưa lớn")
    page = ask(archive, "mưa lon")
    assert (page.searched, page.total, codes(page)) == ("mưa lớn", 1, ["spelling_taken"])


def test_marks_are_dropped_where_no_spelling_keeps_them() -> None:
    page = ask(archive_of(*["mưa lớn"] * 3), "mứa lơn")
    assert (page.searched, page.total, codes(page)) == ("mua lon", 3, ["marks_dropped"])


def test_marks_of_a_longer_query_are_never_dropped_most_of_its_words_are_nearer() -> None:
    page = ask(archive_of("mưa lớn ở vùng núi", "ở vùng núi"), "mứa lơn ở vùng núi")
    assert page.searched == "mứa lơn ở vùng núi"
    assert (page.total, codes(page)) == (2, ["missing_words", "most_words"])


def test_marks_are_not_dropped_for_words_that_never_stand_together() -> None:
    page = ask(archive_of("lớn lên trong mưa", "mưa"), "mứa lơn")
    assert page.searched == "mứa lơn"


def test_filters_that_leave_nothing_are_no_reason_to_search_something_else() -> None:
    archive = archive_of(dated(1, "đương đầu", 2020), dated(2, "con đường", 2021))
    page = ask(archive, "đương", year=Choice(("2021",)))
    assert (page.searched, page.total, page.unfiltered_total) == ("đương", 0, 1)


@pytest.mark.parametrize("text", ["khanhs hoaf", "khánh hơa", "khành hóa"])
def test_nothing_is_taken_where_the_request_is_literal(text: str) -> None:
    page = ask(archive_of(*KHANH_HOA), text, literal=True)
    assert page.searched == text
    assert not REPLACED & {*codes(page)}
    assert offered(page, OfferKind.LITERAL) == []


@pytest.mark.parametrize(
    ("text", "taken"), [("khanhs hoaf", "khánh hòa"), ("mưa lon", "mưa lớn"), ("khành hóa", "khanh hoa")]
)
def test_what_is_taken_is_said_once_and_there_is_one_way_back(text: str, taken: str) -> None:
    page = ask(archive_of(*KHANH_HOA, "mưa lớn"), text)
    assert [notice for notice in page.notices if notice.code in REPLACED] == [page.notices[0]]
    assert page.notices[0].values == {"typed": text, "searched": taken}
    assert page.offers[0] == Offer(OfferKind.LITERAL, text, 0, literal=True)
    assert offered(page, OfferKind.LITERAL) == [(text, 0)]
    assert taken not in dict(offered(page, OfferKind.CORRECTION, OfferKind.SPELLING))


# -- offers


def test_the_spellings_of_a_query_without_marks_are_chips_the_most_frequent_first() -> None:
    page = ask(archive_of("đường dài", "đường xa", "dương liễu", "Thuy Duong"), "duong")
    assert offered(page, OfferKind.SPELLING) == [("đường", 2), ("dương", 1)]
    assert codes(page) == ["every_spelling"]
    assert offered(page, OfferKind.UNMARKED) == []


def test_spellings_that_find_the_same_are_one_offer() -> None:
    page = ask(archive_of("kỹ thuật in", "kỹ thuật số", "kĩ thuật in"), "ky thuat")
    assert offered(page, OfferKind.SPELLING) == [("kỹ thuật", 3)]


def test_a_spelling_that_finds_the_same_as_the_question_is_no_offer() -> None:
    page = ask(archive_of("bộ vi tính", "bộ vy tính", "bộ vị tính"), "bộ vi tính")
    assert (page.total, offered(page, OfferKind.SPELLING)) == (2, [("bộ vị tính", 1)])


def test_nothing_is_offered_that_finds_no_more_than_the_page_has() -> None:
    page = ask(archive_of("con đường", "đường dài"), "đường")
    assert page.offers == ()


@pytest.mark.parametrize(
    "text", ["duong", "đương", "dương", "khánh hoa", '"khanh hoa"', "con đương OR khánh hoa", "khánh hoa NOT 2020"]
)
@pytest.mark.parametrize("year", [(), ("2020",), ("2020", "2021")])
def test_an_offer_finds_as_many_as_it_says_under_the_same_filters(text: str, year: tuple[str, ...]) -> None:
    texts = ("con đường", "đương đầu", "hàng dương", "còn đường", *KHANH_HOA)
    articles = [dated(number, each, 2019 + number % 3) for number, each in enumerate(texts * 2)]
    archive = archive_of(*articles)
    page = ask(archive, text, year=Choice(year))
    assert page.offers
    for offer in page.offers:
        assert offer.count == ask(archive, offer.text, year=Choice(year)).total > 0


def test_the_next_pages_offer_nothing_but_the_way_back() -> None:
    archive = archive_of(*KHANH_HOA * 3)
    for text in ("khanh hoa", "khánh hoa"):
        assert archive.search(SearchRequest(text, page=2, page_size=2)).offers == ()
    second = archive.search(SearchRequest("khành hóa", page=2, page_size=2))
    assert (second.searched, second.hits[0].id) == ("khanh hoa", ask(archive, "khanh hoa").hits[2].id)
    assert second.offers == (Offer(OfferKind.LITERAL, "khành hóa", 0, literal=True),)


@pytest.mark.parametrize(
    ("wrong", "right", "is_offered"), [(0, 1, True), (1, 99, True), (1, 3, False), (5, 200, True), (6, 200, False)]
)
def test_a_correction_is_offered_only_where_little_is_found_and_it_finds_much_more(
    wrong: int, right: int, is_offered: bool
) -> None:
    page = ask(archive_of(*["sử lý"] * wrong, *["xử lý"] * right), "sử lý")
    assert offered(page, OfferKind.CORRECTION) == ([("xử lý", right)] if is_offered else [])


def test_a_correction_of_a_clean_query_is_never_offered() -> None:
    archive = archive_of(*["xử lý rác"] * 8, "lịch sử")
    assert offered(ask(archive, "lịch sử"), OfferKind.CORRECTION) == []


# -- most of the words


def test_a_long_query_that_few_articles_answer_in_full_brings_those_with_most_and_offers_all_words() -> None:
    archive = archive_of(*STORMS)
    page = ask(archive, LONG)
    assert page.total == 3
    assert page.notices == (Notice(FEW_HAVE_ALL, {"found": "5", "wanted": "5", "least": "3"}),)
    assert page.hits[0].id == "000"
    ((text, count),) = offered(page, OfferKind.ALL_WORDS)
    assert (text, count, ask(archive, text, literal=True).total) == (LONG, 1, 1)


def test_a_long_query_that_a_page_of_articles_answer_in_full_means_all_its_words() -> None:
    page = ask(archive_of(*[LONG] * 10, *STORMS), LONG)
    assert (page.total, codes(page), page.offers) == (11, [], ())


def test_a_query_of_four_words_means_all_of_them() -> None:
    page = ask(archive_of(*STORMS), "bão số vào bờ")
    assert (page.total, codes(page)) == (1, [])


def test_most_of_the_words_is_not_said_where_no_other_article_has_most_of_them() -> None:
    page = ask(archive_of(LONG, "mưa"), LONG)
    assert (page.total, codes(page), page.offers) == (1, [], ())


def test_a_long_query_is_not_offered_without_marks_where_that_finds_no_more_in_full() -> None:
    assert offered(ask(archive_of(*STORMS), LONG), OfferKind.UNMARKED) == []
    more = archive_of(*STORMS, "bão số chín vào bỏ")
    assert offered(ask(more, LONG), OfferKind.UNMARKED) == [(fold(LONG), 2)]


def test_a_long_query_that_finds_enough_in_full_is_not_corrected() -> None:
    archive = archive_of(*["ông sử lý rác thải đó"] * 6, *["ông xử lý rác thải đó"] * 9, "rác thải đó")
    page = ask(archive, "ông sử lý rác thải")
    assert FEW_HAVE_ALL in codes(page)
    assert offered(page, OfferKind.CORRECTION) == []


def test_a_long_query_without_marks_counts_the_articles_with_its_likeliest_spelling() -> None:
    rare = archive_of(*[LONG] * 9, *["bảo sở chìn vao bợ"] * 9)
    assert FEW_HAVE_ALL not in codes(ask(archive_of(*[LONG] * 10, "bão số chín"), fold(LONG)))
    assert ask(rare, fold(LONG)).total == 18


# -- time that is up


@pytest.mark.parametrize("text", ["khánh hoa", "duong", "mưa lon", "khanhs hoaf", LONG, "sử lý"])
def test_when_time_is_up_there_is_an_answer_and_no_offer_but_the_way_back(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.archive.Budget", lambda _: Budget(-1.0))  # it ran out just now
    archive = archive_of(*KHANH_HOA, *STORMS, "con đường", "mưa lớn", *["xử lý rác"] * 9)
    page = ask(archive, text)
    assert page.searched in (text, "khánh hòa")
    assert {offer.kind for offer in page.offers} <= {OfferKind.LITERAL}
    assert page.total


# -- whatever is typed

SYLLABLES = ("dương", "đường", "duong", "con", "còn", "nguoi", "người", "hòa", "hoa", "kỹ", "kĩ", "ky", "hoaf", "HĐND")
TEXTS = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=6).map(" ".join)
ARCHIVES = st.lists(TEXTS, max_size=6)
SIGNS = (*SYLLABLES, '"', "OR", "-", "(", ")", "tiêu đề:", "tác giả:", "ngày:2020", "con*", "h?a", '"con người"~3')
ANYTHING = st.text(max_size=30) | st.lists(st.sampled_from(SIGNS), max_size=9).map(" ".join) | st.sampled_from(QUERIES)


@settings(deadline=None, max_examples=150)
@given(ARCHIVES, ANYTHING, st.booleans(), st.integers(1, 2))
def test_any_text_gets_an_answer_and_offers_that_find_something(
    texts: Sequence[str], typed: str, literal: bool, number: int
) -> None:
    archive = archive_of(*texts, synonyms=ready_synonyms)
    page = archive.search(SearchRequest(typed, literal=literal, page=number))
    assert len({(offer.kind, offer.text) for offer in page.offers}) == len(page.offers)
    assert all(offer.count > 0 or offer.kind is OfferKind.LITERAL for offer in page.offers)
    assert not literal or not REPLACED & {*codes(page)}


@settings(deadline=None, max_examples=150)
@given(ARCHIVES, TEXTS, st.sampled_from(["{}", '"{}"']))
def test_a_spelling_keeps_every_mark_typed(texts: Sequence[str], typed: str, form: str) -> None:
    page = ask(archive_of(*texts), form.format(typed))
    taken = any(notice.code == "spelling_taken" for notice in page.notices)
    for before, after in (
        *((page.searched, text) for text, _ in offered(page, OfferKind.SPELLING)),
        *([(typed, page.searched)] if taken else []),
    ):
        assert all(map(keeps_marks, terms_of(after), terms_of(before)))
        assert len(terms_of(after)) == len(terms_of(before))


def keeps_marks(term: str, typed: str) -> bool:
    """i and y are one in a word without marks."""
    return refines(term, typed) or (not has_marks(typed) and fold(iy_variant(term) or "") == typed)


@settings(deadline=None, max_examples=100)
@given(ARCHIVES, st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=4).map(" ".join))
def test_marks_typed_are_obeyed_by_what_is_found(texts: Sequence[str], typed: str) -> None:
    """Of a query whose words are all found, in whatever archive."""
    page = ask(archive_of(*texts), typed, literal=True)
    if has_marks(typed) and "most_words" not in codes(page):
        wanted = {*terms_of(typed)}
        held = [{*terms_of(text)} | {iy_variant(term) for term in terms_of(text)} for text in texts]
        assert page.total == sum(wanted <= terms for terms in held)


@settings(deadline=None, max_examples=100)
@given(ARCHIVES, st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=4).map(" ".join))
def test_a_short_offer_finds_as_many_as_it_says(texts: Sequence[str], typed: str) -> None:
    archive = archive_of(*texts, synonyms=ready_synonyms)
    for offer in ask(archive, typed).offers:
        if offer.kind is not OfferKind.LITERAL:
            assert offer.count == ask(archive, offer.text).total


def test_what_was_typed_fills_the_first_page_before_what_means_the_same() -> None:
    def best(typed: int) -> list[str]:
        texts = (*["một tỷ đồng cho cây cầu nhỏ bắc qua sông"] * typed, *["tỉ tỉ tỉ"] * 3, *["không có"] * 99)
        hits = archive_of(*texts).search(SearchRequest("tỷ", page_size=10)).hits
        return [texts[int(hit.id)] for hit in hits]

    assert "tỉ tỉ tỉ" not in best(10)
    assert best(9)[0] == "tỉ tỉ tỉ"


@pytest.mark.parametrize(("text", "told"), [("UBND", ["other_names"]), ('"UBND"', []), ("thành phố", [])])
def test_what_else_an_abbreviation_is_searched_as_is_said(text: str, told: list[str]) -> None:
    archive = archive_of("UBND xã", "Ủy ban nhân dân xã", "thành phố", synonyms=ready_synonyms)
    page = ask(archive, text)
    assert [code for code in codes(page) if code == "other_names"] == told
    assert all("Ủy ban nhân dân".lower() in notice.values["names"] for notice in page.notices)


# -- what is quoted

FERRIES = (
    "bến đò đêm mưa có khách",
    "bến đò vắng",
    "đò chìm ở bến khác, cứu nạn khách trong đêm mưa",
    "cứu nạn khách chìm đò trong đêm mưa",
)


def found(archive: Archive, text: str) -> set[str]:
    return {FERRIES[int(hit.id)] for hit in ask(archive, text).hits}


@pytest.mark.parametrize("quoted", ['"bến đò"', "“BẾN ĐÒ”", '"đò bến"~1', '("bến đò" OR "đò vắng")'])
def test_what_is_quoted_is_required_of_a_long_query_too(quoted: str) -> None:
    page = ask(archive_of(*FERRIES), f"chìm {quoted} khách cứu nạn đêm mưa")
    assert [FERRIES[int(hit.id)] for hit in page.hits] == [FERRIES[0]]
    assert codes(page) == ["most_words", "bound_kept"]
    assert page.notices[0].values["wanted"] == "6", "the loose words alone are counted"


def test_a_quoted_word_is_required_even_if_it_stands_there_without_quotes_as_well() -> None:
    archive = archive_of(*FERRIES)
    assert found(archive, 'vắng khách cứu nạn đêm mưa "vắng"') == {FERRIES[1]}


@pytest.mark.parametrize("bound", ["tiêu đề:bến", "-đò", "ngày:2020", "tác giả:kỳ", "(cá OR tôm)"])
def test_fields_dates_exclusions_and_choices_are_required_of_a_long_query(bound: str) -> None:
    page = ask(archive_of(*FERRIES), f"chìm khách cứu nạn đêm mưa {bound}")
    assert page.total == 0


def test_where_no_other_word_stands_with_what_is_quoted_it_is_found_alone_and_that_is_said() -> None:
    archive = archive_of(*FERRIES)
    for text in ('"bến đò" chìm', '"bến đò" chìm cứu nạn', '"bến đò" vàng bạc đá quý hiếm'):
        page = ask(archive, text)
        assert {FERRIES[int(hit.id)] for hit in page.hits} == set(FERRIES[:2])
        assert [notice.values for notice in page.notices if notice.code == "bound_alone"] == [{"asked": '"bến đò"'}]
    assert ask(archive, "-đò chìm").total == 0, "to exclude asks for nothing"


def test_a_phrase_that_stands_nowhere_is_named_and_never_taken_apart_unasked() -> None:
    archive = archive_of(*FERRIES)
    page = ask(archive, '"khách mưa" cứu nạn đò chìm bến')
    assert (page.total, page.searched) == (0, '"khách mưa" cứu nạn đò chìm bến')
    assert [notice.values for notice in page.notices if notice.code == "missing_phrase"] == [{"asked": '"khách mưa"'}]
    ((text, count),) = offered(page, OfferKind.UNQUOTED)
    assert text == "khách mưa cứu nạn đò chìm bến"
    assert count == ask(archive, text).total > 0


def test_to_leave_the_quotes_out_is_offered_only_where_that_finds_something() -> None:
    archive = archive_of(*FERRIES)
    assert offered(ask(archive, '"bến đò" khách'), OfferKind.UNQUOTED) == []
    assert offered(ask(archive, '"tàu bay" -"bến đò"'), OfferKind.UNQUOTED) == []
    assert offered(ask(archive, '"mưa đêm" -"bến đò"'), OfferKind.UNQUOTED) == [('mưa đêm -"bến đò"', 2)]


def test_words_that_were_quoted_are_no_operators_without_quotes() -> None:
    archive = archive_of("mưa", "or", "or mưa")
    assert offered(ask(archive, '"mưa OR"'), OfferKind.UNQUOTED) == [("mưa or", 1)]
