"""What a reader with a slow phone waits for: pages in a real Chromium, its processor slowed down, its line narrow.

What is measured. Chromium runs at a quarter of this machine's speed, over a line of 1.6 Mbit/s with 150 ms to the
server and back: what Lighthouse takes for a phone of the middle class on slow 4G. For each page, first with nothing in
the cache, then once more: the first text (FCP), the largest part in view (LCP), how far things jumped (CLS, see
web.dev/cls), and the bytes over the line, of which fonts. Medians of several rounds.

What is not fair. Server and browser share the machine, so the server is slower than on one of its own, and a slowed
browser of a fast machine is not a phone. No connection has to be set up, and there is no TLS, which costs two to three
times the way to the server and back.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from tests.bench import report
from tests.bench.service import index_sample, serving

SLOWER = 4
ROUND_TRIP_MS = 150
DOWN_BYTES_A_SECOND = 1_638_400 / 8
UP_BYTES_A_SECOND = 750_000 / 8
SETTLE_MS = 1500
"""After the page is loaded; late fonts come and things jump by then."""

PAGES = {
    "home": ("/", "ol.timeline a"),
    "results": ("/tim-kiem?q=xây+dựng", "article.result mark"),
    "results, no marks": ("/tim-kiem?q=xay+dung", "article.result mark"),
    "article": ("", "article.story mark"),
    "help": ("/tro-giup", ".examples a"),
}
"""Kind of page -> its path, and what must stand in it; the article is the first result."""

OBSERVE = """
window.seen = { lcp: 0, cls: 0 };
const observe = (type, note) =>
  new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
observe("largest-contentful-paint", (entry) => { window.seen.lcp = entry.startTime; });
observe("layout-shift", (entry) => { window.seen.cls += entry.value; });
"""
READ = """() => ({
  ...window.seen, fcp: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
})"""


@dataclass(frozen=True, slots=True)
class Visit:
    """Milliseconds from the click to the first text and to the largest part in view, jumps, and bytes received."""

    fcp: float
    lcp: float
    cls: float
    sent: int
    fonts: int


class _Received:
    """Bytes over the line, headers included, by kind of request."""

    def __init__(self, session: CDPSession) -> None:
        self._kinds: dict[str, str] = {}
        self.bytes: dict[str, int] = {}
        session.on("Network.responseReceived", self._note_kind)
        session.on("Network.loadingFinished", self._add)

    def _note_kind(self, event: dict[str, Any]) -> None:
        self._kinds[event["requestId"]] = event["type"]

    def _add(self, event: dict[str, Any]) -> None:
        kind = self._kinds.get(event["requestId"], "")
        self.bytes[kind] = self.bytes.get(kind, 0) + int(event["encodedDataLength"])


def main() -> None:
    made = report.parser(__doc__)
    made.add_argument("--articles", type=int, default=20_000)
    made.add_argument("--index", type=Path, help="an index that is there, in place of one of the articles")
    made.add_argument("--rounds", type=int, default=5)
    options = report.read_options(made)
    report.print_machine()
    with tempfile.TemporaryDirectory() as folder:
        index_dir = options.index or index_sample(options.data, options.articles, Path(folder))
        with serving(index_dir) as server:
            found = dict(_measure(server.address, options.rounds))
    _print(found)
    report.save(options, {kind: asdict(visit) for kind, visit in found.items()})


def _measure(address: str, rounds: int) -> Iterator[tuple[str, Visit]]:
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome") or sys.exit("no Chromium on this machine")
        sandbox = [] if os.geteuid() else ["--no-sandbox"]  # Chromium refuses its sandbox to root
        browser = playwright.chromium.launch(executable_path=chromium, args=["--disable-gpu", *sandbox])
        pages = {**PAGES, "article": (_first_article(browser, address), PAGES["article"][1])}
        for kind, (path, must) in pages.items():
            visits = [_visits(browser, address + path, must) for _ in range(rounds)]
            for name, those in zip((kind, f"{kind}, again"), zip(*visits, strict=True), strict=True):
                yield name, _median(those)
        browser.close()


def _first_article(browser: Browser, address: str) -> str:
    page = browser.new_page()
    page.goto(address + PAGES["results"][0])
    path = page.locator(".result-title a").first.get_attribute("href")
    page.close()
    return path or sys.exit("nothing is found: the data has no article with 'xây dựng'")


def _visits(browser: Browser, url: str, must: str) -> tuple[Visit, Visit]:
    """A first visit and one more, with what the browser kept."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2)
    try:
        return _visit(context, url, must), _visit(context, url, must)
    finally:
        context.close()


def _visit(context: BrowserContext, url: str, must: str) -> Visit:
    page = context.new_page()
    page.add_init_script(OBSERVE)
    received = _Received(_slow(context, page))
    response = page.goto(url, wait_until="load", timeout=60_000)
    page.wait_for_timeout(SETTLE_MS)
    if response is None or not response.ok or not page.locator(must).count():
        sys.exit(f"{url} is not the page it should be: there is no {must}")
    seen = page.evaluate(READ)
    page.close()
    total = sum(received.bytes.values())
    return Visit(seen["fcp"], seen["lcp"], seen["cls"], total, received.bytes.get("Font", 0))


def _slow(context: BrowserContext, page: Page) -> CDPSession:
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": ROUND_TRIP_MS,
            "downloadThroughput": DOWN_BYTES_A_SECOND,
            "uploadThroughput": UP_BYTES_A_SECOND,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return session


def _median(visits: Sequence[Visit]) -> Visit:
    return Visit(*(statistics.median([getattr(visit, one.name) for visit in visits]) for one in fields(Visit)))


def _print(found: dict[str, Visit]) -> None:
    head = ("page", "first text, ms", "largest part, ms", "jumps", "kB", "of these fonts")
    rows = [
        (
            kind,
            f"{one.fcp:.0f}",
            f"{one.lcp:.0f}",
            f"{one.cls:.4f}",
            f"{one.sent / 1000:.1f}",
            f"{one.fonts / 1000:.1f}",
        )
        for kind, one in found.items()
    ]
    report.print_table("a slow phone", head, rows)


if __name__ == "__main__":
    main()
