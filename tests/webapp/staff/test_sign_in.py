"""Who gets in, and for how long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from werkzeug.security import generate_password_hash

from tests.webapp.staff.conftest import HASH, PASSWORD, Desk, StaffApp, text_of

PAGES = ("/staff", "/staff/upload", "/staff/upload/abc", "/staff/runs/abc", "/staff/runs/abc/events")
FORMS = ("/staff/runs", "/staff/upload", "/staff/upload/abc", "/staff/upload/abc/discard", "/staff/sign-out")


def test_without_a_password_there_are_no_staff_pages(desk_for: StaffApp) -> None:
    client = desk_for(staff_password_hash="").client
    elsewhere = client.get("/khong-co")
    for page in (*PAGES, "/staff/sign-in", "/staff/"):
        answer = client.get(page)
        assert answer.status_code == 404
        assert answer.text == elsewhere.text.replace("/khong-co", page)


@pytest.mark.parametrize("page", PAGES)
def test_strangers_are_asked_for_the_password(stranger: Desk, page: str) -> None:
    answer = stranger.get(page)
    assert answer.status_code == 302
    assert answer.location.startswith("/staff/sign-in?next=/staff")


def test_the_right_password_leads_to_the_page_that_was_wanted(stranger: Desk) -> None:
    asked = stranger.get(stranger.get("/staff/upload").location)
    assert 'name="next" value="/staff/upload"' in asked.text
    assert stranger.sign_in(next="/staff/upload").location == "/staff/upload"
    assert stranger.get("/staff/upload").status_code == 200


def test_a_wrong_password_is_told_at_its_field(stranger: Desk) -> None:
    answer = stranger.sign_in("sai rồi sai rồi")
    assert answer.status_code == 403
    assert 'aria-invalid="true" aria-describedby="password-error"' in answer.text
    assert "Mật khẩu chưa đúng" in text_of(answer)
    assert stranger.get("/staff").status_code == 302


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example", "https://evil.example/staff", "/\\evil.example", "\t//evil.example", "javascript:alert(1)",
        "/tim-kiem", "/staffing", "/staff@evil.example", "x" * 9000, "/staff\r\nSet-Cookie: a=b",
    ],
)  # fmt: skip
def test_signing_in_leads_nowhere_else(stranger: Desk, target: str) -> None:
    assert stranger.sign_in(next=target).location == "/staff"


def test_guessing_is_slowed_down_and_says_until_when(stranger: Desk) -> None:
    assert [stranger.sign_in(f"đoán lần {number}").status_code for number in range(6)] == [403] * 5 + [429]
    answer = stranger.sign_in()
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert "Hãy chờ 1 phút" in text_of(answer)
    assert stranger.get("/staff").status_code == 302


def test_another_address_is_not_made_to_wait(stranger: Desk) -> None:
    for _ in range(6):
        stranger.sign_in("sai")
    stranger.client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert stranger.sign_in().status_code == 302


def test_the_right_password_does_not_count_as_a_guess(stranger: Desk) -> None:
    assert {stranger.sign_in().status_code for _ in range(7)} == {302}


def test_every_process_knows_a_session_and_a_new_password_ends_it(desk: Desk, desk_for: StaffApp) -> None:
    cookie = desk.client.get_cookie("staff", path="/staff")
    assert cookie
    other_process, new_password = (
        desk_for(staff_password_hash=each) for each in (HASH, generate_password_hash(PASSWORD, "scrypt:1024:8:1"))
    )
    for other in (other_process, new_password):
        other.client.set_cookie("staff", cookie.value, path="/staff")
    assert other_process.get("/staff").status_code == 200
    assert new_password.get("/staff").status_code == 302


@pytest.mark.parametrize(
    ("sent", "is_secure"),
    [({}, False), ({"base_url": "https://localhost/"}, True), ({"headers": {"X-Forwarded-Proto": "https"}}, True)],
)
def test_the_cookie_is_kept_from_scripts_other_sites_and_other_pages(
    stranger: Desk, sent: dict[str, str], is_secure: bool
) -> None:
    answer = stranger.client.get("/staff/sign-in", **sent)  # type: ignore[arg-type] # of several types in fact
    cookie = answer.headers["Set-Cookie"]
    assert all(part in cookie for part in ("; HttpOnly", "; Path=/staff", "; SameSite=Lax"))
    assert ("; Secure" in cookie) is is_secure


def test_a_session_ends_after_a_working_day(stranger: Desk) -> None:
    cookie = stranger.sign_in().headers["Set-Cookie"]
    expires = parsedate_to_datetime(cookie.partition("Expires=")[2].partition(";")[0])
    assert timedelta(hours=7) < expires - datetime.now(UTC) < timedelta(hours=9)
    stranger.get("/staff")
    assert "Set-Cookie" not in stranger.get("/staff").headers  # it is not made longer by being used


def test_signing_out_ends_the_session_and_takes_a_form(desk: Desk) -> None:
    assert desk.get("/staff/sign-out").status_code == 405
    assert desk.get("/staff").status_code == 200
    assert desk.post("/staff/sign-out", "/staff").location == "/staff/sign-in"
    assert desk.get("/staff").status_code == 302


@pytest.mark.parametrize("form", FORMS)
def test_forms_of_other_sites_are_refused(desk: Desk, form: str) -> None:
    for data in ({}, {"csrf_token": "made-up"}, {"csrf_token": ""}):
        answer = desk.client.post(form, data=data)
        assert answer.status_code == 400
        assert "mở lại trang" in text_of(answer)
    assert desk.get("/staff").status_code == 200


def test_even_the_form_to_sign_in_has_to_be_ours(stranger: Desk) -> None:
    assert stranger.client.post("/staff/sign-in", data={"password": PASSWORD}).status_code == 400


def test_no_cache_keeps_a_staff_page_and_no_robot_lists_it(desk: Desk) -> None:
    for page in ("/staff", "/staff/sign-in", "/staff/upload", "/staff/runs/khong-co"):
        headers = desk.get(page).headers
        assert headers["Cache-Control"] == "no-store"
        assert "noindex" in headers["X-Robots-Tag"]
        assert "Content-Security-Policy" in headers


def test_readers_see_nothing_of_the_staff(desk: Desk) -> None:
    for page in ("/", "/tim-kiem?q=a", "/tro-giup", "/bai/khong-ngay", "/khong-co"):
        answer = desk.get(page)
        assert "/staff" not in answer.text
        assert "Set-Cookie" not in answer.headers


def test_the_pages_speak_english_too(desk: Desk) -> None:
    desk.client.set_cookie("lang", "en")
    assert "Index now" in text_of(desk.get("/staff"))
