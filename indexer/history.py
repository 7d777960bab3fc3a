"""The builds of an index as staff see them: which is live, which were before, and going from one to another.

Going back takes the live build out of the line: going back again goes further back, and `use` takes up again what was
left, until the next run of index clears it away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from indexer.builds import BuildStore
from indexer.checking import Checkup, glance, open_build, read_bytes, read_everything
from indexer.errors import (
    BuildKept,
    BuildUnusable,
    IndexDamaged,
    IndexIncompatible,
    IndexUnreadable,
    NothingToReturnTo,
)
from indexer.manifest import RunKind, read_manifest
from indexer.ports import Engine, Searcher

_Look = Callable[[Path, Engine], Iterable[str]]
"""One of the looks of `checking`."""

NOT_THERE = "there is no such build"

REBUILD = "Make it anew from the articles: khobao index --rebuild"


class BuildState(StrEnum):
    """Where a build stands."""

    LIVE = "live"
    BEFORE = "before"  # was live; `khobao rollback` may return to it
    LEFT = "left"  # was live, and somebody went back from it
    WAITING = "waiting"  # complete, never live: it waits for a yes, or its run was killed just before the switch


@dataclass(frozen=True, slots=True)
class Build:
    """One build.

    `created` is UTC, ISO 8601. `own_bytes` is what removing it would free: files that no other build has part in.
    `problem` says why it cannot be made live (damaged, or of another version); empty for one that can.
    """

    name: str
    state: BuildState
    created: str
    articles: int
    bytes: int
    own_bytes: int
    kind: RunKind = RunKind.UNKNOWN
    base: str | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Switched:
    """Another build was made live: which, instead of which, and which were passed over as they are not whole."""

    name: str
    instead: str | None
    created: str
    articles: int
    passed_over: tuple[str, ...] = ()


def list_builds(store: BuildStore, engine: Engine) -> tuple[Build, ...]:
    """All complete builds, the newest first; the live one even if it is not complete any more."""
    store.catch_up()
    pointer, names = store.pointer(), store.complete()
    if pointer.live and pointer.live not in names:
        names = sorted([*names, pointer.live], reverse=True)
    states = dict.fromkeys(pointer.before, BuildState.BEFORE) | dict.fromkeys(pointer.left, BuildState.LEFT)
    states |= {pointer.live: BuildState.LIVE} if pointer.live else {}
    sizes = {name: _sizes(store.folder(name)) for name in names}
    holders = Counter(inode for files in sizes.values() for inode in files)
    described = [
        _describe(store.folder(name), engine, states.get(name, BuildState.WAITING), sizes[name], holders)
        for name in names
    ]
    still_there = {pointer.live, *store.complete()}  # a run may be clearing some away at this moment
    return tuple(each for each in described if not each.problem or each.name in still_there)


def _sizes(folder: Path) -> dict[tuple[int, int], int]:
    """Device and inode of every file that is there, with its size."""
    stats = []
    with suppress(FileNotFoundError):
        for file in BuildStore.files_of(folder):
            stats.append(file.stat())
    return {(stat.st_dev, stat.st_ino): stat.st_size for stat in stats}


def _describe(
    folder: Path,
    engine: Engine,
    state: BuildState,
    sizes: dict[tuple[int, int], int],
    holders: Counter[tuple[int, int]],
) -> Build:
    own = sum(size for inode, size in sizes.items() if holders[inode] == 1)
    problem = _first(glance, folder, engine)
    try:
        manifest = read_manifest(folder)
    except IndexDamaged:
        return Build(folder.name, state, "", 0, sum(sizes.values()), own, problem=problem)
    about = manifest.created, manifest.articles
    return Build(folder.name, state, *about, sum(sizes.values()), own, manifest.kind, manifest.base, problem)


def _first(look: _Look, folder: Path, engine: Engine) -> str:
    """The first thing that speaks against a build; empty where nothing does."""
    try:
        return next(iter(look(folder, engine)), "")
    except IndexIncompatible as error:
        return str(error)
    except FileNotFoundError as error:
        return f"{error.filename} is not there"


def use_build(store: BuildStore, engine: Engine, name: str) -> Switched:
    """Make a build live, after every byte of it was read.

    Raises:
        BuildUnusable: it is not there, not whole, or of another version.
        IndexBusy, IndexUnwritable
    """
    with store.lock():
        if name not in store.complete():
            raise BuildUnusable(name, NOT_THERE)
        if problem := _first(read_bytes, store.folder(name), engine):
            raise BuildUnusable(name, problem.rstrip("."))
        return _switch(store, name)


def drop_build(store: BuildStore, name: str) -> None:
    """Remove a build that waits for a yes, instead of saying it.

    Raises:
        BuildKept: it is not there, does not wait, or the system does not let it be removed.
        IndexBusy, IndexUnwritable
    """
    with store.lock():
        if name not in store.complete():
            raise BuildKept(name, NOT_THERE)
        if name not in store.waiting():
            raise BuildKept(name, "it does not wait for a yes")
        store.discard(store.folder(name))
        if name in store.complete():
            raise BuildKept(name, "its files cannot be removed")


def rollback(store: BuildStore, engine: Engine) -> Switched:
    """Make the build before the live one live, or, where that is not whole, the last one before it that is.

    Where nothing says any more which build is live, it is the newest whole one.

    Raises:
        NothingToReturnTo: there is none.
        IndexBusy, IndexUnwritable
    """
    with store.lock():
        passed_over: list[str] = []
        for name in _candidates(store):
            if not _first(read_bytes, store.folder(name), engine):
                return _switch(store, name, passed_over)
            passed_over.append(name)
        raise NothingToReturnTo(store.index_dir)


def _candidates(store: BuildStore) -> Iterable[str]:
    pointer = store.pointer()
    return store.complete() if pointer.is_lost else pointer.before


def _switch(store: BuildStore, name: str, passed_over: Iterable[str] = ()) -> Switched:
    instead = store.current_name()
    store.switch(name)
    manifest = read_manifest(store.folder(name))
    return Switched(name, instead, manifest.created, manifest.articles, tuple(passed_over))


def open_live(store: BuildStore, engine: Engine, live: Path | None = None) -> Searcher:
    """The live build, opened after a glance at it; what is raised names the command that mends it.

    Args:
        store: where the builds are.
        engine: what reads them.
        live: the folder of the live build, where the caller knows it already; another may be live by now.

    Raises:
        IndexMissing, IndexIncompatible, IndexDamaged
    """
    folder = live or store.current()
    try:
        return open_build(folder, engine)
    except IndexUnreadable:
        raise
    except IndexDamaged as error:
        error.next_step = _cure(store, engine, glance)
        raise


def check(store: BuildStore, engine: Engine, *, deep: bool = False) -> Checkup:
    """Whether the live build is whole: at a glance, or `deep`, in every byte and every count.

    Raises:
        IndexMissing
        IndexIncompatible: it is of another version than this program.
        IndexDamaged: it cannot even be told which build is live.
    """
    folder = store.current()
    look, look_at_others = (read_everything, read_bytes) if deep else (glance, glance)
    problems = tuple(look(folder, engine))
    cure = _cure(store, engine, look_at_others) if problems else ""
    try:
        manifest = read_manifest(folder)
    except IndexDamaged:
        return Checkup(folder.name, deep, problems, cure)
    size = sum(facts.size for facts in manifest.files.values())
    about = manifest.articles, len(manifest.files), size, manifest.created
    return Checkup(folder.name, deep, problems, cure, *about)


def _cure(store: BuildStore, engine: Engine, look: _Look) -> str:
    """The command that mends a damaged index: back to the build before, if that is whole; builds share files."""
    for name in store.pointer().before:
        if not _first(look, store.folder(name), engine):
            return f"Go back to build {name}, which is whole: khobao rollback"
    return REBUILD
