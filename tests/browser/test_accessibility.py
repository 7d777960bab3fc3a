"""Every kind of page is for everyone: axe finds nothing, in both schemes, narrow and wide, with large letters."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import FilePayload, Page, expect

from indexer.settings import Settings
from tests.browser.axe import LOOKS, violations
from tests.browser.conftest import OpenPage
from tests.browser.staff_room import serving_staff, sign_in
from tests.conftest import OWNERS_ARTICLE

pytestmark = pytest.mark.browser

NARROW, WIDE = 320, 1920

READER_PAGES = {
    "home": "/",
    "results, a date unreadable": "/tim-kiem?q=xay+dung+dang&year=2020&not_author=hong+ha&from=32/13/2020",
    "results of a month, compact": "/tim-kiem?q=&month=2020-07&author_like=ha&gon=1&gop=0",
    "empty": "/tim-kiem?q=qwertyuiop",
    "article": f"/bai/{OWNERS_ARTICLE}?q=xay+dung+dang&n=1&why=1",
    "report a mistake": f"/bao-loi/{OWNERS_ARTICLE}",
    "help": "/tro-giup",
    "error": "/bai/khong-co-bai-nay",
    "API": "/api",
}
FILES: list[FilePayload] = [
    {"name": f"{name}.txt", "mimeType": "text/plain", "buffer": content}
    for name, content in (
        ("le-hoi", "08:00, 02/03/2081\n\nHội làng Gò Mít mở lại\n\nHội mở lại sau hai năm.\n\nVăn Kỳ\n".encode()),
        ("hong", b"\xff\x00\xff"),
    )
]
"""One article of a day to come, and a file that cannot be read."""

RUN_SECONDS = 30
STAFF_PAGES = ("/staff", "/staff/upload", "/staff/problems", "/staff/searches", "/staff/builds", "/staff/runs/none")


def fits(page: Page) -> bool:
    """Whether nothing makes the page scroll sideways."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width <= 0


def unfold(page: Page) -> None:
    """What is folded away is looked at, too."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")


def look_at(page: Page) -> None:
    """All rules at phone width in daylight; what night, a wide screen and letters twice as large can change."""
    unfold(page)
    page.set_viewport_size({"width": NARROW, "height": 900})
    assert violations(page) == []
    assert fits(page)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": WIDE, "height": 900})
    assert violations(page, LOOKS) == []
    assert fits(page)
    page.set_viewport_size({"width": 2 * NARROW, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert fits(page), "letters twice as large"
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.emulate_media(color_scheme="light")


@pytest.mark.parametrize("kind", READER_PAGES)
def test_axe_finds_nothing_on_pages_of_readers(open_page: OpenPage, kind: str) -> None:
    look_at(open_page(READER_PAGES[kind], width=NARROW, expect_error=kind == "error"))


@pytest.fixture(scope="module")
def staff_server(sample_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving_staff(sample_settings, tmp_path_factory.mktemp("staff")) as address:
        yield address


def test_axe_finds_nothing_on_pages_of_staff(open_page: OpenPage, staff_server: str) -> None:
    """From the door through all that an article passes; then the pages that lists of it are on."""
    page = open_page(f"{staff_server}/staff/upload", width=NARROW, expect_error=True)
    look_at(page)
    sign_in(page)
    for step in (preview, run, fix, compare):
        step(page, staff_server)
        look_at(page)
    for path in STAFF_PAGES:
        page.goto(f"{staff_server}{path}")
        look_at(page)


def preview(page: Page, _: str) -> None:
    page.get_by_label("Các tệp bài").set_input_files(FILES)
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xem trước khi nhận")


def run(page: Page, _: str) -> None:
    page.get_by_role("button", name="Nhận các tệp đã chọn").click()
    expect(page.get_by_role("heading", name="Lượt lập chỉ mục: Xong")).to_be_visible(timeout=RUN_SECONDS * 1000)


def fix(page: Page, server: str) -> None:
    page.goto(f"{server}/staff/problems?kind=future-date")
    page.get_by_role("link", name="Sửa Hội làng Gò Mít mở lại").click()
    expect(page.get_by_label("Ngày đăng")).to_be_visible()


def compare(page: Page, _: str) -> None:
    page.get_by_label("Ngày đăng").fill("08:00, 2/3/2021")
    page.get_by_role("button", name="Xem sẽ đổi gì").click()
    expect(page.locator("ins")).to_have_text("2/3/2021, 08:00")
