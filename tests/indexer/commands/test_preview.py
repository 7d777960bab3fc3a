"""`khobao preview`, as a person reads it."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from indexer.settings import Settings
from tests.conftest import OWNERS_ARTICLE, SEEDS, WriteArticle
from webapp.cli import cli


def preview(*arguments: str | Path, index: Path) -> Result:
    return CliRunner().invoke(cli, ["preview", *map(str, arguments), "--index", str(index)], catch_exceptions=False)


def test_a_file_is_told_as_it_will_become(tmp_path: Path, write_article: WriteArticle) -> None:
    path = write_article("a.txt", body="Một.\n\nHai.\n\nLễ hội ở làng. Ảnh: Ngọc Tú", stamp="")
    told = preview(path, index=tmp_path / "index")
    assert told.exit_code == 0
    for line in (
        f"{path}: 1 articles, 0 rejected", "  Một tiêu đề", "    id        a", "    time      -",
        "    authors   Văn Kỳ", "    caption   Lễ hội ở làng. (Ngọc Tú)", "    begins    Một. Hai.",
        "    problem   no-date",
    ):  # fmt: skip
        assert line in told.stdout.splitlines(), told.stdout


def test_what_would_be_rejected_is_told_and_makes_the_exit_status(tmp_path: Path, write_article: WriteArticle) -> None:
    broken = tmp_path / "hong.txt"
    broken.write_bytes(b"\xff\x00")
    told = preview(write_article("a.txt"), broken, index=tmp_path / "index")
    assert told.exit_code == 1
    assert f"  rejected {broken}" in told.stdout
    assert "Một tiêu đề" in told.stdout


def test_what_the_archive_holds_is_told(sample_settings: Settings, tmp_path: Path) -> None:
    index = sample_settings.index_dir
    copy = tmp_path / "khac.txt"
    copy.write_bytes((SEEDS / f"{OWNERS_ARTICLE}.txt").read_bytes())
    assert f"the same: {OWNERS_ARTICLE}" in preview(copy, index=index).stdout
    assert "the archive holds exactly this" in preview(SEEDS / f"{OWNERS_ARTICLE}.txt", index=index).stdout


def test_json_has_all_of_it(tmp_path: Path, write_article: WriteArticle) -> None:
    (file,) = json.loads(preview(write_article("a.txt"), "--json", index=tmp_path / "index").stdout)
    (shown,) = file["articles"]
    assert shown["article"]["title"] == "Một tiêu đề"
    assert shown["article"]["published"]["moment"] == "2021-03-02T08:00:00+07:00"
    assert shown["standing"] == "new"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    told = CliRunner().invoke(cli, ["preview", str(tmp_path / "khong-co.txt")])
    assert told.exit_code == 2
    assert "khong-co.txt" in told.stderr
