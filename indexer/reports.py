"""What goes into a run of `khobao index` and what comes out: options, progress, report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple

from indexer.columns import Columns
from indexer.model import Rejected, Remark

LAST: Literal["last"] = "last"

Since = datetime | Literal["last"] | None
"""The files a run looks at: written since a moment (aware), since the last run that left none out began, or all."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to run: see `khobao index --help`."""

    max_source_bytes: int = 20_000_000
    kept_builds: int = 2
    workers: int = 1
    rebuild: bool = False
    remove: bool = False
    allow_removal: bool = False
    columns: Columns = Columns()
    since: Since = None


class Moved(NamedTuple):
    """An article that is what it was, but comes from another file now."""

    id: str
    before: str
    path: str


@dataclass(frozen=True, slots=True)
class Unseen:
    """The files that a run was not to look at: how many there are, and which of them the archive does not know."""

    files: int = 0
    new: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did. `articles` is what the archive holds now; new, changed, moved and unchanged add up to it.

    `remarks` are of the sources that were read in this run. `is_waiting` says that the build is complete but not live:
    what was asked before the switch said no.
    """

    build: str
    articles: int
    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    rejected: tuple[Rejected, ...]
    seconds: float
    remarks: tuple[Remark, ...] = ()
    moved: tuple[Moved, ...] = ()
    unseen: Unseen = Unseen()
    is_waiting: bool = False

    @property
    def unchanged(self) -> int:
        return self.articles - len(self.new) - len(self.changed) - len(self.moved)

    def __str__(self) -> str:
        moved = f"{len(self.moved)} moved, " if self.moved else ""
        return (
            f"{self.articles} articles: {len(self.new)} new, {len(self.changed)} changed, {moved}"
            f"{len(self.removed)} removed, {self.unchanged} unchanged, {len(self.rejected)} rejected"
        )


def report_as_json(report: Report, most: int | None = None) -> dict[str, Any]:
    """The report as plain data; of each list at most `most`, while `counts` has them all."""
    lists = {"new": report.new, "changed": report.changed, "removed": report.removed}
    told: dict[str, Sequence[Rejected | Remark]] = {"rejected": report.rejected, "remarks": report.remarks}
    return {
        "build": report.build,
        "is_waiting": report.is_waiting,
        "articles": report.articles,
        "unchanged": report.unchanged,
        "seconds": round(report.seconds, 3),
        "unseen": {"files": report.unseen.files, "new": report.unseen.new[:most]},
        "counts": {
            "moved": len(report.moved),
            **{name: len(items) for name, items in (*lists.items(), *told.items())},
        },
        "moved": [each._asdict() for each in report.moved[:most]],
        **{name: ids[:most] for name, ids in lists.items()},
        **{name: [_told(each) for each in items[:most]] for name, items in told.items()},
    }


def _told(item: Rejected | Remark) -> dict[str, Any]:
    return {"path": item.path, "line": item.line, "reason": item.reason}


@dataclass(frozen=True, slots=True)
class Step:
    """How far a run is: the file being read, how many of how many files are behind it, and articles read so far."""

    path: str
    files_done: int
    files: int
    articles: int


Progress = Callable[[Step], None]
"""Called with each article that is read."""


def no_progress(_step: Step) -> None:
    """For runs nobody watches."""


BeforeSwitch = Callable[[Path | None, Path], bool]
"""Asked with the folders of the live build, if there is one, and of the complete new one: whether to switch to it.

It is called while the run holds the lock. What it raises ends the run, and the new build is thrown away.
"""


def switch_at_once(_live: Path | None, _new: Path) -> bool:
    """For runs that nobody compares."""
    return True
