"""Files of arrays: what was written is read, and a file that is not whole is refused by name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from indexer import array_file
from indexer.array_file import ArrayFile, ArrayWriter, in_runs, narrowest, run_begins, runs, starts_of
from indexer.errors import IndexDamaged, IndexIncompatible, IndexUnavailable

KIND = "numbers"
SMALL_BLOCK = 128

Arrays = dict[str, np.ndarray[Any, Any]]


@pytest.fixture(autouse=True, scope="module")
def small_blocks() -> Iterator[None]:
    """A file of a few hundred bytes has several blocks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(array_file, "BLOCK", SMALL_BLOCK)
        yield


def write(path: Path, arrays: Arrays, kind: str = KIND) -> ArrayFile:
    writer = ArrayWriter(path, kind)
    for name, array in arrays.items():
        writer.add({name: array})
    writer.close()
    return ArrayFile(path, kind)


SAMPLE: Arrays = {
    "small": np.arange(9, dtype=np.uint8),
    "none": np.zeros(0, np.uint32),
    "large": np.arange(100, dtype=np.uint32) * 7,
    "last": np.array([2**40, 1], np.int64),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sample.arrays"


@pytest.fixture
def content(path: Path) -> bytes:
    """The bytes of a file that holds SAMPLE, which stands at `path`."""
    write(path, SAMPLE)
    return path.read_bytes()


# -- what was written is read

DTYPES = st.sampled_from(["u1", "<u2", "<u4", "<u8", ">u4", ">i2", "<i4", "<i8", "<f8", "?"]).map(np.dtype)
ARRAYS = st.dictionaries(
    st.sampled_from(["a", "a.b", "tên"]),
    DTYPES.flatmap(lambda dtype: arrays_of.arrays(dtype, st.integers(0, 300))),
    max_size=3,
)


@settings(deadline=None, max_examples=100)
@given(ARRAYS, st.data())
def test_what_was_written_is_read_back(arrays: Arrays, data: st.DataObject) -> None:
    with TemporaryDirectory() as name:
        file = write(Path(name) / "file", arrays)
        file.check_everything()
        for key, array in arrays.items():
            read = file.array(key)
            assert read.dtype == array.dtype.newbyteorder("<"), "the type is kept, and little-endian on every machine"
            np.testing.assert_array_equal(read, array)
            start, stop = sorted(data.draw(st.tuples(st.integers(0, len(array)), st.integers(0, len(array)))))
            np.testing.assert_array_equal(file.part(key, start, stop), array[start:stop])
        assert "not there" not in file


def test_arrays_are_views_of_the_file_that_nobody_can_write_to(path: Path) -> None:
    large = write(path, SAMPLE).array("large")
    assert large.ctypes.data % array_file.ALIGNMENT == 0
    with pytest.raises(ValueError, match="read-only"):
        large[0] = 1
    with pytest.raises(ValueError, match="WRITEABLE"):
        large.setflags(write=True)


def test_the_whole_and_a_part_are_the_same_memory(path: Path) -> None:
    file = write(path, SAMPLE)
    assert np.shares_memory(file.array("large"), file.part("large", 50, 60))


def test_a_file_outlives_its_name(path: Path) -> None:
    """So a searcher goes on while a commit removes what it reads."""
    file = write(path, SAMPLE)
    path.unlink()
    np.testing.assert_array_equal(file.array("large"), SAMPLE["large"])


def test_an_existing_file_is_never_written_over(path: Path, content: bytes) -> None:
    with pytest.raises(FileExistsError):
        ArrayWriter(path, KIND)
    assert path.read_bytes() == content


# -- what is not whole is refused


def test_a_file_cut_short_at_any_byte_is_refused_by_name(path: Path, content: bytes) -> None:
    for length in range(len(content)):
        path.write_bytes(content[:length])
        with pytest.raises(IndexDamaged, match=path.name):
            ArrayFile(path, KIND)


def test_a_file_with_something_behind_it_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content + b"\0")
    with pytest.raises(IndexDamaged, match=path.name):
        ArrayFile(path, KIND)


@pytest.mark.parametrize("bit", [0x01, 0x80])
def test_a_file_altered_at_any_byte_is_refused_by_name(path: Path, content: bytes, bit: int) -> None:
    """At once where its directory was altered, when all is checked, or when an array that lies there is used: never is
    another number read."""
    for at in range(len(content)):
        path.write_bytes(bytes([*content[:at], content[at] ^ bit, *content[at + 1 :]]))
        with pytest.raises(IndexUnavailable, match=path.name):
            ArrayFile(path, KIND).check_everything()
        assert_nothing_else_is_read(path)


def assert_nothing_else_is_read(path: Path) -> None:
    try:
        file = ArrayFile(path, KIND)
    except (IndexDamaged, IndexIncompatible) as error:
        assert path.name in str(error)  # noqa: PT017 - it may just as well be opened
        return
    for name, array in SAMPLE.items():
        try:
            read = file.array(name)
        except IndexDamaged as error:
            assert path.name in str(error)  # noqa: PT017
        else:
            np.testing.assert_array_equal(read, array)


def test_a_block_is_looked_at_when_it_is_asked_for(path: Path, content: bytes) -> None:
    at = content.index(SAMPLE["large"].tobytes()) + 4 * 70
    path.write_bytes(content[:at] + b"?" + content[at + 1 :])
    file = ArrayFile(path, KIND)
    np.testing.assert_array_equal(file.array("small"), SAMPLE["small"])
    np.testing.assert_array_equal(file.part("large", 0, 10), SAMPLE["large"][:10])
    for _ in range(2):
        with pytest.raises(IndexDamaged, match="altered"):
            file.part("large", 65, 75)
    with pytest.raises(IndexDamaged, match="altered"):
        file.array("large")


def test_a_file_of_another_version_is_told_from_a_damaged_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(array_file, "FILE_VERSION", 99)
        write(path, SAMPLE)
    with pytest.raises(IndexIncompatible, match=rf"{path.name}.* 99"):
        ArrayFile(path, KIND)


def test_a_file_of_another_kind_is_refused(path: Path) -> None:
    write(path, SAMPLE)
    with pytest.raises(IndexDamaged, match=f"{path.name} holds {KIND} instead of words"):
        ArrayFile(path, "words")


@pytest.mark.parametrize(
    "foreign", [b"", b"x", b"PK\x03\x04" * 100, b"\0" * 4096], ids=["empty", "tiny", "zip", "zeros"]
)
def test_what_is_no_file_of_ours_is_refused(path: Path, foreign: bytes) -> None:
    path.write_bytes(foreign)
    with pytest.raises(IndexDamaged, match=path.name):
        ArrayFile(path, KIND)


def test_a_missing_file_and_a_folder_are_refused(path: Path) -> None:
    with pytest.raises(IndexDamaged, match=path.name):
        ArrayFile(path, KIND)
    path.mkdir()
    with pytest.raises(IndexDamaged, match=path.name):
        ArrayFile(path, KIND)


def test_an_abandoned_file_is_refused(path: Path) -> None:
    writer = ArrayWriter(path, KIND)
    writer.add(SAMPLE)
    writer.abandon()
    with pytest.raises(IndexDamaged, match=path.name):
        ArrayFile(path, KIND)


# -- runs

COUNTS = st.lists(st.integers(0, 5), max_size=10)


@given(COUNTS, st.data())
def test_runs_stand_one_after_the_other(counts: list[int], data: st.DataObject) -> None:
    starts = starts_of(np.array(counts, np.uint8))
    assert starts.tolist() == [0, *accumulate(counts)]
    assert list(runs(starts)) == [(end - count, end) for count, end in zip(counts, accumulate(counts), strict=True)]
    begins = data.draw(st.lists(st.integers(0, 99), min_size=len(counts), max_size=len(counts)))
    numbers = in_runs(np.array(begins, np.int64), np.array(counts, np.int64))
    assert numbers.tolist() == [begin + n for begin, count in zip(begins, counts, strict=True) for n in range(count)]


@given(st.lists(st.integers(0, 2**64 - 1)))
def test_numbers_are_kept_in_the_narrowest_type_that_holds_them(numbers: list[int]) -> None:
    narrow = narrowest(np.array(numbers, np.uint64))
    assert narrow.tolist() == numbers
    widths = [bits // 8 for bits in (8, 16, 32, 64) if max(numbers, default=0) < 2**bits]
    assert narrow.itemsize == widths[0]


@given(st.lists(st.integers(-(2**63), 2**63 - 1)))
def test_numbers_below_0_are_kept_likewise(numbers: list[int]) -> None:
    narrow = narrowest(np.array([*numbers, -1], np.int64))
    assert narrow.tolist() == [*numbers, -1]
    widths = [bits // 8 for bits in (8, 16, 32, 64) if all(-(2**bits) <= 2 * one < 2**bits for one in numbers)]
    assert narrow.itemsize == widths[0]


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=12).map(sorted))
def test_a_run_begins_where_any_key_changes(pairs: list[tuple[int, int]]) -> None:
    columns = [np.array([pair[column] for pair in pairs], np.int64) for column in (0, 1)]
    changes = [place for place, pair in enumerate(pairs) if place == 0 or pair != pairs[place - 1]]
    assert run_begins(*columns).tolist() == changes
