"""The command line, run as a person runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer import bootstrap
from indexer.budget import Budget
from indexer.model import Offer, OfferKind, SearchPage, SearchRequest
from indexer.settings import Settings
from tests.conftest import OWNERS_ARTICLE, WriteArticle, settings_in
from webapp.cli import cli


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], catch_exceptions=False)


def test_index_reports_in_one_line_and_lists_rejects(tmp_path: Path, write_article: WriteArticle) -> None:
    write_article("a.txt")
    write_article("b.txt").write_bytes(b"")
    result = run("index", tmp_path / "articles", "--index", tmp_path / "index")
    assert result.exit_code == 1
    assert "1 articles: 1 new, 0 changed, 0 removed, 0 unchanged, 1 rejected" in result.stdout
    assert "b.txt" in result.stdout


def test_index_exits_with_0_when_all_was_read_and_prints_json(tmp_path: Path, write_article: WriteArticle) -> None:
    write_article("a.txt")
    result = run("index", tmp_path / "articles", "--index", tmp_path / "index", "--json")
    report = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (report["articles"], report["new"], report["rejected"]) == (1, ["a"], [])


def test_a_failed_index_exits_with_2_and_names_the_next_step(tmp_path: Path) -> None:
    result = run("index", tmp_path / "nowhere", "--index", tmp_path / "index")
    assert result.exit_code == 2
    assert "nowhere" in result.stderr
    assert "Traceback" not in result.output


def test_search_prints_titles_and_passages(sample_settings: Settings) -> None:
    result = run("search", "--index", sample_settings.index_dir, "xây dựng đảng")
    assert result.exit_code == 0
    assert "Sơ kết công tác tổ chức xây dựng Đảng 6 tháng đầu năm" in result.stdout


def test_search_within_days_counts_the_first_and_the_last(sample_settings: Settings) -> None:
    result = run("search", "--index", sample_settings.index_dir, "--from", "rằm tháng 2 2015", "--to", "3/4/2015", "lễ")
    assert result.stdout.splitlines()[1] == "  Published from 3/4/2015 to 3/4/2015"
    assert "Lễ hội Cầu ngư" in result.stdout


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [("quý 2", "2020", "quý 2 2020"), ("2020", "30/4", "30/4 2020"), ("2021", "2020", "after")],
)
def test_search_says_what_a_day_lacks(sample_settings: Settings, since: str, until: str, told: str) -> None:
    result = run("search", "--index", sample_settings.index_dir, "--from", since, "--to", until, "lễ")
    assert (result.exit_code, told in result.stderr) == (2, True)


def test_search_lights_matches_on_a_terminal(sample_settings: Settings) -> None:
    arguments = ["search", "--index", str(sample_settings.index_dir), "xay dung dang"]
    result = CliRunner().invoke(cli, arguments, color=True, catch_exceptions=False)
    assert "\x1b[1m\x1b[4mxây dựng Đảng\x1b[0m" in result.stdout


def test_search_json_has_what_scripts_need(sample_settings: Settings) -> None:
    page = json.loads(run("search", "--index", sample_settings.index_dir, "xây dựng đảng", "--json").stdout)
    assert {"total", "hits", "facets", "notices"} <= page.keys()
    hit = next(hit for hit in page["hits"] if hit["id"] == OWNERS_ARTICLE)
    assert {"id", "title", "published", "authors", "score", "snippets"} <= hit.keys()
    assert (hit["published"], hit["authors"]) == ("2020-07-01T10:07:00+07:00", ["Đình Lâm"])
    assert dict(page["facets"]["year"])["2020"] >= 1
    assert "Đình Lâm" in dict(page["facets"]["author"])


def test_search_says_when_time_ran_out(
    tmp_path: Path, write_article: WriteArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.engines.whoosh_engine.writer.choose_segments", lambda *_: [])  # two segments stay two
    monkeypatch.setattr("indexer.archive.Budget", lambda *_: Budget(0))
    index = settings_in(tmp_path)
    for name in ("a", "b"):
        write_article(f"{name}.txt", title="Xây dựng")
        bootstrap.index(index)
    assert "only a part of the archive" in run("search", "--index", index.index_dir, "xây dựng").stdout
    page = json.loads(run("search", "--index", index.index_dir, "xây dựng", "--json").stdout)
    assert [notice["code"] for notice in page["notices"]] == ["partial_answer"]


OFFERED = SearchPage(
    request=SearchRequest("su ly"),
    total=0,
    hits=(),
    facets={},
    searched="sự ly",
    offers=(
        Offer(OfferKind.LITERAL, "su ly", 0, literal=True),
        Offer(OfferKind.CORRECTION, "xử lý", 812),
        Offer(OfferKind.SPELLING, "sử lý", 3),
        Offer(OfferKind.UNMARKED, "su ly", 1204),
    ),
)


class Offering:
    """An archive that always answers the same, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[SearchRequest] = []

    def search(self, request: SearchRequest) -> SearchPage:
        self.asked.append(request)
        return OFFERED


@pytest.fixture
def offering(monkeypatch: pytest.MonkeyPatch) -> Offering:
    archive = Offering()
    monkeypatch.setattr(bootstrap, "open_archive", lambda _: archive)
    return archive


@pytest.mark.usefixtures("offering")
def test_search_offers_other_questions_a_line_each() -> None:
    assert run("search", "su ly").stdout.splitlines()[1:] == [
        "  Exactly as typed (--literal): su ly",
        "  Did you mean: xử lý (812)",
        "  Other spelling: sử lý (3)",
        "  Any spelling: su ly (1204)",
    ]


@pytest.mark.usefixtures("offering")
def test_search_tells_scripts_what_was_searched_and_what_is_offered() -> None:
    page = json.loads(run("search", "su ly", "--json").stdout)
    assert page["searched"] == "sự ly"
    assert page["offers"][1] == {"kind": "correction", "text": "xử lý", "count": 812, "literal": False}
    assert len(page["offers"]) == 4


def test_search_is_literal_when_told_to_be(offering: Offering) -> None:
    run("search", "su ly")
    run("search", "su ly", "--literal")
    assert [request.literal for request in offering.asked] == [False, True]


def explain(settings: Settings, *arguments: str) -> Result:
    return run("explain", "--index", settings.index_dir, *arguments)


def test_explain_tells_where_each_word_stands_and_what_it_counts(sample_settings: Settings) -> None:
    result = explain(sample_settings, "xay dung dang", OWNERS_ARTICLE)
    assert result.exit_code == 0
    assert "+ “xay” khớp với “xây” ở tiêu đề" in result.stdout
    assert "Tổng điểm" in result.stdout
    assert "“xay” matches “xây” in the title" in explain(sample_settings, "xay", OWNERS_ARTICLE, "--lang", "en").stdout


def test_explain_tells_why_an_article_is_not_found(sample_settings: Settings) -> None:
    result = explain(
        sample_settings, "xây dựng dạng", OWNERS_ARTICLE, "--from", "2021", "--author", "Thảo Ly", "--literal"
    )
    assert result.exit_code == 0
    assert "- “dạng” không có trong bài; chỉ có “Đảng”, khác dấu, ở tiêu đề" in result.stdout
    assert "- Bài đăng ngày 1/7/2020, trước khoảng thời gian đã chọn (từ 1/1/2021)." in result.stdout
    assert "- Bài của Đình Lâm, không phải của Thảo Ly." in result.stdout
    assert "Tổng điểm" not in result.stdout


@pytest.mark.parametrize(
    "name",
    [
        "Sơ kết công tác tổ chức xây dựng Đảng 6 tháng đầu năm",
        "so-ket-cong-tac-to-chuc-xay-dung-dang-6-thang-dau-nam",
    ],
)
def test_explain_takes_a_title_or_what_an_address_makes_of_it(sample_settings: Settings, name: str) -> None:
    assert json.loads(explain(sample_settings, "đảng", name, "--json").stdout)["id"] == OWNERS_ARTICLE


def test_explain_json_has_every_reason_with_its_code_and_sentence(sample_settings: Settings) -> None:
    body = json.loads(explain(sample_settings, "xây cầu", OWNERS_ARTICLE, "--json", "--lang", "en").stdout)
    assert (body["found"], body["summary"]["code"]) == (True, "found_at")
    reason = body["query"]["parts"][0]["reasons"][0]
    assert reason["code"] == "stands"
    assert reason["places"][0] == {"part": "title", "number": 1, "count": 1}
    assert reason["text"].startswith("“xây” stands in the title")
    assert body["score"] == pytest.approx(sum(points["score"] for points in body["points"]))


def test_explain_names_the_next_step_for_an_article_that_is_not_there(sample_settings: Settings) -> None:
    result = explain(sample_settings, "đảng", "no-such-article")
    assert result.exit_code == 2
    assert "no-such-article" in result.stderr
    assert "khobao index" in result.stderr


def test_explain_refuses_a_day_it_cannot_read(sample_settings: Settings) -> None:
    result = explain(sample_settings, "đảng", OWNERS_ARTICLE, "--from", "hôm xưa")
    assert (result.exit_code, "hôm xưa" in result.stderr) == (2, True)


def test_the_index_folder_can_come_from_the_environment(
    sample_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KHOBAO_INDEX_DIR", str(sample_settings.index_dir))
    assert run("search", "đường").exit_code == 0


def test_commands_without_an_index_say_how_to_make_one(tmp_path: Path) -> None:
    for arguments in (["search", "x"], ["explain", "x", "y"], ["check"]):
        result = run(*arguments, "--index", tmp_path)
        assert result.exit_code == 2
        assert "khobao index" in result.stderr


def test_check_says_that_a_good_index_is_whole(sample_settings: Settings) -> None:
    result = run("check", "--index", sample_settings.index_dir)
    assert (result.exit_code, "whole" in result.stdout) == (0, True)


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHOBAO_PORT", "many")
    result = run("check")
    assert result.exit_code == 2
    assert "KHOBAO_PORT" in result.stderr


@pytest.mark.parametrize("command", ["index", "search", "explain", "check", "serve"])
def test_the_installed_command_explains_itself(command: str) -> None:
    call = [sys.executable, "-c", "from webapp.cli import main; main()", command, "--help"]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    assert "--index" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "unneeded"),
    [
        (["index", "--help"], {"flask", "waitress", "numpy", "whoosh"}),
        (["index", "{articles}", "--index", "{index}"], {"flask", "waitress", "indexer.archive"}),
        (["search", "một", "--index", "{index}"], {"flask", "waitress", "indexer.sources.reader"}),
    ],
)
def test_a_command_loads_only_what_it_needs(
    tmp_path: Path, write_article: WriteArticle, arguments: list[str], unneeded: set[str]
) -> None:
    write_article("a.txt")
    run("index", tmp_path / "articles", "--index", tmp_path / "index")
    code = "import sys; from webapp.cli import cli; cli(sys.argv[1:], standalone_mode=False)"
    code = f"import atexit, sys; atexit.register(lambda: print('loaded:', *sys.modules)); {code}"
    filled = [each.format(articles=tmp_path / "articles", index=tmp_path / "index") for each in arguments]
    done = subprocess.run([sys.executable, "-c", code, *filled], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.partition("loaded:")[2].split())
    assert "indexer.cli" in loaded
    assert not loaded & unneeded
