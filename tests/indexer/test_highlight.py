"""What is lit in a text, and which passage is shown."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.canonical import canonical
from indexer.analysis.tokens import syllables_of
from indexer.documents import to_document
from indexer.engines.memory import MemoryEngine
from indexer.highlight import WINDOW, best_snippets, find_ranges, find_ranges_in_body
from indexer.model import Article, SearchRequest
from indexer.querying.plan import BODY, TITLE, Near, Plan, Sequence, Spellings, WrittenClause


def word(*terms: str, fields: tuple[str, ...] = (TITLE, BODY)) -> Spellings:
    return Spellings(terms, fields)


def near(distance: int, *terms: str, fields: tuple[str, ...] = (TITLE, BODY)) -> Near:
    return Near(tuple(word(term, fields=fields) for term in terms), distance)


def lit(text: str, *clauses: WrittenClause) -> list[str]:
    return [text[start:end] for start, end in find_ranges(text, clauses)]


def lit_in_body(texts: list[str], clause: WrittenClause) -> list[list[str]]:
    found = find_ranges_in_body(texts, [clause])
    return [[text[start:end] for start, end in ranges] for text, ranges in zip(texts, found, strict=True)]


def test_words_side_by_side_make_one_mark() -> None:
    assert lit("Công tác xây dựng Đảng.", word("xây"), word("dựng"), word("đảng")) == ["xây dựng Đảng"]


def test_punctuation_parts_marks() -> None:
    assert lit("xây, dựng", word("xây"), word("dựng")) == ["xây", "dựng"]


def test_a_phrase_is_lit_only_where_it_stands_whole() -> None:
    phrase = Sequence((word("xây"), word("dựng")))
    assert lit("Xây nhà. Dựng rạp. Xây dựng cầu.", phrase) == ["Xây dựng"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Đảng bộ xây dựng nhà.", ["Đảng", "xây dựng"]),
        ("Xây nhà. Dựng rạp. Đảng bộ.", []),
        ("Xây ba. Dựng. Đảng.", ["Xây", "Dựng", "Đảng"]),
        ("Dựng và dựng xây cho đảng, rồi xây.", ["Dựng", "dựng xây", "đảng"]),
        ("Xây dựng một hai ba đảng. Bốn năm sáu bảy xây dựng đảng.", ["xây dựng đảng"]),
    ],
)
def test_words_near_each_other_are_lit_only_where_all_are_near_the_first(text: str, shown: list[str]) -> None:
    assert lit(text, near(3, "xây", "dựng", "đảng")) == shown


def test_a_word_is_not_near_itself() -> None:
    assert lit("Con ba ba.", near(5, "ba", "ba")) == ["ba ba"]
    assert lit("Con ba.", near(5, "ba", "ba")) == []


def test_words_near_each_other_across_two_passages_are_lit_in_both() -> None:
    assert lit_in_body(["", "Mùa bão", "", "lũ về. Bão."], near(3, "bão", "lũ")) == [[], ["bão"], [], ["lũ", "Bão"]]
    assert lit_in_body(["Mùa bão", "lũ về."], near(1, "bão", "lũ")) == [[], []]
    assert lit_in_body(["Mùa bão", "lũ về."], Sequence((word("bão"), word("lũ")))) == [[], []]
    snippets = best_snippets(["Bão xa.", "Mùa bão", "lũ về."], [near(2, "bão", "lũ")])
    assert [snippet.text for snippet in snippets] == ["Mùa bão", "lũ về."]


def test_near_words_of_the_title_light_nothing_in_the_body() -> None:
    clause = near(5, "xây", "dựng", fields=(TITLE,))
    assert find_ranges("xây dựng", [clause], BODY) == ()
    assert find_ranges("xây dựng", [clause], TITLE) == ((0, 8),)


def test_the_snippet_shows_where_the_words_are_near_each_other() -> None:
    passages = ["Xây nhà ở phía kia con đường. Dựng rạp.", "Dựng nhà xây rạp."]
    (snippet,) = best_snippets(passages, [near(2, "xây", "dựng")])
    assert [snippet.text[start:end] for start, end in snippet.matches] == ["Dựng", "xây"]


def test_every_spelling_asked_for_is_lit() -> None:
    assert lit("Mùa mưa mua gạo", word("mua", "mưa", "mùa")) == ["Mùa mưa mua"]


def test_tone_placement_and_capitals_do_not_matter() -> None:
    assert lit("KHÁNH HÒA và Khánh Hoà", word("khánh"), word("hoà")) == ["KHÁNH HÒA", "Khánh Hoà"]


def test_a_title_clause_lights_nothing_in_the_body() -> None:
    assert find_ranges("đường", [word("đường", fields=(TITLE,))], BODY) == ()


def test_every_match_that_a_snippet_shows_is_lit() -> None:
    after, before = "đường nhà " * WINDOW, "đường nhà " * 3 + "đường cầu"
    for snippet in best_snippets([after, before], [word("đường"), word("cầu")]):
        lit_words = [snippet.text[start:end] for start, end in snippet.matches]
        assert " ".join(lit_words).count("đường") == snippet.text.count("đường") > 3


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


SYLLABLES = st.lists(st.sampled_from("xây dựng đảng và cầu".split()), min_size=1, max_size=6)


@given(
    st.lists(SYLLABLES.map(" ".join), min_size=1, max_size=3),
    st.lists(st.sampled_from("xây dựng đảng".split()), min_size=2, max_size=3),
    st.integers(1, 4),
)
def test_an_article_has_something_lit_just_when_a_search_finds_it(
    passages: list[str], words: list[str], distance: int
) -> None:
    clause = near(distance, *words, fields=(BODY,))
    engine, folder = MemoryEngine(), Path("memory")
    engine.create(folder)
    writer = engine.writer(folder)
    writer.add(to_document(Article("a", "Tiêu đề", paragraphs=tuple(passages)), "/a.txt", "digest"))
    writer.commit()
    found = engine.searcher(folder).search(Plan(clause), SearchRequest()).total
    assert any(find_ranges_in_body(passages, [clause])) == bool(found)


def test_a_very_long_passage_shows_its_matches_without_being_read_whole() -> None:
    text = "một hai ba bốn. " * 20_000
    found = best_snippets([f"{text}kho báu {text}"], [Spellings(("báu",))])
    assert [(snippet.opens, snippet.closes) for snippet in found] == [(False, False)]
    assert [snippet.text[start:end] for snippet in found for start, end in snippet.matches] == ["báu"]


@given(st.lists(st.sampled_from(["kho", "báu", "một", "hai"]), max_size=60), st.integers(1, 40))
def test_cutting_a_long_passage_loses_no_match(words: list[str], size: int) -> None:
    text = " ".join(words)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("indexer.highlight.STRETCH", size)
        found = best_snippets([text], [Spellings(("báu",))], count=1000)
    lit = sum(len(snippet.matches) for snippet in found)
    assert (lit > 0) == ("báu" in words)
    for snippet in found:
        assert snippet.text in text
