"""The query language, row by row, and what holds for any text whatever."""

from __future__ import annotations

import re
import string
import time
import unicodedata
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import notices
from indexer.analysis.canonical import canonical
from indexer.model import Notice
from indexer.querying.nodes import And, DateRange, Field, Near, Node, Not, Or, Pattern
from indexer.querying.parser import MAX_DEPTH, MAX_DISTANCE, MAX_LEAVES, describe, parse


def tree_of(text: str) -> str:
    return describe(parse(text).tree)


def codes_of(text: str) -> list[str]:
    return [notice.code for notice in parse(text).notices]


def test_yesterday_is_counted_from_the_day_that_is_given() -> None:
    assert describe(parse("ngày:hôm qua lũ", date(2026, 3, 1)).tree) == "and(date(2026-02-28..2026-02-28), lũ)"


# What reads without a remark


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        # words
        ("", "∅"),
        (" \t\n", "∅"),
        ("bão", "bão"),
        ("  xây   dựng ", "and(xây, dựng)"),
        ("xâ\N{COMBINING ACUTE ACCENT}y", "xấy"),
        ("sao thế?", "and(sao, thế?)"),
        ("tại sao ?", "and(tại, sao)"),
        ("không OR, hoặc", "and(không, OR,, hoặc)"),
        ("or not and KHÔNG VÀ", "and(or, not, and, KHÔNG, VÀ)"),
        ("http://x.vn 10:07 a:b subtitle:x", "and(http://x.vn, 10:07, a:b, subtitle:x)"),
        # phrases
        ('"xây dựng"', '"xây dựng"'),
        ('“xây dựng” «cầu» "đường”', 'and("xây dựng", "cầu", "đường")'),
        ('a"b c"d', 'and(a, "b c", d)'),
        ('"a OR (b* -c) tiêu đề:d"', '"a OR (b* -c) tiêu đề:d"'),
        ('"«a» b"', '"«a» b"'),
        # words near each other
        ('"xây dựng"~5', '"xây dựng"~5'),
        ("“a b”~1 «c d»~050", 'and("a b"~1, "c d"~50)'),
        ('("a b"~5, "c d"~6)', 'and("a b"~5, "c d"~6)'),
        ('-"a b"~3 NOT "c d"~4', 'and(not("a b"~3), not("c d"~4))'),
        ('("a b"~3 | c) tiêu đề:"d e"~3', 'and(or("a b"~3, c), title("d e"~3))'),
        ('tác giả:"Văn Kỳ"~3', 'author("Văn Kỳ"~3)'),
        ('"a"~5 "..."~5', '"a"~5'),
        ('"a b"~0 "c d"~000', 'and("a b", "c d")'),
        ('"a b"~ ~ "c d" ~ e', 'and("a b", "c d", e)'),
        ('"a b" ~5', 'and("a b", ~5)'),
        ('"a b"~5c "d e"~-5', 'and("a b", ~5c, "d e", ~-5)'),
        ('a~5 "b ~5 c"', 'and(a~5, "b ~5 c")'),
        # choices
        ("a OR b", "or(a, b)"),
        ("a HOẶC b HOAC c | d||e", "or(a, b, c, d, e)"),
        ("a b OR c d", "or(and(a, b), and(c, d))"),
        ("a OR (b OR c)", "or(a, b, c)"),
        ("a (b c)", "and(a, b, c)"),
        ("a AND b & c && +d", "and(a, b, c, d)"),
        ("R&D C++", "and(R&D, C++)"),
        # exclusions
        ("a -b", "and(a, not(b))"),
        ("-a", "not(a)"),
        ('a -"b c"', 'and(a, not("b c"))'),
        ("a -(b c)", "and(a, not(and(b, c)))"),
        ("a (-b c)", "and(a, not(b), c)"),
        ("a NOT b c", "and(a, not(b), c)"),
        ("NOT NOT a", "a"),
        ("NOT -a", "a"),
        ("-(-a)", "a"),
        ("-(-a -b)", "or(a, b)"),
        ("Covid-19 2020 - 2025 20-6", "and(Covid-19, 2020, 2025, 20-6)"),
        ("a -- b --c", "and(a, b, --c)"),
        # groups
        ("(a OR b) c", "and(or(a, b), c)"),
        ("a () (( )) b", "and(a, b)"),
        ('a "" "..." b', "and(a, b)"),
        ("f(x)", "and(f, x)"),
        # wildcards
        ("h?a ngh?n*", "and(h?a, ngh?n*)"),
        ("h??a, -th*g", "and(h??a, not(th*g))"),
        ("Covid-1?3 h?a? th?*? th**g", "and(Covid-1?3, h?a, th?*, th*g)"),
        ("sao? tại?! (thế?) 2?0", "and(sao?, tại?!, thế?, 2?0)"),
        ('tiêu đề:h?a "h?a"', 'and(title(h?a), "h?a")'),
        ("xây*", "xây*"),
        ("xây** xây*,", "and(xây*, xây*)"),
        ("20*", "20*"),
        ("Covid-19*", "Covid-19*"),
        ("-xây*", "not(xây*)"),
        # fields
        ("tiêu đề:bão lũ", "and(title(bão), lũ)"),
        ("TIÊU ĐỀ: bão", "title(bão)"),
        ("tieu de:a tieude:b tiêuđề:c Title:d", "and(title(a), title(b), title(c), title(d))"),
        (
            "tác giả:a tac gia:b tácgiả:c author:d",
            "and(author(a), author(b), author(c), author(d))",
        ),
        ('tác giả:"Nguyễn Văn A"', 'author("Nguyễn Văn A")'),
        (unicodedata.normalize("NFD", "tiêu đề:bão HOẶC lũ"), "or(title(bão), lũ)"),
        ("phụ tiêu đề:bão", "and(phụ, title(bão))"),
        ("tiêu đề:(a OR b)", "title(or(a, b))"),
        ("-tiêu đề:a", "not(title(a))"),
        ("tiêu đề:-a", "not(title(a))"),
        ("tiêu đề:(a -b)", "and(title(a), not(title(b)))"),
        ("-tiêu đề:(-a -b)", "or(title(a), title(b))"),
        ("tiêu đề:(a tác giả:b)", "and(title(a), author(b))"),
        ("tiêu đề:(a ngày:2020)", "and(title(a), date(2020-01-01..2020-12-31))"),
        # dates
        ("ngày:2020", "date(2020-01-01..2020-12-31)"),
        ("NGAY: 7/2020", "date(2020-07-01..2020-07-31)"),
        ("date:1-7-2020", "date(2020-07-01..2020-07-01)"),
        ("ngày:2019..", "date(2019-01-01..)"),
        ("ngày:..2019", "date(..2019-12-31)"),
        ("ngày:2019 .. 2020", "date(2019-01-01..2020-12-31)"),
        ("ngày:2019.. 5 bão", "and(date(2019-01-01..), 5, bão)"),
        ('-ngày:"2020"', "not(date(2020-01-01..2020-12-31))"),
        (
            "ngày:(2018 OR 2020) a",
            "and(or(date(2018-01-01..2018-12-31), date(2020-01-01..2020-12-31)), a)",
        ),
    ],
)
def test_well_formed_query_is_read_without_notice(text: str, tree: str) -> None:
    assert tree_of(text) == tree
    assert codes_of(text) == []


# What is read as best it can be


@pytest.mark.parametrize(
    ("text", "tree", "codes"),
    [
        ('"a b', "and(a, b)", ["unbalanced_quote"]),
        ('a "b c" d”', 'and(a, "b c", d)', ["unbalanced_quote"]),
        ("«a b", "and(a, b)", ["unbalanced_quote"]),
        ("(a b", "and(a, b)", ["unbalanced_parenthesis"]),
        ("a) b)", "and(a, b)", ["unbalanced_parenthesis"]),
        (")(", "∅", ["unbalanced_parenthesis", "nothing_to_search"]),
        ("OR a", "a", ["dangling_operator"]),
        ("a OR", "a", ["dangling_operator"]),
        ("a OR OR b", "or(a, b)", ["dangling_operator"]),
        ("(a |) b", "and(a, b)", ["dangling_operator"]),
        ("a NOT", "a", ["dangling_operator"]),
        ("OR", "∅", ["dangling_operator", "nothing_to_search"]),
        ("a OR -b", "and(a, not(b))", ["exclusion_in_or"]),
        ("a OR b OR (-c -d)", "and(or(a, b), not(c), not(d))", ["exclusion_in_or"]),
        ("-a OR -b", "and(not(a), not(b))", ["exclusion_in_or"]),
        ("x*", "x", ["prefix_too_short"]),
        ("Covid-1*", "Covid-1", ["prefix_too_short"]),
        ('"a b"~51', '"a b"~50', ["near_capped"]),
        ('"a b~5', "and(a, b~5)", ["unbalanced_quote"]),
        ("*ây", "ây", ["wildcard_leading"]),
        ("?ây", "ây", ["wildcard_leading"]),
        ("?h?a", "h?a", ["wildcard_leading"]),
        ("*xây*", "xây*", ["wildcard_leading"]),
        ("…*?xây", "xây", ["wildcard_leading"]),
        ("Covid-?9", "Covid-9", ["wildcard_leading"]),
        ("*x*", "x", ["wildcard_leading", "prefix_too_short"]),
        ("d*ng a?*", "and(dng, a)", ["prefix_too_short", "prefix_too_short"]),
        ("a *", "a", ["wildcard_dropped"]),
        ("a ngày:31/02/2020", "a", ["bad_date"]),
        ("ngày:bão", "∅", ["bad_date", "nothing_to_search"]),
        ("ngày:.. a", "a", ["bad_date"]),
        ("ngày:2020..2019", "date(2019-01-01..2020-12-31)", ["reversed_dates"]),
        ("ngày:Tết 2015 chợ hoa", "and(date(2015-02-19..2015-02-21), chợ, hoa)", ["date_meant"]),
        ('ngày:"Tết 2015" chợ', "and(date(2015-02-19..2015-02-21), chợ)", ["date_meant"]),
        ("ngày:Tết 2015..Tết 2016 a", "and(date(2015-02-19..2016-02-10), a)", ["date_meant"]),
        (
            "ngày:(tết 2015 OR tết 2016)",
            "or(date(2015-02-19..2015-02-21), date(2016-02-08..2016-02-10))",
            ["date_meant"] * 2,
        ),
        ("ngày:rằm tháng 7 2020 -chùa", "and(date(2020-09-02..2020-09-02), not(chùa))", ["date_meant"]),
        ("ngày:2020 âm nhạc", "and(date(2020-01-01..2020-12-31), âm, nhạc)", []),
        ("ngày:quý 2 xăng", "xăng", ["date_needs_year"]),
        ("ngày:mùng 1 tháng 7 2020 a", "a", ["date_needs_calendar"]),
        ("ngày:xưa cũ", "cũ", ["bad_date"]),
        ("tiêu đề:", "∅", ["empty_field", "nothing_to_search"]),
        ("a tiêu đề: OR b", "or(a, b)", ["empty_field"]),
        ("(tiêu đề:) a", "a", ["empty_field"]),
        ("tiêu đề: tác giả: a", "author(a)", ["empty_field"]),
        ("- ... !", "∅", ["nothing_to_search"]),
    ],
)
def test_odd_query_is_read_as_best_it_can_be(text: str, tree: str, codes: list[str]) -> None:
    assert tree_of(text) == tree
    assert codes_of(text) == codes


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a HOẶC", {"operator": "HOẶC"}),
        ("x*", {"word": "x"}),
        ("*xây*", {"word": "*xây*", "searched": "xây*"}),
        ("a *", {"word": "*"}),
        ('"a b"~900', {"distance": "900", "limit": "50"}),
        ("ngày:31/02/2020 a", {"date": "31/02/2020"}),
        ("ngày:2020..2019", {"since": "1/1/2019", "until": "31/12/2020"}),
        ("ngày:Tết 2015 a", {"date": "Tết 2015", "days": "19/2/2015 – 21/2/2015"}),
        ("ngày:rằm tháng 7 2020", {"date": "rằm tháng 7 2020", "days": "2/9/2020"}),
        ("ngày:quý 2 xăng", {"date": "quý 2"}),
        ("a Tiêu Đề:", {"field": "Tiêu Đề:"}),
        (f"ngày:{'9' * 50} a", {"date": f"{'9' * 40}…"}),
    ],
)
def test_notice_repeats_what_was_typed(text: str, values: dict[str, str]) -> None:
    assert [dict(notice.values) for notice in parse(text).notices] == [values]


def test_same_notice_is_given_once() -> None:
    assert codes_of("x* x* ngày:x ngày:x OR OR OR a") == [
        "prefix_too_short",
        "bad_date",
        "dangling_operator",
    ]


def test_words_beyond_the_limit_are_left_out() -> None:
    words = [f"w{number}" for number in range(MAX_LEAVES + 1)]
    assert codes_of(" ".join(words[:-1])) == []
    assert parse(" ".join(words)).notices == (Notice("too_many_words", {"limit": str(MAX_LEAVES)}),)
    assert tree_of(" ".join(words)) == tree_of(" ".join(words[:-1]))


def test_a_distance_of_any_length_is_read() -> None:
    assert tree_of(f'"a b"~{"9" * 10_000}') == f'"a b"~{MAX_DISTANCE}'
    assert tree_of(f'"a b"~{"0" * 10_000}7') == '"a b"~7'


def test_parentheses_beyond_the_limit_are_passed_over() -> None:
    def nested(depth: int) -> str:
        return "(" * depth + "a" + ")" * depth + " b"

    assert codes_of(nested(MAX_DEPTH)) == []
    assert parse(nested(MAX_DEPTH + 1)).notices == (Notice("too_deep", {"limit": str(MAX_DEPTH)}),)
    assert tree_of(nested(10_000)) == "and(a, b)"


# What holds for any text

SIGNS = [
    *'()"“”«»-+|*?:&.,/ \0\ud800',
    *(" OR ", " HOẶC ", " NOT ", " AND ", " -", "tiêu đề:", "tac gia:", "ngày:", "date: "),
    *("~", "~5", '"~', "~99"),
    *("h?a", "ngh?n*", "b*", "?*", "-?9"),
    *("2020", "31/02/2020", "..", "xây", "dựng", "a", "\N{COMBINING ACUTE ACCENT}"),
]
QUERIES = st.text() | st.lists(st.sampled_from(SIGNS), max_size=60).map("".join)

WORDS = st.sampled_from(["bão", "Covid-19", "10:07", '"xây dựng"', '"xây dựng"~5', "xây*", "tiêu đề: lũ", "ngày:2020"])
GROUPS = st.recursive(
    WORDS,
    lambda inner: (
        st.builds("({} {})".format, inner, inner)
        | st.builds("({} OR {})".format, inner, inner)
        | st.builds("({} -{})".format, inner, inner)
        | st.builds("tác giả:({})".format, inner)
    ),
    max_leaves=15,
)


def nodes_in(node: Node | None) -> Iterator[Node]:
    """The node and all below it."""
    if node is None:
        return
    yield node
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from nodes_in(part)
        case Not(part) | Field(_, part):
            yield from nodes_in(part)


def only_excludes(node: Node) -> bool:
    return all(isinstance(part, Not) for part in (node.parts if isinstance(node, And) else [node]))


@given(QUERIES)
def test_tree_keeps_its_promises(text: str) -> None:
    for node in nodes_in(parse(text).tree):
        match node:
            case And(parts) | Or(parts):
                assert len(parts) > 1
                assert not any(isinstance(part, type(node)) for part in parts)
                assert isinstance(node, And) or not any(map(only_excludes, parts))
            case Not(part):
                assert not only_excludes(part)
            case Field(_, part):
                assert not any(isinstance(inner, Field | DateRange) for inner in nodes_in(part))
                assert not only_excludes(part)
            case Pattern(pattern):
                assert re.search(r"[*?]", pattern)
                assert not re.search(r"(?<![^\W_])(?<![*?])[*?]", pattern)
                for run in re.findall(r"(?:[^\W_]|[*?])+", pattern):
                    assert "*" not in run or re.match(r"[^\W_][?]*[^\W_]", run)
            case Near(words, distance):
                assert re.search(r"[^\W_]", words)
                assert 1 <= distance <= MAX_DISTANCE
            case DateRange(since, until):
                assert since or until
                assert since is None or until is None or since <= until


@given(QUERIES)
def test_notices_are_known_distinct_and_complete(text: str) -> None:
    found = parse(text).notices
    assert all(notice not in found[:place] for place, notice in enumerate(found))
    for notice in found:
        sentence = notices.CODES[notice.code][0]
        wanted = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
        assert set(notice.values) == wanted


@given(QUERIES)
def test_nothing_found_in_a_text_is_always_explained(text: str) -> None:
    parsed = parse(text)
    assert parsed.tree or parsed.notices or not canonical(text).strip()


@given(GROUPS)
def test_balanced_query_is_read_without_notice(text: str) -> None:
    parsed = parse(text)
    assert parsed.tree
    assert parsed.notices in ((), (Notice("exclusion_in_or"),))


@pytest.mark.parametrize(
    "unit",
    [
        *("(", ")", '"', "“«", "-", " -", "-(", "|", " ", "a", "a ", "a*", "a?", "aa*", "1 ", "1..", "tieu "),
        *("NOT ", "OR ", "(a OR -b) ", "title:", "title:(", "ngày:x ", "\0", "\ud800", '"a"~5', '"~5'),
    ],
)
@pytest.mark.parametrize("end", ["", ".b*"])
def test_time_grows_with_the_text_only(unit: str, end: str) -> None:
    text = unit * (25_000 // len(unit)) + end
    started = time.process_time()
    parse(text)
    assert time.process_time() - started < 2  # a sixteenth of a second here; were it quadratic: a minute
