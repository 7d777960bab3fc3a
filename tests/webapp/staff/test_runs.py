"""The overview, the page of a run, and its progress."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from indexer.model import Rejected, Remark
from indexer.reports import Moved, Report, Step, no_progress
from indexer.runs import Record, RunLog
from indexer.settings import Settings
from tests.webapp.conftest import ARTICLES
from tests.webapp.staff.conftest import Desk, StaffApp, Started, text_of
from webapp.staff import events, shared
from webapp.staff.runs import SHOWN

REPORT = Report(
    build="test-1",
    articles=1234,
    new=(ARTICLES[0].id, "khong-con"),
    changed=(),
    removed=("bai-cu",),
    moved=(Moved(ARTICLES[1].id, "/kho/cu/a.txt", "/kho/moi/a.txt"),),
    rejected=(Rejected("/kho/hong.txt", "is empty; put an article into it or remove it", 3),),
    remarks=(Remark("/kho/cu.txt", "was read by moonlight"),),
    seconds=2.0,
)


@pytest.fixture
def log(settings: Settings) -> RunLog:
    return RunLog(settings.index_dir)


def record(log: RunLog, report: Report = REPORT, run_id: str = "mot", paths: tuple[str, ...] = ()) -> None:
    with log.recording(run_id, paths) as running:
        running.end(report)


@pytest.fixture
def running(log: RunLog) -> Iterator[Record]:
    """A run that is under way, for as long as the test takes."""
    with log.recording("dang-chay", ["/kho"]) as under_way:
        under_way.along(no_progress)(Step("/kho/a.txt", 3, 10, 7))
        yield under_way
        under_way.end(REPORT)


def test_the_overview_tells_the_archive_and_its_build(desk: Desk) -> None:
    said = text_of(desk.get("/staff"))
    assert "Kho có 4 bài, 2004–2020." in said
    assert "Bản đang dùng: test-1" in said
    assert "Chưa có lượt nào được ghi lại." in said


def test_the_overview_works_before_there_is_an_index(desk_without_index: Desk) -> None:
    answer = desk_without_index.get("/staff")
    assert answer.status_code == 200
    assert "chưa có chỉ mục. Hãy lập chỉ mục (khobao index)." in text_of(answer)
    assert "Lập chỉ mục ngay" in text_of(answer)


def test_the_overview_lists_the_runs_and_what_they_did(desk: Desk, log: RunLog) -> None:
    record(log)
    with pytest.raises(OSError, match="No space"), log.recording("hai", []):
        raise OSError(28, "No space left on device")
    said = text_of(desk.get("/staff"))
    assert "Xong 2 bài mới, 1 bài đổi chỗ tệp, 1 bài rút, 1 chỗ không đọc được, 1 ghi chú" in said
    assert "Không thành Hệ thống báo: đĩa đầy (Errno 28)" in said


def test_a_report_is_told_one_by_one(desk: Desk, log: RunLog) -> None:
    record(log)
    answer = desk.get("/staff/runs/mot")
    said = text_of(answer)
    assert "Kho có 1.234 bài." in said
    assert "/kho/hong.txt:3 rỗng; hãy viết bài vào" in said
    assert '<span class="place">/kho/cu.txt</span> <span lang="en">was read by moonlight</span>' in answer.text
    assert f"/kho/cu/a.txt → /kho/moi/a.txt {ARTICLES[1].title}" in said
    assert f'<a href="/bai/{ARTICLES[0].id}" lang="vi">{ARTICLES[0].title}</a>' in answer.text
    assert '<a href="/bai/khong-con" lang="vi">khong-con</a>' in answer.text
    assert 'href="/bai/bai-cu"' not in answer.text
    assert "bai-cu" in said


def test_in_english_the_library_is_quoted_as_it_speaks(desk: Desk, log: RunLog) -> None:
    record(log)
    desk.client.set_cookie("lang", "en")
    answer = desk.get("/staff/runs/mot")
    assert "/kho/hong.txt:3 is empty; put an article into it" in text_of(answer)
    assert 'lang="en">was read' not in answer.text


def test_long_lists_are_cut_and_say_so(desk: Desk, log: RunLog) -> None:
    record(log, Report("test-1", 90, tuple(f"bai-{number}" for number in range(90)), (), (), (), 0.1))
    answer = desk.get("/staff/runs/mot")
    assert answer.text.count('href="/bai/') == SHOWN
    assert f"và {90 - SHOWN} nữa" in text_of(answer)


def test_a_run_that_changed_nothing_says_so(desk: Desk, log: RunLog) -> None:
    record(log, Report("test-1", 5, (), (), (), (), 0.1))
    assert "Không có gì thay đổi" in text_of(desk.get("/staff/runs/mot"))


def test_a_failed_run_says_why_and_can_be_run_again(desk: Desk, log: RunLog, started: Started) -> None:
    with pytest.raises(OSError, match="No space"), log.recording("hai", ["/kho", "/kho-2"]):
        raise OSError(28, "No space left on device")
    assert "đĩa đầy" in text_of(desk.get("/staff/runs/hai"))
    answer = desk.post("/staff/runs", "/staff/runs/hai", again="hai")
    assert answer.location.startswith("/staff/runs/")
    assert started == [["/kho", "/kho-2"]]


def test_a_removal_that_failed_is_not_run_again_as_a_taking_in(desk: Desk, log: RunLog, started: Started) -> None:
    with pytest.raises(OSError, match="No space"), log.recording("hai", ["/kho"], is_removal=True):
        raise OSError(28, "No space left on device")
    assert "Chạy lại" not in text_of(desk.get("/staff/runs/hai"))
    assert desk.post("/staff/runs", again="hai").status_code == 400
    assert started == []


def test_the_button_runs_everything(desk: Desk, started: Started) -> None:
    desk.post("/staff/runs", "/staff")
    assert started == [[]]


@pytest.mark.usefixtures("running")
def test_while_one_run_is_under_way_no_other_is_started(desk: Desk, started: Started) -> None:
    assert "Lập chỉ mục ngay" not in text_of(desk.get("/staff"))
    assert desk.post("/staff/runs", "/staff").location == "/staff/runs/dang-chay"
    assert started == []


@pytest.mark.usefixtures("running")
def test_the_page_of_a_run_under_way_shows_how_far_it_is(desk: Desk) -> None:
    answer = desk.get("/staff/runs/dang-chay")
    assert "đã xem 3 trong 10 tệp, đọc 7 bài" in text_of(answer)
    assert 'max="10" value="3"' in answer.text
    assert '<noscript><meta http-equiv="refresh"' in answer.text


@pytest.mark.parametrize("run_id", ["khong-co", "..", "a%2Fb", "20200101-000000-000000-abcd", "\x00", "x" * 4000])
def test_a_run_nobody_knows_is_not_there(desk: Desk, run_id: str) -> None:
    for url in (f"/staff/runs/{run_id}", f"/staff/runs/{run_id}/events"):
        assert desk.get(url).status_code in {404, 308}


def test_a_run_that_was_started_just_now_is_waited_for(desk: Desk) -> None:
    ids = [f"{datetime.now(UTC) - ago:%Y%m%d-%H%M%S-%f}-abcd" for ago in (timedelta(), timedelta(minutes=5))]
    assert [desk.get(f"/staff/runs/{run_id}").status_code for run_id in ids] == [200, 404]
    assert "Đang bắt đầu" in text_of(desk.get(f"/staff/runs/{ids[0]}"))


def test_progress_is_told_as_it_goes_on_until_the_run_ends(desk: Desk, log: RunLog) -> None:
    with log.recording("mot", []) as under_way:
        tell = under_way.along(no_progress)
        tell(Step("/kho/a.txt", 1, 2, 1))
        answer = desk.client.get("/staff/runs/mot/events")
        assert answer.mimetype == "text/event-stream"
        lines = iter(answer.response)
        assert b"retry" in as_sent(next(lines))
        told = json.loads(as_sent(next(lines)).removeprefix(b"data: "))
        assert (told["done"], told["files"]) == (1, 2)
        assert as_sent(next(lines)) == b":\n\n"  # nothing new
        under_way.end(REPORT)
    assert b"event: over" in as_sent(next(lines))
    assert list(lines) == []
    answer.close()


def as_sent(chunk: str | bytes) -> bytes:
    return chunk.encode() if isinstance(chunk, str) else chunk


@pytest.mark.usefixtures("running")
def test_streams_are_short_and_few(desk: Desk, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "STREAM_SECONDS", 0.0)
    url = "/staff/runs/dang-chay/events"
    with desk.client.application.app_context():
        places = shared.desk().streams
    for _ in range(settings.threads // 2):
        with desk.get(url) as answer:
            assert answer.data == b"retry: 500\n\n"
        places.acquire()  # as one that goes on does
    assert desk.get(url).status_code == 503
    places.release()
    for _ in range(3):
        with desk.get(url) as answer:
            assert answer.status_code == 200


def test_a_server_of_one_thread_streams_nothing(desk_for: StaffApp, settings: Settings) -> None:
    desk = desk_for(staff_password_hash=settings.staff_password_hash, threads=1)
    desk.sign_in()
    record(RunLog(settings.index_dir))
    assert desk.get("/staff/runs/mot/events").status_code == 503
