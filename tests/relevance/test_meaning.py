"""What a reader means, case by case, over the sample archive: marks, spellings, abbreviations, keys, corrections.

What an article holds is known here by reading all of them (`holding`), never by asking the archive.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from indexer.analysis.canonical import canonical
from indexer.analysis.syllables import fold
from indexer.analysis.tokens import terms_of
from indexer.archive import Archive
from indexer.documents import to_document
from indexer.engines.memory import MemoryEngine
from indexer.model import Article, Offer, OfferKind, SearchPage, SearchRequest
from tests.bench.wordings import flip_tones
from tests.relevance.conftest import Ask, Holding
from tests.relevance.test_golden_order import QUERIES


def ids(page: SearchPage) -> list[str]:
    return [hit.id for hit in page.hits]


def lit_words(page: SearchPage) -> set[str]:
    """Everything that is lit in titles and snippets, as terms."""
    lit = [hit.title[start:end] for hit in page.hits for start, end in hit.title_matches]
    lit += [each.text[start:end] for hit in page.hits for each in hit.snippets for start, end in each.matches]
    return {term for text in lit for term in terms_of(text)}


def same(one: str, other: str) -> bool:
    """Whether two texts ask for the same terms."""
    return terms_of(canonical(one)) == terms_of(canonical(other))


def offered(page: SearchPage, kind: OfferKind) -> list[Offer]:
    return [offer for offer in page.offers if offer.kind is kind]


# -- marks are a promise


@pytest.mark.parametrize(
    "text",
    [
        *("đường", "dương", "đương", "mưa", "mùa", "con người", "còn người", "hàng dương", "giá đường"),
        *("xây dựng Đảng", "đang xây dựng", "đương đầu", "hòa giải"),
    ],
)
def test_a_marked_query_brings_what_holds_it_as_it_is_spelled_and_nothing_else(
    ask: Ask, holding: Holding, text: str
) -> None:
    page = ask(text)
    assert set(ids(page)) == holding(text)
    assert page.total == page.unfiltered_total == len(page.hits)
    assert sum(year.count for year in page.facets["year"]) == sum(hit.published is not None for hit in page.hits)
    assert lit_words(page) <= set(terms_of(text))


@pytest.mark.parametrize("text", ["đương", "khánh hoa", "con người", "dương", "xây dung"])
def test_what_the_marks_left_out_is_offered_with_its_count(ask: Ask, text: str) -> None:
    page = ask(text)
    for offer in page.offers:
        assert offer.count == ask(offer.text, literal=offer.literal).total > 0
    (unmarked,) = offered(page, OfferKind.UNMARKED)
    assert (unmarked.text.lower(), unmarked.count > page.total) == (fold(text), True)


@pytest.mark.parametrize(
    ("text", "better"),
    [("đương", "đường"), ("khánh hoa", "khánh hòa"), ("xây dung", "xây dựng"), ("hoà giai", "hoà giải")],
)
def test_a_spelling_with_every_typed_mark_and_more_is_offered(ask: Ask, text: str, better: str) -> None:
    first, *_ = offered(ask(text), OfferKind.SPELLING)
    assert same(first.text, better)


@pytest.mark.parametrize("text", QUERIES.values())
def test_the_list_of_an_offer_holds_as_many_articles_as_it_says(ask: Ask, text: str) -> None:
    offers = [offer for offer in ask(text).offers if offer.kind is not OfferKind.LITERAL]
    assert [offer.count for offer in offers] == [ask(offer.text, literal=offer.literal).total for offer in offers]


def archive_of(texts: Iterable[str]) -> Archive:
    engine, folder = MemoryEngine(), Path("meant")
    engine.create(folder)
    writer = engine.writer(folder)
    for number, text in enumerate(texts):
        writer.add(to_document(Article(str(number), "", "", (text,)), "", ""))
    writer.commit()
    return Archive(engine.searcher(folder), "b")


def test_words_that_are_found_but_hardly_side_by_side_are_corrected_to_those_that_are() -> None:
    found = ["Lịch sử và quản lý."] * 9
    told = archive_of([*found, *["Xử lý rác."] * 101]).search(SearchRequest("sử lý"))
    assert (told.total, told.notices) == (9, ())
    assert Offer(OfferKind.CORRECTION, "xử lý", 101) in told.offers
    for rare in (["Xử lý rác."] * 99, ["Xử lý rác."] * 101 + ["Sử lý luận."] * 9):
        assert not offered(archive_of([*found, *rare]).search(SearchRequest("sử lý")), OfferKind.CORRECTION)


def test_an_abbreviation_is_not_taken_for_a_slip(ask: Ask) -> None:
    page = ask("ĐH")
    assert page.total == 1
    assert not offered(page, OfferKind.CORRECTION)
    assert offered(ask("ĐB"), OfferKind.CORRECTION), "which stands for nothing"


def test_the_name_of_an_author_is_not_spelled_otherwise(ask: Ask) -> None:
    page = ask("tác giả:Thảo Ly")
    assert page.total
    assert not offered(page, OfferKind.SPELLING)


def test_a_far_fetched_spelling_is_not_offered(ask: Ask, holding: Holding) -> None:
    assert holding("xây dựng đăng")
    texts = [offer.text for offer in offered(ask("xay dung dang"), OfferKind.SPELLING)]
    assert texts[:2] == ["xây dựng đảng", "xây dựng đang"]
    assert "xây dựng đăng" not in texts


@pytest.mark.parametrize("text", ["nguoi dan hai ben song dem tung nhip", "người dân hai bên sông đem từng nhip"])
def test_of_a_long_query_no_more_than_the_likeliest_spelling_is_offered(ask: Ask, text: str) -> None:
    assert len(offered(ask(text), OfferKind.SPELLING)) <= 1


def test_a_spelling_that_lacks_a_typed_mark_is_not_offered_as_one(ask: Ask) -> None:
    texts = {offer.text for text in ("đường", "còn người") for offer in offered(ask(text), OfferKind.SPELLING)}
    assert not any(same(text, other) for text in texts for other in ("đương", "dương", "con người"))


@pytest.mark.parametrize(
    ("text", "taken"), [("mưa lon", "mưa lớn"), ("đuong", "đường"), ("cá voi mac can", "cá voi mắc cạn")]
)
def test_when_the_reading_finds_nothing_the_best_spelling_is_taken_and_there_is_a_way_back(
    ask: Ask, text: str, taken: str
) -> None:
    page = ask(text)
    assert same(page.searched, taken)
    assert ids(page) == ids(ask(taken))
    assert page.notices
    assert [offer.text for offer in offered(page, OfferKind.LITERAL)] == [text]
    assert same(ask(text, literal=True).searched, text)


# -- no marks at all


@pytest.mark.parametrize(
    ("text", "likeliest"),
    [
        ("khanh hoa", "khánh hòa"),
        ("xay dung dang", "xây dựng đảng"),
        ("duong sat", "đường sắt"),
        ("hoa giai", "hòa giải"),
        ("tau ca", "tàu cá"),
    ],
)
def test_of_an_unmarked_query_the_likeliest_spelling_stands_above_the_rest(
    ask: Ask, holding: Holding, text: str, likeliest: str
) -> None:
    found, likely = ids(ask(text)), holding(likeliest)
    assert likely <= set(found)
    assert set(found[: len(likely | holding(text))]) == likely | holding(text)


@pytest.mark.parametrize("text", ["mua", "ca", "hang"])
def test_the_literal_spelling_of_an_unmarked_query_is_not_buried(ask: Ask, holding: Holding, text: str) -> None:
    """At most one spelling, the likeliest, shares the top with it."""
    found, literal = ids(ask(text)), holding(text)
    last = max(found.index(article) for article in literal)
    spellings = {term for term in lit_words(ask(text)) if term != text}
    assert any(set(found[: last + 1]) <= literal | holding(other) for other in spellings)


@pytest.mark.parametrize("text", ["duong", "mua", "con nguoi"])
def test_the_spellings_of_an_unmarked_query_are_offered_with_their_counts(
    ask: Ask, holding: Holding, text: str
) -> None:
    offers = offered(ask(text), OfferKind.SPELLING)
    assert len(offers) >= 2
    for offer in offers:
        assert fold(offer.text.lower()) == text
        assert offer.count == len(holding(offer.text))
    counts = [offer.count for offer in offers]
    assert counts == sorted(counts, reverse=True)


# -- the same thing, spelled otherwise

REWRITTEN: dict[str, Callable[[str], str]] = {
    "lower": str.lower,
    "upper": str.upper,
    "flipped": flip_tones,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "eth": lambda text: text.replace("Đ", "\u00d0").replace("đ", "\u0256"),
    "zero width": "\u200b".join,
}


@pytest.mark.parametrize("rewritten", REWRITTEN)
def test_case_tone_placement_and_unicode_change_nothing(ask: Ask, rewritten: str) -> None:
    texts = [text for name, text in QUERIES.items() if not name.startswith("syntax")]  # whose capitals are operators
    assert not [text for text in texts if ids(ask(REWRITTEN[rewritten](text))) != ids(ask(text))]


@pytest.mark.parametrize("text", ["cầu hoặc phà", "mưa hoặc nắng ở đồng mây"])
def test_hoac_is_a_word_like_others_where_all_is_in_capitals(ask: Ask, text: str) -> None:
    assert ids(ask(text.upper())) == ids(ask(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kỹ thuật", "kĩ thuật"),
        ("kỹ năng", "kĩ năng"),
        ("bác sỹ", "bác sĩ"),
        ("mỹ thuật", "mĩ thuật"),
        ("tỷ lệ", "tỉ lệ"),
        ("quý nhất", "quí nhất"),
    ],
)
def test_i_and_y_find_each_other(ask: Ask, holding: Holding, one: str, other: str) -> None:
    assert set(ids(ask(one))) == set(ids(ask(other))) == holding(one) | holding(other)


def test_i_and_y_are_two_letters_where_orthography_says_so(ask: Ask, holding: Holding) -> None:
    assert set(ids(ask("thuỷ"))) == holding("thuỷ")
    assert set(ids(ask("mía"))) == holding("mía")


CITY = ("TP.HCM", "TP HCM", "TPHCM", "TP. HCM", "tp.hcm", "thành phố Hồ Chí Minh")


def test_all_names_of_the_city_are_one(ask: Ask, holding: Holding) -> None:
    expected = holding("TP.HCM") | holding("thành phố Hồ Chí Minh", phrase=True)
    assert {text: set(ids(ask(text))) for text in CITY} == dict.fromkeys(CITY, expected)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("HĐND", "hội đồng nhân dân"),
        ("UBND", "ủy ban nhân dân"),
        ("BHXH", "bảo hiểm xã hội"),
        ("BHYT", "bảo hiểm y tế"),
        ("CSGT", "cảnh sát giao thông"),
        ("THPT", "trung học phổ thông"),
        ("TAND", "tòa án nhân dân"),
    ],
)
def test_an_abbreviation_and_its_long_form_find_each_other(ask: Ask, holding: Holding, short: str, long: str) -> None:
    expected = holding(short) | holding(long, phrase=True)
    assert set(ids(ask(short))) == expected
    assert expected <= set(ids(ask(long)))


# -- the keyboard left off


@pytest.mark.parametrize(
    ("keys", "meant"),
    [
        ("xaay duwngj ddangr", "xây dựng đảng"),
        ("XAAY DUWNGJ DDANGR", "xây dựng đảng"),
        ("khanhs hoaf", "khánh hòa"),
        ("d9uo7ng2 sa81t", "đường sắt"),
        ("xa6y du75ng d9a3ng", "xây dựng đảng"),
        ("kha'nh ho`a", "khánh hòa"),
    ],
)
def test_keys_are_read_as_the_text_they_make_and_there_is_a_way_back(ask: Ask, keys: str, meant: str) -> None:
    page = ask(keys)
    assert same(page.searched.lower(), meant)
    assert ids(page) == ids(ask(meant)) != []
    assert page.notices
    assert [offer.text for offer in offered(page, OfferKind.LITERAL)] == [keys]
    assert same(ask(keys, literal=True).searched, keys)


@pytest.mark.parametrize("text", ["deadline", "taxi", "marathon", "wifi", "covid-19", "covid19", "h5n1", "startup"])
def test_words_that_only_look_like_keys_stay_as_they_are(ask: Ask, text: str) -> None:
    assert ask(text).searched == text


# -- did you mean


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("sử lý", "xử lý"),  # heard alike: s and x
        ("chung tâm y tế", "trung tâm y tế"),  # ch and tr
        ("khai dảng", "khai giảng"),  # d and gi
        ("bảo hiễm xã hội", "bảo hiểm xã hội"),  # hỏi and ngã
        ("tiêm chũng", "tiêm chủng"),
        ("làn gốm", "làng gốm"),  # -n and -ng
        ("xây dụng Đảng", "xây dựng Đảng"),  # a mark is wrong
        ("cảnh xát giao thông", "cảnh sát giao thông"),
        ("măng tâi", "măng tây"),  # a letter is wrong
        ("tiêm chủnng", "tiêm chủng"),
        ("marathn", "marathon"),
    ],
)
def test_a_slip_is_mended_by_an_offer(ask: Ask, text: str, meant: str) -> None:
    """Or by the spelling taken in its place, where that only adds marks: `dụng` is a `dựng` without its horn."""
    page = ask(text)
    corrections = offered(page, OfferKind.CORRECTION)
    mended = [page.searched, *(offer.text for offer in corrections)]
    assert [found for found in mended if same(found.lower(), meant.lower())], mended
    for offer in corrections:
        assert offer.count == ask(offer.text).total > 0


@pytest.mark.parametrize("text", ["marathn", "cảnh xát giao thông", "làn gốm"])
def test_other_letters_are_never_searched_unasked(ask: Ask, text: str) -> None:
    assert ask(text).searched == text


@pytest.mark.parametrize("case", ["marks", "same", "city", "abbr", "title", "topic", "question", "name"])
def test_a_clean_query_is_not_doubted(ask: Ask, case: str) -> None:
    doubted = {
        text: [offer.text for offer in corrections]
        for name, text in QUERIES.items()
        if name.startswith(f"{case}-") and (corrections := offered(ask(text), OfferKind.CORRECTION))
    }
    assert not doubted


# -- ranking, and the query language


@pytest.mark.parametrize(
    "text",
    ["sau bão", "xã đảo", "khai giảng", "người giữ", "trước Tết", "tổ hòa giải", "mưa lớn", "thành phố Hồ Chí Minh"],
)
def test_titles_that_hold_the_whole_phrase_are_on_top(ask: Ask, text: str) -> None:
    words = terms_of(text)
    titles = [terms_of(hit.title) for hit in ask(text).hits]
    on_top = [any(title[at : at + len(words)] == words for at in range(len(title))) for title in titles]
    assert any(on_top)
    assert on_top == sorted(on_top, reverse=True)


def test_a_phrase_is_found_as_it_stands(ask: Ask, holding: Holding) -> None:
    for phrase in ("còn người thì còn", "đường ven biển", "xây dựng đảng", "hàng dương"):
        assert set(ids(ask(f'"{phrase}"'))) == holding(phrase, phrase=True) != set()


def test_wildcards_stand_for_letters(ask: Ask, holding: Holding) -> None:
    assert set(ids(ask("maratho*"))) == set(ids(ask("marath?n"))) == holding("marathon")
    assert set(ids(ask("tiêm ch*"))) >= holding("tiêm chủng", phrase=True)
    assert ask("*thon").notices


def test_what_is_excluded_is_not_there(ask: Ask, holding: Holding) -> None:
    assert set(ids(ask("khai giảng -đảo"))) == holding("khai giảng") - holding("đảo")
    assert set(ids(ask("bão -tàu"))) == holding("bão") - holding("tàu")


def test_fields_narrow_to_authors_and_dates(ask: Ask) -> None:
    dated, by_her = ask("mưa ngày:2020"), ask("tác giả:Thảo Ly mưa")
    assert {hit.published.day.year for hit in dated.hits if hit.published} == {2020}
    assert all("thảo ly" in {author.key for author in hit.authors} for hit in by_her.hits)
    assert dated.total
    assert by_her.total
