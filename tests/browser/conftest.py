"""A real server over the sample archive, and a real Chromium in front of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, Playwright, Request, sync_playwright

from indexer.settings import TABLE, Settings

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The first is Chromium without the parts around the page, which take twice as much work as the page itself."""

QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser_path() -> str:
    """Where the system's Chromium is; without one the tests are skipped, and in CI that is an error."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        reason = "no Chromium on this machine (apt install chromium)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """`khobao serve` on a free port; yields its address as the command prints it."""
    call = [sys.executable, "-u", "-c", "from webapp.cli import main; main()", "serve", "--port", "0"]
    environment = {**os.environ, **as_environment(settings)}
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        said = process.stdout.readline()
        try:
            yield next(word for word in said.split() if word.startswith("http://"))
        finally:
            process.terminate()


def as_environment(settings: Settings) -> dict[str, str]:
    """The settings that are not as they come."""
    usual = Settings()
    told = {each.variable: (getattr(settings, each.name), getattr(usual, each.name)) for each in TABLE}
    return {variable: str(value) for variable, (value, default) in told.items() if value != default}


@pytest.fixture(scope="session")
def server(sample_settings: Settings) -> Iterator[str]:
    """The sample archive, served."""
    with serving(sample_settings) as address:
        yield address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright, browser_path: str) -> Iterator[Browser]:
    sandbox = [] if os.geteuid() else ["--no-sandbox"]  # Chromium refuses its sandbox to root
    launched = playwright.chromium.launch(executable_path=browser_path, args=[*QUIET, *sandbox])
    yield launched
    launched.close()


def _complaint(request: Request) -> Iterator[str]:
    if request.failure != "net::ERR_ABORTED":  # a reader who goes on does not wait for suggestions or the icon
        yield f"failed: {request.url}"


@pytest.fixture
def open_page(browser: Browser, server: str) -> Iterator[OpenPage]:
    """Opens a path of the server: `open_page("/", width=390, dark=True, javascript=False)`.

    A message on the console or a failed request fails the test.
    """
    contexts = []
    complaints: list[str] = []

    def open_(
        path: str, *, width: int = 1280, dark: bool = False, javascript: bool = True, expect_error: bool = False
    ) -> Page:
        context = browser.new_context(
            base_url=server,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            locale="vi-VN",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        if not expect_error:  # Chromium notes an error status on the console
            page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("requestfailed", lambda request: complaints.extend(_complaint(request)))
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []
