"""The files of what was searched, one a day: several processes append to them, and one that dies leaves no harm.

    index_data/searches/2026-11-24.jsonl

A line is a question as it was typed, how often, and how many articles it found the last time; a reader adds them up. No
line says when in the day, from where, or by whom. A week later a day is settled: each question has one line, and what
was asked only once is no more than a number, since a rare question may be somebody's name.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import date
from io import FileIO
from pathlib import Path
from typing import Any

from indexer.durable import replace_bytes
from indexer.searches.counts import SearchCounts, Tallies, Tally, count_questions, shorten

SETTLED_AFTER_DAYS = 7
"""Age at which a day is settled: until then staff see single questions, too, as a spelling that finds nothing."""

LEAST_KEPT = 2
"""How often a question must have been asked in a day to outlive the week."""

MOST_A_DAY = 3_000
"""Questions that a day can hold once its file has become too large; the rarer ones are then only a number."""

MOST_BYTES = 4_000_000
"""A larger file is shortened at once. It holds some 60,000 lines, and MOST_A_DAY of the longest texts take half."""

_SUFFIX = ".jsonl"
_SETTLED = {"settled": True}


class SearchDays:
    """The days in one index folder.

    Args:
        index_dir: the folder of the index.
        kept_days: how many days are kept, today included.
    """

    def __init__(self, index_dir: Path, kept_days: int) -> None:
        self._folder = index_dir / "searches"
        self._kept_days = kept_days

    def append(self, day: date, tallies: Tallies) -> None:
        """Add what was counted. Raises OSError where that cannot be written, all or in part."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._path(day)
        with _our_own(path) as file:
            # The empty line in front: where the last one is torn, this batch does not become part of it.
            _write_all(file, b"\n" + _to_lines(tallies))
            if os.fstat(file.fileno()).st_size > MOST_BYTES:
                replace_bytes(path, _to_lines(shorten(_read(path), most=MOST_A_DAY)))

    def tidy(self, today: date) -> None:
        """Settle what is a week old, remove what is kept no longer. Raises OSError where that cannot be done."""
        for day, path in self._files():
            age = (today - day).days
            if age >= self._kept_days:
                path.unlink(missing_ok=True)
            elif age >= SETTLED_AFTER_DAYS and not _is_settled(path):
                with _our_own(path):
                    head = json.dumps(_SETTLED).encode() + b"\n"
                    replace_bytes(path, head + _to_lines(shorten(_read(path), least=LEAST_KEPT, most=MOST_A_DAY)))

    def counts(self, since: date) -> SearchCounts:
        """What was asked from that day on; nothing where nothing was counted, or can be read."""
        return count_questions((day, _read(path)) for day, path in self._files() if day >= since)

    def _path(self, day: date) -> Path:
        return self._folder / f"{day.isoformat()}{_SUFFIX}"

    def _files(self) -> list[tuple[date, Path]]:
        """The days there are, the oldest first."""
        found = []
        with suppress(OSError):
            for path in self._folder.iterdir():
                with suppress(ValueError):
                    if path.suffix == _SUFFIX:
                        found.append((date.fromisoformat(path.stem), path))
        return sorted(found)


@contextmanager
def _our_own(path: Path) -> Iterator[FileIO]:
    """The file, to append to, while no other process writes it: not one that was replaced while we waited for it."""
    while True:
        with path.open("ab", buffering=0) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                    yield file
                    return


def _write_all(file: FileIO, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


def _to_lines(tallies: Tallies) -> bytes:
    lines: list[dict[str, object]] = [asdict(each) for each in tallies.questions]
    if tallies.others:
        lines.append({"others": tallies.others})
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def _read(path: Path) -> Tallies:
    """What stands in a file; lines that are torn, or none of ours, are passed over."""
    try:
        raw = path.read_bytes()
    except OSError:
        return Tallies()
    return _from_lines(raw.splitlines())


def _from_lines(lines: Iterable[bytes]) -> Tallies:
    questions: list[Tally] = []
    others = 0
    for line in lines:
        match _loaded(line):
            case {"text": str(text), "count": int(count), "found": int(found)}:
                questions.append(Tally(text, count, found))
            case {"others": int(count)}:
                others += count
    return Tallies(tuple(questions), others)


def _is_settled(path: Path) -> bool:
    with path.open("rb") as file:
        return bool(_loaded(file.readline()) == _SETTLED)


def _loaded(line: bytes) -> Any:
    with suppress(ValueError):
        return json.loads(line)
    return None
