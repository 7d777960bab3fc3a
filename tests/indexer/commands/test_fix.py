"""`khobao fix`, as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer import bootstrap, curation
from indexer.settings import Settings
from tests.conftest import WriteArticle, settings_in
from webapp.cli import cli


@pytest.fixture
def settings(tmp_path: Path, write_article: WriteArticle) -> Settings:
    made = settings_in(tmp_path)
    write_article("a.txt", body="Một đoạn văn.\n\nTrong ảnh: bến cá lúc rạng sáng.")
    bootstrap.index(made)
    return made


@pytest.fixture
def file(settings: Settings) -> Path:
    return settings.seeds_dir / "corrections.toml"


def run(settings: Settings, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["fix", *arguments, "--index", str(settings.index_dir)], catch_exceptions=False)


def test_a_preview_shows_before_and_after_and_writes_nothing(settings: Settings, file: Path) -> None:
    result = run(settings, "a", "--date", "1/7/2020", "--author", "Lan Chi", "--author", "Văn Kỳ", "--preview")
    assert result.stdout.splitlines() == [
        "Date: 2021-03-02T08:00:00+07:00 -> 2020-07-01",
        "Authors: Văn Kỳ -> Lan Chi; Văn Kỳ",
        f"Nothing was written; it would go into {file}.",
    ]
    assert not file.exists()


def test_a_fix_is_written_beside_the_source_and_says_what_comes_next(settings: Settings, file: Path) -> None:
    result = run(settings, "a", "--title", "Tựa đúng", "--accept", "no-byline", "--note", "báo in")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == (
        f"Written: {file}. It counts after: khobao index --index {settings.index_dir}"
    )
    text = '\n["a"]\ntitle = "Tựa đúng"\naccept = ["no-byline"]\nnote = "báo in"\n'
    assert file.read_text(encoding="utf-8").endswith(text)


@pytest.mark.parametrize(
    ("option", "value", "written"),
    [
        ("--date", "", 'published = ""'),
        ("--author", "", "authors = []"),
        ("--lead", "", 'lead = ""'),
        ("--section", "Đời sống", 'section = "Đời sống"'),
        ("--caption", "", "captions = []"),
        ("--caption", "Bến cá. (Ảnh: Lê Bình)", 'captions = ["Bến cá. (Ảnh: Lê Bình)"]'),
    ],
)
def test_every_field_can_be_given_or_emptied(
    settings: Settings, file: Path, option: str, value: str, written: str
) -> None:
    assert run(settings, "a", option, value).exit_code == 0
    assert file.read_text(encoding="utf-8").splitlines()[-1] == written


def test_the_fix_of_a_caption_takes_the_paragraph_away(settings: Settings) -> None:
    run(settings, "a", "--caption", "Trong ảnh: bến cá lúc rạng sáng.")
    bootstrap.index(settings)
    found = bootstrap.open_archive(settings).article("a")
    assert found
    assert [caption.text for caption in found.article.captions] == ["Trong ảnh: bến cá lúc rạng sáng."]
    assert found.article.passages() == ("Một đoạn văn.", "Trong ảnh: bến cá lúc rạng sáng.")
    assert "unknown-caption" not in {str(each.kind) for each in curation.problems(settings).found}


def test_undoing_shows_what_the_source_says(settings: Settings, file: Path) -> None:
    run(settings, "a", "--title", "Tựa đúng", "--accept", "markup")
    bootstrap.index(settings)
    preview = run(settings, "a", "--undo", "--preview").stdout.splitlines()
    assert preview[:2] == ["Title: Tựa đúng -> Một tiêu đề", "Looked at, and right so: markup -> -"]
    assert run(settings, "a", "--undo").exit_code == 0
    assert '["a"]' not in file.read_text(encoding="utf-8")
    again = run(settings, "a", "--undo")
    assert (again.exit_code, "no correction of 'a'" in again.stderr) == (2, True)


def test_changes_are_printed_as_json(settings: Settings, file: Path) -> None:
    told = json.loads(run(settings, "a", "--title", "Tựa đúng", "--json").stdout)
    assert told == {
        "article_id": "a",
        "file": str(file),
        "source": str(settings.seeds_dir / "a.txt"),
        "changes": [{"field": "title", "before": "Một tiêu đề", "after": "Tựa đúng"}],
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere", "--title", "x"], "no article 'nowhere'"),
        (["a", "--date", "31/2/2020"], "write 1/7/2020, the day first"),
        (["a", "--title", "..."], "no title"),
        (["a", "--author", "", "--author", "Lan"], "author without a name"),
        (["a"], "Say what is to be corrected"),
        (["a", "--undo", "--title", "x"], "--undo takes out all"),
        (["a", "--accept", "no-title"], "no-byline"),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_reason(
    settings: Settings, file: Path, arguments: list[str], said: str
) -> None:
    result = run(settings, *arguments)
    assert (result.exit_code, said in result.stderr) == (2, True), result.stderr
    assert not file.exists()


@pytest.mark.parametrize("spoilt", ['["a"]\ntitle = "x\n', '["a"]\ntitle = 1\n', '["b"]\ntitle = x\n'])
def test_a_spoilt_file_is_named_by_line_and_not_written(settings: Settings, file: Path, spoilt: str) -> None:
    file.write_text(spoilt, encoding="utf-8")
    result = run(settings, "a", "--title", "Tựa")
    assert (result.exit_code, f"{file}:" in result.stderr, "Mend the file" in result.stderr) == (2, True, True)
    assert file.read_text(encoding="utf-8") == spoilt


def test_a_folder_that_cannot_be_written_is_named(
    settings: Settings, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("os.replace", read_only)
    result = run(settings, "a", "--title", "Tựa")
    assert (result.exit_code, file.exists()) == (2, False)
    assert f"{file}: cannot be written: Read-only file system; nothing was changed." in result.stderr
    assert "make the folder writable" in result.stderr


def test_undoing_an_article_whose_source_is_gone_says_so(settings: Settings) -> None:
    run(settings, "a", "--title", "Tựa")
    (settings.seeds_dir / "a.txt").unlink()
    result = run(settings, "a", "--undo")
    assert (result.exit_code, "does not hold the article any more" in result.stderr) == (2, True)
