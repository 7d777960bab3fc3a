"""The style sheet: both colour schemes can be read, and every file it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import webapp

WEBAPP = Path(webapp.__file__).parent
STATIC = WEBAPP / "static"
STYLE = (STATIC / "khobao.css").read_text(encoding="utf-8")
STAFF_STYLE = (STATIC / "staff.css").read_text(encoding="utf-8")
SCHEMES = [
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
    for block in re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)[:2]
]
PAIRS = [
    ("ink", "paper", 7.0), ("ink", "sheet", 7.0), ("mark-ink", "mark", 7.0),
    ("soft", "paper", 4.5), ("soft", "sheet", 4.5), ("accent", "paper", 4.5),
    ("accent", "sheet", 4.5), ("on-accent", "accent", 4.5), ("bar", "paper", 3.0),
    ("mark-line", "mark", 2.5),
]  # fmt: skip


def luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES, ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_contrast(scheme: dict[str, str], front: str, back: str, least: float) -> None:
    assert contrast(scheme[front], scheme[back]) >= least


def test_every_font_is_shipped_with_its_licence_and_none_is_unused() -> None:
    named = set(re.findall(r'url\("(fonts/[^"]+)"\)', STYLE))
    shipped = {f"fonts/{path.name}" for path in (STATIC / "fonts").glob("*.woff2")}
    assert named == shipped
    assert len(list((STATIC / "fonts").glob("*-OFL.txt"))) == 2


@pytest.mark.parametrize("style", [STYLE, STAFF_STYLE], ids=["readers", "staff"])
def test_nothing_is_loaded_from_elsewhere(style: str) -> None:
    assert "http" not in style
    assert "@import" not in style


def test_no_rule_is_dead_and_those_for_staff_are_apart() -> None:
    """Classes that some template, script or module names; what only staff's templates name is in their sheet."""
    sources = [path for end in ("html", "py", "js") for path in WEBAPP.rglob(f"*.{end}")]
    for_readers = [path for path in sources if "staff" not in path.as_posix().removeprefix(WEBAPP.as_posix())]
    assert classes_of(STYLE) - words_of(for_readers) == set()
    assert classes_of(STAFF_STYLE) - words_of(sources) == set()


def classes_of(style: str) -> set[str]:
    selectors = re.sub(r"/\*.*?\*/|\{[^{}]*\}", " ", style, flags=re.DOTALL)
    return set(re.findall(r"\.([a-z][\w-]*)", selectors))


def words_of(paths: list[Path]) -> set[str]:
    return {word for path in paths for word in re.findall(r"[a-z][\w-]*", path.read_text(encoding="utf-8"))}
