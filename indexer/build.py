"""Sources in, a new build out: read what changed, analyse it, write it beside the live build, verify, switch.

What the archive holds is asked of the index itself (`Searcher.holdings`); sizes and times of files only save reading.
A build is published whole, with its manifest, by one rename: a run that dies leaves the old one serving.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from indexer.analysis.tokens import ANALYSIS_VERSION
from indexer.builds import BuildStore
from indexer.documents import to_document
from indexer.errors import IndexDamaged, RemovalRefused, SourceNotFound
from indexer.manifest import (
    FileFacts,
    Manifest,
    Sources,
    SourceState,
    file_facts,
    read_manifest,
    read_sources,
    require_versions,
    write_manifest,
    write_sources,
)
from indexer.model import Article, Rejected
from indexer.ports import Engine, Holding, IndexWriter
from indexer.sources.reader import article_digest, read_source
from indexer.sources.walk import SourceFile, find_sources

DOUBT_NS = 2_000_000_000
"""A file changed this shortly before it was read may have changed again within the clock's tick: read it once more."""

REMOVAL_GUARD = 20
"""A run may remove this many articles without asking, or half of the archive if that is more."""

Progress = Callable[[str, int], None]
"""Called with the file being read and the number of articles read so far."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did. `articles` is what the archive holds now; new, changed and unchanged add up to it."""

    build: str
    articles: int
    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    rejected: tuple[Rejected, ...]
    seconds: float

    @property
    def unchanged(self) -> int:
        return self.articles - len(self.new) - len(self.changed)

    def __str__(self) -> str:
        return (
            f"{self.articles} articles: {len(self.new)} new, {len(self.changed)} changed, {len(self.removed)} removed,"
            f" {self.unchanged} unchanged, {len(self.rejected)} rejected"
        )


@dataclass(frozen=True, slots=True)
class Options:
    """How to run: see `khobao index --help`."""

    max_source_bytes: int = 20_000_000
    kept_builds: int = 2
    rebuild: bool = False
    remove: bool = False
    allow_removal: bool = False


def update_index(
    store: BuildStore,
    engine: Engine,
    paths: Iterable[Path],
    default: Path,
    options: Options = Options(),
    progress: Progress = lambda path, articles: None,
) -> Report:
    """Bring the index up to date with `paths`; without any, with all it was made from before, else `default`.

    Articles from elsewhere stay. With `options.remove` the articles under `paths` leave instead.

    Raises:
        SourceNotFound, IndexBusy, IndexIncompatible, IndexDamaged, RemovalRefused, OSError: nothing was changed.
    """
    started = time.perf_counter()
    with store.lock():
        store.prune(options.kept_builds)
        run = _Run(store, engine, options, progress)
        try:
            roots = run.roots([_absolute(path) for path in paths], _absolute(default))
            run.read(() if options.remove else roots)
            run.remove_missing(roots)
            return run.finish(started)
        except BaseException:
            run.abandon()
            raise


@dataclass
class _Changes:
    """What a run found, by article id and by source file."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)  # article id -> path, of all that stay
    sources_differ: bool = False


class _Run:
    """One run under the lock. The new build is begun with the first change."""

    def __init__(
        self, store: BuildStore, engine: Engine, options: Options, progress: Progress
    ) -> None:
        self._store, self._engine, self._options, self._progress = store, engine, options, progress
        self._base = self._usable_base()
        self._known = self._known_sources()
        self._held = self._holdings()
        self._ids_by_path = _group_by_path(self._held)
        self._files: dict[str, SourceState] = {}
        self._changes = _Changes()
        self._folder: Path | None = None
        self._writer: IndexWriter | None = None
        self._read = 0

    # -- what there is

    def _usable_base(self) -> Path | None:
        """The live build; None when there is none or it is to be replaced as a whole."""
        if self._options.rebuild or self._store.current_name() is None:
            return None
        folder = self._store.current()
        require_versions(
            read_manifest(folder),
            engine=self._engine.name,
            format_version=self._engine.format_version,
            analysis_version=ANALYSIS_VERSION,
        )
        return folder

    def _known_sources(self) -> Sources:
        """The table of the live build, even of one that is being replaced: a rebuild must not forget a folder."""
        if self._store.current_name() is None:
            return Sources()
        try:
            return read_sources(self._store.current())
        except IndexDamaged:
            if self._options.rebuild:
                return Sources()
            raise

    def _holdings(self) -> dict[str, Holding]:
        if self._base is None:
            return {}
        searcher = self._engine.searcher(self._base)
        try:
            return dict(searcher.holdings())
        finally:
            searcher.close()

    def roots(self, paths: list[Path], default: Path) -> tuple[Path, ...]:
        """The folders and files to look at. Raises SourceNotFound for one that is not there."""
        known = [Path(root) for root in self._known.roots]
        if not paths:
            paths = known or [default]
        elif self._options.rebuild:
            paths = [*known, *paths]
        if not self._options.remove:
            for path in paths:
                if not path.exists():
                    raise SourceNotFound(path)
        return tuple(dict.fromkeys(paths))

    # -- reading

    def read(self, roots: tuple[Path, ...]) -> None:
        for root in roots:
            base = self._base_folder(root)
            for source in find_sources(root):
                if isinstance(source, Rejected):
                    self._changes.rejected.append(source)
                elif source.key not in self._files:
                    self._take_source(replace(source, root=base))

    def _base_folder(self, root: Path) -> Path:
        """The folder ids are derived from: that of an earlier run where `root` lies in it, so that ids stay."""
        for known in map(Path, self._known.roots):
            if root.is_relative_to(known) and known.is_dir():
                return known
        return root if root.is_dir() else root.parent

    def _take_source(self, source: SourceFile) -> None:
        before = None if self._base is None else self._known.files.get(source.key)
        if before and _is_unchanged(source, before):
            self._keep(source.key)
            self._files[source.key] = before
            self._changes.rejected += [
                Rejected(source.key, reason, line) for line, reason in before.rejects
            ]
            return
        read_at = time.time_ns()
        rejects = self._read_source(source)
        self._files[source.key] = SourceState(
            source.size, source.mtime_ns, read_at, tuple((each.line, each.reason) for each in rejects)
        )
        self._changes.sources_differ = True

    def _read_source(self, source: SourceFile) -> list[Rejected]:
        rejects: list[Rejected] = []
        articles = 0
        for item in read_source(source, self._options.max_source_bytes):
            if isinstance(item, Article):
                rejects += self._take_article(item, source)
                articles += 1
            else:
                rejects.append(item)
        if not articles and rejects:  # what the file gave when it could be read is better than nothing
            self._keep(source.key)
        self._changes.rejected += rejects
        return rejects

    def _take_article(self, article: Article, source: SourceFile) -> list[Rejected]:
        self._read += 1
        self._progress(source.key, self._read)
        if article.id in self._changes.seen:
            return [_twice(article.id, self._changes.seen[article.id], source.key)]
        held = self._held.get(article.id)
        if held and held.path != source.key and Path(held.path).exists():
            return [_twice(article.id, held.path, source.key)]
        self._changes.seen[article.id] = source.key
        digest = article_digest(article)
        if held == Holding(source.key, digest):
            return []
        (self._changes.changed if held else self._changes.new).append(article.id)
        self._open_writer().add(to_document(article, source.key, digest))
        return []

    def _keep(self, path: str) -> None:
        for article_id in self._ids_by_path.get(path, ()):
            self._changes.seen.setdefault(article_id, path)

    # -- removing

    def remove_missing(self, roots: tuple[Path, ...]) -> None:
        """Articles that came from under `roots` and are not there any more."""
        gone = [
            article_id
            for article_id, holding in self._held.items()
            if article_id not in self._changes.seen and _is_under(holding.path, roots)
        ]
        self._guard_removal(len(gone))
        for article_id in gone:
            self._open_writer().remove(article_id)
        self._changes.removed = gone
        for path, state in self._known.files.items():
            if path in self._files:
                continue
            if _is_under(path, roots):
                self._changes.sources_differ = True
            else:
                self._files[path] = state
        kept = [root for root in self._known.roots if not (self._options.remove and Path(root) in roots)]
        new = [] if self._options.remove else [str(self._base_folder(root)) if root.is_dir() else str(root) for root in roots]
        self._roots = tuple(dict.fromkeys([*kept, *new]))

    def _guard_removal(self, removed: int) -> None:
        allowed = self._options.allow_removal or self._options.remove
        if not allowed and removed > max(REMOVAL_GUARD, len(self._held) // 2):
            raise RemovalRefused(removed, len(self._held))

    # -- writing

    def _open_writer(self) -> IndexWriter:
        if self._writer is None:
            self._writer = self._engine.writer(self._begin())
        return self._writer

    def _begin(self) -> Path:
        if self._folder is None:
            self._folder = self._store.begin(self._base)
            if self._base is None:
                self._engine.create(self._folder)
        return self._folder

    def finish(self, started: float) -> Report:
        articles = len(self._held) + len(self._changes.new) - len(self._changes.removed)
        if self._writer:
            self._writer.commit()
        if self._folder or self._base is None or self._changes.sources_differ:
            folder = self._begin()
            self._verify(folder, articles)
            self._describe(folder, articles)
            self._store.publish(folder)
            self._store.prune(self._options.kept_builds)
        return Report(
            build=self._store.current().name,
            articles=articles,
            new=tuple(self._changes.new),
            changed=tuple(self._changes.changed),
            removed=tuple(self._changes.removed),
            rejected=tuple(self._changes.rejected),
            seconds=time.perf_counter() - started,
        )

    def _verify(self, folder: Path, expected: int) -> None:
        """Open the new build as a server would before anybody is sent to it."""
        searcher = self._engine.searcher(folder)
        try:
            found = searcher.article_count()
        finally:
            searcher.close()
        if found != expected:
            raise IndexDamaged(f"the new build holds {found} articles instead of {expected}")

    def _describe(self, folder: Path, articles: int) -> None:
        write_sources(folder, Sources(self._roots, self._files))
        manifest = Manifest(
            engine=self._engine.name,
            format_version=self._engine.format_version,
            analysis_version=ANALYSIS_VERSION,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            articles=articles,
            files=dict(self._facts(folder)),
        )
        write_manifest(folder, manifest)

    def _facts(self, folder: Path) -> Iterator[tuple[str, FileFacts]]:
        """Checksums of the build's files; a file shared with the build before has not changed since."""
        before = read_manifest(self._base).files if self._base else {}
        for path in sorted(folder.iterdir()):
            if path.name.endswith("_LOCK"):
                continue
            known = before.get(path.name)
            shared = known and self._base and (self._base / path.name).exists()
            if known and shared and path.samefile(self._base / path.name):  # type: ignore[operator]
                yield path.name, known
            else:
                yield path.name, file_facts(path)

    def abandon(self) -> None:
        """Leave the live build as it was."""
        if self._writer:
            self._writer.cancel()
        if self._folder:
            self._store.discard(self._folder)


def _twice(article_id: str, first: str, second: str) -> Rejected:
    return Rejected(second, f"the id {article_id!r} belongs to {first} already; give one of the two another")


def _absolute(path: Path) -> Path:
    """Without `..` and links in the way to it, so that the same place has one name."""
    return path.resolve()


def _is_unchanged(source: SourceFile, before: SourceState) -> bool:
    if (source.size, source.mtime_ns) != (before.size, before.mtime_ns):
        return False
    unreadable_before = any(line is None for line, _ in before.rejects)  # permissions change no time
    return not unreadable_before and source.mtime_ns < before.read_at_ns - DOUBT_NS


def _is_under(path: str, roots: Iterable[Path]) -> bool:
    return any(Path(path).is_relative_to(root) for root in roots)


def _group_by_path(held: dict[str, Holding]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for article_id, holding in held.items():
        grouped.setdefault(holding.path, []).append(article_id)
    return grouped
