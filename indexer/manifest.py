"""What a build says of itself: who made it, what is in it, and the checksum of every file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from itertools import starmap
from pathlib import Path
from typing import Any, NamedTuple

from indexer.durable import replace_text
from indexer.errors import IndexDamaged, IndexIncompatible, IndexUnreadable

MANIFEST = "manifest.json"
SOURCES = "sources.json"
PROBLEMS = "problems.json"
CORRECTIONS = "corrections.json"
COPIES = "copies.npz"

CHECKSUM = "checksum"
"""The manifest's own, in itself."""

RECORDS = (MANIFEST, SOURCES, PROBLEMS, CORRECTIONS, COPIES)
"""What each build writes anew beside the engine's files, and never shares with the build before."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Size in bytes and SHA-256 of one file of a build."""

    size: int
    sha256: str


class RunKind(StrEnum):
    """How a build was made."""

    UPDATE = "update"
    REBUILD = "rebuild"
    UNKNOWN = ""  # by a program that did not note it


@dataclass(frozen=True, slots=True)
class Manifest:
    """The head of a build. `created` is UTC, ISO 8601; `base` names the build it was begun from, if from any."""

    engine: str
    format_version: int
    analysis_version: int
    created: str
    articles: int
    files: Mapping[str, FileFacts]
    base: str | None = None
    kind: RunKind = RunKind.UNKNOWN


class Note(NamedTuple):
    """Something that was said of a source. `inside` is what follows its path in the place: `/a.txt` in a zip."""

    line: int | None
    reason: str
    inside: str = ""


class SourceState(NamedTuple):
    """A source file as it was when it was read; while size and time stay the same it is not read again.

    `digest` is that of its bytes (see `sources.digests`), "" where it is not known. It tells a file that was only
    touched, and one that was renamed. `rejects` are kept so that they can be reported again, and `remarks` likewise. A
    named tuple, since a run makes one of every file of the archive, and a dataclass takes three times as long to make.
    """

    size: int
    mtime_ns: int
    read_at_ns: int
    digest: str = ""
    rejects: tuple[Note, ...] = ()
    remarks: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Sources:
    """The folders and files the archive is made of, and the state of every file.

    `addresses` are the ids of files that were renamed: what the links to their articles were made of, under the first
    name. `looked_at` says when a run last left out nothing below a path (see `looks`); that alone is no difference.
    """

    roots: tuple[str, ...] = ()
    files: Mapping[str, SourceState] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)
    looked_at: Mapping[str, int] = field(default_factory=dict, compare=False)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Durably, and as the last file of a build: where there is a manifest, the build is complete."""
    data = asdict(manifest)
    replace_text(folder / MANIFEST, json.dumps({**data, CHECKSUM: _checksum(data)}, indent=1))


def read_manifest(folder: Path) -> Manifest:
    """Raises IndexDamaged when the manifest is missing, altered, or is not one."""
    data = _load(folder / MANIFEST)
    try:
        checksum = data.pop(CHECKSUM, None)
        if checksum not in (None, _checksum(data)):  # those of older programs have none
            raise IndexDamaged(f"{folder / MANIFEST} has been altered (its checksum differs)")
        known = {each.name: data[each.name] for each in fields(Manifest) if each.name in data}
        files = {name: FileFacts(**facts) for name, facts in known.pop("files").items()}
        return Manifest(**{**known, "kind": RunKind(known.get("kind", ""))}, files=files)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise IndexDamaged(f"{folder / MANIFEST} is not a manifest") from error


def _checksum(data: Mapping[str, Any]) -> str:
    """Of the manifest itself: over its content, however it is laid out."""
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def write_sources(folder: Path, sources: Sources) -> None:
    """The table stands in columns: JSON reads and writes a few long lists faster than 100,000 short ones."""
    states = sources.files.values()
    table = {
        "roots": sources.roots,
        "paths": [*sources.files],
        "sizes": [state.size for state in states],
        "mtimes_ns": [state.mtime_ns for state in states],
        "read_at_ns": [state.read_at_ns for state in states],
        "digests": [state.digest for state in states],
        "addresses": dict(sources.addresses),
        "looked_at": dict(sources.looked_at),
        "rejects": {path: state.rejects for path, state in sources.files.items() if state.rejects},
        "remarks": {path: state.remarks for path, state in sources.files.items() if state.remarks},
    }
    # Paths may hold bytes that are no text (surrogates); JSON escapes carry them.
    (folder / SOURCES).write_text(json.dumps(table), encoding="utf-8")


def read_sources(folder: Path) -> Sources:
    """Raises IndexDamaged when the table is missing or is not one."""
    data = _load(folder / SOURCES)
    try:
        # Builds made before there were digests, addresses and remarks lack them.
        digests = data.get("digests", [""] * len(data["paths"]))
        columns = (data["sizes"], data["mtimes_ns"], data["read_at_ns"], digests)
        files = dict(zip(data["paths"], starmap(SourceState, zip(*columns, strict=True)), strict=True))
        for told, table in (("rejects", data["rejects"]), ("remarks", data.get("remarks", {}))):
            for path, notes in table.items():
                files[path] = files[path]._replace(**{told: tuple(starmap(Note, notes))})
        newer = (dict(data.get(name, {})) for name in ("addresses", "looked_at"))
        return Sources(tuple(data["roots"]), files, *newer)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise IndexDamaged(f"{folder / SOURCES} is not a table of sources") from error


def read_roots(folder: Path) -> tuple[str, ...]:
    """The roots alone, from a table of any version. Raises IndexDamaged when there is none."""
    try:
        return tuple(_load(folder / SOURCES)["roots"])
    except (KeyError, TypeError) as error:
        raise IndexDamaged(f"{folder / SOURCES} is not a table of sources") from error


def _load(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexDamaged(f"{path} is missing") from error
    except OSError as error:
        raise IndexUnreadable(path, error.strerror or str(error)) from error
    except ValueError as error:
        raise IndexDamaged(f"{path} cannot be read ({error})") from error


def require_versions(manifest: Manifest, *, engine: str, format_version: int, analysis_version: int) -> None:
    """Raises IndexIncompatible, naming both sides, unless this program can read the build."""
    for what, found, expected in (
        ("the engine", manifest.engine, engine),
        ("format version", manifest.format_version, format_version),
        ("analysis version", manifest.analysis_version, analysis_version),
    ):
        if found != expected:
            raise IndexIncompatible(what, found, expected)


def file_facts(path: Path) -> FileFacts:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return FileFacts(file.tell(), digest.hexdigest())


def find_changed_sizes(folder: Path, manifest: Manifest) -> Iterator[str]:
    """What a glance tells: files that are missing or have another size."""
    for name, facts in manifest.files.items():
        path = folder / name
        if not path.is_file():
            yield f"{path} is missing"
        elif (size := path.stat().st_size) != facts.size:
            yield f"{path} has {size} bytes instead of {facts.size}"


def find_changed_bytes(folder: Path, manifest: Manifest) -> Iterator[str]:
    """What reading every byte tells: files of the right size whose content is not what was written."""
    for name, facts in manifest.files.items():
        path = folder / name
        if path.is_file() and path.stat().st_size == facts.size and file_facts(path) != facts:
            yield f"{path} has been altered (its checksum differs)"
