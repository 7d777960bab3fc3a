"""Named arrays in one file: little-endian, aligned, mapped into memory, and no byte is used before it was checked.

    head       magic, format version
    arrays     each begins at a multiple of 64 bytes
    checksums  the CRC-32 of every 64 KiB block of what stands before them
    directory  JSON: the kind of file, and dtype, offset and length of each array
    foot       magic, length of the file, of the checksums and of the directory, CRC-32 of those two

Opening reads head, foot, checksums and directory only; the blocks of an array are checked when they are first asked
for, once a process. So opening costs the same at any size, and a file that was cut short or altered is refused by
name instead of being read.
"""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexDamaged, IndexIncompatible, IndexUnreadable

FILE_VERSION = 1
"""Raise it when the container changes: files of other versions are refused."""

BLOCK = 1 << 16
ALIGNMENT = 64

_MAGIC = b"KHOBAO\r\n"
_HEAD = struct.Struct("<8sI")
_FOOT = struct.Struct("<8sQIII")

Array = NDArray[Any]


class ArrayWriter:
    """Writes arrays into a new file, one after the other; `kind` says what they are, and `ArrayFile` asks for it.

    At the end of a with block it is closed, or abandoned if that failed.
    """

    def __init__(self, path: Path, kind: str) -> None:
        self._kind = kind
        self._directory: dict[str, tuple[str, int, int]] = {}
        self._sums = _Checksums()
        self._file = path.open("xb")
        self._put(_HEAD.pack(_MAGIC, FILE_VERSION))

    def __enter__(self) -> ArrayWriter:
        return self

    def __exit__(self, failure: object, *_: object) -> None:
        if failure:
            self.abandon()
        else:
            self.close()

    def add(self, arrays: Mapping[str, Array]) -> None:
        for name, array in arrays.items():
            self.add_piecemeal(name, array.dtype, [array])

    def add_piecemeal(self, name: str, kind: np.dtype[Any], pieces: Iterable[Array]) -> None:
        """One array that comes in pieces, so that it need not be in memory whole."""
        self._put(b"\0" * (-self._file.tell() % ALIGNMENT))
        little, begin, length = kind.newbyteorder("<"), self._file.tell(), 0
        for piece in pieces:
            if len(piece):
                self._put(np.ascontiguousarray(piece).astype(little, copy=False).view(np.uint8).data)
            length += len(piece)
        self._directory[name] = (little.str, begin, length)

    def close(self) -> None:
        """Write what makes the file complete."""
        checksums = self._sums.all().tobytes()
        about = json.dumps({"kind": self._kind, "arrays": self._directory}).encode()
        length = self._file.tell() + len(checksums) + len(about) + _FOOT.size
        foot = _FOOT.pack(_MAGIC, length, len(checksums), len(about), zlib.crc32(checksums + about))
        with self._file as file:
            file.write(checksums + about + foot)

    def abandon(self) -> None:
        """Close the file as it is; it will be refused."""
        self._file.close()

    def _put(self, content: bytes | memoryview) -> None:
        self._file.write(content)
        self._sums.take(content)


class _Checksums:
    """The CRC-32 of each block of a stream."""

    def __init__(self) -> None:
        self._full: list[int] = []
        self._current, self._filled = 0, 0

    def take(self, content: bytes | memoryview) -> None:
        rest = memoryview(content)
        while rest:
            piece = rest[: BLOCK - self._filled]
            self._current = zlib.crc32(piece, self._current)
            self._filled += len(piece)
            rest = rest[len(piece) :]
            if self._filled == BLOCK:
                self._full.append(self._current)
                self._current, self._filled = 0, 0

    def all(self) -> NDArray[np.uint32]:
        return np.array([*self._full, self._current] if self._filled else self._full, "<u4")


class ArrayFile:
    """The arrays of one file, read-only; safe to share between threads, and between processes by the page cache.

    Raises:
        IndexDamaged: the file is missing, cut short, altered, or of another kind.
        IndexIncompatible: it has another version.
    """

    def __init__(self, path: Path, kind: str) -> None:
        self.path = path
        self._map = map_file(path)
        if len(self._map) < _HEAD.size + _FOOT.size:
            raise IndexDamaged(f"{path} has been cut short")
        self._checksums, directory = self._read_directory(kind)
        self._checked = bytearray(len(self._checksums))
        self._places = {name: (offset, length) for name, (_, offset, length) in directory.items()}
        self._arrays = {
            name: np.frombuffer(self._map, dtype, length, offset) for name, (dtype, offset, length) in directory.items()
        }

    def __contains__(self, name: str) -> bool:
        return name in self._arrays

    def array(self, name: str) -> Array:
        """The whole array, without a copy."""
        return self.part(name, 0, len(self._arrays[name]))

    def part(self, name: str, start: int, stop: int) -> Array:
        """The elements from `start` up to `stop`, without a copy."""
        array = self._arrays[name]
        if stop > start:
            offset, size = self._places[name][0], array.itemsize
            self._check(offset + start * size, offset + stop * size)
        return array[start:stop]

    def check_everything(self) -> None:
        """Raises IndexDamaged unless every byte is as it was written."""
        self._check(0, len(self._checksums) * BLOCK)

    def _check(self, start: int, stop: int) -> None:
        first, last = start // BLOCK, (stop - 1) // BLOCK + 1
        if self._checked.find(0, first, last) < 0:
            return
        for block in range(first, last):
            if not self._checked[block]:
                if zlib.crc32(self._block(block)) != self._checksums[block]:
                    raise IndexDamaged(f"{self.path} has been altered (block {block})")
                self._checked[block] = 1

    def _block(self, number: int) -> memoryview:
        return memoryview(self._map)[number * BLOCK : min((number + 1) * BLOCK, self._end)]

    def _read_directory(self, kind: str) -> tuple[list[int], dict[str, tuple[str, int, int]]]:
        magic, version = _HEAD.unpack_from(self._map)
        if magic != _MAGIC:
            raise IndexDamaged(f"{self.path} does not begin as an index file does")
        if version != FILE_VERSION:
            raise IndexIncompatible(f"a file ({self.path.name}) of version", version, FILE_VERSION)
        magic, length, sums_size, about_size, crc = _FOOT.unpack_from(self._map, len(self._map) - _FOOT.size)
        if magic != _MAGIC or length != len(self._map):
            raise IndexDamaged(f"{self.path} has been cut short")
        tail = self._map[length - _FOOT.size - sums_size - about_size : length - _FOOT.size]
        if zlib.crc32(tail) != crc:
            raise IndexDamaged(f"{self.path} has been altered (its directory)")
        self._end = length - _FOOT.size - sums_size - about_size
        about = json.loads(tail[sums_size:])
        if about["kind"] != kind:
            raise IndexDamaged(f"{self.path} holds {about['kind']} instead of {kind}")
        return np.frombuffer(tail[:sums_size], "<u4").tolist(), about["arrays"]


def map_file(path: Path) -> mmap.mmap:
    """The file as read-only memory, shared with other processes. Raises IndexDamaged when it cannot be read."""
    try:
        with path.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except FileNotFoundError as error:
        raise IndexDamaged(f"{path} is missing") from error
    except OSError as error:
        raise IndexUnreadable(path, error.strerror or str(error)) from error
    except ValueError as error:  # an empty file
        raise IndexDamaged(f"{path} cannot be read ({error})") from error


def narrowest(values: Array) -> Array:
    """The same whole numbers in the smallest type that holds them, an unsigned one unless some are negative."""
    least, most = (int(values.min()), int(values.max())) if len(values) else (0, 0)
    kinds = _SIGNED if least < 0 else _UNSIGNED
    return values.astype(next(kind for kind in kinds if np.iinfo(kind).min <= least and most <= np.iinfo(kind).max))


_UNSIGNED, _SIGNED = (np.uint8, np.uint16, np.uint32, np.uint64), (np.int8, np.int16, np.int32, np.int64)


def starts_of(counts: Array) -> NDArray[np.int64]:
    """Where each of several runs begins when they stand one after the other, and where the last one ends."""
    starts = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=starts[1:])
    return starts


def in_runs(begins: Array, counts: Array) -> NDArray[np.int64]:
    """All numbers of several runs, one run after the other, each from its begin on."""
    ends = np.cumsum(counts, dtype=np.int64)
    numbers = np.repeat(begins - ends + counts, counts)
    numbers += np.arange(len(numbers))
    return numbers


def runs(starts: Array) -> Iterator[tuple[int, int]]:
    """The pairs of neighbours: begin and end of each run."""
    return pairwise(starts.tolist())


def run_begins(*keys: Array) -> NDArray[np.intp]:
    """Where in sorted arrays a run of equal elements begins."""
    if not len(keys[0]):
        return np.zeros(0, np.intp)
    changes = np.empty(len(keys[0]), bool)
    changes[0] = True
    np.not_equal(keys[0][1:], keys[0][:-1], out=changes[1:])
    for key in keys[1:]:
        changes[1:] |= key[1:] != key[:-1]
    return np.flatnonzero(changes)
