"""What whoever runs the archive does: follow its folders, look at the runs, and check, compare and switch builds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from indexer import history
from indexer.bootstrap import engine_of, open_folder, store_of
from indexer.checking import Checkup
from indexer.durable import free_bytes, megabytes
from indexer.errors import BuildUnknown, IndexUnavailable
from indexer.history import Build, Switched
from indexer.manifest import read_roots
from indexer.runs import Run, RunLog
from indexer.searches.pinned import read_pinned
from indexer.settings import Settings

if TYPE_CHECKING:
    from threading import Event

    from indexer.impact import Impact
    from indexer.watching import Pace, RunOn, Tell


def runs(settings: Settings) -> tuple[Run, ...]:
    """The last runs of `index`, the newest first."""
    return RunLog(settings.index_dir).runs()


def start_run(settings: Settings, arguments: Sequence[str] = ()) -> str:
    """Start `khobao index` with these arguments as a process of its own; returns the id of its run."""
    return RunLog(settings.index_dir).start(arguments)


def watch(
    settings: Settings,
    paths: Sequence[Path],
    run: RunOn,
    tell: Tell,
    pace: Pace | None = None,
    stop: Event | None = None,
) -> None:
    """Index, then follow the folders and index what changes in them; see `watching.follow`.

    Args:
        paths: what to follow; if left out, all the live build was made from, or, before the first, the seeds.
        run: runs index on paths, and says in a line what it did.
        tell: is given such lines, and what else there is to say.
        pace: that of the settings if left out.
        stop: ends it when it is set.
    """
    from indexer.watching import Pace, follow  # noqa: PLC0415 - only watching needs it

    pace = pace or Pace(settings.watch_settle_seconds, settings.watch_poll_seconds)
    followed = paths or _known_roots(settings) or (settings.seeds_dir,)
    follow(followed, run, tell, pace, stop, paths)


def _known_roots(settings: Settings) -> tuple[Path, ...]:
    """What the live build was made from; nothing where it does not say, which the first run will tell."""
    try:
        return tuple(map(Path, read_roots(store_of(settings).current())))
    except IndexUnavailable:
        return ()


def check_index(settings: Settings, *, deep: bool = False) -> Checkup:
    """Verify the live build: sizes and heads, or `deep`, every byte and every count.

    Raises:
        IndexMissing, IndexIncompatible
        IndexDamaged: it cannot even be told which build is live.
    """
    return history.check(store_of(settings), engine_of(settings), deep=deep)


def builds(settings: Settings) -> tuple[Build, ...]:
    """All complete builds, the newest first."""
    return history.list_builds(store_of(settings), engine_of(settings))


def use_build(settings: Settings, name: str) -> Switched:
    """Make a build live. Raises BuildUnusable, IndexBusy, IndexUnwritable."""
    return history.use_build(store_of(settings), engine_of(settings), name)


def drop_build(settings: Settings, name: str) -> None:
    """Remove a build that waits for a yes. Raises BuildKept, IndexBusy, IndexUnwritable."""
    history.drop_build(store_of(settings), name)


def waiting_builds(settings: Settings) -> tuple[str, ...]:
    """The names of the complete builds that wait for a yes, the newest first."""
    return tuple(store_of(settings).waiting())


def live_build(settings: Settings) -> str:
    """The name of the live build. Raises IndexMissing, IndexDamaged."""
    return store_of(settings).current().name


def rollback(settings: Settings) -> Switched:
    """Make the last whole build before the live one live. Raises NothingToReturnTo, IndexBusy, IndexUnwritable."""
    return history.rollback(store_of(settings), engine_of(settings))


def lack_of_room(settings: Settings) -> str:
    """What to say before a rebuild where the disk may be too small for it; empty where it is not."""
    needed, free = store_of(settings).live_bytes(), free_bytes(settings.index_dir)
    if free >= needed:
        return ""
    return (
        f"The disk of {settings.index_dir} has {megabytes(free)} MB free, and the index takes {megabytes(needed)} MB:"
        " a rebuild beside it may not find room."
    )


def compare_builds(settings: Settings, old: str = "", new: str = "") -> Impact:
    """What readers would find otherwise in the build `new` than in `old`: the one that waits, and the live one.

    Raises:
        IndexMissing, IndexIncompatible, IndexDamaged
        BuildUnknown: there is no such build, or none that waits.
        PinnedUnreadable: the list of pinned questions cannot be opened.
    """
    from indexer.comparing import compare_folders  # noqa: PLC0415 - only this loads what searches

    store = store_of(settings)
    before, after = old or store.current().name, new or next(iter(store.waiting()), "")
    for name in (before, after):
        if name not in store.complete():
            raise BuildUnknown(name)
    pins = read_pinned(settings.pinned_path)
    return compare_folders(settings, open_folder, store.folder(before), store.folder(after), pins)
