"""What axe-core finds wrong with a page, in words that lead to the place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
LOOKS = {
    "runOnly": {
        "type": "rule",
        "values": ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"],
    },
    "resultTypes": ["violations"],
}

_SCRIPT = Axe().axe_script

_TIMES = (
    "([target]) => Boolean(document.querySelector(target)?.closest('.timeline') && document.querySelector('.as-table'))"
)
"""Whether the element is a bar of a timeline that has a table beside it."""


def violations(page: Page, rules: dict[str, Any] = RULES) -> list[str]:
    """What breaks WCAG 2.2 AA or axe's rules of good practice, one line for each element; empty where all is well.

    Bars of a timeline may be narrow: the links of the table below it do the same (2.5.8, exception "Equivalent").

    Args:
        page: a page as a reader has it open.
        rules: all of them, or those that another colour scheme or width can change (LOOKS).
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(_SCRIPT)
    answer = page.evaluate("(rules) => axe.run(rules)", rules)
    assert answer["passes"], "axe looked at nothing"
    return list(_lines(page, answer["violations"]))


def _lines(page: Page, found: list[dict[str, Any]]) -> Iterator[str]:
    for violation in found:
        for node in violation["nodes"]:
            if violation["id"] == "target-size" and page.evaluate(_TIMES, node["target"]):
                continue
            yield f"{violation['id']}: {node['target']} {node['html'][:200]} ({node['failureSummary']})"
