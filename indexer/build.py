"""Sources in, a new build out: read what changed, analyse it, write it beside the live build, verify, switch.

What the archive holds is asked of the index itself (`Searcher.holdings`); sizes and times of files only save reading.
A build is published whole, with its manifest, by one rename: a run that dies leaves the old one serving.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from indexer.analysis.tokens import ANALYSIS_VERSION
from indexer.builds import BuildStore
from indexer.documents import to_document
from indexer.errors import IndexDamaged, NothingToRemove, RemovalRefused, SourceNotFound, SourcesUnknown
from indexer.manifest import (
    FileFacts,
    Manifest,
    Sources,
    SourceState,
    file_facts,
    find_changed_sizes,
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


@dataclass(frozen=True, slots=True)
class Step:
    """How far a run is: the file being read, how many of how many files are behind it, and articles read so far."""

    path: str
    files_done: int
    files: int
    articles: int


Progress = Callable[[Step], None]
"""Called with each article that is read."""


def no_progress(_step: Step) -> None:
    """For runs nobody watches."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to run: see `khobao index --help`."""

    max_source_bytes: int = 20_000_000
    kept_builds: int = 2
    rebuild: bool = False
    remove: bool = False
    allow_removal: bool = False


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


def update_index(
    store: BuildStore,
    engine: Engine,
    paths: Iterable[Path],
    default: Path,
    options: Options = Options(),
    progress: Progress = no_progress,
) -> Report:
    """Bring the index up to date with `paths`; without any, with all it was made from before, else `default`.

    Articles from elsewhere stay. With `options.remove` the articles under `paths` leave instead.

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
        sources_root = _remember_roots(before.sources, roots, options)
        draft = _Draft(store, engine, before.folder)
        run = _Run(before, draft, options, progress, sources_root)
        try:
            if not options.remove:
                run.read(roots)
            run.remove_missing(roots)
            sources = Sources(sources_root, run.files)
            if draft.is_begun or before.folder is None or sources != before.sources:
                draft.publish(sources, run.article_count)
        except BaseException:
            draft.abandon()
            raise
        build = store.current().name
        store.prune(options.kept_builds)
    return run.report(build, time.perf_counter() - started)


# -- what there was before


@dataclass(frozen=True, slots=True)
class _State:
    """The live build as a run finds it.

    `folder` is None where a run starts anew; then `held` is empty, and `replaced` are the ids of the build that is to
    be replaced: what it held must not vanish without a word either.
    """

    folder: Path | None
    sources: Sources
    held: dict[str, Holding]
    replaced: frozenset[str] = frozenset()


def _read_state(store: BuildStore, engine: Engine, options: Options, paths: tuple[Path, ...]) -> _State:
    if store.current_name() is None:
        if store.has_builds() and not paths:
            raise SourcesUnknown(store.index_dir)
        return _State(None, Sources(), {})
    folder = store.current()
    if options.rebuild:
        return _State(None, _sources_to_rebuild(store, paths), {}, _ids_to_replace(folder, engine))
    manifest = read_manifest(folder)
    versions = {"format_version": engine.format_version, "analysis_version": ANALYSIS_VERSION}
    require_versions(manifest, engine=engine.name, **versions)
    for problem in find_changed_sizes(folder, manifest):
        raise IndexDamaged(problem)
    return _State(folder, read_sources(folder), _holdings(folder, engine))


def _holdings(folder: Path, engine: Engine) -> dict[str, Holding]:
    searcher = engine.searcher(folder)
    try:
        return dict(searcher.holdings())
    finally:
        searcher.close()


def _sources_to_rebuild(store: BuildStore, paths: tuple[Path, ...]) -> Sources:
    """The folders the build was made from. Raises SourcesUnknown where its table is lost and no paths are given."""
    try:
        return Sources(read_sources(store.current()).roots)
    except IndexDamaged:
        if not paths:
            raise SourcesUnknown(store.index_dir) from None
        return Sources()


def _ids_to_replace(folder: Path, engine: Engine) -> frozenset[str]:
    """The ids an old build holds; none where it is too damaged, or too old, to tell."""
    try:
        return frozenset(_holdings(folder, engine))
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
        return tuple(root for root in known.roots if not _is_under(root, roots))
    remembered = [] if options.rebuild and options.allow_removal else list(known.roots)
    for root in map(str, roots):
        if not _is_under(root, map(Path, remembered)):
            remembered.append(root)
    return tuple(remembered)


# -- one run


@dataclass
class _Run:
    """Reads sources and finds the difference to what was held; every difference goes to the draft of a new build."""

    before: _State
    draft: _Draft
    options: Options
    progress: Progress
    roots: tuple[str, ...]  # of the new build
    files: dict[str, SourceState] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    staying: dict[str, str] = field(default_factory=dict)  # article id -> path of its source
    contested: list[tuple[Article, str]] = field(default_factory=list)  # with the path of the newcomer
    read_count: int = 0
    file_count: int = 0

    def __post_init__(self) -> None:
        self.ids_by_path: dict[str, list[str]] = {}
        for article_id, holding in self.before.held.items():
            self.ids_by_path.setdefault(holding.path, []).append(article_id)

    @property
    def article_count(self) -> int:
        return len(self.before.held) + len(self.new) - len(self.removed)

    def report(self, build: str, seconds: float) -> Report:
        replaced = (article_id for article_id in sorted(self.before.replaced) if article_id not in self.staying)
        return Report(
            build=build,
            articles=self.article_count,
            new=tuple(self.new),
            changed=tuple(self.changed),
            removed=(*self.removed, *replaced),
            rejected=tuple(self.rejected),
            seconds=seconds,
        )

    # -- reading

    def read(self, roots: Iterable[Path]) -> None:
        found = {source.key: source for root in roots for source in self._sources_below(root)}
        self.file_count = len(found)
        for source in found.values():
            self._take_source(source)
        self._settle_contested()

    def _sources_below(self, root: Path) -> Iterator[SourceFile]:
        for source in find_sources(root):
            if isinstance(source, Rejected):
                self.rejected.append(source)
                self._keep_articles_below(source.path)
            else:
                yield replace(source, root=self._base_of_id(source))

    def _base_of_id(self, source: SourceFile) -> Path:
        """The folder an id is derived from: the oldest root the file lies in, so that the id stays."""
        for root in map(Path, self.roots):
            if source.path.is_relative_to(root) and source.path != root:
                return root
        return source.path.parent

    def _take_source(self, source: SourceFile) -> None:
        before = self.before.sources.files.get(source.key)
        if before and _is_unchanged(source, before):
            self._keep_articles_of(source.key)
            self.files[source.key] = before
            self.rejected += [Rejected(source.key, reason, line) for line, reason in before.rejects]
            return
        read_at = time.time_ns()
        rejects = self._read_source(source)
        told = tuple((each.line, each.reason) for each in rejects)
        self.rejected += rejects
        self.files[source.key] = SourceState(source.size, source.mtime_ns, read_at, told)

    def _read_source(self, source: SourceFile) -> list[Rejected]:
        """Takes the articles of a file in; returns what had to be rejected.

        While a file has rejects, what it gave before stays: an article that is missing now may be behind one of them.
        """
        rejects: list[Rejected] = []
        for item in read_source(source, self.options.max_source_bytes):
            if isinstance(item, Rejected):
                rejects.append(item)
            elif item.id in self.staying:
                rejects.append(_clash(item.id, self.staying[item.id], source.key))
            elif self._is_held_elsewhere(item.id, source.key):
                self.contested.append((item, source.key))
            else:
                self._take_article(item, source.key)
        if rejects:
            self._keep_articles_of(source.key)
        return rejects

    def _is_held_elsewhere(self, article_id: str, path: str) -> bool:
        held = self.before.held.get(article_id)
        return held is not None and held.path != path and Path(held.path).exists()

    def _settle_contested(self) -> None:
        """Now that every file is read: an id its old source still gives is its own; else the article has moved."""
        for article, path in self.contested:
            if article.id not in self.staying:
                self._take_article(article, path)
                continue
            clash = _clash(article.id, self.staying[article.id], path)
            self.rejected.append(clash)
            state = self.files[path]
            self.files[path] = replace(state, rejects=(*state.rejects, (None, clash.reason)))

    def _take_article(self, article: Article, path: str) -> None:
        self.read_count += 1
        self.progress(Step(path, len(self.files), self.file_count, self.read_count))
        self.staying[article.id] = path
        digest = article_digest(article)
        held = self.before.held.get(article.id)
        if held != Holding(path, digest):
            (self.changed if held else self.new).append(article.id)
            self.draft.writer().add(to_document(article, path, digest))

    def _keep_articles_of(self, path: str) -> None:
        for article_id in self.ids_by_path.get(path, ()):
            self.staying.setdefault(article_id, path)

    def _keep_articles_below(self, path: str) -> None:
        """Of a file, or of all in a folder, that cannot be read today."""
        self._keep_articles_of(path)
        if not Path(path).is_file():
            for other in self.ids_by_path:
                if _is_under(other, [Path(path)]):
                    self._keep_articles_of(other)

    # -- removing

    def remove_missing(self, roots: tuple[Path, ...]) -> None:
        """Remove the articles that came from under `roots` and are there no more; what came from elsewhere stays.

        Raises:
            RemovalRefused: that is most of the archive, or all of a folder, as if it were not mounted.
            NothingToRemove: nothing came from under the roots of a removal.
        """
        self.removed = [
            article_id
            for article_id, holding in self.before.held.items()
            if article_id not in self.staying and _is_under(holding.path, roots)
        ]
        if self.options.remove and not self.removed:
            raise NothingToRemove(roots)
        if not (self.options.allow_removal or self.options.remove):
            self._guard_removal(roots)
        for article_id in self.removed:
            self.draft.writer().remove(article_id)
        elsewhere = {path: state for path, state in self.before.sources.files.items() if not _is_under(path, roots)}
        self.files = {**elsewhere, **self.files}

    def _guard_removal(self, roots: tuple[Path, ...]) -> None:
        before = {*self.before.held, *self.before.replaced}
        gone = {*self.removed, *(self.before.replaced - self.staying.keys())}
        if len(gone) > max(REMOVAL_GUARD, len(before) // 2):
            raise RemovalRefused(len(gone), len(before))
        paths_gone = [self.before.held[article_id].path for article_id in self.removed]
        for root in roots:
            emptied = root.is_dir() and not any(_is_under(path, [root]) for path in self.files)
            if emptied and any(_is_under(path, [root]) for path in paths_gone):
                raise RemovalRefused(len(gone), len(before))


def _clash(article_id: str, owner: str, path: str) -> Rejected:
    return Rejected(path, f"the id {article_id!r} belongs to {owner} already; give one of the two another")


def _is_unchanged(source: SourceFile, before: SourceState) -> bool:
    if (source.size, source.mtime_ns) != (before.size, before.mtime_ns):
        return False
    unreadable_before = any(line is None for line, _ in before.rejects)  # permissions change no time
    return not unreadable_before and source.mtime_ns < before.read_at_ns - DOUBT_NS


def _is_under(path: str, roots: Iterable[Path]) -> bool:
    return any(Path(path).is_relative_to(root) for root in roots)


# -- the new build


class _Draft:
    """A build in the making, begun with the first difference: a run without any writes nothing."""

    def __init__(self, store: BuildStore, engine: Engine, base: Path | None) -> None:
        self._store, self._engine, self._base = store, engine, base
        self._folder: Path | None = None
        self._writer: IndexWriter | None = None

    @property
    def is_begun(self) -> bool:
        return self._folder is not None

    def writer(self) -> IndexWriter:
        if self._writer is None:
            self._writer = self._engine.writer(self._begin())
        return self._writer

    def _begin(self) -> Path:
        if self._folder is None:
            self._folder = self._store.begin(self._base)
            if self._base is None:
                self._engine.create(self._folder)
        return self._folder

    def publish(self, sources: Sources, articles: int) -> None:
        """Commit, open the result as a server would, describe it, and make it the live build."""
        if self._writer:
            self._writer.commit()
            self._writer = None
        folder = self._begin()
        self._verify(folder, articles)
        write_sources(folder, sources)
        manifest = Manifest(
            engine=self._engine.name,
            format_version=self._engine.format_version,
            analysis_version=ANALYSIS_VERSION,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            articles=articles,
            files=dict(self._facts(folder)),
        )
        write_manifest(folder, manifest)
        self._store.publish(folder)

    def _verify(self, folder: Path, expected: int) -> None:
        searcher = self._engine.searcher(folder)
        try:
            found = searcher.article_count()
        finally:
            searcher.close()
        if found != expected:
            raise IndexDamaged(f"the new build holds {found} articles instead of {expected}")

    def _facts(self, folder: Path) -> Iterator[tuple[str, FileFacts]]:
        """Checksums of the build's files; a file shared with the build before has not changed since."""
        before = read_manifest(self._base).files if self._base else {}
        for path in self._store.files_of(folder):
            twin = self._base / path.name if self._base else None
            if twin and path.name in before and twin.exists() and path.samefile(twin):
                yield path.name, before[path.name]
            else:
                yield path.name, file_facts(path)

    def abandon(self) -> None:
        """Leave the live build as it was."""
        if self._writer:
            self._writer.cancel()
        if self._folder:
            self._store.discard(self._folder)
