"""The files of results as a reader gets them."""

from __future__ import annotations

import csv
import gc
import io
import json
import weakref
from dataclasses import dataclass, replace
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from indexer.model import Notice, SearchRequest
from indexer.settings import Settings
from tests.webapp.conftest import ClientFor, FakeArchive, many_articles
from webapp.app import create_app
from webapp.exports import views
from webapp.exports.spool import Spool, SpoolBusy

FILES = ("/tim-kiem.csv", "/tim-kiem.jsonl", "/tim-kiem.html", "/tim-kiem.bib")


def ids(answer_text: str) -> list[str]:
    return [row["id"] for row in csv.DictReader(io.StringIO(answer_text.removeprefix("\ufeff"), newline=""))]


def named(headers: object) -> str:
    """The file's name, as browsers understand it."""
    header = str(headers["Content-Disposition"])  # type: ignore[index] # Werkzeug's headers
    return unquote(header.split("filename*=UTF-8''")[1])


def test_the_results_come_with_their_text_in_the_order_of_the_page(client: FlaskClient) -> None:
    answer = client.get("/tim-kiem.csv?q=xây+dựng&year=2020&year=2015&sort=oldest&page=7&size=1")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert ids(answer.text) == ["2015/12/31/lua.txt", "2020/07/01/don-vi.html"]
    lines = client.get("/tim-kiem.jsonl?q=xây+dựng&sort=oldest").text.splitlines()
    assert json.loads(lines[-1])["body"][1] == "Đoạn hai nói chuyện khác."
    assert json.loads(lines[-1])["url"] == "http://localhost/bai/2020/07/01/don-vi.html"


@pytest.mark.parametrize("path", FILES)
def test_nothing_found_is_a_file_that_holds_nothing(client: FlaskClient, path: str) -> None:
    answer = client.get(f"{path}?q=khôngcógì")
    assert answer.status_code == 200
    assert answer.headers["X-Total-Count"] == "0"
    assert named(answer.headers).startswith("kho-bao_khôngcógì_0 bài.")


@pytest.mark.parametrize("path", FILES)
def test_a_file_that_does_not_hold_all_says_so(path: str) -> None:
    archive = FakeArchive(many_articles(30))
    answer = create_app(Settings(max_export=20), lambda: archive).test_client().get(f"{path}?q=xây+dựng")
    assert answer.headers["X-Total-Count"] == "30"
    assert named(answer.headers).startswith("kho-bao_xây dựng_20 trong 30 bài.")
    if path == "/tim-kiem.html":
        assert "20 bài đầu trong 30 bài." in answer.text
        assert answer.text.count("<article") == 20


def test_the_results_page_says_beforehand_what_will_not_be_all() -> None:
    archive = FakeArchive(many_articles(30))
    page = create_app(Settings(max_export=20), lambda: archive).test_client().get("/tim-kiem?q=xây").text
    assert "Các tệp có 20 bài đầu, trang HTML có 20 bài đầu." in page
    whole = create_app(Settings(), lambda: archive).test_client().get("/tim-kiem?q=xây").text
    assert "bài đầu" not in whole


def test_every_file_is_a_click_away_from_the_results(client: FlaskClient) -> None:
    page = client.get("/tim-kiem?q=xây&year=2020&size=20&page=1").text
    for suffix in ("csv", "jsonl", "html", "txt", "apa.txt", "bib", "ris", "atom"):
        assert f'href="/tim-kiem.{suffix}?q=x%C3%A2y&amp;year=2020" rel="nofollow"' in page
    assert client.get("/tim-kiem.atom?q=xây&year=2020").status_code == 200


def test_where_nothing_is_found_there_is_only_a_feed_of_just_that(client_for: ClientFor) -> None:
    page = client_for(searched="").get("/tim-kiem?q=khôngcógì").text
    assert "/tim-kiem.csv" not in page
    assert 'href="/tim-kiem.atom?q=kh%C3%B4ngc%C3%B3g%C3%AC&amp;literal=1"' in page


def test_a_partial_answer_is_called_so_and_not_kept(client_for: ClientFor) -> None:
    answer = client_for(notices=(Notice("partial_answer"),)).get("/tim-kiem.csv?q=xây")
    assert named(answer.headers) == "kho-bao_xây_4 bài_chưa đủ.csv"
    assert "ETag" not in answer.headers


@pytest.mark.parametrize("path", [*FILES, "/tim-kiem.atom"])
def test_who_has_the_file_gets_a_304(client: FlaskClient, path: str) -> None:
    first = client.get(f"{path}?q=xây")
    again = client.get(f"{path}?q=xây", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["X-Robots-Tag"] == "noindex"
    assert first.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", FILES)
def test_the_head_of_a_file_is_told_without_making_it(
    client: FlaskClient, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "_spool", Spool(made_at_once=0))
    answer = client.head(f"{path}?q=xây")
    assert answer.status_code == 200
    assert answer.headers["X-Total-Count"] == "4"


@pytest.mark.parametrize(
    ("query", "plain", "whole"),
    [
        ("xây dựng Đảng", "kho-bao_xay-dung-Dang_1-bai.csv", "kho-bao_xây dựng Đảng_1 bài.csv"),
        ("", "kho-bao_tat-ca_4-bai.csv", "kho-bao_tất cả_4 bài.csv"),
        ("../../etc/passwd", "kho-bao_etc-passwd_0-bai.csv", "kho-bao_etc passwd_0 bài.csv"),
        ('a"b\r\nSet-Cookie: c=d', None, None),
        ("\u202egpj.exe", "kho-bao_gpj.exe_0-bai.csv", "kho-bao_gpj.exe_0 bài.csv"),
        ("中文", "kho-bao_0-bai.csv", "kho-bao_中文_0 bài.csv"),
        ("a" * 400, None, None),
    ],
)
def test_files_are_named_after_what_was_searched(
    client: FlaskClient, query: str, plain: str | None, whole: str | None
) -> None:
    header = client.get("/tim-kiem.csv", query_string={"q": query}).headers["Content-Disposition"]
    assert header.startswith("attachment; ")
    assert header.isascii()
    assert len(header) < 600
    ascii_name, extended = header.split("filename=")[1].split("; filename*=")
    told = unquote(extended.removeprefix("UTF-8''"))
    assert not set(told) & set('\r\n"/\\:*?<>|\u202e')
    if whole:
        assert told == whole
        assert ascii_name.replace("__", "_") == plain


def test_a_file_is_made_before_it_is_sent_so_that_a_slow_client_holds_no_old_index() -> None:
    live = [FakeArchive(build="old")]
    client = create_app(Settings(), lambda: live[0]).test_client()
    answer = client.get("/tim-kiem.csv?q=xây", buffered=False)
    old = weakref.ref(live[0])
    live[0] = FakeArchive(build="new")
    gc.collect()
    assert old() is None
    assert len(ids(answer.text)) == 4


def test_an_index_that_turns_out_damaged_is_an_error_and_not_half_a_file() -> None:
    @dataclass(frozen=True)
    class Damaged(FakeArchive):
        def export(self, request: SearchRequest, limit: int, *, with_matches: bool = False):  # type: ignore[no-untyped-def] # as FakeArchive
            whole = super().export(request, limit, with_matches=with_matches)

            def until_the_damage():  # type: ignore[no-untyped-def] # as above
                yield next(iter(whole.articles))
                raise OSError("the disk")

            return replace(whole, articles=until_the_damage())

    client = create_app(Settings(), Damaged).test_client()
    for path in FILES:
        assert client.get(f"{path}?q=xây").status_code == 500


def test_too_many_files_at_once_are_refused_with_the_time_to_wait(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "_spool", Spool(kept_at_once=1))
    held = client.get("/tim-kiem.csv?q=xây", buffered=False)
    refused = client.get("/tim-kiem.jsonl?q=xây")
    assert refused.status_code == 503
    assert refused.headers["Retry-After"] == "10"
    assert "Đang có nhiều người lấy tệp." in refused.text
    held.close()
    assert client.get("/tim-kiem.jsonl?q=xây").status_code == 200


def test_room_is_free_again_after_a_failure() -> None:
    spool = Spool(made_at_once=1, kept_at_once=1)

    def failing():  # type: ignore[no-untyped-def] # a generator that yields strings
        yield "a"
        raise OSError("no room")

    for _ in range(3):
        with pytest.raises(OSError, match="no room"):
            spool.file_of(failing())
    file, size = spool.file_of(["đ", "\ud800", "\n"])
    assert (file.read(), size) == ("đ?\n".encode(), 4)
    with pytest.raises(SpoolBusy):
        spool.file_of([])
    file.close()
    spool.file_of([])[0].close()
