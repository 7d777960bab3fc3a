"""The problems of a build, kept and brought up to date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from indexer.clinic.casebook import Casebook, read_problems
from indexer.errors import IndexDamaged
from indexer.manifest import CORRECTIONS, PROBLEMS
from indexer.model import Article, Stamp
from indexer.sources.fields import authors_named
from indexer.sources.stamps import VIETNAM

SOUND = Article(
    "a",
    "Một tiêu đề",
    lead="Một đoạn văn dài. " * 10,
    authors=authors_named(["Lan Chi"]),
    published=Stamp(datetime(2021, 3, 4, tzinfo=VIETNAM)),
)
UNSIGNED = replace(SOUND, authors=())


def kept(casebook: Casebook, folder: Path) -> list[tuple[str, str]]:
    casebook.write(folder)
    return [(problem.article_id, str(problem.kind)) for problem in read_problems(folder).found]


def test_problems_are_kept_from_build_to_build_until_their_article_is_mended_or_leaves(tmp_path: Path) -> None:
    first = Casebook(None)
    for article_id in "abc":
        first.take(replace(UNSIGNED, id=article_id, title=f"Bài {article_id}"), f"{article_id}.txt")
    assert kept(first, tmp_path) == [("a", "no-byline"), ("b", "no-byline"), ("c", "no-byline")]
    second = Casebook(tmp_path)
    second.take(replace(SOUND, id="a", title="Bài a"), "a.txt")
    second.drop("b")
    second.take(replace(UNSIGNED, id="d", title="Bài d", published=None), "d.txt")
    assert kept(second, tmp_path) == [("d", "no-date"), ("c", "no-byline"), ("d", "no-byline")]


def told(casebook: Casebook, folder: Path) -> list[tuple[str, str, str, str]]:
    casebook.write(folder)
    return [(each.article_id, each.kind, each.path, each.detail) for each in read_problems(folder).found]


def test_the_later_of_two_twins_has_a_problem_until_one_of_them_changes_or_leaves(tmp_path: Path) -> None:
    later = replace(SOUND, id="b", published=Stamp(datetime(2021, 3, 5, tzinfo=VIETNAM)))
    first = Casebook(None)
    first.take(later, "b.txt")
    first.take(SOUND, "a.txt")
    assert told(first, tmp_path) == [("b", "twin", "b.txt", "a")]
    changed = Casebook(tmp_path)
    changed.take(replace(SOUND, title="Một tiêu đề khác"), "a.txt")
    assert told(changed, tmp_path) == []
    again = Casebook(tmp_path, held_path={"b": "held/b.txt"}.__getitem__)
    again.take(SOUND, "a.txt")
    assert told(again, tmp_path) == [("b", "twin", "held/b.txt", "a")]
    unchanged = Casebook(tmp_path, held_path={"b": "held/b.txt"}.__getitem__)
    assert told(unchanged, tmp_path) == [("b", "twin", "held/b.txt", "a")]
    left = Casebook(tmp_path)
    left.drop("a")
    assert told(left, tmp_path) == []


def test_a_future_date_is_shown_until_its_day_comes(tmp_path: Path) -> None:
    casebook = Casebook(None)
    casebook.take(replace(SOUND, published=Stamp(datetime(2100, 5, 20, tzinfo=VIETNAM))), "a.txt")
    casebook.write(tmp_path)
    assert [each.detail for each in read_problems(tmp_path, date(2100, 5, 18)).found] == ["2100-05-20"]
    assert read_problems(tmp_path, date(2100, 5, 19)).found == ()


def test_a_build_from_before_problems_were_kept_says_that_it_does_not_know_all(tmp_path: Path) -> None:
    assert not read_problems(tmp_path).is_whole
    casebook = Casebook(tmp_path)
    casebook.take(UNSIGNED, "a.txt")
    casebook.write(tmp_path)
    assert not read_problems(tmp_path).is_whole
    assert len(read_problems(tmp_path).found) == 1
    Casebook(None).write(tmp_path)
    assert read_problems(tmp_path).is_whole


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 1, "is_whole": true, "kinds": {"odd": {}}}', "\xff"])
def test_a_damaged_table_is_said_to_be_one(tmp_path: Path, text: str) -> None:
    (tmp_path / PROBLEMS).write_text(text, encoding="latin-1")
    with pytest.raises(IndexDamaged, match="table of problems"):
        read_problems(tmp_path)


def test_a_damaged_table_of_corrections_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / CORRECTIONS).write_text('{"files": 1}', encoding="utf-8")
    with pytest.raises(IndexDamaged, match="table of corrections"):
        Casebook(tmp_path)
