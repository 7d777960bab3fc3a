"""The corrections in force: the `corrections.toml` files beside the sources, and what of them the articles have by now.

What was applied to which article is kept with the build, so that a correction that is added, altered or undone brings
its article to be read again, though its source has not changed. An entry counts for the article with its id wherever
that lies: it follows one that was moved to another folder. Where several files speak of one article, the one beside its
source counts. A file that cannot be read for now, or an entry that was spoilt, undoes nothing: what it said before
stays in force until it is mended.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from indexer.clinic.correcting import correct
from indexer.clinic.corrections_file import Complaint, CorrectionsText, parse_corrections
from indexer.errors import IndexDamaged
from indexer.manifest import CORRECTIONS
from indexer.model import Article, Rejected, Remark
from indexer.problems import Correction, ProblemKind
from indexer.sources.charset import decode
from indexer.sources.reader import Item
from indexer.sources.unreadable import Unreadable
from indexer.sources.walk import CORRECTIONS_FILE, why

MAX_BYTES = 5_000_000

DOUBT_NS = 2_000_000_000
"""A file changed this shortly before it was read may have changed again within the clock's tick."""

_UNKNOWN_TIME = -1

_FIELDS = tuple(each.name for each in fields(Correction))
_WHAT_COUNTS = tuple(name for name in _FIELDS if name != "note")
"""A note alone changes nothing in the article."""


class Applied(NamedTuple):
    """What an article has of a correction: the digest of all of it, and the problems it accepts."""

    digest: str
    accept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CorrectionsFile:
    """A file as it was when it was last read."""

    size: int
    mtime_ns: int
    text: CorrectionsText = field(default_factory=CorrectionsText)


class Corrections:
    """What staff say of articles in place of their sources.

    Args:
        before: the folder of the build a run starts from; None to begin with nothing.
    """

    def __init__(self, before: Path | None) -> None:
        self._files, self._applied = _read_record(before) if before else ({}, {})
        self._by_id: dict[str, Correction] = {}
        self._again: dict[str, dict[str, Applied | None]] = {}
        self._walked: tuple[str, ...] = ()

    # -- in a run, in this order

    def look(self, walked: Iterable[str], source_of: Callable[[str], str | None]) -> None:
        """Read the files that were found by a walk, and those known from before, where they changed.

        `source_of` tells which source file an article was held from.
        """
        self._walked = tuple(dict.fromkeys(walked))
        looked = {path: _look(path, self._files.get(path)) for path in sorted({*self._files, *self._walked})}
        self._files = {path: file for path, file in looked.items() if file}
        self._by_id = {}
        for file in reversed(self._files.values()):  # of two files that are not beside the source, the first counts
            self._by_id |= file.text.entries
        self._again = {}
        for article_id in self._by_id.keys() | self._applied.keys():
            path = source_of(article_id)
            now = _applied(self._correction(article_id, path)) if path else None
            if path and now != self._applied.get(article_id):
                self._again.setdefault(path, {})[article_id] = now

    def concern(self, path: str) -> bool:
        """Whether a source has to be read although it has not changed, since a correction of an article of it has.

        It is read once for that, also if it turns out not to give the article any more.
        """
        changes = self._again.get(path, {})
        for article_id, applied in changes.items():
            self._set_applied(article_id, applied)
        return bool(changes)

    def apply(self, item: Item, path: str) -> Item:
        """An article from the source `path` as it goes into the archive; anything else as it is."""
        if not isinstance(item, Article):
            return item
        correction = self._correction(item.id, path)
        self._set_applied(item.id, _applied(correction))
        return correct(item, correction) if correction else item

    def _set_applied(self, article_id: str, applied: Applied | None) -> None:
        if applied:
            self._applied[article_id] = applied
        else:
            self._applied.pop(article_id, None)

    def is_accepted(self, article_id: str, kind: ProblemKind) -> bool:
        """Whether staff looked at this problem, and it is right so."""
        applied = self._applied.get(article_id)
        return applied is not None and kind in applied.accept

    def forget(self, article_id: str) -> None:
        """An article leaves the archive; what its file of corrections says stays there."""
        self._applied.pop(article_id, None)

    def rejected(self) -> list[Rejected]:
        """What cannot be read of the files this run found."""
        return [
            Rejected(path, reason, line)
            for path in self._walked
            if path in self._files
            for line, reason in self._files[path].text.complaints
        ]

    def remarks(self, is_known: Callable[[str], bool]) -> list[Remark]:
        """The corrections of articles that there are not, in the files this run found."""
        return [
            Remark(path, _corrects_nothing(article_id), self._files[path].text.lines.get(article_id))
            for path in self._walked
            if path in self._files
            for article_id in self._files[path].text.entries
            if not is_known(article_id)
        ]

    def write(self, folder: Path) -> None:
        record = {
            "applied": self._applied,
            "files": {path: _file_as_json(file) for path, file in self._files.items()},
        }
        (folder / CORRECTIONS).write_text(json.dumps(record), encoding="utf-8")

    def _correction(self, article_id: str, path: str) -> Correction | None:
        beside = self._files.get(beside_source(path))
        found = beside.text.entries.get(article_id) if beside else None
        return found or self._by_id.get(article_id)


def _corrects_nothing(article_id: str) -> str:
    return f"corrects {article_id!r}, which the archive does not hold; check the id, or take the entry out"


def beside_source(path: str) -> str:
    """The file of corrections for the articles of a source."""
    return os.path.join(os.path.dirname(path), CORRECTIONS_FILE)


def known_files(folder: Path) -> tuple[str, ...]:
    """The files of corrections that a build was made with. Raises IndexDamaged."""
    return tuple(_read_record(folder)[0])


def read_file(path: Path) -> CorrectionsText:
    """What a file says; nothing where there is none. Raises OSError, Unreadable."""
    try:
        return parse_corrections(read_text(path))
    except FileNotFoundError:
        return CorrectionsText()


def read_text(path: Path) -> str:
    """Raises OSError, and Unreadable where it is no text."""
    with path.open("rb") as file:
        raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise Unreadable(f"is larger than {MAX_BYTES // 1_000_000} MB; is it a file of corrections?")
    return decode(raw)


def _look(path: str, before: CorrectionsFile | None) -> CorrectionsFile | None:
    """The file as it is now, None where it is gone; what cannot be read of it is as it was before."""
    try:
        state = os.stat(path)
        if before and (before.size, before.mtime_ns) == (state.st_size, state.st_mtime_ns):
            return before
        is_doubtful = time.time_ns() - state.st_mtime_ns < DOUBT_NS
        text = parse_corrections(read_text(Path(path)))
        return CorrectionsFile(state.st_size, _UNKNOWN_TIME if is_doubtful else state.st_mtime_ns, _kept(text, before))
    except FileNotFoundError:
        return None
    except Unreadable as error:
        return _as_before(before, error.line, error.reason)
    except OSError as error:
        return _as_before(before, None, why(error))


def _kept(text: CorrectionsText, before: CorrectionsFile | None) -> CorrectionsText:
    """What a file says, and what it said before of the articles whose entries cannot be read now."""
    if not before:
        return text
    lost = before.text.entries.keys() if not text.is_toml else text.broken
    kept = {article_id: entry for article_id, entry in before.text.entries.items() if article_id in lost}
    return replace(text, entries={**kept, **text.entries})


def _as_before(before: CorrectionsFile | None, line: int | None, reason: str) -> CorrectionsFile:
    text = before.text if before else CorrectionsText()
    return CorrectionsFile(0, _UNKNOWN_TIME, replace(text, complaints=(Complaint(line, reason),)))


def _applied(correction: Correction | None) -> Applied | None:
    if correction is None:
        return None
    said = [getattr(correction, name) for name in _WHAT_COUNTS]
    digest = sha256(repr(said).encode("utf-8")).hexdigest()[:16]
    return Applied(digest, tuple(map(str, correction.accept)))


# -- the record in a build


def _file_as_json(file: CorrectionsFile) -> dict[str, Any]:
    entries = {
        article_id: {name: value for name in _FIELDS if (value := getattr(entry, name)) is not None}
        for article_id, entry in file.text.entries.items()
    }
    return {
        "size": file.size,
        "mtime_ns": file.mtime_ns,
        "is_toml": file.text.is_toml,
        "entries": entries,
        "lines": dict(file.text.lines),
        "complaints": file.text.complaints,
        "broken": sorted(file.text.broken),
    }


def _read_record(folder: Path) -> tuple[dict[str, CorrectionsFile], dict[str, Applied]]:
    """The files, and what was applied to each article; nothing from a build made before there were corrections."""
    path = folder / CORRECTIONS
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        files = {name: _file_from_json(told) for name, told in record["files"].items()}
        applied = {name: Applied(digest, tuple(accept)) for name, (digest, accept) in record["applied"].items()}
    except FileNotFoundError:
        return {}, {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise IndexDamaged(f"{path} is not a table of corrections") from error
    return files, applied


def _file_from_json(told: Mapping[str, Any]) -> CorrectionsFile:
    text = CorrectionsText(
        entries={article_id: _correction_from_json(entry) for article_id, entry in told["entries"].items()},
        lines=told["lines"],
        complaints=tuple(Complaint(line, reason) for line, reason in told["complaints"]),
        broken=frozenset(told["broken"]),
        is_toml=told["is_toml"],
    )
    return CorrectionsFile(told["size"], told["mtime_ns"], text)


def _correction_from_json(entry: Mapping[str, Any]) -> Correction:
    """As it was when it was checked."""
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
    values["accept"] = tuple(map(ProblemKind, values["accept"]))
    return Correction(**values)
