"""Sources in, a new build out: read what changed, analyse it, write it beside the live build, verify, switch.

What the archive holds is asked of the index itself (`Searcher.holdings`); sizes and times of files only save reading.
A build is completed first, manifest last, then made live by one rename: a run that dies leaves the old one serving.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from indexer.builds import BuildStore
from indexer.clinic.casebook import Casebook
from indexer.draft import Draft
from indexer.errors import IndexDamaged, SourceNotFound, SourcesUnknown
from indexer.history import open_live
from indexer.manifest import Sources, read_roots, read_sources
from indexer.ports import Engine, Holding, Searcher
from indexer.reports import BeforeSwitch, Options, Progress, Report, no_progress, switch_at_once
from indexer.sources.places import under
from indexer.sync import State, Sync


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
    # Links stay as they are, as the walk keeps them: a file has one name however it is reached from a root.
    given = tuple(Path(os.path.abspath(path)) for path in paths)
    with store.lock():
        store.sweep()
        before = _read_state(store, engine, options, given)
        roots = _choose_roots(before.sources, given, Path(os.path.abspath(default)), options)
        remembered = _remember_roots(before.sources, roots, options)
        draft = Draft(store, engine, before.folder, options.workers)
        casebook = Casebook(before.folder, lambda article_id: before.held[article_id].path)
        sync = Sync(before, draft, casebook, options, progress, remembered)
        try:
            if not options.remove:
                sync.read(roots)
            sync.remove_missing(roots)
            sources = Sources(remembered, sync.files)
            folder = before.folder
            if folder is None or draft.is_begun or sources != before.sources:
                folder = draft.complete(sources, sync.article_count, casebook)
                _switch(store, folder, before_switch)
        except BaseException:
            draft.abandon()
            raise
        store.prune(options.kept_builds)
        is_waiting = store.current_name() != folder.name
    return replace(sync.report(folder.name, time.perf_counter() - started), is_waiting=is_waiting)


def _switch(store: BuildStore, folder: Path, before_switch: BeforeSwitch) -> None:
    """Make a complete build live if that is wanted; builds that waited until now are superseded either way."""
    store.supersede(folder)
    live = store.folder(store.current_name() or "")
    if before_switch(live if store.current_name() and live.is_dir() else None, folder):
        store.switch(folder.name)


def _read_state(store: BuildStore, engine: Engine, options: Options, paths: tuple[Path, ...]) -> State:
    if store.current_name() is None:
        if store.is_lost() and not paths:
            raise SourcesUnknown(store.index_dir)
        return State(None, Sources(), {})
    if options.rebuild:
        folder = store.folder(store.current_name() or "")
        return State(None, _sources_to_rebuild(store, paths), {}, _ids_to_replace(folder, engine))
    folder = store.current()
    searcher = open_live(store, engine)
    return State(folder, read_sources(folder), _holdings(searcher))


def _holdings(searcher: Searcher) -> dict[str, Holding]:
    try:
        return dict(searcher.holdings())
    finally:
        searcher.close()


def _sources_to_rebuild(store: BuildStore, paths: tuple[Path, ...]) -> Sources:
    """The folders the build was made from. Raises SourcesUnknown where its table is lost and no paths are given."""
    try:
        return Sources(read_roots(store.current()))
    except IndexDamaged:
        if not paths:
            raise SourcesUnknown(store.index_dir) from None
        return Sources()


def _ids_to_replace(folder: Path, engine: Engine) -> frozenset[str]:
    """The ids an old build holds; none where it is too damaged, or too old, to tell."""
    try:
        return frozenset(_holdings(engine.searcher(folder)))
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
