"""The difference between what the sources hold now and what the index held, written into a draft."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from indexer.documents import to_document
from indexer.draft import Draft
from indexer.errors import NothingToRemove, RemovalRefused
from indexer.manifest import Sources, SourceState
from indexer.model import Article, Rejected
from indexer.ports import Holding
from indexer.reports import Options, Progress, Report, Step
from indexer.sources.reader import article_digest, read_source
from indexer.sources.walk import SourceFile, find_sources

DOUBT_NS = 2_000_000_000
"""A file changed this shortly before it was read may have changed again within the clock's tick: read it once more."""

REMOVAL_GUARD = 20
"""A run may remove this many articles without asking, or half of the archive if that is more."""


@dataclass(frozen=True, slots=True)
class State:
    """The live build as a run finds it.

    `folder` is None where a run starts anew; then `held` is empty, and `replaced` are the ids of the build that is to
    be replaced: what it held must not vanish without a word either.
    """

    folder: Path | None
    sources: Sources
    held: dict[str, Holding]
    replaced: frozenset[str] = frozenset()


@dataclass
class Sync:
    """Reads sources and finds the difference to what was held; every difference goes to the draft of a new build."""

    before: State
    draft: Draft
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
        """Now that every file is read: an id is its old source's, unless that was read and gives it no more."""
        for article, path in self.contested:
            old_source = self.before.held[article.id].path
            if article.id not in self.staying and old_source in self.files:
                self._take_article(article, path)
                continue
            clash = _clash(article.id, self.staying.get(article.id, old_source), path)
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
                if is_under(other, [Path(path)]):
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
            if article_id not in self.staying and is_under(holding.path, roots)
        ]
        if self.options.remove and not self.removed:
            raise NothingToRemove(roots)
        if not (self.options.allow_removal or self.options.remove):
            self._guard_removal(roots)
        for article_id in self.removed:
            self.draft.writer().remove(article_id)
        elsewhere = {path: state for path, state in self.before.sources.files.items() if not is_under(path, roots)}
        self.files = {**elsewhere, **self.files}

    def _guard_removal(self, roots: tuple[Path, ...]) -> None:
        before = {*self.before.held, *self.before.replaced}
        gone = {*self.removed, *(self.before.replaced - self.staying.keys())}
        if len(gone) > max(REMOVAL_GUARD, len(before) // 2):
            raise RemovalRefused(len(gone), len(before))
        paths_gone = [self.before.held[article_id].path for article_id in self.removed]
        for root in roots:
            emptied = root.is_dir() and not any(is_under(path, [root]) for path in self.files)
            if emptied and any(is_under(path, [root]) for path in paths_gone):
                raise RemovalRefused(len(gone), len(before))


def _clash(article_id: str, owner: str, path: str) -> Rejected:
    return Rejected(path, f"the id {article_id!r} belongs to {owner} already; give one of the two another")


def _is_unchanged(source: SourceFile, before: SourceState) -> bool:
    if (source.size, source.mtime_ns) != (before.size, before.mtime_ns):
        return False
    unreadable_before = any(line is None for line, _ in before.rejects)  # permissions change no time
    return not unreadable_before and source.mtime_ns < before.read_at_ns - DOUBT_NS


def is_under(path: str, roots: Iterable[Path]) -> bool:
    """Whether a path is one of the roots or lies below one."""
    return any(Path(path).is_relative_to(root) for root in roots)
