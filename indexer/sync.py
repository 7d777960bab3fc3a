"""The difference between what the sources hold now and what the index held, written into a draft."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Protocol

from indexer.clinic.casebook import Casebook
from indexer.errors import NothingToRemove, RemovalRefused
from indexer.file_states import READ_IT_AGAIN, Digests, is_still, state_if_unchanged
from indexer.ledger import Ledger
from indexer.looks import Looks
from indexer.manifest import Note, Sources, SourceState
from indexer.model import Article, Rejected, Remark
from indexer.ports import Holding, Refusal
from indexer.renames import find_renames
from indexer.reports import Moved, Options, Progress, Report, Step, Unseen
from indexer.sources.places import base_of, under
from indexer.sources.reader import Item, address_of, article_digest, read_source
from indexer.sources.walk import CorrectionsPath, SourceFile, find_sources

REMOVAL_GUARD = 20
"""A run may remove this many articles without asking, or half of the archive if that is more."""


@dataclass(frozen=True, slots=True)
class State:
    """The live build as a run finds it.

    `folder` is None where a run starts anew; then `held` is empty, and `replaced` are the ids of the build that is to
    be replaced: what it held must not vanish without a word either. With `reads_all` no file is taken for unchanged.
    """

    folder: Path | None
    sources: Sources
    held: Ledger
    replaced: frozenset[str] = frozenset()
    reads_all: bool = False

    def path_of(self, article_id: str) -> str:
        """The path an article is held from; "" for one that is not held."""
        held = self.held.get(article_id)
        return held.path if held else ""

    def close(self) -> None:
        """Nothing can be asked of what is held any more."""
        self.held.close()


class Differences(Protocol):
    """Where the differences go: into a new build, or into a table that is only shown."""

    def add(self, article: Article, path: str, digest: str) -> None:
        """An article that is not held so: by its id, a new one or one in place of another."""

    def remove(self, article_id: str) -> None:
        """An article that leaves."""


@dataclass
class Sync:
    """Reads sources and finds the difference to what was held.

    An article stays when this run read it (`taken`) or when it was held from a path that is `kept`: a file that has not
    changed, or one that cannot be read today, or that this run is not to look at.
    """

    before: State
    differences: Differences
    casebook: Casebook
    options: Options
    progress: Progress
    roots: tuple[str, ...]  # of the new build
    since_ns: int | None = None  # only files written since then are looked at
    looked_at: Looks = field(default_factory=dict)  # of the new build
    files: dict[str, SourceState] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    taken: dict[str, str] = field(default_factory=dict)  # article id -> path of its source
    kept: set[str] = field(default_factory=set)
    out_of_reach: list[str] = field(default_factory=list)  # files and folders: all below is kept
    contested: dict[SourceFile, list[str]] = field(default_factory=dict)  # ids that another source held before
    corrections_found: list[str] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)  # path -> the path before
    addresses: dict[str, str] = field(init=False)
    digests: Digests = field(default_factory=Digests)
    unseen_count: int = 0
    unseen_new: list[str] = field(default_factory=list)
    read_count: int = 0
    file_count: int = 0

    def __post_init__(self) -> None:
        self.addresses = dict(self.before.sources.addresses)

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
            moved=tuple(self.moved),
            removed=(*self.removed, *replaced),
            rejected=tuple(self.rejected),
            remarks=tuple(self.remarks),
            unseen=Unseen(self.unseen_count, tuple(self.unseen_new)),
            seconds=seconds,
        )

    def sources(self) -> Sources:
        """The table of the new build."""
        addresses = {path: address for path, address in self.addresses.items() if path in self.files}
        return Sources(self.roots, self.files, addresses, self.looked_at)

    # -- reading

    def read(self, roots: Iterable[Path]) -> None:
        roots = [*roots]
        found = self._find(roots)
        corrections = self.casebook.corrections
        corrections.look(self.corrections_found, self._source_of)
        self.file_count = len(found)
        self._recognise(found, roots)
        others = (source for path, source in found.items() if path not in self.renamed)
        for source in (*(found[path] for path in self.renamed), *others):  # the renamed first: their ids are theirs
            if self._is_recent(source):
                self._look_at(source)
            else:
                self._pass_over(source)
        self._settle_contested()
        self.rejected += corrections.rejected()
        self.remarks += corrections.remarks(
            lambda article_id: article_id in self.taken or article_id in self.before.held
        )

    def _source_of(self, article_id: str) -> str | None:
        return self.before.path_of(article_id) or None

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

    def _recognise(self, found: Mapping[str, SourceFile], roots: Iterable[Path]) -> None:
        """Files that were renamed keep what the ids of their articles are made of."""
        known = self.before.sources
        if not known.files:
            return
        come = (path for path, source in found.items() if path not in known.files and self._is_recent(source))
        is_within, is_there = under(roots), cache(_holds_anything)

        def is_gone(path: str) -> bool:
            if path in found or self._is_kept(path) or os.path.lexists(path):
                return False
            return is_within(path) or is_there(base_of(path, known.roots))  # elsewhere a folder may not be mounted

        self.renamed = find_renames({path: self.digests.of(path) for path in come}, known.files, is_gone)
        for path, before in self.renamed.items():
            self.addresses[path] = address_of(before, known.roots, known.addresses)

    def _is_recent(self, source: SourceFile) -> bool:
        return self.since_ns is None or source.mtime_ns >= self.since_ns

    def _pass_over(self, source: SourceFile) -> None:
        """A file that is too old for this run: all that came from it stays."""
        self.unseen_count += 1
        if before := self.before.sources.files.get(source.key):
            self._keep(source.key, before)
        else:
            self.unseen_new.append(source.key)

    def _look_at(self, source: SourceFile) -> None:
        known = None if self.before.reads_all else self.before.sources.files.get(source.key)
        state = state_if_unchanged(source, known, self.digests)
        if state and not self.casebook.corrections.concern(source.key):
            self._keep(source.key, state)
        else:
            self._take_source(source)

    def _keep(self, path: str, state: SourceState) -> None:
        self.kept.add(path)
        self.files[path] = state
        if state.rejects:
            self.rejected += [Rejected(path + note.inside, note.reason, note.line) for note in state.rejects]

    def _take_source(self, source: SourceFile) -> None:
        read_at = time.time_ns()
        digest = self.digests.take(source.key)
        rejects, remarks = self._read_source(source)
        self.rejected += rejects
        self.remarks += remarks
        notes = (_notes(rejects, source.key), _notes(remarks, source.key))
        digest = digest if is_still(source) else ""
        self.files[source.key] = SourceState(source.size, source.mtime_ns, read_at, digest, *notes)

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
        address = address_of(source.key, self.roots, self.addresses)
        items = read_source(source, self.options.max_source_bytes, self.options.columns, address)
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
            self.files[source.key] = READ_IT_AGAIN

    def _is_given_up(self, article_id: str) -> bool:
        return self._owner(article_id) is None and self._source_of(article_id) in self.files

    def _reject_newcomer(self, article_id: str, path: str) -> None:
        clash = _clash(article_id, self._owner(article_id) or self._source_of(article_id) or "another", path)
        self.rejected.append(clash)
        state = self.files[path]
        self.files[path] = state._replace(rejects=(*state.rejects, Note(None, clash.reason)))

    def _take_article(self, article: Article, path: str) -> None:
        self.read_count += 1
        self.progress(Step(path, len(self.files), self.file_count, self.read_count))
        self.taken[article.id] = path
        self.casebook.take(article, path)
        digest = article_digest(article)
        held = self.before.held.get(article.id)
        if held != Holding(path, digest):
            self._note(article.id, path, digest, held)
            self.differences.add(article, path, digest)

    def _note(self, article_id: str, path: str, digest: str, held: Holding | None) -> None:
        if held is None:
            self.new.append(article_id)
        elif held.digest == digest:
            self.moved.append(Moved(article_id, held.path, path))
        else:
            self.changed.append(article_id)

    # -- what the engine did not take

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Take back what was said of articles that the index could not hold. Their files are read again by every run,
        so that they are told of until they are mended."""
        for article_id, reason in refusals:
            if path := self.taken.pop(article_id, None):
                self.rejected.append(Rejected(path, f"the index does not take the article {article_id!r}: {reason}"))
                self.files[path] = READ_IT_AGAIN
                self._forget(article_id)

    def _forget(self, article_id: str) -> None:
        if article_id in self.new:
            self.new.remove(article_id)
            self.casebook.drop(article_id)
        self.changed = [each for each in self.changed if each != article_id]
        self.moved = [each for each in self.moved if each.id != article_id]

    # -- removing

    def remove_missing(self, roots: tuple[Path, ...]) -> None:
        """Remove the articles that came from under `roots` and are there no more; what came from elsewhere stays.

        Raises:
            RemovalRefused: that is most of the archive, or all of a folder, as if it were not mounted.
            NothingToRemove: nothing came from under the roots of a removal.
        """
        is_gone = self._is_gone_below(roots)
        if self._may_have_held_below(roots):
            gone = self.before.held.held_from(is_gone)
            self.removed = [article_id for article_id in gone if article_id not in self.taken]
        if self.options.remove and not self.removed:
            raise NothingToRemove(roots)
        if not (self.options.allow_removal or self.options.remove):
            self._guard_removal(roots)
        for article_id in self.removed:
            self.differences.remove(article_id)
            self.casebook.drop(article_id)
        if self.before.folder:
            renamed = {*self.renamed.values()}
            before = self.before.sources.files.items()
            others = ((path, state) for path, state in before if path not in self.files and path not in renamed)
            self.files |= {path: state for path, state in others if not is_gone(path)}

    def _is_gone_below(self, roots: Iterable[Path]) -> Callable[[str], bool]:
        """A test for the paths that articles are held from: whether those that were not read are to leave."""
        is_below = under(roots)

        def is_gone(path: str) -> bool:
            if path in self.kept:  # as nearly all are
                return False
            is_concerned = is_below(path) and (self.since_ns is None or path in self.files)
            return (is_concerned or self.before.reads_all) and not self._is_kept(path)

        return is_gone

    def _may_have_held_below(self, roots: Iterable[Path]) -> bool:
        """False where there are only files nobody knew: then not all that is held need be looked through."""
        is_below = under(roots)
        return self.options.remove or any(map(os.path.isdir, roots)) or any(map(is_below, self.before.sources.files))

    def _guard_removal(self, roots: tuple[Path, ...]) -> None:
        held = len(self.before.held) + len(self.before.replaced)  # one of the two is empty
        gone = len(self.removed) + len(self.before.replaced - self.taken.keys())
        if gone > max(REMOVAL_GUARD, held // 2):
            raise RemovalRefused(gone, held)
        paths_gone = [path for path in map(self._source_of, self.removed) if path]
        for root in roots:
            is_below = under([root])
            if any(map(is_below, paths_gone)) and root.is_dir() and not any(map(is_below, self.files)):
                raise RemovalRefused(gone, held)


def _notes(items: Iterable[Rejected | Remark], path: str) -> tuple[Note, ...]:
    return tuple(Note(each.line, each.reason, each.path.removeprefix(path)) for each in items)


def _clash(article_id: str, owner: str, path: str) -> Rejected:
    return Rejected(path, f"the id {article_id!r} belongs to {owner} already; give one of the two another")


def _holds_anything(folder: str) -> bool:
    try:
        with os.scandir(folder) as entries:
            return any(True for _ in entries)
    except OSError:
        return False
