"""The file CURRENT: which build is live, which ones were live before, and which were gone back from.

    20261124-165747-861074-5a6b             the live build; "-" as long as none ever was
    before 20261123-080000-000000-1c2d      what `khobao rollback` returns to, the last one first
    left 20261122-101500-000000-9e8f        what a rollback left

One rename replaces all of it, so that the three never disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from indexer.durable import replace_text

NONE_YET = "-"


@dataclass(frozen=True, slots=True)
class Pointer:
    """What CURRENT says; `live` is None before the first build, and where the file is lost (`is_lost`)."""

    live: str | None = None
    before: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    is_lost: bool = False

    def switched_to(self, name: str) -> Pointer:
        """Another build live: one that was before takes those after it out of the line, any other goes in front."""
        if name in self.before:
            place = self.before.index(name)
            gone_back_from = (*filter(None, [self.live]), *self.before[:place])
            return Pointer(name, self.before[place + 1 :], (*gone_back_from, *self.left))
        before = (*filter(None, [self.live]), *self.before) if name != self.live else self.before
        return Pointer(name, before, tuple(other for other in self.left if other != name))

    def __str__(self) -> str:
        lines = [self.live or NONE_YET, *(f"before {name}" for name in self.before), *(f"left {n}" for n in self.left)]
        return "".join(f"{line}\n" for line in lines)


def read_pointer(path: Path) -> Pointer:
    try:
        live, *rest = path.read_text(encoding="utf-8").split("\n")
    except (FileNotFoundError, UnicodeDecodeError):
        return Pointer(is_lost=True)
    told = [line.split(" ", 1) for line in rest if " " in line]
    before, left = (tuple(name for word, name in told if word == kind and is_name(name)) for kind in ("before", "left"))
    live = live.strip()
    return Pointer(live if is_name(live) else None, before, left, is_lost=live != NONE_YET and not is_name(live))


def is_name(name: str) -> bool:
    """Whether this can be the name of a build: one step down from the folder of builds, no more."""
    return name not in ("", NONE_YET, ".", "..") and "/" not in name and "\0" not in name


def write_pointer(path: Path, pointer: Pointer) -> None:
    replace_text(path, str(pointer))
