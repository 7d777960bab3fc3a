"""Which articles are copies of which, over texts made of words drawn by chance."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from indexer.clinic import copies as copies_module
from indexer.clinic import matching
from indexer.clinic.copies import NONE, UNDATED, Copies, Copy, Entry, read_copies, write_copies
from indexer.clinic.fingerprints import fingerprint
from indexer.errors import IndexDamaged
from indexer.manifest import COPIES
from indexer.model import Article

VOCABULARY = [
    onset + rime for onset in "bcdghklmnrstvx" for rime in "a an ang anh at i in u un ung o om on ong".split()
]


def words(seed: int, count: int = 150) -> list[str]:
    return random.Random(seed).choices(VOCABULARY, k=count)


def entry(text: Sequence[str], title: str = "Tựa", order: int = UNDATED) -> Entry:
    return Entry(order, fingerprint(Article("", title, " ".join(text))))


def altered(text: Sequence[str], share: float, seed: int = 1) -> list[str]:
    """With a share of its words replaced by others."""
    chance = random.Random(seed)
    return [chance.choice(VOCABULARY) if chance.random() < share else word for word in text]


def copies_of(entries: Mapping[str, Entry]) -> Copies:
    return NONE.updated(entries, ())


def found(entries: Mapping[str, Entry]) -> list[Copy]:
    return sorted(copies_of(entries).found())


TEXT = words(0)


def test_the_same_title_and_text_are_twins_whatever_their_length() -> None:
    assert found({"a": entry(TEXT), "b": entry(TEXT)}) == [Copy("b", "a", is_twin=True)]
    assert found({"a": entry(TEXT[:3]), "b": entry(TEXT[:3])}) == [Copy("b", "a", is_twin=True)]
    assert found({"a": entry(TEXT[:3]), "b": entry(TEXT[:3], title="Tựa khác")}) == []


@pytest.mark.parametrize(
    "text",
    [TEXT, TEXT[15:], TEXT[:70] + TEXT[90:], [*TEXT, *words(1, 20)], altered(TEXT, 0.05)],
    ids=["headline", "beginning cut", "paragraph cut", "paragraph added", "words replaced"],
)
def test_most_of_the_text_under_another_title_is_a_near_copy(text: list[str]) -> None:
    assert found({"a": entry(TEXT), "b": entry(text, title="Tựa khác")}) == [Copy("b", "a", is_twin=False)]


@pytest.mark.parametrize(
    "text", [words(1), TEXT[:75] + words(1, 75), altered(TEXT, 0.4)], ids=["other", "half", "rest"]
)
def test_another_text_or_half_of_one_is_no_copy(text: list[str]) -> None:
    assert found({"a": entry(TEXT), "b": entry(text)}) == []


def test_the_same_words_around_other_numbers_are_no_copy() -> None:
    def results(seed: int) -> list[str]:
        chance = random.Random(seed)
        return [word if place % 8 else str(chance.randrange(1000)) for place, word in enumerate(TEXT)]

    assert found({"a": entry(results(1)), "b": entry(results(1))}) == [Copy("b", "a", is_twin=True)]
    alike = [word for place, word in enumerate(results(1)) if place not in range(60, 70)]
    assert found({"a": entry(results(1)), "b": entry(alike)}) == [Copy("b", "a", is_twin=False)]
    assert found({"a": entry(results(1)), "b": entry(results(2))}) == []


def test_the_earlier_is_the_one_of_the_earlier_day_then_of_the_lesser_id() -> None:
    assert found({"a": entry(TEXT, order=20210304), "b": entry(TEXT, order=20200101)}) == [Copy("a", "b", is_twin=True)]
    assert found({"b": entry(TEXT), "a": entry(TEXT)}) == [Copy("b", "a", is_twin=True)]
    assert found({"a": entry(TEXT), "b": entry(TEXT, order=20210304)}) == [Copy("a", "b", is_twin=True)]


def test_each_copy_is_told_once_and_as_a_twin_if_it_is_one() -> None:
    near = TEXT[:140]
    entries = {"a": entry(near, order=1), "b": entry(TEXT, order=2), "c": entry(TEXT, order=3)}
    assert found(entries) == [Copy("b", "a", is_twin=False), Copy("c", "b", is_twin=True)]


def pairs(copies: Copies) -> set[tuple[str, ...]]:
    return {tuple(sorted(copies.ids[row] for row in pair)) for pair in copies.pairs.tolist()}


TEXTS = [*map(words, range(6)), TEXT[:140], altered(TEXT, 0.05), words(1)[:145], TEXT[:2], TEXT[:2]]


IDS = st.sampled_from("abcdefgh")
RUNS = st.lists(st.tuples(st.dictionaries(IDS, st.sampled_from(TEXTS)), st.sets(IDS)), max_size=4)


@given(RUNS)
@hypothesis_settings(max_examples=40)
def test_runs_one_after_the_other_find_what_one_run_finds(runs: list[tuple[dict[str, list[str]], set[str]]]) -> None:
    copies = NONE
    there: dict[str, Entry] = {}
    for taken, gone in runs:
        entries = {article_id: entry(text) for article_id, text in taken.items()}
        copies = copies.updated(entries, gone - taken.keys())
        there = {each: kept for each, kept in there.items() if each not in gone} | entries
    assert sorted(copies.ids) == sorted(there)
    assert pairs(copies) == pairs(copies_of(there))


@pytest.mark.parametrize("few", [0, 10_000])
def test_many_are_compared_as_few_are(monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(matching, "FEW", few)
    texts = {f"{seed}": words(seed, 60) for seed in range(200)}
    near = {f"{seed}-near": texts[f"{seed}"][:-5] for seed in range(0, 200, 2)}
    twins = {f"{seed}-twin": words(seed, 60) for seed in range(1, 200, 2)}
    copies = copies_of({name: entry(text) for name, text in {**texts, **near, **twins}.items()})
    assert {(each.of, each.is_twin) for each in copies.found()} == {(f"{seed}", seed % 2 == 1) for seed in range(200)}


def test_thousands_of_one_text_are_one_cluster_without_comparing_each_with_all() -> None:
    copies = copies_of({f"{number:04}": entry(TEXT, title=f"Kỳ {number}") for number in range(2000)})
    assert len(copies.pairs) < 20 * 2000
    assert set(copies.clusters().tolist()) == {0}
    assert {each.of for each in copies.found()} == {"0000"}


def chain() -> Copies:
    """Each is a copy of the next one; the first and the last have too little in common. One is alone."""
    long = words(7, 300)
    return copies_of(
        {**{f"{start}": entry(long[start : start + 150]) for start in (0, 20, 40, 60)}, "z": entry(words(8))}
    )


def test_a_cluster_joins_what_pairs_join() -> None:
    copies = chain()
    assert ("0", "60") not in pairs(copies)
    assert copies.clusters().tolist() == [0, 0, 0, 0, 4]
    assert copies.cluster_of("40") == ("0", "20", "40", "60")
    assert copies.cluster_of("z") == ("z",)
    assert copies.cluster_of("nobody") == ()


def test_the_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    for copies in (chain(), NONE):
        write_copies(tmp_path, copies)
        read = read_copies(tmp_path)
        assert (read.ids, read.orders.tolist(), pairs(read)) == (copies.ids, copies.orders.tolist(), pairs(copies))
        assert np.array_equal(read.prints.texts, copies.prints.texts)
        assert [*read.found()] == [*copies.found()]


def test_a_build_without_the_table_knows_of_no_copies(tmp_path: Path) -> None:
    assert read_copies(tmp_path).ids == ()


def test_fingerprints_of_another_version_are_compared_with_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_copies(tmp_path, chain())
    monkeypatch.setattr(copies_module, "FINGERPRINT_VERSION", 99)
    assert read_copies(tmp_path).ids == ()


def test_a_damaged_table_is_said_to_be_one(tmp_path: Path) -> None:
    copies = chain()
    write_copies(tmp_path, copies)
    raw = (tmp_path / COPIES).read_bytes()
    sketches = copies.prints.texts.tobytes()
    assert sketches in raw
    for damaged in (b"", b"PK", raw[:-30], raw[: len(raw) // 2], raw.replace(sketches, sketches[::-1])):
        (tmp_path / COPIES).write_bytes(damaged)
        with pytest.raises(IndexDamaged, match=COPIES):
            read_copies(tmp_path)


@pytest.mark.parametrize(
    "change", [{"orders": [1]}, {"pairs": [[0, 9]]}, {"pairs": [0, 1]}, {"ids": [97]}, {"version": []}]
)
def test_a_table_whose_parts_do_not_fit_together_is_damaged(tmp_path: Path, change: dict[str, list[int]]) -> None:
    write_copies(tmp_path, chain())
    with np.load(tmp_path / COPIES) as table:
        parts = {**table, **{name: np.array(value, table[name].dtype) for name, value in change.items()}}
    with (tmp_path / COPIES).open("wb") as file:
        np.savez(file, **parts)
    with pytest.raises(IndexDamaged, match=COPIES):
        read_copies(tmp_path)
