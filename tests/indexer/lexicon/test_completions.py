"""What a segment keeps to complete what readers type."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indexer.analysis.names import Names
from indexer.array_file import ArrayFile, ArrayWriter
from indexer.lexicon import completions
from indexer.lexicon.completions import Completions, Held, NameCounts, completion_arrays, kept_texts

COMPOUNDS = {b"ho\xc3\xa0_b\xc3\xacnh": 5, "xây_dựng".encode(): 2, "đường_sắt".encode(): 9, b"20_6": 4}
NAMES = (
    Names(people=("Trần Văn Sáu",), places=("Hòa Bình", "Đà Lạt")),
    Names(people=("Hòa Bình",), places=("Đà Lạt",), others=("Nhà Mới",)),
    Names(places=("Đà Lạt",), others=("Nhà Mới",)),
    Names(others=("Nhà Mới",)),
)


def written(folder: Path, articles: int) -> Completions:
    names = NameCounts()
    for each in NAMES:
        names.add(each)
    counts = np.array([*COMPOUNDS.values()], np.int64)
    with ArrayWriter(folder / "file", "terms") as file:
        file.add(completion_arrays(kept_texts([*COMPOUNDS], counts, names, articles)))
    return Completions(ArrayFile(folder / "file", "terms"))


def test_texts_are_found_by_their_folded_beginning_with_their_counts(tmp_path: Path) -> None:
    kept = written(tmp_path, 10)
    assert kept.beginning_with("hoa", 9) == ({"hòa bình": Held(5), "Hòa Bình": Held(2, 1, 1)}, True, 0)
    assert kept.beginning_with("d", 9) == ({"đường sắt": Held(9), "Đà Lạt": Held(3, 0, 3)}, True, 0)
    assert kept.beginning_with("e", 9) == ({}, True, 0)
    assert len(kept.beginning_with("", 99).found) == 8


def test_a_limit_keeps_the_most_frequent_and_says_that_there_are_more(tmp_path: Path) -> None:
    assert written(tmp_path, 10).beginning_with("", 1) == ({"đường sắt": Held(9)}, False, 5)


def test_one_text_can_be_asked_for(tmp_path: Path) -> None:
    kept = written(tmp_path, 10)
    assert kept.held("Hòa Bình") == Held(2, 1, 1)
    assert kept.held("hòa bình") == Held(5)
    assert kept.held("HÒA BÌNH") == kept.held("zz") == Held(0)


def test_a_large_segment_leaves_out_what_is_rare_or_of_no_known_kind(tmp_path: Path) -> None:
    kept = written(tmp_path, completions.MANY_ARTICLES)
    assert set(kept.beginning_with("", 99).found) == {"đường sắt", "hòa bình", "20 6", "Đà Lạt"}


def test_names_alone_are_carried_into_a_merge(tmp_path: Path) -> None:
    carried = NameCounts()
    for name, held in written(tmp_path, 10).names():
        carried.add_held(name, held)
    assert dict(carried) == {
        "Hòa Bình": Held(2, 1, 1), "Nhà Mới": Held(3), "Trần Văn Sáu": Held(1, 1, 0), "Đà Lạt": Held(3, 0, 3),
    }  # fmt: skip


@pytest.mark.parametrize("size", [0, 10])
def test_nothing_may_be_kept(tmp_path: Path, size: int) -> None:
    with ArrayWriter(tmp_path / "file", "terms") as file:
        file.add(completion_arrays(kept_texts([], np.zeros(0, np.int64), NameCounts(), size)))
    kept = Completions(ArrayFile(tmp_path / "file", "terms"))
    assert kept.beginning_with("", 9) == ({}, True, 0)
    assert kept.held("a") == Held(0)
