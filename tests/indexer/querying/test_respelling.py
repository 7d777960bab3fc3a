"""A query spelled anew keeps everything but the letters of its words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from indexer.querying.parser import parse
from indexer.querying.respelling import respell, runs
from indexer.querying.writing import write

MARKS = {"xay": "xây", "dung": "dựng", "dang": "đảng", "hoa": "hoà", "vietnam": "việt nam"}


def mark(terms: Sequence[str]) -> list[str]:
    return [MARKS.get(term, term) for term in terms]


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("xay dung dang", "xây dựng đảng"),
        ('"xay dung" dang', '"xây dựng" đảng'),
        ('"xay dung"~4', '"xây dựng"~4'),
        ("xay OR dung", "xây OR dựng"),
        ("xay -dung", "xây -dung"),
        ("tieu de:xay dang", "tiêu đề:xây đảng"),
        ("tac gia:Dung xay", "tác giả:Dung xây"),
        ("Xay DUNG Dang", "Xây DỰNG Đảng"),
        ("hoa", "hòa"),
        ("vietnam 2020", "việt nam 2020"),
        ("xay-dung, dang!", "xây-dựng, đảng!"),
    ],
)
def test_words_are_spelled_anew_where_they_stand(typed: str, spelled: str) -> None:
    tree = parse(typed).tree
    assert tree is not None
    assert write(respell(tree, mark)) == spelled


def test_a_run_may_come_out_with_another_number_of_words() -> None:
    tree = parse("xay dung cau").tree
    assert tree is not None
    assert write(respell(tree, lambda terms: [*terms, "lớn"])) == "xay dung cau lớn"
    assert write(respell(tree, lambda _: ["cầu"])) == "cầu"


def test_words_stand_together_as_far_as_nothing_stands_between_them() -> None:
    found = list(runs(parse('xay dung "dang ta" (cau OR pha) -song tiêu đề:lon').tree))
    assert found == [("xay", "dung"), ("dang", "ta"), ("cau",), ("pha",), ("lon",)]
    assert list(runs(None)) == []
