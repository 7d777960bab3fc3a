"""Readers report mistakes: with a form that needs no script, and without saying who they are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from indexer import reader_reports
from indexer.problems import ReportKind
from indexer.reader_reports import ReaderReports
from indexer.settings import Settings
from tests.hostile import QUERIES
from tests.webapp.conftest import FakeArchive
from webapp import report_throttle
from webapp.app import create_app
from webapp.rate_limit import RateLimiter

FORM = "/bao-loi/2020/07/01/don-vi.html"


@pytest.fixture(autouse=True)
def fresh_throttle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_throttle, "limiter", RateLimiter(5, seconds=3600))


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    return create_app(Settings(index_dir=tmp_path), FakeArchive).test_client()


@pytest.fixture
def reports(tmp_path: Path) -> ReaderReports:
    return ReaderReports(tmp_path)


def send(client: FlaskClient, **fields: str) -> TestResponse:
    data: dict[str, Any] = {"kind": "date", "text": "Bài đăng năm 2019.", "website": "", **fields}
    return client.post(FORM, data=data, environ_base={"REMOTE_ADDR": "192.0.2.9"})


def texts(reports: ReaderReports) -> list[str]:
    return [report.text for report in reports.read().reports]


def test_the_form_stands_below_the_article_and_by_itself(client: FlaskClient) -> None:
    for url in ("/bai/2020/07/01/don-vi.html", FORM):
        assert re.findall(r'<form class="report-form" method="post" action="([^"]+)"', client.get(url).text) == [FORM]


def test_a_report_reaches_the_staff_and_the_reader_is_thanked(client: FlaskClient, reports: ReaderReports) -> None:
    answer = send(client)
    assert answer.status_code == 303
    assert "Cảm ơn bạn" in client.get(answer.location).text
    (report,) = reports.read().reports
    assert (report.article_id, report.kind) == ("2020/07/01/don-vi.html", ReportKind.DATE)
    assert report.title == "Đẩy mạnh xây dựng Đảng ở cơ sở"
    assert "192.0.2.9" not in reports.path.read_text(encoding="utf-8")


def test_ids_of_any_kind_can_be_reported(client: FlaskClient, reports: ReaderReports) -> None:
    (action,) = re.findall(
        r'action="(/bao-loi/[^"]+)"', client.get("/bai/2004/03/08/r%E1%BA%A5t%20d%C3%A0i%3F%23.txt").text
    )
    answer = client.post(action, data={"kind": "words", "text": "x"})
    assert "Cảm ơn bạn" in client.get(answer.location).text
    assert reports.read().reports[0].article_id == "2004/03/08/rất dài?#.txt"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"kind": ""}, "Xin chọn chỗ sai thuộc loại nào."),
        ({"kind": "<b>"}, "Xin chọn chỗ sai thuộc loại nào."),
        ({"text": " \n\x00 "}, "Xin cho biết sai ở đâu."),
        ({"text": "á" * 1001}, "Nhiều nhất 1000 ký tự"),
    ],
)
def test_what_is_missing_is_told_at_its_field(
    client: FlaskClient, reports: ReaderReports, fields: dict[str, str], told: str
) -> None:
    page = send(client, **fields)
    assert page.status_code == 422
    assert told in page.text
    assert 'aria-invalid="true"' in page.text
    assert texts(reports) == []


def test_what_was_typed_is_never_lost(client: FlaskClient) -> None:
    page = send(client, kind="", text="Sai <b>tên</b> làng.")
    assert "Sai &lt;b&gt;tên&lt;/b&gt; làng.</textarea>" in page.text
    assert re.search(r'value="date" required checked', send(client, text="").text)


def test_a_program_that_fills_in_every_field_is_thanked_and_forgotten(
    client: FlaskClient, reports: ReaderReports
) -> None:
    assert send(client, website="http://spam.example").status_code == 303
    assert texts(reports) == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": "https://localhost"}, 303),  # a proxy speaks TLS for us
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
def test_forms_of_other_sites_are_refused(
    client: FlaskClient, reports: ReaderReports, headers: dict[str, str], status: int
) -> None:
    page = client.post(FORM, data={"kind": "date", "text": "Năm 2019."}, headers=headers)
    assert page.status_code == status
    assert len(texts(reports)) == (status == 303)


def test_after_five_in_an_hour_an_address_has_to_wait(client: FlaskClient, reports: ReaderReports) -> None:
    def from_(address: str) -> int:
        data: dict[str, Any] = {"kind": "words", "text": "x"}
        return client.post(FORM, data=data, environ_base={"REMOTE_ADDR": address}).status_code

    assert [from_("192.0.2.1") for _ in range(6)] == [303] * 5 + [429]
    assert from_("192.0.2.2") == 303
    assert [from_(f"2001:db8::{number}") for number in range(6)] == [303] * 5 + [429]  # one household
    assert from_("2001:db8:0:1::1") == 303
    assert len(texts(reports)) == 12


def test_who_has_to_wait_is_told_how_long_and_keeps_the_text(client: FlaskClient) -> None:
    for _ in range(5):
        send(client)
    page = send(client, text="Sai tên làng.")
    assert page.status_code == 429
    assert 0 < int(page.headers["Retry-After"]) <= 3600
    assert re.search(r"Xin gửi lại sau \d+ phút", page.text)
    assert "Sai tên làng.</textarea>" in page.text


def test_when_the_box_is_full_that_is_said(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, reports: ReaderReports
) -> None:
    monkeypatch.setattr(reader_reports, "MOST", 1)
    assert send(client).status_code == 303
    page = send(client)
    assert page.status_code == 503
    assert "rất nhiều báo lỗi chờ xem" in page.text
    assert len(texts(reports)) == 1


def test_when_it_cannot_be_written_that_is_said(client: FlaskClient, reports: ReaderReports) -> None:
    reports.path.mkdir()
    page = send(client)
    assert page.status_code == 503
    assert "Chưa ghi lại được" in page.text


def test_articles_that_are_not_there_cannot_be_reported(client: FlaskClient) -> None:
    assert client.get("/bao-loi/nope").status_code == 404
    assert client.post("/bao-loi/nope", data={}).status_code == 404


@pytest.mark.parametrize("text", QUERIES[::5], ids=lambda text: ascii(text[:20]))
def test_any_text_gets_a_calm_answer(client: FlaskClient, text: str) -> None:
    sent = text.encode("utf-8", "surrogatepass")
    assert client.post(FORM, data={"kind": sent, "text": sent, "website": b""}).status_code < 500
    assert client.post(FORM, data=sent, content_type="application/x-www-form-urlencoded").status_code < 500


def test_reports_can_be_turned_off(tmp_path: Path) -> None:
    client = create_app(Settings(index_dir=tmp_path, reader_reports=False), FakeArchive).test_client()
    assert "report-form" not in client.get("/bai/khong-ngay").text
    assert client.get(FORM).status_code == 404
