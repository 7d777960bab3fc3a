"""Uploaded files -> the folder of articles: each comes to its place whole and on the disk, and none is lost.

A file that takes the place of another leaves that in the folder `.replaced` beside it, which runs pass over.
"""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from indexer.durable import alone_in, sync
from webapp.staff.staging import free_name

REPLACED = ".replaced"


class Choice(StrEnum):
    """What to do with an uploaded file."""

    TAKE = "take"
    """Take it in; under another name should there be one of its name by now."""

    BOTH = "both"
    """Take it in under another name."""

    REPLACE = "replace"
    """Put it in the place of the file of its name."""

    LEAVE = "leave"
    """Leave it out."""


def take_in(file: Path, folder: Path, choice: Choice) -> Path:
    """Move a file into the folder, which is made where it is missing; returns where it is now. Raises OSError.

    Until it has its place it stays where it was, too: whatever ends this, there is one of it at least. Of two people
    who take in files of one name at once, the second finds the first one's there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with alone_in(folder):
        place = _put(file, folder, choice)
    sync(folder)
    file.unlink()
    return place


def _put(file: Path, folder: Path, choice: Choice) -> Path:
    incoming = folder / f".incoming-{file.name}"
    try:
        _double(file, incoming)
        if choice is Choice.REPLACE and (folder / file.name).exists():
            _keep(folder / file.name)
            place = folder / file.name
        else:
            place = folder / free_name(file.name, lambda name: _is_taken(name, file.name, folder, choice))
        incoming.replace(place)
    finally:
        incoming.unlink(missing_ok=True)
    return place


def _double(file: Path, double: Path) -> None:
    """The same file under another name; a copy where the two are on different disks."""
    double.unlink(missing_ok=True)
    try:
        os.link(file, double)
    except OSError:
        shutil.copy2(file, double)
    sync(double)


def _is_taken(name: str, own: str, folder: Path, choice: Choice) -> bool:
    return (folder / name).exists() or (choice is Choice.BOTH and name == own)


def _keep(replaced: Path) -> None:
    """Put a file aside that is about to be replaced; until then it stays where it is."""
    kept = replaced.parent / REPLACED
    kept.mkdir(exist_ok=True)
    _double(replaced, kept / f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}-{replaced.name}")
