"""Corrections beside the sources, as they come into the archive and leave it again."""

from __future__ import annotations

import os
import secrets
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from indexer import bootstrap, curation
from indexer.clinic.corrections import MAX_BYTES
from indexer.model import Article
from indexer.problems import Correction, ProblemKind
from indexer.reports import Report
from indexer.settings import Settings
from indexer.sources.prose import one_line
from tests.conftest import WriteArticle, settings_in


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path, build_workers=1)


def correct(folder: Path, text: str) -> Path:
    """Write the corrections of a folder."""
    path = folder / "corrections.toml"
    folder.mkdir(exist_ok=True, parents=True)
    path.write_text(text, encoding="utf-8")
    return path


def age(*paths: Path) -> None:
    """Make files look as if they had been written well before they are read."""
    for path in paths:
        os.utime(path, (time.time() - 60, time.time() - 60))


def article(settings: Settings, article_id: str = "a") -> Article:
    lit = bootstrap.open_archive(settings).article(article_id)
    assert lit
    return lit.article


def read(settings: Settings, *paths: Path, **options: bool) -> tuple[list[str], Report]:
    """The files that a run reads, and its report."""
    names: list[str] = []
    report = bootstrap.index(settings, paths, progress=lambda step: names.append(Path(step.path).name), **options)
    return names, report


def shown(settings: Settings) -> list[tuple[str, str]]:
    return [(each.article_id, str(each.kind)) for each in curation.problems(settings).found]


def test_a_correction_counts_and_its_file_is_no_article(settings: Settings, write_article: WriteArticle) -> None:
    write_article("a.txt")
    correct(settings.seeds_dir, '["a"]\ntitle = "Tựa đúng"\npublished = "1/7/2020"\n')
    report = bootstrap.index(settings)
    assert str(report) == "1 articles: 1 new, 0 changed, 0 removed, 0 unchanged, 0 rejected"
    assert article(settings).title == "Tựa đúng"
    assert str(article(settings).published and article(settings).published.day) == "2020-07-01"


def test_only_files_whose_corrections_changed_are_read_again(settings: Settings, write_article: WriteArticle) -> None:
    age(*(write_article(f"{name}.txt") for name in "abcd"))
    path = correct(settings.seeds_dir, '["a"]\ntitle = "A"\n["b"]\ntitle = "B"\n["c"]\ntitle = "C"\n')
    bootstrap.index(settings)
    assert read(settings)[0] == []
    path.write_text('["c"]\ntitle = "C"\n["b"]\ntitle = "B2"\n["d"]\ntitle = "D"\n', encoding="utf-8")
    names, report = read(settings)
    assert names == ["a.txt", "b.txt", "d.txt"]
    assert report.changed == ("a", "b", "d")
    assert [article(settings, name).title for name in "abcd"] == ["Một tiêu đề", "B2", "C", "D"]
    path.unlink()
    assert read(settings)[0] == ["b.txt", "c.txt", "d.txt"]
    assert {article(settings, name).title for name in "abcd"} == {"Một tiêu đề"}


def test_a_file_that_keeps_its_size_and_is_written_again_at_once_is_seen(
    settings: Settings, write_article: WriteArticle
) -> None:
    age(write_article("a.txt"))
    path = correct(settings.seeds_dir, '["a"]\ntitle = "A1"\n')
    state = path.stat()
    bootstrap.index(settings)
    path.write_text('["a"]\ntitle = "A2"\n', encoding="utf-8")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    bootstrap.index(settings)
    assert article(settings).title == "A2"


def test_a_correction_survives_a_rebuild_and_a_removal(settings: Settings, write_article: WriteArticle) -> None:
    write_article("a.txt")
    write_article("b.txt")
    correct(settings.seeds_dir, '["a"]\ntitle = "Tựa đúng"\n')
    bootstrap.index(settings)
    bootstrap.index(settings, rebuild=True)
    assert article(settings).title == "Tựa đúng"
    bootstrap.index(settings, [settings.seeds_dir / "a.txt"], remove=True)
    bootstrap.index(settings, [settings.seeds_dir / "a.txt"])
    assert article(settings).title == "Tựa đúng"


def test_a_correction_in_the_file_of_another_folder_counts_for_a_file_that_was_moved(settings: Settings) -> None:
    """An id of its own stays with an article wherever its file lies."""
    for folder in ("old", "new"):
        (settings.seeds_dir / folder).mkdir(parents=True)
    line = '{"id": "x", "title": "Tựa sai", "body": "Một đoạn."}\n'
    (settings.seeds_dir / "old" / "x.jsonl").write_text(line, encoding="utf-8")
    correct(settings.seeds_dir / "old", '["x"]\ntitle = "Tựa đúng"\n')
    bootstrap.index(settings)
    (settings.seeds_dir / "old" / "x.jsonl").rename(settings.seeds_dir / "new" / "x.jsonl")
    bootstrap.index(settings)
    assert article(settings, "x").title == "Tựa đúng"
    bootstrap.index(settings, rebuild=True)
    assert article(settings, "x").title == "Tựa đúng"
    fix = curation.fix(settings, "x", Correction(lead="Dẫn"))
    assert fix.file.endswith("old/corrections.toml")
    correct(settings.seeds_dir / "new", '["x"]\ntitle = "Tựa ở chỗ mới"\n')
    bootstrap.index(settings)
    assert article(settings, "x").title == "Tựa ở chỗ mới"


def test_a_run_over_another_folder_leaves_corrections_as_they_are(
    settings: Settings, write_article: WriteArticle
) -> None:
    write_article("one/a.txt")
    write_article("two/b.txt")
    one, two = settings.seeds_dir / "one", settings.seeds_dir / "two"
    path = correct(one, '["a"]\ntitle = "A"\n')
    bootstrap.index(settings, [one, two])
    path.write_text('["a"]\ntitle = "A2"\n', encoding="utf-8")
    bootstrap.index(settings, [two])
    assert article(settings).title == "A"
    bootstrap.index(settings, [one])
    assert article(settings).title == "A2"


def test_a_file_given_alone_has_its_corrections(settings: Settings, write_article: WriteArticle) -> None:
    path = write_article("a.txt")
    correct(settings.seeds_dir, '["a"]\ntitle = "Tựa đúng"\n')
    bootstrap.index(settings, [path])
    assert article(settings).title == "Tựa đúng"


def test_a_bad_entry_is_rejected_by_file_and_line_and_the_others_count(
    settings: Settings, write_article: WriteArticle
) -> None:
    write_article("a.txt")
    write_article("b.txt")
    path = correct(settings.seeds_dir, '["a"]\npublished = "1/13/2020"\n\n["b"]\ntitle = "B"\n')
    report = bootstrap.index(settings)
    (rejected,) = report.rejected
    assert (rejected.path, rejected.line) == (str(path), 1)
    assert "'1/13/2020'" in rejected.reason
    assert (report.articles, article(settings, "b").title) == (2, "B")
    assert bootstrap.index(settings).rejected == (rejected,)


@pytest.mark.parametrize("spoilt", ['["a"]\ntitle = 1\n', '["a"]\ntitle = "A\n', '["a\ntitle = "A"\n'])
def test_a_slip_undoes_nothing_until_it_is_mended(settings: Settings, write_article: WriteArticle, spoilt: str) -> None:
    write_article("a.txt")
    path = correct(settings.seeds_dir, '["a"]\ntitle = "A"\n')
    bootstrap.index(settings)
    path.write_text(spoilt, encoding="utf-8")
    write_article("a.txt", title="Một tiêu đề khác")
    assert bootstrap.index(settings).rejected
    assert article(settings).title == "A"
    path.write_text("", encoding="utf-8")
    assert bootstrap.index(settings).rejected == ()
    assert article(settings).title == "Một tiêu đề khác"


@pytest.mark.parametrize("raw", [b"\xff\xfe\xfd", b"[\x00", b"\x80abc", b"#" * (MAX_BYTES + 1)])
def test_a_file_that_is_no_text_is_rejected_and_undoes_nothing(
    settings: Settings, write_article: WriteArticle, raw: bytes
) -> None:
    write_article("a.txt")
    path = correct(settings.seeds_dir, '["a"]\ntitle = "A"\n')
    bootstrap.index(settings)
    path.write_bytes(raw)
    assert [each.path for each in bootstrap.index(settings).rejected] == [str(path)]
    assert article(settings).title == "A"


def test_a_correction_of_an_article_that_is_not_there_is_told(settings: Settings, write_article: WriteArticle) -> None:
    write_article("a.txt")
    path = correct(settings.seeds_dir, '\n["b"]\ntitle = "B"\n')
    report = bootstrap.index(settings)
    (remark,) = report.remarks
    assert (remark.path, remark.line) == (str(path), 2)
    assert "'b'" in remark.reason
    write_article("b.txt")
    assert bootstrap.index(settings).remarks == ()


def test_what_is_accepted_is_shown_no_more_and_the_article_does_not_change(
    settings: Settings, write_article: WriteArticle
) -> None:
    body = "Một đoạn văn dài. " * 10
    age(write_article("a.txt", stamp="", byline="", body=body))
    bootstrap.index(settings)
    assert shown(settings) == [("a", "no-date"), ("a", "no-byline")]
    path = correct(settings.seeds_dir, '["a"]\naccept = ["no-byline"]\n')
    assert bootstrap.index(settings).changed == ()
    assert shown(settings) == [("a", "no-date")]
    path.unlink()
    bootstrap.index(settings)
    assert shown(settings) == [("a", "no-date"), ("a", "no-byline")]


def test_a_note_alone_makes_nothing_to_read(settings: Settings, write_article: WriteArticle) -> None:
    age(write_article("a.txt"))
    path = correct(settings.seeds_dir, '["a"]\ntitle = "A"\n')
    bootstrap.index(settings)
    path.write_text('["a"]\ntitle = "A"\nnote = "theo báo in"\n', encoding="utf-8")
    assert read(settings)[0] == []


def test_a_source_that_gives_its_article_no_more_is_read_once_for_its_correction(settings: Settings) -> None:
    settings.seeds_dir.mkdir()
    source = settings.seeds_dir / "two.jsonl"
    line = '{{"id": "{0}", "title": "Tựa {0}", "body": "Một đoạn."}}\n'
    source.write_text(line.format("x") + line.format("y"), encoding="utf-8")
    bootstrap.index(settings)
    source.write_text(line.format("y") + "{broken\n", encoding="utf-8")
    age(source)
    assert bootstrap.index(settings).articles == 2, "what was x may be the broken line"
    correct(settings.seeds_dir, '["x"]\ntitle = "X"\n')
    assert read(settings)[0] == ["two.jsonl"]
    assert read(settings)[0] == []


def test_a_file_reached_in_two_ways_is_complained_of_once(settings: Settings, write_article: WriteArticle) -> None:
    path = write_article("a.txt")
    correct(settings.seeds_dir, '["a"]\ntitle = 1\n')
    assert len(bootstrap.index(settings, [settings.seeds_dir, path]).rejected) == 1


def test_one_line_of_many_is_corrected(settings: Settings) -> None:
    settings.seeds_dir.mkdir()
    lines = "".join(f'{{"id": "{name}", "title": "Tựa {name}", "body": "Một đoạn."}}\n' for name in "xyz")
    source = settings.seeds_dir / "many.jsonl"
    source.write_text(lines, encoding="utf-8")
    age(source)
    bootstrap.index(settings)
    correct(settings.seeds_dir, '["y"]\nauthors = ["Lan Chi"]\n')
    assert bootstrap.index(settings).changed == ("y",)
    assert [author.name for author in article(settings, "y").authors] == ["Lan Chi"]


# -- written by the program


def with_new_index(settings: Settings) -> Settings:
    """For an example of Hypothesis: each begins with the same random numbers, which Whoosh names its files by."""
    return replace(settings, index_dir=settings.index_dir / secrets.token_hex(8))


CORRECTION = Correction(
    published="1/7/2020", authors=("Lan Chi", "Văn Kỳ"), title="Tựa đúng", accept=(ProblemKind.MARKUP,), note="báo in"
)


def test_a_fix_is_previewed_written_and_undone(settings: Settings, write_article: WriteArticle) -> None:
    source = write_article("a.txt")
    raw = source.read_bytes()
    bootstrap.index(settings)
    before = article(settings)
    preview = curation.preview_fix(settings, "a", CORRECTION)
    assert [(change.field, change.after) for change in preview.changes] == [
        ("published", "2020-07-01"),
        ("authors", "Lan Chi\nVăn Kỳ"),
        ("title", "Tựa đúng"),
        ("accept", "markup"),
    ]
    assert not Path(preview.file).exists()
    assert curation.fix(settings, "a", CORRECTION) == preview
    bootstrap.index(settings)
    assert article(settings).title == "Tựa đúng"
    undone = curation.preview_undo_fix(settings, "a")
    assert [(change.before, change.after) for change in undone.changes] == [
        (change.after, change.before) for change in preview.changes
    ]
    assert curation.undo_fix(settings, "a") == undone
    bootstrap.index(settings)
    assert article(settings) == before
    assert source.read_bytes() == raw


def test_a_second_fix_adds_to_the_first(settings: Settings, write_article: WriteArticle) -> None:
    write_article("a.txt")
    bootstrap.index(settings)
    curation.fix(settings, "a", CORRECTION)
    curation.fix(settings, "a", Correction(title="Tựa đúng hơn", accept=(ProblemKind.VERY_SHORT,)))
    bootstrap.index(settings)
    assert article(settings).title == "Tựa đúng hơn"
    assert len(article(settings).authors) == 2
    text = (settings.seeds_dir / "corrections.toml").read_text(encoding="utf-8")
    assert 'accept = ["markup", "very-short"]' in text


@hypothesis_settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.builds(
        Correction,
        published=st.sampled_from([None, "", "1/7/2020", "08:00, 2/9/1999"]),
        title=st.none() | st.text(st.characters(categories=["L", "N", "P", "Zs"])).map(lambda text: f"T {text}"),
        section=st.none() | st.text(st.characters(exclude_categories=["Cs"])),
        authors=st.none() | st.sampled_from([(), ("Lan Chi",), ("A", "B")]),
        captions=st.none() | st.sampled_from([(), ("Bến cá. (Ảnh: Lê Bình)",)]),
    ).filter(bool)
)
def test_undoing_gives_back_the_same_article(
    settings: Settings, write_article: WriteArticle, correction: Correction
) -> None:
    settings = with_new_index(settings)
    write_article("a.txt", body="Một đoạn văn.\n\nĐoạn hai của bài.")
    bootstrap.index(settings)
    before = article(settings)
    curation.fix(settings, "a", correction)
    bootstrap.index(settings)
    for name in ("title", "section"):
        if (said := getattr(correction, name)) is not None:
            assert getattr(article(settings), name) == one_line(said)
    curation.undo_fix(settings, "a")
    assert bootstrap.index(settings).rejected == ()
    assert article(settings) == before


@hypothesis_settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary() | st.text(alphabet="[]\"a={}#'\n ,.-1").map(str.encode))
def test_no_file_of_corrections_stops_a_run(settings: Settings, write_article: WriteArticle, raw: bytes) -> None:
    settings = with_new_index(settings)
    write_article("a.txt")
    settings.seeds_dir.joinpath("corrections.toml").write_bytes(raw)
    report = bootstrap.index(settings)
    assert report.articles == 1
    assert all(each.path.endswith("corrections.toml") for each in (*report.rejected, *report.remarks))
