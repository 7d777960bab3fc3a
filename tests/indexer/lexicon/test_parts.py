"""A lexicon in parts says what counting the articles that are left says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.names import Names
from indexer.analysis.syllables import fold
from indexer.author_merges import NO_MERGES, read_merges
from indexer.documents import PASSAGE_BREAK, Document
from indexer.engines.memory import MemoryLexicon
from indexer.errors import IndexDamaged
from indexer.lexicon import counts, parts
from indexer.lexicon.parts import MOST_PARTS, PartBuilder, check_parts, merge_parts, open_parts
from indexer.model import Article, Author
from indexer.ports import Lexicon

WORDS = "xây dựng đảng đang dang xay mưa mua mùa hoà 2020 covid-19 đ z".split()
COMPOUNDS = "xây_dựng hoà_bình mùa_mưa đang_mua".split()
PERSONS, PLACES = ("Trần Văn Sáu", "Hòa Bình", "Xây Dựng"), ("Hòa Bình", "Đà Lạt", "Đang Mưa")
AUTHORS = (Author("Đình Lâm", "đình lâm"), Author("ĐÌNH LÂM", "đình lâm"), Author("Thu Hòa", "thu hoà"))
TERMS = (*WORDS, "vắng", PASSAGE_BREAK)


def some(values: Sequence[str], most: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=most).map(tuple)


DOCUMENTS = st.builds(
    lambda authors, title, body, compounds, names: Document(
        Article("a", "", "", (), (), authors, None), "", "", title, body, compounds, names
    ),
    st.lists(st.sampled_from(AUTHORS), max_size=2).map(tuple),
    some([*WORDS, PASSAGE_BREAK], 5),
    some([*WORDS, PASSAGE_BREAK], 12),
    some(COMPOUNDS, 3),
    st.builds(
        lambda people, places: Names(tuple({*people} - {*places}), tuple({*places})),
        some(PERSONS, 2),
        some(PLACES, 2),
    ),
)
RUNS = st.lists(st.tuples(st.lists(DOCUMENTS, max_size=5), st.lists(st.integers(0, 99), max_size=4)), max_size=5)
"""Run after run, what is added, and which of the articles that are there are removed before."""


@contextmanager
def small_steps(memory: int = 10**9) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counts, "PAIRS_AT_ONCE", 4)
        patch.setattr(parts, "MEMORY", memory)
        patch.setattr(parts, "MOST_PARTS", 2)
        yield


def write(folder: Path, added: Iterable[Document], removed: Iterable[Document] = ()) -> Path:
    builder = PartBuilder()
    for each in removed:
        builder.remove(each)
    for each in added:
        builder.add(each)
    return builder.write(folder)


def after(folder: Path, runs: list[tuple[list[Document], list[int]]], *, merged: bool) -> list[Document]:
    """The articles that are left when the runs have written their parts."""
    left: list[Document] = []
    for added, removed in runs:
        gone = [left.pop(number % len(left)) for number in removed if left]
        write(folder, added, gone)
        left += added
        if merged:
            merge_parts(folder)
    return left


@settings(deadline=None, max_examples=20)
@given(RUNS, st.booleans(), st.sampled_from([1, 3000, 10**9]))
def test_parts_say_what_the_articles_say_that_are_left(
    runs: list[tuple[list[Document], list[int]]], merged: bool, memory: int
) -> None:
    """After additions, removals and merges, however little memory there is for counting."""
    with TemporaryDirectory() as name, small_steps(memory):
        left = after(Path(name), runs, merged=merged)
        found, expected = open_parts(Path(name)), MemoryLexicon(left)
        assert_same(found, expected)
        everything = MemoryLexicon(document for added, _ in runs for document in added)
        for term in TERMS:
            lowest, company, highest = (each.company(term) for each in (expected, found, everything))
            assert company.followed == lowest.followed
            if expected.frequency(term):
                assert (lowest.followers > 0) <= company.followers <= highest.followers
                assert (lowest.predecessors > 0) <= company.predecessors <= highest.predecessors
            else:
                assert company == lowest
        assert 1 <= found.distinct_pairs() <= everything.distinct_pairs()


def assert_same(found: Lexicon, expected: Lexicon) -> None:
    assert found.article_count() == expected.article_count()
    assert dict(found.author_names()) == dict(expected.author_names())
    assert dict(found.author_keys()) == dict(expected.author_keys())
    assert found.pair_counts(TERMS, TERMS).tolist() == expected.pair_counts(TERMS, TERMS).tolist()
    for compound in (*COMPOUNDS, "vắng_mặt"):
        assert found.compound_frequency(compound) == expected.compound_frequency(compound)
    for term in TERMS:
        assert found.frequency(term) == expected.frequency(term)
        assert found.spellings(fold(term)) == expected.spellings(fold(term))
    for prefix in ("", "d", "da", "x", "xay", "hoa b", "\ud800"):
        assert found.beginning_with(prefix) == expected.beginning_with(prefix)
        for limit in (1, 2, 99):
            assert found.completions(prefix, limit) == expected.completions(prefix, limit)


# -- files


def spoken(*texts: str, authors: tuple[Author, ...] = ()) -> list[Document]:
    """Documents whose bodies are the texts."""
    article = Article("a", "", "", (), (), authors, None)
    return [Document(article, "", "", (), tuple(text.split()), ()) for text in texts]


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_authors_may_be_merged(tmp_path: Path) -> None:
    merges = read_merges("Thu Hòa = Đình Lâm").merges
    documents = spoken("mưa", authors=AUTHORS)
    write(tmp_path, documents)
    found, expected = open_parts(tmp_path).merging(merges), MemoryLexicon(documents, merges)
    assert dict(found.author_names()) == dict(expected.author_names())
    assert dict(found.author_keys()) == dict(expected.author_keys())
    assert_same(found.merging(NO_MERGES), MemoryLexicon(documents))


def test_a_folder_without_parts_holds_nothing(tmp_path: Path) -> None:
    assert_same(open_parts(tmp_path), MemoryLexicon([]))


def test_few_parts_stay_as_they_are(tmp_path: Path) -> None:
    for _ in range(MOST_PARTS):
        write(tmp_path, spoken("mưa to"))
    before = names_in(tmp_path)
    merge_parts(tmp_path)
    assert names_in(tmp_path) == before


def test_parts_made_one_stay_in_the_builds_that_share_them(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    after.mkdir()
    for _ in range(MOST_PARTS + 1):
        write(before, spoken("mưa to"))
    for path in before.iterdir():
        (after / path.name).hardlink_to(path)
    contents = {path.name: path.read_bytes() for path in before.iterdir()}
    merge_parts(after)
    assert {path.name: path.read_bytes() for path in before.iterdir()} == contents
    assert names_in(after) == [f"lexicon-{MOST_PARTS + 2}.arrays"]
    assert open_parts(before).frequency("mưa") == open_parts(after).frequency("mưa") == MOST_PARTS + 1


def test_small_runs_leave_a_large_part_as_it_is(tmp_path: Path) -> None:
    large = write(tmp_path, spoken(*(f"chữ{number} đầu{number}" for number in range(2000))))
    for _ in range(2 * MOST_PARTS):
        write(tmp_path, spoken("mưa to"))
        merge_parts(tmp_path)
    assert large.exists()
    assert len(names_in(tmp_path)) <= MOST_PARTS
    assert open_parts(tmp_path).frequency("mưa") == 2 * MOST_PARTS


def test_what_was_made_one_counts_once_where_it_could_not_be_taken_out(tmp_path: Path) -> None:
    for _ in range(MOST_PARTS + 1):
        write(tmp_path, spoken("mưa to"))
    contents = {path: path.read_bytes() for path in tmp_path.iterdir()}
    merge_parts(tmp_path)
    for path, content in contents.items():
        path.write_bytes(content)
    assert open_parts(tmp_path).frequency("mưa") == MOST_PARTS + 1


def test_a_part_that_is_missing_is_named(tmp_path: Path) -> None:
    missing, *_ = [write(tmp_path, spoken("mưa to")) for _ in range(3)]
    missing.unlink()
    with pytest.raises(IndexDamaged, match=missing.name):
        open_parts(tmp_path)


def test_a_part_that_was_altered_is_named_by_a_check(tmp_path: Path) -> None:
    path = write(tmp_path, spoken("mưa to"))
    check_parts(tmp_path)
    content = bytearray(path.read_bytes())
    content[content.index("mưa".encode())] ^= 1
    path.write_bytes(content)
    with pytest.raises(IndexDamaged, match=path.name):
        check_parts(tmp_path)


def test_a_part_of_many_articles_leaves_out_what_is_rare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words and compounds are counted all the same, and so is what later parts add and take away."""
    monkeypatch.setattr(parts, "ALL_KEPT", 4)
    monkeypatch.setattr(parts, "MANY_ARTICLES", 5)
    names = [Names(people=("Trần Văn Sáu",)), Names(others=("Nhà Mới",))]
    many = [
        replace(each, names=name, compounds=compounds)
        for each, name, compounds in zip(
            spoken(*["mưa to"] * 3, *["mưa rẻ"] * 2, "z"),
            [names[0]] * 3 + [names[1]] * 3,
            [("xây_dựng",), ("xây_dựng",), ("xây_dựng",), ("mùa_mưa",), ("mùa_mưa",), ()],
            strict=True,
        )
    ]
    write(tmp_path, many)
    found = open_parts(tmp_path)
    assert [found.frequency(term) for term in ("mưa", "rẻ", "z")] == [5, 2, 1]
    assert found.compound_frequency("mùa_mưa") == 2
    assert found.pair_counts(("mưa",), ("to", "rẻ")).tolist() == [[3, 0]]
    assert [one.text for one in found.completions("", 9)] == ["Trần Văn Sáu", "xây dựng"]
    write(tmp_path, spoken("mưa rẻ"), many[:1])
    found = open_parts(tmp_path)
    assert found.pair_counts(("mưa",), ("to", "rẻ")).tolist() == [[2, 1]]
    assert [(one.text, one.count) for one in found.completions("tran", 9)] == [("Trần Văn Sáu", 2)]


def test_nothing_of_what_was_put_away_is_left(tmp_path: Path) -> None:
    scratch, folder = tmp_path / "scratch", tmp_path / "parts"
    scratch.mkdir()
    folder.mkdir()
    with small_steps(memory=1):
        builder = PartBuilder(scratch)
        for each in spoken("mưa to", "mưa rẻ"):
            builder.add(each)
        assert names_in(scratch)
        builder.write(folder)
    assert not names_in(scratch)
    assert open_parts(folder).frequency("mưa") == 2
