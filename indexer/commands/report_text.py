"""The report of a run, in the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from indexer.reports import Report

MOST_SHOWN = 20
"""Moved files that are told one by one."""


def describe(report: Report, *, with_moves: bool = True) -> str:
    """What the run did, and below it what has to be said of files; moved ones are told unless something else does."""
    moves = _moves(report) if with_moves else []
    rejects = [f"  rejected {each}" for each in report.rejected]
    remarks = [f"  note: {each}" for each in report.remarks]
    waiting = (
        [f"Build {report.build} waits. Make it live: khobao builds use {report.build}"] if report.is_waiting else []
    )
    return "\n".join([f"{report} ({report.seconds:.1f} s)", *moves, *rejects, *remarks, *_unseen(report), *waiting])


def _moves(report: Report) -> list[str]:
    """A line for each file that articles moved to; a renamed folder may have thousands."""
    files = Counter((each.before, each.path) for each in report.moved)
    lines = [f"  moved {before} -> {path} ({count} articles)" for (before, path), count in files.items()]
    return [*lines[:MOST_SHOWN], *([f"  ... and {len(lines) - MOST_SHOWN} more files"] if lines[MOST_SHOWN:] else [])]


def _unseen(report: Report) -> Iterator[str]:
    unseen = report.unseen
    if unseen.files:
        yield f"  not looked at: {unseen.files} older files; what came from them stays, and so does what is gone"
    if unseen.new:
        names = ", ".join(unseen.new[:3]) + (" ..." if unseen.new[3:] else "")
        yield f"  of these the archive does not know {len(unseen.new)} ({names}); without --since they are taken in"
