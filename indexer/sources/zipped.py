"""Zips: every file in one is read as if it lay in a folder of the zip's name. Nothing is written to disk."""

from __future__ import annotations

import re
import stat
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from indexer.model import Rejected
from indexer.sources.formats import is_passed_over, page_of_parts, suffix_of
from indexer.sources.inputs import Input, Item
from indexer.sources.reader import read_input
from indexer.sources.slug import slug
from indexer.sources.unpacking import check_directory, check_entries, check_entry
from indexer.sources.unreadable import Unreadable

_UTF8_NAME = 0x800
_LEADS_OUT = re.compile(r"^/|^[A-Za-z]:|(?:^|/)\.\.(?:/|$)")
_BROKEN = (BadZipFile, EOFError, ValueError, NotImplementedError, RuntimeError, zlib.error, struct.error)
"""What `zipfile` raises for damaged bytes, here and there."""


def read(source: Input) -> Iterator[Item]:
    """What the files in a zip give; one that cannot be read is rejected by its own name.

    Raises:
        Unreadable: it is no zip, a bomb, or holds no file that could be an article.
        OSError: it cannot be read.
    """
    with source.open() as file:
        check_directory(file)
        with _opened(file) as archive:
            check_entries(archive.infolist(), file.seek(0, 2))
            entries = _entries(archive)
            if not entries:
                raise Unreadable("holds no articles; add some or remove the file")
            for name, entry in entries:
                yield from _read_entry(archive, entry, name, source)


def _opened(file: BinaryIO) -> ZipFile:
    try:
        return ZipFile(file)
    except _BROKEN as error:
        raise Unreadable(f"is no zip, or a damaged one ({error}); pack it again") from error


def _entries(archive: ZipFile) -> list[tuple[str, ZipInfo]]:
    """The files and their names, in order of these, without what systems and browsers leave beside articles."""
    named = [(_name(entry), entry) for entry in archive.infolist() if not entry.is_dir()]
    names = {name for name, _ in named}
    wanted = [(name, entry) for name, entry in named if not _is_debris(name, names)]
    return sorted(wanted, key=lambda pair: pair[0].split("/"))


def _name(entry: ZipInfo) -> str:
    """Programs that do not say so write UTF-8, too, where `zipfile` takes them at their word for DOS's letters."""
    name = entry.filename
    if not entry.flag_bits & _UTF8_NAME:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/")


def _is_debris(name: str, names: set[str]) -> bool:
    parts = name.split("/")
    if any(is_passed_over(part) for part in parts if part not in {".", ".."}):
        return True
    return any(
        "/".join([*parts[:at], page]) in names for at, folder in enumerate(parts[:-1]) for page in page_of_parts(folder)
    )


def _read_entry(archive: ZipFile, entry: ZipInfo, name: str, source: Input) -> Iterator[Item]:
    place = f"{source.place}/{name}"
    try:
        _check(entry, name)
        stem = name[: len(name) - len(suffix_of(name) or "")]
        article_id = slug(f"{source.article_id}/{stem}")
        inner = Input(place, article_id, lambda: _open(archive, entry), source.max_bytes, source.columns)
        yield from read_input(inner)
    except Unreadable as error:
        yield Rejected(place, error.reason, error.line)


def _check(entry: ZipInfo, name: str) -> None:
    if _LEADS_OUT.search(name):
        raise Unreadable("has a name that leads out of the zip; pack it again")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Unreadable("is a link; pack the file it leads to")
    if suffix_of(name) == ".zip":
        raise Unreadable("is a zip in a zip; unpack the outer one")
    check_entry(entry)


def _open(archive: ZipFile, entry: ZipInfo) -> BinaryIO:
    try:
        return cast(BinaryIO, archive.open(entry))
    except _BROKEN as error:
        raise BadZipFile(str(error)) from error
