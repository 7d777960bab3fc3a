"""Folder -> the article files in it, always in the same order. What is not read is reported, never passed over."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from errno import EINVAL, EISDIR
from pathlib import Path

from indexer.model import Rejected

SUFFIXES = (".txt", ".jsonl", ".jsonl.xz", ".jsonl.gz")
"""What the names of article files end with, in capitals or not."""

_ENDINGS = ", ".join(SUFFIXES)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read articles from.

    `key` is its absolute path with `/`, links kept as they are: the same however the run was started. `root` is the
    folder the search began in; article ids are made of the path below it.
    """

    path: Path
    key: str
    size: int
    mtime_ns: int
    root: Path


def find_sources(root: Path) -> Iterator[SourceFile | Rejected]:
    """The article files in a folder and the folders below it, or the one file `root` is. Never raises.

    In order of their names, linked folders last, so that a folder reached twice keeps its own path. Hidden names and
    READMEs hold no articles and are passed over, unless `root` itself is one.
    """
    start = Path(os.path.abspath(root))
    try:
        if start.is_dir():
            yield from _Walk(start).run()
        else:
            yield _source_file(start, start.parent)
    except OSError as error:
        yield Rejected(printable(start), why(error))


def suffix_of(path: Path) -> str | None:
    """Which of `SUFFIXES` a name ends with."""
    name = path.name.lower()
    return next((suffix for suffix in SUFFIXES if name.endswith(suffix)), None)


def why(error: OSError) -> str:
    """Why a file or folder cannot be read, and what to do."""
    if isinstance(error, FileNotFoundError):
        return "is not there any more, or is a link to nothing; put it back or remove the link"
    if isinstance(error, PermissionError):
        return "may not be read by this user; change its permissions"
    return f"cannot be read ({error.strerror or error}); check the file and the disk"


def check_regular(path: Path) -> None:
    """Raises OSError for a folder, a pipe or a device: opening a pipe would wait forever."""
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(EISDIR, "is a folder", str(path))
    if not stat.S_ISREG(mode):
        raise OSError(EINVAL, "it is a pipe or a device", str(path))


def printable(path: Path) -> str:
    """The path as text that can be shown and stored, even where its name is not UTF-8."""
    return os.fsencode(path.as_posix()).decode("utf-8", errors="replace")


@dataclass(slots=True)
class _Walk:
    """One walk. It keeps a stack of its own: folders may lie deeper than Python's goes."""

    root: Path
    visited: set[tuple[int, int]] = field(default_factory=set)
    linked: list[Path] = field(default_factory=list)

    def run(self) -> Iterator[SourceFile | Rejected]:
        yield from self._below(self.root)
        while self.linked:
            self.linked.sort()
            yield from self._below(self.linked.pop(0))

    def _below(self, folder: Path) -> Iterator[SourceFile | Rejected]:
        stack = [folder]
        while stack:
            path = stack.pop()
            try:
                if not path.is_dir():
                    yield _source_file(path, self.root)
                elif path != folder and path.is_symlink():
                    self.linked.append(path)
                elif rejected := self._refuse_folder(path):
                    yield rejected
                else:
                    stack += sorted(_children(path), reverse=True)
            except OSError as error:
                yield Rejected(printable(path), why(error))

    def _refuse_folder(self, path: Path) -> Rejected | None:
        """Also where links lead around in a circle, or many ways to one folder."""
        if path != self.root and suffix_of(path):
            return Rejected(printable(path), "is a folder with the name of an article file; rename it to have it read")
        state = path.stat()
        place = (state.st_dev, state.st_ino)
        if place in self.visited:
            return Rejected(printable(path), "is a link to a folder that is read anyway; remove the link")
        self.visited.add(place)
        return None


def _children(folder: Path) -> list[Path]:
    names = os.listdir(folder)
    return [folder / name for name in names if not name.startswith((".", "README"))]


def _source_file(path: Path, root: Path) -> SourceFile | Rejected:
    """Raises OSError where it cannot be looked at."""
    name = printable(path)
    check_regular(path)
    if suffix_of(path) is None:
        return Rejected(name, f"format not supported; the names of article files end with {_ENDINGS}")
    if name != path.as_posix():
        return Rejected(name, "has a name that is not UTF-8; rename it")
    state = path.stat()
    return SourceFile(path, name, state.st_size, state.st_mtime_ns, root)
