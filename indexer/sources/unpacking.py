"""What may be unpacked of a zip, a Word file being one: looked at before anything is, so that no bomb goes off."""

from __future__ import annotations

import os
import re
import struct
from collections.abc import Sequence
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipInfo

from indexer.sources.unreadable import Unreadable

MAX_ENTRIES = 200_000
MAX_RATIO = 200
"""Bytes that one packed byte may become: text shrinks to a quarter, the same line over and over to a hundredth."""

_RATIO_FROM = 1_000_000
"""Bytes; what becomes no more than this does no harm."""

_DIRECTORY_BYTES_AN_ENTRY = 400
_ENCRYPTED = 0x1
_END = struct.Struct("<4s4H2LH")
_TAIL = _END.size + 0xFFFF


def check_directory(file: BinaryIO) -> None:
    """Raises Unreadable where the list of entries alone would fill the memory. The position is kept."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    file.seek(0)
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) - at < _END.size:
        raise Unreadable("is no zip, or cut off; copy it again")
    directory_bytes = _END.unpack_from(tail, at)[5]
    if directory_bytes == 0xFFFF_FFFF:  # it is told elsewhere
        directory_bytes = 0
    directory_bytes = max(directory_bytes, _large_directory(tail[:at]))  # which `zipfile` believes whatever stands here
    if directory_bytes > MAX_ENTRIES * _DIRECTORY_BYTES_AN_ENTRY:
        raise _too_many()


def check_entries(entries: Sequence[ZipInfo], packed_bytes: int) -> None:
    """Raises Unreadable for too many entries, or several that share their bytes."""
    if len(entries) > MAX_ENTRIES:
        raise _too_many()
    if sum(entry.compress_size for entry in entries) > packed_bytes:
        raise Unreadable("has entries that overlap, as no honest zip has; it was not read")


def check_entry(entry: ZipInfo) -> None:
    """Raises Unreadable for an entry that cannot or must not be unpacked."""
    if entry.flag_bits & _ENCRYPTED:
        raise Unreadable("is encrypted; pack it without a password")
    if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise Unreadable("is packed by a method we do not unpack; pack it as a usual zip (deflate)")
    if entry.file_size > max(_RATIO_FROM, entry.compress_size * MAX_RATIO):
        raise Unreadable(f"would become over {MAX_RATIO} times as large, as no article does; it was not unpacked")


def _large_directory(tail: bytes) -> int:
    """The size of the list of entries in a zip of the 64-bit kind; 0 where that is not told here."""
    places = (found.start() + 40 for found in re.finditer(b"PK\6\6", tail) if found.start() <= len(tail) - 56)
    return max((int.from_bytes(tail[at : at + 8], "little") for at in places), default=0)


def _too_many() -> Unreadable:
    return Unreadable(f"holds more than {MAX_ENTRIES:,} files; pack them into several zips")
