"""The lexicon of an index in its folder: a part for every run that changed it, and now and then several made one.

    lexicon-<n>.arrays   the part numbered n; see `part_file`

A part says what its run added, less what it removed, and is never written again, so that builds may share it. One that
others were made into says which it stands for: those are passed over where they are still there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer.documents import Document
from indexer.lexicon.completions import MANY_ARTICLES, is_worth_keeping
from indexer.lexicon.counts import Countable, Counts, add_up
from indexer.lexicon.neighbours import ALL_KEPT, SELDOM
from indexer.lexicon.part_file import PartFile, write_part
from indexer.lexicon.parted import PartedLexicon
from indexer.lexicon.tally import Tally

MOST_PARTS = 8
"""With more, some are made one: every question is asked of each."""

GROWTH = 4
"""A part may stand before others that are together so many times smaller; more alike ones are made one. So a small run
seldom pays for a large archive, and what it adds is written again a few times in its life."""

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

        One that adds many articles leaves out pairs and completions that stand in few of them (see `ports.Lexicon`).

        Raises OSError: then the part is not whole, and the folder is to be given up.
        """
        number = max(_paths(folder), default=0) + 1
        sources: list[Countable] = [*map(PartFile, self._runs), *self._counted()]
        path = _path(folder, number)
        write_part(path, _add_up_kept(sources), number)
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
        write_part(run, add_up(self._counted()), 0)
        self._runs.append(run)
        self._added, self._removed = Tally(), Tally()


def _add_up_kept(sources: Sequence[Countable]) -> Counts:
    """The sums, without what a part that adds so many articles leaves out; what it takes away is always kept."""
    articles = sum(source.articles for source in sources)
    least = SELDOM + 1 if articles > ALL_KEPT else 1
    is_large = articles >= MANY_ARTICLES
    return add_up(
        sources,
        lambda counts: (counts >= least) | (counts < 0),
        lambda text, held: any(held) if held.articles < 0 or not is_large else is_worth_keeping(text, held),
    )


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
    """Where there are more than MOST_PARTS, make the newest ones one; they are taken out of this folder.

    All parts say together what they said before. Raises OSError, and what `open_parts` raises.
    """
    parts = _open(folder)
    if len(parts) <= MOST_PARTS:
        return
    paths = _paths(folder)
    alike = parts[_first_alike([part.path.stat().st_size for part in parts]) :]
    stands_for, number = alike[0].stands_for, max(paths) + 1
    counts = add_up(alike)
    write_part(_path(folder, number), counts.left() if stands_for == 1 else counts, stands_for)
    for merged, path in paths.items():
        if merged >= stands_for:
            path.unlink()


def _first_alike(sizes: Sequence[int]) -> int:
    """The first of the parts to be made one, which are the last ones, two at least."""
    first = len(sizes) - 2
    while first and sizes[first - 1] < GROWTH * sum(sizes[first:]):
        first -= 1
    return first


def _open(folder: Path) -> list[PartFile]:
    """The parts that count, the first one first."""
    parts: list[PartFile] = []
    number = max(_paths(folder), default=0)
    while number:
        parts.append(PartFile(_path(folder, number)))
        number = parts[-1].stands_for - 1
    return parts[::-1]


def _path(folder: Path, number: int) -> Path:
    return folder / f"lexicon-{number}.arrays"


def _paths(folder: Path) -> dict[int, Path]:
    """The parts of a folder by their numbers."""
    found = ((_NAME.fullmatch(path.name), path) for path in folder.glob("lexicon-*.arrays"))
    return {int(match[1]): path for match, path in found if match}
