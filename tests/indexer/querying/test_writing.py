"""A tree that is written down reads as the same tree."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from indexer.querying.parser import describe, parse
from indexer.querying.writing import write
from tests.hostile import QUERIES

WRITTEN = (
    "xây dựng",
    '"xây dựng cầu"~3 -phà',
    "cầu OR (phà sông)",
    "(cầu OR phà) sông",
    "tiêu đề:(bão lũ) tác giả:Nam",
    'bão -tác giả:"Nguyễn Văn A"',
    "-(bão lũ) mưa",
    "tiêu đề:(bão OR lũ)",
    "ngày:2019.. xây*",
    "Covid-19 20-6",
    "cầu NOT 2020 NOT 19*",
    "-*1",
)


@pytest.mark.parametrize("text", WRITTEN)
def test_what_is_written_reads_the_same(text: str) -> None:
    tree = parse(text).tree
    assert tree is not None
    assert parse(write(tree)).tree == tree


@settings(deadline=None)  # the hostile queries are long
@given(st.sampled_from(QUERIES) | st.text('ab đ"()-|*~:1. ', max_size=20))
def test_any_query_reads_the_same_when_it_is_written_anew(text: str) -> None:
    tree = parse(text).tree
    assume(tree is not None)
    assert tree is not None
    again = parse(write(tree)).tree
    assert again is not None
    assert re.sub(r"[-+]+", "", describe(again)) == re.sub(r"[-+]+", "", describe(tree))
    assert write(again) == write(tree)
