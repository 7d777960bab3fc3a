"""The folder of builds: each run makes a new one beside the old, and one rename decides which is live.

    index_data/CURRENT          the name of the live build, and of those before; see `pointer`
    index_data/builds/<name>/   one build; complete, and durable, if and only if it has a manifest
    index_data/LOCK             held by the one process that may write

A new build starts as hard links to the files of the one before. Engines never write into a file once it is closed, so
both builds stay whole, a small change costs little, and going back is a matter of the pointer.

A complete build that was never live *waits*: for somebody's yes, or because its run was killed just before the switch.
It stays until it is made live or another run completes a build, which supersedes it; so there is at most one.

Where builds are shared with other machines (see `depot`), the depot says which are complete and which is live, and this
folder follows: a build that another machine made is fetched when it becomes live there.
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
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

from indexer.depot import Depot
from indexer.durable import Writing, alone_in, sync
from indexer.errors import (
    ClusterAway,
    IndexBusy,
    IndexDamaged,
    IndexMissing,
    IndexUnavailable,
    SwitchUncertain,
)
from indexer.manifest import MANIFEST, RECORDS
from indexer.pointer import Pointer, read_pointer, write_pointer

LOCK_SUFFIX = "LOCK"
"""How the names of engines' own lock files end (Whoosh's `MAIN_WRITELOCK`); they are not part of a build."""


NAME_TIME = "%Y%m%d-%H%M%S-%f"

ROLL_BACK = "Make the last whole build live again: khobao rollback"


class BuildStore:
    """The builds in one index folder. A refused write is raised as IndexUnwritable or SwitchUncertain.

    Args:
        index_dir: the folder.
        depot: where the builds are shared with other machines, if they are; nothing else may then write the folder.
    """

    def __init__(self, index_dir: Path, depot: Depot | None = None) -> None:
        self.index_dir = index_dir
        self._depot = depot
        self._builds = index_dir / "builds"
        self._pointer = index_dir / "CURRENT"

    def current_name(self) -> str | None:
        """The name of the live build, or None before the first.

        Raises ClusterAway where the depot cannot say, and nothing was fetched from it before.
        """
        live = read_pointer(self._pointer).live
        return self._follow(self._depot, live) if self._depot else live

    def current(self) -> Path:
        """The folder of the live build.

        Raises:
            IndexMissing: before the first.
            IndexDamaged: what says which build is live is lost, or the build is.
        """
        name = self.current_name()
        if name is None and self.is_lost():
            raise IndexDamaged(f"{self._pointer} does not say which build is live", ROLL_BACK)
        if name is None:
            raise IndexMissing(self.index_dir)
        if not self.folder(name).is_dir() and self.complete():
            raise IndexDamaged(f"{self._pointer} names the build {name}, which is not there", ROLL_BACK)
        return self.folder(name)

    def is_lost(self) -> bool:
        """Whether there are builds, but nothing says which of them is live."""
        return read_pointer(self._pointer).is_lost and bool(self.complete())

    def folder(self, name: str) -> Path:
        return self._builds / name

    def pointer(self) -> Pointer:
        """Which complete builds were live before, the last one first, and which were left by going back.

        Older ones that CURRENT says nothing of (programs of old wrote only the live one's name) were live before.
        """
        told, complete = read_pointer(self._pointer), self.complete()
        before = [name for name in told.before if name in complete]
        left = tuple(name for name in told.left if name in complete)
        untold = (name for name in complete if name < (told.live or "") and name not in told.before + told.left)
        return replace(told, before=(*before, *untold), left=left)

    def waiting(self) -> list[str]:
        """Complete builds that were never live, the newest first."""
        pointer = self.pointer()
        return [name for name in self.complete() if name not in (pointer.live, *pointer.before, *pointer.left)]

    def complete(self) -> list[str]:
        """The names of all complete builds, the newest first."""
        return [folder.name for folder in self._folders() if (folder / MANIFEST).is_file()]

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the only writer. Raises IndexBusy, saying who is; the lock dies with the process."""
        with ExitStack() as held:
            with self.writing():
                self.index_dir.mkdir(parents=True, exist_ok=True)
                file = (self.index_dir / "LOCK").open("a+", encoding="utf-8")
                held.callback(_close, file)
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    raise IndexBusy(_describe_holder(self.index_dir / "LOCK")) from None
            with suppress(OSError):  # a help to others; on a full disk one can still go back to the build before
                file.truncate(0)
                file.write(_introduce_ourselves())
                file.flush()
            if self._depot:
                held.enter_context(self._depot.lock())
                self.catch_up()
            yield

    def writing(self) -> Writing:
        """Around what writes into the index folder: tells a refusal, with the room a build takes at most."""
        return Writing(self.index_dir, self.live_bytes)

    def live_bytes(self) -> int:
        """The size of the live build; 0 where there is none."""
        with suppress(OSError):
            return sum(file.stat().st_size for file in self.files_of(self.folder(self.current_name() or "?")))
        return 0

    def begin(self, base: Path | None) -> Path:
        """A new folder for a build, holding links to all of `base` but its records."""
        with self.writing():
            if read_pointer(self._pointer).is_lost and not self._folders():
                write_pointer(self._pointer, Pointer())  # a missing file shall mean that it got lost, from now on
            folder = self.folder(self._new_name())
            folder.mkdir(parents=True)
            try:
                for file in self.files_of(base) if base else ():
                    if file.name not in RECORDS:
                        _link_or_copy(file, folder / file.name)
            except BaseException:
                self.discard(folder)
                raise
            return folder

    def _new_name(self) -> str:
        """The time, and something random; it sorts after all there are, even if the clock was set back."""
        now = datetime.now(UTC)
        for newest in self._folders()[:1]:
            with suppress(ValueError):  # something else that lies there
                taken = datetime.strptime(newest.name[:22], NAME_TIME).replace(tzinfo=UTC)
                now = max(now, taken + timedelta(microseconds=1))
        return f"{now:{NAME_TIME}}-{secrets.token_hex(2)}"

    @staticmethod
    def files_of(folder: Path) -> list[Path]:
        """The files that make up a build, by name; engines' lock files do not, nor folders that others left there."""
        return sorted(file for file in folder.iterdir() if file.is_file() and not file.name.endswith(LOCK_SUFFIX))

    def make_durable(self, folder: Path, base: Path | None = None) -> None:
        """Wait until everything of a build is on the disk, before its manifest says that it is complete.

        The files it shares with `base` are there since that was made.
        """
        with self.writing():
            for file in self.files_of(folder):
                if not is_shared(file, base):
                    sync(file)
            for place in (folder, self._builds, self.index_dir):
                sync(place)

    def publish(self, folder: Path) -> None:
        """Share a build that is complete here, if builds are shared."""
        if self._depot:
            self._depot.publish(folder)

    def switch(self, name: str) -> None:
        """Make a complete build the live one, durably, by one rename; for all machines, where it is shared.

        Raises SwitchUncertain, SwitchLost.
        """
        if self._depot:
            self._depot.switch(name, read_pointer(self._pointer).live)
        self._point_at(name)

    def _point_at(self, name: str) -> None:
        with self.writing():
            pointer = self.pointer().switched_to(name)
            try:
                write_pointer(self._pointer, pointer)
            except OSError as error:
                if read_pointer(self._pointer).live != name:
                    raise
                raise SwitchUncertain(name, self.index_dir, os.strerror(error.errno or 0)) from error

    def discard(self, folder: Path) -> None:
        """Throw a build away, unless it is live. The manifest goes first: what is left of it is no build."""
        if folder.name != read_pointer(self._pointer).live:
            if self._depot:
                with suppress(IndexUnavailable):  # what is left there is swept away by the next run
                    self._depot.discard(folder.name)
            _remove(folder)

    def sweep(self) -> None:
        """Remove what killed runs left behind."""
        for folder in self._folders():
            if not (folder / MANIFEST).is_file():
                self.discard(folder)
        if self._depot:
            self._depot.sweep()

    # -- shared builds

    def catch_up(self) -> None:
        """Have the same builds here as the depot, if builds are shared."""
        if self._depot:
            there = self._depot.names()
            self.current_name()
            for name in there:
                self._fetch(self._depot, name)
            for name in self.complete():
                if name not in there:
                    _remove(self.folder(name))

    def _follow(self, depot: Depot, live: str | None) -> str | None:
        """Point here at what is live there."""
        try:
            there = depot.live()
            if there is None or (there == live and self._is_complete(there)):
                return there
            self._fetch(depot, there)
        except ClusterAway:
            if live is None:
                raise
            return live
        self._point_at(there)
        for name in self.complete():
            if name < there and name not in depot.names():  # later ones may be in the making on this machine
                _remove(self.folder(name))
        return there

    def _fetch(self, depot: Depot, name: str) -> None:
        """Bring a build here, once: processes of one machine wait for each other."""
        if self._is_complete(name):
            return
        with self.writing():
            self._builds.mkdir(parents=True, exist_ok=True)
            with alone_in(self._builds):
                if not self._is_complete(name):
                    _remove(self.folder(name))
                    depot.fetch(name, self.folder(name))

    def _is_complete(self, name: str) -> bool:
        return (self.folder(name) / MANIFEST).is_file()

    def supersede(self, folder: Path) -> None:
        """Remove the builds that wait, but for this one."""
        for name in self.waiting():
            if name != folder.name:
                self.discard(self.folder(name))

    def prune(self, keep: int) -> None:
        """Keep so many builds: the live one, then the last ones before it, then those that were left.

        One that waits is none of them, and stays.
        """
        pointer = self.pointer()
        for name in (*pointer.before, *pointer.left)[keep - 1 :]:
            self.discard(self.folder(name))

    def _folders(self) -> list[Path]:
        """The folders of all builds, the newest first."""
        return sorted(self._builds.iterdir(), reverse=True) if self._builds.is_dir() else []


def _remove(folder: Path) -> None:
    with suppress(OSError):
        (folder / MANIFEST).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


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


def _close(file: IO[str]) -> None:
    """Close it, though what was not written yet may find no room."""
    with suppress(OSError):
        file.close()


def _describe_holder(lock_file: Path) -> str:
    """Who wrote the lock file; it may just be being written."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        holder = json.loads(lock_file.read_text(encoding="utf-8"))
        return f"process {holder['pid']} on {holder['host']} ({holder['command']}), since {holder['since']}"
    return "another process"


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system without hard links
        shutil.copy2(source, target)
