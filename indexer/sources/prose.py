"""Titles, leads and paragraphs, cleaned the same way for every format."""

from __future__ import annotations

from indexer.analysis.canonical import canonical
from indexer.sources.unreadable import Unreadable

MAX_TITLE_CHARS = 1000
"""The longest headlines have some 250 characters; what is longer is a text whose title is missing."""

_SHORTEST_CUT_LEAD = 5
"""Words a lead must have before a paragraph that goes on from it is its full form: two may begin any sentence."""

_CUT_MARKS = " .…"


def one_line(text: str) -> str:
    """Canonical text with every run of blanks and line ends as one blank."""
    return " ".join(canonical(text).split())


def lines_of(text: str) -> list[str]:
    """The lines of a text, canonical, blanks collapsed; an empty line stays as ""."""
    return [" ".join(line.split()) for line in canonical(text).split("\n")]


def paragraphs_of(text: str) -> tuple[str, ...]:
    """The lines that hold anything."""
    return tuple(line for line in lines_of(text) if line)


def check_title(title: str, line: int | None = None) -> None:
    """Raises Unreadable for a title nobody could read or click."""
    if not any(character.isalnum() for character in title):
        raise Unreadable("has no title; add one", line)
    if len(title) > MAX_TITLE_CHARS:
        reason = f"begins with {len(title)} characters where a title of at most {MAX_TITLE_CHARS} belongs"
        raise Unreadable(f"{reason}; put the title first, on a line of its own", line)


def join_lead(lead: str, paragraphs: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The lead in its full form and the paragraphs without it.

    Many pages print the lead again, uncut, as the first paragraph; no reader wants it twice.
    """
    if paragraphs and _goes_on(lead.rstrip(_CUT_MARKS), paragraphs[0]):
        return max(lead, paragraphs[0], key=len), paragraphs[1:]
    return lead, paragraphs


def _goes_on(start: str, paragraph: str) -> bool:
    """Whether `paragraph` is `start` again, or `start` and more."""
    if not start or not paragraph.startswith(start):
        return False
    rest = paragraph[len(start) :]
    if not rest.strip(_CUT_MARKS):
        return True
    return not rest[0].isalnum() and len(start.split()) >= _SHORTEST_CUT_LEAD
