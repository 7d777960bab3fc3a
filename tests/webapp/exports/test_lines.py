"""JSON lines: any article comes back; and what is taken along can be taken in."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from indexer import bootstrap
from indexer.archive import Archive
from indexer.model import Article, SearchRequest
from indexer.settings import Settings
from tests.webapp.exports.articles import ARTICLES
from webapp.exports.lines import lines
from webapp.exports.records import record


def written(*articles: Article) -> str:
    return "".join(lines(articles, lambda article_id: f"https://bao.example/bai/{article_id}"))


@given(st.lists(ARTICLES, max_size=3))
def test_any_articles_come_back_however_lines_are_split(articles: list[Article]) -> None:
    text = written(*articles)
    found = [json.loads(line) for line in text.splitlines()]
    assert found == [record(one, lambda article_id: f"https://bao.example/bai/{article_id}") for one in articles]
    assert len(text.split("\n")) == len(articles) + 1


def test_nothing_found_is_an_empty_file() -> None:
    assert written() == ""


def test_the_archive_can_be_made_again_from_its_own_lines(sample_archive: Archive, tmp_path: Path) -> None:
    export = sample_archive.export(SearchRequest(), 1000)
    before = {each.article.id: each.article for each in export.articles}
    (tmp_path / "all.jsonl").write_text(written(*before.values()), encoding="utf-8")
    settings = Settings(index_dir=tmp_path / "index")
    bootstrap.index(settings, [tmp_path / "all.jsonl"])
    again = bootstrap.open_archive(settings).export(SearchRequest(), 1000)
    after = {each.article.id: each.article for each in again.articles}
    assert len(after) == sample_archive.article_count
    for article_id, article in before.items():
        authors = tuple(replace(one) for one in article.authors)
        assert after[article_id] == replace(article, authors=authors)
