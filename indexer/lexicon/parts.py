"""The lexicon of an index in its folder: a part for every run that changed it, and now and then all parts made one.

    lexicon-<n>.arrays   the part numbered n; see `part_file`

A part says what its run added, less what it removed, and is never written again, so that builds may share it. The
first part, and one that others were made into, stands for all before it: those are passed over where they are still
there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer.documents import Document
from indexer.errors import IndexDamaged
from indexer.lexicon.completions import MANY_ARTICLES, is_worth_keeping
from indexer.lexicon.counts import Countable, Counts, add_up
from indexer.lexicon.neighbours import ALL_KEPT, SELDOM
from indexer.lexicon.part_file import PartFile, write_part
from indexer.lexicon.parted import PartedLexicon
from indexer.lexicon.tally import Tally

MOST_PARTS = 8
"""More are made one: every question is asked of each."""

MEMORY = 150_000_000
"""Bytes that counting may take before what was counted is put away in a file; as much again while it is."""

_NAME = re.compile(r"lexicon-(\d+)\.arrays")


class PartBuilder:
    """Counts the documents that a run adds and removes, and writes them as the next part.

    Takes a bounded memory: what was counted is put away in files, under the system's folder for temporary ones or
    `scratch`, and these are added up at the end.
    """

    def __init__(self, scratch: Path | None = None) -> None:
        self._scratch = scratch
        self._added, self._removed = Tally(), Tally()
        self._put_away: TemporaryDirectory[str] | None = None
        self._runs: list[Path] = []

    def add(self, document: Document) -> None:
        self._added.add(document)
        self._make_room()

    def remove(self, document: Document) -> None:
        """Take out a document that was added: the same words, names and authors, or counts go wrong."""
        self._removed.add(document)
        self._make_room()

    def write(self, folder: Path) -> Path:
        """Write the part into the folder and return its path. The builder takes no documents afterwards.

        The first part of a folder, where it counts many articles, leaves out pairs and completions that stand in few
        (see `ports.Lexicon`).

        Raises OSError: then the part is not whole, and the folder is to be given up.
        """
        parts = _paths(folder)
        sources: list[Countable] = [*map(PartFile, self._runs), *self._counted()]
        path = folder / f"lexicon-{parts[-1][0] + 1 if parts else 1}.arrays"
        write_part(path, add_up(sources) if parts else _add_up_first(sources), is_whole=not parts)
        self.close()
        return path

    def close(self) -> None:
        """Give up what was put away; `write` does so at its end."""
        self._runs.clear()
        if self._put_away:
            self._put_away.cleanup()

    def _counted(self) -> Sequence[Counts]:
        removed = [self._removed.counts().negated()] if self._removed.articles else []
        return [self._added.counts(), *removed]

    def _make_room(self) -> None:
        if self._added.bytes() + self._removed.bytes() < MEMORY:
            return
        if self._put_away is None:
            self._put_away = TemporaryDirectory(prefix="lexicon-", dir=self._scratch)
        run = Path(self._put_away.name) / str(len(self._runs))
        write_part(run, add_up(self._counted()), is_whole=False)
        self._runs.append(run)
        self._added, self._removed = Tally(), Tally()


def _add_up_first(sources: Sequence[Countable]) -> Counts:
    articles = sum(source.articles for source in sources)
    least = SELDOM + 1 if articles > ALL_KEPT else 1
    if articles < MANY_ARTICLES:
        return add_up(sources, lambda counts: counts >= least).left()
    return add_up(sources, lambda counts: counts >= least, is_worth_keeping).left()


def open_parts(folder: Path) -> PartedLexicon:
    """What all parts of a folder say together; of a folder without any, that nothing is held.

    Raises:
        IndexDamaged, IndexIncompatible: a part is missing, or see `ArrayFile`.
    """
    return PartedLexicon(_open(folder))


def check_parts(folder: Path) -> None:
    """Raises IndexDamaged unless every byte of every part is as it was written."""
    for part in _open(folder):
        part.check_everything()


def merge_parts(folder: Path) -> None:
    """Make more than MOST_PARTS parts one, which says the same; they are taken out of this folder.

    Raises OSError, and what `open_parts` raises.
    """
    parts = _open(folder)
    if len(parts) <= MOST_PARTS:
        return
    before = _paths(folder)
    path = folder / f"lexicon-{before[-1][0] + 1}.arrays"
    write_part(path, add_up(parts).left(), is_whole=True)
    for _, merged in before:
        merged.unlink()


def _open(folder: Path) -> list[PartFile]:
    """The parts that count, the first one first."""
    return list(reversed(list(_back_to_the_whole(_paths(folder)))))


def _back_to_the_whole(paths: Sequence[tuple[int, Path]]) -> Iterator[PartFile]:
    if not paths:
        return
    expected = paths[-1][0]
    for number, path in reversed(paths):
        if number != expected:
            break
        part = PartFile(path)
        yield part
        if part.is_whole:
            return
        expected -= 1
    raise IndexDamaged(f"{paths[0][1].with_name(f'lexicon-{expected}.arrays')} is missing")


def _paths(folder: Path) -> list[tuple[int, Path]]:
    """The parts of a folder with their numbers, ascending."""
    found = ((_NAME.fullmatch(path.name), path) for path in folder.glob("lexicon-*.arrays"))
    return sorted((int(match[1]), path) for match, path in found if match)
