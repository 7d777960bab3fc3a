"""SYNTAX.md promises readers what each example means; every row is held to it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import indexer.querying
from indexer.querying.parser import MAX_DEPTH, MAX_DISTANCE, MAX_LEAVES, describe, parse

DOC = (Path(indexer.querying.__file__).parent / "SYNTAX.md").read_text(encoding="utf-8")
HEADERS = ("| gõ | nghĩa | cây |", "| type | meaning | tree |")
ROW = re.compile(r"\| `(?P<typed>.+?)` \| (?P<meaning>.+) \| `(?P<tree>.+)` \|")


def examples(header: str) -> list[tuple[str, str]]:
    """What is typed and the tree it gives, for each row under the header and its rule."""
    lines = iter(DOC.splitlines())
    next(line for line in lines if line == header)
    next(lines)
    found = []
    for line in lines:
        if not line:
            break
        row = ROW.fullmatch(line)
        assert row, line
        found.append((row["typed"].replace(r"\|", "|"), row["tree"]))
    return found


@pytest.mark.parametrize(("typed", "tree"), examples(HEADERS[0]))
def test_every_example_means_what_the_page_says(typed: str, tree: str) -> None:
    assert describe(parse(typed).tree) == tree


def test_both_languages_show_the_same_examples() -> None:
    assert examples(HEADERS[0]) == examples(HEADERS[1])


def test_limits_are_the_real_ones() -> None:
    assert DOC.count(f"{MAX_LEAVES} ") == len(HEADERS)
    assert DOC.count(f"{MAX_DEPTH} ") >= len(HEADERS)
    assert DOC.count(f"{MAX_DISTANCE} ") == len(HEADERS)
