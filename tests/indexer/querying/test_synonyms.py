"""Names that mean the same: what a list says, and which of them a query holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.canonical import canonical
from indexer.analysis.syllables import has_marks
from indexer.analysis.tokens import syllables_of
from indexer.querying.synonyms import LONGEST_NAME, Match, Synonyms, no_synonyms, read_groups
from indexer.synonym_files import read_abbreviations

LIST = """
# Cơ quan
HĐND = Hội đồng nhân dân
CA = công an            # cũng là một chữ
ĐH = đại học
DN = doanh nghiệp
BOT = xây dựng - kinh doanh - chuyển giao
LHQ = Liên hợp quốc = Liên hiệp quốc

TP = thành phố
TP.HCM = TP Hồ Chí Minh = thành phố Hồ Chí Minh
GD&ĐT = GDĐT = giáo dục và đào tạo
"""
SYNONYMS = Synonyms(read_groups(LIST).same)


def find(query: str, synonyms: Synonyms = SYNONYMS) -> list[Match]:
    """The names in a query, as the planner asks for them."""
    text = canonical(query)
    tokens = syllables_of(text)
    typed = [text[token.start : token.end] for token in tokens]
    return [*synonyms.find([token.text for token in tokens], typed, not has_marks(query))]


def meant(query: str) -> dict[str, set[str]]:
    """For each name in a query, as its words were typed, the names that mean the same."""
    words = [token.text for token in syllables_of(canonical(query))]
    return {
        " ".join(words[match.start : match.end]): {" ".join(other) for other in match.others} for match in find(query)
    }


# What a list says


def test_a_group_is_a_line_and_comments_and_blank_lines_say_nothing() -> None:
    groups = read_groups("# đầu\n\nHĐND = Hội đồng nhân dân  # cuối\r\nLHQ = Liên hợp quốc = Liên hiệp quốc")
    assert [[name.text for name in group] for group in groups.same] == [
        ["HĐND", "Hội đồng nhân dân"],
        ["LHQ", "Liên hợp quốc", "Liên hiệp quốc"],
    ]
    assert groups.problems == ()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("HĐND: Hội đồng nhân dân", "one name only"),
        ("HĐND =", "lacks a name"),
        ("HĐND = = Hội đồng nhân dân", "lacks a name"),
        ("=", "lacks a name"),
        ("-", "lacks a name"),
        ("A = một hai ba bốn năm sáu bảy tám chín", "9 words"),
        ("HĐND = hđnd", "same name twice"),
        ("khánh hòa = Khánh Hoà", "same name twice"),
        ("HĐND = H\ufffdi đồng", "UTF-8"),
    ],
)
def test_a_wrong_line_is_left_out_and_named_with_what_to_do(line: str, told: str) -> None:
    groups = read_groups(f"# đầu\nUBND = Ủy ban nhân dân\n{line}\nCSGT = cảnh sát giao thông\n")
    assert len(groups.same) == 2
    [problem] = groups.problems
    assert problem.line == 3
    assert told in problem.reason


@pytest.mark.parametrize("line", ["- HS", "-HS", "- HS = học sinh", "- học sinh = HS"])
def test_a_minus_strikes_out_the_groups_that_hold_all_its_names(line: str) -> None:
    ready = read_groups("HS = học sinh\nSV = sinh viên")
    left = ready.without(read_groups(line).struck)
    assert [group[0].text for group in left.same] == ["SV"]


def test_a_minus_leaves_groups_that_hold_only_some_of_its_names() -> None:
    ready = read_groups("HS = hồ sơ")
    assert ready.without(read_groups("- HS = học sinh").struck).same == ready.same


@given(st.text() | st.lists(st.sampled_from([*"=-#\n& ", "HĐND", "một hai", "\ufffd", "\0"])).map("".join))
def test_any_text_is_a_list(text: str) -> None:
    groups = read_groups(text)
    lines = canonical(text).split("\n")
    for problem in groups.problems:
        assert 1 <= problem.line <= len(lines)
        assert problem.reason
    for group in groups.same:
        assert len({name.terms for name in group}) == len(group) >= 2
        assert all(1 <= len(name.terms) <= LONGEST_NAME for name in group)


# The names in a query


@pytest.mark.parametrize(
    "query", ["HĐND", "hđnd", "hội đồng nhân dân", "Hội Đồng Nhân Dân", "hdnd", "hoi dong nhan dan"]
)
def test_a_name_means_the_other_way_round_too_and_without_marks(query: str) -> None:
    assert {other for match in find(query) for other in match.others} <= {
        ("hđnd",),
        ("hội", "đồng", "nhân", "dân"),
    }
    assert [(match.start, match.end) for match in find(query)] == [(0, len(query.split()))]


def test_every_name_of_a_group_is_meant() -> None:
    assert meant("LHQ họp") == {"lhq": {"liên hợp quốc", "liên hiệp quốc"}}
    assert meant("liên hợp quốc") == {"liên hợp quốc": {"lhq", "liên hiệp quốc"}}


@pytest.mark.parametrize(
    "query", ["TP.HCM", "TP HCM", "TPHCM", "TP. HCM", "tp hcm", "TP Hồ Chí Minh", "thành phố Hồ Chí Minh"]
)
def test_every_way_of_writing_the_city_is_one_thing(query: str) -> None:
    ways = {("tp", "hcm"), ("tp", "hồ", "chí", "minh"), ("thành", "phố", "hồ", "chí", "minh")}
    tokens = tuple(token.text for token in syllables_of(query))
    assert find(query) == [Match(0, len(tokens), find(query)[0].others)]
    assert {tokens, *find(query)[0].others} == ways


def test_the_longest_name_wins() -> None:
    assert [*meant("thành phố Hồ Chí Minh")] == ["thành phố hồ chí minh"]
    assert [*meant("thành phố Đà Nẵng")] == ["thành phố"]


def test_a_name_cut_short_by_the_end_of_the_query_is_none() -> None:
    assert find("hội đồng nhân") == []
    assert [*meant("giáo dục và thành phố")] == ["thành phố"]


@pytest.mark.parametrize("query", ["ĐH Nha Trang", "ĐH", "đh", "CA", "CA tỉnh", "CA TP.HCM", "DN", "BOT", "trạm BOT"])
def test_a_doubtful_abbreviation_counts_in_capitals(query: str) -> None:
    assert find(query)


@pytest.mark.parametrize("query", ["ca", "ca sĩ", "bot mi", "Ca sĩ"])
def test_a_doubtful_abbreviation_is_a_word_otherwise(query: str) -> None:
    assert find(query) == []


@pytest.mark.parametrize("query", ["CA SĨ MỸ TÂM", "CA CAO", "BOT MI"])
def test_capitals_say_nothing_where_words_are_in_capitals_too(query: str) -> None:
    assert find(query) == []


def test_a_clear_abbreviation_counts_in_any_case() -> None:
    assert find("GDĐT") == find("gdđt") != []
    assert find("HĐND TỈNH KHÁNH HÒA") == find("hđnd tỉnh khánh hòa") != []


def test_an_abbreviation_that_is_a_word_in_the_index_is_never_looked_for() -> None:
    """Else whoever asks for the police would find singers."""
    assert find("công an") == []
    assert meant("đại học") == {"đại học": {"đh"}}


def test_names_of_two_groups_are_not_added_up() -> None:
    synonyms = Synonyms(read_groups("NHCS = ngân hàng chính sách\nNHCS = nhà hàng cung sen").same)
    [match] = find("nhà hàng cung sen", synonyms)
    assert match.others == (("nhcs",),)
    [match] = find("NHCS", synonyms)
    assert len(match.others) == 2


def test_no_list_means_no_names() -> None:
    assert find("HĐND", no_synonyms()) == []


NAMES = [name.text for group in read_groups(LIST).same for name in group]


@given(st.lists(st.sampled_from([*NAMES, "thành", "hội đồng", "ca", "Nha Trang", "!"]), max_size=12), st.booleans())
def test_names_found_never_overlap_and_are_the_words_they_say(parts: list[str], is_open: bool) -> None:
    tokens = syllables_of(canonical(" ".join(parts)))
    terms = [token.text for token in tokens]
    end = 0
    for match in SYNONYMS.find(terms, terms, is_open):
        assert end <= match.start < match.end <= len(terms)
        assert match.others
        assert tuple(terms[match.start : match.end]) not in match.others
        end = match.end


# The list that comes with the program


def test_every_line_of_the_ready_list_counts() -> None:
    ready = read_abbreviations()
    assert ready.problems == ()
    assert len(ready.same) >= 100
    assert ready.struck == ()


@pytest.mark.parametrize(
    ("query", "meaning"),
    [
        ("HĐND", "hội đồng nhân dân"),
        ("UBND", "uỷ ban nhân dân"),
        ("BHXH", "bảo hiểm xã hội"),
        ("CSGT", "cảnh sát giao thông"),
        ("THPT", "trung học phổ thông"),
        ("Sở GD-ĐT", "giáo dục và đào tạo"),
        ("LHQ", "liên hiệp quốc"),
        ("T.Ư", "trung ương"),
        ("TPHCM", "thành phố hồ chí minh"),
        ("who", "tổ chức y tế thế giới"),
    ],
)
def test_the_ready_list_knows_what_newspapers_abbreviate(query: str, meaning: str) -> None:
    ready = Synonyms(read_abbreviations().same)
    assert tuple(meaning.split()) in {other for match in find(query, ready) for other in match.others}


def test_no_two_lines_of_the_ready_list_say_the_same() -> None:
    named = [frozenset(name.terms for name in group) for group in read_abbreviations().same]
    pairs = [(one, other) for number, one in enumerate(named) for other in named[:number] if len(one & other) > 1]
    assert pairs == []
