"""An editor's afternoon, in a real browser, with JavaScript and without: articles in, found, mended, taken back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect
from werkzeug.security import generate_password_hash

from indexer.settings import Settings
from tests.browser.conftest import OpenPage, serving

pytestmark = pytest.mark.browser

PASSWORD = "lúa chín vàng đồng"  # noqa: S105 - opens nothing but this test
RUN_SECONDS = 30
"""A run of three files takes one; a machine that is busy may take more."""


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    chosen: bool = request.param
    return chosen


@pytest.fixture
def staff_server(sample_settings: Settings, tmp_path: Path) -> Iterator[str]:
    """A copy of the sample archive, served with staff pages."""
    shutil.copytree(sample_settings.index_dir, tmp_path / "index")
    password_hash = generate_password_hash(PASSWORD, "scrypt:1024:8:1")
    with serving(
        tmp_path / "index", staff_password_hash=password_hash, uploads_dir=str(tmp_path / "uploads")
    ) as address:
        yield address


def file(name: str, content: str | bytes) -> FilePayload:
    raw = content.encode() if isinstance(content, str) else content
    return {"name": name, "mimeType": "text/plain", "buffer": raw}


FILES = (
    file("hoi-lang.txt", "08:00, 02/03/2021\n\nHội làng Gò Mít mở lại\n\nHội mở lại sau hai năm.\n\n\nVăn Kỳ."),
    file("khong-ngay.txt", "Chợ phiên Suối Bưởi\n\nPhiên chợ họp từ sáng sớm.\n"),
    file("hong.txt", b"\xff\x00\xff"),
)


def sign_in(page: Page) -> None:
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Vào").click()


def test_an_editors_afternoon(open_page: OpenPage, staff_server: str, javascript: bool) -> None:
    page = open_page(f"{staff_server}/staff", javascript=javascript)
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tổng quan")

    page.get_by_role("navigation", name="Quản kho").get_by_role("link", name="Nhận bài mới").click()
    page.get_by_label("Các tệp bài").set_input_files(FILES)
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_text("3 tệp, trong đó 2 tệp nhận được.")).to_be_visible()
    first = page.get_by_role("region", name="hoi-lang.txt")
    expect(first).to_contain_text("thứ Ba, 2/3/2021, 08:00")
    expect(first).to_contain_text("Văn Kỳ")
    expect(page.get_by_role("region", name="khong-ngay.txt").get_by_role("list")).to_contain_text("Không có ngày")
    expect(page.get_by_role("region", name="hong.txt").get_by_role("radio")).to_have_count(0)

    page.get_by_role("button", name="Nhận các tệp đã chọn").click()
    done = page.get_by_role("heading", name="Lượt lập chỉ mục: Xong")
    expect(done).to_be_visible(timeout=RUN_SECONDS * 1000)
    expect(page.locator(".counts")).to_contain_text("2")
    page.get_by_role("link", name="Hội làng Gò Mít mở lại").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hội làng Gò Mít mở lại")

    page.goto(f"{staff_server}/tim-kiem?q=hoi+lang+go+mit")
    expect(page.get_by_role("link", name="Hội làng Gò Mít mở lại")).to_be_visible()

    mend_a_date(page, staff_server)
    page.goto(f"{staff_server}/staff/builds")
    page.get_by_role("button", name="Quay lại bản trước").click()
    expect(page.locator(".builds li").nth(1)).to_contain_text("Đang dùng")
    page.goto(f"{staff_server}/bai/khong-ngay")
    expect(page.locator(".story .about")).to_contain_text("Không rõ ngày đăng")

    page.goto(f"{staff_server}/staff")
    expect(page.locator(".runs li").nth(1)).to_contain_text("2 bài mới")
    page.get_by_role("button", name="Ra khỏi phiên").click()
    expect(page.get_by_label("Mật khẩu")).to_be_focused()


def mend_a_date(page: Page, server: str) -> None:
    page.goto(f"{server}/staff/problems?kind=no-date")
    page.get_by_role("link", name="Sửa Chợ phiên Suối Bưởi").click()
    page.get_by_label("Ngày đăng").fill("1/7/2020")
    page.get_by_role("button", name="Xem sẽ đổi gì").click()
    expect(page.locator("ins")).to_have_text("1/7/2020")
    page.get_by_role("button", name="Ghi phần sửa").click()
    page.get_by_role("button", name="Lập chỉ mục ngay").click()
    done = page.get_by_role("heading", name="Lượt lập chỉ mục: Xong")
    expect(done).to_be_visible(timeout=RUN_SECONDS * 1000)
    page.get_by_role("link", name="Chợ phiên Suối Bưởi").click()
    expect(page.locator(".story time")).to_contain_text("1/7/2020")


def test_staff_pages_fit_a_phone(open_page: OpenPage, staff_server: str) -> None:
    page = open_page(f"{staff_server}/staff/upload", width=320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    sign_in(page)
    page.get_by_label("Các tệp bài").set_input_files([*FILES, file(f"{'ten-rat-dai' * 15}.txt", "Một\n\nHai.")])
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xem trước khi nhận")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for path in ("/staff", "/staff/upload", "/staff/problems", "/staff/searches", "/staff/builds"):
        page.goto(f"{staff_server}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
