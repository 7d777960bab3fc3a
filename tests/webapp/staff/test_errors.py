"""What the staff pages say when something went wrong is true."""

from __future__ import annotations

import pytest

from indexer import upkeep
from indexer.errors import IndexBusy
from tests.webapp.staff.conftest import Desk, text_of
from webapp.staff import guard


def test_a_form_of_another_session_is_told_and_nothing_is_done(desk: Desk) -> None:
    answer = desk.client.post("/staff/builds/rollback", data={"csrf_token": "khac"})
    assert answer.status_code == 400
    assert "Trang này đã cũ Phiên làm việc đã đổi từ lúc mở trang nên chưa làm gì cả." in text_of(answer)


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("size", [guard.MOST_FORM_BYTES - 100_000, guard.MOST_FORM_BYTES + 1000])
def test_a_form_that_is_too_long_is_told_its_own_limit(desk: Desk, size: int) -> None:
    answer = desk.post("/staff/runs", "/staff", note="x" * size)
    if size < guard.MOST_FORM_BYTES:
        assert answer.status_code == 302
    else:
        assert answer.status_code == 413
        assert "1000 KB" in text_of(answer)
        assert "max_upload_mb" not in text_of(answer)


def test_what_the_library_refuses_is_told_in_vietnamese(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise IndexBusy("another process")

    monkeypatch.setattr(upkeep, "rollback", busy)
    answer = desk.post("/staff/builds/rollback", "/staff")
    assert answer.status_code == 409
    assert "Chỉ mục đang được ghi bởi một tiến trình khác. Hãy đợi xong rồi làm lại." in text_of(answer)
