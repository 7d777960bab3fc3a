"""What is lit in a text, and which passage is shown."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.canonical import canonical
from indexer.analysis.tokens import syllables_of
from indexer.highlight import WINDOW, best_snippets, find_ranges
from indexer.querying.plan import BODY, TITLE, Sequence, Spellings


def word(*terms: str, fields: tuple[str, ...] = (TITLE, BODY)) -> Spellings:
    return Spellings(terms, fields)


def lit(text: str, *clauses: Spellings | Sequence) -> list[str]:
    return [text[start:end] for start, end in find_ranges(text, clauses)]


def test_words_side_by_side_make_one_mark() -> None:
    assert lit("Công tác xây dựng Đảng.", word("xây"), word("dựng"), word("đảng")) == ["xây dựng Đảng"]


def test_punctuation_parts_marks() -> None:
    assert lit("xây, dựng", word("xây"), word("dựng")) == ["xây", "dựng"]


def test_a_phrase_is_lit_only_where_it_stands_whole() -> None:
    phrase = Sequence((word("xây"), word("dựng")))
    assert lit("Xây nhà. Dựng rạp. Xây dựng cầu.", phrase) == ["Xây dựng"]


def test_every_spelling_asked_for_is_lit() -> None:
    assert lit("Mùa mưa mua gạo", word("mua", "mưa", "mùa")) == ["Mùa mưa mua"]


def test_tone_placement_and_capitals_do_not_matter() -> None:
    assert lit("KHÁNH HÒA và Khánh Hoà", word("khánh"), word("hoà")) == ["KHÁNH HÒA", "Khánh Hoà"]


def test_a_title_clause_lights_nothing_in_the_body() -> None:
    assert find_ranges("đường", [word("đường", fields=(TITLE,))], BODY) == ()


def test_the_snippet_shows_the_passage_with_most_of_the_query() -> None:
    passages = ["Mở đầu nói về cầu.", "Giữa bài không có gì.", "Cuối bài nói về cầu và đường ven biển."]
    (snippet,) = best_snippets(passages, [word("cầu"), word("đường")], count=1)
    assert snippet.text == passages[2]
    assert (snippet.opens, snippet.closes) == (True, True)


def test_without_a_match_the_opening_is_shown() -> None:
    assert best_snippets(["Một câu.", "Hai câu."], [word("vắng")])[0].text == "Một câu."
    assert best_snippets([], [word("vắng")]) == ()


def test_a_long_passage_is_cut_around_its_match() -> None:
    text = "đầu " * 100 + "đích " + "cuối " * 100
    (snippet,) = best_snippets([text.strip()], [word("đích")])
    assert not snippet.opens
    assert not snippet.closes
    assert len(syllables_of(snippet.text)) <= WINDOW
    assert [snippet.text[start:end] for start, end in snippet.matches] == ["đích"]


@given(st.text(max_size=300).map(canonical), st.lists(st.text(max_size=8).map(canonical), max_size=4))
def test_ranges_lie_in_the_text_in_order_whatever_it_is(text: str, words: list[str]) -> None:
    clauses = [Spellings((token.text,)) for each in words for token in syllables_of(each)]
    clauses += [Spellings((token.text,)) for token in syllables_of(text)[::3]]
    ranges = find_ranges(text, clauses)
    assert all(0 <= start < end <= len(text) for start, end in ranges)
    assert all(first[1] <= second[0] for first, second in pairwise(ranges))
    for snippet in best_snippets([text], clauses):
        assert snippet.text in text
        assert all(0 <= start < end <= len(snippet.text) for start, end in snippet.matches)
