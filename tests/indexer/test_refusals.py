"""An article that the engine cannot hold: the others go in, and the report tells of it, this time and the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.build import update_index
from indexer.builds import BuildStore
from indexer.documents import Document
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.engines.whoosh_engine.writer import WhooshWriter
from indexer.history import open_live
from indexer.ports import IndexWriter, Refusal
from indexer.reports import Options, Report
from tests.conftest import WriteArticle


class ChoosyWriter:
    """Takes no article whose title ends in "khó"."""

    def __init__(self, writer: WhooshWriter) -> None:
        self._writer = writer
        self._refused: list[Refusal] = []
        self.remove, self.cancel = writer.remove, writer.cancel

    def add(self, document: Document) -> None:
        if document.article.title.endswith("khó"):
            self._refused.append(Refusal(document.article.id, "its title is hard to hold"))
        else:
            self._writer.add(document)

    def commit(self) -> tuple[Refusal, ...]:
        return (*self._writer.commit(), *self._refused)


class ChoosyEngine(WhooshEngine):
    def writer(self, folder: Path) -> IndexWriter:  # type: ignore[override]  # it is asked for what the port says
        return ChoosyWriter(super().writer(folder))


ENGINE = ChoosyEngine()


@pytest.fixture
def store(tmp_path: Path) -> BuildStore:
    return BuildStore(tmp_path / "index")


def run(store: BuildStore, articles: Path, *, rebuild: bool = False) -> Report:
    return update_index(store, ENGINE, [articles], articles, Options(workers=1, rebuild=rebuild))


def titles(store: BuildStore) -> set[str]:
    searcher = open_live(store, ENGINE)
    try:
        return {article.title for each in searcher.ids() if (article := searcher.article(each))}
    finally:
        searcher.close()


def test_the_others_go_in_and_every_run_tells_of_it_until_it_is_mended(
    store: BuildStore, tmp_path: Path, write_article: WriteArticle
) -> None:
    articles = tmp_path / "articles"
    write_article("a.txt", title="Bài thường")
    bad = write_article("b.txt", title="Bài khó")
    for _ in range(2):
        report = run(store, articles)
        assert [(each.path, "hard to hold" in each.reason) for each in report.rejected] == [(str(bad), True)]
        assert report.articles == 1
        assert titles(store) == {"Bài thường"}
        assert str(bad) in str(report.rejected[0])
    write_article("b.txt", title="Bài dễ")
    report = run(store, articles)
    assert (len(report.new), report.rejected) == (1, ())
    assert titles(store) == {"Bài thường", "Bài dễ"}


def test_what_was_held_before_stays(store: BuildStore, tmp_path: Path, write_article: WriteArticle) -> None:
    articles = tmp_path / "articles"
    write_article("a.txt", title="Bài thường")
    run(store, articles)
    write_article("a.txt", title="Bài khó")
    report = run(store, articles)
    assert (report.new, report.changed, report.removed, len(report.rejected)) == ((), (), (), 1)
    assert titles(store) == {"Bài thường"}


def test_a_rebuild_says_that_it_is_gone(store: BuildStore, tmp_path: Path, write_article: WriteArticle) -> None:
    articles = tmp_path / "articles"
    write_article("a.txt", title="Bài thường")
    write_article("b.txt", title="Bài khác")
    run(store, articles)
    write_article("a.txt", title="Bài khó")
    report = run(store, articles, rebuild=True)
    assert (report.removed, len(report.rejected)) == (("a",), 1)
    assert titles(store) == {"Bài khác"}
