"""Puts the parts together: the only module that names the engines.

Who searches does not load what makes an index, nor the other way round: each half is imported when it is first needed.
What else can be done with an index stands above: `upkeep` for whoever runs it, `curation` for editors and archivists.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from indexer import history
from indexer.author_files import AuthorFile
from indexer.builds import BuildStore
from indexer.checking import open_build
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.errors import IndexDamaged, IndexUnavailable, SettingsError
from indexer.live import LiveArchive
from indexer.ports import Engine, Searcher
from indexer.querying.dates.advice import unread as unread_date
from indexer.querying.dates.ending import date_at_end
from indexer.querying.dates.reading import read_period
from indexer.reports import BeforeSwitch, Options, Progress, Report, Since, no_progress, switch_at_once
from indexer.runs import RunLog
from indexer.searches.counter import SearchCounter
from indexer.searches.days import SearchDays
from indexer.settings import Settings
from indexer.synonym_files import SynonymFile

if TYPE_CHECKING:
    from indexer.archive import Archive
    from indexer.comparing import Decide
    from indexer.engines.opensearch_engine import ClusterOptions, OpenSearchEngine
    from indexer.rehearsal import Rehearsed

__all__ = [
    "LiveArchive",
    "SearchCounter",
    "date_at_end",
    "engine_of",
    "index",
    "live_archive",
    "open_archive",
    "open_folder",
    "open_searcher",
    "read_period",
    "rehearse",
    "search_counter",
    "store_of",
    "unread_date",
]

logger = logging.getLogger(__name__)


CLUSTER_FOLDER = "opensearch"
"""Folder below index_dir of the builds whose index is in a cluster: each engine has its own, side by side."""


def engine_of(settings: Settings) -> Engine:
    """The engine that makes and reads the index. Raises SettingsError where it lacks its address or its client."""
    if settings.engine == "opensearch":
        return _cluster_engine(settings)
    return WhooshEngine(settings.writer_memory_mb, settings.cache_mb)


def store_of(settings: Settings) -> BuildStore:
    """The builds of the engine. Raises SettingsError as `engine_of` does."""
    if settings.engine == "opensearch":
        return BuildStore(settings.index_dir / CLUSTER_FOLDER, _cluster_engine(settings).depot())
    return BuildStore(settings.index_dir)


def _cluster_engine(settings: Settings) -> OpenSearchEngine:
    if not settings.opensearch_url:
        raise SettingsError(
            "The engine is opensearch, but opensearch_url does not say where the cluster is.",
            "Set it: khobao --engine opensearch --opensearch-url https://host:9200",
        )
    try:
        from indexer.engines.opensearch_engine import ClusterOptions  # noqa: PLC0415 - an optional part
    except ModuleNotFoundError as error:
        raise SettingsError(
            "The engine opensearch needs the package opensearch-py.", "Install it: pip install 'khobao[opensearch]'"
        ) from error
    options = ClusterOptions(
        urls=tuple(filter(None, map(str.strip, settings.opensearch_url.split(",")))),
        user=settings.opensearch_user,
        password=settings.opensearch_password,
        ca=settings.opensearch_ca,
        prefix=settings.opensearch_prefix,
        shards=settings.opensearch_shards,
        replicas=settings.opensearch_replicas,
        timeout_s=settings.opensearch_timeout_s,
    )
    return _connected(options)


@cache
def _connected(options: ClusterOptions) -> OpenSearchEngine:
    """One for a process: its connections, and what it knows of a cluster that is away, are shared."""
    from indexer.engines.opensearch_engine import OpenSearchEngine  # noqa: PLC0415 - as above

    return OpenSearchEngine(options)


def index(
    settings: Settings,
    paths: Sequence[Path] = (),
    *,
    rebuild: bool = False,
    remove: bool = False,
    allow_removal: bool = False,
    since: Since = None,
    progress: Progress = no_progress,
    run_id: str | None = None,
    before_switch: BeforeSwitch = switch_at_once,
    decide: Decide | None = None,
) -> Report:
    """Bring the index up to date; see `build.update_index`. The run is recorded, under `run_id` if one is given.

    With `decide` the new build is compared with the live one, and it is asked whether to switch. With `since` only
    files written since then are looked at.
    """
    from indexer.build import update_index  # noqa: PLC0415 - see above

    options = _options(settings, since, rebuild=rebuild, remove=remove, allow_removal=allow_removal)
    store = store_of(settings)
    recorded = [os.path.abspath(path) for path in paths]  # whoever runs it again may be in another folder
    with RunLog(settings.index_dir).recording(run_id, recorded, is_removal=remove) as record:
        told = record.along(progress)
        if decide:
            from indexer.comparing import comparing  # noqa: PLC0415 - see above

            before_switch = comparing(settings, open_folder, record, decide)
        report = update_index(store, engine_of(settings), paths, settings.seeds_dir, options, told, before_switch)
        record.end(report)
    return report


def rehearse(
    settings: Settings,
    paths: Sequence[Path] = (),
    *,
    rebuild: bool = False,
    remove: bool = False,
    allow_removal: bool = False,
    since: Since = None,
    progress: Progress = no_progress,
) -> Rehearsed:
    """What `index` would change; see `build.rehearse`. Nothing is written, no record of a run either."""
    from indexer import build  # noqa: PLC0415 - see above

    options = _options(settings, since, rebuild=rebuild, remove=remove, allow_removal=allow_removal)
    return build.rehearse(store_of(settings), engine_of(settings), paths, settings.seeds_dir, options, progress)


def _options(settings: Settings, since: Since, *, rebuild: bool, remove: bool, allow_removal: bool) -> Options:
    return Options(
        max_source_bytes=settings.max_source_mb * 1_000_000,
        kept_builds=settings.kept_builds,
        workers=settings.build_workers,
        rebuild=rebuild,
        remove=remove,
        allow_removal=allow_removal,
        columns=settings.columns,
        since=since,
    )


def open_archive(settings: Settings) -> Archive:
    """The live build, opened for reading.

    Raises:
        IndexMissing, IndexIncompatible, IndexDamaged
    """
    return _open_live(settings, SynonymFile(settings.synonyms_path), AuthorFile(settings.authors_path))


def _open_live(settings: Settings, synonyms: SynonymFile, authors: AuthorFile) -> Archive:
    store = store_of(settings)
    name = store.current_name()
    try:
        return _open_build(settings, store, synonyms, authors)
    except (IndexUnavailable, OSError):
        if store.current_name() == name:
            raise
    return _open_build(settings, store, synonyms, authors)  # it was cleared away while it was being opened


def _open_build(settings: Settings, store: BuildStore, synonyms: SynonymFile, authors: AuthorFile) -> Archive:
    folder = store.current()
    return _archive(settings, folder, open_searcher(settings, folder), synonyms, authors)


def open_searcher(settings: Settings, live: Path | None = None) -> Searcher:
    """The live build as the engine gives it, to be closed by the caller.

    Args:
        settings: the settings in force.
        live: its folder, where the caller knows it already; another may be live by now.

    Raises:
        IndexMissing, IndexIncompatible, IndexDamaged
    """
    return history.open_live(store_of(settings), engine_of(settings), live)


def open_folder(settings: Settings, folder: Path) -> Archive:
    """The archive in the folder of a build, live or not.

    Raises:
        IndexMissing, IndexIncompatible, IndexDamaged
    """
    lists = SynonymFile(settings.synonyms_path), AuthorFile(settings.authors_path)
    return _archive(settings, folder, open_build(folder, engine_of(settings)), *lists)


def _archive(
    settings: Settings, folder: Path, searcher: Searcher, synonyms: SynonymFile, authors: AuthorFile
) -> Archive:
    from indexer.archive import Archive  # noqa: PLC0415 - see above

    budget, clusters = settings.query_budget_ms or None, cache(partial(_clusters, folder))
    return Archive(searcher, folder.name, settings.max_query_chars, budget, synonyms, authors(), clusters)


def _clusters(folder: Path) -> Mapping[str, int]:
    """The articles of a build that are one text. A search goes on without them: it finds all there is all the same."""
    from indexer.clinic.copies import read_clusters  # noqa: PLC0415 - see above

    try:
        return read_clusters(folder)
    except IndexDamaged as error:
        logger.warning("Near-identical articles are not folded. %s %s", error, error.next_step)
        return {}


def live_archive(settings: Settings) -> LiveArchive:
    """The live build, kept open; while nothing is open, calls raise what `open_archive` raises."""
    authors = AuthorFile(settings.authors_path)
    open_live = partial(_open_live, settings, SynonymFile(settings.synonyms_path), authors)
    return LiveArchive(store_of(settings).current_name, open_live, lambda open_: open_.merging(authors()))


def search_counter(settings: Settings) -> SearchCounter:
    """Counts what readers search for, by day, in the folder of the index."""
    return SearchCounter(SearchDays(settings.index_dir, settings.searches_kept_days))
