"""Articles sent, seen, and taken in or not."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from werkzeug.datastructures import FileStorage

from indexer import upkeep
from indexer.model import Article
from indexer.runs import RunLog
from indexer.settings import Settings
from tests.hostile import INJECTIONS
from tests.webapp.conftest import ARTICLES, FakeArchive
from tests.webapp.staff.conftest import RUN_ID, Desk, StaffApp, Started, article, text_of
from webapp.app import create_app
from webapp.staff.staging import MOST_FILES, Staging
from webapp.staff.throttle import limiter


def taken_in(settings: Settings) -> dict[str, str]:
    if not settings.uploads_dir.exists():
        return {}
    return {file.name: file.read_text("utf-8") for file in settings.uploads_dir.iterdir() if file.is_file()}


def test_files_are_shown_as_they_will_become(desk: Desk) -> None:
    body = "Sapô của bài.\n\nĐoạn hai.\n\nChú thích một tấm ảnh. Ảnh: Ngọc Tú"
    text = text_of(desk.get(desk.upload(lua=article("Vụ lúa", body)).location))
    assert "lua.txt 1 bài" in text
    assert "Vụ lúa thứ Ba, 2/3/2021, 08:00 Văn Kỳ" in text
    assert "Sapô của bài. Đoạn hai." in text
    assert "Chú thích một tấm ảnh. Ảnh: Ngọc Tú" in text


def test_what_is_wrong_with_an_article_is_told(desk: Desk) -> None:
    text = text_of(desk.get(desk.upload(lua=article("Vụ lúa", stamp="")).location))
    assert "Không có ngày" in text


def test_what_cannot_be_read_is_told_and_cannot_be_taken_in(desk: Desk, settings: Settings, started: Started) -> None:
    page = desk.upload(hong=b"\xff\x00\xff", rong="", tot=article("Bài tốt")).location
    answer = desk.get(page)
    assert "3 tệp, trong đó 1 tệp nhận được." in text_of(answer)
    assert text_of(answer).count("nên tệp này không nhận được") == 2
    assert "rỗng; hãy viết bài vào, hoặc bỏ tệp này đi" in text_of(answer)
    assert 'name="file:hong.txt"' not in answer.text
    desk.post(page, page, **{"file:tot.txt": "take"})
    assert list(taken_in(settings)) == ["tot.txt"]
    assert started == [[str(settings.uploads_dir)]]


def test_what_is_chosen_is_taken_in_and_a_run_is_started(desk: Desk, settings: Settings, started: Started) -> None:
    page = desk.upload(mot=article("Bài một"), hai=article("Bài hai")).location
    assert taken_in(settings) == {}
    answer = desk.post(page, page, **{"file:mot.txt": "take", "file:hai.txt": "leave"})
    assert answer.location == f"/staff/runs/{RUN_ID}"
    assert taken_in(settings) == {"mot.txt": article("Bài một")}
    assert len(started) == 1
    assert desk.get(page).status_code == 404


def test_nothing_chosen_takes_nothing_in(desk: Desk, settings: Settings, started: Started) -> None:
    page = desk.upload(mot=article("Bài một")).location
    answer = desk.post(page, page, **{"file:mot.txt": "leave"})
    assert answer.status_code == 422
    assert "Chưa chọn tệp nào để nhận" in text_of(answer)
    assert (taken_in(settings), started) == ({}, [])


def test_while_a_run_is_under_way_files_wait(desk: Desk, settings: Settings, started: Started) -> None:
    page = desk.upload(mot=article("Bài một")).location
    with RunLog(settings.index_dir).recording("dang-chay", []):
        answer = desk.post(page, page, **{"file:mot.txt": "take"})
    assert answer.status_code == 409
    assert 'href="/staff/runs/dang-chay"' in answer.text
    assert (taken_in(settings), started) == ({}, [])


def test_an_upload_can_be_thrown_away(desk: Desk, settings: Settings) -> None:
    page = desk.upload(mot=article("Bài một")).location
    assert desk.post(f"{page}/discard", page).location == "/staff/upload"
    assert desk.get(page).status_code == 404
    assert taken_in(settings) == {}


@pytest.mark.usefixtures("started")
def test_a_file_that_was_taken_in_before_is_kept_replaced_or_left_out(desk: Desk, settings: Settings) -> None:
    for text, said, choice in (
        ("Bài một", "", "take"),
        ("Bài một", "Đúng tệp này đã được nhận trước đây.", ""),
        ("Bài một, sửa", "Đã nhận một tệp cùng tên", "both"),
        ("Bài một, sửa nữa", "Đã nhận một tệp cùng tên", "replace"),
    ):
        page = desk.upload(mot=article(text)).location
        assert said in text_of(desk.get(page))
        if choice:
            desk.post(page, page, **{"file:mot.txt": choice})
    assert taken_in(settings) == {"mot.txt": article("Bài một, sửa nữa"), "mot-2.txt": article("Bài một, sửa")}


def test_an_article_of_the_same_title_or_id_is_pointed_out(desk: Desk) -> None:
    held = ARTICLES[2]
    page = desk.upload(khac=article(held.title), **{held.id: article("Bài khác")}).location
    answer = desk.get(page)
    assert "Kho có bài cùng tiêu đề:" in text_of(answer)
    assert "Mã bài này trong kho đang là của:" in text_of(answer)
    assert answer.text.count(f'href="/bai/{held.id}"') == 2


@pytest.mark.parametrize("name", ["mot", "ten-khac"])
def test_an_article_the_archive_holds_is_left_out_unless_chosen(settings: Settings, name: str) -> None:
    held = Article(id="mot", title="Bài một", lead="Một đoạn văn.")
    desk = Desk(create_app(settings, lambda: FakeArchive((held,))).test_client())
    desk.sign_in()
    answer = desk.get(desk.upload(**{name: "Bài một\n\nMột đoạn văn.\n"}).location)
    assert "Trong kho đã có đúng những bài này." in text_of(answer)
    assert 'value="leave" checked' in answer.text


def test_it_works_before_there_is_an_index(desk_without_index: Desk) -> None:
    page = desk_without_index.upload(mot=article("Bài một")).location
    assert "Bài một" in text_of(desk_without_index.get(page))


def test_sending_nothing_is_told_at_the_field(desk: Desk) -> None:
    for sent in ({}, {"files": (io.BytesIO(b""), "")}, {"files": "text"}):
        answer = desk.post("/staff/upload", "/staff/upload", **sent)
        assert answer.status_code == 422
        assert 'id="files-error"' in answer.text
        assert 'aria-describedby="files-hint files-error"' in answer.text


def test_too_many_files_and_too_large_ones_are_refused_with_the_limit(desk_for: StaffApp, settings: Settings) -> None:
    desk = desk_for(staff_password_hash=settings.staff_password_hash, max_upload_mb=1)
    desk.sign_in()
    assert f"{MOST_FILES} tệp" in text_of(desk.upload(**{f"f{number}": "x" for number in range(MOST_FILES + 1)}))
    answer = desk.client.post("/staff/upload", data=b"x" * 1_100_000, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413
    assert "1 MB" in text_of(answer)


def test_strangers_can_send_nothing(stranger: Desk, settings: Settings) -> None:
    answer = stranger.client.post("/staff/upload", data={"files": (io.BytesIO(b"x" * 10_000), "a.txt")})
    assert answer.status_code == 302
    assert not (settings.index_dir / "staged").exists()


def test_nothing_in_a_file_or_its_name_becomes_markup(desk: Desk) -> None:
    hostile = [each for each in INJECTIONS if "<" in each]
    sent = [(io.BytesIO(article(f"Bài {each}", each).encode()), f"{each}.txt") for each in hostile]
    page = desk.post("/staff/upload", "/staff/upload", files=sent).location
    answer = desk.get(page)
    assert answer.status_code == 200
    assert not [each for each in hostile if each in answer.text]


def fill_the_disk(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """From now on there is no room for files of this name."""
    replace = Path.replace

    def fail(path: Path, target: Path) -> Path:
        if Path(target).name == name:
            raise OSError(28, "No space left on device")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", fail)


def test_a_full_disk_is_told_and_loses_nothing(
    desk: Desk, settings: Settings, started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = desk.upload(mot=article("Bài một")).location
    fill_the_disk(monkeypatch, "mot.txt")
    answer = desk.post(page, page, **{"file:mot.txt": "take"})
    assert answer.status_code == 503
    assert "Chưa nhận được tệp nào; các tệp vẫn còn ở đây." in text_of(answer)
    assert "đĩa đầy" in text_of(answer)
    assert (taken_in(settings), started) == ({}, [])
    assert desk.get(page).status_code == 200


def test_a_disk_that_fills_up_half_way_is_told_with_what_was_taken_in(
    desk: Desk, settings: Settings, started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = desk.upload(mot=article("Bài một"), hai=article("Bài hai"), ba=article("Bài ba")).location
    choices = {f"file:{name}.txt": "take" for name in ("mot", "hai", "ba")}
    with monkeypatch.context() as full:
        fill_the_disk(full, "hai.txt")
        answer = desk.post(page, page, **choices)
    assert answer.status_code == 503
    assert "Đã nhận ba.txt. Chưa nhận hai.txt, mot.txt; các tệp ấy vẫn còn ở đây." in text_of(answer)
    assert f'href="/staff/runs/{RUN_ID}"' in answer.text
    assert (list(taken_in(settings)), len(started)) == (["ba.txt"], 1)
    assert desk.post(page, page, **choices).status_code == 302
    assert sorted(taken_in(settings)) == ["ba.txt", "hai.txt", "mot.txt"]


def test_a_run_that_cannot_be_started_is_told_and_can_be_started_later(
    desk: Desk, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(12, "Cannot allocate memory")

    page = desk.upload(mot=article("Bài một"), hai=article("Bài hai")).location
    monkeypatch.setattr(upkeep, "start_run", fail)
    answer = desk.post(page, page, **{"file:mot.txt": "take"})
    assert answer.status_code == 503
    assert "Đã nhận mot.txt, nhưng chưa lập chỉ mục được" in text_of(answer)
    assert "hết bộ nhớ" in text_of(answer)
    assert list(taken_in(settings)) == ["mot.txt"]


def test_files_that_cannot_be_put_aside_are_told_at_the_field(
    desk: Desk, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileStorage, "save", fail)
    answer = desk.upload(mot=article("Bài một"), hai=article("Bài hai"))
    assert answer.status_code == 503
    assert "Chưa giữ lại tệp nào" in text_of(answer)
    assert "đĩa đầy" in text_of(answer)
    assert list((settings.index_dir / "staged").iterdir()) == []


FIELDS = st.dictionaries(
    st.sampled_from(["again", "next", "password", "file:mot.txt", "file:..", "files", "token"]),
    st.one_of(st.text(max_size=40), st.sampled_from([*INJECTIONS, "take", "replace", "both", "leave", "mot"])),
    max_size=4,
)


@pytest.mark.usefixtures("started")
@given(form=st.sampled_from(["", "/discard", "runs", "upload", "sign-out", "sign-in"]), fields=FIELDS)
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_form_holds_the_answer_is_calm(desk: Desk, form: str, fields: dict[str, str]) -> None:
    limiter.reset()  # some of these are wrong passwords
    desk.sign_in()
    page = desk.upload(mot=article("Bài một")).location
    url = f"{page}{form}" if form[:1] in {"", "/"} else f"/staff/{form}"
    assert desk.post(url, "/staff/sign-in", **fields).status_code < 500


@given(name=st.text(max_size=60), content=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_file_holds_it_is_shown_or_refused(
    desk: Desk, settings: Settings, name: str, content: bytes
) -> None:
    token = Staging(settings.index_dir).keep([])
    (settings.index_dir / "staged" / token / "a.txt").write_bytes(content)
    assert desk.get(f"/staff/upload/{token}").status_code == 200
    sent = [(io.BytesIO(content), name)]
    answer = desk.post("/staff/upload", "/staff/upload", files=sent)
    assert answer.status_code in {302, 422}
    if answer.status_code == 302:
        assert desk.get(answer.location).status_code == 200
