"""A server with staff pages for browser tests, and the way in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page
from werkzeug.security import generate_password_hash

from tests.browser.conftest import serving

PASSWORD = "lúa chín vàng đồng"  # noqa: S105 - opens nothing but these tests


@contextmanager
def serving_staff(index_dir: Path, folder: Path) -> Iterator[str]:
    """A copy of the index in `folder`, served with staff pages; yields the address."""
    shutil.copytree(index_dir, folder / "index")
    password_hash = generate_password_hash(PASSWORD, "scrypt:1024:8:1")
    with serving(folder / "index", staff_password_hash=password_hash, uploads_dir=str(folder / "uploads")) as address:
        yield address


def sign_in(page: Page) -> None:
    """From the page that asks for the password to where the editor wanted to go."""
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Vào").click()
