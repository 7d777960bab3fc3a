"""An editor's afternoon, in a real browser, with JavaScript and without: articles in, found, mended, taken back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import FilePayload, Page, expect

from indexer.settings import Settings
from tests.browser.conftest import OpenPage
from tests.browser.staff_room import serving_staff, sign_in

pytestmark = pytest.mark.browser

RUN_SECONDS = 30
"""A run of three files takes one; a machine that is busy may take more."""


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    chosen: bool = request.param
    return chosen


@pytest.fixture
def staff_server(sample_settings: Settings, tmp_path: Path) -> Iterator[str]:
    """A copy of the sample archive, served with staff pages."""
    with serving_staff(sample_settings, tmp_path) as address:
        yield address


def file(name: str, content: str | bytes) -> FilePayload:
    raw = content.encode() if isinstance(content, str) else content
    return {"name": name, "mimeType": "text/plain", "buffer": raw}


def word(name: str, *lines: str) -> FilePayload:
    """A file as Word saves it."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    saved = io.BytesIO()
    document.save(saved)
    return file(name, saved.getvalue())


TCVN3 = dict(
    zip(
        map(ord, "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"),
        bytes.fromhex(
            "b5b6b7b8b9 a8bbbcbdbec6 a9c7c8c9cacb ae cccecfd0d1 aad2d3d4d5d6 d7d8dcddde dfe1e2e3e4 abe5e6e7e8e9"
            "aceaebecedee eff1f2f3f4 adf5f6f7f8f9 fafbfcfdfe"
        ),
        strict=True,
    )
)
"""TCVN 5712:1993: the codes of small letters in the fonts of the nineties."""


def tcvn3(text: str) -> bytes:
    """Text as it was typed then."""
    return text.translate(TCVN3).encode("latin-1")


FILES = (
    word("hoi-lang.docx", "08:00, 02/03/2081", "Hội làng Gò Mít mở lại", "Hội mở lại sau hai năm.", "Văn Kỳ"),
    file(
        "cho-phien.txt",
        tcvn3(
            "07:30, 02/03/2001\n\nChợ phiên Suối Bưởi\n\nPhiên chợ họp từ sáng sớm, người ở các"
            " bản mang rau, gà và vải dệt xuống bán, đến trưa thì vãn.\n\n\nLan Chi.\n"
        ),
    ),
    file("hong.txt", b"\xff\x00\xff"),
)


def test_an_editors_afternoon(open_page: OpenPage, staff_server: str, javascript: bool) -> None:
    page = open_page(f"{staff_server}/staff", javascript=javascript)
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tổng quan")
    send(page)
    look_through(page)
    page.get_by_role("button", name="Nhận các tệp đã chọn").click()
    watch(page)
    expect(page.locator(".counts")).to_contain_text("2")
    page.get_by_role("link", name="Hội làng Gò Mít mở lại").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hội làng Gò Mít mở lại")
    for asked, title in (("hoi lang go mit", "Hội làng Gò Mít mở lại"), ("suối bưởi", "Chợ phiên Suối Bưởi")):
        find(page, staff_server, asked, title)
    mend_a_date(page, staff_server)
    roll_back(page, staff_server)
    page.goto(f"{staff_server}/staff")
    expect(page.locator(".runs li").nth(1)).to_contain_text("2 bài mới")
    page.get_by_role("button", name="Ra khỏi phiên").click()
    expect(page.get_by_label("Mật khẩu")).to_be_focused()


def send(page: Page) -> None:
    page.get_by_role("navigation", name="Quản kho").get_by_role("link", name="Nhận bài mới").click()
    page.get_by_label("Các tệp bài").set_input_files(FILES)
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_text("3 tệp, trong đó 2 tệp nhận được.")).to_be_visible()


def look_through(page: Page) -> None:
    """What the files will become: the Word file with its wrong date, the text, and the broken one with the reason."""
    word_file = page.get_by_role("region", name="hoi-lang.docx")
    expect(word_file).to_contain_text("2/3/2081, 08:00")
    expect(word_file).to_contain_text("Văn Kỳ")
    expect(word_file.get_by_role("list", name="Cần xem lại")).to_contain_text("Ngày ở tương lai")
    text = page.get_by_role("region", name="cho-phien.txt")
    expect(text).to_contain_text("Chợ phiên Suối Bưởi")
    expect(text).to_contain_text("viết bằng bảng mã TCVN3 (ABC)")
    expect(text).to_contain_text("thứ Sáu, 2/3/2001, 07:30")
    expect(text).to_contain_text("Lan Chi")
    broken = page.get_by_role("region", name="hong.txt")
    expect(broken).to_contain_text("Không đọc được")
    expect(broken.locator("[lang=en]")).to_have_count(0)
    expect(broken.get_by_role("radio")).to_have_count(0)


def watch(page: Page) -> None:
    """The page of a run, to its end."""
    done = page.get_by_role("heading", name="Lượt lập chỉ mục: Xong")
    expect(done).to_be_visible(timeout=RUN_SECONDS * 1000)


def find(page: Page, server: str, asked: str, title: str) -> None:
    page.goto(server)
    page.locator("input[name=q]").fill(asked)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=title)).to_be_visible()


def mend_a_date(page: Page, server: str) -> None:
    page.goto(f"{server}/staff/problems?kind=future-date")
    page.get_by_role("link", name="Sửa Hội làng Gò Mít mở lại").click()
    page.get_by_label("Ngày đăng").fill("08:00, 2/3/2021")
    page.get_by_role("button", name="Xem sẽ đổi gì").click()
    expect(page.locator("ins")).to_have_text("2/3/2021, 08:00")
    page.get_by_role("button", name="Ghi phần sửa").click()
    page.get_by_role("button", name="Lập chỉ mục ngay").click()
    watch(page)
    page.get_by_role("link", name="Hội làng Gò Mít mở lại").click()
    expect(page.locator(".story time")).to_contain_text("2/3/2021")


def roll_back(page: Page, server: str) -> None:
    """To the build with the wrong date."""
    page.goto(f"{server}/staff/builds")
    page.get_by_role("button", name="Quay lại bản trước").click()
    expect(page.locator(".builds li").nth(1)).to_contain_text("Đang dùng")
    page.goto(f"{server}/bai/hoi-lang")
    expect(page.locator(".story .about")).to_contain_text("2/3/2081")


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
