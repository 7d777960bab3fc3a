"""`khobao index --dry-run`: what a run would change, in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.problems import FieldChange
from indexer.rehearsal import Change, ChangeKind, Rehearsed

_IN_FULL = ("published", "authors", "title", "section", "source")
"""Fields of which both values are shown; the others are long, and only named."""

_OF_NEW = ("published", "authors")


def describe_changes(rehearsed: Rehearsed) -> Iterator[str]:
    """A line for each article that would come, change, move or go, and then for each of its fields."""
    for change in rehearsed.changes:
        yield f"  {change.kind:<8} {change.id}{_where(change)}"
        yield from (f"    {line}" for line in _lines(change))
    yield "This was a dry run: nothing was changed." if rehearsed.changes else "A run would change nothing."


def _where(change: Change) -> str:
    return f"  {change.path_before} -> {change.path}" if change.path_before else ""


def _lines(change: Change) -> Iterator[str]:
    if change.kind in (ChangeKind.NEW, ChangeKind.REMOVED):
        told = [_one_line(field.after) for field in change.fields if field.field in _OF_NEW]
        yield " · ".join([change.title, *told])
        return
    yield from (_both(field) for field in change.fields if field.field in _IN_FULL)
    others = [field.field for field in change.fields if field.field not in _IN_FULL]
    others += ["text"] if change.has_other_text else []
    if others:
        yield f"other {', '.join(others)}"


def _both(field: FieldChange) -> str:
    return f"{field.field}: {_one_line(field.before)} -> {_one_line(field.after)}"


def _one_line(value: str) -> str:
    return ", ".join(value.splitlines()) or "-"
