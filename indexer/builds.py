"""The folder of builds: each run makes a new one beside the old, and one rename decides which is live.

    index_data/CURRENT          the name of the live build
    index_data/builds/<name>/   one complete build
    index_data/LOCK             held by the one process that may write

A new build starts as hard links to the files of the one before. Engines never write into a file once it is closed, so
both builds stay whole, a small change costs little, and going back is a matter of the pointer.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from indexer.errors import IndexBusy, IndexMissing
from indexer.manifest import MANIFEST, RECORDS

LOCK_SUFFIX = "LOCK"
"""How the names of engines' own lock files end (Whoosh's `MAIN_WRITELOCK`); they are not part of a build."""


class BuildStore:
    """The builds in one index folder."""

    def __init__(self, index_dir: Path) -> None:
        self.index_dir = index_dir
        self._builds = index_dir / "builds"
        self._pointer = index_dir / "CURRENT"

    def current_name(self) -> str | None:
        """The name of the live build, or None before the first."""
        try:
            name = self._pointer.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        return name if name and (self._builds / name).parent == self._builds else None

    def current(self) -> Path:
        """The folder of the live build. Raises IndexMissing before the first."""
        name = self.current_name()
        if name is None:
            raise IndexMissing(self.index_dir)
        return self._builds / name

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the only writer. Raises IndexBusy, saying who is; the lock dies with the process."""
        self.index_dir.mkdir(parents=True, exist_ok=True)
        with (self.index_dir / "LOCK").open("a+", encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise IndexBusy(_describe_holder(file.name)) from None
            file.truncate(0)
            file.write(_introduce_ourselves())
            file.flush()
            yield

    def begin(self, base: Path | None) -> Path:
        """A new folder for a build, holding links to all of `base` but its records."""
        name = f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}-{secrets.token_hex(2)}"
        folder = self._builds / name
        folder.mkdir(parents=True)
        for file in self.files_of(base) if base else ():
            if file.name not in RECORDS:
                _link_or_copy(file, folder / file.name)
        return folder

    @staticmethod
    def files_of(folder: Path) -> list[Path]:
        """The files that make up a build, by name; engines' lock files do not, nor folders that others left there."""
        return sorted(file for file in folder.iterdir() if file.is_file() and not file.name.endswith(LOCK_SUFFIX))

    def publish(self, folder: Path, base: Path | None = None) -> None:
        """Make the build the live one, durably: every file first, then the folders, then the pointer.

        The files it shares with `base` are on the disk since that was published.
        """
        for file in folder.iterdir():
            if not is_shared(file, base):
                _sync(file)
        _sync(folder)
        _sync(self._builds)
        temporary = self._pointer.with_suffix(".new")
        temporary.write_text(f"{folder.name}\n", encoding="utf-8")
        _sync(temporary)
        temporary.replace(self._pointer)
        _sync(self.index_dir)

    def discard(self, folder: Path) -> None:
        """Throw an unpublished build away; the live one stays whatever happens."""
        if folder.name != self.current_name():
            shutil.rmtree(folder, ignore_errors=True)

    def sweep(self) -> None:
        """Remove what killed runs left behind."""
        for folder in self._folders():
            if not (folder / MANIFEST).is_file():
                self.discard(folder)

    def prune(self, keep: int) -> None:
        """Remove all but the `keep` newest builds; never the live one."""
        others = [folder for folder in self._folders() if folder.name != self.current_name()]
        for folder in others[keep - 1 :]:
            self.discard(folder)

    def has_builds(self) -> bool:
        """Whether there is any whole build, be it live or not."""
        return any((folder / MANIFEST).is_file() for folder in self._folders())

    def _folders(self) -> list[Path]:
        """The folders of all builds, the newest first."""
        return sorted(self._builds.iterdir(), reverse=True) if self._builds.is_dir() else []


def is_shared(file: Path, base: Path | None) -> bool:
    """Whether a file of a build is, by a hard link, the file of the build it was begun from."""
    twin = base / file.name if base else None
    return twin is not None and twin.exists() and file.samefile(twin)


def _introduce_ourselves() -> str:
    return json.dumps(
        {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "command": " ".join([Path(sys.argv[0]).name, *sys.argv[1:]]),
            "since": f"{datetime.now().astimezone():%H:%M:%S %d/%m/%Y}",
        }
    )


def _describe_holder(lock_file: str) -> str:
    """Who wrote the lock file; it may just be being written."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        holder = json.loads(Path(lock_file).read_text(encoding="utf-8"))
        return f"process {holder['pid']} on {holder['host']} ({holder['command']}), since {holder['since']}"
    return "another process"


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system without hard links
        shutil.copy2(source, target)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
