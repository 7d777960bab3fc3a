"""When everything below a path was last looked at."""

from __future__ import annotations

import pytest

from indexer.errors import LastLookUnknown
from indexer.looks import last_look, with_looks, without_looks


def test_a_look_at_a_folder_is_one_at_all_below() -> None:
    looks = with_looks({}, ["/kho"], None, 10)
    assert last_look(["/kho", "/kho/2021/a.txt"], looks) == 10
    for path in ("/khobao", "/"):
        with pytest.raises(LastLookUnknown, match=path):
            last_look(["/kho", path], looks)


def test_of_several_paths_the_one_that_was_looked_at_longest_ago_counts() -> None:
    looks = with_looks(with_looks({}, ["/kho"], None, 10), ["/kho/2021"], None, 20)
    assert (last_look(["/kho"], looks), last_look(["/kho/2021"], looks)) == (10, 20)
    assert last_look(["/kho", "/kho/2021"], looks) == 10
    assert with_looks(looks, ["/kho"], None, 30) == {"/kho": 30}


def test_a_run_that_leaves_files_out_is_no_look_unless_they_were_seen_before() -> None:
    looks = {"/kho": 10}
    assert with_looks(looks, ["/kho"], 15, 20) == looks
    assert with_looks(looks, ["/kho"], 10, 20) == {"/kho": 20}
    assert with_looks(looks, ["/other"], 10, 20) == looks


def test_what_was_taken_out_has_not_been_looked_at() -> None:
    assert without_looks({"/kho": 10, "/kho/2021": 20}, ["/kho/2021"]) == {"/kho": 10}
