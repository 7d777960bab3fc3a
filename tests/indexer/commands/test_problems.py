"""`khobao problems`, as a person runs it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer import bootstrap
from indexer.problems import ReportKind
from indexer.reader_reports import ReaderReports
from indexer.settings import Settings
from tests.conftest import WriteArticle, settings_in
from webapp.cli import cli


def body(about: str) -> str:
    return f"Một đoạn văn dài về {about}. " * 10


@pytest.fixture
def settings(tmp_path: Path, write_article: WriteArticle) -> Settings:
    """Of an index of four articles: one sound, one without a date, two without an author, one of them garbled."""
    made = settings_in(tmp_path)
    write_article("sound.txt", body=body("chợ sớm ở bến cá"))
    write_article("undated.txt", stamp="31/02/2021", body=body("mùa gặt"))
    write_article("old/unsigned.txt", body=body("làng gốm"), byline="")
    write_article("old/garbled.txt", body=f"{body('chợ')}Nghị quyết cña §¶ng vÒ x©y dùng", byline="")
    bootstrap.index(made)
    return made


def run(settings: Settings, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["problems", *arguments, "--index", str(settings.index_dir)], catch_exceptions=False)


def listed(settings: Settings, *arguments: str) -> list[tuple[str, str]]:
    return [(each["article_id"], each["kind"]) for each in json.loads(run(settings, "--json", *arguments).stdout)]


def test_the_counts_come_first_then_the_articles(settings: Settings) -> None:
    lines = run(settings).stdout.splitlines()
    assert lines[0] == "5 problems in 3 articles"
    assert [line.split()[:2] for line in lines[1:5]] == [
        ["1", "mojibake"],
        ["1", "no-date"],
        ["1", "odd-title"],
        ["2", "no-byline"],
    ]
    rows = lines[6:]
    assert len(rows) == 5
    assert rows[1].split()[:2] == ["no-date", "undated"]
    assert "“31/02/2021” was not read as a date" in rows[1]
    assert rows[1].endswith(f"[{settings.seeds_dir / 'undated.txt'}]")


def test_the_list_is_narrowed_by_kind_and_by_place(settings: Settings) -> None:
    assert listed(settings, "--kind", "no-byline") == [("old-garbled", "no-byline"), ("old-unsigned", "no-byline")]
    assert {kind for _, kind in listed(settings, "--kind", "no-date", "--kind", "mojibake")} == {"no-date", "mojibake"}
    assert len(listed(settings, str(settings.seeds_dir / "old"))) == 3
    assert len(listed(settings, str(settings.seeds_dir / "old" / "unsigned.txt"))) == 1
    assert listed(settings, str(settings.seeds_dir / "ol")) == []


def test_a_long_table_says_how_much_more_there_is(settings: Settings) -> None:
    short = run(settings, "--most", "2").stdout.splitlines()
    assert short[-1].startswith("... 3 more")
    assert len(run(settings, "--most", "0").stdout.splitlines()) == 11


def test_excel_opens_the_csv_with_vietnamese_right_and_runs_no_formula(settings: Settings) -> None:
    line = f'{{"id": "=1+2", "title": "Một bài nữa", "body": "{body("rừng tràm")}", "author": "Lan Chi"}}\n'
    (settings.seeds_dir / "z.jsonl").write_text(line, encoding="utf-8")
    bootstrap.index(settings)
    raw = run(settings, "--csv").stdout_bytes
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert [row["kind"] for row in rows] == ["mojibake", "no-date", "no-date", "odd-title", "no-byline", "no-byline"]
    assert rows[1]["vấn đề"].startswith("Không có ngày")
    assert "'=1+2" in {row["article"] for row in rows}


def test_of_two_files_with_one_article_the_later_is_named_until_one_is_gone(
    tmp_path: Path, write_article: WriteArticle
) -> None:
    settings = settings_in(tmp_path)
    write_article("a.txt", body=body("hoà bình"))
    second = write_article("b.txt", body=body("hòa  bình"), byline="Lan Chi")
    bootstrap.index(settings)
    assert listed(settings) == [("b", "twin")]
    row = run(settings).stdout.splitlines()[-1]
    assert "The same article twice: the same as a" in row
    assert str(second) in row
    assert bootstrap.open_archive(settings).article("b")
    second.unlink()
    bootstrap.index(settings, allow_removal=True)
    assert listed(settings) == []


def test_a_twin_that_staff_accept_is_named_no_more(tmp_path: Path, write_article: WriteArticle) -> None:
    settings = settings_in(tmp_path)
    for name in ("a.txt", "b.txt"):
        write_article(name, body=body("chợ sớm"))
    (settings.seeds_dir / "corrections.toml").write_text('["b"]\naccept = ["twin"]\n', encoding="utf-8")
    bootstrap.index(settings)
    assert listed(settings) == []


def test_an_archive_without_problems_says_so(tmp_path: Path, write_article: WriteArticle) -> None:
    settings = settings_in(tmp_path)
    write_article("sound.txt", body=body("chợ sớm"))
    bootstrap.index(settings)
    assert run(settings).stdout == "No problems found.\n"
    assert run(settings, "--json").stdout == "[]\n"


def test_an_index_from_before_problems_were_kept_says_what_to_do(settings: Settings) -> None:
    for path in settings.index_dir.rglob("problems.json"):
        path.unlink()
    assert "khobao index --rebuild" in run(settings).stderr


def test_without_an_index_it_ends_with_2_and_the_next_step(tmp_path: Path) -> None:
    result = run(Settings(index_dir=tmp_path))
    assert (result.exit_code, "khobao index" in result.stderr) == (2, True)


def test_two_formats_at_once_are_refused(settings: Settings) -> None:
    assert run(settings, "--json", "--csv").exit_code == 2


@pytest.mark.parametrize("command", ["problems", "fix"])
def test_the_installed_command_explains_itself(command: str) -> None:
    call = [sys.executable, "-c", "from webapp.cli import main; main()", command, "--help"]
    assert "no-byline" in subprocess.run(call, capture_output=True, text=True, check=True).stdout


def test_what_readers_report_comes_first_and_outlives_a_rebuild_until_it_is_seen(settings: Settings) -> None:
    reports = ReaderReports(settings.index_dir)
    one = reports.add(listed(settings)[0][0], "Tựa", ReportKind.DATE, "Bài đăng năm 2020.")
    reports.add("gone", "Bài cũ", ReportKind.OTHER, "=1+1")
    bootstrap.index(settings, rebuild=True)
    shown = run(settings, "--kind", "reader-report").stdout
    assert "Reported by a reader: wrong date: Bài đăng năm 2020." in shown
    assert f"garbled.txt; report {one.id}]" in shown
    assert "[not in the archive any more; report " in shown
    assert [kind for _, kind in listed(settings)][:3] == ["reader-report", "reader-report", "mojibake"]
    assert run(settings, "--seen", one.id).stdout == "1 reports taken off the list.\n"
    assert [article for article, kind in listed(settings) if kind == "reader-report"] == ["gone"]
    assert run(settings, "--seen", one.id).exit_code == 2


def test_a_report_can_be_seen_but_not_called_right_so(settings: Settings) -> None:
    article = listed(settings)[0][0]
    refused = CliRunner().invoke(cli, ["fix", article, "--accept", "reader-report", "--index", str(settings.index_dir)])
    assert refused.exit_code == 2


def test_a_line_that_is_no_report_is_named(settings: Settings) -> None:
    (settings.index_dir / "reader_reports.jsonl").write_text("gì đây\n", encoding="utf-8")
    shown = run(settings)
    assert shown.exit_code == 0
    assert "reader_reports.jsonl:1: this is no report" in shown.stderr
