"""Paths under roots: by their text, with the answers that pathlib gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.sources.places import under

NAMES = st.sampled_from(["a", "ab", "a b", "a-b", "á", "a.txt", "\udcec"])
PATHS = st.lists(NAMES, max_size=4).map(lambda names: f"/{'/'.join(names)}")


@given(PATHS, st.lists(PATHS, max_size=3))
def test_a_path_is_under_the_roots_that_pathlib_says(path: str, roots: list[str]) -> None:
    assert under(roots)(path) == any(Path(path).is_relative_to(root) for root in roots)


@pytest.mark.parametrize("roots", [["/kho"], [Path("/kho")], [Path("/"), "/other"]])
def test_roots_may_be_text_or_paths(roots: list[str | Path]) -> None:
    assert under(roots)("/kho/a.txt")


def test_a_folder_whose_name_begins_alike_is_another_one() -> None:
    assert not under(["/kho"])("/kho-2/a.txt")
