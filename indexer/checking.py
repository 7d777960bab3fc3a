"""Whether a build is whole: at a glance (versions, sizes, heads), in every byte, in every count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.analysis.tokens import ANALYSIS_VERSION
from indexer.builds import BuildStore
from indexer.errors import IndexDamaged
from indexer.manifest import (
    MANIFEST,
    Manifest,
    find_changed_bytes,
    find_changed_sizes,
    read_manifest,
    read_sources,
    require_versions,
)
from indexer.ports import Engine, Searcher

MOST_TOLD = 20
"""Articles that are named one by one when many cannot be read."""


@dataclass(frozen=True, slots=True)
class Checkup:
    """What a check found. Without problems the index is whole, and `cure` is empty.

    `articles`, `files`, `bytes` and `created` are what the manifest says; zero and empty where it cannot be read.
    """

    build: str
    is_deep: bool
    problems: tuple[str, ...] = ()
    cure: str = ""
    articles: int = 0
    files: int = 0
    bytes: int = 0
    created: str = ""


def open_build(folder: Path, engine: Engine) -> Searcher:
    """A build, opened after a glance at it.

    Raises:
        IndexIncompatible: it is of another version than this program.
        IndexDamaged: its manifest, or the size or head of a file, is not as it was written.
    """
    manifest = readable_manifest(folder, engine)
    for problem in find_changed_sizes(folder, manifest):
        raise IndexDamaged(problem)
    return engine.searcher(folder)


def readable_manifest(folder: Path, engine: Engine) -> Manifest:
    """The manifest of a build that this program can read. Raises IndexIncompatible, IndexDamaged."""
    manifest = read_manifest(folder)
    versions = {"format_version": engine.format_version, "analysis_version": ANALYSIS_VERSION}
    require_versions(manifest, engine=engine.name, **versions)
    return manifest


def glance(folder: Path, engine: Engine) -> Iterator[str]:
    """What sizes, heads and the number of articles tell. Raises IndexIncompatible."""
    yield from _look(folder, engine, lambda _folder, _manifest: ())


def read_bytes(folder: Path, engine: Engine) -> Iterator[str]:
    """What the checksums of all files tell beside that. Raises IndexIncompatible."""
    yield from _look(folder, engine, find_changed_bytes)


def _look(folder: Path, engine: Engine, look_into: Callable[[Path, Manifest], Iterable[str]]) -> Iterator[str]:
    """The engine is asked last: of an altered file it says less clearly what is wrong."""
    try:
        manifest = readable_manifest(folder, engine)
        problems = [*find_changed_sizes(folder, manifest), *_find_strangers(folder, manifest)]
        problems += look_into(folder, manifest)
        yield from problems
        if not problems:
            yield from _recount(engine.searcher(folder), manifest)
    except IndexDamaged as error:
        yield error.problem


def _recount(searcher: Searcher, manifest: Manifest) -> Iterator[str]:
    try:
        if (found := searcher.article_count()) != manifest.articles:
            yield f"the index holds {found} articles, its manifest says {manifest.articles}"
    finally:
        searcher.close()


def _find_strangers(folder: Path, manifest: Manifest) -> Iterator[str]:
    """Files that the run did not write: the engine might take one for its own."""
    for path in BuildStore.files_of(folder):
        if path.name != MANIFEST and path.name not in manifest.files:
            yield f"{path} does not belong to the index"


def read_everything(folder: Path, engine: Engine) -> Iterator[str]:
    """What reading every byte tells, and where that is nothing, every count. Raises IndexIncompatible."""
    problems = [*read_bytes(folder, engine)]
    yield from problems or _read_counts(folder, engine)


def _read_counts(folder: Path, engine: Engine) -> Iterator[str]:
    try:
        searcher = engine.searcher(folder)
        try:
            yield from searcher.verify()
            yield from _read_articles(searcher)
            yield from _read_records(folder, {article_id for article_id, _ in searcher.holdings()})
        finally:
            searcher.close()
    except IndexDamaged as error:
        yield error.problem


def _read_articles(searcher: Searcher) -> Iterator[str]:
    times = Counter(article_id for article_id, _ in searcher.holdings())
    if len(times) != searcher.article_count():
        yield f"the index holds {len(times)} different articles, and counts {searcher.article_count()}"
    yield from (f"article {article_id} is there {count} times" for article_id, count in times.items() if count > 1)
    unreadable = [article_id for article_id in times if not _can_be_read(searcher, article_id)]
    yield from (f"article {article_id} cannot be read" for article_id in unreadable[:MOST_TOLD])
    if unreadable[MOST_TOLD:]:
        yield f"nor can {len(unreadable) - MOST_TOLD} others"


def _can_be_read(searcher: Searcher, article_id: str) -> bool:
    try:
        return searcher.article(article_id) is not None
    except IndexDamaged:
        return False


def _read_records(folder: Path, held: set[str]) -> Iterator[str]:
    """What stands beside the engine's files: the table of sources, and the problems and copies, of articles held."""
    from indexer.clinic.casebook import read_problems  # noqa: PLC0415 - only this needs it, and every command loads us
    from indexer.clinic.copies import read_copies  # noqa: PLC0415 - see above

    read_sources(folder)
    strangers = {problem.article_id for problem in read_problems(folder).found} - held
    yield from (f"problems are kept of {article_id}, which the index does not hold" for article_id in sorted(strangers))
    strangers = {*read_copies(folder).ids} - held
    yield from (
        f"{article_id} is compared with others, and the index does not hold it" for article_id in sorted(strangers)
    )
