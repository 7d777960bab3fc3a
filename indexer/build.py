"""Sources in, a new build out: read what changed, analyse it, write it beside the live build, verify, switch.

What the archive holds is asked of the index itself (`Searcher.holdings`); sizes and times of files only save reading.
A build is completed first, manifest last, then made live by one rename: a run that dies leaves the old one serving.
Ctrl-C counts until that rename; after it the run is done.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from indexer.builds import BuildStore
from indexer.clinic.casebook import Casebook
from indexer.draft import Draft
from indexer.errors import IndexDamaged, SourceNotFound, SourcesUnknown
from indexer.file_states import DOUBT_NS
from indexer.history import open_live
from indexer.ledger import Ledger
from indexer.looks import Looks, last_look, with_looks, without_looks
from indexer.manifest import Sources, read_roots, read_sources
from indexer.ports import Engine
from indexer.rehearsal import Rehearsal, Rehearsed
from indexer.reports import LAST, BeforeSwitch, Options, Progress, Report, no_progress, switch_at_once
from indexer.sources.places import under
from indexer.sync import Differences, State, Sync


def update_index(
    store: BuildStore,
    engine: Engine,
    paths: Iterable[Path],
    default: Path,
    options: Options = Options(),
    progress: Progress = no_progress,
    before_switch: BeforeSwitch = switch_at_once,
) -> Report:
    """Bring the index up to date with `paths`; without any, with all it was made from before, else `default`.

    Articles from elsewhere stay. With `options.remove` the articles under `paths` leave instead. `before_switch` looks
    at the complete new build beside the old one; where it says no, the new one waits (see `builds`).

    Raises:
        KhobaoError, OSError: nothing was changed; `errors` has the reasons.
    """
    if options.rebuild and options.remove:
        raise ValueError("rebuild and remove exclude each other")
    started = time.perf_counter()
    given = _absolute(paths)
    with store.lock():
        store.sweep()
        with closing(_read_state(store, engine, options, given)) as before:
            draft = Draft(store, engine, before.folder, options.workers)
            try:
                sync = _find_differences(before, draft, given, default, options, progress)
                sync.refuse(draft.commit())
                folder, sources = before.folder, sync.sources()
                if folder is None or draft.is_begun or sources != before.sources:
                    folder = draft.complete(sources, sync.article_count, sync.casebook)
                    _switch(store, folder, before_switch)
            except BaseException:
                draft.abandon()
                raise
            with suppress(KeyboardInterrupt):  # what is left undone is cleared away by the next run
                store.prune(options.kept_builds)
            is_waiting = store.current_name() != folder.name
            return replace(sync.report(folder.name, time.perf_counter() - started), is_waiting=is_waiting)


def rehearse(
    store: BuildStore,
    engine: Engine,
    paths: Iterable[Path],
    default: Path,
    options: Options = Options(),
    progress: Progress = no_progress,
) -> Rehearsed:
    """What `update_index` would change. Nothing is written, and nobody is kept from writing.

    Raises:
        KhobaoError: as the run itself would.
    """
    started = time.perf_counter()
    with closing(_read_state(store, engine, options, _absolute(paths), is_rehearsal=True)) as before:
        rehearsal = Rehearsal(before.held)
        sync = _find_differences(before, rehearsal, _absolute(paths), default, options, progress)
        name = before.folder.name if before.folder else ""
        return rehearsal.result(sync.report(name, time.perf_counter() - started))


def _absolute(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Links stay as they are, as the walk keeps them: a file has one name however it is reached from a root."""
    return tuple(Path(os.path.abspath(path)) for path in paths)


def _find_differences(
    before: State,
    differences: Differences,
    given: tuple[Path, ...],
    default: Path,
    options: Options,
    progress: Progress,
) -> Sync:
    """Read the sources, and hand every difference over."""
    roots = _choose_roots(before.sources, given, Path(os.path.abspath(default)), options)
    remembered = _remember_roots(before.sources, roots, options)
    since_ns, looks = _look_back(before.sources.looked_at, roots, options)
    sync = Sync(
        before, differences, Casebook(before.folder, before.path_of), options, progress, remembered, since_ns, looks
    )
    if not options.remove:
        sync.read(roots)
    sync.remove_missing(roots)
    return sync


def _look_back(looks: Looks, roots: tuple[Path, ...], options: Options) -> tuple[int | None, Looks]:
    """Since when files are to be looked at, and what the next run may rely on. Raises LastLookUnknown."""
    if options.remove:
        return None, without_looks(looks, roots)
    since_ns = None
    if isinstance(options.since, datetime):
        since_ns = int(options.since.timestamp() * 1e9)
    elif options.since == LAST:
        since_ns = last_look(roots, looks)
    return since_ns, with_looks(looks, roots, since_ns, time.time_ns() - DOUBT_NS)


def _switch(store: BuildStore, folder: Path, before_switch: BeforeSwitch) -> None:
    """Make a complete build live if that is wanted; builds that waited until now are superseded either way."""
    store.supersede(folder)
    live = store.folder(store.current_name() or "")
    if before_switch(live if store.current_name() and live.is_dir() else None, folder):
        try:
            store.switch(folder.name)
        except KeyboardInterrupt:
            if store.current_name() != folder.name:
                raise


def _read_state(
    store: BuildStore, engine: Engine, options: Options, paths: tuple[Path, ...], *, is_rehearsal: bool = False
) -> State:
    """The live build; for the rehearsal of a rebuild as if it were brought up to date from every file."""
    if store.current_name() is None:
        if store.is_lost() and not paths:
            raise SourcesUnknown(store.index_dir)
        return State(None, Sources(), Ledger(None))
    if options.rebuild and not is_rehearsal:
        folder = store.folder(store.current_name() or "")
        sources = _sources_to_rebuild(store, paths)
        return State(None, sources, Ledger(None), _ids_to_replace(folder, engine), reads_all=True)
    folder = store.current()
    searcher = open_live(store, engine, folder)
    return State(folder, read_sources(folder), Ledger(searcher), reads_all=options.rebuild)


def _sources_to_rebuild(store: BuildStore, paths: tuple[Path, ...]) -> Sources:
    """What the build was made from: of a table of another version, the folders alone.

    Raises SourcesUnknown where the table is lost and no paths are given.
    """
    try:
        with suppress(IndexDamaged):
            return read_sources(store.current())
        return Sources(read_roots(store.current()))
    except IndexDamaged:
        if not paths:
            raise SourcesUnknown(store.index_dir) from None
        return Sources()


def _ids_to_replace(folder: Path, engine: Engine) -> frozenset[str]:
    """The ids an old build holds; none where it is too damaged, or too old, to tell."""
    try:
        with closing(engine.searcher(folder)) as searcher:
            return frozenset(article_id for article_id, _ in searcher.holdings())
    except Exception:  # whatever an old format or a damaged file makes of the attempt
        return frozenset()


def _choose_roots(known: Sources, paths: tuple[Path, ...], default: Path, options: Options) -> tuple[Path, ...]:
    """The folders and files to look at. Raises SourceNotFound for one that is not there."""
    before = tuple(Path(root) for root in known.roots)
    if options.remove:
        return paths
    chosen = (paths or before or (default,)) if not options.rebuild else ((*before, *paths) or (default,))
    if options.rebuild and options.allow_removal:
        chosen = tuple(path for path in chosen if path.exists() or path in paths)
    for path in chosen:
        if not path.exists():
            raise SourceNotFound(path)
    return tuple(dict.fromkeys(chosen))


def _remember_roots(known: Sources, roots: tuple[Path, ...], options: Options) -> tuple[str, ...]:
    """The roots of the new build, the oldest first; what lies within an older root is part of that one."""
    if options.remove:
        leaves = under(roots)
        return tuple(root for root in known.roots if not leaves(root))
    remembered = [] if options.rebuild and options.allow_removal else list(known.roots)
    for root in map(str, roots):
        if not under(remembered)(root):
            remembered.append(root)
    return tuple(remembered)
