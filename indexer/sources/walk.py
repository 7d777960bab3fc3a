"""Folder -> the article files in it, always in the same order. What is not read is reported, never passed over."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from errno import EINVAL, EISDIR
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from indexer.model import Rejected
from indexer.sources.formats import SUFFIXES, is_passed_over, page_of_parts, suffix_of, why_unsupported

CORRECTIONS_FILE = "corrections.toml"
"""What staff say of the articles in a folder stands in a file of this name (see `clinic.corrections`)."""


class SourceFile(NamedTuple):
    """A file to read articles from.

    `key` is its absolute path with `/`, links kept as they are: the same however the run was started. `root` is the
    folder the search began in; article ids are made of the path below it. Both are text, and this a named tuple: a
    walk makes one of every file of the archive, and a `Path` takes longer to make than the file to be looked at.
    """

    key: str
    size: int
    mtime_ns: int
    root: str

    @property
    def path(self) -> Path:
        return Path(self.key)


class CorrectionsPath(NamedTuple):
    """The path of a file of corrections beside the sources."""

    key: str


Found = SourceFile | CorrectionsPath | Rejected
"""What a walk comes upon."""


def find_sources(root: Path) -> Iterator[Found]:
    """The article files in a folder and the folders below it, or the one file `root` is. Never raises.

    The files of corrections beside them are told, too.

    In order of their names, linked folders last, so that a folder reached twice keeps its own path. Hidden names,
    READMEs and the parts of saved pages hold no articles and are passed over, unless `root` itself is one.
    """
    start = os.path.abspath(root)
    if os.path.isdir(start):
        yield from _Walk(start).run()
        return
    try:
        yield _source_file(start, os.stat(start), os.path.dirname(start))
    except OSError as error:
        yield _unreachable(start, error)
    beside = os.path.join(os.path.dirname(start), CORRECTIONS_FILE)
    if os.path.exists(beside):
        yield CorrectionsPath(beside)


def why(error: OSError) -> str:
    """Why a file or folder cannot be read, and what to do."""
    if isinstance(error, FileNotFoundError):
        return "is not there any more, or is a link to nothing; put it back or remove the link"
    if isinstance(error, PermissionError):
        return "may not be read by this user; change its permissions"
    return f"cannot be read ({error.strerror or error}); check the file and the disk"


def check_regular(path: str | Path, state: os.stat_result) -> None:
    """Raises OSError for a folder, a pipe or a device: opening a pipe would wait forever."""
    if stat.S_ISREG(state.st_mode):
        return
    if stat.S_ISDIR(state.st_mode):
        raise IsADirectoryError(EISDIR, "is a folder", str(path))
    raise OSError(EINVAL, "it is a pipe or a device", str(path))


def printable(path: str) -> str:
    """The path as text that can be shown and stored, even where its name is not UTF-8."""
    return path if path.isascii() else os.fsencode(path).decode("utf-8", errors="replace")


_Entry = os.DirEntry[str]


@dataclass(slots=True)
class _Walk:
    """One walk. It keeps a stack of its own: folders may lie deeper than Python's goes."""

    root: str
    visited: set[tuple[int, int]] = field(default_factory=set)
    linked: list[str] = field(default_factory=list)

    def run(self) -> Iterator[Found]:
        yield from self._below(self.root)
        while self.linked:
            self.linked.sort(key=lambda path: path.split("/"))
            yield from self._below(self.linked.pop(0))

    def _below(self, folder: str) -> Iterator[Found]:
        stack = self._open(folder)
        while stack:
            found = stack.pop()
            if isinstance(found, Rejected):
                yield found
                continue
            try:
                if not found.is_dir():
                    yield _source_file(found.path, found.stat(), self.root)
                elif found.is_symlink():
                    self.linked.append(found.path)
                else:
                    stack += self._open(found.path)
            except OSError as error:
                yield _unreachable(found.path, error)

    def _open(self, folder: str) -> list[_Entry | Rejected]:
        """What lies in a folder, the first last; instead of it, why the folder is not to be read."""
        try:
            if rejected := self._refuse_folder(folder):
                return [rejected]
            return [*sorted(_entries(folder), key=attrgetter("name"), reverse=True)]
        except OSError as error:
            return [_unreachable(folder, error)]

    def _refuse_folder(self, path: str) -> Rejected | None:
        """Also where links lead around in a circle, or many ways to one folder."""
        if path != self.root and suffix_of(path):
            return Rejected(printable(path), "is a folder with the name of an article file; rename it to have it read")
        state = os.stat(path)
        place = (state.st_dev, state.st_ino)
        if place in self.visited:
            return Rejected(printable(path), "is a link to a folder that is read anyway; remove the link")
        self.visited.add(place)
        return None


def _entries(folder: str) -> list[_Entry]:
    with os.scandir(folder) as entries:
        found = [entry for entry in entries if not is_passed_over(entry.name)]
    names = {entry.name for entry in found}
    return [entry for entry in found if names.isdisjoint(page_of_parts(entry.name))]


def _source_file(path: str, state: os.stat_result, root: str) -> Found:
    """Raises OSError where it is no regular file."""
    check_regular(path, state)
    if path.endswith(CORRECTIONS_FILE) and os.path.basename(path) == CORRECTIONS_FILE:
        return CorrectionsPath(path)
    if not path.lower().endswith(SUFFIXES):
        return Rejected(printable(path), why_unsupported(path))
    if (name := printable(path)) != path:
        return Rejected(name, "has a name that is not UTF-8; rename it")
    return SourceFile(path, state.st_size, state.st_mtime_ns, root)


def _unreachable(path: str, error: OSError) -> Rejected:
    return Rejected(printable(path), why(error))
