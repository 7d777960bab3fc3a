"""The difference between what the sources hold now and what the index held, written into a draft."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from indexer.clinic.casebook import Casebook
from indexer.draft import Draft
from indexer.errors import NothingToRemove, RemovalRefused
from indexer.manifest import Sources, SourceState
from indexer.model import Article, Rejected, Remark
from indexer.ports import Holding
from indexer.reports import Options, Progress, Report, Step
from indexer.sources.places import base_of, under
from indexer.sources.reader import Item, article_digest, read_source
from indexer.sources.walk import CorrectionsPath, SourceFile, find_sources

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
    """Reads sources and finds the difference to what was held; every difference goes to the draft of a new build.

    An article stays when this run read it (`taken`) or when it was held from a path that is `kept`: a file that has not
    changed, or one that cannot be read today.
    """

    before: State
    draft: Draft
    casebook: Casebook
    options: Options
    progress: Progress
    roots: tuple[str, ...]  # of the new build
    files: dict[str, SourceState] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    taken: dict[str, str] = field(default_factory=dict)  # article id -> path of its source
    kept: set[str] = field(default_factory=set)
    out_of_reach: list[str] = field(default_factory=list)  # files and folders: all below is kept
    contested: dict[SourceFile, list[str]] = field(default_factory=dict)  # ids that another source held before
    corrections_found: list[str] = field(default_factory=list)
    read_count: int = 0
    file_count: int = 0

    @property
    def article_count(self) -> int:
        return len(self.before.held) + len(self.new) - len(self.removed)

    def report(self, build: str, seconds: float) -> Report:
        replaced = (article_id for article_id in sorted(self.before.replaced) if article_id not in self.taken)
        return Report(
            build=build,
            articles=self.article_count,
            new=tuple(self.new),
            changed=tuple(self.changed),
            removed=(*self.removed, *replaced),
            rejected=tuple(self.rejected),
            remarks=tuple(self.remarks),
            seconds=seconds,
        )

    # -- reading

    def read(self, roots: Iterable[Path]) -> None:
        found = self._find(roots)
        corrections = self.casebook.corrections
        corrections.look(self.corrections_found, self._source_of)
        self.file_count = len(found)
        for source in found.values():
            before = self.before.sources.files.get(source.key)
            if before and _is_unchanged(source, before) and not corrections.concern(source.key):
                self._keep(source.key, before)
            else:
                self._take_source(source)
        self._settle_contested()
        self.rejected += corrections.rejected()
        self.remarks += corrections.remarks(
            lambda article_id: article_id in self.taken or article_id in self.before.held
        )

    def _source_of(self, article_id: str) -> str | None:
        held = self.before.held.get(article_id)
        return held.path if held else None

    def _find(self, roots: Iterable[Path]) -> dict[str, SourceFile]:
        """The files below the roots, each once; what cannot be read is rejected, and what came from it stays."""
        found = {}
        for root in roots:
            for source in find_sources(root):
                if isinstance(source, SourceFile):
                    found[source.key] = source
                    continue
                if isinstance(source, CorrectionsPath):
                    self.corrections_found.append(source.key)
                    continue
                self.rejected.append(source)
                self.kept.add(source.path)
                if not Path(source.path).is_file():  # it may be a folder that cannot be opened, or a link to one
                    self.out_of_reach.append(source.path)
        return found

    def _keep(self, path: str, state: SourceState) -> None:
        self.kept.add(path)
        self.files[path] = state
        if state.rejects:
            self.rejected += [Rejected(path, reason, line) for line, reason in state.rejects]

    def _take_source(self, source: SourceFile) -> None:
        read_at = time.time_ns()
        rejects, remarks = self._read_source(source)
        self.rejected += rejects
        self.remarks += remarks
        self.files[source.key] = SourceState(source.size, source.mtime_ns, read_at, _pairs(rejects), _pairs(remarks))

    def _read_source(self, source: SourceFile) -> tuple[list[Rejected], list[Remark]]:
        """Takes the articles of a file in; returns what had to be rejected, and what is to be said of the rest.

        While a file has rejects, what it gave before stays: an article that is missing now may be behind one of them.
        """
        rejects: list[Rejected] = []
        remarks: list[Remark] = []
        for item in self._items_of(source):
            if isinstance(item, Rejected):
                rejects.append(item)
            elif isinstance(item, Remark):
                remarks.append(item)
            elif owner := self._owner(item.id):
                rejects.append(_clash(item.id, owner, source.key))
            elif self._is_held_elsewhere(item.id, source.key):
                self.contested.setdefault(source, []).append(item.id)
            else:
                self._take_article(item, source.key)
        if rejects:
            self.kept.add(source.key)
        return rejects, remarks

    def _items_of(self, source: SourceFile) -> Iterator[Item]:
        items = read_source(source._replace(root=base_of(source.key, self.roots)), self.options.max_source_bytes)
        return (self.casebook.corrections.apply(item, source.key) for item in items)

    def _owner(self, article_id: str) -> str | None:
        """The path of the source that an article stays with, as far as this run knows by now."""
        held = self.before.held.get(article_id)
        return self.taken.get(article_id) or (held.path if held and self._is_kept(held.path) else None)

    def _is_kept(self, path: str) -> bool:
        return path in self.kept or self._cannot_be_reached(path)

    @cached_property
    def _cannot_be_reached(self) -> Callable[[str], bool]:
        return under(self.out_of_reach)

    def _is_held_elsewhere(self, article_id: str, path: str) -> bool:
        held = self.before.held.get(article_id)
        return held is not None and held.path != path and Path(held.path).exists()

    def _settle_contested(self) -> None:
        """Now that every file is read: an id is its old source's, unless that was read and gives it no more."""
        for source, ids in self.contested.items():
            given_up = {article_id for article_id in ids if self._is_given_up(article_id)}
            for article_id in ids:
                if article_id not in given_up:
                    self._reject_newcomer(article_id, source.key)
            if given_up:
                self._read_again(source, given_up)

    def _read_again(self, source: SourceFile, wanted: set[str]) -> None:
        """A second reading, since holding on to contested articles until now could take all memory."""
        for item in self._items_of(source):
            if isinstance(item, Article) and item.id in wanted:
                if self._owner(item.id):
                    self._reject_newcomer(item.id, source.key)
                else:
                    self._take_article(item, source.key)
        if not wanted <= self.taken.keys():
            self.rejected.append(Rejected(source.key, "was changed while it was being read; index it once more"))
            del self.files[source.key]  # so that the next run reads it

    def _is_given_up(self, article_id: str) -> bool:
        return self._owner(article_id) is None and self.before.held[article_id].path in self.files

    def _reject_newcomer(self, article_id: str, path: str) -> None:
        clash = _clash(article_id, self._owner(article_id) or self.before.held[article_id].path, path)
        self.rejected.append(clash)
        state = self.files[path]
        self.files[path] = state._replace(rejects=(*state.rejects, (None, clash.reason)))

    def _take_article(self, article: Article, path: str) -> None:
        self.read_count += 1
        self.progress(Step(path, len(self.files), self.file_count, self.read_count))
        self.taken[article.id] = path
        self.casebook.take(article, path)
        digest = article_digest(article)
        held = self.before.held.get(article.id)
        if held != Holding(path, digest):
            (self.changed if held else self.new).append(article.id)
            self.draft.add(article, path, digest)

    # -- removing

    def remove_missing(self, roots: tuple[Path, ...]) -> None:
        """Remove the articles that came from under `roots` and are there no more; what came from elsewhere stays.

        Raises:
            RemovalRefused: that is most of the archive, or all of a folder, as if it were not mounted.
            NothingToRemove: nothing came from under the roots of a removal.
        """
        is_concerned = under(roots)
        self.removed = [
            article_id
            for article_id, holding in self.before.held.items()
            if article_id not in self.taken and is_concerned(holding.path) and not self._is_kept(holding.path)
        ]
        if self.options.remove and not self.removed:
            raise NothingToRemove(roots)
        if not (self.options.allow_removal or self.options.remove):
            self._guard_removal(roots)
        for article_id in self.removed:
            self.draft.remove(article_id)
            self.casebook.drop(article_id)
        elsewhere = {path: state for path, state in self.before.sources.files.items() if not is_concerned(path)}
        self.files = {**elsewhere, **self.files}

    def _guard_removal(self, roots: tuple[Path, ...]) -> None:
        held = len(self.before.held) + len(self.before.replaced)  # one of the two is empty
        gone = len(self.removed) + len(self.before.replaced - self.taken.keys())
        if gone > max(REMOVAL_GUARD, held // 2):
            raise RemovalRefused(gone, held)
        paths_gone = [self.before.held[article_id].path for article_id in self.removed]
        for root in roots:
            is_below = under([root])
            if any(map(is_below, paths_gone)) and root.is_dir() and not any(map(is_below, self.files)):
                raise RemovalRefused(gone, held)


def _pairs(items: Iterable[Rejected | Remark]) -> tuple[tuple[int | None, str], ...]:
    return tuple((each.line, each.reason) for each in items)


def _clash(article_id: str, owner: str, path: str) -> Rejected:
    return Rejected(path, f"the id {article_id!r} belongs to {owner} already; give one of the two another")


def _is_unchanged(source: SourceFile, before: SourceState) -> bool:
    return (
        source.mtime_ns == before.mtime_ns
        and source.size == before.size
        and source.mtime_ns < before.read_at_ns - DOUBT_NS
        and not (before.rejects and _was_unreadable(before))
    )


def _was_unreadable(before: SourceState) -> bool:
    """The file as a whole, so that it must be tried again: permissions change no time."""
    return any(line is None for line, _ in before.rejects)
