"""Puts the parts together: the only module that names the engines.

Who searches does not load what makes an index, nor the other way round: each half is imported when it is first needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.analysis.tokens import ANALYSIS_VERSION
from indexer.builds import BuildStore
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.errors import IndexDamaged, IndexUnavailable
from indexer.live import LiveArchive
from indexer.manifest import (
    Manifest,
    find_changed_bytes,
    find_changed_sizes,
    read_manifest,
    require_versions,
)
from indexer.ports import Engine
from indexer.querying.dates import read_period
from indexer.reports import Options, Progress, Report, no_progress
from indexer.settings import Settings

if TYPE_CHECKING:
    from indexer.archive import Archive

__all__ = ["LiveArchive", "check_index", "index", "live_archive", "open_archive", "read_period"]


def _engine(settings: Settings) -> Engine:
    return WhooshEngine(settings.writer_memory_mb, settings.cache_mb)


def index(
    settings: Settings,
    paths: Iterable[Path] = (),
    *,
    rebuild: bool = False,
    remove: bool = False,
    allow_removal: bool = False,
    progress: Progress = no_progress,
) -> Report:
    """Bring the index up to date; see `build.update_index`."""
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
    return update_index(store, _engine(settings), paths, settings.seeds_dir, options, progress)


def open_archive(settings: Settings) -> Archive:
    """The live build, opened for reading.

    Raises:
        IndexMissing, IndexIncompatible, IndexDamaged
    """
    store = BuildStore(settings.index_dir)
    name = store.current_name()
    try:
        return _open_build(settings, store.current())
    except (IndexUnavailable, OSError):
        if store.current_name() == name:
            raise
    return _open_build(settings, store.current())  # it was replaced and cleared away while it was being opened


def _open_build(settings: Settings, folder: Path) -> Archive:
    from indexer.archive import Archive  # noqa: PLC0415 - see above

    engine = _engine(settings)
    manifest = read_manifest(folder)
    _require_readable(manifest, engine)
    for problem in find_changed_sizes(folder, manifest):
        raise IndexDamaged(problem)
    return Archive(engine.searcher(folder), folder.name, settings.max_query_chars, settings.query_budget_ms or None)


def live_archive(settings: Settings) -> LiveArchive:
    """The live build, kept open; while nothing is open, calls raise what `open_archive` raises."""
    return LiveArchive(BuildStore(settings.index_dir).current_name, partial(open_archive, settings))


def check_index(settings: Settings) -> tuple[Manifest, tuple[str, ...]]:
    """Verify the live build: every byte against the manifest, and the counts. Returns the problems found.

    Raises:
        IndexMissing, IndexIncompatible, IndexDamaged: there is not even a manifest to compare with.
    """
    folder = BuildStore(settings.index_dir).current()
    engine = _engine(settings)
    manifest = read_manifest(folder)
    _require_readable(manifest, engine)
    problems = (*find_changed_sizes(folder, manifest), *find_changed_bytes(folder, manifest))
    return manifest, problems or tuple(_count_problems(folder, manifest, engine))


def _count_problems(folder: Path, manifest: Manifest, engine: Engine) -> Iterator[str]:
    try:
        searcher = engine.searcher(folder)
    except IndexDamaged as error:
        yield error.problem
        return
    ids = [article_id for article_id, _ in searcher.holdings()]
    if not len(ids) == len(set(ids)) == searcher.article_count() == manifest.articles:
        yield f"the index holds {len(ids)} articles, the manifest says {manifest.articles}"
    for article_id in ids:
        if searcher.article(article_id) is None:
            yield f"article {article_id} cannot be read"


def _require_readable(manifest: Manifest, engine: Engine) -> None:
    require_versions(
        manifest,
        engine=engine.name,
        format_version=engine.format_version,
        analysis_version=ANALYSIS_VERSION,
    )
