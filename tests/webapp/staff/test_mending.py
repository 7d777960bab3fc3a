"""Problems and their corrections, searches, builds: over a real index, as the pages lead through them."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from indexer import bootstrap, curation, upkeep
from indexer.problems import ReportKind
from indexer.reader_reports import ReaderReports
from indexer.runs import RunLog
from indexer.searches.counts import Tallies, Tally
from indexer.searches.days import SearchDays
from indexer.settings import Settings
from tests.hostile import INJECTIONS
from tests.webapp.staff.conftest import HASH, Desk, Started, article, text_of
from webapp.app import create_app

BODY = "Một đoạn văn dài vừa đủ để không ai bảo rằng bài này quá ngắn, vì nó có hơn ba mươi chữ, đếm đi đếm lại mấy lần thì cũng vẫn có hơn ba mươi chữ như thế này."  # noqa: E501 - one paragraph
ELSE = " ".join(f"Chữ thứ {number} của bài này không giống chữ nào." for number in range(1, 12))
WRONG_DAY = "08:00, 02/03/1021"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Of an archive of two articles, one without a date; indexed."""
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "tot.txt").write_text(article("Bài tốt", BODY), encoding="utf-8")
    (articles / "khong-ngay.txt").write_text(article("Bài không ngày", ELSE, stamp=""), encoding="utf-8")
    settings = Settings(
        index_dir=tmp_path / "index",
        seeds_dir=articles,
        uploads_dir=tmp_path / "uploads",
        staff_password_hash=HASH,
        build_workers=1,
    )
    bootstrap.index(settings)
    return settings


@pytest.fixture
def desk(settings: Settings) -> Desk:
    desk = Desk(create_app(settings).test_client())
    desk.sign_in()
    return desk


FORM = "/staff/problems/khong-ngay"


def test_problems_are_listed_by_kind_with_what_to_do(desk: Desk) -> None:
    answer = desk.get("/staff/problems")
    assert "1 bài có chỗ cần xem lại. Không có ngày 1" in text_of(answer)
    assert f'href="{FORM}"' in answer.text
    assert "khong-ngay.txt" in text_of(answer)


def test_a_twin_leads_to_the_other_one(desk: Desk, settings: Settings) -> None:
    (settings.seeds_dir / "z.txt").write_text(article("Bài tốt", BODY), encoding="utf-8")
    bootstrap.index(settings)
    answer = desk.get("/staff/problems?kind=twin")
    assert "Hai bài y hệt nhau: giống bài tot" in text_of(answer)
    assert "/bai/z" in answer.text
    assert "/bai/tot" in answer.text


@pytest.mark.parametrize(
    "asked", ["?kind=no-date", "?kind=khong-co", "?page=99", "?page=-1", "?page=9999999999999", "?kind="]
)
def test_any_page_of_problems_is_a_page(desk: Desk, asked: str) -> None:
    assert "Bài không ngày" in text_of(desk.get(f"/staff/problems{asked}"))


def test_what_readers_report_is_read_and_taken_off_the_list(desk: Desk, settings: Settings) -> None:
    reports = ReaderReports(settings.index_dir)
    reports.add("khong-ngay", "Bài không ngày", ReportKind.WORDS, "Sai <b>tên</b> làng.")
    reports.add("mat", "Bài đã mất", ReportKind.OTHER, "Bài này đâu rồi?")
    page = desk.get("/staff/problems")
    assert "chữ sai: Sai <b>tên</b> làng." in text_of(page)
    assert "Bài đã mất" in text_of(page)
    assert "Bài không còn trong kho" in text_of(page)
    assert "chữ sai: Sai <b>tên</b> làng." in text_of(desk.get(FORM))
    (first, _) = re.findall(r'action="(/staff/reports/\w+/seen)"', page.text)
    assert desk.client.post(first).status_code == 400  # without the form's token
    assert desk.post(first, "/staff/problems").location == "/staff/problems?kind=reader-report"
    assert [report.article_id for report in reports.read().reports] == ["mat"]
    assert desk.post(first, "/staff/problems").status_code == 302


def test_a_correction_is_shown_then_written_then_counts(desk: Desk, settings: Settings) -> None:
    assert "không có ngày" in text_of(desk.get(FORM)).lower()
    shown = desk.post(FORM, FORM, published="1/7/2020")
    assert "Ngày đăng : không có → thành" in text_of(shown)
    assert "1/7/2020" in text_of(shown)
    assert not (settings.seeds_dir / "corrections.toml").exists()
    written = desk.post(FORM, FORM, published="1/7/2020", step="save")
    assert "Có hiệu lực sau lượt lập chỉ mục tới" in text_of(written)
    bootstrap.index(settings)
    assert "Không thấy bài nào cần sửa." in text_of(desk.get("/staff/problems"))
    assert 'name="published" value="1/7/2020"' in desk.get(FORM).text


def test_a_correction_can_be_taken_out_again(desk: Desk, settings: Settings) -> None:
    desk.post(FORM, FORM, published="1/7/2020", step="save")
    bootstrap.index(settings)
    assert "Bài này đã được sửa trước đây" in text_of(desk.get(FORM))
    assert "Đã bỏ phần đã sửa" in text_of(desk.post(FORM, FORM, step="undo"))
    bootstrap.index(settings)
    assert "Không có ngày 1" in text_of(desk.get("/staff/problems"))


def test_only_what_was_changed_becomes_a_correction(desk: Desk, settings: Settings) -> None:
    page = desk.get(FORM)
    assert "Văn Kỳ</textarea>" in page.text
    desk.post(FORM, FORM, published="", authors="Văn Kỳ\r\n", title=" Bài  không ngày ", accept="no-date", step="save")
    written = tomllib.loads((settings.seeds_dir / "corrections.toml").read_text(encoding="utf-8"))
    assert written == {"khong-ngay": {"accept": ["no-date"]}}


def test_nothing_changed_is_told_at_the_form(desk: Desk) -> None:
    for fields in ({}, {"note": "chỉ ghi chú"}, {"accept": "khong-co"}):
        answer = desk.post(FORM, FORM, **fields)
        assert answer.status_code == 422
        assert "Chưa sửa gì cả." in text_of(answer)


def test_a_date_that_is_none_is_told_and_what_was_typed_stays(desk: Desk) -> None:
    answer = desk.post(FORM, FORM, published="31/2/2020", title="Tựa khác")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert 'value="31/2/2020"' in answer.text
    assert "Tựa khác</textarea>" in answer.text


def test_an_article_that_is_not_there_has_no_form(desk: Desk) -> None:
    assert desk.get("/staff/problems/khong-co").status_code == 404
    assert desk.post(f"{FORM}-nua", FORM, published="1/7/2020").status_code == 404


def test_without_an_index_the_pages_say_so(tmp_path: Path) -> None:
    settings = Settings(index_dir=tmp_path / "none", staff_password_hash=HASH)
    desk = Desk(create_app(settings).test_client())
    desk.sign_in()
    assert desk.get("/staff/problems").status_code == 503
    assert "Chưa có bản nào." in text_of(desk.get("/staff/builds"))
    assert "Chưa có câu nào." in text_of(desk.get("/staff/searches"))
    assert desk.post("/staff/builds/rollback", "/staff/builds").status_code == 409


def test_searches_are_told_with_those_that_found_nothing(desk: Desk, settings: Settings) -> None:
    counted = Tallies((Tally("bài tốt", 3, 1), Tally("<b>không có</b>", 2, 0)))
    SearchDays(settings.index_dir, settings.searches_kept_days).append(date.today(), counted)
    answer = desk.get("/staff/searches?days=7")
    said = text_of(answer)
    assert "Đếm được 5 lượt tìm" in said
    assert said.index("<b>không có</b> 2 lần") < said.index("bài tốt 3 lần")
    assert "<b>không" not in answer.text
    assert 'href="/tim-kiem?q=b%C3%A0i+t%E1%BB%91t"' in answer.text


def test_a_server_that_does_not_count_says_so(settings: Settings, desk: Desk) -> None:
    assert "không đếm" not in text_of(desk.get("/staff/searches"))
    other = Desk(create_app(Settings(settings.index_dir, staff_password_hash=HASH, count_searches=False)).test_client())
    other.sign_in()
    assert "không đếm" in text_of(other.get("/staff/searches"))


@pytest.fixture
def two_builds(settings: Settings) -> tuple[str, str]:
    """The names of two builds, the older first; the newer one is live."""
    (settings.seeds_dir / "moi.txt").write_text(article("Bài mới", BODY), encoding="utf-8")
    bootstrap.index(settings)
    newer, older = (build.name for build in upkeep.builds(settings))
    return older, newer


def live(settings: Settings) -> str:
    return bootstrap.open_archive(settings).build


def test_going_back_and_forth_between_builds(desk: Desk, settings: Settings, two_builds: tuple[str, str]) -> None:
    older, newer = two_builds
    assert live(settings) == newer
    assert desk.post("/staff/builds/rollback", "/staff/builds").location == "/staff/builds"
    assert live(settings) == older
    said = text_of(desk.get("/staff/builds"))
    assert said.index("Đã rời") < said.index("Đang dùng")
    desk.post("/staff/builds/use", "/staff/builds", name=newer)
    assert live(settings) == newer


@pytest.mark.parametrize("name", ["", "..", "khong-co", "../builds", "\x00"])
def test_a_build_that_is_not_there_cannot_be_used(desk: Desk, settings: Settings, name: str) -> None:
    before = live(settings)
    answer = desk.post("/staff/builds/use", "/staff/builds", name=name)
    assert answer.status_code == 409
    assert "Chưa làm được" in text_of(answer)
    assert live(settings) == before


def test_a_rebuild_is_compared_before_it_goes_live(desk: Desk, started: Started) -> None:
    desk.post("/staff/runs", "/staff", rebuild="1")
    assert started == [["--rebuild", "--compare"]]


def test_a_build_that_takes_much_away_waits_for_a_yes(desk: Desk, settings: Settings) -> None:
    (settings.index_dir / "pinned.txt").write_text("bài tốt = tot\n", encoding="utf-8")
    (settings.seeds_dir / "tot.txt").write_text(article("Hoàn toàn khác", "Chữ khác hẳn."), encoding="utf-8")
    before = live(settings)
    bootstrap.index(settings, rebuild=True, decide=lambda _impact: False, run_id="cho")
    answer = desk.get("/staff/runs/cho")
    said = text_of(answer)
    assert "Bạn đọc sẽ thấy gì khác" in said
    assert "Bản mới chưa được dùng" in said
    (waiting,) = {build.name for build in upkeep.builds(settings)} - {before}
    assert live(settings) == before
    desk.post("/staff/builds/use", "/staff/runs/cho", name=waiting)
    assert live(settings) == waiting
    assert RunLog(settings.index_dir).run("cho")
    assert "Bản mới chưa được dùng" not in text_of(desk.get("/staff/runs/cho"))


def test_a_build_that_waits_can_be_dropped_and_no_other(
    desk: Desk, settings: Settings, two_builds: tuple[str, str]
) -> None:
    bootstrap.index(settings, rebuild=True, before_switch=lambda _old, _new: False)
    (waiting,) = upkeep.waiting_builds(settings)
    assert text_of(desk.get("/staff/builds")).count("Bỏ bản này") == 1
    for name in (*two_builds, "", "..", "khong-co"):
        assert desk.post("/staff/builds/drop", "/staff/builds", name=name).status_code == 409
    assert desk.post("/staff/builds/drop", "/staff/builds", name=waiting).location == "/staff/builds"
    assert [build.name for build in upkeep.builds(settings)] == [*reversed(two_builds)]


def test_problems_are_read_once_for_each_build(desk: Desk, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    problems = curation.problems
    monkeypatch.setattr(curation, "problems", lambda *given: (read.append(given), problems(*given))[1])
    for _ in range(3):
        assert "1 bài có chỗ cần xem lại" in text_of(desk.get("/staff/problems"))
        desk.get(FORM)
    assert len(read) == 1
    (settings.seeds_dir / "nua.txt").write_text(article("Cũng không ngày", BODY + " Nữa.", stamp=""), encoding="utf-8")
    bootstrap.index(settings)
    assert "2 bài có chỗ cần xem lại" in text_of(desk.get("/staff/problems"))


TYPED = st.one_of(
    st.text(max_size=60), st.sampled_from([*INJECTIONS, "1/7/2020", "no-date", "preview", "", "x" * 3000])
)


@given(
    fields=st.dictionaries(
        st.sampled_from(["published", "authors", "title", "lead", "section", "captions", "note", "accept"]), TYPED
    ),
    step=st.sampled_from(["", "save", "undo", "khac"]),
)
@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_into_a_correction_the_answer_is_calm(desk: Desk, fields: dict[str, str], step: str) -> None:
    answer = desk.post(FORM, "/staff", **fields, step=step)
    assert answer.status_code < 500
    assert desk.get(FORM).status_code == 200
