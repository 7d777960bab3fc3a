"""The list of authors on disk and in a running archive: saved, it counts; removed, nothing is left of it."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from indexer import bootstrap, curation, staff_list
from indexer.archive import Archive
from indexer.author_files import PROBLEMS_LOGGED, AuthorFile
from indexer.author_merges import NO_MERGES
from indexer.model import Choice, SearchRequest
from indexer.settings import Settings
from tests.conftest import WriteArticle, settings_in


@pytest.fixture
def settings(tmp_path: Path, write_article: WriteArticle) -> Settings:
    """Of an index of three articles, two of them by one author."""
    made = settings_in(tmp_path)
    write_article("a.txt", byline="Lê Văn Kỳ")
    write_article("b.txt", byline="L.V.K - Hà My")
    write_article("c.txt", byline="Hà My")
    bootstrap.index(made)
    return made


def authors(archive: Archive) -> dict[str, int]:
    return {value.label: value.count for value in archive.search(SearchRequest()).facets["author"]}


def test_a_list_is_taken_up_and_given_up_by_a_running_archive(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staff_list, "LOOK_SECONDS", 0)
    live = bootstrap.live_archive(settings)
    apart = {"Hà My": 2, "Lê Văn Kỳ": 1, "L.V.K": 1}
    before = live()
    assert authors(before) == apart
    settings.authors_path.write_text("Lê Văn Kỳ = L.V.K", encoding="utf-8")
    merged = live()
    assert authors(merged) == {"Hà My": 2, "Lê Văn Kỳ": 2}
    assert merged.build == before.build
    assert live() is merged
    assert authors(before) == apart
    settings.authors_path.unlink()
    assert authors(live()) == apart


def test_a_new_build_has_the_merges_of_the_one_before(settings: Settings, write_article: WriteArticle) -> None:
    curation.add_authors(settings, ["Lê Văn Kỳ = L.V.K"])
    live = bootstrap.live_archive(settings)
    live()
    write_article("d.txt", byline="L.V.K")
    bootstrap.index(settings)
    assert authors(live()) == {"Hà My": 2, "Lê Văn Kỳ": 3}


def test_a_list_that_cannot_be_taken_up_leaves_the_one_before(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(staff_list, "LOOK_SECONDS", 0)
    settings.authors_path.write_text("Lê Văn Kỳ = L.V.K", encoding="utf-8")
    live = bootstrap.live_archive(settings)
    assert len(authors(live())) == 2
    settings.authors_path.unlink()
    settings.authors_path.mkdir()
    assert len(authors(live())) == 2
    assert "authors_file" in caplog.text


def test_wrong_lines_are_logged_by_number(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "authors.txt"
    path.write_text("sai\n" * 100, encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        assert AuthorFile(path)() == NO_MERGES
    assert len(caplog.records) == PROBLEMS_LOGGED + 1
    assert f"{path}:1:" in caplog.text


def test_old_links_queries_and_completions_mean_the_author(settings: Settings) -> None:
    curation.add_authors(settings, ["Lê Văn Kỳ = L.V.K"])
    archive = bootstrap.open_archive(settings)

    def found(request: SearchRequest) -> set[str]:
        return {hit.id for hit in archive.search(request).hits}

    for name in ("l.v.k", "lê văn kỳ", "LÊ VĂN KỲ", "BS Lê Văn Kỳ"):
        assert found(SearchRequest(author=Choice((name,)))) == {"a", "b"}
        assert found(SearchRequest(author=Choice(exclude=(name,)))) == {"c"}
        assert found(SearchRequest(f'tác giả:"{name}"')) == {"a", "b"}
        assert found(SearchRequest(f'-tác giả:"{name}"')) == {"c"}
    page = archive.search(SearchRequest(author=Choice(("l.v.k",))))
    [chosen] = [value for value in page.facets["author"] if value.chosen]
    assert (chosen.label, chosen.count, page.total) == ("Lê Văn Kỳ", 2, 2)
    for typed in ("tác giả:lê", "tác giả:l.v"):
        [completion] = archive.complete(typed)
        assert (completion.text, completion.count) == ("Lê Văn Kỳ", 2)
        assert found(SearchRequest(completion.query)) == {"a", "b"}
    assert [value.label for value in archive.summary().authors] == ["Hà My", "Lê Văn Kỳ"]


def test_an_explanation_agrees(settings: Settings) -> None:
    curation.add_authors(settings, ["Lê Văn Kỳ = L.V.K"])
    archive = bootstrap.open_archive(settings)
    for request in (SearchRequest(author=Choice(("lê văn kỳ",))), SearchRequest('tác giả:"Lê Văn Kỳ"')):
        explained = archive.explain(request, "b")
        assert explained
        assert explained.rank is not None
        verdict = (*explained.filters, explained.query)[0]
        assert verdict.holds
        assert verdict.reasons[0].values["value"] == "Lê Văn Kỳ (L.V.K)"
    other = archive.explain(SearchRequest('tác giả:"L.V.K"'), "c")
    assert other
    assert not other.query.holds


def test_an_article_prints_what_was_signed_and_says_who_that_is(settings: Settings) -> None:
    curation.add_authors(settings, ["Lê Văn Kỳ = L.V.K"])
    found = bootstrap.open_archive(settings).article("b")
    assert found
    assert [author.name for author in found.article.authors] == ["L.V.K", "Hà My"]
    assert found.called == {"l.v.k": "Lê Văn Kỳ"}
