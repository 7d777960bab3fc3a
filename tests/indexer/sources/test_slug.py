"""Ids fit for an address."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.sources.slug import slug


@pytest.mark.parametrize("name", ["2020-07-01-cho-phien", "a_b", "Ben-Sim", "007"])
def test_a_name_that_fits_stays(name: str) -> None:
    assert slug(name) == name


def test_folders_become_part_of_the_name() -> None:
    assert slug("2021/07/cho-phien") == "2021-07-cho-phien"


@pytest.mark.parametrize(
    ("name", "beginning"),
    [("Chợ phiên", "Cho-phien"), ("Đò ngang", "Do-ngang"), ("a.b", "a-b"), ("北京", "article"), ("..", "article")],
)
def test_a_name_that_loses_something_gets_a_mark(name: str, beginning: str) -> None:
    assert re.fullmatch(rf"{beginning}-[0-9a-f]{{6}}", slug(name))


def test_names_that_look_alike_stay_apart() -> None:
    names = ["chợ phiên", "cho phien", "cho-phien", "cho--phien", "chờ phiến", "cho.phien"]
    assert len({slug(name) for name in names}) == len(names)


@given(st.text())
def test_every_text_has_a_slug(name: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,170}", slug(name))
