"""Puts the parts together: the only module that names the engines.

Who searches does not load what makes an index, nor the other way round: each half is imported when it is first needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from indexer import history
from indexer.builds import BuildStore
from indexer.checking import Checkup
from indexer.durable import free_bytes, megabytes
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.errors import IndexUnavailable
from indexer.history import Build, Switched
from indexer.live import LiveArchive
from indexer.manifest import read_roots
from indexer.ports import Engine, Searcher
from indexer.querying.dates import read_period
from indexer.reports import BeforeSwitch, Options, Progress, Report, no_progress, switch_at_once
from indexer.runs import Run, RunLog
from indexer.settings import Settings
from indexer.synonym_files import SynonymFile, add_lines, read_abbreviations, read_own

if TYPE_CHECKING:
    from threading import Event

    from indexer.archive import Archive
    from indexer.querying.synonyms import Groups
    from indexer.synonym_mining import Proposal
    from indexer.watching import Pace, RunOn, Tell

__all__ = [
    "LiveArchive",
    "add_synonyms",
    "builds",
    "check_index",
    "index",
    "lack_of_room",
    "live_archive",
    "open_archive",
    "own_synonyms",
    "propose_synonyms",
    "read_period",
    "rollback",
    "runs",
    "start_run",
    "use_build",
    "watch",
]


def _engine(settings: Settings) -> Engine:
    return WhooshEngine(settings.writer_memory_mb, settings.cache_mb)


def index(
    settings: Settings,
    paths: Sequence[Path] = (),
    *,
    rebuild: bool = False,
    remove: bool = False,
    allow_removal: bool = False,
    progress: Progress = no_progress,
    run_id: str | None = None,
    before_switch: BeforeSwitch = switch_at_once,
) -> Report:
    """Bring the index up to date; see `build.update_index`. The run is recorded, under `run_id` if one is given."""
    from indexer.build import update_index  # noqa: PLC0415 - see above

    options = Options(
        max_source_bytes=settings.max_source_mb * 1_000_000,
        kept_builds=settings.kept_builds,
        workers=settings.build_workers,
        rebuild=rebuild,
        remove=remove,
        allow_removal=allow_removal,
    )
    store = BuildStore(settings.index_dir)
    with RunLog(settings.index_dir).recording(run_id, [str(path) for path in paths]) as record:
        told = record.along(progress)
        report = update_index(store, _engine(settings), paths, settings.seeds_dir, options, told, before_switch)
        record.end(report)
    return report


def runs(settings: Settings) -> tuple[Run, ...]:
    """The last runs of `index`, the newest first."""
    return RunLog(settings.index_dir).runs()


def start_run(settings: Settings, arguments: Sequence[str] = ()) -> str:
    """Start `khobao index` with these arguments as a process of its own; returns the id of its run."""
    return RunLog(settings.index_dir).start(arguments)


def open_archive(settings: Settings) -> Archive:
    """The live build, opened for reading.

    Raises:
        IndexMissing, IndexIncompatible, IndexDamaged
    """
    return _open_live(settings, SynonymFile(settings.synonyms_path))


def _open_live(settings: Settings, synonyms: SynonymFile) -> Archive:
    store = BuildStore(settings.index_dir)
    name = store.current_name()
    try:
        return _open_build(settings, store, synonyms)
    except (IndexUnavailable, OSError):
        if store.current_name() == name:
            raise
    return _open_build(settings, store, synonyms)  # it was cleared away while it was being opened


def _open_build(settings: Settings, store: BuildStore, synonyms: SynonymFile) -> Archive:
    from indexer.archive import Archive  # noqa: PLC0415 - see above

    name = store.current().name
    searcher = history.open_live(store, _engine(settings))
    return Archive(searcher, name, settings.max_query_chars, settings.query_budget_ms or None, synonyms)


def live_archive(settings: Settings) -> LiveArchive:
    """The live build, kept open; while nothing is open, calls raise what `open_archive` raises."""
    open_live = partial(_open_live, settings, SynonymFile(settings.synonyms_path))
    return LiveArchive(BuildStore(settings.index_dir).current_name, open_live)


def check_index(settings: Settings, *, deep: bool = False) -> Checkup:
    """Verify the live build: sizes and heads, or `deep`, every byte and every count.

    Raises:
        IndexMissing, IndexIncompatible
        IndexDamaged: it cannot even be told which build is live.
    """
    return history.check(BuildStore(settings.index_dir), _engine(settings), deep=deep)


def builds(settings: Settings) -> tuple[Build, ...]:
    """All complete builds, the newest first."""
    return history.list_builds(BuildStore(settings.index_dir), _engine(settings))


def use_build(settings: Settings, name: str) -> Switched:
    """Make a build live. Raises BuildUnusable, IndexBusy, IndexUnwritable."""
    return history.use_build(BuildStore(settings.index_dir), _engine(settings), name)


def rollback(settings: Settings) -> Switched:
    """Make the last whole build before the live one live. Raises NothingToReturnTo, IndexBusy, IndexUnwritable."""
    return history.rollback(BuildStore(settings.index_dir), _engine(settings))


def lack_of_room(settings: Settings) -> str:
    """What to say before a rebuild where the disk may be too small for it; empty where it is not."""
    needed, free = BuildStore(settings.index_dir).live_bytes(), free_bytes(settings.index_dir)
    if free >= needed:
        return ""
    return (
        f"The disk of {settings.index_dir} has {megabytes(free)} MB free, and the index takes {megabytes(needed)} MB:"
        " a rebuild beside it may not find room."
    )


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
    from indexer.watching import Pace, follow  # noqa: PLC0415 - see above

    pace = pace or Pace(settings.watch_settle_seconds, settings.watch_poll_seconds)
    followed = paths or _known_roots(settings) or (settings.seeds_dir,)
    follow(followed, run, tell, pace, stop, paths)


def _known_roots(settings: Settings) -> tuple[Path, ...]:
    """What the live build was made from; nothing where it does not say, which the first run will tell."""
    try:
        return tuple(map(Path, read_roots(BuildStore(settings.index_dir).current())))
    except IndexUnavailable:
        return ()


def propose_synonyms(settings: Settings, least: int) -> list[Proposal]:
    """The abbreviations that at least so many articles of the live build explain, and no list knows yet.

    Raises:
        IndexMissing, IndexIncompatible, IndexDamaged
        SynonymsUnreadable: the staff's list cannot be opened.
    """
    from indexer.synonym_mining import propose  # noqa: PLC0415 - see above

    searcher = history.open_live(BuildStore(settings.index_dir), _engine(settings))
    try:
        return propose(_texts(searcher), (read_abbreviations(), read_own(settings.synonyms_path)), least)
    finally:
        searcher.close()


def _texts(searcher: Searcher) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The id and the texts of every article, one after the other."""
    for article_id, _ in searcher.holdings():
        if article := searcher.article(article_id):
            yield article_id, (article.title, *article.passages())


def own_synonyms(settings: Settings) -> Groups:
    """What the staff's list says. Raises SynonymsUnreadable when it cannot be opened."""
    return read_own(settings.synonyms_path)


def add_synonyms(settings: Settings, lines: Iterable[str]) -> None:
    """Put lines at the end of the staff's list, all or none. Raises SynonymsUnreadable, SynonymsUnwritable."""
    add_lines(settings.synonyms_path, lines)
