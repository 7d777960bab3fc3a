"""What a file will become: the same as a run makes of it, beside what the archive holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import bootstrap, curation, preview
from indexer.model import Article
from indexer.preview import FilePreview, Standing
from indexer.problems import ProblemKind
from indexer.settings import Settings
from tests.conftest import OWNERS_ARTICLE, SEEDS, WriteArticle, settings_in


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Of an archive that is made of nothing yet."""
    return settings_in(tmp_path)


def seen(settings: Settings, path: Path, folder: Path | None = None) -> FilePreview:
    (found,) = curation.preview(settings, [path], folder)
    return found


def indexed(settings: Settings, article_id: str) -> Article:
    found = bootstrap.open_archive(settings).article(article_id)
    assert found
    return found.article


def test_an_article_is_shown_as_a_run_makes_it(settings: Settings, write_article: WriteArticle) -> None:
    path = write_article("a.txt", body="Một.\n\nHai.\n\nLễ hội ở làng. Ảnh: Ngọc Tú")
    (shown,) = seen(settings, path).articles
    bootstrap.index(settings)
    assert shown.article == indexed(settings, "a")
    assert (shown.standing, shown.twins) == (Standing.NEW, ())
    assert shown.problems == curation.problems(settings).found


def test_nothing_is_taken_in(sample_settings: Settings, write_article: WriteArticle) -> None:
    before = bootstrap.open_archive(sample_settings)
    seen(sample_settings, write_article("a.txt"))
    after = bootstrap.open_archive(sample_settings)
    assert (after.build, after.article_count) == (before.build, before.article_count)


def test_what_is_wrong_is_told(settings: Settings, write_article: WriteArticle) -> None:
    (shown,) = seen(settings, write_article("a.txt", stamp="")).articles
    assert ProblemKind.NO_DATE in {problem.kind for problem in shown.problems}


@pytest.mark.parametrize("name", ["hong.txt", "anh.png", "rong.txt"])
def test_what_cannot_be_read_is_told_with_the_reason(settings: Settings, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"" if name == "rong.txt" else b"a\n\xff\x00")
    found = seen(settings, path)
    assert (found.article_count, found.rejected_count) == (0, 1)
    assert found.rejected[0].reason


def test_an_article_the_archive_holds_is_known_by_its_id(sample_settings: Settings, tmp_path: Path) -> None:
    copy = tmp_path / f"{OWNERS_ARTICLE}.txt"
    text = (SEEDS / copy.name).read_text(encoding="utf-8")
    for changed, standing in ((text, Standing.SAME), (f"{text}\n\nThêm một dòng nữa.", Standing.OTHER)):
        copy.write_text(changed, encoding="utf-8")
        (shown,) = seen(sample_settings, copy).articles
        assert shown.standing is standing
        assert shown.held_title == shown.article.title


def test_an_article_the_archive_holds_is_known_under_another_name(sample_settings: Settings, tmp_path: Path) -> None:
    copy = tmp_path / "ten-khac.txt"
    text = (SEEDS / f"{OWNERS_ARTICLE}.txt").read_text(encoding="utf-8")
    for changed, is_equal in ((text, True), (text.replace("10:07", "11:07"), False)):
        copy.write_text(changed, encoding="utf-8")
        twins = seen(sample_settings, copy).articles[0].twins
        assert [(twin.id, twin.is_equal) for twin in twins] == [(OWNERS_ARTICLE, is_equal)]


def test_of_a_long_table_the_beginning_is_shown_and_the_rest_counted(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bang.jsonl"
    lines = [f'{{"title": "Bài {number}", "body": "Chữ."}}' for number in range(12)]
    path.write_text("\n".join([*lines, "hỏng"]), encoding="utf-8")
    whole = seen(settings, path)
    assert (len(whole.articles), whole.article_count, whole.rejected_count) == (preview.SHOWN, 12, 1)
    assert not whole.is_cut
    monkeypatch.setattr(preview, "MOST_READ", 10)
    assert (seen(settings, path).article_count, seen(settings, path).is_cut) == (10, True)


def test_ids_are_those_it_gets_where_it_is_going_to_lie(
    settings: Settings, tmp_path: Path, write_article: WriteArticle
) -> None:
    write_article("a.txt")
    bootstrap.index(settings)
    folder = tmp_path / "articles" / "uploads"  # within what the archive is made of already
    staged = tmp_path / "staged" / "b.txt"
    staged.parent.mkdir()
    staged.write_bytes(write_article("a.txt").read_bytes())
    (shown,) = seen(settings, staged, folder).articles
    folder.mkdir()
    staged.rename(folder / "b.txt")
    bootstrap.index(settings)
    assert indexed(settings, "uploads-b") == shown.article


def corrected(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    entry = '[a]\npublished = "1/7/2020"\ntitle = "Tựa đã sửa"\naccept = ["no-byline", "very-short"]\n'
    (folder / "corrections.toml").write_text(entry, encoding="utf-8")


def test_an_article_is_shown_as_it_is_corrected(settings: Settings, write_article: WriteArticle) -> None:
    path = write_article("a.txt", stamp="")
    corrected(path.parent)
    (shown,) = seen(settings, path).articles
    assert shown.article.title == "Tựa đã sửa"
    bootstrap.index(settings)
    assert shown.article == indexed(settings, "a")
    assert shown.problems == curation.problems(settings).found
    assert seen(settings, path).articles[0].standing is Standing.SAME


def test_a_file_is_corrected_by_what_lies_where_it_is_going_to(
    settings: Settings, tmp_path: Path, write_article: WriteArticle
) -> None:
    corrected(tmp_path / "taken")
    (shown,) = seen(settings, write_article("a.txt", stamp=""), tmp_path / "taken").articles
    assert shown.article.title == "Tựa đã sửa"


def test_a_file_of_corrections_that_cannot_be_read_spoils_no_preview(
    settings: Settings, write_article: WriteArticle
) -> None:
    path = write_article("a.txt", title="Tựa")
    (path.parent / "corrections.toml").write_bytes(b"\xff\x00")
    assert seen(settings, path).articles[0].article.title == "Tựa"
