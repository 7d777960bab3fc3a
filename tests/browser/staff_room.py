"""A server with staff pages for browser tests, and the way in."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Page
from werkzeug.security import generate_password_hash

from indexer import bootstrap
from indexer.settings import Settings
from tests.browser.conftest import serving

PASSWORD = "lúa chín vàng đồng"  # noqa: S105 - opens nothing but these tests


@contextmanager
def serving_staff(sample: Settings, folder: Path) -> Iterator[str]:
    """The sample archive in an index of its own in `folder`, served with staff pages; yields the address."""
    settings = replace(
        sample,
        index_dir=folder / "index",
        uploads_dir=folder / "uploads",
        opensearch_prefix=f"{sample.opensearch_prefix}-{secrets.token_hex(4)}",
        staff_password_hash=generate_password_hash(PASSWORD, "scrypt:1024:8:1"),
    )
    if settings.engine == "whoosh":
        shutil.copytree(sample.index_dir, settings.index_dir)
    else:
        bootstrap.index(settings)
    with serving(settings) as address:
        yield address


def sign_in(page: Page) -> None:
    """From the page that asks for the password to where the editor wanted to go."""
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Vào").click()
