"""Staff's list of questions whose answers matter; a new build is asked them before it takes the old one's place.

    # What follows a # is a comment.
    xây dựng Đảng
    bão số 9 => 2020/10/29/bao-so-9

A line is a question and, after `=>`, the id of an article that must be among the first ten, if one must. A question may
stand on several lines, with an article on each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from indexer.analysis.canonical import canonical
from indexer.errors import PinnedUnreadable

MOST_PINNED = 200
"""Lines that are asked; the time of a comparison is shared with what readers ask."""

ARROW = "=>"

_COMMENT = re.compile(r"(?:^|\s)#.*")


@dataclass(frozen=True, slots=True)
class Pin:
    """One line: a question, and the id of the article it must find, "" where any answer will do."""

    line: int
    text: str
    article_id: str = ""


@dataclass(frozen=True, slots=True)
class PinProblem:
    """A line that was left out, counted from 1, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Pins:
    """What the list says, and the lines of it that say nothing."""

    pins: tuple[Pin, ...] = ()
    problems: tuple[PinProblem, ...] = ()


def read_pinned(path: Path) -> Pins:
    """The staff's list, empty where there is no file.

    Raises:
        PinnedUnreadable: the file cannot be opened.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Pins()
    except OSError as error:
        raise PinnedUnreadable(path, error.strerror or str(error)) from error
    return read_pins(raw.decode("utf-8", errors="replace"))


def read_pins(text: str) -> Pins:
    """Read a list; a line that says nothing is a problem, and the rest counts."""
    pins: dict[tuple[str, str], Pin] = {}
    problems: list[PinProblem] = []
    for number, line in enumerate(canonical(text).split("\n"), start=1):
        written = _COMMENT.sub("", line).strip()
        question, arrow, article_id = (part.strip() for part in written.partition(ARROW))
        if not written:
            continue
        pin = Pin(number, " ".join(question.split()), article_id)
        if reason := _what_is_wrong(pin, bool(arrow)) or _what_is_too_much(pin, pins):
            problems.append(PinProblem(number, reason))
        else:
            pins[pin.text, pin.article_id] = pin
    return Pins(tuple(pins.values()), tuple(problems))


def _what_is_wrong(pin: Pin, has_arrow: bool) -> str:
    if "\ufffd" in pin.text + pin.article_id:
        return "holds letters that cannot be read; write the line anew and save the file as UTF-8"
    if not pin.text:
        return f"lacks the question; write it before {ARROW}"
    if has_arrow and not pin.article_id:
        return f"lacks the article; write its id after {ARROW}, or leave the arrow out"
    if ARROW in pin.article_id:
        return "names several articles; write a line for each"
    return ""


def _what_is_too_much(pin: Pin, before: dict[tuple[str, str], Pin]) -> str:
    if twin := before.get((pin.text, pin.article_id)):
        return f"says the same as line {twin.line}"
    if len(before) >= MOST_PINNED:
        return f"is one too many; at most {MOST_PINNED} are asked"
    return ""
